/* SPDX-License-Identifier: MIT */
/*
 * What refreshes have found since the program began: rows that came, went or
 * changed, the newest last, the last 5,000. Only listings that came to their
 * end add to it, so nothing in it is a guess; ages and joined columns are no
 * changes. The owner's thread.
 */
#ifndef FETCH_CHANGE_H
#define FETCH_CHANGE_H

#include "fetch/fetch.h"

struct change {
	int64_t at;              /* wall ms when it was found */
	enum row_mark kind;      /* ROW_NEW, ROW_CHANGED, ROW_GONE */
	bool problem;            /* it is one now, and was none */
	struct location *location;
	struct session *session; /* both are references */
	uint64_t identity;
	const struct column *column;     /* of a changed row; else NULL */
	char *region;            /* "" if global */
	char *id, *name;
	char *was, *is;          /* the cell; "" but for a changed row */
};

size_t fetch_changes(const struct fetch *f);
const struct change *fetch_change(const struct fetch *f, size_t i);

/* How many there have ever been: those that the cap dropped too. */
uint64_t fetch_changes_ever(const struct fetch *f);

/* Those that became problems. */
uint64_t fetch_problems_ever(const struct fetch *f);

/* For how long rows stay marked (0: not at all), and whether those that are
 * gone stay in the view as long. At first 5 s, and they do not. */
void fetch_set_marks(struct fetch *f, int64_t ms, bool keep_gone);

/* "+", "~", "-": as `ls --watch` says it. */
const char *row_mark_sign(enum row_mark mark);

#endif
