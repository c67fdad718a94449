/* SPDX-License-Identifier: MIT */
#include "action/task.h"

void task_init(struct task *t, void *owner, struct pool *pool,
	struct mailbox *box)
{
	*t = (struct task){ .pool = pool, .box = box,
		.cancel = cancel_new(), .owner = owner };
	pthread_mutex_init(&t->lock, NULL);
}

void task_clear(struct task *t)
{
	cancel_unref(t->cancel);
	pthread_mutex_destroy(&t->lock);
}

void task_post(struct task *t, struct task_mail *mail, size_t index)
{
	mail->task = t->owner;
	mail->index = index;
	mailbox_post(t->box, &mail->mail);
}

void task_send(struct task *t, struct pool_job *const *jobs, size_t count)
{
	t->jobs = count;
	if (!count)
		task_post(t, &t->end, TASK_END);
	for (size_t i = 0; i < count; i++)
		pool_send(t->pool, jobs[i]);
}

void task_leave(struct task *t)
{
	bool last;

	pthread_mutex_lock(&t->lock);
	last = --t->jobs == 0;
	pthread_mutex_unlock(&t->lock);
	if (last)
		task_post(t, &t->end, TASK_END);
}

bool error_is_hopeless(const struct error *err)
{
	switch (err->kind) {
	case ERR_IO:
	case ERR_TLS:
	case ERR_CREDENTIALS:
	case ERR_EXPIRED:
	case ERR_DISABLED:
	case ERR_READ_ONLY:
	case ERR_NEED_INPUT:
		return true;
	default:
		return false;
	}
}

bool error_is_refusal(const struct error *err)
{
	return err->kind == ERR_NOT_FOUND || err->kind == ERR_AWS ||
		err->kind == ERR_DENIED;
}
