/* SPDX-License-Identifier: MIT */
/*
 * What a key costs in a big table: filters, sorts and refreshes of N
 * instances made in memory, through the fetch layer as the screen uses it.
 * Times are from the question to the new view; "owner" is the longest that
 * one fetch_dispatch() worked on the owner's thread.
 *
 * usage: bench_table [ROWS...]     (100000 1000000)
 */
#include "base/clock.h"
#include "base/mem.h"
#include "fetch/listing.h"
#include "fetch/table.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PAGE 1000

static struct {
	struct doc_names *names;
	size_t rows;
	unsigned generation;         /* changed between listings only */
} world;

struct bench {
	struct fetch *fetch;
	struct table *table;
	double longest;              /* dispatch, seconds */
};

static double read_clock(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double now(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

/* What this thread worked: here the makers of rows take all cores. */
static double worked(void)
{
	return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

static void leaf(struct doc_build *b, const char *name, const char *text)
{
	doc_build_leaf(b, name, strlen(name), DOC_STRING, text, strlen(text));
}

static void open_item(struct doc_build *b, const char *name)
{
	doc_build_open(b, name, strlen(name), DOC_OBJECT);
}

static void add_tag(struct doc_build *b, const char *key, const char *value)
{
	open_item(b, "item");
	leaf(b, "key", key);
	leaf(b, "value", value);
	doc_build_close(b);
}

/* Spread over the page in an order of its own, as ids and names are. */
static void add_instance(struct doc_build *b, size_t i)
{
	static const char *const roles[] = { "api", "web", "batch", "cache",
		"queue", "search", "mail" };
	uint64_t mixed = (uint64_t)i * 0x9e3779b97f4a7c15u;
	char text[64];

	open_item(b, "item");
	snprintf(text, sizeof(text), "i-%017llx",
		(unsigned long long)(mixed >> 4));
	leaf(b, "instanceId", text);
	leaf(b, "imageId", "ami-0123456789abcdef0");
	open_item(b, "instanceState");
	leaf(b, "code", "16");
	leaf(b, "name", i % 9 == world.generation % 9 ? "stopped" : "running");
	doc_build_close(b);
	leaf(b, "instanceType", i % 3 ? "m7i.large" : "c7g.2xlarge");
	leaf(b, "launchTime", i % 2 ? "2026-11-22T22:06:49.000Z" :
		"2026-10-02T12:00:00.000Z");
	open_item(b, "placement");
	leaf(b, "availabilityZone", i % 2 ? "us-east-1a" : "us-east-1b");
	doc_build_close(b);
	snprintf(text, sizeof(text), "10.%u.%u.%u", (unsigned)(i >> 16 & 255),
		(unsigned)(i >> 8 & 255), (unsigned)(i & 255));
	leaf(b, "privateIpAddress", text);
	leaf(b, "vpcId", "vpc-0123456789abcdef0");
	leaf(b, "subnetId", "subnet-0123456789abcdef0");
	open_item(b, "tagSet");
	add_tag(b, "env", "production");
	snprintf(text, sizeof(text), "prod-%s-%u", roles[mixed >> 32 & 7 ?
		(mixed >> 32 & 7) - 1 : 0], (unsigned)(mixed >> 40 & 0xffff));
	add_tag(b, "Name", text);
	doc_build_close(b);
	doc_build_close(b);
}

static struct doc *make_page(size_t first, size_t count)
{
	struct doc_build *b = doc_build_new(world.names);

	open_item(b, "DescribeInstancesResponse");
	open_item(b, "reservationSet");
	open_item(b, "item");
	leaf(b, "ownerId", "123456789012");
	open_item(b, "instancesSet");
	for (size_t i = 0; i < count; i++)
		add_instance(b, first + i);
	for (int i = 0; i < 4; i++)
		doc_build_close(b);
	return doc_build_seal(b);
}

/* On a worker. */
static bool list(const struct listing *l, struct listing_result *result)
{
	*result = (struct listing_result){ .err = ERROR_INIT };
	for (size_t i = 0; i < world.rows && !cancel_is_set(l->cancel);
	    i += PAGE) {
		size_t count = world.rows - i < PAGE ? world.rows - i : PAGE;
		struct segment *s = segment_new(l->compiled, NULL, l->location,
			l->region, make_page(i, count), clock_wall());

		segment_index(s);
		result->rows += count;
		l->segment(l->data, s);
	}
	return true;
}

static void settle(struct bench *b)
{
	while (!fetch_idle(b->fetch)) {
		struct pollfd p = { .fd = fetch_fd(b->fetch),
			.events = POLLIN };
		double start;

		poll(&p, 1, -1);
		start = worked();
		fetch_dispatch(b->fetch);
		if (worked() - start > b->longest)
			b->longest = worked() - start;
	}
}

static void ask(struct bench *b, const char *label, const char *filter,
	const char *sort)
{
	struct query q = { 0 };
	struct error err;
	double start;

	if (!query_parse_sort(&q, table_compiled(b->table), sort, &err))
		abort();
	if (*filter)
		q.filter = filter_compile(table_compiled(b->table), filter,
			&err);
	start = now();
	table_set_query(b->table, &q);
	settle(b);
	printf("  %-34s%9.1f ms%10zu rows\n", label, (now() - start) * 1e3,
		table_rows(b->table));
	query_clear(&q);
}

static void load(struct bench *b, const char *label)
{
	struct table_status status;
	double start = now();

	b->longest = 0;
	table_refresh(b->table);
	settle(b);
	table_status(b->table, &status);
	printf("  %-34s%9.1f ms%10.1f ms owner\n", label,
		(now() - start) * 1e3, b->longest * 1e3);
}

static void say_bytes(const char *label, size_t bytes, size_t rows)
{
	printf("  %-34s%9.1f bytes a row\n", label,
		(double)bytes / (double)rows);
}

static void bytes(struct bench *b)
{
	const struct table *t = b->table;

	say_bytes("held: documents, filter text", t->segment_bytes, t->rows);
	say_bytes("held: view", view_bytes(t->view), t->rows);
	say_bytes("held: identities", ids_bytes(&t->ids), t->rows);
	say_bytes("held: sort keys, hidden rows", t->work_bytes, t->rows);
}

static void run(struct bench *b, struct location *location)
{
	const char *region = "us-east-1";
	struct session *session = NULL;
	struct shards shards = { &session, 1, &region, 1 };
	struct query none = { 0 };

	printf("%zu rows\n", world.rows);
	b->table = table_open(b->fetch, location_ref(location), &shards);
	table_set_query(b->table, &none);
	load(b, "first load, as it comes");
	bytes(b);
	ask(b, "filter: first key, p", "p", "");
	ask(b, "filter: second key, pr", "pr", "");
	ask(b, "filter: prod-web", "prod-web", "");
	ask(b, "filter: prod-web-12", "prod-web-12", "");
	ask(b, "filter: backspace to prod-web", "prod-web", "");
	ask(b, "filter: none", "", "");
	ask(b, "filter: rare word from none", "prod-mail-4711", "");
	ask(b, "filter: none", "", "");
	ask(b, "filter: column state:stopped", "state:stopped", "");
	ask(b, "filter: /web-[0-9]7/", "/web-[0-9]7/", "");
	ask(b, "filter: none", "", "");
	ask(b, "sort: name, cold", "", "name");
	ask(b, "sort: none", "", "");
	ask(b, "sort: name, warm", "", "name");
	ask(b, "sort: -name", "", "-name");
	ask(b, "sort: up, cold", "", "up");
	ask(b, "sort: -up, warm", "", "-up");
	ask(b, "sort: type,name", "", "type,name");
	ask(b, "sort: name", "", "name");
	bytes(b);
	ask(b, "sorted, filter: p", "p", "name");
	ask(b, "sorted, filter: prod-web", "prod-web", "name");
	ask(b, "sorted, filter: none", "", "name");
	world.generation++;
	load(b, "refresh, sorted, 2/9 changed");
	bytes(b);
	table_close(b->table);
}

int main(int argc, char **argv)
{
	const char *const usual[] = { "100000", "1000000" };
	struct fetch_options options = { .list = list };
	struct bench b = { 0 };
	struct error err;
	struct location *location;
	int count = argc > 1 ? argc - 1 : 2;

	setvbuf(stdout, NULL, _IOLBF, 0);
	world.names = doc_names_new();
	options.catalogue = catalogue_open(world.names);
	options.pool = pool_new(8, 2);
	location = location_new(catalogue_find(options.catalogue, "instances",
		&err));
	for (int i = 0; i < count; i++) {
		long rows;

		if (!str_int(argc > 1 ? argv[i + 1] : usual[i], 1, 10000000,
		    &rows)) {
			fprintf(stderr, "usage: bench_table [ROWS...]\n");
			return 2;
		}
		world.rows = (size_t)rows;
		options.rows_max = world.rows;
		b.fetch = fetch_new(&options);
		run(&b, location);
		fetch_free(b.fetch);
	}
	location_unref(location);
	pool_free(options.pool);
	catalogue_close(options.catalogue);
	doc_names_free(world.names);
	return 0;
}
