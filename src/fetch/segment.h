/* SPDX-License-Identifier: MIT */
/*
 * One page of a listing: the reply's document and where its rows are, with
 * an identity each and a text index for filters. Made by a worker, immutable
 * once handed over, shared by reference; any thread may read. A row is
 * (segment, index); whoever keeps one holds a reference to the segment.
 */
#ifndef FETCH_SEGMENT_H
#define FETCH_SEGMENT_H

#include "aws/session.h"
#include "catalogue/catalogue.h"
#include "doc/doc.h"
#include "fetch/location.h"

#include <stdint.h>

struct segment {
	unsigned refs;                   /* atomic */
	const struct compiled *compiled;
	const struct compiled_join *join;/* NULL: rows are the resource's */
	struct session *session;         /* a reference */
	struct location *location;       /* a reference */
	char region[64];                 /* of the job; "" if global */
	char account[16];                /* "" if unknown */
	int64_t fetched;                 /* wall ms */
	struct doc *doc;
	uint32_t count;
	uint32_t *nodes;                 /* row → node */
	uint8_t *kinds;                  /* row → row kind; NULL: all 0 */
	uint64_t *identities;            /* NULL: resource has none */
	char *text;                      /* filter text, rows end with \n */
	uint32_t *text_at;               /* count + 1 offsets */
};

/* Takes the reference to doc. */
struct segment *segment_new(const struct compiled *compiled,
	struct session *session, struct location *location, const char *region,
	struct doc *doc, int64_t fetched);

/* The rows of a join's reply; identities are hashes of the join's key, as
 * segment_join_key makes them. */
struct segment *segment_new_join(const struct compiled *compiled,
	const struct compiled_join *join, struct session *session,
	struct location *location, const char *region, struct doc *doc,
	int64_t fetched);
uint64_t segment_join_key(const char *text, size_t len);

/* Builds the filter text, a line a row; before the segment is shared. A line
 * has a cell, a tab between, for each column that people see at 132 columns,
 * but ages, and joins that are not here. */
void segment_index(struct segment *s);
bool segment_indexes(const struct compiled_column *column);
struct segment *segment_ref(struct segment *s);
void segment_unref(struct segment *s);
size_t segment_bytes(const struct segment *s);

struct row {
	struct segment *segment;         /* borrowed unless said otherwise */
	uint32_t index;
};

const char *row_kind(struct row row);
const char *row_region(struct row row, char out[64]);

/* The account number: the row's own, else the session's; "" if unknown. */
const char *row_account(struct row row, char out[64]);

/* The value of a path in the row, raw; "" if missing. */
const char *row_text(struct row row, const struct path *path, size_t *len);

/* The id that people and AWS use for the row; appends. */
void row_id(struct row row, struct str *out);
void row_label(struct row row, struct str *out);
void row_arn(struct row row, struct str *out);
void row_console(struct row row, struct str *out);

/* What a drill leads to; NULL: an id of nothing that is known. */
const struct resource *row_drill_target(struct row row,
	const struct drill *drill, const struct catalogue *catalogue);

/* Where a drill leads from the row; target is the drill's resource. The
 * caller's reference; NULL: the row has no such value (a volume that is not
 * attached). */
struct location *row_drill(struct row row, const struct drill *drill,
	const struct resource *target);

/* The row as the catalogue's pure functions take it: at no column's path. It
 * points into the row's segment. */
void row_as_cell(struct row row, struct cell *out);

/* A cell as the screen shows it (raw bytes, to be sanitised), and as batch
 * output has it. joined may have a NULL segment. */
struct cell_options {
	int64_t now;
	const struct signs *signs;
	bool join_pending, join_refused;
	struct row joined;
};
enum role row_cell(struct row row, const struct compiled_column *column,
	const struct cell_options *options, struct str *out);
void row_plain(struct row row, const struct compiled_column *column,
	struct row joined, struct str *out);

/* A cell of a column that was made: everything there, commas between. */
void row_made(struct row row, const struct compiled_column *column,
	struct str *out);

/* Appends the row's line of the filter text, without its newline. */
void row_line(struct row row, struct str *out);

/* What the cell is sorted by: a number if it has one (true), else the text
 * of row_sort_text, which belongs to the document or to scratch. */
bool row_sort_number(struct row row, const struct compiled_column *column,
	struct row joined, int64_t *number);
const char *row_sort_text(struct row row,
	const struct compiled_column *column, struct row joined,
	struct str *scratch, size_t *len);

#endif
