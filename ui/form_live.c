/* SPDX-License-Identifier: MIT */
/* Values out of a listing: it is opened where the thing will be, filtered by
 * what is typed, and one is taken with Enter. */
#include "ui/form.h"

#include "action/form_rows.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "cli/command.h"
#include "ui/app_own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_MOST 1000

void live_close(struct pane_form *p)
{
	struct form_live *l = &p->live;

	if (l->table)
		table_close(l->table);
	if (l->location)
		location_unref(l->location);
	VEC_FREE(&l->shown);
	*l = (struct form_live){ .cursor = SIZE_MAX };
}

/* Where: the place of the first target, else the region that is typed. */
static void region_of(struct pane_form *p, char region[64])
{
	const struct targets *t = &p->proposal.targets;
	struct input *in = form_region_input(p);
	struct error err = ERROR_INIT;
	struct words words = { 0 };
	const char *line = in ? in->edit.text.p : "";

	region[0] = '\0';
	if (in && words_split(&words, &line, &err) && words.count)
		snprintf(region, 64, "%s", words.items[0]);
	else if (!in && t->count)
		snprintf(region, 64, "%s", t->items[0].region);
	words_clear(&words);
}

static struct session *session_of(const struct pane_form *p)
{
	const struct targets *t = &p->proposal.targets;

	if (t->count)
		return t->items[0].session;
	return p->proposal.row.segment ? p->proposal.row.segment->session :
		p->pane.app->sessions[0];
}

static void open_table(struct pane_form *p, const struct field_list *list)
{
	struct app *app = p->pane.app;
	struct form_live *l = &p->live;
	struct error err = ERROR_INIT;
	const struct resource *r = catalogue_find(app->runtime->catalogue,
		list->resource, &err);
	struct session *session = session_of(p);
	const char *region = l->region;
	const struct shards shards = { .sessions = &session,
		.session_count = 1, .regions = &region, .region_count = 1 };

	region_of(p, l->region);
	if (!r || (!*region && !r->global))
		return;
	l->location = form_list(&p->proposal.form, list, p->proposal.row, r);
	l->table = table_open(app->fetch, location_ref(l->location),
		&shards);
}

void live_focus(struct pane_form *p)
{
	struct input *in = form_focused(p);

	live_close(p);
	if (in && in->field->type == FIELD_LIVE)
		open_table(p, in->field->live);
	live_typed(p);
}

static const struct field_list *list_of(const struct pane_form *p)
{
	return p->inputs.items[p->focus].field->live;
}

void live_value(const struct pane_form *p, size_t shown, struct str *out)
{
	const struct form_live *l = &p->live;
	const struct compiled *c = table_compiled(l->table);
	struct row row = table_row(l->table, l->shown.items[shown]);
	const char *column = list_of(p)->column;
	int index = column ? compiled_column_index(c, column) : -1;

	if (!row.segment)
		return;
	if (index >= 0)
		row_plain(row, &c->columns[index], (struct row){ 0 }, out);
	else
		row_id(row, out);
}

/* The cells that stand in a narrow table, but for the id. */
static void row_words(const struct pane_form *p, struct row row,
	struct str *out)
{
	const struct compiled *c = table_compiled(p->live.table);
	struct str id = STR_INIT;

	row_id(row, &id);
	for (size_t i = 0; i < c->column_count; i++) {
		struct str cell = STR_INIT;

		if (c->columns[i].column->w80 && c->columns[i].join < 0)
			row_plain(row, &c->columns[i], (struct row){ 0 },
				&cell);
		if (cell.len && !str_eq(cell.p, id.p))
			str_addf(out, "%s%s", out->len ? "  " : "", cell.p);
		str_clear(&cell);
	}
	str_clear(&id);
}

void live_words(const struct pane_form *p, size_t shown, struct str *out)
{
	struct row row = table_row(p->live.table,
		p->live.shown.items[shown]);

	if (row.segment)
		row_words(p, row, out);
}

void live_typed(struct pane_form *p)
{
	struct form_live *l = &p->live;
	struct input *in = form_focused(p);
	struct str needle = STR_INIT, words = STR_INIT;

	l->shown.count = 0;
	l->cursor = SIZE_MAX;
	l->top = 0;
	if (!l->table || !in)
		return;
	if (in->touched)         /* what stood there hides no other */
		text_add_lower(&needle, in->edit.text.p + input_word(in));
	for (size_t i = 0; i < table_rows(l->table) &&
	    l->shown.count < SHOWN_MOST; i++) {
		struct row row = table_row(l->table, i);

		str_reset(&words);
		row_id(row, &words);
		str_addc(&words, ' ');
		row_words(p, row, &words);
		if (!needle.len || text_find(words.p, words.len, needle.p,
				needle.len))
			*VEC_PUSH(&l->shown) = i;
	}
	str_clear(&needle);
	str_clear(&words);
}

bool live_update(struct pane_form *p)
{
	struct form_live *l = &p->live;
	size_t cursor = l->cursor;

	if (!l->table || !table_take_changed(l->table))
		return false;
	live_typed(p);
	l->cursor = cursor < l->shown.count ? cursor : SIZE_MAX;
	return true;
}

static bool take(struct pane_form *p)
{
	struct form_live *l = &p->live;
	struct str value = STR_INIT;

	if (l->cursor == SIZE_MAX)
		return false;
	live_value(p, l->cursor, &value);
	form_suggest(&p->proposal.form, form_focused(p)->field->name,
		table_row(l->table, l->shown.items[l->cursor]));
	form_show_values(p);
	input_take_word(form_focused(p), value.p);
	str_clear(&value);
	form_sync(p);
	live_typed(p);
	return field_is_list(form_focused(p)->field);
}

bool live_key(struct pane_form *p, int key)
{
	struct form_live *l = &p->live;

	if (!l->table || !l->shown.count)
		return false;
	if (key == KEYCODE_DOWN && (l->cursor == SIZE_MAX ||
	    l->cursor + 1 < l->shown.count)) {
		l->cursor = l->cursor == SIZE_MAX ? 0 : l->cursor + 1;
		return true;
	}
	if (key == KEYCODE_UP && l->cursor != SIZE_MAX) {
		l->cursor = l->cursor ? l->cursor - 1 : SIZE_MAX;
		return true;
	}
	return key == KEYCODE_ENTER && take(p);
}
