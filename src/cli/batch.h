/* SPDX-License-Identifier: MIT */
/*
 * Listings for batch verbs: one job a shard (session × region) on the pool,
 * what they bring handed to one thread through a bounded mailbox, so that
 * printing overlaps fetching and memory stays flat.
 */
#ifndef CLI_BATCH_H
#define CLI_BATCH_H

#include "cli/runtime.h"
#include "fetch/listing.h"

struct batch_hooks {
	void *data;
	/* A page; its reference goes to the hook. False stops everything. */
	bool (*segment)(void *data, struct segment *segment);
	/* A shard has ended; err->kind is ERR_NONE when it is complete. */
	void (*done)(void *data, struct session *session,
		const char *region, const struct listing_result *result);
};

struct batch_request {
	struct location *location;
	const struct argument *extra;    /* ids */
	size_t extra_count;
	size_t rows_max;
};

/* All shards of the runtime's sessions and regions, to their end. False: it
 * could not start (no region: ERR_USAGE). The caller's thread runs hooks. */
bool batch_run(struct runtime *rt, const struct batch_request *request,
	const struct batch_hooks *hooks, struct error *err);

/* Nobody said which region, and it is not to be guessed. */
bool batch_no_region(struct error *err);

/* Exit status of an error by design.md section 5. */
int batch_status(const struct error *err);

/* "eu-west-1: why" on standard error, with what to do where we know. */
void batch_complain(const char *region, const struct error *err);

#endif
