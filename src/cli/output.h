/* SPDX-License-Identifier: MIT */
/*
 * Rows to standard output in every format: the one writer of all batch
 * verbs. Rows go out as they come (writer_page at the end of each page);
 * the table format takes its column widths from the first page. JSON is one
 * array, closed also after a failure. One thread.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "base/error.h"
#include "base/str.h"
#include "cli/options.h"

enum output_type { OUTPUT_TEXT, OUTPUT_NUMBER, OUTPUT_BOOL };

struct output_column {
	const char *name;        /* JSON key, CSV header */
	const char *title;       /* table header */
	enum output_type type;
	bool right;
	bool machine_only;       /* in JSON and CSV, not in the table */
	size_t width;            /* the writer's */
};

struct writer {
	int fd;
	enum output format;
	struct output_column *columns;   /* borrowed */
	size_t count;
	struct str out;
	struct {
		char **items;            /* cells of the first page */
		size_t count, room;
	} held;
	size_t rows;
	bool begun, measured, tty;
	int error;                       /* errno of a failed write */
};

/* False on a format that is not for rows (xml). */
bool writer_init(struct writer *w, int fd, enum output format,
	struct output_column *columns, size_t count, struct error *err);

/* values[i] NULL or "": nothing there (null in JSON). Raw bytes; they are
 * escaped or sanitised as the format asks. False once writing failed. */
bool writer_row(struct writer *w, const struct str *values);

/* What was given so far goes out now. */
bool writer_page(struct writer *w);

/* Closes what is open; ERR_IO if anything could not be written (a closed
 * pipe is told by w->error == EPIPE). */
bool writer_end(struct writer *w, struct error *err);

#endif
