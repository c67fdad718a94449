/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "table_fixture.h"

#include "base/clock.h"

#include <stdio.h>
#include <string.h>

static const struct thing page_a[] = {
	{ "t-1", "b", "running", "3", "2026-11-22T00:00:00Z" },
	{ "t-2", "d", "stopped", "1", "2026-11-22T00:00:00Z" }
};
static const struct thing page_b[] = {
	{ "t-3", "a", "running", "5", "2026-11-22T00:00:00Z" },
	{ "t-1", "twice", "running", "3", "2026-11-22T00:00:00Z" }
};
static struct pool *pool;
static struct fetch *f;
static struct session *sessions[] = { NULL };
static const char *regions[] = { "r1", "r2", "r3" };

static struct table *open_table(const struct resource *resource,
	size_t region_count)
{
	struct location *location = location_new(resource);
	struct shards shards = { sessions, 1, regions, region_count };

	return table_open(f, location, &shards);
}

static int set_up(void **state)
{
	struct fetch_options options = { .compile = things_compiled,
		.list = things_list };

	(void)state;
	pool = pool_new(4, 1);
	options.pool = pool;
	f = fetch_new(&options);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	world_open_gate();
	fetch_free(f);
	pool_free(pool);
	return 0;
}

static struct table_status status_of(const struct table *t)
{
	struct table_status status;

	table_status(t, &status);
	return status;
}

static struct shard shard_of(const struct table *t, size_t i)
{
	struct shard shard;

	assert_true(table_shard(t, i, &shard));
	return shard;
}

static struct query query_of(const struct table *t, const char *filter)
{
	struct query q = { 0 };
	struct error err;

	query_copy(&q, table_query(t));
	filter_unref(q.filter);
	q.filter = filter_compile(table_compiled(t), filter, &err);
	assert_non_null(q.filter);
	return q;
}

static void test_query(void **state)
{
	struct things_world world = { .pages = {
		{ "r1", page_a, 2 }, { "r1", page_b, 2 }
	}, .page_count = 2 };
	struct table *t;
	struct query q;

	(void)state;
	world_set(&world);
	t = open_table(things(), 1);
	settle(f);
	q = query_of(t, "running");
	table_set_query(t, &q);
	assert_true(status_of(t).view_pending);
	assert_string_equal(names_shown(t), "a b d");
	/* Typed on before the first answer came. */
	query_clear(&q);
	q = query_of(t, "running -5");
	table_set_query(t, &q);
	query_clear(&q);
	q = query_of(t, "running size:5");
	table_set_query(t, &q);
	settle(f);
	assert_false(status_of(t).view_pending);
	assert_string_equal(names_shown(t), "a");
	assert_int_equal(status_of(t).rows, 3);
	assert_true(table_lookup(t, row_identity(table_row(t, 0))).segment !=
		NULL);
	query_clear(&q);
	q = query_of(t, "");
	table_set_query(t, &q);
	settle(f);
	assert_string_equal(names_shown(t), "a b d");
	query_clear(&q);
	table_close(t);
}

/* A refresh of many rows does not hold two generations for long. */
static void test_memory(void **state)
{
	enum { PAGES = 40, ROWS = 500 };
	static struct thing rows[PAGES][ROWS];
	static char ids[PAGES][ROWS][12];
	struct things_world world = { .page_count = PAGES };
	struct table *t;
	size_t before;

	(void)state;
	for (size_t i = 0; i < PAGES; i++) {
		for (size_t j = 0; j < ROWS; j++) {
			snprintf(ids[i][j], sizeof(ids[i][j]), "t-%05zu",
				i * ROWS + j);
			rows[i][j] = (struct thing){ ids[i][j], ids[i][j],
				"running", "1", NULL };
		}
		world.pages[i].region = "r1";
		world.pages[i].rows = rows[i];
		world.pages[i].count = ROWS;
	}
	world_set(&world);
	t = open_table(things(), 1);
	settle(f);
	before = status_of(t).bytes;
	world.gate_page = PAGES;
	world_set(&world);
	table_refresh(t);
	while (shard_of(t, 0).pages < PAGES - 1)
		fetch_dispatch(f);
	assert_in_range(status_of(t).bytes, before / 2, before + before / 4);
	world_open_gate();
	settle(f);
	assert_int_equal(table_rows(t), PAGES * ROWS);
	for (size_t i = 0; i < PAGES * ROWS; i += 777) {
		uint64_t identity = row_identity(table_row(t, i));

		assert_int_equal(table_find(t, identity, 0), i);
		assert_int_equal(table_find(t, identity, SIZE_MAX), i);
		assert_int_equal(row_identity(table_lookup(t, identity)),
			identity);
	}
	table_close(t);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_query),
		TEST(test_memory)
	};
	int failed;

	clock_set_virtual(1700000000000);
	things_compiled(things());
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	things_clear();
	return failed;
}
