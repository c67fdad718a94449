/* SPDX-License-Identifier: MIT */
/* One job per shard: a listing from its first page to its last. */
#include "base/clock.h"
#include "base/mem.h"
#include "fetch/listing.h"
#include "fetch/table_parts.h"

#include <stdlib.h>
#include <string.h>

struct shard_job {
	struct post post;            /* first: the end */
	struct pool_job job;
	struct mailbox *box;
	uint32_t part;
	struct cancel *cancel;
	bool (*list)(const struct listing *listing,
		struct listing_result *result);
	struct listing listing;
	struct listing_result result;
};

struct page_post {
	struct post post;            /* first */
	uint32_t part;
	struct segment *segment;
};

static void cap(struct table *t)
{
	for (size_t i = 0; i < t->part_count; i++) {
		struct part *p = &t->parts[i];

		if (!p->cancel || cancel_is_set(p->cancel))
			continue;
		p->shown.capped = true;
		cancel_set(p->cancel);
	}
}

static void receive_page(struct post *post)
{
	struct page_post *page = (struct page_post *)post;
	struct table *t = post->table;
	struct part *p = &t->parts[page->part];
	size_t rows = page->segment->count;

	if (t->fetch->ending || p->shown.capped) {
		segment_unref(page->segment);
		goto out;
	}
	if (!p->begun)
		p->begun = page->segment->fetched;
	p->shown.pages++;
	if (!rows_add(t, page->part, page->segment))
		cap(t);
	joins_note_slot(t, p->now.items[p->now.count - 1]);
	t->fetch->budget -= rows < t->fetch->budget ? rows :
		t->fetch->budget;
out:
	free(page);
}

/* On the worker. Says "go on" even when cancelled: the listing looks itself,
 * and tells a listing that was cut from one that was complete. */
static bool hand_over(void *data, struct segment *segment)
{
	struct shard_job *job = data;
	struct page_post *page = xcalloc(1, sizeof(*page));

	page->post.table = job->post.table;
	page->post.receive = receive_page;
	page->part = job->part;
	page->segment = segment;
	mailbox_post(job->box, &page->post.mail);
	return true;
}

/* On a worker. */
static void run(struct pool_job *pool_job)
{
	struct shard_job *job = (struct shard_job *)((char *)pool_job -
		offsetof(struct shard_job, job));

	job->list(&job->listing, &job->result);
	mailbox_post(job->box, &job->post.mail);
}

static enum shard_state state_after(const struct error *err)
{
	switch (err->kind) {
	case ERR_NONE:
		return SHARD_DONE;
	case ERR_DENIED:
		return SHARD_DENIED;
	case ERR_DISABLED:
		return SHARD_OFF;
	default:
		return SHARD_FAILED;
	}
}

static void end_part(struct table *t, struct part *p,
	const struct listing_result *result)
{
	bool ok;

	p->shown.capped |= result->capped;
	p->shown.err = result->err;
	if (p->shown.capped && result->err.kind == ERR_CANCELLED)
		error_reset(&p->shown.err);
	p->shown.state = state_after(&p->shown.err);
	ok = p->shown.state == SHARD_DONE;
	rows_end(t, p, ok);
	if (ok) {
		p->complete = true;
		p->shown.stale = false;
		p->shown.fetched = p->begun ? p->begun : clock_wall();
	} else {
		p->shown.stale = p->complete;
		if (!p->shown.fetched && p->shown.rows)
			p->shown.fetched = p->begun;
	}
}

static void receive_end(struct post *post)
{
	struct shard_job *job = (struct shard_job *)post;
	struct table *t = post->table;
	struct part *p = &t->parts[job->part];

	cancel_unref(p->cancel);
	p->cancel = NULL;
	if (!t->fetch->ending) {
		end_part(t, p, &job->result);
		if (p->again && t->open) {
			p->again = false;
			part_start(t, job->part);
		}
	}
	post_done(t);
	free(job);
}

void part_start(struct table *t, uint32_t part)
{
	struct part *p = &t->parts[part];
	struct shard_job *job;

	if (p->cancel) {
		if (cancel_is_set(p->cancel))
			p->again = true;
		return;
	}
	rows_begin(t, p);
	p->cancel = cancel_new();
	p->shown.state = SHARD_LOADING;
	p->shown.pages = 0;
	p->shown.capped = false;
	error_reset(&p->shown.err);
	t->changed = true;

	job = xcalloc(1, sizeof(*job));
	job->post.table = t;
	job->post.receive = receive_end;
	job->job.run = run;
	job->job.lane = POOL_LIST;
	job->box = t->fetch->box;
	job->part = part;
	job->cancel = p->cancel;
	job->list = t->fetch->options.list;
	job->listing = (struct listing){
		.compiled = t->compiled, .session = p->session,
		.location = t->location, .region = p->region,
		.rows_max = t->fetch->options.rows_max, .index = true,
		.cancel = p->cancel, .data = job, .segment = hand_over
	};
	post_send(t, &job->post, &job->job);
}

void part_cancel(struct part *p)
{
	p->again = false;
	if (p->cancel)
		cancel_set(p->cancel);
}

/* Rows know where they come from; there are few shards. */
size_t part_of_row(const struct table *t, struct row row)
{
	for (size_t i = 0; i < t->part_count; i++)
		if (t->parts[i].session == row.segment->session &&
		    strcmp(t->parts[i].shown.region, row.segment->region) == 0)
			return i;
	return 0;
}
