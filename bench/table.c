/* SPDX-License-Identifier: MIT */
/*
 * What a key costs in a big table: filters, sorts and refreshes of N
 * instances made in memory, through the fetch layer as the screen uses it.
 * Times are from the question to the new view; "owner" is the longest that
 * one fetch_dispatch() worked on the owner's thread.
 *
 * usage: bench_table [ROWS...]     (100000 1000000)
 */
#include "world.h"

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
