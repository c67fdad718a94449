/* SPDX-License-Identifier: MIT */
/*
 * What the app itself does beside the lists: a job on the pool's background
 * lane, whose answer comes back by mail. run() is on a worker and touches
 * only the job; done() on the UI thread.
 */
#ifndef UI_APP_JOB_H
#define UI_APP_JOB_H

#include "base/pool.h"
#include "ui/app.h"

struct app_job {
	struct pool_job job;         /* first: run() gets it */
	struct mail mail;
	struct mailbox *box;
	struct runtime *runtime;
	struct cancel *cancel;
	struct session *session;     /* a reference */
	char region[64];
	char **names;
	size_t count;
	void *data;                  /* what run() is given or made … */
	void (*drop)(void *data);    /* … freed by that when nobody wants it */
	bool ok;
	struct error err;
	void (*done)(struct app *app, struct app_job *job);
};

/* drop and data may be NULL. */
struct app_job *app_job_start(struct app *app, struct session *session,
	void (*run)(struct pool_job *job),
	void (*done)(struct app *app, struct app_job *job),
	void (*drop)(void *data), void *data);

/* The last thing run() does. */
void app_job_answer(struct app_job *job);

#endif
