/* SPDX-License-Identifier: MIT */
/*
 * What a table keeps of the last refresh: marks that end after a while, rows
 * that are leaving, and news that wait for their listing to be complete. The
 * owner's thread.
 */
#ifndef FETCH_CHANGE_PARTS_H
#define FETCH_CHANGE_PARTS_H

#include "fetch/change.h"
#include "fetch/ids.h"

struct part;
struct table;

struct mark {
	int64_t until;               /* clock_now() */
	uint64_t columns;            /* that changed, a bit each */
	enum row_mark kind;
	struct place old;
	uint32_t old_serial;
};

struct marks {
	struct lookup lookup;        /* identity → items */
	struct mark *items;
	size_t count, room;
	size_t expired;              /* items before this one are over */
};

/* Of one listing, or all of them: a ring then. */
struct changes {
	struct change *items;
	size_t count, room;
	size_t first;                /* of the ring */
	uint64_t ever, problems;
};

/* diff.c */
void marks_new(struct table *t, struct part *p, struct place place);
void marks_replaced(struct table *t, struct part *p, struct place old,
	struct place new);
int64_t marks_due(const struct table *t);
void marks_tick(struct table *t);
void marks_clear(struct table *t);
size_t marks_bytes(const struct table *t);

/* change.c. Cells may be NULL. */
void news_add(struct part *p, struct row row, enum row_mark kind,
	bool problem, const struct column *column, const struct str *was,
	const struct str *is);
void news_publish(struct table *t, struct part *p);
void changes_clear(struct changes *c);

/* rows.c: what is gone is shown no longer. */
void rows_let_go(struct table *t);

#endif
