/* SPDX-License-Identifier: MIT */
/*
 * The journal read back: what was sent that could change anything, and what
 * came of it, oldest first. An intent without an outcome is what a killed
 * run leaves behind: nobody knows. Any thread; it reads a file.
 */
#ifndef CLI_JOURNAL_READ_H
#define CLI_JOURNAL_READ_H

#include "base/error.h"

#include <stddef.h>

enum journal_cell {
	JOURNAL_AT, JOURNAL_ID, JOURNAL_ACCOUNT, JOURNAL_REGION,
	JOURNAL_SERVICE, JOURNAL_OPERATION, JOURNAL_EFFECT, JOURNAL_RESULT,
	JOURNAL_REQUEST, JOURNAL_MS, JOURNAL_PARAMETERS, JOURNAL_TEXT,
	JOURNAL_CELLS
};

/* Texts, NULL where nothing was written; result and text never are. */
struct journal_entry {
	char *cells[JOURNAL_CELLS];
};

struct journal_entries {
	struct journal_entry **items;
	size_t count, room;
	size_t wrong, wrong_at;  /* lines that are not ours; the first */
};

/* A file that is not there holds nothing. False: it cannot be read on; what
 * was read is there all the same. */
bool journal_read(const char *path, struct journal_entries *out,
	struct error *err);
void journal_entries_clear(struct journal_entries *e);

#endif
