/* SPDX-License-Identifier: MIT */
/*
 * Rows of a snapshot, or one document, into a file: the format by the
 * name's ending, through the writer that `ls` has. Made by the owner, run by
 * a worker, never two at once on one.
 */
#ifndef CLI_EXPORT_H
#define CLI_EXPORT_H

#include "base/pool.h"
#include "cli/output.h"
#include "fetch/snapshot.h"

struct export {
	char *path;
	bool replace;            /* a file that is there */
	enum output format;

	struct row document;     /* a reference; no segment: the rows below */

	struct snapshot *snapshot;
	const struct compiled *compiled;
	char *columns;           /* "region,name,state" */
	uint64_t *only;          /* identities, sorted; NULL: all rows */
	size_t only_count;
	bool partial;            /* more rows exist: for who tells of it */
	int64_t now;             /* wall ms: what ages count from */

	struct cancel *cancel;   /* a reference; NULL: none */
	void (*progress)(void *data, size_t done, size_t total);
	void *data;              /* called on the worker */

	size_t written;          /* rows */
	size_t missing;          /* of them, without all that is joined */
};

/* "x.csv": csv, tsv, json, ndjson, yaml, yml, txt (a table); documents:
 * yaml, json, xml, txt. ERR_USAGE names them. */
bool export_format(const char *path, bool document, enum output *format,
	struct error *err);

/* Nothing is left of what fails or is cancelled (ERR_CANCELLED). */
bool export_run(struct export *e, struct error *err);
void export_free(struct export *e);

#endif
