/* SPDX-License-Identifier: MIT */
/*
 * A table inside. All of it belongs to the owner's thread; workers get
 * snapshots, and what is lent to the one build that may be out. News come
 * as posts in the owner's mailbox, each of which knows how it is received.
 *
 * Segments have numbers: slots. A row that was replaced, or came twice in a
 * generation, is dead: its bit is set in its slot. A slot of an earlier
 * generation goes when its last row is dead.
 */
#ifndef FETCH_TABLE_H
#define FETCH_TABLE_H

#include "fetch/fetch.h"
#include "fetch/joined.h"
#include "fetch/view.h"

struct post {
	struct mail mail;            /* first */
	struct table *table;
	void (*receive)(struct post *post);  /* owner; frees the post */
};

struct fetch {
	struct fetch_options options;
	struct mailbox *box;
	struct table *tables;
	size_t jobs;                 /* out, of all tables */
	uint64_t closes;
	size_t budget;               /* rows this dispatch may still take in */
	bool ending;
};

struct slot {
	struct segment *segment;     /* a reference; NULL: free */
	uint32_t *dead;              /* NULL: all rows live */
	uint32_t live;
	uint32_t part;
	uint32_t serial;             /* tells the uses of a slot apart */
	bool is_old;                 /* of an earlier generation */
	size_t bytes;
};

struct slot_list {
	uint32_t *items;
	size_t count, room;
};

/* A shard as the table keeps it. */
struct part {
	struct shard shown;
	struct session *session;
	char *region;
	struct slot_list now, old;
	struct cancel *cancel;       /* of the job that is out, or NULL */
	bool again;                  /* start when it has ended */
	bool complete;               /* was once, and its rows are held */
	unsigned generation;
	size_t seen;                 /* rows of this generation */
	int64_t begun;               /* wall ms of its first page */
};

struct mark {
	int64_t until;               /* clock_now() */
	uint64_t columns;            /* that changed, a bit each */
	enum row_mark kind;
	struct place old;
	uint32_t old_serial;
};

struct marks {
	struct lookup lookup;        /* identity → items */
	struct mark *items;
	size_t count, room;
	size_t expired;              /* items before this one are over */
};

struct batch;
struct view_job;

struct table {
	struct fetch *fetch;
	struct table *next;
	struct location *location;
	const struct compiled *compiled;
	struct part *parts;
	size_t part_count;
	struct slot *slots;
	size_t slot_count, slot_room;
	struct slot_list free_slots;
	uint32_t serial;
	struct ids ids;              /* unused without identities */
	size_t rows, seen, segment_bytes;
	unsigned generation;
	uint64_t stamp;              /* changes with the rows */
	struct query query;
	uint64_t query_serial, view_serial;
	struct view *view;
	struct work *work;           /* NULL while it is lent */
	size_t work_bytes;
	struct view_job *building;
	struct marks marks;
	struct joined *joined;
	struct error **join_errors;  /* part × join; NULL: none */
	uint64_t joins_stamp;
	uint64_t joins_on, joins_all;
	struct batch *batches, **last_batch;
	struct batch **filling;      /* part × join: not full yet */
	struct cancel *join_cancel;
	size_t join_jobs;
	uint32_t batch_serial;
	struct slot_list scan;       /* slots whose keys are to be asked */
	uint32_t scan_row;           /* how far it is in the last one */
	size_t want_first, want_count;
	int64_t want_due;
	size_t jobs;                 /* out, of every sort */
	bool open, changed;
	uint64_t closed_at;
};

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

/* diff.c */
void marks_new(struct table *t, uint64_t identity);
void marks_replaced(struct table *t, struct place old, struct place new);
int64_t marks_due(const struct table *t);
void marks_tick(struct table *t);
void marks_clear(struct table *t);
size_t marks_bytes(const struct table *t);

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
