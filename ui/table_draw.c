/* SPDX-License-Identifier: MIT */
/* The table on screen: header and visible rows. */
#include "base/clock.h"
#include "base/text.h"
#include "cli/setting.h"
#include "ui/moment.h"
#include "ui/pane_table.h"
#include "ui/term.h"

#include <stdlib.h>
#include <string.h>

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

/* An age as the moment it counts from, if people want to see that. */
static bool add_moment(const struct pane_table *t, struct row row,
	const struct compiled_column *c, struct str *out)
{
	enum times times = (enum times)t->pane.app->settings->times;
	struct str iso = STR_INIT;
	bool added;

	if (times == TIMES_RELATIVE || c->column->format != FORMAT_AGE)
		return false;
	row_plain(row, c, (struct row){ 0 }, &iso);
	added = moment_add(times, iso.p, iso.len, out);
	str_clear(&iso);
	return added;
}

enum role pane_table_cell(const struct pane_table *t, struct row row,
	int index, struct str *out)
{
	enum role role = ROLE_TEXT;
	size_t before = out->len;
	char buffer[64];

	if (index == LAYOUT_REGION)
		str_add(out, row_region(row, buffer));
	else if (index == LAYOUT_ACCOUNT)
		str_add(out, row_account(row, buffer));
	else if (!add_moment(t, row, &t->compiled->columns[index], out))
		role = table_cell(t->table, row, &t->compiled->columns[index],
			t->pane.app->screen->signs, out);
	if (out->len > before)
		return role;
	str_addc(out, '-');
	return ROLE_DIM;
}

static enum role cell_text(struct sheet *s, struct row row, int index)
{
	str_reset(&s->cell);
	return pane_table_cell(s->t, row, index, &s->cell);
}

/* True: the column got wider. */
static bool measure_cell(struct sheet *s, struct row row, int index)
{
	int *widest = &s->t->widest[layout_slot(index)];
	int width;

	cell_text(s, row, index);
	width = draw_width(s->area, s->cell.p, s->cell.len);
	if (width <= *widest)
		return false;
	*widest = width;
	return true;
}

/* Those that may be seen. True: some column got wider. */
static bool measure_row(struct sheet *s, struct row row)
{
	struct pane_table *t = s->t;
	bool chosen = t->chosen_count && !t->wide;
	int count = chosen ? (int)t->chosen_count :
		(int)t->compiled->column_count;
	bool wider = false;

	for (int i = LAYOUT_ACCOUNT; i < count; i++) {
		int index = i < 0 || !chosen ? i : t->chosen[i];
		const struct column *c = i < 0 ? NULL :
			t->compiled->columns[index].column;

		if (!c || t->wide || chosen || c->w80 || c->w132)
			wider |= measure_cell(s, row, index);
	}
	return wider;
}

static int title_width(const struct sheet *s, int index)
{
	const char *title = s->t->compiled->columns[index].column->title;

	return draw_width(s->area, title, strlen(title));
}

/* The arrow of a column that the rows are sorted by has room. */
static void measure_sort(const struct sheet *s)
{
	struct pane_table *t = s->t;

	for (size_t i = 0; i < t->query.sort_count; i++) {
		int index = t->query.sort[i].column;
		int width = title_width(s, index) + (i ? 3 : 2);

		if (i && !t->several_sorts)
			break;
		if (t->widest[index] < width)
			t->widest[index] = width;
	}
}

/* Widths only grow while one scrolls: columns do not dance. */
static void make_layout(struct sheet *s, size_t visible)
{
	struct pane_table *t = s->t;
	struct layout_want want = {
		.compiled = t->compiled, .width = s->area->columns,
		.many_regions = pane_table_many_regions(t),
		.many_accounts = pane_table_many_accounts(t),
		.wide = t->wide, .first = t->first_column,
		.chosen = t->chosen, .chosen_count = t->chosen_count,
		.widths = t->widths, .widest = t->widest,
	};

	for (size_t i = 0; i < visible; i++)
		measure_row(s, pane_table_row(t, t->top + i));
	measure_sort(s);
	layout_columns(&s->layout, &want);
	t->more_right = s->layout.more_right;
	t->first_column = s->layout.first;
}

static const char *title_of(const struct pane_table *t, int index)
{
	if (index == LAYOUT_REGION)
		return "REGION";
	if (index == LAYOUT_ACCOUNT)
		return "ACCOUNT";
	return t->compiled->columns[index].column->title;
}

/* " ▲", and behind the others which one it is: " ▼2". */
static void add_arrow(const struct sheet *s, const struct layout_column *c,
	struct str *title)
{
	const struct query *q = &s->t->query;
	int room = c->width - draw_width(s->area, title->p, title->len);

	for (size_t i = 0; c->index >= 0 && i < q->sort_count; i++) {
		if (q->sort[i].column != c->index || room < (i ? 3 : 2) ||
		    (i && !s->t->several_sorts))
			continue;
		str_add(title, q->sort[i].reverse ? " ▼" : " ▲");
		if (i)
			str_addf(title, "%zu", i + 1);
	}
}

static void draw_header(struct sheet *s)
{
	struct pane_table *t = s->t;

	draw_fill(s->area, 0, 0, s->area->columns, LOOK_HEADER, false);
	for (size_t i = 0; i < s->layout.count; i++) {
		const struct layout_column *c = &s->layout.columns[i];
		struct str title = STR_INIT;

		layout_title(title_of(t, c->index), &title);
		add_arrow(s, c, &title);
		draw_cell(s->area, 0, c->x, c->width, c->right, LOOK_HEADER,
			false, title.p, title.len);
		str_clear(&title);
	}
	if (s->layout.more_left)
		draw_text(s->area, 0, 0, LOOK_KEY, "<");
	if (s->layout.more_right)
		draw_text(s->area, 0, s->area->columns - 1, LOOK_KEY, ">");
}

static void draw_matches(struct sheet *s, int y,
	const struct layout_column *c, bool selected)
{
	const struct filter *f = s->t->query.filter;
	size_t from = 0, start, end;

	if (!f || !*filter_source(f) || c->right)
		return;
	while (filter_highlight_cell(f, c->index, s->cell.p, s->cell.len,
	    from, &start, &end)) {
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

/* Ages and what joins bring change all the time: that is no news. */
static bool cell_changed(const struct pane_table *t, uint64_t columns,
	int index)
{
	const struct compiled_column *c;

	if (index < 0 || index >= 64 || !(columns >> index & 1))
		return false;
	c = &t->compiled->columns[index];
	return !format_is_volatile(c->column->format);
}

/* What a row is beyond its cells. */
struct state {
	bool selected, marked, ranged, gone;
	enum row_mark mark;
	uint64_t changed;
};

static void draw_gutter(struct sheet *s, int y, const struct state *state)
{
	const char *sign = state->marked ? "+" : state->ranged ? "|" :
		state->gone ? "x" : state->mark == ROW_NEW ? "*" :
		state->mark == ROW_CHANGED && state->changed ? "~" : NULL;

	if (state->selected)
		draw_cell(s->area, y, 0, 1, false, LOOK_KEY, false, "▌",
			strlen("▌"));
	if (sign)
		draw_cell(s->area, y, state->selected ? 1 : 0, 1, false,
			state->marked || state->ranged ? LOOK_MARKED :
			state->gone ? LOOK_DIM : LOOK_CHANGED,
			state->selected, sign, 1);
}

static struct state state_of(const struct pane_table *t, struct row row,
	size_t i)
{
	struct state state = {
		.selected = i == t->cursor,
		.marked = marks_has(&t->marks, row_identity(row)),
		.mark = table_row_mark(t->table, row, NULL),
		.gone = pane_table_is_ghost(t, i),
	};
	size_t from, to;

	if (state.mark == ROW_CHANGED)
		state.changed = table_row_columns(t->table, row);
	state.gone |= state.mark == ROW_GONE;
	state.ranged = pane_table_range(t, &from, &to) && i >= from &&
		i <= to;
	return state;
}

static enum look cell_look(const struct sheet *s, const struct state *state,
	enum role role, size_t k)
{
	enum look look = state->gone ? LOOK_DIM : look_of(role);

	if (cell_changed(s->t, state->changed, s->layout.columns[k].index) ||
	    (state->mark == ROW_NEW && !k))
		return LOOK_CHANGED;
	return look == LOOK_TEXT && state->marked ? LOOK_MARKED : look;
}

static void draw_row(struct sheet *s, int y, size_t i)
{
	struct row row = pane_table_row(s->t, i);
	struct state state = state_of(s->t, row, i);

	draw_fill(s->area, y, 0, s->area->columns,
		state.marked ? LOOK_MARKED : LOOK_TEXT, state.selected);
	draw_gutter(s, y, &state);
	for (size_t k = 0; k < s->layout.count; k++) {
		const struct layout_column *c = &s->layout.columns[k];
		enum role role = cell_text(s, row, c->index);

		draw_cell(s->area, y, c->x, c->width, c->right,
			cell_look(s, &state, role, k), state.selected,
			s->cell.p, s->cell.len);
		draw_matches(s, y, c, state.selected);
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

static size_t visible_rows(const struct pane_table *t, size_t count)
{
	size_t below = count - t->top;

	return below > (size_t)t->page ? (size_t)t->page : below;
}

/* Only the cursor has moved: the rows that it left and reached, and those
 * that scrolled in. False: more than that is to be painted. */
static bool draw_moved(struct sheet *s, size_t visible)
{
	struct pane_table *t = s->t;
	long by = (long)t->top - (long)t->drawn.top;
	size_t fresh = (size_t)labs(by), first;

	if (!visible || t->pane.dirty || visible != t->drawn.visible ||
	    fresh > visible / 2)
		return false;
	first = by > 0 ? t->top + visible - fresh : t->top;
	for (size_t i = 0; i < fresh; i++)
		if (measure_row(s, pane_table_row(t, first + i)))
			return false;
	s->layout = t->drawn.layout;
	if (by)
		draw_scroll(s->area, 1, (int)visible, (int)by);
	for (size_t i = 0; i < fresh; i++)
		draw_row(s, (int)(first + i - t->top) + 1, first + i);
	if (t->drawn.cursor - t->top < visible)
		draw_row(s, (int)(t->drawn.cursor - t->top) + 1,
			t->drawn.cursor);
	draw_row(s, (int)(t->cursor - t->top) + 1, t->cursor);
	return true;
}

static void draw_all(struct sheet *s, size_t visible)
{
	struct pane_table *t = s->t;

	draw_clear(s->area);
	make_layout(s, visible);
	draw_header(s);
	for (size_t i = 0; i < visible; i++)
		draw_row(s, (int)i + 1, t->top + i);
	if (!visible)
		table_draw_empty(t, s->area);
}

/* What joins of these columns say of these rows. */
static void want_rows(const struct sheet *s, size_t visible)
{
	struct pane_table *t = s->t;
	int columns[LAYOUT_MAX];

	for (size_t i = 0; i < s->layout.count; i++)
		columns[i] = s->layout.columns[i].index;
	table_set_joins(t->table, table_joins_for(t->compiled, columns,
		s->layout.count));
	table_want(t->table, t->top, visible);
}

void table_draw(struct pane *pane, const struct area *area)
{
	struct pane_table *t = (struct pane_table *)pane;
	struct sheet s = { .t = t, .area = area, .cell = STR_INIT };
	size_t count = pane_table_count(t), visible;

	t->page = area->rows - 1;
	place_top(t, count);
	visible = visible_rows(t, count);
	if (!draw_moved(&s, visible))
		draw_all(&s, visible);
	want_rows(&s, visible);
	t->drawn.layout = s.layout;
	t->drawn.top = t->top;
	t->drawn.cursor = t->cursor;
	t->drawn.visible = visible;
	str_clear(&s.cell);
}
