/* SPDX-License-Identifier: MIT */
/*
 * What runs, waits and look-ups have in common: jobs on the pool's action
 * lane that post what came of each thing to their owner's mailbox, one by
 * one, and last of all that they have ended. A mail belongs to its task: it
 * is read, never freed; the task is freed once its end was taken.
 */
#ifndef ACTION_TASK_H
#define ACTION_TASK_H

#include "base/error.h"
#include "base/pool.h"

#include <pthread.h>
#include <stdint.h>

#define TASK_END SIZE_MAX

struct task_mail {
	struct mail mail;        /* first: what comes out of the mailbox */
	void *task;              /* the run, wait or look-up it is of */
	size_t index;            /* which of its things; TASK_END */
};

struct task {
	struct pool *pool;
	struct mailbox *box;
	struct cancel *cancel;
	pthread_mutex_t lock;    /* jobs, and what the task itself shares */
	size_t jobs;             /* that have not left */
	struct task_mail end;
	void *owner;
};

void task_init(struct task *t, void *owner, struct pool *pool,
	struct mailbox *box);
void task_clear(struct task *t);

/* All jobs of the task at once, so that it does not end between two; none:
 * it ends here. */
void task_send(struct task *t, struct pool_job *const *jobs, size_t count);
void task_post(struct task *t, struct task_mail *mail, size_t index);

/* The last thing a job does. */
void task_leave(struct task *t);

/* Would the same call for other things be refused for the same reason, or
 * is the reason one of the things themselves? */
bool error_is_hopeless(const struct error *err);
bool error_is_refusal(const struct error *err);

#endif
