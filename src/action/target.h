/* SPDX-License-Identifier: MIT */
/*
 * What an action is done to: rows, held by reference, so that it stays bound
 * to the (account, region, id) it was chosen at, whatever the screen shows
 * meanwhile; things known by their id alone; or places in which something
 * new is made. One owner, then read-only for the jobs.
 */
#ifndef ACTION_TARGET_H
#define ACTION_TARGET_H

#include "doc/path.h"
#include "fetch/segment.h"

struct target {
	struct row row;          /* a reference to its segment; NULL: a place,
				    or an id that was not looked up */
	struct session *session;     /* references */
	struct location *location;
	char region[64];         /* "" where global */
	char account[64];        /* "" if unknown */
	bool elsewhere;          /* region is where the call goes to, not
				    where the row is (action.to_regions) */
	char *id, *label, *state;    /* state by action.wait_path; "" */
};

struct targets {
	struct target *items;
	size_t count, room;
	struct map *seen;
};

/* Takes its own reference; state may be NULL. False: that row is a target
 * already, whichever page or session it came by. */
bool targets_add(struct targets *t, struct row row, const struct path *state);

/* A thing by its id, or (id "") the place. region NULL where global; takes
 * references of its own. False: it is a target already. */
bool targets_add_id(struct targets *t, struct session *session,
	struct location *location, const char *region, const char *id);
void targets_copy(struct targets *to, const struct target *one);
void targets_clear(struct targets *t);

/* Targets that can go in one call: of one session, region, account and
 * parent. order[from … to) are their numbers. */
struct target_group {
	size_t from, to;
};

struct target_groups {
	struct target_group *items;
	size_t count, room;
	size_t *order;
};

void groups_init(struct target_groups *g, const struct targets *t);
void groups_clear(struct target_groups *g);

/* A listing's place without its filters: only what the rows are inside of.
 * The caller's reference. */
struct location *target_scope(const struct location *location);

/* NULL where the resource is global. */
const char *target_region(const struct target *t);

#endif
