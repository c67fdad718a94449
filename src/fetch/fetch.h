/* SPDX-License-Identifier: MIT */
/*
 * The only door to rows. Threads: everything here is called on the owner's
 * thread (the UI) and never blocks. Listings, joins and view building run
 * as jobs on the pool; they post what they made to the owner's mailbox,
 * whose descriptor wakes its poll(); fetch_dispatch() then takes it all in.
 * No row is ever locked: segments are immutable, a table's state belongs to
 * the owner, and a view is swapped in whole.
 *
 * A table is one listing over shards (session × region). First load shows
 * rows as they come; a refresh collects beside the old rows, replaces rows
 * of equal identity as they arrive, and decides what is gone only when a
 * shard is complete. A failed shard keeps its old rows, marked stale. What
 * is read of its rows is in fetch/rows.h.
 */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H

#include "base/pool.h"
#include "fetch/query.h"
#include "fetch/rows.h"
struct fetch;
struct listing;
struct listing_result;
struct table;

struct fetch_options {
	struct catalogue *catalogue;     /* borrowed, all of them */
	struct pool *pool;
	size_t rows_max;                 /* 0: 1,000,000 a table */
	size_t cache_bytes;              /* 0: 512 MiB */
	/* Tests bring tables and rows of their own. NULL: the catalogue's,
	 * and listing_run. */
	const struct compiled *(*compile)(const struct resource *resource);
	bool (*list)(const struct listing *listing,
		struct listing_result *result);
};

struct fetch *fetch_new(const struct fetch_options *options);

/* Cancels all jobs, waits for them, frees. */
void fetch_free(struct fetch *f);
int fetch_fd(const struct fetch *f);
void fetch_dispatch(struct fetch *f);

/* When dispatch should run again though nothing woke it (highlights end,
 * coalesced views): clock_now() time or CLOCK_NEVER. */
int64_t fetch_due(const struct fetch *f);

/* No job in flight, no view being built: what tests call idle. What waits
 * for its moment (fetch_due) does not count. */
bool fetch_idle(const struct fetch *f);

/* Which shards a table has. Arrays are copied, sessions referenced. */
struct shards {
	struct session **sessions;
	size_t session_count;
	const char **regions;            /* ignored by global resources */
	size_t region_count;
};

/* Takes the reference to location. Opens from the cache if the same listing
 * is held; loads what is not there. Close keeps it in the cache (LRU) and
 * cancels its jobs. */
struct table *table_open(struct fetch *f, struct location *location,
	const struct shards *shards);
void table_close(struct table *t);

/* Shards that a policy refuses or that are off are left out … */
void table_refresh(struct table *t);
void table_retry(struct table *t);       /* … but here, when a person asks */

/* Something was changed just now: what is loading may have been read before
 * that, and is loaded once more when it has ended. */
void table_reread(struct table *t);
/* … and of lists that are held closed, when they are opened again. */
void fetch_outdate(struct fetch *f, const struct resource *resource);
void table_stop(struct table *t);        /* cancel what is loading */

/* Takes a copy. The new view arrives later; the old one stays till then. */
void table_set_query(struct table *t, const struct query *query);
const struct query *table_query(const struct table *t);
const struct compiled *table_compiled(const struct table *t);
struct location *table_location(const struct table *t);

/* True once after anything that is worth a redraw. */
bool table_take_changed(struct table *t);

enum shard_state {
	SHARD_WAITING, SHARD_LOADING, SHARD_DONE, SHARD_FAILED,
	SHARD_DENIED,            /* a policy says no: not retried by itself */
	SHARD_OFF                /* region not enabled */
};

struct shard {
	const struct session *session;
	const char *region;
	enum shard_state state;
	struct error err;
	size_t rows, pages;
	int64_t fetched;         /* wall ms of the rows shown; 0: none */
	bool stale, capped;
};

struct table_status {
	size_t shards, loading, done, failed, denied, off;
	size_t rows;             /* held, before the filter */
	size_t shown;            /* in the view */
	bool complete;           /* rows is the truth, not "at least" */
	bool capped;
	bool first_load;         /* nothing complete yet */
	bool view_pending;       /* the view is older than the query */
	int64_t oldest;          /* wall ms of the oldest shard's rows */
	size_t bytes;            /* memory held */
	unsigned generation;
};
void table_status(const struct table *t, struct table_status *status);
bool table_shard(const struct table *t, size_t i, struct shard *shard);

#endif
