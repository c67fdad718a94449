/* SPDX-License-Identifier: MIT */
/*
 * A table inside. All of it belongs to the owner's thread; workers get
 * snapshots, and what is lent to the one build that may be out. News come
 * as posts in the owner's mailbox, each of which knows how it is received.
 *
 * Segments have numbers: slots. A row that was replaced, or came twice in a
 * generation, is dead. An old slot goes when its last row is dead.
 */
#ifndef FETCH_TABLE_H
#define FETCH_TABLE_H

#include "fetch/change_parts.h"
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
	struct changes changes;      /* of all tables */
	int64_t mark_ms;
	bool keep_gone;
};

struct slot {
	struct segment *segment;     /* a reference; NULL: free */
	uint32_t *dead;              /* NULL: all rows live */
	uint32_t live;
	uint32_t part;
	uint32_t serial;             /* tells the uses of a slot apart */
	bool is_old;                 /* of an earlier generation */
	bool leaving;                /* its rows are gone: not counted */
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
	struct slot_list leaving;    /* still in the view */
	struct changes news;         /* till it is complete */
	struct cancel *cancel;       /* of the job that is out, or NULL */
	bool again;                  /* start when it has ended */
	bool complete;               /* was once, and its rows are held */
	unsigned generation;
	size_t seen;                 /* rows of this generation */
	int64_t begun;               /* wall ms of its first page */
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
	int64_t leave_due;           /* clock_now() when they go; or never */
	struct joined *joined;
	struct error **join_errors;  /* part × join; NULL: none */
	uint64_t joins_stamp;
	uint64_t joins_on, joins_all, joins_set;
	struct batch *batches, **last_batch;
	struct batch **filling;      /* part × join: not full yet */
	struct cancel *join_cancel;
	size_t join_jobs;
	uint32_t batch_serial;
	struct slot_list scan;       /* slots whose keys are to be asked */
	uint32_t scan_row;           /* how far it is in the last one */
	size_t want_first, want_count;
	int64_t want_due;
	struct {
		const struct view *view;
		size_t first, count;
		bool any;
	} moves;                     /* as table_moves() has found */
	size_t jobs;                 /* out, of every sort */
	bool open, changed;
	uint64_t closed_at;
};

#endif
