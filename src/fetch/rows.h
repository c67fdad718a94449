/* SPDX-License-Identifier: MIT */
/*
 * What is read of a table: the rows of its current view, their cells, joined
 * ones included, and what the last refresh did to them. The owner's thread;
 * nothing here blocks. Rows are valid until the next fetch_dispatch():
 * whoever keeps one references its segment, or remembers its identity.
 */
#ifndef FETCH_ROWS_H
#define FETCH_ROWS_H

#include "fetch/segment.h"

struct table;

/* In the view's order. A row out of range has no segment. */
size_t table_rows(const struct table *t);
struct row table_row(const struct table *t, size_t i);
uint64_t row_identity(struct row row);       /* 0: the resource has none */

/* Where a row of that identity stands now; SIZE_MAX: not in the view. hint
 * is where it was. */
size_t table_find(const struct table *t, uint64_t identity, size_t hint);

/* The row of that identity, in the view or not; NULL segment: gone. */
struct row table_lookup(const struct table *t, uint64_t identity);

enum row_mark { ROW_SAME, ROW_NEW, ROW_CHANGED, ROW_GONE };

/* What the last refresh did to it, for five seconds (GONE: as long as it is
 * asked); previous (may be NULL) is what it was, and has no segment where
 * that is not held any more. */
enum row_mark table_row_mark(const struct table *t, struct row row,
	struct row *previous);

/* The columns (a bit each, the first 64) in which a changed row changed. */
uint64_t table_row_columns(const struct table *t, struct row row);

/* The cell as shown, joins included. */
enum role table_cell(const struct table *t, struct row row,
	const struct compiled_column *column, const struct signs *signs,
	struct str *out);

/* Which rows are on the screen: their VISIBLE joins are asked for once it
 * has stood still for a moment. To be told at every draw. */
void table_want(struct table *t, size_t first, size_t count);

/* Is one of the rows on the screen on its way to another state? */
bool table_moves(struct table *t);

/* Which joins are fetched, a bit each by index; at first those that have a
 * column which is not billed. To be told at every draw, too. Sorting or
 * filtering by one fetches it for all rows. */
void table_set_joins(struct table *t, uint64_t joins);

/* Those that cost little (many rows a call, not billed), and those of the
 * columns that are shown. */
uint64_t table_joins_for(const struct compiled *c, const int *columns,
	size_t count);

/* The row that a join (its index) has glued to row; NULL segment: none. */
struct row table_joined(const struct table *t, struct row row, int join);

/* Why a joined cell shows "?"; NULL: it does not. */
const struct error *table_join_error(const struct table *t, struct row row,
	int join);

#endif
