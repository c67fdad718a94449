/* SPDX-License-Identifier: MIT */
/*
 * Worker threads. pool_send() gives a job away; a worker calls run() once,
 * without any lock held; the job then belongs to run(), which usually embeds
 * it in a bigger struct and posts that to its owner's mailbox. What failed
 * is told in the job, never by the pool.
 *
 * Lanes are served in order, and the first keeps workers of its own, so an
 * action never waits behind a thousand listings. Threads are started on
 * demand. A worker that sleeps for long (a retry, a rate limit) says so
 * with pool_pause_begin/_end: meanwhile its place is given to another.
 */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pool_lane {
	POOL_ACTION,      /* what people wait for with a finger in the air */
	POOL_LIST,        /* the visible list, views of it */
	POOL_JOIN,        /* columns that are fetched beside it */
	POOL_BACKGROUND,
	POOL_LANES
};

struct pool_job {
	void (*run)(struct pool_job *job);
	enum pool_lane lane;
	struct pool_job *next;    /* the pool's while it waits */
};

struct pool;

/* width: how many jobs run at once, besides the reserved action workers. */
struct pool *pool_new(size_t width, size_t reserved);

/* Runs what was sent, then ends the threads. Cancel the jobs first. */
void pool_free(struct pool *pool);
void pool_send(struct pool *pool, struct pool_job *job);

/* Jobs waiting or running; 0 is what tests call idle. */
size_t pool_busy(struct pool *pool);

/* On a worker; elsewhere they do nothing. */
void pool_pause_begin(struct pool *pool);
void pool_pause_end(struct pool *pool);

/* A mailbox: many senders, one owner. The wake descriptor becomes readable
 * when it holds something; items come out in the order they went in. */
struct mail {
	struct mail *next;
};

struct mailbox;

struct mailbox *mailbox_new(void);
void mailbox_free(struct mailbox *box);      /* must be empty */
void mailbox_post(struct mailbox *box, struct mail *item);
struct mail *mailbox_take(struct mailbox *box);   /* NULL: empty */

/* Sleeps until something is there. For owners without a poll loop (ls). */
struct mail *mailbox_wait(struct mailbox *box);
int mailbox_fd(const struct mailbox *box);

/* One flag that many may read: set once, never cleared. */
struct cancel;

struct cancel *cancel_new(void);
struct cancel *cancel_ref(struct cancel *c);
void cancel_unref(struct cancel *c);
void cancel_set(struct cancel *c);
bool cancel_is_set(const struct cancel *c);  /* NULL: false */

/* hook(data) runs once when the flag is set, on the setter's thread, or at
 * once if it is set already. Unhook waits for a running hook. */
void cancel_hook(struct cancel *c, void (*hook)(void *data), void *data);
void cancel_unhook(struct cancel *c, void (*hook)(void *data), void *data);

/* Sleeps until deadline (of base/clock); false: cancelled. Meanwhile the
 * worker's place is another's. pool and cancel may be NULL. */
bool pool_sleep(struct pool *pool, int64_t deadline, struct cancel *cancel);

#endif
