/* SPDX-License-Identifier: MIT */
#include "action/flow_task.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>

struct flow_task {
	struct pool_job job;     /* first: the task is its job */
	struct task task;
	const struct catalogue *catalogue;
	struct session *session;
	struct flow *flow;
	struct error error;
	struct { struct flow_news **items; size_t count, room; } news;
};

static void tell(void *data, const struct flow *f)
{
	struct flow_task *t = data;
	struct flow_news *n = xcalloc(1, sizeof(*n));
	struct str title = STR_INIT;
	size_t number;
	const struct work_step *step = flow_at(f, &number, &n->count);

	flow_words(f, step->title, &title);
	n->title = str_take(&title);
	*VEC_PUSH(&t->news) = n;
	task_post(&t->task, &n->mail, number);
}

static void go(struct pool_job *job)
{
	struct flow_task *t = (struct flow_task *)job;
	const struct flow_hands hands = {
		.catalogue = t->catalogue, .session = t->session,
		.pool = t->task.pool, .cancel = t->task.cancel, .data = t,
		.told = tell };

	flow_go(t->flow, &hands, &t->error);
	task_leave(&t->task);
}

struct flow_task *flow_task_start(struct pool *pool, struct mailbox *box,
	const struct catalogue *catalogue, struct session *session,
	struct flow *flow)
{
	struct flow_task *t = xcalloc(1, sizeof(*t));
	struct pool_job *job = &t->job;

	task_init(&t->task, t, pool, box);
	job->run = go;
	job->lane = POOL_ACTION;
	t->catalogue = catalogue;
	t->session = session_ref(session);
	t->flow = flow;
	task_send(&t->task, &job, 1);
	return t;
}

void flow_task_cancel(struct flow_task *t)
{
	cancel_set(t->task.cancel);
}

struct flow *flow_task_take(struct flow_task *t, struct error *err)
{
	struct flow *flow = t->flow;

	if (err)
		*err = t->error;
	t->flow = NULL;
	return flow;
}

void flow_task_free(struct flow_task *t)
{
	for (size_t i = 0; i < t->news.count; i++) {
		free(t->news.items[i]->title);
		free(t->news.items[i]);
	}
	VEC_FREE(&t->news);
	flow_close(t->flow);
	session_unref(t->session);
	task_clear(&t->task);
	free(t);
}
