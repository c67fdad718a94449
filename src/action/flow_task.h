/* SPDX-License-Identifier: MIT */
/*
 * A piece of work on a worker: flow_go() as a task (task.h). Each step that
 * it comes to is posted (index: its number), then the end. Meanwhile the
 * work is the worker's; after the end it is the owner's again.
 */
#ifndef ACTION_FLOW_TASK_H
#define ACTION_FLOW_TASK_H

#include "action/flow.h"

struct flow_task;

/* title: of the step, as it is shown. */
struct flow_news {
	struct task_mail mail;
	size_t count;            /* of steps */
	char *title;
};

/* Takes the flow; a reference to the session. */
struct flow_task *flow_task_start(struct pool *pool, struct mailbox *box,
	const struct catalogue *catalogue, struct session *session,
	struct flow *flow);
void flow_task_cancel(struct flow_task *t);      /* it is parked */

/* After the end. err (may be NULL): what flow_go() said, ERR_NONE: done. */
struct flow *flow_task_take(struct flow_task *t, struct error *err);

/* After the end; closes the flow if it was not taken. */
void flow_task_free(struct flow_task *t);

#endif
