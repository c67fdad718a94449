/* SPDX-License-Identifier: MIT */
/*
 * Work in several steps (catalogue/workflow.h) that outlives the program: a
 * file $XDG_STATE_HOME/tucuxi/work/<uuid>, mode 0600, to which a line is
 * written and synced before each send and after each answer. What was sent
 * when the program died is looked for before it is sent again. Whoever has a
 * piece of work open holds the file's lock, so that copies of the program
 * share the folder; the lock goes with its process. No secret is in it.
 *
 * One owner; flow_go() and what it calls run on a worker, while the owner
 * only reads the id.
 */
#ifndef ACTION_FLOW_H
#define ACTION_FLOW_H

#include "action/task.h"
#include "action/workflows.h"
#include "aws/session.h"

enum flow_state {
	FLOW_RUNNING,            /* somebody has it open */
	FLOW_PARKED,             /* nobody has: it goes on when told */
	FLOW_WAITING,            /* for a person, or for the terminal */
	FLOW_FAILED,             /* may be tried again, or cancelled */
	FLOW_CANCELLED,
	FLOW_DONE
};

struct flow;

const char *flow_state_name(enum flow_state state);

/* New, and locked. folder NULL: it lives as long as the program. */
struct flow *flow_new(const char *folder, const struct workflow *workflow,
	struct error *err);
void flow_set(struct flow *f, const char *name, const char *value);

/* What was set so far is written: from here on it is found again. */
bool flow_begin(struct flow *f, struct error *err);

/* id: the whole of it, or a beginning that only one has. wait: until whoever
 * has it lets go; else ERR_LIMIT when somebody has. */
struct flow *flow_open(const char *folder, const char *id, bool wait,
	struct error *err);

/* Only to look; also what somebody has open. */
struct flow *flow_peek(const char *folder, const char *id,
	struct error *err);
void flow_close(struct flow *f);

/* Every piece of work there, oldest first; wrong: files that cannot be
 * read, and the last one's error. The array and its flows are the caller's. */
struct flow **flow_list(const char *folder, size_t *count, size_t *wrong,
	struct error *err);

const char *flow_id(const struct flow *f);
const struct workflow *flow_workflow(const struct flow *f);
enum flow_state flow_state(const struct flow *f);
const char *flow_get(const struct flow *f, const char *name);    /* "" */
const char *flow_error(const struct flow *f);    /* why it failed; "" */
int64_t flow_begun(const struct flow *f);        /* wall ms */

/* The step it is at; NULL: none. Numbers count from 1. */
const struct work_step *flow_at(const struct flow *f, size_t *number,
	size_t *count);

/* Had somebody it open when it was looked at? */
bool flow_is_held(const struct flow *f);

/* Is what was made being taken back? */
bool flow_is_cleaning(const struct flow *f);

/* Is the step part of this piece of work, and is it done? */
bool flow_has(const struct flow *f, const struct work_step *step);
bool flow_is_done(const struct flow *f, const struct work_step *step);

/* text with its {names} filled in; appends. False: one is not there. */
bool flow_expand(const struct flow *f, const char *text, struct str *out);

/* For people: what is not there yet is an ellipsis. Appends. */
void flow_words(const struct flow *f, const char *text, struct str *out);

/* The titles of what a clean-up would do, a line each (out may be NULL); how
 * many. cancelled: of one that takes back all of it. */
size_t flow_left(const struct flow *f, bool cancelled, struct str *out);

/* Calls and waits until it needs somebody, has ended or is cancelled
 * (ERR_CANCELLED: it is parked). ERR_NEED_INPUT: flow_at() says for what.
 * told (may be NULL) before each step. Any other error is kept in it. */
struct flow_hands {
	const struct catalogue *catalogue;
	struct session *session;
	struct pool *pool;
	struct cancel *cancel;
	void *data;
	void (*told)(void *data, const struct flow *f);
};
bool flow_go(struct flow *f, const struct flow_hands *hands,
	struct error *err);

/* The person's step, or the program, is done. */
bool flow_answer(struct flow *f, struct error *err);

/* From now on flow_go() takes back what was made; cancelled: all of it. */
bool flow_clean(struct flow *f, bool cancelled, struct error *err);

/* Removes the file. */
bool flow_forget(struct flow *f, struct error *err);

#endif
