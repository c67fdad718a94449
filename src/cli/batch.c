/* SPDX-License-Identifier: MIT */
#include "cli/batch.h"

#include "base/mem.h"
#include "base/vec.h"
#include "cli/command.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OUTSTANDING 16   /* pages made but not yet taken */
#define REGIONS_MAX 64

enum news_kind { NEWS_SEGMENT, NEWS_DONE, NEWS_REGIONS };

struct news {
	struct mail mail;        /* first: a news is its mail */
	enum news_kind kind;
	struct shard_job *shard;
	struct segment *segment;
	struct listing_result result;
	char **regions;          /* NEWS_REGIONS */
	size_t region_count;
};

struct shard_job {
	struct pool_job job;     /* first: a shard is its job */
	struct batch *batch;
	struct session *session;
	char region[64];
};

struct batch {
	struct runtime *runtime;
	const struct batch_request *request;
	const struct batch_hooks *hooks;
	struct mailbox *box;
	struct cancel *cancel;
	size_t running;          /* jobs that have not said NEWS_DONE */
	struct {
		struct shard_job **items;
		size_t count, room;
	} shards;
	pthread_mutex_t lock;
	pthread_cond_t taken;
	size_t outstanding;      /* under lock */
	bool stopped;            /* under lock */
};

static void post(struct batch *b, struct news *news)
{
	mailbox_post(b->box, &news->mail);
}

/* Worker: waits while the printer is behind. */
static bool post_segment(void *data, struct segment *segment)
{
	struct shard_job *shard = data;
	struct batch *b = shard->batch;
	struct news *news;
	bool stopped;

	pthread_mutex_lock(&b->lock);
	while (b->outstanding >= OUTSTANDING && !b->stopped)
		pthread_cond_wait(&b->taken, &b->lock);
	b->outstanding++;
	stopped = b->stopped;
	pthread_mutex_unlock(&b->lock);
	news = xcalloc(1, sizeof(*news));
	news->kind = NEWS_SEGMENT;
	news->shard = shard;
	news->segment = segment;
	post(b, news);
	return !stopped;
}

static void run_shard(struct pool_job *job)
{
	struct shard_job *shard = (struct shard_job *)job;
	struct batch *b = shard->batch;
	const struct batch_request *r = b->request;
	struct news *news = xcalloc(1, sizeof(*news));
	struct listing listing = {
		.compiled = catalogue_compiled(b->runtime->catalogue,
			r->location->resource),
		.session = shard->session, .location = r->location,
		.region = shard->region[0] ? shard->region : NULL,
		.extra = r->extra, .extra_count = r->extra_count,
		.rows_max = r->rows_max, .cancel = b->cancel,
		.data = shard, .segment = post_segment,
	};

	listing_run(&listing, &news->result);
	news->kind = NEWS_DONE;
	news->shard = shard;
	post(b, news);
}

static void run_regions(struct pool_job *job)
{
	struct shard_job *shard = (struct shard_job *)job;
	struct batch *b = shard->batch;
	struct news *news = xcalloc(1, sizeof(*news));

	runtime_opted_regions(b->runtime, shard->session, b->cancel,
		&news->regions, &news->region_count, &news->result.err);
	news->kind = NEWS_REGIONS;
	news->shard = shard;
	post(b, news);
}

static void start(struct batch *b, struct session *session,
	const char *region, void (*run)(struct pool_job *job))
{
	struct shard_job *shard = xcalloc(1, sizeof(*shard));
	struct str name = STR_INIT;

	shard->job.run = run;
	shard->job.lane = POOL_LIST;
	shard->batch = b;
	shard->session = session;
	str_add(&name, region);
	memcpy(shard->region, name.p, name.len < sizeof(shard->region) ?
		name.len : sizeof(shard->region) - 1);
	str_clear(&name);
	*VEC_PUSH(&b->shards) = shard;
	b->running++;
	pool_send(b->runtime->pool, &shard->job);
}

static bool is_started(const struct batch *b, const struct session *session,
	const char *region)
{
	for (size_t i = 0; i < b->shards.count; i++)
		if (b->shards.items[i]->session == session &&
		    !strcmp(b->shards.items[i]->region, region))
			return true;
	return false;
}

static void start_all_regions(struct batch *b, struct session *session)
{
	const char *names[REGIONS_MAX];
	size_t count = runtime_first_regions(b->runtime, session, names,
		REGIONS_MAX);

	start(b, session, "", run_regions);
	for (size_t i = 0; i < count; i++)
		start(b, session, names[i], run_shard);
}

bool batch_no_region(struct error *err)
{
	return error_set(err, ERR_USAGE, "no region: give -r REGION, set "
		"AWS_REGION, or run `aws configure set region REGION`");
}

static bool start_shards(struct batch *b, struct error *err)
{
	struct runtime *rt = b->runtime;

	for (size_t s = 0; s < rt->session_count; s++) {
		struct session *session = rt->sessions[s];

		if (b->request->location->resource->global) {
			start(b, session, "", run_shard);
		} else if (rt->all_regions) {
			start_all_regions(b, session);
		} else if (!rt->region_count) {
			return batch_no_region(err);
		}
		for (size_t r = 0; r < rt->region_count &&
		     !b->request->location->resource->global; r++)
			start(b, session, rt->regions[r], run_shard);
	}
	return true;
}

static void stop(struct batch *b)
{
	pthread_mutex_lock(&b->lock);
	b->stopped = true;
	pthread_cond_broadcast(&b->taken);
	pthread_mutex_unlock(&b->lock);
	cancel_set(b->cancel);
}

static void take_segment(struct batch *b, struct news *news)
{
	bool stopped;

	pthread_mutex_lock(&b->lock);
	b->outstanding--;
	stopped = b->stopped;
	pthread_cond_broadcast(&b->taken);
	pthread_mutex_unlock(&b->lock);
	if (stopped)
		segment_unref(news->segment);
	else if (!b->hooks->segment(b->hooks->data, news->segment))
		stop(b);
}

static void take(struct batch *b, struct news *news)
{
	struct session *session = news->shard->session;

	switch (news->kind) {
	case NEWS_SEGMENT:
		take_segment(b, news);
		break;
	case NEWS_DONE:
		b->running--;
		/* One of "all" that is not enabled is not missing. */
		if (b->runtime->all_regions &&
		    news->result.err.kind == ERR_DISABLED)
			error_reset(&news->result.err);
		b->hooks->done(b->hooks->data, session, news->shard->region,
			&news->result);
		break;
	case NEWS_REGIONS:
		b->running--;
		if (news->result.err.kind != ERR_NONE)
			b->hooks->done(b->hooks->data, session,
				"opt-in regions", &news->result);
		for (size_t i = 0; i < news->region_count; i++) {
			if (!is_started(b, session, news->regions[i]))
				start(b, session, news->regions[i],
					run_shard);
			free(news->regions[i]);
		}
		free(news->regions);
		break;
	}
	free(news);
}

bool batch_run(struct runtime *rt, const struct batch_request *request,
	const struct batch_hooks *hooks, struct error *err)
{
	struct batch b = { .runtime = rt, .request = request,
		.hooks = hooks, .box = mailbox_new(),
		.cancel = cancel_new() };
	bool ok;

	pthread_mutex_init(&b.lock, NULL);
	pthread_cond_init(&b.taken, NULL);
	ok = start_shards(&b, err);
	while (b.running)
		take(&b, (struct news *)mailbox_wait(b.box));
	for (size_t i = 0; i < b.shards.count; i++)
		free(b.shards.items[i]);
	VEC_FREE(&b.shards);
	mailbox_free(b.box);
	cancel_unref(b.cancel);
	pthread_cond_destroy(&b.taken);
	pthread_mutex_destroy(&b.lock);
	return ok;
}

int batch_status(const struct error *err)
{
	switch (err->kind) {
	case ERR_NONE:
		return 0;
	case ERR_USAGE:
		return 2;
	case ERR_NEED_CONFIRM:
		return 3;
	case ERR_READ_ONLY:
		return 4;
	default:
		return 1;
	}
}

static const char *nearest_region(const char *region)
{
	const char *names[REGIONS_MAX];
	size_t count, n = 0;
	const struct region *list = region_list(&count);

	for (size_t i = 0; i < count && n < REGIONS_MAX; i++)
		names[n++] = list[i].name;
	return words_nearest(region, names, n);
}

void batch_complain(const char *region, const struct error *err)
{
	struct error named = *err;
	char line[ERROR_LINE];
	const char *near = NULL;

	error_line(err, line);
	snprintf(named.text, sizeof(named.text), "%.*s",
		(int)sizeof(named.text) - 1, line);

	if (*region && err->kind == ERR_NETWORK && !region_find(region))
		near = nearest_region(region);
	if (near)
		error_set(&named, err->kind, "%s — %s is not a region "
			"tucuxi knows, did you mean %s?", line, region, near);
	if (*region)
		error_prefix(&named, "%s", region);
	runtime_complain(&named);
}
