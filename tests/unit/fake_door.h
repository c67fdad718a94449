/* SPDX-License-Identifier: MIT */
/*
 * A door that answers from a script instead of the network. It is a part of
 * the test that includes it, so that it stands in for aws/request.c there and
 * nowhere else.
 */
#ifndef TESTS_FAKE_DOOR_H
#define TESTS_FAKE_DOOR_H

#include "aws/request.h"
#include "base/clock.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* One answer, in turn. kind not ERR_NONE: a failure of that kind. */
struct fake_answer {
	const char *asks;        /* "PUT latest/api/token" or "AssumeRole" */
	int status;              /* 0: 200 */
	const char *body;
	enum error_kind kind;
};

struct door {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	const struct fake_answer *answers;
	size_t count, next;      /* the last one is given for ever */
	bool shut;               /* calls wait here until it opens */
	bool waits;              /* one does */
	unsigned calls;
	char header[256];        /* of the last plain request: "name: value" */
	char url[256];
	char asked[512];         /* of the last call: "Path=value "… */
	char host[256], region[64], key[64];
};

static void fake_door_init(struct door *door,
	const struct fake_answer *answers, size_t count)
{
	*door = (struct door){ .answers = answers, .count = count };
	pthread_mutex_init(&door->mutex, NULL);
	clock_cond_init(&door->changed);
}

static void fake_door_clear(struct door *door)
{
	pthread_cond_destroy(&door->changed);
	pthread_mutex_destroy(&door->mutex);
}

static inline void fake_door_shut(struct door *door, bool shut)
{
	pthread_mutex_lock(&door->mutex);
	door->shut = shut;
	pthread_cond_broadcast(&door->changed);
	pthread_mutex_unlock(&door->mutex);
}

static inline bool fake_door_waits(struct door *door)
{
	bool waits;

	pthread_mutex_lock(&door->mutex);
	waits = door->waits;
	pthread_mutex_unlock(&door->mutex);
	return waits;
}

/* Locked. */
static const struct fake_answer *answer(struct door *door, const char *asked)
{
	const struct fake_answer *a;

	door->waits = door->shut;
	while (door->shut)
		clock_wait(&door->changed, &door->mutex, CLOCK_NEVER);
	door->calls++;
	if (!door->count)
		return NULL;
	a = &door->answers[door->next];
	if (door->next + 1 < door->count)
		door->next++;
	if (a->asks && !strstr(asked, a->asks))
		fprintf(stderr, "asked '%s', not '%s'\n", asked, a->asks);
	return a->asks && !strstr(asked, a->asks) ? NULL : a;
}

#include "fake_door_calls.h"

#endif
