/* SPDX-License-Identifier: MIT */
/* What keys and commands do in a table: one row each below. */
#include "ui/list.h"
#include "ui/table_columns.h"

#include <string.h>

typedef bool action(struct pane_table *t, const struct words *words,
	struct error *err);

static const char *word(const struct words *words, size_t i)
{
	return i < words->count ? words->items[i] : "";
}

/* The movements that all lists share. */
static bool move(struct pane_table *t, const struct words *w,
	struct error *err)
{
	struct list list = { .cursor = t->cursor, .top = t->top,
		.count = pane_table_count(t),
		.page = t->page > 0 ? (size_t)t->page : 0 };

	(void)err;
	list_command(&list, word(w, 0));
	t->top = list.top;
	pane_table_move(t, list.cursor);
	return true;
}

static bool left(struct pane_table *t, const struct words *w,
	struct error *err)
{
	(void)w, (void)err;
	t->first_column -= t->first_column > 0 ? 1 : 0;
	t->pane.dirty = true;
	return true;
}

static bool right(struct pane_table *t, const struct words *w,
	struct error *err)
{
	(void)w, (void)err;
	if (!t->wide) {
		app_message(t->pane.app, MESSAGE_INFO,
			"all columns that fit are here; w shows every one");
		return true;
	}
	if (!t->more_right) {
		app_message(t->pane.app, MESSAGE_INFO,
			"this is the last column");
		return true;
	}
	t->first_column++;
	t->pane.dirty = true;
	return true;
}

static bool wide(struct pane_table *t, const struct words *w,
	struct error *err)
{
	(void)w, (void)err;
	t->wide = !t->wide;
	t->first_column = 0;
	memset(t->widest, 0, sizeof(t->widest));
	t->pane.dirty = true;
	return true;
}

static bool problems(struct pane_table *t, const struct words *w,
	struct error *err)
{
	(void)w, (void)err;
	t->query.problems = !t->query.problems;
	pane_table_query(t);
	return true;
}

static bool cancel(struct pane_table *t, const struct words *w,
	struct error *err)
{
	struct table_status status;

	(void)w, (void)err;
	table_status(t->table, &status);
	if (!status.loading)
		return false;
	table_stop(t->table);
	app_message(t->pane.app, MESSAGE_INFO, "loading was stopped");
	return true;
}

/* Which column the table is sorted by; -1: none. */
static int sort_column(const struct pane_table *t)
{
	return t->query.sort_count ? t->query.sort[0].column : -1;
}

static void sort_by(struct pane_table *t, int column, bool reverse)
{
	t->query.sort[0] = (struct sort_key){ column, reverse };
	t->query.sort_count = 1;
	t->several_sorts = false;
	table_remember_sort(t);
	pane_table_query(t);
}

bool table_sort(struct pane_table *t, const char *names, struct error *err)
{
	struct query query = { 0 };

	if (!query_parse_sort(&query, t->compiled, names, err))
		return false;
	memcpy(t->query.sort, query.sort, sizeof(query.sort));
	t->query.sort_count = query.sort_count;
	t->several_sorts = query.sort_count > 1;
	table_remember_sort(t);
	pane_table_query(t);
	return true;
}

/* One more key behind those that are there; one of them is turned round. */
static void sort_also(struct pane_table *t, int column)
{
	struct query *q = &t->query;

	for (size_t i = 0; i < q->sort_count; i++)
		if (q->sort[i].column == column) {
			q->sort[i].reverse = !q->sort[i].reverse;
			goto done;
		}
	if (!t->several_sorts && q->sort_count > 1)
		q->sort_count = 1;       /* the table's own ties */
	if (q->sort_count == QUERY_SORTS)
		q->sort_count--;
	q->sort[q->sort_count++] = (struct sort_key){ column, false };
done:
	t->several_sorts = q->sort_count > 1;
	table_remember_sort(t);
	pane_table_query(t);
}

static bool sort(struct pane_table *t, const struct words *w,
	struct error *err)
{
	int column = compiled_column_index(t->compiled, word(w, 1));

	if (column >= 0 && column == sort_column(t)) {
		sort_by(t, column, !t->query.sort[0].reverse);
		return true;
	}
	return table_sort(t, word(w, 1), err);
}

static bool sort_reverse(struct pane_table *t, const struct words *w,
	struct error *err)
{
	(void)w;
	if (sort_column(t) < 0)
		return error_set(err, ERR_USAGE,
			"not sorted; < and > choose a column");
	t->query.sort[0].reverse = !t->query.sort[0].reverse;
	table_remember_sort(t);
	pane_table_query(t);
	return true;
}

/* The next column of those on screen, in the order they stand there. */
static void sort_step(struct pane_table *t, int step)
{
	const struct layout *l = &t->drawn.layout;
	int count = (int)l->count, at = step > 0 ? -1 : count;

	for (int i = 0; i < count; i++)
		if (l->columns[i].index == sort_column(t))
			at = i;
	for (int i = 0; i < count; i++) {
		at = (at + step + count) % count;
		if (l->columns[at].index >= 0)
			break;
	}
	if (count && l->columns[at].index >= 0)
		sort_by(t, l->columns[at].index, false);
}

static bool sort_left(struct pane_table *t, const struct words *w,
	struct error *err)
{
	(void)w, (void)err;
	sort_step(t, -1);
	return true;
}

static bool sort_right(struct pane_table *t, const struct words *w,
	struct error *err)
{
	(void)w, (void)err;
	sort_step(t, 1);
	return true;
}

static const struct {
	const char *name;
	action *run;
} actions[] = {
	{ "down", move }, { "up", move },
	{ "page-down", move }, { "page-up", move },
	{ "half-down", move }, { "half-up", move },
	{ "top", move }, { "bottom", move },
	{ "left", left }, { "right", right },
	{ "columns", table_columns }, { "arrange", table_arrange },
	{ "wide", wide }, { "problems", problems },
	{ "cancel", cancel },
	{ "sort", sort }, { "sort-left", sort_left },
	{ "sort-right", sort_right }, { "sort-reverse", sort_reverse },
	{ "enter", table_enter }, { "describe", table_describe },
	{ "document", table_document }, { "related", table_related },
	{ "used-by", table_used_by }, { "copy", table_copy },
	{ "mark", table_mark }, { "mark-all", table_mark },
	{ "mark-invert", table_mark }, { "mark-none", table_mark },
	{ "marks-back", table_mark }, { "mark-range", table_mark_range },
};

bool table_command(struct pane *pane, const struct words *words,
	struct error *err)
{
	struct pane_table *t = (struct pane_table *)pane;

	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		if (!strcmp(actions[i].name, word(words, 0))) {
			t->moved = true;
			return actions[i].run(t, words, err);
		}
	return false;
}

/* On a heading: sorts by it, again turns it round; more: by it too. */
static void click_header(struct pane_table *t, int x, bool more)
{
	const struct layout *l = &t->drawn.layout;

	for (size_t i = 0; i < l->count; i++) {
		const struct layout_column *c = &l->columns[i];

		if (x < c->x || x > c->x + c->width || c->index < 0)
			continue;
		if (more)
			sort_also(t, c->index);
		else
			sort_by(t, c->index, c->index == sort_column(t) &&
				!t->query.sort[0].reverse);
		return;
	}
}

uint64_t table_click(struct pane *pane, int y, int x)
{
	struct pane_table *t = (struct pane_table *)pane;
	size_t i = t->top + (size_t)(y - 1);

	if (y == 0) {
		click_header(t, x, false);
		return 0;
	}
	if (i >= pane_table_count(t))
		return 0;
	t->moved = true;
	pane_table_move(t, i);
	return t->identity;
}

void table_click_more(struct pane *pane, int y, int x)
{
	if (y == 0)
		click_header((struct pane_table *)pane, x, true);
	else
		table_click(pane, y, x);
}
