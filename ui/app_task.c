/* SPDX-License-Identifier: MIT */
#include "ui/app_task.h"

#include "base/vec.h"
#include "ui/app_own.h"

#include <string.h>

struct mailbox *app_task_box(struct app *app)
{
	return app->own->tasks.box;
}

static struct listening *find(const struct app *app, const void *task)
{
	const struct app_tasks *t = &app->own->tasks;

	for (size_t i = 0; i < t->count; i++)
		if (t->items[i].task == task)
			return &t->items[i];
	return NULL;
}

void app_task_listen(struct app *app, void *task,
	const struct task_listener *listener)
{
	*VEC_PUSH(&app->own->tasks) = (struct listening){ .task = task,
		.listener = *listener };
}

static void remove_listening(struct app *app, struct listening *l)
{
	struct app_tasks *t = &app->own->tasks;

	*l = t->items[--t->count];
}

void app_task_abandon(struct app *app, void *task,
	void (*free_task)(void *task))
{
	struct listening *l = find(app, task);

	if (!l)
		return;
	l->listener.mail = NULL;
	l->listener.quiet = true;
	l->free_task = free_task;
	l->listener.cancel(task);
}

static void deliver(struct app *app, const struct task_mail *mail)
{
	struct listening *l = find(app, mail->task);
	struct listening copy;

	if (!l)
		return;
	copy = *l;
	if (mail->index == TASK_END)
		remove_listening(app, l);
	if (copy.listener.mail)
		copy.listener.mail(copy.listener.data, mail);
	else if (mail->index == TASK_END)
		copy.free_task(copy.task);
	app->own->head_dirty = true;
}

void app_task_mail(struct app *app)
{
	struct mail *mail;

	while ((mail = mailbox_take(app->own->tasks.box)))
		deliver(app, (const struct task_mail *)mail);
}

void app_tasks_end(struct app *app)
{
	struct app_tasks *t = &app->own->tasks;

	for (size_t i = 0; i < t->count; i++)
		t->items[i].listener.cancel(t->items[i].task);
	while (t->count)
		deliver(app, (const struct task_mail *)mailbox_wait(t->box));
	VEC_FREE(t);
	mailbox_free(t->box);
}

bool app_tasks_idle(const struct app *app)
{
	const struct app_tasks *t = &app->own->tasks;

	for (size_t i = 0; i < t->count; i++)
		if (!t->items[i].listener.quiet)
			return false;
	return true;
}
