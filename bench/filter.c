/* SPDX-License-Identifier: MIT */
/*
 * What a filter costs beside programs that search lines. Makes N instances
 * in memory, writes them to FILE as `ls -o tsv` prints them, then answers
 * each line of standard input, a filter, as the screen would: with the
 * milliseconds to the new view, and its rows.
 *
 * usage: bench_filter ROWS FILE
 */
#include "world.h"

#include "cli/columns.h"

#include <fcntl.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void settle(struct fetch *fetch)
{
	while (!fetch_idle(fetch)) {
		struct pollfd p = { .fd = fetch_fd(fetch), .events = POLLIN };

		poll(&p, 1, -1);
		fetch_dispatch(fetch);
	}
}

static bool write_rows(struct table *table, const char *file,
	struct error *err)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	struct columns columns;
	struct writer writer;
	bool ok = columns_init(&columns, table_compiled(table), OUTPUT_TSV,
		NULL, false, false, err) && writer_init(&writer, fd,
		OUTPUT_TSV, columns.out, columns.count, err);

	for (size_t i = 0; ok && i < table_rows(table); i++) {
		columns_fill(&columns, table_row(table, i), clock_wall(),
			NULL, NULL);
		ok = writer_row(&writer, columns.cells);
		if (i % PAGE == 0)
			writer_page(&writer);
	}
	ok = ok && writer_end(&writer, err);
	columns_clear(&columns);
	close(fd);
	return ok;
}

static void answer(struct fetch *fetch, struct table *table,
	const char *filter)
{
	struct query q = { 0 };
	struct error err = ERROR_INIT;
	double start = now();

	q.filter = filter_compile(table_compiled(table), filter, &err);
	if (!q.filter) {
		fprintf(stderr, "%s\n", err.text);
		exit(2);
	}
	table_set_query(table, &q);
	settle(fetch);
	printf("%.3f %zu\n", now() - start, table_rows(table));
	query_clear(&q);
}

static bool run(struct fetch *fetch, struct location *location,
	const char *file, struct error *err)
{
	const char *region = "us-east-1";
	struct session *session = NULL;
	struct shards shards = { &session, 1, &region, 1 };
	struct query none = { 0 };
	struct table *table = table_open(fetch, location, &shards);
	char line[256];
	bool ok;

	table_set_query(table, &none);
	table_refresh(table);
	settle(fetch);
	ok = write_rows(table, file, err);
	if (ok)
		printf("ready %zu\n", table_rows(table));
	while (ok && fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		answer(fetch, table, line);
	}
	table_close(table);
	return ok;
}

int main(int argc, char **argv)
{
	struct fetch_options options = { .list = list };
	struct location *location;
	struct error err = ERROR_INIT;
	long rows;
	bool ok;

	if (argc != 3 || !str_int(argv[1], 1, 10000000, &rows)) {
		fprintf(stderr, "usage: bench_filter ROWS FILE\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	world.names = doc_names_new();
	world.rows = (size_t)rows;
	options.catalogue = catalogue_open(world.names);
	options.pool = pool_new(8, 2);
	options.rows_max = world.rows;
	location = location_new(catalogue_find(options.catalogue, "instances",
		&err));
	struct fetch *fetch = fetch_new(&options);

	ok = run(fetch, location_ref(location), argv[2], &err);
	if (!ok)
		fprintf(stderr, "%s\n", err.text);
	fetch_free(fetch);
	location_unref(location);
	pool_free(options.pool);
	catalogue_close(options.catalogue);
	doc_names_free(world.names);
	return ok ? 0 : 1;
}
