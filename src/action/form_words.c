/* SPDX-License-Identifier: MIT */
/* A form as words for people. */
#include "action/action.h"

#include "base/clock.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define LAST 4

void form_challenge(const struct form *form, size_t targets,
	const char *label, const char *id, struct str *out)
{
	size_t len = strlen(id);

	if (targets != 1)
		str_addf(out, "%s %zu", form->action->name, targets);
	else if (label && *label)
		str_add(out, label);
	else
		str_add(out, len > LAST ? id + len - LAST : id);
}

static void add_value(struct str *out, const struct action_field *f,
	const char *text)
{
	bool hidden = f->secret || f->type == FIELD_FILE ||
		f->type == FIELD_LINES;

	if (f->parameter)
		str_addf(out, " %s=%s", f->parameter, f->secret ? "***" :
			hidden ? "…" : text);
	else if (f->with && !strcmp(text, "true"))
		str_addf(out, " %s=%s", f->with->path, f->with->value);
}

/* Where it goes, if not to where the rows are. */
static void add_regions(const struct form *form, struct str *out)
{
	const struct action_field *f = form->action->fields;
	const char *to = form->action->to_regions, *region;

	for (; to && f && f->name; f++)
		for (size_t n = 0; !strcmp(f->name, to) &&
		     (region = form_value(form, f, n)); n++)
			str_addf(out, "%s%s", n ? ", " : " in ", region);
}

void form_describe(const struct form *form, struct str *out)
{
	const struct argument *a = form->action->arguments;
	const struct action_field *f = form->action->fields;

	if (form->action->operation)
		str_add(out, form->action->operation->name);
	for (; a && a->path; a++)
		str_addf(out, " %s=%s", a->path, a->value ? a->value : "");
	for (; f && f->name; f++) {
		const char *text;
		size_t n = 0;

		if (!form_wants(form, f))
			continue;
		for (; (text = form_value(form, f, n)); n++)
			add_value(out, f, text);
		if (!n && f->value)
			add_value(out, f, f->value);
	}
	add_regions(form, out);
}

static bool note_holds(const struct form *form,
	const struct action_note *note)
{
	const char *equals = note->field ? strchr(note->field, '=') : NULL;
	const char *text;
	char *name;
	bool ok;

	if (!equals)
		return true;
	name = xstrndup(note->field, (size_t)(equals - note->field));
	text = form_text(form, name);
	ok = text && !strcmp(text, equals + 1);
	free(name);
	return ok;
}

static bool is_value(const struct action_note *note, const char *text)
{
	if (!note->value)
		return *text;
	if (*note->value == '!')
		return strcmp(note->value + 1, text);
	return !strcmp(note->value, text);
}

static void add_note(const char *pattern, const char *value, struct str *out)
{
	const char *hole = strstr(pattern, "{}");

	if (out->len)
		str_addc(out, '\n');
	if (!hole) {
		str_add(out, pattern);
		return;
	}
	str_addn(out, pattern, (size_t)(hole - pattern));
	str_add(out, value);
	str_add(out, hole + 2);
}

void form_notes(const struct form *form, struct row row, struct str *out)
{
	const struct action_note *note = form->action->notes;

	for (; note && note->text; note++) {
		struct error err = ERROR_INIT;
		struct path *path = NULL;
		const char *text = "";

		if (!note_holds(form, note))
			continue;
		if (note->path && row.segment)
			path = path_compile(NULL, note->path, &err);
		if (path)
			text = row_text(row, path, NULL);
		if (!note->path || (path && is_value(note, text)))
			add_note(note->text, text, out);
		path_free(path);
	}
}

static const char *cost_field(const void *data, const char *name)
{
	return form_text(data, name);
}

bool form_cost(const struct form *form, struct row row, struct cost *out)
{
	struct cell cell = { .now = clock_wall(), .plain = true };
	char region[64];

	*out = (struct cost){ 0 };
	if (!form->action->cost)
		return false;
	if (row.segment) {
		cell.doc = row.segment->doc;
		cell.node = row.segment->nodes[row.index];
		cell.region = row_region(row, region);
	}
	return form->action->cost(&cell, cost_field, form, out);
}
