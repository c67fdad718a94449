/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

/* One who sleeps in virtual time; it stands on the sleeper's stack. */
struct waiter {
	pthread_cond_t *cond;
	pthread_mutex_t *mutex;
	int64_t deadline;
	struct waiter *next;
};

static atomic_bool is_virtual;
static _Atomic int64_t virtual_now;
static _Atomic int64_t virtual_wall;    /* when virtual_now was 0 */
static atomic_int wake_fd = -1;
static pthread_mutex_t waiters_lock = PTHREAD_MUTEX_INITIALIZER;
static struct waiter *waiters;          /* under waiters_lock */

static int64_t read_clock(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t clock_now(void)
{
	if (atomic_load(&is_virtual))
		return atomic_load(&virtual_now);
	return read_clock(CLOCK_MONOTONIC);
}

int64_t clock_wall(void)
{
	if (atomic_load(&is_virtual))
		return atomic_load(&virtual_wall) + atomic_load(&virtual_now);
	return read_clock(CLOCK_REALTIME);
}

/* Monotonic time starts well above 0, so that "an hour ago" is a moment. */
void clock_set_virtual(int64_t wall)
{
	const int64_t start = 1000000000;

	atomic_store(&virtual_now, start);
	atomic_store(&virtual_wall, wall - start);
	atomic_store(&is_virtual, true);
}

bool clock_is_virtual(void)
{
	return atomic_load(&is_virtual);
}

/*
 * A sleeper holds its mutex from its look at the clock until it sleeps, so
 * signalling under that mutex cannot be missed. The list lock keeps the
 * sleeper from leaving; it is taken after a sleeper's mutex elsewhere, so
 * here the mutex may only be tried. True: somebody is still to be woken.
 */
static bool wake_due(int64_t now)
{
	bool again = false;

	pthread_mutex_lock(&waiters_lock);
	for (struct waiter *w = waiters; w; w = w->next) {
		if (w->deadline > now)
			continue;
		if (pthread_mutex_trylock(w->mutex) != 0) {
			again = true;
			continue;
		}
		pthread_cond_broadcast(w->cond);
		pthread_mutex_unlock(w->mutex);
	}
	pthread_mutex_unlock(&waiters_lock);
	return again;
}

void clock_advance(int64_t ms)
{
	int64_t now = atomic_fetch_add(&virtual_now, ms) + ms;
	int fd = atomic_load(&wake_fd);

	while (wake_due(now))
		sched_yield();
	/* A full pipe wakes its reader as well. */
	if (fd >= 0 && write(fd, "", 1) < 0)
		errno = 0;
}

int64_t clock_next(void)
{
	int64_t now = clock_now(), next = CLOCK_NEVER;

	pthread_mutex_lock(&waiters_lock);
	for (struct waiter *w = waiters; w; w = w->next)
		if (w->deadline > now && w->deadline < next)
			next = w->deadline;
	pthread_mutex_unlock(&waiters_lock);
	return next;
}

void clock_cond_init(pthread_cond_t *cond)
{
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(cond, &attributes);
	pthread_condattr_destroy(&attributes);
}

static void wait_virtual(pthread_cond_t *cond, pthread_mutex_t *mutex,
	int64_t deadline)
{
	struct waiter self = { cond, mutex, deadline, NULL };
	struct waiter **link;

	pthread_mutex_lock(&waiters_lock);
	self.next = waiters;
	waiters = &self;
	pthread_mutex_unlock(&waiters_lock);

	if (clock_now() < deadline)
		pthread_cond_wait(cond, mutex);

	pthread_mutex_lock(&waiters_lock);
	for (link = &waiters; *link != &self; link = &(*link)->next)
		;
	*link = self.next;
	pthread_mutex_unlock(&waiters_lock);
}

bool clock_wait(pthread_cond_t *cond, pthread_mutex_t *mutex,
	int64_t deadline)
{
	struct timespec ts;

	if (deadline == CLOCK_NEVER) {
		pthread_cond_wait(cond, mutex);
		return true;
	}
	if (clock_now() >= deadline)
		return false;
	if (atomic_load(&is_virtual)) {
		wait_virtual(cond, mutex, deadline);
	} else {
		ts.tv_sec = (time_t)(deadline / 1000);
		ts.tv_nsec = (long)(deadline % 1000) * 1000000;
		pthread_cond_timedwait(cond, mutex, &ts);
	}
	return clock_now() < deadline;
}

int clock_poll_timeout(int64_t deadline)
{
	int64_t left;

	if (deadline == CLOCK_NEVER)
		return -1;
	/* The clock has cut off part of a millisecond: one more, or poll()
	 * would return just before the moment, again and again. */
	left = deadline - clock_now();
	if (left <= 0)
		return 0;
	if (atomic_load(&is_virtual))
		return -1;
	return left < INT_MAX ? (int)left + 1 : INT_MAX;
}

void clock_wake_fd(int fd)
{
	atomic_store(&wake_fd, fd);
}
