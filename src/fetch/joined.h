/* SPDX-License-Identifier: MIT */
/*
 * What joins have brought: for each shard and join, the answers by key.
 * Shared by reference between the owner and builds that look at joined rows;
 * the owner copies it before it changes one that is shared.
 */
#ifndef FETCH_JOINED_H
#define FETCH_JOINED_H

#include "fetch/ids.h"
#include "fetch/segment.h"

#define JOINS_MOST 16

enum answer_state {
	ANSWER_NONE,             /* never asked */
	ANSWER_PENDING,          /* asked for the first time */
	ANSWER_ROW,
	ANSWER_ABSENT,           /* AWS knows nothing of it */
	ANSWER_REFUSED
};

struct answer {
	struct segment *segment;     /* ANSWER_ROW: a reference */
	uint32_t row;
	enum answer_state state;
	bool asked;                  /* a batch has it, waiting or out */
	int64_t at;                  /* clock_now() of the answer */
	unsigned generation;         /* of the list when it was asked */
	uint32_t batch;              /* that brought it */
};

/* What is not asked by keys has one answer for all of them. */
#define KEY_ALL UINT64_MAX

struct answers {
	struct lookup lookup;        /* segment_join_key → items */
	struct answer *items;
	size_t count, room;
	enum answer_state others;    /* keys that are not there */
	bool denied;                 /* a policy says no: never asked again */
};

struct joined {
	unsigned refs;               /* atomic */
	size_t shard_count, join_count;
	struct answers *answers;     /* shard × join */
};

struct joined *joined_new(size_t shard_count, size_t join_count);
struct joined *joined_ref(struct joined *j);
void joined_unref(struct joined *j);

/* One that is the caller's alone: j itself or, if others hold it, a copy in
 * its place. */
struct joined *joined_own(struct joined *j);
size_t joined_bytes(const struct joined *j);

struct answers *joined_at(const struct joined *j, size_t shard, size_t join);

/* A new one is ANSWER_NONE. Good until the next call. */
struct answer *answers_add(struct answers *a, uint64_t key);
const struct answer *answers_get(const struct answers *a, uint64_t key);

/* The keys that a row is joined by, in order; visit false: stop. */
void row_join_keys(struct row row, const struct compiled_join *join,
	bool (*visit)(void *data, const char *text, size_t len), void *data);

/* The joined row of the first key that has one; *state says why there is
 * none. */
struct row joined_find(const struct joined *j, size_t shard, size_t join,
	struct row row, enum answer_state *state);

/* Of the joins in the set, by index; the rest are empty. */
void joined_find_all(const struct joined *j, size_t shard, uint64_t joins,
	struct row row, struct row found[JOINS_MOST]);

#endif
