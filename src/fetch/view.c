/* SPDX-License-Identifier: MIT */
/*
 * How a view is made. Rows of the last view that are still there and still
 * match are "kept", in their order; rows of segments that it did not know
 * are "fresh": they alone are filtered and sorted, then merged in.
 */
#include "fetch/view.h"

#include "base/mem.h"
#include "fetch/sort.h"
#include "fetch/split.h"

#include <stdlib.h>
#include <string.h>

/* Rows from which on other workers are asked to help. */
#define SPLIT_ROWS 20000

struct places {
	struct place *items;
	size_t count, room;
};

static void add_place(struct places *p, struct place place)
{
	if (p->count == p->room) {
		p->room = p->room ? p->room + p->room / 2 : 256;
		p->items = xreallocarray(p->items, p->room,
			sizeof(*p->items));
	}
	p->items[p->count++] = place;
}

bool query_same_rows(const struct query *a, const struct query *b)
{
	return a->show_hidden == b->show_hidden &&
		a->problems == b->problems &&
		(a->filter == b->filter || (a->filter && b->filter &&
		str_eq(filter_source(a->filter), filter_source(b->filter))));
}

bool query_same_order(const struct query *a, const struct query *b)
{
	if (a->sort_count != b->sort_count)
		return false;
	for (size_t i = 0; i < a->sort_count; i++)
		if (a->sort[i].column != b->sort[i].column ||
		    a->sort[i].reverse != b->sort[i].reverse)
			return false;
	return true;
}

/* All rows of b's query are among those of a's. */
static bool query_narrows(const struct query *b, const struct query *a)
{
	return (a->show_hidden || !b->show_hidden) &&
		(b->problems || !a->problems) &&
		filter_narrows(b->filter, a->filter);
}

static struct view *view_new(const struct build *b)
{
	struct view *v = xcalloc(1, sizeof(*v));

	query_copy(&v->query, &b->query);
	v->stamp = b->stamp;
	v->joins_stamp = b->joins_stamp;
	v->part_count = b->source_count;
	v->parts = xcalloc(b->source_count ? b->source_count : 1,
		sizeof(*v->parts));
	for (size_t i = 0; i < b->source_count; i++) {
		if (!b->sources[i].segment)
			continue;
		v->parts[i].segment = segment_ref(b->sources[i].segment);
		v->parts[i].live = b->sources[i].live;
	}
	return v;
}

void view_free(struct view *v)
{
	if (!v)
		return;
	for (size_t i = 0; i < v->part_count; i++)
		if (v->parts[i].segment)
			segment_unref(v->parts[i].segment);
	query_clear(&v->query);
	free(v->parts);
	free(v->rows);
	free(v);
}

size_t view_bytes(const struct view *v)
{
	return v ? sizeof(*v) + v->part_count * sizeof(*v->parts) +
		v->room * sizeof(*v->rows) : 0;
}

void view_replace(struct view **old, struct view *new)
{
	if (*old && (*old)->rows == new->rows)
		(*old)->rows = NULL;
	view_free(*old);
	*old = new;
}

void view_drop(struct view *new, const struct view *base)
{
	if (new && base && new->rows == base->rows)
		new->rows = NULL;
	view_free(new);
}

void build_clear(struct build *b)
{
	for (size_t i = 0; i < b->source_count; i++) {
		if (b->sources[i].segment)
			segment_unref(b->sources[i].segment);
		free(b->sources[i].dead);
	}
	free(b->sources);
	free(b->order);
	query_clear(&b->query);
	joined_unref(b->joined);
}

/* Does the base know this segment, under the same number? */
static bool in_base(const struct build *b, uint32_t source)
{
	return b->base && source < b->base->part_count &&
		b->base->parts[source].segment == b->sources[source].segment;
}

static bool is_live(const struct build *b, struct place p)
{
	const struct source *source;

	if (p.segment >= b->source_count || !in_base(b, p.segment))
		return false;
	source = &b->sources[p.segment];
	return !source->dead || !bit_get(source->dead, p.row);
}

/* Nothing that the base shows is gone or replaced. */
static bool is_untouched(const struct build *b)
{
	for (size_t i = 0; i < b->base->part_count; i++) {
		const struct view_part *part = &b->base->parts[i];

		if (part->segment && (!in_base(b, (uint32_t)i) ||
		    part->live != b->sources[i].live))
			return false;
	}
	return true;
}

struct match_tasks {
	struct build *build;
	uint32_t *sources;
	size_t count;
};

static void match_task(void *data, size_t i)
{
	struct match_tasks *tasks = data;

	if (!atomic_load(&tasks->build->stop))
		build_match(tasks->build, tasks->sources[i]);
}

/* Asks every row of the base's sources, or of the others. */
static void match_sources(struct build *b, bool of_base)
{
	struct match_tasks tasks = { .build = b };
	size_t rows = 0;

	tasks.sources = xreallocarray(NULL, b->order_count + 1,
		sizeof(*tasks.sources));
	for (size_t i = 0; i < b->order_count; i++) {
		if (in_base(b, b->order[i]) != of_base)
			continue;
		tasks.sources[tasks.count++] = b->order[i];
		rows += b->sources[b->order[i]].live;
	}
	split_run(rows >= SPLIT_ROWS ? b->pool : NULL, tasks.count,
		match_task, &tasks);
	free(tasks.sources);
}

static void collect_matches(struct build *b, bool of_base,
	struct places *out)
{
	for (size_t i = 0; i < b->order_count; i++) {
		uint32_t source = b->order[i];
		const uint32_t *bits = b->matches[source];

		if (!bits || in_base(b, source) != of_base)
			continue;
		for (uint32_t row = 0; row < b->sources[source].segment->count;
		    row++)
			if (bit_get(bits, row))
				add_place(out, (struct place){ source, row });
	}
}

/* Rows of the base that are still live and, if the query is narrower now,
 * still match. */
static void keep_rows(struct build *b, bool narrower, struct places *out)
{
	const struct view *base = b->base;
	struct str scratch = STR_INIT;
	size_t total = 0;
	bool by_row;

	for (size_t i = 0; i < b->order_count; i++)
		total += b->sources[b->order[i]].live;
	by_row = base->count < total / 8;
	if (narrower && !by_row)
		match_sources(b, true);
	for (size_t i = 0; i < base->count; i++) {
		struct place p = base->rows[i];

		if (i % 1024 == 0 && atomic_load(&b->stop))
			break;
		if (!is_live(b, p))
			continue;
		if (narrower && (by_row ? !build_matches(b, p, &scratch) :
		    !bit_get(b->matches[p.segment], p.row)))
			continue;
		add_place(out, p);
	}
	str_clear(&scratch);
}

struct key_tasks {
	const struct build *build;
	unsigned column;
	const uint32_t *sources;
};

static void key_task(void *data, size_t i)
{
	const struct key_tasks *tasks = data;

	if (!atomic_load(&tasks->build->stop))
		work_keys(tasks->build, tasks->column, tasks->sources[i]);
}

/* The keys of the first column are needed of all rows: many hands. */
static void make_keys(const struct build *b, const struct sorter *s,
	const struct places *rows)
{
	struct key_tasks tasks = { b, 0, NULL };
	uint32_t *sources;
	size_t count = 0;

	if (!s->count || rows->count < SPLIT_ROWS)
		return;
	sources = xreallocarray(NULL, b->order_count + 1, sizeof(*sources));
	for (size_t i = 0; i < b->order_count; i++)
		if (b->matches[b->order[i]] || in_base(b, b->order[i]))
			sources[count++] = b->order[i];
	tasks.column = s->levels[0].column;
	tasks.sources = sources;
	split_run(b->pool, count, key_task, &tasks);
	free(sources);
}

/* Kept and fresh rows into one array; behind the base's own rows, without
 * copying them, where nothing else changes. */
static void join_rows(struct build *b, const struct sorter *s,
	const struct places *kept, bool shared, const struct places *fresh)
{
	struct view *v = b->result;
	size_t count = kept->count + fresh->count;

	v->count = count;
	if (shared && (!fresh->count || (count <= b->base->room &&
	    (!kept->count || sorter_compare(s, kept->items[kept->count - 1],
	    fresh->items[0]) < 0)))) {
		v->rows = b->base->rows;
		v->room = b->base->room;
		if (fresh->count)
			memcpy(v->rows + kept->count, fresh->items,
				fresh->count * sizeof(*v->rows));
		return;
	}
	/* What comes next stands behind all others if nothing is sorted. */
	v->room = count + (fresh->count && !s->count ? count / 2 : 0) + 1;
	v->rows = xreallocarray(NULL, v->room, sizeof(*v->rows));
	sorter_merge(s, kept->items, kept->count, fresh->items, fresh->count,
		v->rows);
}

static void order_rows(struct build *b, struct places *kept, bool shared,
	bool kept_sorted, struct places *fresh)
{
	struct sorter s;

	sorter_init(&s, b);
	if (!kept_sorted) {
		for (size_t i = 0; i < kept->count; i++)
			add_place(fresh, kept->items[i]);
		kept->count = 0;
		shared = false;
	}
	make_keys(b, &s, fresh);
	if (atomic_load(&b->stop))
		return;
	if (s.count || !kept_sorted || b->compiled->row_kinds > 1)
		sorter_sort(&s, fresh->items, fresh->count);
	join_rows(b, &s, kept, shared, fresh);
}

/* What of the base can be used, NULL if nothing. */
static const struct view *usable_base(const struct build *b)
{
	if (!b->base || (b->joins && b->base->joins_stamp != b->joins_stamp))
		return NULL;
	return query_narrows(&b->query, &b->base->query) ? b->base : NULL;
}

static size_t count_leaving(const struct build *b)
{
	const struct view *v = b->result;
	bool any = false;
	size_t n = 0;

	for (size_t i = 0; i < b->source_count; i++)
		any |= b->sources[i].leaving;
	for (size_t i = 0; any && i < v->count; i++)
		n += b->sources[v->rows[i].segment].leaving;
	return n;
}

void build_run(struct build *b)
{
	struct places kept = { 0 }, fresh = { 0 };
	bool shared = false, same_order = true;

	b->base = usable_base(b);
	b->result = view_new(b);
	b->matches = xcalloc(b->source_count + 1, sizeof(*b->matches));
	work_begin(b->work, b);
	match_sources(b, false);
	collect_matches(b, false, &fresh);
	if (b->base) {
		bool narrower = !query_same_rows(&b->query, &b->base->query);

		same_order = query_same_order(&b->query, &b->base->query);
		shared = !narrower && same_order && is_untouched(b);
		if (shared)
			kept = (struct places){ b->base->rows,
				b->base->count, 0 };
		else
			keep_rows(b, narrower, &kept);
	}
	if (!atomic_load(&b->stop))
		order_rows(b, &kept, shared, same_order, &fresh);
	if (!shared)
		free(kept.items);
	free(fresh.items);
	for (size_t i = 0; i < b->source_count; i++)
		free(b->matches[i]);
	free(b->matches);
	work_measure(b->work);
	b->result->leaving = count_leaving(b);
	if (atomic_load(&b->stop)) {
		view_drop(b->result, b->base);
		b->result = NULL;
	}
}
