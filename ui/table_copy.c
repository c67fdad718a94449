/* SPDX-License-Identifier: MIT */
/* `copy`: something of the row under the cursor to the clipboard. */
#include "base/mem.h"
#include "cli/row_cli.h"
#include "doc/out.h"
#include "ui/pane_table.h"

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

/* As it stands on the screen, cells separated by tabs; wide: all of them. */
static void copy_row(const struct pane_table *t, struct row row,
	struct str *out)
{
	const struct layout *l = &t->drawn.layout;
	size_t count = t->wide ? t->compiled->column_count : l->count;
	char buffer[64];

	for (size_t i = 0; i < count; i++) {
		int index = t->wide ? (int)i : l->columns[i].index;
		const struct compiled_column *c = index < 0 ? NULL :
			&t->compiled->columns[index];

		if (i)
			str_addc(out, '\t');
		if (c)
			row_plain(row, c, table_joined(t->table, row,
				c->join), out);
		else if (index == LAYOUT_REGION)
			str_add(out, row_region(row, buffer));
		else
			str_add(out, row_account(row, buffer));
	}
}

/* A profile that the AWS CLI has by itself needs no naming. */
static void copy_cli(const struct pane_table *t, struct row row,
	struct str *out)
{
	const struct session *s = row.segment->session;
	const char *profile = s ? session_name(s) : NULL;

	if (t->pane.app->runtime->demo || str_eq(profile, "default"))
		profile = NULL;
	row_cli(row, profile, out);
}

static const struct {
	const char *name;
	void (*add)(struct row row, struct str *out);
} kinds[] = {
	{ "id", row_id }, { "name", row_label }, { "arn", row_arn },
	{ "console", row_console }, { "yaml", copy_yaml },
	{ "json", copy_json },
};

#define KINDS (sizeof(kinds) / sizeof(*kinds))

/* What name means for the row: a kind, the row, or one of its columns. */
static bool find(const struct pane_table *t, struct row row, const char *name,
	struct str *out)
{
	struct error ignored = ERROR_INIT;
	int column = compiled_column_index(t->compiled, name);

	if (column < 0)
		column = compiled_column_make(t->compiled, name, strlen(name),
			&ignored);
	for (size_t i = 0; i < KINDS; i++)
		if (!strcmp(kinds[i].name, name)) {
			kinds[i].add(row, out);
			return true;
		}
	if (!strcmp(name, "row"))
		copy_row(t, row, out);
	else if (!strcmp(name, "cli"))
		copy_cli(t, row, out);
	else if (column >= 0)
		row_plain(row, &t->compiled->columns[column],
			table_joined(t->table, row,
				t->compiled->columns[column].join), out);
	else
		return false;
	return true;
}

/* The texts that can be chosen from, as they were when it was asked. */
struct copies {
	struct str text[KINDS + LAYOUT_INDEXES + 2];
	size_t count;
	struct choice *choices;
};

static void offer(struct copies *c, const struct pane_table *t,
	struct row row, const char *name, bool shown)
{
	struct str *text = &c->text[c->count];

	str_init(text, 0);
	if (!find(t, row, name, text) || !text->len) {
		str_clear(text);
		return;
	}
	c->choices[c->count].label = xstrdup(name);
	c->choices[c->count].detail = xstrdup(shown ? text->p :
		"the whole document");
	c->count++;
}

static void chosen(struct app *app, const struct choice *choices,
	size_t count, size_t cursor, void *data)
{
	struct copies *c = data;

	if (cursor < count)
		app_copy(app, choices[cursor].label, c->text[cursor].p);
	for (size_t i = 0; i < c->count; i++)
		str_clear(&c->text[i]);
	free(c);
}

static void pick(struct pane_table *t, struct row row)
{
	struct copies *c = xcalloc(1, sizeof(*c));

	c->choices = xcalloc(KINDS + LAYOUT_INDEXES + 2,
		sizeof(*c->choices));
	for (size_t i = 0; i + 2 < KINDS; i++)
		offer(c, t, row, kinds[i].name, true);
	offer(c, t, row, "row", true);
	offer(c, t, row, "cli", true);
	offer(c, t, row, "yaml", false);
	offer(c, t, row, "json", false);
	for (size_t i = 0; i < t->compiled->column_count &&
	     i < LAYOUT_MAX; i++)
		if (strcmp(t->compiled->columns[i].column->name, "name"))
			offer(c, t, row, t->compiled->columns[i].column->name,
				true);
	for (size_t i = 0; i < t->chosen_count; i++)
		if (t->compiled->columns[t->chosen[i]].made)
			offer(c, t, row, t->compiled->columns[t->chosen[i]]
				.column->name, true);
	app_push(t->pane.app, pane_choice_new(t->pane.app, "Copy",
		c->choices, c->count, false, chosen, c));
}

bool table_copy(struct pane_table *t, const struct words *words,
	struct error *err)
{
	const char *what = words->count > 1 ? words->items[1] : NULL;
	struct str text = STR_INIT;
	struct row row;
	bool known;

	if (!table_need_row(t, &row, err))
		return false;
	if (!what) {
		pick(t, row);
		return true;
	}
	known = find(t, row, what, &text);
	if (known)
		app_copy(t->pane.app, what, text.p);
	else
		error_set(err, ERR_USAGE, "copy: id, name, arn, console, row, "
			"cli, yaml, json or a column");
	str_clear(&text);
	return known;
}
