/* SPDX-License-Identifier: MIT */
/* `copy`: something of the row under the cursor to the clipboard. */
#include "base/mem.h"
#include "base/text.h"
#include "doc/out.h"
#include "ui/pane_table.h"
#include "ui/term.h"

#include <stdlib.h>
#include <string.h>

static void copy_document(struct row row, enum out_format format,
	struct str *out)
{
	const struct segment *s = row.segment;

	out_doc(out, format, s->doc, s->nodes[row.index],
		s->compiled->resource->lists);
}

static void copy_yaml(struct row row, struct str *out)
{
	copy_document(row, OUT_YAML, out);
}

static void copy_json(struct row row, struct str *out)
{
	copy_document(row, OUT_JSON, out);
}

static const struct {
	const char *name, *title;
	void (*add)(struct row row, struct str *out);
} kinds[] = {
	{ "id", "the id", row_id },
	{ "name", "the name people gave it", row_label },
	{ "arn", "the Amazon Resource Name", row_arn },
	{ "console", "the address in the AWS console", row_console },
	{ "yaml", "the document as YAML", copy_yaml },
	{ "json", "the document as JSON", copy_json },
};

#define KINDS (sizeof(kinds) / sizeof(*kinds))

static bool copy(struct app *app, struct row row, size_t kind,
	struct error *err)
{
	struct str text = STR_INIT;
	bool ok = true;

	kinds[kind].add(row, &text);
	if (!text.len)
		ok = error_set(err, ERR_NOT_FOUND, "this row has no %s",
			kinds[kind].name);
	else if (!screen_copy(app->screen, text.p))
		ok = error_set(err, ERR_LIMIT, "too long for the clipboard");
	else
		app_message(app, MESSAGE_INFO, "copied %.*s",
			(int)strcspn(text.p, "\n"), text.p);
	str_clear(&text);
	return ok;
}

static void chosen(struct app *app, const struct choice *choices,
	size_t count, size_t cursor, void *data)
{
	struct row *row = data;
	struct error err = ERROR_INIT;

	(void)choices;
	if (cursor < count && !copy(app, *row, cursor, &err))
		app_error(app, &err);
	segment_unref(row->segment);
	free(row);
}

bool table_copy(struct pane_table *t, const struct words *words,
	struct error *err)
{
	struct app *app = t->pane.app;
	struct choice *choices;
	struct row row, *held;

	if (!table_need_row(t, &row, err))
		return false;
	for (size_t i = 0; words->count > 1 && i < KINDS; i++)
		if (!strcmp(kinds[i].name, words->items[1]))
			return copy(app, row, i, err);
	if (words->count > 1)
		return error_set(err, ERR_USAGE, "copy: id, name, arn, "
			"console, yaml or json");
	choices = xcalloc(KINDS, sizeof(*choices));
	for (size_t i = 0; i < KINDS; i++) {
		choices[i].label = xstrdup(kinds[i].name);
		choices[i].detail = xstrdup(kinds[i].title);
	}
	held = xmalloc(sizeof(*held));
	*held = row;
	segment_ref(row.segment);
	app_push(app, pane_choice_new(app, "Copy", choices, KINDS, false,
		chosen, held));
	return true;
}
