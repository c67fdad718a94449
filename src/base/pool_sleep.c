/* SPDX-License-Identifier: MIT */
/* A worker that waits for its moment, or to be told to stop. */
#include "base/pool.h"

#include "base/clock.h"

#include <pthread.h>

struct sleeper {
	pthread_mutex_t lock;
	pthread_cond_t cond;
};

static void wake_sleeper(void *data)
{
	struct sleeper *s = data;

	pthread_mutex_lock(&s->lock);
	pthread_cond_broadcast(&s->cond);
	pthread_mutex_unlock(&s->lock);
}

static void sleep_until(struct sleeper *s, int64_t deadline,
	struct cancel *cancel)
{
	pthread_mutex_lock(&s->lock);
	while (clock_now() < deadline && !cancel_is_set(cancel))
		clock_wait(&s->cond, &s->lock, deadline);
	pthread_mutex_unlock(&s->lock);
}

bool pool_sleep(struct pool *pool, int64_t deadline, struct cancel *cancel)
{
	struct sleeper s;

	if (clock_now() >= deadline)
		return !cancel_is_set(cancel);
	pthread_mutex_init(&s.lock, NULL);
	clock_cond_init(&s.cond);
	if (cancel)
		cancel_hook(cancel, wake_sleeper, &s);
	if (pool)
		pool_pause_begin(pool);
	sleep_until(&s, deadline, cancel);
	if (pool)
		pool_pause_end(pool);
	if (cancel)
		cancel_unhook(cancel, wake_sleeper, &s);
	pthread_cond_destroy(&s.cond);
	pthread_mutex_destroy(&s.lock);
	return !cancel_is_set(cancel);
}
