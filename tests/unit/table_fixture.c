/* SPDX-License-Identifier: MIT */
#include "table_fixture.h"

#include "base/mem.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const struct column columns[] = {
	[THING_NAME] = { .name = "name", .title = "Name", .path = "name",
		.format = FORMAT_NATURAL, .w132 = 20 },
	[THING_ID] = { .name = "thing_id", .title = "Id", .path = "id",
		.w132 = 20 },
	[THING_STATE] = { .name = "state", .title = "State",
		.path = "state", .format = FORMAT_STATE, .w132 = 10 },
	[THING_SIZE] = { .name = "size", .title = "Size", .path = "size",
		.format = FORMAT_NUMBER, .w132 = 10 },
	[THING_MADE] = { .name = "age", .title = "Age", .path = "made",
		.format = FORMAT_AGE, .w132 = 5 },
	[THING_NOTE] = { .name = "note", .title = "Note", .path = "made",
		.format = FORMAT_TEXT },
	[THING_CHECK] = { .name = "check", .title = "Check",
		.path = "verdict", .join = "checks", .w132 = 6 },
	[THING_OWNER] = { .name = "owner", .title = "Owner",
		.path = "verdict", .join = "owners", .w132 = 6 },
	[THING_COST] = { .name = "cost", .title = "Cost",
		.path = "verdict", .join = "bills", .billed = true },
	{ 0 }
};

static const struct operation list_things = { .name = "ListThings",
	.effect = EFFECT_READ };
static const struct operation check_things = { .name = "CheckThings",
	.effect = EFFECT_READ };

#define CHECKS { .name = "checks", .operation = &check_things, \
	.rows = "check", .key = "id", .here = "id", .ids = "Ids[]", \
	.batch = 3, .scope = JOIN_VISIBLE }
#define OWNERS(how) { .name = "owners", .operation = &check_things, \
	.rows = "check", .key = "id", .here = "id|name", .ids = "Ids[]", \
	.batch = 4, .scope = how, .refresh = 60 }
#define BILLS { .name = "bills", .operation = &check_things, \
	.rows = "check", .key = "id", .here = "id", .ids = "Ids[]", \
	.batch = 9, .scope = JOIN_VISIBLE }

static const struct join joins[] = {
	CHECKS, OWNERS(JOIN_VISIBLE), BILLS, { 0 }
};
static const struct join joins_all[] = {
	CHECKS, OWNERS(JOIN_ALL), BILLS, { 0 }
};
static const struct row_kind row_kinds[] = { { .path = "thing" }, { 0 } };

static bool is_hidden(const struct cell *cell)
{
	uint32_t node = doc_get(cell->doc, cell->node,
		doc_find_name(cell->doc, "state", 5));

	return node != DOC_NONE &&
		strcmp(doc_text(cell->doc, node, NULL), "terminated") == 0;
}

static const struct resource resources[] = {
	{ .name = "things", .title = "Things", .one = "thing",
	  .list = &list_things, .rows = row_kinds, .identity = { "id" },
	  .columns = columns, .joins = joins, .sort = "name",
	  .hidden = is_hidden },
	{ .name = "things-all", .title = "Things", .one = "thing",
	  .list = &list_things, .rows = row_kinds, .identity = { "id" },
	  .columns = columns, .joins = joins_all, .sort = "name" },
	{ .name = "things-bare", .title = "Things", .one = "thing",
	  .list = &list_things, .rows = row_kinds, .id = "id",
	  .columns = columns, .joins = joins }
};

const struct resource *things(void)
{
	return &resources[0];
}

const struct resource *things_all(void)
{
	return &resources[1];
}

const struct resource *things_bare(void)
{
	return &resources[2];
}

static struct doc_names *names;
static struct compiled *compiled[3];

static void compile_all(void)
{
	struct error err;

	names = doc_names_new();
	for (size_t i = 0; i < 3; i++) {
		compiled[i] = compiled_new(&resources[i], names, &err);
		if (!compiled[i])
			abort();
	}
	doc_names_freeze(names);
}

const struct compiled *things_compiled(const struct resource *resource)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, compile_all);
	return compiled[resource - resources];
}

void things_clear(void)
{
	for (size_t i = 0; i < 3; i++)
		compiled_free(compiled[i]);
	if (names)
		doc_names_free(names);
}

static void add_leaf(struct doc_build *b, const char *name, const char *text)
{
	if (text)
		doc_build_leaf(b, name, strlen(name), DOC_STRING, text,
			strlen(text));
}

static struct doc *make_doc(const struct thing *things_in, size_t count)
{
	struct doc_build *b = doc_build_new(names);

	doc_build_open(b, "reply", 5, DOC_OBJECT);
	for (size_t i = 0; i < count; i++) {
		const struct thing *thing = &things_in[i];

		doc_build_open(b, "thing", 5, DOC_OBJECT);
		add_leaf(b, "id", thing->id);
		add_leaf(b, "name", thing->name);
		add_leaf(b, "state", thing->state);
		add_leaf(b, "size", thing->size);
		add_leaf(b, "made", thing->made);
		doc_build_close(b);
	}
	doc_build_close(b);
	return doc_build_seal(b);
}

struct segment *things_segment(const struct resource *resource,
	const char *region, const struct thing *things_in, size_t count)
{
	const struct compiled *c = things_compiled(resource);
	struct location *location = location_new(resource);
	struct segment *s = segment_new(c, NULL, location, region,
		make_doc(things_in, count), 1000);

	segment_index(s);
	location_unref(location);
	return s;
}

static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct things_world world;
	unsigned lists, joins, keys;
} server = { .lock = PTHREAD_MUTEX_INITIALIZER,
	.changed = PTHREAD_COND_INITIALIZER };

void world_set(const struct things_world *world)
{
	pthread_mutex_lock(&server.lock);
	server.world = *world;
	server.lists = server.joins = server.keys = 0;
	pthread_mutex_unlock(&server.lock);
}

void world_open_gate(void)
{
	pthread_mutex_lock(&server.lock);
	server.world.gate_page = 0;
	pthread_cond_broadcast(&server.changed);
	pthread_mutex_unlock(&server.lock);
}

static unsigned read_count(const unsigned *count)
{
	unsigned n;

	pthread_mutex_lock(&server.lock);
	n = *count;
	pthread_mutex_unlock(&server.lock);
	return n;
}

unsigned world_lists(void)
{
	return read_count(&server.lists);
}

unsigned world_joins(void)
{
	return read_count(&server.joins);
}

unsigned world_keys(void)
{
	return read_count(&server.keys);
}

static bool serve_join(const struct listing *l, struct listing_result *result)
{
	struct doc_build *b = doc_build_new(names);
	struct things_world world;

	pthread_mutex_lock(&server.lock);
	server.joins++;
	server.keys += (unsigned)l->extra_count;
	world = server.world;
	pthread_mutex_unlock(&server.lock);
	doc_build_open(b, "reply", 5, DOC_OBJECT);
	for (size_t i = 0; world.check && i < l->extra_count; i++) {
		doc_build_open(b, "check", 5, DOC_OBJECT);
		add_leaf(b, "id", l->extra[i].value);
		add_leaf(b, "verdict", world.check);
		doc_build_close(b);
	}
	doc_build_close(b);
	if (world.join_failure) {
		doc_unref(doc_build_seal(b));
		return error_set(&result->err, world.join_failure,
			"joins fail today");
	}
	return l->segment(l->data, segment_new_join(l->compiled, l->join,
		l->session, l->location, l->region, doc_build_seal(b), 1000));
}

/* Cancellation is looked at as a request would be: while it waits. */
static void wait_at_gate(size_t page, struct cancel *cancel)
{
	pthread_mutex_lock(&server.lock);
	while (server.world.gate_page == page && !cancel_is_set(cancel)) {
		struct timespec soon;

		clock_gettime(CLOCK_REALTIME, &soon);
		soon.tv_nsec += 2000000;
		if (soon.tv_nsec >= 1000000000) {
			soon.tv_sec++;
			soon.tv_nsec -= 1000000000;
		}
		pthread_cond_timedwait(&server.changed, &server.lock, &soon);
	}
	pthread_mutex_unlock(&server.lock);
}

bool things_list(const struct listing *l, struct listing_result *result)
{
	struct things_world world;
	size_t served = 0;

	if (l->join)
		return serve_join(l, result);
	pthread_mutex_lock(&server.lock);
	server.lists++;
	world = server.world;
	pthread_mutex_unlock(&server.lock);
	for (size_t i = 0; i < world.page_count; i++) {
		if (strcmp(world.pages[i].region, l->region) != 0)
			continue;
		wait_at_gate(++served, l->cancel);
		if (cancel_is_set(l->cancel))
			return error_set(&result->err, ERR_CANCELLED,
				"stopped");
		result->pages++;
		if (!l->segment(l->data, things_segment(l->compiled->resource,
		    l->region, world.pages[i].rows, world.pages[i].count)))
			return error_set(&result->err, ERR_CANCELLED,
				"stopped");
	}
	if (!world.failing_region ||
	    strcmp(world.failing_region, l->region) != 0)
		return true;
	result->err = world.failure;
	return false;
}

static void wait_for_news(struct fetch *f)
{
	struct pollfd fd = { fetch_fd(f), POLLIN, 0 };

	if (poll(&fd, 1, 20000) <= 0)
		abort();
}

void settle(struct fetch *f)
{
	for (;;) {
		fetch_dispatch(f);
		if (fetch_idle(f))
			return;
		if (fetch_due(f) > 0)
			wait_for_news(f);
	}
}

void settle_rows(struct fetch *f, struct table *t, size_t rows)
{
	struct table_status status;

	for (;;) {
		fetch_dispatch(f);
		table_status(t, &status);
		if (status.rows >= rows && table_rows(t) >= rows)
			return;
		wait_for_news(f);
	}
}

const char *names_shown(const struct table *t)
{
	static char out[4096];
	size_t at = 0;

	out[0] = '\0';
	for (size_t i = 0; i < table_rows(t); i++) {
		size_t len;
		const char *name = row_text(table_row(t, i),
			table_compiled(t)->columns[THING_NAME].path, &len);

		if (at + len + 2 > sizeof(out))
			abort();
		if (at)
			out[at++] = ' ';
		memcpy(out + at, name, len);
		at += len;
		out[at] = '\0';
	}
	return out;
}
