/* SPDX-License-Identifier: MIT */
/*
 * What a refresh did to rows, told for some seconds. A row has changed if
 * its line of the text index has: that is what people see of it, but ages.
 * Which columns did is found out at once, while both rows are here; the old
 * row itself may be gone a moment later.
 */
#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"
#include "fetch/table_parts.h"

#include <string.h>

/* Marks end together: this often at most the screen is drawn for them. */
#define MARK_STEP_MS 100
/* Where more rows than this change, marks say nothing any more. */
#define MARKS_MOST 50000

static void add_mark(struct table *t, uint64_t identity,
	const struct mark *mark)
{
	struct marks *m = &t->marks;
	int64_t until = clock_now() + t->fetch->mark_ms + MARK_STEP_MS - 1;

	if (m->count >= MARKS_MOST || !t->fetch->mark_ms)
		return;
	lookup_set(&m->lookup, identity, (uint32_t)m->count);
	*VEC_PUSH(m) = *mark;
	m->items[m->count - 1].until = until - until % MARK_STEP_MS;
}

/* A row of that many signs is one to look at. */
static bool is_problem(const struct compiled *c, struct row row)
{
	const struct cell_options options = { .now = row.segment->fetched };
	struct str scratch = STR_INIT;
	bool found = false;

	for (size_t i = 0; !found && i < c->column_count; i++) {
		const struct compiled_column *column = &c->columns[i];

		if (column->column->format != FORMAT_STATE)
			continue;
		str_reset(&scratch);
		found = row_cell(row, column, &options, &scratch) == ROLE_BAD;
	}
	str_clear(&scratch);
	return found;
}

void marks_new(struct table *t, struct part *p, struct place place)
{
	struct row row = rows_at(t, place);

	news_add(p, row, ROW_NEW, is_problem(t->compiled, row), NULL, NULL,
		NULL);
	add_mark(t, row_identity(row), &(struct mark){ .kind = ROW_NEW,
		.old = PLACE_NONE });
}

static const char *line(struct row row, size_t *len)
{
	const struct segment *s = row.segment;

	*len = s->text_at[row.index + 1] - s->text_at[row.index];
	return s->text + s->text_at[row.index];
}

static bool same_line(struct row a, struct row b)
{
	size_t alen, blen;
	const char *at, *bt;

	if (!a.segment->text || !b.segment->text)
		return false;
	at = line(a, &alen);
	bt = line(b, &blen);
	return alen == blen && memcmp(at, bt, alen) == 0;
}

/* A bit each; each is news. */
static uint64_t changed_columns(const struct compiled *c, struct part *p,
	struct row a, struct row b)
{
	bool problem = !is_problem(c, a) && is_problem(c, b);
	const struct cell_options options = { .now = b.segment->fetched };
	struct str at = STR_INIT, bt = STR_INIT;
	uint64_t changed = 0;

	for (size_t i = 0; i < c->column_count && i < 64; i++) {
		const struct compiled_column *column = &c->columns[i];

		if (format_is_volatile(column->column->format) ||
		    (column->join >= 0 && !column->column->derive))
			continue;
		str_reset(&at);
		str_reset(&bt);
		row_cell(a, column, &options, &at);
		row_cell(b, column, &options, &bt);
		if (at.len == bt.len && memcmp(at.p, bt.p, at.len) == 0)
			continue;
		changed |= (uint64_t)1 << i;
		news_add(p, b, ROW_CHANGED, problem, column->column, &at, &bt);
		problem = false;
	}
	str_clear(&at);
	str_clear(&bt);
	return changed;
}

void marks_replaced(struct table *t, struct part *p, struct place old,
	struct place new)
{
	struct row was = rows_at(t, old), is = rows_at(t, new);
	struct mark mark = { .kind = ROW_CHANGED, .old = old,
		.old_serial = t->slots[old.segment].serial };

	if (t->marks.count >= MARKS_MOST || same_line(was, is))
		return;
	mark.columns = changed_columns(t->compiled, p, was, is);
	if (mark.columns)
		add_mark(t, row_identity(is), &mark);
}

static const struct mark *find_mark(const struct table *t, struct row row)
{
	uint32_t i = lookup_get(&t->marks.lookup, row_identity(row));
	const struct mark *mark;

	if (i == LOOKUP_NONE)
		return NULL;
	mark = &t->marks.items[i];
	return mark->until > clock_now() ? mark : NULL;
}

enum row_mark table_row_mark(const struct table *t, struct row row,
	struct row *previous)
{
	const struct mark *mark;
	const struct slot *slot;

	if (previous)
		*previous = (struct row){ 0 };
	if (!row.segment->identities)
		return ROW_SAME;
	if (!ids_find(&t->ids, row_identity(row)))
		return ROW_GONE;
	mark = find_mark(t, row);
	if (!mark)
		return ROW_SAME;
	if (previous && mark->old.segment != UINT32_MAX) {
		slot = &t->slots[mark->old.segment];
		if (slot->segment && slot->serial == mark->old_serial)
			*previous = rows_at(t, mark->old);
	}
	return mark->kind;
}

uint64_t table_row_columns(const struct table *t, struct row row)
{
	const struct mark *mark = row.segment->identities ?
		find_mark(t, row) : NULL;

	return mark ? mark->columns : 0;
}

static bool row_moves(const struct compiled *c, struct row row,
	struct str *scratch)
{
	static const struct signs signs = { .running = "", .stopped = "",
		.moving = "\1", .failed = "", .warn = "" };
	const struct cell_options options = { .now = row.segment->fetched,
		.signs = &signs };

	for (size_t i = 0; i < c->column_count; i++) {
		if (c->columns[i].column->format != FORMAT_STATE)
			continue;
		str_reset(scratch);
		row_cell(row, &c->columns[i], &options, scratch);
		if (*scratch->p == '\1')
			return true;
	}
	return false;
}

/* Looked at once a view and place. */
bool table_moves(struct table *t)
{
	struct str scratch = STR_INIT;
	size_t end = t->want_first + t->want_count;

	if (t->moves.view == t->view && t->moves.first == t->want_first &&
	    t->moves.count == t->want_count)
		return t->moves.any;
	t->moves.view = t->view;
	t->moves.first = t->want_first;
	t->moves.count = t->want_count;
	t->moves.any = false;
	for (size_t i = t->want_first; i < end && i < table_rows(t); i++)
		t->moves.any = t->moves.any ||
			row_moves(t->compiled, table_row(t, i), &scratch);
	str_clear(&scratch);
	return t->moves.any;
}

int64_t marks_due(const struct table *t)
{
	const struct marks *m = &t->marks;

	int64_t due = m->expired < m->count ? m->items[m->expired].until :
		CLOCK_NEVER;

	return t->leave_due < due ? t->leave_due : due;
}

void marks_tick(struct table *t)
{
	struct marks *m = &t->marks;
	int64_t now = clock_now();
	size_t before = m->expired;

	while (m->expired < m->count && m->items[m->expired].until <= now)
		m->expired++;
	if (m->expired != before)
		t->changed = true;
	if (t->leave_due <= now)
		rows_let_go(t);
	if (m->count && m->expired == m->count)
		marks_clear(t);
}

void marks_clear(struct table *t)
{
	VEC_FREE(&t->marks);
	lookup_clear(&t->marks.lookup);
	t->marks.expired = 0;
}

size_t marks_bytes(const struct table *t)
{
	return t->marks.room * sizeof(*t->marks.items) +
		t->marks.lookup.room * (sizeof(uint64_t) + sizeof(uint32_t));
}
