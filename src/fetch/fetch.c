/* SPDX-License-Identifier: MIT */
#include "fetch/fetch.h"

#include "base/clock.h"
#include "base/mem.h"
#include "fetch/listing.h"
#include "fetch/table_parts.h"

#include <stdlib.h>

#define ROWS_MAX 1000000
#define CACHE_BYTES ((size_t)512 << 20)

/* What one dispatch takes in before keys are looked at again. */
#define DISPATCH_ROWS 4000

/* How long changes are marked unless somebody says otherwise. */
#define MARK_MS 5000

struct fetch *fetch_new(const struct fetch_options *options)
{
	struct fetch *f = xcalloc(1, sizeof(*f));

	f->options = *options;
	f->mark_ms = MARK_MS;
	if (!f->options.rows_max)
		f->options.rows_max = ROWS_MAX;
	if (!f->options.cache_bytes)
		f->options.cache_bytes = CACHE_BYTES;
	if (!f->options.list)
		f->options.list = listing_run;
	f->box = mailbox_new();
	return f;
}

void post_send(struct table *t, struct post *post, struct pool_job *job)
{
	post->table = t;
	t->jobs++;
	t->fetch->jobs++;
	pool_send(t->fetch->options.pool, job);
}

void post_done(struct table *t)
{
	t->jobs--;
	t->fetch->jobs--;
}

void fetch_free(struct fetch *f)
{
	struct table *t;

	if (!f)
		return;
	f->ending = true;
	for (t = f->tables; t; t = t->next)
		table_cancel(t);
	while (f->jobs) {
		struct post *post = (struct post *)mailbox_wait(f->box);

		post->receive(post);
	}
	while ((t = f->tables)) {
		f->tables = t->next;
		table_free(t);
	}
	changes_clear(&f->changes);
	mailbox_free(f->box);
	free(f);
}

int fetch_fd(const struct fetch *f)
{
	return mailbox_fd(f->box);
}

/* What is left in the box keeps its descriptor readable. */
void fetch_dispatch(struct fetch *f)
{
	struct post *post;
	bool any = false;

	f->budget = DISPATCH_ROWS;
	while (f->budget && (post = (struct post *)mailbox_take(f->box))) {
		post->receive(post);
		any = true;
	}
	for (struct table *t = f->tables; t; t = t->next) {
		if (!t->open)
			continue;
		marks_tick(t);
		joins_tick(t);
		view_update(t);
	}
	if (any)
		cache_trim(f);
}

int64_t fetch_due(const struct fetch *f)
{
	int64_t due = CLOCK_NEVER;

	for (const struct table *t = f->tables; t; t = t->next) {
		int64_t marks = marks_due(t);

		if (!t->open)
			continue;
		if (marks < due)
			due = marks;
		if (t->want_due < due)
			due = t->want_due;
		if (t->scan.count)
			return clock_now();
	}
	return due;
}

bool fetch_idle(const struct fetch *f)
{
	if (f->jobs)
		return false;
	for (const struct table *t = f->tables; t; t = t->next)
		if (t->open && (view_needed(t) || joins_busy(t)))
			return false;
	return true;
}
