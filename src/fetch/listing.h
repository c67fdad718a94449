/* SPDX-License-Identifier: MIT */
/*
 * One shard (location, session, region) of a listing, first page to last.
 * Straight-line code on a worker: encode, door, parse, segment, next page.
 * Nothing is kept here: `ls` prints and forgets, the cache holds.
 */
#ifndef FETCH_LISTING_H
#define FETCH_LISTING_H

#include "fetch/segment.h"

struct listing {
	const struct compiled *compiled;
	struct session *session;
	struct location *location;
	const char *region;              /* NULL where global */
	const struct argument *extra;    /* ids of `get`, join keys */
	size_t extra_count;
	const struct operation *operation;   /* NULL: the resource's list */
	const struct compiled_join *join;    /* its operation, arguments and
						rows; else NULL */
	size_t rows_max;                 /* 0: no limit */
	bool index;                      /* build the filter text */
	struct cancel *cancel;
	void *data;
	/* Takes the segment; false stops. Called on the worker. */
	bool (*segment)(void *data, struct segment *segment);
};

struct listing_result {
	struct error err;                /* kind ERR_NONE: complete */
	size_t rows, pages;
	bool capped;                     /* rows_max reached: there is more */
};

/* True: complete (or capped). What arrived before a failure was handed
 * over and stays valid. A page token that repeats is an error. */
bool listing_run(const struct listing *listing,
	struct listing_result *result);

#endif
