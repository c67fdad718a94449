/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "table_fixture.h"

#include "base/clock.h"

#include <string.h>

static const struct thing rows[] = {
	{ "t-1", "a", "running", "3", NULL },
	{ "t-2", "b", "stopped", "1", NULL }
};

static struct pool *pool;
static struct fetch *f;
static struct things_world world;

static struct table *open_table(const struct resource *resource,
	const char *region)
{
	struct session *sessions[] = { NULL };
	struct location *location = location_new(resource);
	struct shards shards = { sessions, 1, &region, 1 };

	return table_open(f, location, &shards);
}

static void set_up(size_t bytes)
{
	struct fetch_options options = { .compile = things_compiled,
		.list = things_list, .cache_bytes = bytes };

	world = (struct things_world){ .pages = { { "r1", rows, 2 },
		{ "r2", rows, 2 }, { "r3", rows, 2 } }, .page_count = 3 };
	world_set(&world);
	pool = pool_new(4, 1);
	options.pool = pool;
	f = fetch_new(&options);
}

static void tear_down(void)
{
	world_open_gate();
	fetch_free(f);
	pool_free(pool);
}

static void test_reopen(void **state)
{
	struct table *t;

	(void)state;
	set_up(0);
	t = open_table(things(), "r1");
	settle(f);
	table_close(t);
	t = open_table(things(), "r1");
	assert_int_equal(table_rows(t), 2);
	assert_true(table_take_changed(t));
	settle(f);
	assert_int_equal(world_lists(), 1);
	/* Open twice: two tables, each with a query of its own. */
	assert_ptr_not_equal(open_table(things(), "r1"), t);
	open_table(things(), "r2");
	open_table(things_all(), "r1");
	settle(f);
	assert_int_equal(world_lists(), 4);
	tear_down();
}

/* What was changed meanwhile is read again when it is opened again. */
static void test_outdated(void **state)
{
	struct table *t, *other;

	(void)state;
	set_up(0);
	t = open_table(things(), "r1");
	other = open_table(things(), "r2");
	settle(f);
	table_close(t);
	fetch_outdate(f, things_all());
	t = open_table(things(), "r1");
	settle(f);
	assert_int_equal(world_lists(), 2);
	table_close(t);
	fetch_outdate(f, things());
	assert_int_equal(world_lists(), 2);
	t = open_table(things(), "r1");
	assert_int_equal(table_rows(t), 2);
	settle(f);
	assert_int_equal(world_lists(), 3);
	table_close(other);
	other = open_table(things(), "r2");
	settle(f);
	assert_int_equal(world_lists(), 3);
	tear_down();
}

static void test_interrupted(void **state)
{
	struct table_status status;
	struct table *t;

	(void)state;
	set_up(0);
	world.gate_page = 1;
	world_set(&world);
	t = open_table(things(), "r1");
	table_close(t);
	/* The cancelled job is still out when it is opened again. */
	t = open_table(things(), "r1");
	world_open_gate();
	settle(f);
	table_status(t, &status);
	assert_true(status.complete);
	assert_int_equal(table_rows(t), 2);
	tear_down();
}

static size_t bytes_of_one(void)
{
	struct table_status status;

	set_up(0);
	{
		struct table *t = open_table(things(), "r1");

		settle(f);
		table_status(t, &status);
	}
	tear_down();
	return status.bytes;
}

static void test_least_recent_goes(void **state)
{
	size_t bytes = bytes_of_one();
	struct table *a, *b;

	(void)state;
	set_up(bytes * 5 / 2);
	a = open_table(things(), "r1");
	b = open_table(things(), "r2");
	settle(f);
	table_close(a);
	table_close(b);
	a = open_table(things(), "r1");
	table_close(a);                  /* now b is the older one */
	open_table(things(), "r3");
	settle(f);
	assert_int_equal(world_lists(), 3);
	open_table(things(), "r1");
	settle(f);
	assert_int_equal(world_lists(), 3);
	open_table(things(), "r2");
	settle(f);
	assert_int_equal(world_lists(), 4);
	tear_down();
}

/* Too big for the cache: stays while it is open. */
static void test_open_stays(void **state)
{
	struct table *t;

	(void)state;
	set_up(1);
	t = open_table(things(), "r1");
	settle(f);
	assert_int_equal(table_rows(t), 2);
	table_close(t);
	t = open_table(things(), "r1");
	assert_int_equal(table_rows(t), 0);
	settle(f);
	assert_int_equal(world_lists(), 2);
	assert_int_equal(table_rows(t), 2);
	tear_down();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reopen),
		cmocka_unit_test(test_outdated),
		cmocka_unit_test(test_interrupted),
		cmocka_unit_test(test_least_recent_goes),
		cmocka_unit_test(test_open_stays)
	};
	int failed;

	clock_set_virtual(1700000000000);
	things_compiled(things());
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	things_clear();
	return failed;
}
