/* SPDX-License-Identifier: MIT */
/*
 * What an action has to know and the row does not say (action.reads): what
 * people see in the form when it opens, and what the call itself needs
 * (fields that are .kept), which runs read by themselves.
 */
#ifndef ACTION_PRESENT_H
#define ACTION_PRESENT_H

#include "action/action.h"
#include "action/target.h"
#include "action/task.h"

/* Has it fields that are read right before the call? */
bool present_is_needed(const struct action *action);

/* On a worker. all: what people see too, where they have said nothing.
 * False: something was not told. */
bool present_read(struct form *form, const struct target *target, bool all,
	struct cancel *cancel, struct error *err);

/* The same for a form that opens: a job that posts its end (TASK_END). The
 * owner is the thread that reads the mailbox; its form is copied. */
struct present;

struct present *present_start(struct pool *pool, struct mailbox *box,
	const struct form *form, const struct target *target);
void present_cancel(struct present *p);

/* After the end was taken: into fields of form that have no value. False
 * with err: some could not be read; the others are filled in. */
bool present_take(struct present *p, struct form *form, struct error *err);
void present_free(struct present *p);

#endif
