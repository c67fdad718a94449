/* SPDX-License-Identifier: MIT */
#include "fetch/split.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#define HELPERS_MOST 3

struct split;

struct helper {
	struct pool_job job;
	struct split *split;
};

struct split {
	void (*task)(void *data, size_t i);
	void *data;
	size_t count;
	atomic_size_t next;
	pthread_mutex_t lock;        /* all below */
	pthread_cond_t quiet;
	size_t active;               /* helpers at a task */
	bool closed;                 /* data is gone */
	size_t refs;
	struct helper helpers[HELPERS_MOST];
};

static void do_tasks(struct split *s)
{
	size_t i;

	while ((i = atomic_fetch_add(&s->next, 1)) < s->count)
		s->task(s->data, i);
}

/* Called with the lock held. */
static void release(struct split *s)
{
	bool last = --s->refs == 0;

	pthread_mutex_unlock(&s->lock);
	if (!last)
		return;
	pthread_cond_destroy(&s->quiet);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

static void help(struct pool_job *job)
{
	struct split *s = ((struct helper *)job)->split;

	pthread_mutex_lock(&s->lock);
	if (!s->closed) {
		s->active++;
		pthread_mutex_unlock(&s->lock);
		do_tasks(s);
		pthread_mutex_lock(&s->lock);
		if (--s->active == 0)
			pthread_cond_signal(&s->quiet);
	}
	release(s);
}

static size_t helpers_for(size_t count)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t helpers = cores > 1 ? (size_t)cores - 1 : 0;

	if (helpers > HELPERS_MOST)
		helpers = HELPERS_MOST;
	return helpers < count ? helpers : count - 1;
}

void split_run(struct pool *pool, size_t count,
	void (*task)(void *data, size_t i), void *data)
{
	size_t helpers = pool && count ? helpers_for(count) : 0;
	struct split *s;

	if (!helpers) {
		for (size_t i = 0; i < count; i++)
			task(data, i);
		return;
	}
	s = xcalloc(1, sizeof(*s));
	s->task = task;
	s->data = data;
	s->count = count;
	s->refs = helpers + 1;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->quiet, NULL);
	for (size_t i = 0; i < helpers; i++) {
		s->helpers[i].split = s;
		s->helpers[i].job.run = help;
		s->helpers[i].job.lane = POOL_LIST;
		pool_send(pool, &s->helpers[i].job);
	}
	do_tasks(s);
	pthread_mutex_lock(&s->lock);
	s->closed = true;
	while (s->active)
		pthread_cond_wait(&s->quiet, &s->lock);
	release(s);
}
