/* SPDX-License-Identifier: MIT */
/*
 * What one build of a view leaves for the next: the sort keys of columns
 * and which rows are hidden, segment by segment. A table lends it to one
 * build at a time, so nothing here is locked. Keys can be made for different
 * segments at the same time.
 */
#ifndef FETCH_WORK_H
#define FETCH_WORK_H

#include "fetch/query.h"

struct source;
struct build;

#define WORK_COLUMNS 6
#define WORK_ID (-1)             /* the column of ids */
#define KEY_MISSING UINT64_MAX

/* Of one column in one segment. A row has a number (its text is NULL), or a
 * text of which the number is the first eight bytes, or neither. */
struct keys {
	uint64_t *numbers;
	const char **texts;          /* NULL: no row has one */
	char *copies;                /* texts that are not in the document */
	size_t bytes;
};

struct work {
	struct work_slot {
		struct segment *segment;     /* a reference, or NULL */
		struct keys *keys[WORK_COLUMNS];
		uint32_t *known, *hidden;    /* a bit a row */
	} *slots;
	size_t slot_count;
	struct work_column {
		int column;              /* WORK_ID too */
		bool used;
		uint64_t joins_stamp;    /* of the joined rows in it */
		unsigned last_use;
	} columns[WORK_COLUMNS];
	unsigned uses;
	int64_t hidden_at;           /* wall ms */
	size_t bytes;                /* as of the end of the last build */
};

struct work *work_new(void);
void work_free(struct work *w);      /* NULL is fine */

/* Makes it fit the sources: what is known of other segments is dropped. */
void work_begin(struct work *w, const struct build *b);
void work_measure(struct work *w);

/* Which of WORK_COLUMNS holds the keys of a column. */
unsigned work_column(struct work *w, int column, uint64_t joins_stamp);

/* Makes the keys that are not there yet. */
const struct keys *work_keys(const struct build *b, unsigned column,
	uint32_t source);

/* The first eight bytes as a number that compares as they do; a text that
 * ends within them is filled up with zeros. */
uint64_t key_chunk(const char *text);

static inline bool key_chunk_ends(uint64_t chunk)
{
	return !(chunk & 0xff);
}

/* Appends what compares bytewise as the name does naturally. */
void key_collate(struct str *out, const char *text, size_t len);

#endif
