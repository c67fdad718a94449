/* SPDX-License-Identifier: MIT */
/* Marks: kept by identity, so they survive filter, sort and refresh. */
#include "base/vec.h"
#include "ui/pane_table.h"

#include <string.h>

static bool mark_one(struct pane_table *t, struct error *err)
{
	struct row row;
	uint64_t identity;

	if (!table_need_row(t, &row, err))
		return false;
	identity = row_identity(row);
	if (!identity)
		return error_set(err, ERR_USAGE,
			"these rows cannot be marked");
	marks_set(&t->marks, identity, !marks_has(&t->marks, identity));
	pane_table_move(t, t->cursor + 1);
	pane_table_marked(t);
	return true;
}

/* What `mark` and its kin do to the rows on screen. */
static void mark_rows(struct pane_table *t, size_t from, size_t to,
	bool invert)
{
	struct {
		uint64_t *items;
		size_t count, room;
	} on = { 0 };

	for (size_t i = from; i < to && i < pane_table_count(t); i++) {
		struct row row = pane_table_row(t, i);
		uint64_t identity = pane_table_is_gone(t, row) ? 0 :
			row_identity(row);

		if (invert && marks_has(&t->marks, identity))
			marks_set(&t->marks, identity, false);
		else if (identity)
			*VEC_PUSH(&on) = identity;
	}
	marks_add(&t->marks, on.items, on.count);
	VEC_FREE(&on);
}

bool table_mark_range(struct pane_table *t, const struct words *w,
	struct error *err)
{
	size_t from, to;
	struct row row;

	(void)w;
	if (pane_table_range(t, &from, &to)) {
		mark_rows(t, from, to + 1, false);
		t->range = 0;
		pane_table_marked(t);
		return true;
	}
	if (!table_need_row(t, &row, err))
		return false;
	t->range = row_identity(row);
	if (!t->range)
		return error_set(err, ERR_USAGE,
			"these rows cannot be marked");
	app_message(t->pane.app, MESSAGE_INFO,
		"a range begins here: the same key ends it, Esc gives it up");
	t->pane.dirty = true;
	return true;
}

bool table_mark(struct pane_table *t, const struct words *w,
	struct error *err)
{
	const char *name = w->items[0];

	if (!strcmp(name, "mark"))
		return mark_one(t, err);
	if (!strcmp(name, "mark-all"))
		mark_rows(t, 0, SIZE_MAX, false);
	else if (!strcmp(name, "mark-invert"))
		mark_rows(t, 0, SIZE_MAX, true);
	else if (!strcmp(name, "mark-none"))
		marks_drop(&t->marks);
	else
		marks_restore(&t->marks);
	pane_table_marked(t);
	return true;
}
