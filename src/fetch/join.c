/* SPDX-License-Identifier: MIT */
/*
 * Which keys are asked for, and when. VISIBLE joins: those of the rows on
 * the screen, once it has stood still for a moment. ALL joins, and others
 * while the query has to see them: those of every row, as pages arrive.
 */
#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"
#include "fetch/filter.h"
#include "fetch/table_parts.h"

#include <assert.h>
#include <stdlib.h>

#define STILL_MS 100

/* Rows whose keys one dispatch looks up. */
#define SCAN_ROWS 2000

static uint64_t join_bit(size_t join)
{
	return (uint64_t)1 << join;
}

static uint64_t scope_all(const struct table *t)
{
	uint64_t joins = 0;

	for (size_t i = 0; i < t->compiled->join_count; i++)
		if (t->compiled->joins[i].join->scope == JOIN_ALL)
			joins |= join_bit(i);
	return joins;
}

static uint64_t free_of_charge(const struct compiled *c)
{
	uint64_t joins = 0;

	for (size_t i = 0; i < c->column_count; i++)
		if (c->columns[i].join >= 0 && !c->columns[i].column->billed)
			joins |= join_bit((size_t)c->columns[i].join);
	return joins;
}

void joins_init(struct table *t)
{
	size_t count = t->compiled->join_count;

	assert(count <= JOINS_MOST);
	t->joined = joined_new(t->part_count, count);
	t->join_errors = xcalloc(t->part_count * count + 1,
		sizeof(struct error *));
	t->filling = xcalloc(t->part_count * count + 1,
		sizeof(struct batch *));
	t->last_batch = &t->batches;
	t->joins_on = t->joins_set = free_of_charge(t->compiled);
	t->joins_all = scope_all(t);
	t->join_cancel = cancel_new();
}

void joins_clear(struct table *t)
{
	batch_drop(t);
	for (size_t i = 0; i < t->part_count * t->compiled->join_count; i++)
		free(t->join_errors[i]);
	free(t->join_errors);
	free(t->filling);
	VEC_FREE(&t->scan);
	joined_unref(t->joined);
	cancel_unref(t->join_cancel);
}

void joins_drop(struct table *t)
{
	t->scan.count = 0;
	t->scan_row = 0;
	t->want_due = CLOCK_NEVER;
	batch_drop(t);
	cancel_set(t->join_cancel);
	cancel_unref(t->join_cancel);
	t->join_cancel = cancel_new();
}

static bool is_fresh(const struct table *t, uint32_t part, size_t join,
	const struct answer *a)
{
	unsigned refresh = t->compiled->joins[join].join->refresh;

	if (a->asked)
		return true;
	if (a->state == ANSWER_NONE || a->state == ANSWER_PENDING)
		return false;
	if (!refresh)
		return a->generation == t->parts[part].generation;
	return clock_now() - a->at < (int64_t)refresh * 1000;
}

struct asking {
	struct table *t;
	uint32_t part;
	size_t join;
	bool only_look;              /* would anything be asked? */
	bool found;
};

static bool ask_key(void *data, const char *text, size_t len)
{
	struct asking *ask = data;
	const struct answers *answers = joined_at(ask->t->joined, ask->part,
		ask->join);
	const struct answer *a = answers_get(answers,
		text ? segment_join_key(text, len) : KEY_ALL);

	if (answers->denied ||
	    (a && is_fresh(ask->t, ask->part, ask->join, a)))
		return true;
	ask->found = true;
	if (ask->only_look)
		return false;
	batch_add(ask->t, ask->part, ask->join, text, len);
	return true;
}

static bool ask_row(struct table *t, uint32_t part, uint64_t joins,
	struct row row, bool only_look)
{
	struct asking ask = { t, part, 0, only_look, false };

	for (; ask.join < t->compiled->join_count; ask.join++) {
		const struct compiled_join *join =
			&t->compiled->joins[ask.join];

		if (!(joins & join_bit(ask.join)))
			continue;
		if (join->join->ids)
			row_join_keys(row, join, ask_key, &ask);
		else
			ask_key(&ask, NULL, 0);
	}
	return ask.found;
}

/* The rows on the screen. */
static bool ask_wanted(struct table *t, bool only_look)
{
	uint64_t joins = t->joins_on & ~t->joins_all;
	bool found = false;

	for (size_t i = 0; joins && i < t->want_count; i++) {
		struct row row = table_row(t, t->want_first + i);

		if (!row.segment)
			break;
		found |= ask_row(t, (uint32_t)part_of_row(t, row), joins, row,
			only_look);
		if (found && only_look)
			break;
	}
	return found;
}

void table_want(struct table *t, size_t first, size_t count)
{
	bool moved = first != t->want_first || count != t->want_count;

	if (!t->open)
		return;
	t->want_first = first;
	t->want_count = count;
	if (!moved && t->want_due != CLOCK_NEVER)
		return;
	t->want_due = ask_wanted(t, true) ? clock_now() + STILL_MS :
		CLOCK_NEVER;
}

void joins_note_slot(struct table *t, uint32_t slot)
{
	if (t->open && (t->joins_all & t->joins_on))
		slots_push(&t->scan, slot);
}

static void scan_all(struct table *t)
{
	for (size_t i = 0; i < t->slot_count; i++)
		if (t->slots[i].segment)
			slots_push(&t->scan, (uint32_t)i);
}

static void scan(struct table *t)
{
	uint64_t joins = t->joins_all & t->joins_on;
	size_t budget = SCAN_ROWS;

	while (t->scan.count && budget) {
		uint32_t n = t->scan.items[t->scan.count - 1];
		const struct slot *slot = &t->slots[n];
		uint32_t count = slot->segment ? slot->segment->count : 0;

		for (; t->scan_row < count && budget; t->scan_row++, budget--)
			if (!slot->dead || !bit_get(slot->dead, t->scan_row))
				ask_row(t, slot->part, joins, (struct row){
					slot->segment, t->scan_row }, false);
		if (t->scan_row < count)
			return;
		t->scan.count--;
		t->scan_row = 0;
	}
}

void joins_tick(struct table *t)
{
	if (t->want_due <= clock_now()) {
		t->want_due = CLOCK_NEVER;
		if (ask_wanted(t, false))
			batch_flush(t, true);
	}
	if (t->scan.count)
		scan(t);
	if (!t->scan.count)
		batch_flush(t, false);
	batch_send(t);
}

bool joins_busy(const struct table *t)
{
	return t->scan.count || t->batches;
}

/* A computed cell with a path is sorted by that, not by what is joined. */
static uint64_t joins_needed(const struct table *t, const struct query *q)
{
	const struct compiled *c = t->compiled;
	uint64_t joins = filter_joins(q->filter, scope_all(t));

	for (size_t i = 0; i < q->sort_count; i++) {
		const struct compiled_column *column =
			&c->columns[q->sort[i].column];

		if (column->join >= 0 &&
		    (!column->column->derive || !column->path))
			joins |= join_bit((size_t)column->join);
	}
	for (size_t i = 0; q->problems && i < c->column_count; i++)
		if (c->columns[i].join >= 0 &&
		    c->columns[i].column->format == FORMAT_STATE)
			joins |= join_bit((size_t)c->columns[i].join);
	return joins;
}

uint64_t joins_seen(const struct table *t)
{
	return (joins_needed(t, &t->query) |
		filter_joins(t->query.filter, t->joins_all)) & t->joins_all;
}

void joins_promote(struct table *t)
{
	uint64_t needed = joins_needed(t, &t->query);
	uint64_t before = t->joins_all & t->joins_on;

	t->joins_all = scope_all(t) | needed;
	t->joins_on |= needed;
	if (t->joins_all & t->joins_on & ~before)
		scan_all(t);
}

uint64_t table_joins_for(const struct compiled *c, const int *columns,
	size_t count)
{
	uint64_t joins = 0;

	for (size_t i = 0; i < count; i++)
		if (columns[i] >= 0 && (size_t)columns[i] < c->column_count &&
		    c->columns[columns[i]].join >= 0)
			joins |= join_bit((size_t)c->columns[columns[i]].join);
	for (size_t i = 0; i < c->join_count; i++)
		if (c->joins[i].join->batch > 1 || !c->joins[i].join->ids)
			joins |= join_bit(i) & free_of_charge(c);
	return joins;
}

void table_set_joins(struct table *t, uint64_t joins)
{
	if (joins == t->joins_set)
		return;
	t->joins_set = joins;
	t->joins_on = joins;
	joins_promote(t);
	if (t->joins_all & joins)
		scan_all(t);
}

struct row table_joined(const struct table *t, struct row row, int join)
{
	if (join < 0 || !row.segment || !t->part_count)
		return (struct row){ 0 };
	return joined_find(t->joined, part_of_row(t, row), (size_t)join, row,
		NULL);
}

const struct error *table_join_error(const struct table *t, struct row row,
	int join)
{
	return t->join_errors[part_of_row(t, row) * t->compiled->join_count +
		(size_t)join];
}

enum role table_cell(const struct table *t, struct row row,
	const struct compiled_column *column, const struct signs *signs,
	struct str *out)
{
	struct cell_options options = { .now = clock_wall(), .signs = signs };
	enum answer_state state;

	if (column->join >= 0 &&
	    (t->joins_on & join_bit((size_t)column->join))) {
		options.joined = joined_find(t->joined, part_of_row(t, row),
			(size_t)column->join, row, &state);
		options.join_pending = state == ANSWER_NONE ||
			state == ANSWER_PENDING;
		options.join_refused = state == ANSWER_REFUSED;
	} else if (column->join >= 0 && !column->column->billed) {
		options.join_pending = true;     /* not asked at all */
	}
	return row_cell(row, column, &options, out);
}
