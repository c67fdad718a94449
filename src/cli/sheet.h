/* SPDX-License-Identifier: MIT */
/*
 * Rows that are made by a verb itself, cell by cell: a writer and the cells
 * of the row at hand, which sheet_row() writes and empties. One thread.
 */
#ifndef CLI_SHEET_H
#define CLI_SHEET_H

#include "cli/output.h"
#include "cli/runtime.h"

#define SHEET_CELLS 12

struct sheet {
	struct writer writer;
	struct str cells[SHEET_CELLS];
};

/* columns is borrowed until the close. */
bool sheet_open(struct sheet *s, struct runtime *rt,
	struct output_column *columns, size_t count, struct error *err);
void sheet_row(struct sheet *s);

/* The exit status: status, or what went wrong while writing. */
int sheet_close(struct sheet *s, int status);

/* For verbs that take no words: ERR_USAGE names the first. */
bool verb_no_arguments(const struct runtime *rt, struct error *err);

#endif
