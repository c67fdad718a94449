/* SPDX-License-Identifier: MIT */
/*
 * Which columns of a table stand where: a pure function of the resource's
 * rows, the width, and how wide the content is. No curses.
 */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include "catalogue/catalogue.h"

#define LAYOUT_MAX 64
#define LAYOUT_INDEXES (COLUMNS_TABLE + MADE_MOST)
#define LAYOUT_GUTTER 2      /* selection bar or mark, then a blank */

enum { LAYOUT_REGION = -1, LAYOUT_ACCOUNT = -2 };

struct layout_column {
	int index;           /* of compiled->columns, or one of the above */
	int x, width;
	bool right;
};

struct layout_want {
	const struct compiled *compiled;
	int width;           /* of the area */
	bool many_regions, many_accounts;
	bool wide;           /* every column; what is too much scrolls */
	const int *chosen;   /* indexes: these alone, in this order … */
	size_t chosen_count; /* … 0: as the table has it */
	int first;           /* columns scrolled away after the first one */
	const int *widths;   /* what people chose, by index; 0: not. Or NULL */
	/* Widest cell seen so far, by layout_slot(). */
	const int *widest;
};

/* Where an index stands in an array of LAYOUT_INDEXES + 2. */
static inline size_t layout_slot(int index)
{
	return index < 0 ? (size_t)(LAYOUT_INDEXES - 1 - index) :
		(size_t)index;
}

struct layout {
	struct layout_column columns[LAYOUT_MAX];
	size_t count;
	int first;           /* columns scrolled away: no more than needed */
	bool more_left, more_right;  /* wide: columns beyond the edge */
};

/* Columns that do not fit go from right to left, those that the table
 * keeps last; room that is left goes to those whose content is cut. */
void layout_columns(struct layout *layout, const struct layout_want *want);

/* A column's title as a heading, the same length: "Private IP" is PRIVATE
 * IP, units keep their case (GiB). Appends. */
void layout_title(const char *title, struct str *out);

#endif
