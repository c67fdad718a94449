/* SPDX-License-Identifier: MIT */
/* The door itself: its switches, its meter, waiting at it. */
#include "aws/request_private.h"

#include "base/clock.h"
#include "base/mem.h"

#include <stdlib.h>

struct door *door_new(const struct door_options *options,
	struct error *err)
{
	struct http_loop *loop = http_loop_new(err);
	struct door *door;

	if (!loop)
		return NULL;
	door = xcalloc(1, sizeof(*door));
	door->options = *options;
	door->loop = loop;
	door->quotas = map_new();
	door->limiter = limiter_new();
	atomic_init(&door->read_only, options->read_only);
	atomic_init(&door->skew, 0);
	pthread_mutex_init(&door->lock, NULL);
	return door;
}

static void free_quota(void *quota)
{
	retry_quota_free(quota);
}

void door_free(struct door *door)
{
	if (!door)
		return;
	http_loop_free(door->loop);
	map_free(door->quotas, free_quota);
	limiter_free(door->limiter);
	pthread_mutex_destroy(&door->lock);
	free(door);
}

struct retry_quota *door_quota(struct door *door, const char *key)
{
	struct retry_quota *quota;

	pthread_mutex_lock(&door->lock);
	quota = map_get(door->quotas, key);
	if (!quota) {
		quota = retry_quota_new();
		map_set(door->quotas, key, quota);
	}
	pthread_mutex_unlock(&door->lock);
	return quota;
}

void door_set_read_only(struct door *door, bool on)
{
	atomic_store(&door->read_only, on);
}

bool door_is_read_only(const struct door *door)
{
	return atomic_load(&door->read_only);
}

void door_set_journal(struct door *door, const struct door_journal *j)
{
	pthread_mutex_lock(&door->lock);
	door->journal = j ? *j : (struct door_journal){ 0 };
	pthread_mutex_unlock(&door->lock);
}

/* Under the lock. */
static struct door_second *this_second(struct door *door)
{
	int64_t second = clock_now() / 1000;
	struct door_second *s = &door->minute[second % MINUTE_SLOTS];

	if (s->second != second)
		*s = (struct door_second){ .second = second };
	return s;
}

void door_count(struct door *door, size_t bytes)
{
	pthread_mutex_lock(&door->lock);
	door->meter.calls++;
	door->meter.bytes_in += bytes;
	this_second(door)->calls++;
	pthread_mutex_unlock(&door->lock);
}

void door_note(struct door *door, enum door_event event)
{
	pthread_mutex_lock(&door->lock);
	switch (event) {
	case DOOR_RETRY:
		door->meter.retries++;
		break;
	case DOOR_THROTTLE:
		door->meter.throttles++;
		this_second(door)->throttles++;
		break;
	case DOOR_ERROR:
		door->meter.errors++;
		break;
	case DOOR_FAILED:
		this_second(door)->failed++;
		break;
	case DOOR_BILLED:
		door->meter.billed++;
		break;
	}
	pthread_mutex_unlock(&door->lock);
}

void door_read_meter(struct door *door, struct door_meter *meter)
{
	int64_t second = clock_now() / 1000;

	pthread_mutex_lock(&door->lock);
	*meter = door->meter;
	for (size_t i = 0; i < MINUTE_SLOTS; i++) {
		const struct door_second *s = &door->minute[i];

		if (s->second <= second - MINUTE_SLOTS)
			continue;
		meter->calls_last_minute += s->calls;
		meter->throttles_last_minute += s->throttles;
		meter->failed_last_minute += s->failed;
	}
	pthread_mutex_unlock(&door->lock);
	meter->skew = atomic_load(&door->skew);
}

/* False: cancelled. Meanwhile the worker's place is another's. */
bool door_sleep(struct door *door, int64_t deadline, struct cancel *cancel)
{
	return pool_sleep(door->options.pool, deadline, cancel);
}
