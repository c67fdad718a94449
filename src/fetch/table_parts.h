/* SPDX-License-Identifier: MIT */
/*
 * What the files of a table do for each other. The owner's thread.
 */
#ifndef FETCH_TABLE_PARTS_H
#define FETCH_TABLE_PARTS_H

#include "fetch/table.h"

/* fetch.c */
void post_send(struct table *t, struct post *post, struct pool_job *job);
void post_done(struct table *t);     /* a job's last post is in */

/* rows.c: the rows that a table holds. */
void rows_init(struct table *t);
void rows_clear(struct table *t);
void rows_begin(struct table *t, struct part *p);   /* a generation */

/* Takes the segment. False: rows_max is reached. */
bool rows_add(struct table *t, uint32_t part, struct segment *segment);

/* ok: what was not seen is gone. Else everything stays. */
void rows_end(struct table *t, struct part *p, bool ok);
struct row rows_at(const struct table *t, struct place place);

/* Is what it collects held back till it is complete? */
bool rows_held_back(const struct table *t, const struct part *p);

/* shard.c */
void part_start(struct table *t, uint32_t part);
void part_cancel(struct part *p);
size_t part_of_row(const struct table *t, struct row row);

/* view_job.c */
bool view_needed(const struct table *t);
void view_update(struct table *t);   /* starts a build if one is needed */
void view_abandon(struct table *t);

/* join.c: which keys are asked for, and when. */
void joins_init(struct table *t);
void joins_clear(struct table *t);
void joins_drop(struct table *t);    /* what is out or waits */
void joins_note_slot(struct table *t, uint32_t slot);
void joins_tick(struct table *t);
bool joins_busy(const struct table *t);
uint64_t joins_seen(const struct table *t);  /* by the query, a bit each */
void joins_promote(struct table *t); /* what the query has to see */

/* join_job.c: batches of keys on their way. keys NULL: ask for all. */
void batch_add(struct table *t, uint32_t part, size_t join, const char *key,
	size_t len);
void batch_flush(struct table *t, bool all);  /* else: where no list loads */
void batch_send(struct table *t);
void batch_drop(struct table *t);

/* cache.c */
struct table *cache_find(struct fetch *f, const struct location *location,
	const struct shards *shards);
void cache_trim(struct fetch *f);

/* table.c */
void table_free(struct table *t);    /* no jobs are out */
size_t table_bytes(const struct table *t);
void table_cancel(struct table *t);
void slots_push(struct slot_list *list, uint32_t slot);

#endif
