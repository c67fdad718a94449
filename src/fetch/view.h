/* SPDX-License-Identifier: MIT */
/*
 * A view: which rows of a table are shown, in their order. Built by a worker
 * from a snapshot of the table that holds its segments by reference, and
 * swapped in whole by the owner. A build starts from the last view where it
 * can: rows that stay are neither filtered nor sorted again.
 */
#ifndef FETCH_VIEW_H
#define FETCH_VIEW_H

#include "fetch/ids.h"
#include "fetch/joined.h"
#include "fetch/query.h"
#include "fetch/work.h"

#include <stdatomic.h>

/* One segment of the snapshot, under its number in the table. */
struct source {
	struct segment *segment;     /* a reference; NULL: no such number */
	uint32_t *dead;              /* a bit a row; NULL: all live */
	uint32_t live;
	uint32_t rank;               /* its place in the order they came in */
	uint32_t shard;
	bool leaving;                /* its rows are gone, and shown so */
};

struct view {
	struct view_part {
		struct segment *segment;     /* a reference, or NULL */
		uint32_t live;
	} *parts;
	size_t part_count;
	struct place *rows;
	size_t count, room;
	size_t leaving;              /* of them */
	struct query query;
	uint64_t stamp;              /* of the table's contents then */
	uint64_t joins_stamp;        /* of its joined rows, if they mattered */
};

/* Everything a worker needs; base and work are lent by the table, which
 * leaves them alone until the build is back. */
struct build {
	const struct compiled *compiled;
	struct pool *pool;           /* to share the work out; may be NULL */
	struct query query;
	struct source *sources;
	size_t source_count;
	uint32_t *order;             /* their numbers by rank */
	size_t order_count;
	uint64_t stamp;
	struct joined *joined;       /* a reference, or NULL */
	uint64_t joins;              /* joins the query sees, a bit each */
	uint64_t joins_stamp;
	int64_t wall;
	const struct view *base;     /* NULL: none */
	struct work *work;
	atomic_bool stop;            /* nobody wants it any more */
	struct view *result;         /* NULL if stopped */
	uint32_t **matches;          /* the build's own: a bit a row */
};

/* Fills in result. */
void build_run(struct build *b);

/* Releases what the snapshot holds, not b itself. */
void build_clear(struct build *b);
void view_free(struct view *v);      /* NULL is fine */
size_t view_bytes(const struct view *v);

/* The new view instead of the old one, which is freed. They may share the
 * array of rows. */
void view_replace(struct view **old, struct view *new);
void view_drop(struct view *new, const struct view *base);

/* Whether two queries leave the same rows in, in the same order. */
bool query_same_rows(const struct query *a, const struct query *b);
bool query_same_order(const struct query *a, const struct query *b);

/* view_filter.c: the rows of a source that the query lets in, into
 * b->matches. Different sources may be done at the same time. */
void build_match(struct build *b, uint32_t source);
bool build_matches(struct build *b, struct place place, struct str *scratch);

static inline bool bit_get(const uint32_t *bits, uint32_t i)
{
	return bits[i / 32] >> (i % 32) & 1;
}

static inline void bit_set(uint32_t *bits, uint32_t i)
{
	bits[i / 32] |= (uint32_t)1 << (i % 32);
}

static inline size_t bit_words(uint32_t count)
{
	return ((size_t)count + 31) / 32;
}

#endif
