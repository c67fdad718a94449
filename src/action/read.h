/* SPDX-License-Identifier: MIT */
/*
 * Rows by their ids, straight-line code on a worker: many ids a call where
 * the listing takes many, one a call where it takes one, and the whole
 * listing where it takes none. AWS refuses a whole call for one id that is
 * not there: then it is split by halves, so that each id is told for itself.
 */
#ifndef ACTION_READ_H
#define ACTION_READ_H

#include "fetch/listing.h"

struct read {
	const struct compiled *compiled;
	struct session *session;
	struct location *location;       /* scope only */
	const char *region;              /* NULL where global */
	const char *const *ids;          /* each once */
	size_t count;
	struct cancel *cancel;
	void *data;
	/* Once an id, on this thread: its row (a reference of the callee's
	 * making), or why there is none. */
	void (*row)(void *data, size_t index, struct row row);
	void (*failed)(void *data, size_t index, const struct error *err);
};

void read_rows(const struct read *read);

#endif
