/* SPDX-License-Identifier: MIT */
/* What is there now, put into a form: from the row that it is about. */
#include "action/action.h"

#include "base/mem.h"
#include "fetch/location.h"

#include <stdlib.h>
#include <string.h>

struct filling {
	struct form *form;
	const struct action_field *field;
	const struct doc *doc;
};

static char *text_at(const struct doc *doc, uint32_t node, const char *name)
{
	struct error err = ERROR_INIT;
	struct path *path = path_compile(NULL, name, &err);
	const char *text = path ? path_text(path, doc, node, NULL) : NULL;
	char *copy = xstrdup(text ? text : "");

	path_free(path);
	return copy;
}

/* A tag of the row, by the names that its resource has for its parts. */
static void fill_pair(struct filling *f, uint32_t node)
{
	const char *const *tags = f->form->compiled->resource->tags;
	char *key = tags[0] ? text_at(f->doc, node, tags[1]) : NULL;
	char *value = tags[0] ? text_at(f->doc, node, tags[2]) : NULL;
	struct error err = ERROR_INIT;
	struct str text = STR_INIT;

	if (key && str_addf(&text, "%s=%s", key, value))
		form_set(f->form, f->field, text.p, &err);
	str_clear(&text);
	free(key);
	free(value);
}

/* What people call what AWS has there. */
static char *field_says(const struct action_field *f, const char *text)
{
	const char *p = f->choices ? f->choices : "";

	for (size_t i = 0; f->sends && f->sends[i] && *p; i++) {
		size_t n = strcspn(p, " ");

		if (!strcmp(f->sends[i], text))
			return xstrndup(p, n);
		p += n + strspn(p + n, " ");
	}
	return xstrdup(text);
}

static void fill_text(struct form *form, const struct action_field *f,
	const char *text)
{
	struct error err = ERROR_INIT;
	char *said;

	if (!text || !*text)
		return;
	said = field_says(f, text);
	form_set(form, f, said, &err);
	free(said);
}

/* True: the next one too. */
static bool fill_node(void *data, uint32_t node)
{
	struct filling *f = data;
	const struct action_field *field = f->field;
	const char *text;

	if (field->type == FIELD_PAIR) {
		fill_pair(f, node);
		return true;
	}
	text = doc_text(f->doc, node, NULL);
	if (!text || !*text)
		return true;
	if (field->type == FIELD_SWITCH && field->on)
		text = strcmp(text, field->on) ? "false" : "true";
	fill_text(f->form, field, text);
	return field_is_list(field);
}

void form_fill(struct form *form, struct row row)
{
	const struct action_field *f = form->action->fields;

	for (; row.segment && f && f->name; f++) {
		struct filling filling = { form, f, row.segment->doc };
		struct error err = ERROR_INIT;
		struct path *path;

		if (form_value(form, f, 0))
			continue;
		path = f->path ? path_compile(NULL, f->path, &err) : NULL;
		if (path)
			path_each(path, row.segment->doc,
				row.segment->nodes[row.index], fill_node,
				&filling);
		path_free(path);
		if (f->listed && !form_value(form, f, 0))
			fill_text(form, f, location_get(
				row.segment->location, f->listed));
	}
}
