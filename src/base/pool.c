/* SPDX-License-Identifier: MIT */
/*
 * Whoever makes a place free or sends a job hands the next job straight to a
 * worker: nobody wakes up to find nothing. Places are counted by lane class,
 * so that other lanes never fill those reserved for actions.
 */
#include "base/pool.h"

#include "base/mem.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

/* Sleepers beyond which a pause gives no place away: threads are not free. */
#define PAUSED_MOST 256

struct worker {
	struct pool *pool;
	pthread_t thread;
	pthread_cond_t wake;
	struct pool_job *job;        /* handed over, not yet begun */
	bool is_action;              /* which class it runs now */
	bool gave_place;             /* it pauses, another runs instead */
	struct worker *next_idle;
	struct worker *next;         /* of all */
};

struct pool {
	pthread_mutex_t lock;        /* all below */
	struct {
		struct pool_job *first, **last;
	} lanes[POOL_LANES];
	struct worker *idle, *all;
	size_t width, reserved;
	size_t running, running_others;   /* without those that pause */
	size_t paused;
	size_t busy;
	bool ending;
};

static _Thread_local struct worker *self;

struct pool *pool_new(size_t width, size_t reserved)
{
	struct pool *pool = xcalloc(1, sizeof(*pool));

	pthread_mutex_init(&pool->lock, NULL);
	for (int i = 0; i < POOL_LANES; i++)
		pool->lanes[i].last = &pool->lanes[i].first;
	pool->width = width ? width : 1;
	pool->reserved = reserved;
	return pool;
}

static void occupy(struct pool *pool, bool is_action)
{
	pool->running++;
	if (!is_action)
		pool->running_others++;
}

static void vacate(struct pool *pool, bool is_action)
{
	pool->running--;
	if (!is_action)
		pool->running_others--;
}

/* The next job that may run now; its place is taken. */
static struct pool_job *take_job(struct pool *pool)
{
	if (pool->running >= pool->width + pool->reserved)
		return NULL;
	for (int i = 0; i < POOL_LANES; i++) {
		struct pool_job *job = pool->lanes[i].first;

		if (!job)
			continue;
		if (i != POOL_ACTION && pool->running_others >= pool->width)
			return NULL;
		pool->lanes[i].first = job->next;
		if (!job->next)
			pool->lanes[i].last = &pool->lanes[i].first;
		job->next = NULL;
		occupy(pool, i == POOL_ACTION);
		return job;
	}
	return NULL;
}

static void put_back(struct pool *pool, struct pool_job *job)
{
	enum pool_lane lane = job->lane;

	job->next = pool->lanes[lane].first;
	if (!job->next)
		pool->lanes[lane].last = &job->next;
	pool->lanes[lane].first = job;
	vacate(pool, lane == POOL_ACTION);
}

/* Called and left with the lock held. */
static void run_job(struct pool *pool, struct pool_job *job)
{
	bool is_action = job->lane == POOL_ACTION;

	self->is_action = is_action;
	pthread_mutex_unlock(&pool->lock);
	job->run(job);               /* the job is no longer ours */
	pthread_mutex_lock(&pool->lock);
	vacate(pool, is_action);
	pool->busy--;
}

static void *work(void *arg)
{
	struct worker *w = arg;
	struct pool *pool = w->pool;
	struct pool_job *job;

	self = w;
	pthread_mutex_lock(&pool->lock);
	for (;;) {
		job = w->job;
		w->job = NULL;
		if (!job)
			job = take_job(pool);
		if (job) {
			run_job(pool, job);
			continue;
		}
		if (pool->ending)
			break;
		w->next_idle = pool->idle;
		pool->idle = w;
		while (!w->job && !pool->ending)
			pthread_cond_wait(&w->wake, &pool->lock);
	}
	pthread_mutex_unlock(&pool->lock);
	return NULL;
}

/* Signals are for the thread that polls for them: workers block all. */
static bool start_worker(struct pool *pool, struct pool_job *job)
{
	struct worker *w = xcalloc(1, sizeof(*w));
	sigset_t all, before;
	int failed;

	w->pool = pool;
	w->job = job;
	pthread_cond_init(&w->wake, NULL);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&w->thread, NULL, work, w);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed) {
		pthread_cond_destroy(&w->wake);
		free(w);
		return false;
	}
	w->next = pool->all;
	pool->all = w;
	return true;
}

/* Hands out jobs while there are places. */
static void dispatch(struct pool *pool)
{
	struct pool_job *job;

	while ((job = take_job(pool))) {
		struct worker *w = pool->idle;

		if (w) {
			pool->idle = w->next_idle;
			w->job = job;
			pthread_cond_signal(&w->wake);
		} else if (!start_worker(pool, job)) {
			/* Those there are take it up. With none at all the
			 * program could only hang. */
			if (!pool->all)
				abort();
			put_back(pool, job);
			return;
		}
	}
}

void pool_send(struct pool *pool, struct pool_job *job)
{
	job->next = NULL;
	pthread_mutex_lock(&pool->lock);
	*pool->lanes[job->lane].last = job;
	pool->lanes[job->lane].last = &job->next;
	pool->busy++;
	dispatch(pool);
	pthread_mutex_unlock(&pool->lock);
}

size_t pool_busy(struct pool *pool)
{
	size_t busy;

	pthread_mutex_lock(&pool->lock);
	busy = pool->busy;
	pthread_mutex_unlock(&pool->lock);
	return busy;
}

void pool_pause_begin(struct pool *pool)
{
	if (!self)
		return;
	pthread_mutex_lock(&pool->lock);
	if (pool->paused < PAUSED_MOST) {
		pool->paused++;
		self->gave_place = true;
		vacate(pool, self->is_action);
		dispatch(pool);
	}
	pthread_mutex_unlock(&pool->lock);
}

/* For a while there may be more than width: better than to sleep again. */
void pool_pause_end(struct pool *pool)
{
	if (!self)
		return;
	pthread_mutex_lock(&pool->lock);
	if (self->gave_place) {
		pool->paused--;
		self->gave_place = false;
		occupy(pool, self->is_action);
	}
	pthread_mutex_unlock(&pool->lock);
}

void pool_free(struct pool *pool)
{
	struct worker *w;

	if (!pool)
		return;
	pthread_mutex_lock(&pool->lock);
	pool->ending = true;
	for (w = pool->idle; w; w = w->next_idle)
		pthread_cond_signal(&w->wake);
	pool->idle = NULL;
	/* Jobs may send jobs, so workers may still come. */
	while ((w = pool->all)) {
		pool->all = w->next;
		pthread_mutex_unlock(&pool->lock);
		pthread_join(w->thread, NULL);
		pthread_cond_destroy(&w->wake);
		free(w);
		pthread_mutex_lock(&pool->lock);
	}
	pthread_mutex_unlock(&pool->lock);
	pthread_mutex_destroy(&pool->lock);
	free(pool);
}
