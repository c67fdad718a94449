/* SPDX-License-Identifier: MIT */
/*
 * What runs for the screen beside the lists: look-ups, runs, waits, work in
 * steps (action/task.h). Their mail comes to one mailbox and goes from there
 * to whoever listens. UI thread.
 */
#ifndef UI_APP_TASK_H
#define UI_APP_TASK_H

#include "action/task.h"
#include "ui/app.h"

/* Where tasks are to post. */
struct mailbox *app_task_box(struct app *app);

struct task_listener {
	void *data;
	/* Each mail; after that of TASK_END the task is the listener's to
	 * free, and it hears no more. */
	void (*mail)(void *data, const struct task_mail *mail);
	void (*cancel)(void *task);
	bool quiet;              /* it may go on for minutes: tests need not
				    wait for it */
};

/* Right after the task was started. */
void app_task_listen(struct app *app, void *task,
	const struct task_listener *listener);

/* Nobody wants to know any more: it is cancelled, and freed by that when
 * its end has come. */
void app_task_abandon(struct app *app, void *task,
	void (*free_task)(void *task));

/* A task that is out, and who hears of it. */
struct listening {
	void *task;
	struct task_listener listener;
	void (*free_task)(void *task);   /* nobody hears: at its end */
};

struct app_tasks {
	struct mailbox *box;
	struct listening *items;
	size_t count, room;
};

/* app.c and control.c: what has come, all of it at the end; is anything out
 * that tests wait for? */
void app_task_mail(struct app *app);
void app_tasks_end(struct app *app);
bool app_tasks_idle(const struct app *app);

#endif
