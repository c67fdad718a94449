/* SPDX-License-Identifier: MIT */
/*
 * What is asked of a table: which rows, in which order. A filter compiles
 * to a predicate over rows, one language for the prompt, --filter and saved
 * views (its grammar: filter_parse.c). Immutable once made; shared.
 */
#ifndef FETCH_QUERY_H
#define FETCH_QUERY_H

#include "fetch/segment.h"

#define QUERY_SORTS 4

struct filter;

/* NULL with err (ERR_USAGE, says where) on a filter that cannot be read. An
 * empty one matches all; of several lines a row has to match each. */
struct filter *filter_compile(const struct compiled *compiled,
	const char *text, struct error *err);
/* One filter that is both: on one line where that means the same. Appends. */
void filter_join(const char *a, const char *b, struct str *out);
struct filter *filter_ref(struct filter *f);
void filter_unref(struct filter *f);
const char *filter_source(const struct filter *f);
bool filter_match(const struct filter *f, struct row row,
	const struct row *joined);

/* Joins (a bit each) that the filter looks at, when those of `all` are known
 * for every row: words look at these too, and so do cells that are computed
 * from the row and its join. */
uint64_t filter_joins(const struct filter *f, uint64_t all);

/* Can `narrow` only match rows that `wide` matches too? (one more letter
 * typed: the next view is searched in the last) */
bool filter_narrows(const struct filter *narrow, const struct filter *wide);

/* Where the filter's words stand in a cell, for highlighting: the next match
 * at or after `from`; false: none. Of words for one column only those of
 * that column; filter_highlight knows no column. */
bool filter_highlight_cell(const struct filter *f, int column,
	const char *cell, size_t len, size_t from, size_t *start,
	size_t *end);
bool filter_highlight(const struct filter *f, const char *cell, size_t len,
	size_t from, size_t *start, size_t *end);

struct sort_key {
	int column;              /* index; -1: end of the list */
	bool reverse;
};

struct query {
	struct filter *filter;   /* NULL: all; a reference */
	struct sort_key sort[QUERY_SORTS];   /* none: as it came */
	size_t sort_count;
	bool show_hidden;        /* rows that resource.hidden leaves out */
	bool problems;           /* only rows whose state is warn or bad */
};

void query_copy(struct query *to, const struct query *from);
void query_clear(struct query *q);

/* The index of a column by name ("-" may stand for "_"), one that is made
 * included; -1 with err naming the nearest. Main thread. */
int query_column(const struct compiled *compiled, const char *name,
	size_t len, struct error *err);

/* "name", "-size,name". */
bool query_parse_sort(struct query *q, const struct compiled *compiled,
	const char *text, struct error *err);

#endif
