/* SPDX-License-Identifier: MIT */
/*
 * Things by their ids, in one or many places at once: a job a place on the
 * action lane. Used to find what a command line names, and to read rows
 * again before something is taken from people (ux.md 1.3). Each answer is
 * posted to the owner's mailbox; last of all comes the end.
 */
#ifndef ACTION_LOOKUP_H
#define ACTION_LOOKUP_H

#include "action/target.h"
#include "action/task.h"

struct lookup_answer {
	struct task_mail mail;
	struct session *session;     /* of the place; borrowed */
	const char *region, *id;
	struct row row;              /* segment NULL: there is none, … */
	struct error error;          /* … and this is why */
};

struct lookup;

struct lookup *lookup_new(struct pool *pool, struct mailbox *box,
	const struct compiled *compiled);

/* Before the start. region NULL where global; location may have filters,
 * which are not used. An id asked twice in one place is asked once. */
void lookup_add(struct lookup *l, struct session *session,
	struct location *location, const char *region, const char *id);

/* All targets of a run, each where it is. */
void lookup_add_targets(struct lookup *l, const struct targets *targets);
void lookup_start(struct lookup *l);
void lookup_cancel(struct lookup *l);

/* In the order they were added; once their mail (or the end) was taken. */
size_t lookup_count(const struct lookup *l);
const struct lookup_answer *lookup_at(const struct lookup *l, size_t i);

/* After the end was taken, or before the start. */
void lookup_free(struct lookup *l);

/* What differs between two readings of a thing: "State running → stopped",
 * one a line, in the cells of columns that do not move by themselves.
 * Appends; false: nothing. */
bool row_differences(struct row old, struct row new, struct str *out);

#endif
