/* SPDX-License-Identifier: MIT */
/*
 * One action on many targets: grouped by session, region and account, sent
 * in batches through the door, a result a target. A refused batch is split
 * by halves down to single targets; one whose outcome nobody knows is never
 * split and never sent again. What makes something new has places as
 * targets, a call each. The owner is the thread that reads the
 * mailbox; jobs run on the pool's action lane.
 */
#ifndef ACTION_BULK_H
#define ACTION_BULK_H

#include "action/action.h"
#include "action/target.h"
#include "action/task.h"

enum run_end {
	RUN_PENDING,
	RUN_DONE,
	RUN_FAILED,              /* not done, and error says why */
	RUN_UNKNOWN,             /* sent, and nobody knows */
	RUN_CANCELLED,           /* not sent */
	RUN_ENDS
};

struct run_result {
	struct task_mail mail;
	enum run_end end;
	struct error error;
	char request_id[96];
	char state[64];          /* by action.answer; "" if it says nothing */
	char *made;              /* ids of what was made; NULL: none */
	char *text;              /* what is to be shown; NULL: nothing */
	char *found;             /* of RUN_UNKNOWN: what was looked up since;
				    NULL: nobody can tell */
};

struct run;

/* Takes the contents of form and targets (they are zeroed). ERR_USAGE: a dry
 * run of what has none, or an action without targets or for other rows.
 * Nothing is taken then. */
struct run *run_start(struct pool *pool, struct mailbox *box,
	struct form *form, struct targets *targets, struct error *err);

/* What was not sent is not sent; what is on its way may be unknown. */
void run_cancel(struct run *run);

/* After its end was taken, and only then. */
void run_free(struct run *run);

const struct form *run_form(const struct run *run);
const struct targets *run_targets(const struct run *run);

/* Once the mail of that target was taken. */
const struct run_result *run_result(const struct run *run, size_t target);

/* How many have ended how; any moment. */
void run_counts(struct run *run, size_t counts[RUN_ENDS]);

/* After the end: the failed ones, ready for a new run with the same fields;
 * not the unknown ones, which may have been done. False: there are none. */
bool run_failed(const struct run *run, struct form *form,
	struct targets *targets);

/* After the end: what was made, ready to be followed; false: nothing. made
 * is the compiled form of action.makes. */
bool run_made(const struct run *run, const struct compiled *made,
	struct targets *targets);

const char *run_end_name(enum run_end end);      /* "done" */

#endif
