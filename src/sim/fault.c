/* SPDX-License-Identifier: MIT */
#include "sim/fault.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "sim/server.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 1000000000L

enum argument {
	ARGUMENT_NONE, ARGUMENT_MS, ARGUMENT_SECONDS, ARGUMENT_NUMBER
};

static const struct {
	const char *name;
	enum argument argument;
	const char *help;
} kinds[FAULT_KINDS] = {
	[FAULT_THROTTLE] = { "throttle", ARGUMENT_NONE, "refused: too many requests" },
	[FAULT_500] = { "500", ARGUMENT_NONE, "an internal error of the service" },
	[FAULT_503] = { "503", ARGUMENT_NONE, "the service is unavailable" },
	[FAULT_CUT] = { "cut", ARGUMENT_NONE, "the connection closes in the middle of the reply's body" },
	[FAULT_SLOW] = { "slow", ARGUMENT_MS, "MS pass before each 16 KiB of the reply's body" },
	[FAULT_DROP] = { "drop", ARGUMENT_NONE, "the connection closes before any work is done" },
	[FAULT_DROP_AFTER] = { "drop-after", ARGUMENT_NONE, "the work is done, the connection closes without reply" },
	[FAULT_GARBAGE] = { "garbage", ARGUMENT_NONE, "200 with bytes that mean nothing" },
	[FAULT_HTML] = { "html", ARGUMENT_NONE, "502 with a page of HTML, as from a proxy" },
	[FAULT_EXPIRED] = { "expired", ARGUMENT_NONE, "the credentials have expired" },
	[FAULT_DENIED] = { "denied", ARGUMENT_NONE, "a policy does not allow it (denied/OPERATION)" },
	[FAULT_SKEW] = { "skew", ARGUMENT_SECONDS, "the server's clock is SECONDS ahead (behind if negative)" },
	[FAULT_DOWN] = { "down", ARGUMENT_NONE, "connected, but never an answer" },
	[FAULT_OPTIN] = { "optin", ARGUMENT_NONE, "the region is not enabled" },
	[FAULT_BADTOKEN] = { "badtoken", ARGUMENT_NONE, "the page token is refused" },
	[FAULT_RETRY_AFTER] = { "retry-after", ARGUMENT_MS, "refused as by throttle, with x-amz-retry-after: MS" },
	[FAULT_CAPACITY] = { "capacity", ARGUMENT_NONE, "AWS has no machine left to start an instance on" },
	[FAULT_LATE] = { "late", ARGUMENT_MS, "what is launched is not found for the first MS" },
	[FAULT_RATE] = { "rate", ARGUMENT_NUMBER, "more than N a second are refused as by throttle" },
	[FAULT_CLEAR] = { "clear", ARGUMENT_NONE, "no faults any more" },
};

struct fault {
	enum fault_kind kind;
	long argument;
	char *region;         /* NULL: all */
	char *operation;
	long count;           /* -1: until cleared */
	int64_t second;       /* of rate: which one, and how many in it */
	long used;
	long skip;            /* requests that it lets pass first */
};

struct faults {
	pthread_mutex_t lock;
	struct fault *items;
	size_t count, room;
};

static void fault_clear(struct fault *f)
{
	free(f->region);
	free(f->operation);
}

struct faults *faults_new(void)
{
	struct faults *f = xcalloc(1, sizeof(*f));

	pthread_mutex_init(&f->lock, NULL);
	return f;
}

static void remove_all(struct faults *f)
{
	for (size_t i = 0; i < f->count; i++)
		fault_clear(&f->items[i]);
	f->count = 0;
}

void faults_free(struct faults *f)
{
	remove_all(f);
	VEC_FREE(f);
	pthread_mutex_destroy(&f->lock);
	free(f);
}

static bool parse_kind(struct fault *f, const char *text, size_t len,
	struct error *err)
{
	for (int i = 0; i < FAULT_KINDS; i++) {
		if (strlen(kinds[i].name) == len &&
			!strncmp(kinds[i].name, text, len)) {
			f->kind = (enum fault_kind)i;
			return true;
		}
	}
	return error_set(err, ERR_USAGE, "There is no fault \"%.*s\".",
		(int)len, text);
}

static bool parse_argument(struct fault *f, const char *text,
	struct error *err)
{
	enum argument want = kinds[f->kind].argument;
	const char *name = kinds[f->kind].name;

	if (want == ARGUMENT_NONE)
		return !text || error_set(err, ERR_USAGE,
			"The fault \"%s\" takes no value.", name);
	if (text && *text == '-' && want == ARGUMENT_SECONDS &&
		str_int(text + 1, 0, MOST, &f->argument)) {
		f->argument = -f->argument;
		return true;
	}
	if (text && str_int(text, 0, MOST, &f->argument))
		return true;
	return error_set(err, ERR_USAGE, "The fault \"%s\" needs %s: %s=1000",
		name, want == ARGUMENT_MS ? "milliseconds" :
		want == ARGUMENT_NUMBER ? "a number" : "seconds", name);
}

/* KIND[=ARGUMENT][@REGION][/OPERATION][*COUNT][+SKIP]; cuts spec into
 * pieces. */
static bool parse(struct fault *f, char *spec, struct error *err)
{
	char *piece[5] = { NULL };      /* in the order of marks */
	static const char marks[] = "=@/*+";
	size_t kind = strcspn(spec, marks);
	char *at = spec + kind;

	f->count = -1;
	if (!parse_kind(f, spec, kind, err))
		return false;
	while (*at) {
		size_t which = (size_t)(strchr(marks, *at) - marks);

		*at++ = '\0';
		if (piece[which] || !*at || strchr(marks, *at))
			return error_set(err, ERR_USAGE, "A fault is written "
				"KIND[=ARGUMENT][@REGION][/OPERATION]"
				"[*COUNT][+SKIP].");
		piece[which] = at;
		at += strcspn(at, marks);
	}
	if (!parse_argument(f, piece[0], err))
		return false;
	if (piece[3] && !str_int(piece[3], 1, MOST, &f->count))
		return error_set(err, ERR_USAGE, "The count of a fault is a "
			"number from 1.");
	if (piece[4] && !str_int(piece[4], 1, MOST, &f->skip))
		return error_set(err, ERR_USAGE, "What a fault skips is a "
			"number from 1.");
	if (piece[1])
		f->region = xstrdup(piece[1]);
	if (piece[2])
		f->operation = xstrdup(piece[2]);
	return true;
}

bool faults_add(struct faults *f, const char *spec, struct error *err)
{
	struct fault fault = { 0 };
	char *copy = xstrdup(spec);
	bool ok = parse(&fault, copy, err);

	if (ok) {
		pthread_mutex_lock(&f->lock);
		if (fault.kind == FAULT_CLEAR) {
			remove_all(f);
			fault_clear(&fault);
		} else {
			*VEC_PUSH(f) = fault;
		}
		pthread_mutex_unlock(&f->lock);
	}
	free(copy);
	return ok;
}

/* Is this request one more than the second may have? */
static bool is_too_many(struct fault *fault)
{
	int64_t second = clock_wall() / 1000;

	if (fault->second != second)
		fault->used = 0;
	fault->second = second;
	return ++fault->used > fault->argument;
}

void faults_take(struct faults *f, const char *region, const char *operation,
	bool has_page, struct fault_set *out)
{
	*out = (struct fault_set){ 0 };
	pthread_mutex_lock(&f->lock);
	for (size_t i = 0; i < f->count; ) {
		struct fault *fault = &f->items[i];

		i++;
		if ((fault->region && !str_eq(fault->region, region)) ||
			(fault->operation &&
			!str_eq(fault->operation, operation)) ||
			(fault->kind == FAULT_BADTOKEN && !has_page) ||
			out->on[fault->kind])
			continue;
		if (fault->skip) {
			fault->skip--;
			continue;
		}
		if (fault->kind == FAULT_RATE && is_too_many(fault))
			out->on[FAULT_THROTTLE] = true;
		out->on[fault->kind] = true;
		out->argument[fault->kind] = fault->argument;
		if (fault->count < 0 || --fault->count > 0)
			continue;
		fault_clear(fault);
		i--;
		f->count--;
		memmove(fault, fault + 1, (f->count - i) * sizeof(*fault));
	}
	pthread_mutex_unlock(&f->lock);
}

bool sim_fault(struct sim *sim, const char *spec, struct error *err)
{
	return faults_add(sim->faults, spec, err);
}

static char help_text[2048];

static void write_help(void)
{
	static const char *const values[] = {
		"", "=MS", "=SECONDS", "=N"
	};
	size_t len = 0;

	for (int i = 0; i < FAULT_KINDS; i++) {
		char name[32];

		snprintf(name, sizeof(name), "%s%s", kinds[i].name,
			values[kinds[i].argument]);
		len += (size_t)snprintf(help_text + len,
			sizeof(help_text) - len, "  %-20s %s\n", name,
			kinds[i].help);
	}
}

const char *sim_fault_help(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, write_help);
	return help_text;
}
