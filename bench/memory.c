/* SPDX-License-Identifier: MIT */
/*
 * Memory of a table that is held: steady, and at the peak of a refresh,
 * filter text, a sort and a filter's index included.
 *
 * usage: bench_memory URL WIRE_BYTES [TARGET]     (WIRE_BYTES 0: per row)
 */
#include "aws/http.h"
#include "base/clock.h"
#include "cli/runtime.h"
#include "doc/reader.h"
#include "fetch/fetch.h"

#include <malloc.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Private bytes in use now: resident without what is shared with files. */
static size_t resident(void)
{
	FILE *f = fopen("/proc/self/statm", "r");
	char line[128] = "";
	char *end;
	size_t total, shared;

	if (!f || !fgets(line, sizeof(line), f))
		return 0;
	fclose(f);
	strtoul(line, &end, 10);
	total = strtoul(end, &end, 10);
	shared = strtoul(end, &end, 10);
	return (total - shared) * (size_t)sysconf(_SC_PAGESIZE);
}

static size_t settle(struct fetch *fetch)
{
	size_t peak = 0;

	while (!fetch_idle(fetch)) {
		struct pollfd p = { .fd = fetch_fd(fetch), .events = POLLIN };
		size_t now;

		poll(&p, 1, 5);
		fetch_dispatch(fetch);
		now = resident();
		peak = now > peak ? now : peak;
	}
	return peak;
}

static void print(const char *what, size_t bytes, size_t wire, size_t rows,
	const char *bar)
{
	if (wire)
		printf("%-34s%8.1f MiB   %.2fx the wire   (bar: %s)\n",
			what, (double)bytes / 1048576,
			(double)bytes / (double)wire, bar);
	else
		printf("%-34s%8.1f MiB   %.0f bytes a row   (bar: <= 300)\n",
			what, (double)bytes / 1048576,
			(double)bytes / (double)(rows ? rows : 1));
}

static void measure(struct runtime *rt, struct location *location,
	size_t wire, size_t base)
{
	struct fetch_options options = { .catalogue = rt->catalogue,
		.pool = rt->pool };
	const char *region = "us-east-1";
	struct shards shards = { rt->sessions, 1, &region, 1 };
	struct fetch *fetch = fetch_new(&options);
	struct table *t = table_open(fetch, location, &shards);
	struct query query = { 0 };
	struct error err = ERROR_INIT;
	size_t peak, steady, rows;

	query_parse_sort(&query, table_compiled(t), "name", &err);
	table_set_query(t, &query);
	peak = settle(fetch);
	query.filter = filter_compile(table_compiled(t), "7", &err);
	table_set_query(t, &query);
	settle(fetch);
	rows = table_rows(t);
	filter_unref(query.filter);
	query.filter = NULL;
	table_set_query(t, &query);
	settle(fetch);
	malloc_trim(0);
	steady = resident() - base;
	printf("%-34s%zu, of them with a 7: %zu\n", "rows held",
		table_rows(t), rows);
	print("first load, peak", peak - base, wire, table_rows(t), "none");
	print("steady", steady, wire, table_rows(t), "<= 0.6x");
	table_refresh(t);
	peak = settle(fetch);
	print("refresh, peak", peak - base, wire, table_rows(t), "<= 1.0x");
	table_close(t);
	fetch_free(fetch);
}

int main(int argc, char **argv)
{
	struct options options = { 0 };
	struct runtime rt;
	struct error err = ERROR_INIT;
	struct location *location;
	size_t base;

	if (argc < 3)
		return 2;
	http_global_init();
	reader_global_init();
	options.endpoint_url = argv[1];
	options.region = "us-east-1";
	if (!runtime_open(&rt, &options, NULL, &err)) {
		runtime_complain(&err);
		return 1;
	}
	location = runtime_locate(&rt, argc > 3 ? argv[3] : "instances",
		&err);
	base = resident();
	measure(&rt, location, strtoul(argv[2], NULL, 10), base);
	runtime_close(&rt);
	reader_global_clear();
	http_global_clear();
	return 0;
}
