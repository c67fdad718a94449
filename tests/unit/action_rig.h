/* SPDX-License-Identifier: MIT */
/*
 * Actions as they are, on real rows, against the simulator, in virtual time
 * that passes only while somebody waits for it.
 */
#ifndef TESTS_ACTION_RIG_H
#define TESTS_ACTION_RIG_H

#include "action/bulk.h"
#include "action/lookup.h"
#include "action/wait.h"
#include "sim/sim.h"

#define ACTION_RIG_NOW 1795392840000     /* 2026-11-23T00:14:00Z */

struct action_rig {
	struct sim *sim;
	struct doc_names *names;
	struct catalogue *catalogue;
	struct pool *pool;
	struct door *door;
	struct session *session;
	struct mailbox *box;
	struct path *state, *lifecycle;
	size_t from;               /* lines of the log that are old */
};

/* Of the whole group. */
int action_rig_begin(void **state);
int action_rig_end(void **state);

void action_rig_open(struct action_rig *rig);
void action_rig_close(struct action_rig *rig);
void action_rig_fault(struct action_rig *rig, const char *spec);

const struct compiled *action_rig_compiled(struct action_rig *rig,
	const char *resource);

/* `instances.stop` with no field filled in. */
void action_rig_form(struct action_rig *rig, struct form *form,
	const char *name);

/* Adds up to most instances in that state (spot ones or not). */
size_t action_rig_add(struct action_rig *rig, struct targets *targets,
	const char *region, const char *state, bool spot, size_t most);

/* Instances by turns: n of a, then one of b, until both are used up. */
void action_rig_mix(struct targets *to, struct targets *a, size_t n,
	struct targets *b);

/* The next mail; time passes until it is there. */
const struct task_mail *action_rig_take(struct action_rig *rig);

/* Everything until the end; how many things were posted before it. */
size_t action_rig_finish(struct action_rig *rig, void *task);
struct run *action_rig_run(struct action_rig *rig, struct form *form,
	struct targets *targets);

/* From here on lines of the log count. */
void action_rig_mark(struct action_rig *rig);
size_t action_rig_sent(struct action_rig *rig, const char *operation);

/* How many lines of that operation since the mark have the text. */
size_t action_rig_lines(struct action_rig *rig, const char *operation,
	const char *text);

#endif
