/* SPDX-License-Identifier: MIT */
/* One build of a table's view at a time; the next starts when it ends. */
#include "base/clock.h"
#include "base/mem.h"
#include "fetch/table_parts.h"

#include <stdlib.h>
#include <string.h>

struct view_job {
	struct post post;            /* first */
	struct pool_job job;
	struct mailbox *box;
	uint64_t query_serial;
	struct build build;
};

static void receive(struct post *post)
{
	struct view_job *job = (struct view_job *)post;
	struct table *t = post->table;
	struct build *b = &job->build;

	t->building = NULL;
	t->work = b->work;
	t->work_bytes = t->work->bytes;
	if (!t->open) {
		work_free(t->work);
		t->work = NULL;
		t->work_bytes = 0;
	}
	if (b->result && job->query_serial == t->query_serial &&
	    !t->fetch->ending) {
		view_replace(&t->view, b->result);
		t->moves.view = NULL;
		t->view_serial = job->query_serial;
		t->changed = true;
	} else {
		view_drop(b->result, t->view);
	}
	build_clear(b);
	post_done(t);
	free(job);
}

/* On a worker. */
static void run(struct pool_job *pool_job)
{
	struct view_job *job = (struct view_job *)((char *)pool_job -
		offsetof(struct view_job, job));

	build_run(&job->build);
	mailbox_post(job->box, &job->post.mail);
}

static void add_sources(const struct table *t, struct build *b,
	const struct slot_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		uint32_t n = list->items[i];
		const struct slot *slot = &t->slots[n];
		struct source *source = &b->sources[n];
		size_t words = bit_words(slot->segment->count);

		source->segment = segment_ref(slot->segment);
		source->live = slot->live;
		source->rank = (uint32_t)b->order_count;
		source->shard = slot->part;
		source->leaving = slot->leaving;
		if (slot->dead) {
			source->dead = xreallocarray(NULL, words,
				sizeof(*source->dead));
			memcpy(source->dead, slot->dead,
				words * sizeof(*source->dead));
		}
		b->order[b->order_count++] = n;
	}
}

static void take_snapshot(const struct table *t, struct build *b)
{
	b->source_count = t->slot_count;
	b->sources = xcalloc(t->slot_count + 1, sizeof(*b->sources));
	b->order = xcalloc(t->slot_count + 1, sizeof(*b->order));
	for (size_t i = 0; i < t->part_count; i++) {
		const struct part *p = &t->parts[i];

		if (!rows_held_back(t, p))
			add_sources(t, b, &p->now);
		add_sources(t, b, &p->old);
		add_sources(t, b, &p->leaving);
	}
}

bool view_needed(const struct table *t)
{
	if (!t->open || t->building)
		return false;
	if (!t->view)
		return t->rows > 0;
	return t->view->stamp != t->stamp ||
		t->view_serial != t->query_serial ||
		(joins_seen(t) && t->view->joins_stamp != t->joins_stamp);
}

void view_update(struct table *t)
{
	struct view_job *job;
	struct build *b;

	if (!view_needed(t))
		return;
	job = xcalloc(1, sizeof(*job));
	job->post.table = t;
	job->post.receive = receive;
	job->job.run = run;
	/* A person waits for the next key to show; it takes milliseconds. */
	job->job.lane = POOL_ACTION;
	job->box = t->fetch->box;
	job->query_serial = t->query_serial;
	b = &job->build;
	b->compiled = t->compiled;
	b->pool = t->fetch->options.pool;
	query_copy(&b->query, &t->query);
	take_snapshot(t, b);
	b->stamp = t->stamp;
	b->joins = joins_seen(t);
	b->joins_stamp = t->joins_stamp;
	b->joined = b->joins ? joined_ref(t->joined) : NULL;
	b->wall = clock_wall();
	b->base = t->view;
	b->work = t->work ? t->work : work_new();
	t->work = NULL;
	t->building = job;
	post_send(t, &job->post, &job->job);
}

void view_abandon(struct table *t)
{
	if (t->building)
		atomic_store(&t->building->build.stop, true);
}
