/* SPDX-License-Identifier: MIT */
/*
 * The SDKs' adaptive mode (AWS SDKs and Tools Reference Guide, "Retry
 * behavior"): a token bucket that opens with the first throttle; its rate
 * falls to 0.7 of what was measured and climbs back on a cubic curve, never
 * beyond twice the measured rate.
 */
#include "aws/retry.h"

#include "base/clock.h"
#include "base/map.h"
#include "base/mem.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#define LEAST_RATE 0.5
#define BETA 0.7
#define SCALE 0.4
#define SMOOTH 0.8

struct bucket {
	bool on;
	double tokens, fill_rate, capacity;
	int64_t filled;              /* when tokens was right, ms */
	double measured;             /* requests a second, smoothed */
	int64_t half;                /* the half second being counted */
	unsigned count;
	double rate_max, window;     /* of the cubic curve */
	int64_t throttled;           /* when last, ms */
};

struct limiter {
	pthread_mutex_t lock;
	struct map *buckets;
};

struct limiter *limiter_new(void)
{
	struct limiter *l = xcalloc(1, sizeof(*l));

	pthread_mutex_init(&l->lock, NULL);
	l->buckets = map_new();
	return l;
}

void limiter_free(struct limiter *l)
{
	if (!l)
		return;
	map_free(l->buckets, free);
	pthread_mutex_destroy(&l->lock);
	free(l);
}

static struct bucket *bucket_of(struct limiter *l, const char *key)
{
	struct bucket *b = map_get(l->buckets, key);

	if (b)
		return b;
	b = xcalloc(1, sizeof(*b));
	b->half = clock_now() / 500;
	map_set(l->buckets, key, b);
	return b;
}

static void refill(struct bucket *b, int64_t now)
{
	b->tokens += (double)(now - b->filled) / 1000 * b->fill_rate;
	if (b->tokens > b->capacity)
		b->tokens = b->capacity;
	b->filled = now;
}

static void set_rate(struct bucket *b, double rate, int64_t now)
{
	refill(b, now);
	b->fill_rate = rate > LEAST_RATE ? rate : LEAST_RATE;
	b->capacity = b->fill_rate > 1 ? b->fill_rate : 1;
	if (b->tokens > b->capacity)
		b->tokens = b->capacity;
}

int64_t limiter_book(struct limiter *l, const char *key)
{
	int64_t now = clock_now(), when = now;
	struct bucket *b;

	pthread_mutex_lock(&l->lock);
	b = bucket_of(l, key);
	if (b->on) {
		refill(b, now);
		b->tokens -= 1;
		if (b->tokens < 0)
			when = now + (int64_t)ceil(-b->tokens /
				b->fill_rate * 1000);
	}
	pthread_mutex_unlock(&l->lock);
	return when;
}

/* Replies in half seconds, smoothed. */
static void measure(struct bucket *b, int64_t now)
{
	int64_t half = now / 500;

	b->count++;
	if (half <= b->half)
		return;
	b->measured = b->count / ((double)(half - b->half) / 2) * SMOOTH +
		b->measured * (1 - SMOOTH);
	b->count = 0;
	b->half = half;
}

static double after_throttle(struct bucket *b, int64_t now)
{
	double rate = b->measured;

	/* A burst that has not been measured yet is still a rate. */
	if (rate < 2.0 * b->count)
		rate = b->measured = 2.0 * b->count;
	if (b->on && b->fill_rate < rate)
		rate = b->fill_rate;
	b->rate_max = rate;
	b->window = cbrt(rate * (1 - BETA) / SCALE);
	b->throttled = now;
	if (!b->on) {
		b->on = true;
		b->filled = now;
	}
	return rate * BETA;
}

static double after_success(const struct bucket *b, int64_t now)
{
	double since = (double)(now - b->throttled) / 1000 - b->window;

	return SCALE * since * since * since + b->rate_max;
}

void limiter_report(struct limiter *l, const char *key, bool throttled)
{
	int64_t now = clock_now();
	struct bucket *b;
	double rate;

	pthread_mutex_lock(&l->lock);
	b = bucket_of(l, key);
	measure(b, now);
	if (throttled || b->on) {
		rate = throttled ? after_throttle(b, now) :
			after_success(b, now);
		if (rate > 2 * b->measured)
			rate = 2 * b->measured;
		set_rate(b, rate, now);
	}
	pthread_mutex_unlock(&l->lock);
}
