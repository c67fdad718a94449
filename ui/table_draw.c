/* SPDX-License-Identifier: MIT */
/* The table on screen: header, visible rows, what to say when there are
 * none, and the facts of the second head line. */
#include "base/clock.h"
#include "base/text.h"
#include "ui/pane_table.h"

#include <string.h>

#define SPIN_MS 250

/* What one draw needs; built anew each time. */
struct sheet {
	struct pane_table *t;
	const struct area *area;
	struct layout layout;
	struct str cell;
};

static enum look look_of(enum role role)
{
	return (enum look)role;      /* the first looks are the roles */
}

static void cell_text(struct sheet *s, struct row row, int index,
	enum role *role)
{
	char buffer[64];

	str_reset(&s->cell);
	*role = ROLE_TEXT;
	if (index == LAYOUT_REGION) {
		str_add(&s->cell, row_region(row, buffer));
	} else if (index == LAYOUT_ACCOUNT) {
		str_add(&s->cell, row_account(row, buffer));
	} else {
		*role = table_cell(s->t->table, row,
			&s->t->compiled->columns[index],
			draw_signs(s->area), &s->cell);
	}
	if (!s->cell.len) {
		str_addc(&s->cell, '-');
		*role = ROLE_DIM;
	}
}

static size_t widest_index(const struct pane_table *t, int index)
{
	if (index >= 0)
		return (size_t)index;
	return t->compiled->column_count + (size_t)(-index - 1);
}

static void measure_row(struct sheet *s, struct row row)
{
	struct pane_table *t = s->t;
	int count = (int)t->compiled->column_count;
	enum role role;

	for (int i = LAYOUT_ACCOUNT; i < count; i++) {
		const struct column *c = i < 0 ? NULL :
			t->compiled->columns[i].column;
		int *widest = &t->widest[widest_index(t, i)];
		int width;

		if (c && !t->wide && !c->w80 && !c->w132)
			continue;
		cell_text(s, row, i, &role);
		width = draw_width(s->area, s->cell.p, s->cell.len);
		if (width > *widest)
			*widest = width;
	}
}

/* Widths only grow while one scrolls: columns do not dance. */
static void make_layout(struct sheet *s, size_t visible)
{
	struct pane_table *t = s->t;
	struct layout_want want = {
		.compiled = t->compiled, .width = s->area->columns,
		.many_regions = pane_table_many_regions(t),
		.many_accounts = !t->session &&
			t->pane.app->session_count > 1,
		.wide = t->wide, .first = t->first_column,
		.widest = t->widest,
	};

	for (size_t i = 0; i < visible; i++)
		measure_row(s, pane_table_row(t, t->top + i));
	layout_columns(&s->layout, &want);
}

static const char *title_of(const struct pane_table *t, int index)
{
	if (index == LAYOUT_REGION)
		return "REGION";
	if (index == LAYOUT_ACCOUNT)
		return "ACCOUNT";
	return t->compiled->columns[index].column->title;
}

static void draw_header(struct sheet *s)
{
	struct pane_table *t = s->t;
	bool unicode = draw_is_unicode(s->area);

	draw_fill(s->area, 0, 0, s->area->columns, LOOK_HEADER, false);
	for (size_t i = 0; i < s->layout.count; i++) {
		const struct layout_column *c = &s->layout.columns[i];
		struct str title = STR_INIT;

		str_add(&title, title_of(t, c->index));
		if (t->query.sort_count && c->index >= 0 &&
		    t->query.sort[0].column == c->index &&
		    (int)title.len + 2 <= c->width)
			str_add(&title, t->query.sort[0].reverse ?
				(unicode ? " ▼" : " v") :
				(unicode ? " ▲" : " ^"));
		draw_cell(s->area, 0, c->x, c->width, c->right, LOOK_HEADER,
			false, title.p, title.len);
		str_clear(&title);
	}
	if (s->layout.more_left)
		draw_text(s->area, 0, 0, LOOK_KEY, unicode ? "‹" : "<");
	if (s->layout.more_right)
		draw_text(s->area, 0, s->area->columns - 1, LOOK_KEY,
			unicode ? "›" : ">");
}

static void draw_matches(struct sheet *s, int y,
	const struct layout_column *c, bool selected)
{
	const struct filter *f = s->t->query.filter;
	size_t from = 0, start, end;

	if (!f || !*filter_source(f) || c->right)
		return;
	while (filter_highlight(f, s->cell.p, s->cell.len, from, &start,
	    &end)) {
		int x = draw_width(s->area, s->cell.p, start);
		int width = draw_width(s->area, s->cell.p + start,
			end - start);

		if (x + width > c->width)
			width = c->width - x;
		if (width <= 0 || end <= from)
			break;
		draw_mark(s->area, y, c->x + x, width, LOOK_MATCH, selected);
		from = end;
	}
}

static bool cell_changed(struct sheet *s, struct row row,
	struct row previous, int index)
{
	const struct compiled_column *c;
	struct str old = STR_INIT;
	bool changed;

	if (index < 0 || !previous.segment)
		return false;
	c = &s->t->compiled->columns[index];
	if (format_is_volatile(c->column->format) || c->join >= 0)
		return false;
	table_cell(s->t->table, previous, c, draw_signs(s->area), &old);
	str_reset(&s->cell);
	table_cell(s->t->table, row, c, draw_signs(s->area), &s->cell);
	changed = old.len != s->cell.len ||
		memcmp(old.p, s->cell.p, old.len) != 0;
	str_clear(&old);
	return changed;
}

static void draw_gutter(struct sheet *s, int y, bool marked, bool selected)
{
	bool unicode = draw_is_unicode(s->area);

	if (selected)
		draw_cell(s->area, y, 0, 1, false, LOOK_KEY, true,
			unicode ? "▌" : ">", unicode ? strlen("▌") : 1);
	if (marked)
		draw_cell(s->area, y, selected ? 1 : 0, 1, false,
			LOOK_MARKED, selected, "+", 1);
}

static void draw_row(struct sheet *s, int y, size_t i)
{
	struct pane_table *t = s->t;
	struct row row = pane_table_row(t, i), previous = { 0 };
	bool selected = i == t->cursor, ghost = pane_table_is_ghost(t, i);
	bool marked = marks_has(&t->marks, row_identity(row));
	enum row_mark mark = table_row_mark(t->table, row, &previous);

	draw_fill(s->area, y, 0, s->area->columns,
		marked ? LOOK_MARKED : LOOK_TEXT, selected);
	draw_gutter(s, y, marked, selected);
	for (size_t k = 0; k < s->layout.count; k++) {
		const struct layout_column *c = &s->layout.columns[k];
		enum role role;
		enum look look;

		cell_text(s, row, c->index, &role);
		look = ghost || mark == ROW_GONE ? LOOK_DIM : look_of(role);
		if (look == LOOK_TEXT && marked)
			look = LOOK_MARKED;
		if (mark == ROW_NEW && k == 0)
			look = LOOK_CHANGED;
		draw_cell(s->area, y, c->x, c->width, c->right, look,
			selected, s->cell.p, s->cell.len);
		draw_matches(s, y, c, selected);
		if (mark == ROW_CHANGED &&
		    cell_changed(s, row, previous, c->index))
			draw_mark(s->area, y, c->x, c->width, LOOK_CHANGED,
				selected);
	}
}

/* The first failure, in full: there is nothing else to show. */
static bool draw_failure(struct sheet *s)
{
	struct shard shard;

	for (size_t i = 0; table_shard(s->t->table, i, &shard); i++) {
		if (shard.err.kind == ERR_NONE)
			continue;
		if (shard.region && *shard.region)
			draw_textf(s->area, 2, LAYOUT_GUTTER, LOOK_BAD,
				"%s: %s", shard.region, shard.err.text);
		else
			draw_text(s->area, 2, LAYOUT_GUTTER, LOOK_BAD,
				shard.err.text);
		draw_text(s->area, 3, LAYOUT_GUTTER, LOOK_DIM,
			"! shows all messages in full, Ctrl-R tries again");
		return true;
	}
	return false;
}

static void draw_empty(struct sheet *s, const struct table_status *status)
{
	const struct resource *r = s->t->location->resource;

	if (status->loading || status->view_pending) {
		if (!status->rows)
			draw_text(s->area, 2, LAYOUT_GUTTER, LOOK_DIM,
				"Loading…");
	} else if (status->rows) {
		draw_textf(s->area, 2, LAYOUT_GUTTER, LOOK_TEXT,
			"None of %zu %s matches — Esc clears the filter",
			status->rows, r->name);
	} else if (!draw_failure(s)) {
		draw_textf(s->area, 2, LAYOUT_GUTTER, LOOK_TEXT,
			"No %s here", r->name);
		if (!r->global && !s->t->pane.app->all_regions)
			draw_text(s->area, 3, LAYOUT_GUTTER, LOOK_DIM,
				"0 looks in all regions, r chooses some");
	}
}

static void place_top(struct pane_table *t, size_t count)
{
	size_t page = t->page > 0 ? (size_t)t->page : 1;

	if (t->cursor < t->top)
		t->top = t->cursor;
	if (t->cursor >= t->top + page)
		t->top = t->cursor - page + 1;
	if (t->top + page > count)
		t->top = count > page ? count - page : 0;
}

void table_draw(struct pane *pane, const struct area *area)
{
	struct pane_table *t = (struct pane_table *)pane;
	struct sheet s = { .t = t, .area = area, .cell = STR_INIT };
	size_t count = pane_table_count(t), visible;
	struct table_status status;

	t->page = area->rows - 1;
	place_top(t, count);
	visible = count - t->top;
	if (visible > (size_t)t->page)
		visible = (size_t)t->page;
	table_want(t->table, t->top, visible);
	draw_clear(area);
	make_layout(&s, visible);
	draw_header(&s);
	for (size_t i = 0; i < visible; i++)
		draw_row(&s, (int)i + 1, t->top + i);
	if (!count) {
		table_status(t->table, &status);
		draw_empty(&s, &status);
	}
	str_clear(&s.cell);
}

static void add_count(const struct pane_table *t, struct str *out,
	const struct table_status *status)
{
	const char *more = status->complete ? "" : "+";

	text_add_grouped(out, (int64_t)status->shown);
	if (status->shown != status->rows) {
		str_add(out, " of ");
		text_add_grouped(out, (int64_t)status->rows);
	}
	str_add(out, more);
	if (t->marks.count) {
		str_add(out, "   ");
		text_add_grouped(out, (int64_t)t->marks.count);
		str_add(out, " marked");
	}
}

static void add_chips(struct str *out, const struct table_status *status)
{
	if (status->failed)
		str_addf(out, "   ▲ %zu %s failed", status->failed,
			status->failed == 1 ? "region" : "regions");
	if (status->denied)
		str_addf(out, "   %zu denied", status->denied);
	if (status->capped)
		str_add(out, "   stopped at rows-max");
}

/* Ages step at 10 s, at 30 s, then by the minute: no ticking clock. */
static void add_age(struct str *out, int64_t age)
{
	str_add(out, "   ");
	if (age < 10000)
		str_add(out, "now");
	else if (age < 30000)
		str_add(out, "10 s old");
	else if (age < 60000)
		str_add(out, "30 s old");
	else if (age < 3600000)
		str_addf(out, "%lld min old", (long long)(age / 60000));
	else
		str_addf(out, "%lld h old", (long long)(age / 3600000));
}

void table_facts(const struct pane *pane, struct str *out)
{
	static const char *const spinner[] = { "◐", "◓", "◑", "◒" };
	const struct pane_table *t = (const struct pane_table *)pane;
	struct table_status status;

	table_status(t->table, &status);
	add_count(t, out, &status);
	add_chips(out, &status);
	if (status.loading)
		str_addf(out, "   %s %zu of %zu",
			spinner[clock_now() / SPIN_MS % 4],
			status.done, status.shards);
	else if (status.oldest)
		add_age(out, clock_wall() - status.oldest);
}
