/* SPDX-License-Identifier: MIT */
/*
 * Keys are collected into batches, one call each; a few calls are out at a
 * time. What a batch brings replaces the answers of before; a batch that
 * fails leaves them.
 */
#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"
#include "fetch/listing.h"
#include "fetch/table_parts.h"

#include <stdlib.h>
#include <string.h>

#define JOBS_MOST 8

struct batch {
	struct batch *next;
	uint32_t part;
	size_t join;
	unsigned generation;
	struct str texts;            /* the keys, a NUL after each */
	uint64_t *items;             /* their hashes */
	size_t count, room;
	bool all;                    /* no keys: whatever there is */
	uint32_t serial;
};

struct join_job {
	struct post post;            /* first */
	struct pool_job job;
	struct mailbox *box;
	bool (*list)(const struct listing *listing,
		struct listing_result *result);
	struct batch *batch;
	struct cancel *cancel;
	struct argument *arguments;
	struct listing listing;
	struct listing_result result;
	struct {
		struct segment **items;
		size_t count, room;
	} segments;
};

static void batch_free(struct batch *b)
{
	str_clear(&b->texts);
	VEC_FREE(b);
	free(b);
}

static size_t index_of(const struct table *t, uint32_t part, size_t join)
{
	return part * t->compiled->join_count + join;
}

static struct answers *own_answers(struct table *t, const struct batch *b)
{
	t->joined = joined_own(t->joined);
	return joined_at(t->joined, b->part, b->join);
}

static void enqueue(struct table *t, struct batch **filling)
{
	struct batch *b = *filling;

	*filling = NULL;
	*t->last_batch = b;
	t->last_batch = &b->next;
}

void batch_add(struct table *t, uint32_t part, size_t join, const char *key,
	size_t len)
{
	const struct join *how = t->compiled->joins[join].join;
	struct batch **filling = &t->filling[index_of(t, part, join)];
	struct batch *b = *filling;
	uint64_t hash = key ? segment_join_key(key, len) : KEY_ALL;
	struct answer *a;

	if (!b) {
		b = *filling = xcalloc(1, sizeof(*b));
		b->part = part;
		b->join = join;
		b->generation = t->parts[part].generation;
		b->serial = ++t->batch_serial;
		str_init(&b->texts, 0);
	}
	a = answers_add(own_answers(t, b), hash);
	a->asked = true;
	if (a->state == ANSWER_NONE)
		a->state = ANSWER_PENDING;
	*VEC_PUSH(b) = hash;
	b->all = !key;
	str_addn(&b->texts, key ? key : "", len);
	str_addc(&b->texts, '\0');
	if (b->all || b->count >= (how->batch ? how->batch : 1))
		enqueue(t, filling);
}

void batch_flush(struct table *t, bool all)
{
	size_t joins = t->compiled->join_count;

	for (size_t i = 0; i < t->part_count * joins; i++)
		if (t->filling[i] && (all || t->parts[i / joins].shown.state !=
		    SHARD_LOADING))
			enqueue(t, &t->filling[i]);
}

/* As if they had never been asked for. */
static void forget(struct table *t, const struct batch *b)
{
	struct answers *answers = own_answers(t, b);

	for (size_t i = 0; i < b->count; i++) {
		struct answer *a = answers_add(answers, b->items[i]);

		a->asked = false;
		if (a->state == ANSWER_PENDING)
			a->state = ANSWER_NONE;
	}
}

void batch_drop(struct table *t)
{
	struct batch *b;

	batch_flush(t, true);
	while ((b = t->batches)) {
		t->batches = b->next;
		forget(t, b);
		batch_free(b);
	}
	t->last_batch = &t->batches;
}

static void set_answer(struct answer *a, const struct batch *b,
	struct segment *segment, uint32_t row)
{
	segment_unref(a->segment);
	*a = (struct answer){
		.segment = segment ? segment_ref(segment) : NULL, .row = row,
		.state = segment ? ANSWER_ROW : ANSWER_ABSENT,
		.at = clock_now(), .generation = b->generation,
		.batch = b->serial
	};
}

/* What was asked for; of several rows with one key the first. */
static void set_row(struct answers *answers, const struct batch *b,
	struct segment *segment, uint32_t row)
{
	uint64_t key = segment->identities[row];
	const struct answer *there = answers_get(answers, key);

	if (b->all ? there && there->batch == b->serial :
	    !there || !there->asked)
		return;
	set_answer(answers_add(answers, key), b, segment, row);
}

/* Keys that no row came for. */
static void set_absent(struct answers *answers, const struct batch *b)
{
	for (size_t i = 0; i < b->count; i++) {
		struct answer *a = answers_add(answers, b->items[i]);

		if (a->asked)
			set_answer(a, b, NULL, 0);
	}
	if (!b->all)
		return;
	for (size_t i = 0; i < answers->count; i++)
		if (answers->items[i].batch != b->serial)
			set_answer(&answers->items[i], b, NULL, 0);
	answers->others = ANSWER_ABSENT;
}

static void set_refused(struct table *t, const struct batch *b,
	const struct error *err)
{
	struct answers *answers = own_answers(t, b);
	struct error **kept = &t->join_errors[index_of(t, b->part, b->join)];

	for (size_t i = 0; i < b->count; i++) {
		struct answer *a = answers_add(answers, b->items[i]);

		a->asked = false;
		a->at = clock_now();
		a->generation = b->generation;
		if (a->state != ANSWER_ROW && a->state != ANSWER_ABSENT)
			a->state = ANSWER_REFUSED;
	}
	answers->denied = err->kind == ERR_DENIED;
	if (answers->denied || (b->all && answers->others == ANSWER_NONE))
		answers->others = ANSWER_REFUSED;
	if (!*kept)
		*kept = xmalloc(sizeof(**kept));
	**kept = *err;
}

static void take_rows(struct table *t, struct join_job *job)
{
	struct answers *answers = own_answers(t, job->batch);
	struct error **kept = &t->join_errors[index_of(t, job->batch->part,
		job->batch->join)];

	for (size_t i = 0; i < job->segments.count; i++) {
		struct segment *s = job->segments.items[i];

		for (uint32_t row = 0; s->identities && row < s->count; row++)
			set_row(answers, job->batch, s, row);
	}
	set_absent(answers, job->batch);
	free(*kept);
	*kept = NULL;
}

static void receive(struct post *post)
{
	struct join_job *job = (struct join_job *)post;
	struct table *t = post->table;

	t->join_jobs--;
	if (job->result.err.kind == ERR_NONE)
		take_rows(t, job);
	else if (job->result.err.kind == ERR_CANCELLED)
		forget(t, job->batch);
	else
		set_refused(t, job->batch, &job->result.err);
	t->joins_stamp++;
	t->changed = true;
	for (size_t i = 0; i < job->segments.count; i++)
		segment_unref(job->segments.items[i]);
	VEC_FREE(&job->segments);
	cancel_unref(job->cancel);
	batch_free(job->batch);
	free(job->arguments);
	post_done(t);
	free(job);
}

/* On the worker. */
static bool keep(void *data, struct segment *segment)
{
	struct join_job *job = data;

	*VEC_PUSH(&job->segments) = segment;
	return true;
}

/* On a worker. */
static void run(struct pool_job *pool_job)
{
	struct join_job *job = (struct join_job *)((char *)pool_job -
		offsetof(struct join_job, job));

	job->list(&job->listing, &job->result);
	mailbox_post(job->box, &job->post.mail);
}

/* The keys as arguments, the last [] of the parameter counting them. */
static struct argument *make_arguments(const struct batch *b,
	const char *parameter)
{
	struct argument *arguments = xcalloc(b->count + 1,
		sizeof(*arguments));
	const char *open = strchr(parameter, '[');
	bool nested = open && strchr(open + 1, '[');
	const char *key = b->texts.p;

	for (size_t i = 0; i < b->count; i++) {
		arguments[i].path = parameter;
		arguments[i].value = key;
		arguments[i].index[nested] = (unsigned)i;
		key += strlen(key) + 1;
	}
	return arguments;
}

static void send(struct table *t, struct batch *b)
{
	struct part *p = &t->parts[b->part];
	const struct compiled_join *join = &t->compiled->joins[b->join];
	struct join_job *job = xcalloc(1, sizeof(*job));

	job->post.receive = receive;
	job->job.run = run;
	job->job.lane = POOL_JOIN;
	job->box = t->fetch->box;
	job->list = t->fetch->options.list;
	job->batch = b;
	job->cancel = cancel_ref(t->join_cancel);
	if (!b->all)
		job->arguments = make_arguments(b, join->join->ids);
	job->listing = (struct listing){
		.compiled = t->compiled, .session = p->session,
		.location = t->location, .region = p->region,
		.extra = job->arguments,
		.extra_count = b->all ? 0 : b->count, .join = join,
		.cancel = job->cancel, .data = job, .segment = keep
	};
	t->join_jobs++;
	post_send(t, &job->post, &job->job);
}

void batch_send(struct table *t)
{
	while (t->batches && t->join_jobs < JOBS_MOST) {
		struct batch *b = t->batches;

		t->batches = b->next;
		if (!t->batches)
			t->last_batch = &t->batches;
		b->next = NULL;
		send(t, b);
	}
}
