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
	{ "t-2", "b", "stopped", "1", NULL },
	{ "t-3", "c", "running", "5", NULL },
	{ "t-4", "d", "running", "5", NULL },
	{ "t-5", "e", "running", "5", NULL }
};

static struct pool *pool;
static struct fetch *f;
static struct table *t;
static struct things_world world;

static struct table *open_table(const struct resource *resource)
{
	struct session *sessions[] = { NULL };
	const char *regions[] = { "r1", "r2" };
	struct location *location = location_new(resource);
	struct shards shards = { sessions, 1, regions, 2 };

	return table_open(f, location, &shards);
}

static int set_up(void **state)
{
	struct fetch_options options = { .compile = things_compiled,
		.list = things_list };

	(void)state;
	world = (struct things_world){ .pages = { { "r1", rows, 5 } },
		.page_count = 1, .check = "ok" };
	world_set(&world);
	pool = pool_new(4, 1);
	options.pool = pool;
	f = fetch_new(&options);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	fetch_free(f);
	pool_free(pool);
	return 0;
}

static void expect_cell(size_t row, enum thing_column column,
	const char *text)
{
	struct str out = STR_INIT;

	table_cell(t, table_row(t, row), &table_compiled(t)->columns[column],
		NULL, &out);
	if (strcmp(out.p, text) != 0)
		fail_msg("row %zu: \"%s\" instead of \"%s\"", row, out.p,
			text);
	str_clear(&out);
}

static void still(void)
{
	clock_advance(100);
	settle(f);
}

static void test_visible(void **state)
{
	(void)state;
	t = open_table(things());
	settle(f);
	expect_cell(0, THING_CHECK, "\342\200\246");
	assert_true(fetch_due(f) == CLOCK_NEVER);
	table_want(t, 0, 2);
	assert_true(fetch_due(f) == clock_now() + 100);
	clock_advance(20);
	table_want(t, 0, 2);             /* drawn again: no later for it */
	assert_true(fetch_due(f) == clock_now() + 80);
	table_want(t, 1, 4);             /* scrolled: later */
	assert_true(fetch_due(f) == clock_now() + 100);
	clock_advance(99);
	settle(f);
	assert_int_equal(world_joins(), 0);
	clock_advance(1);
	settle(f);
	/* Four rows: two calls of "checks" (3 a call), one of "owners";
	 * nothing of "bills", which cost money. */
	assert_int_equal(world_joins(), 3);
	assert_int_equal(world_keys(), 8);
	expect_cell(0, THING_CHECK, "\342\200\246");
	expect_cell(1, THING_CHECK, "ok");
	expect_cell(4, THING_OWNER, "ok");
	expect_cell(4, THING_COST, "");
	assert_true(table_take_changed(t));
	/* All of it is known. */
	table_want(t, 1, 4);
	assert_true(fetch_due(f) == CLOCK_NEVER);
	table_want(t, 0, 3);
	still();
	assert_int_equal(world_joins(), 5);
	assert_int_equal(world_keys(), 10);
	table_close(t);
}

static void test_refreshed(void **state)
{
	(void)state;
	t = open_table(things());
	settle(f);
	table_want(t, 0, 2);
	still();
	world.check = "bad";
	world_set(&world);
	table_refresh(t);
	settle(f);
	expect_cell(0, THING_CHECK, "ok");
	table_want(t, 0, 2);
	still();
	/* "checks" come with the list, "owners" every minute. */
	expect_cell(0, THING_CHECK, "bad");
	expect_cell(0, THING_OWNER, "ok");
	clock_advance(60000);
	table_want(t, 0, 2);
	still();
	expect_cell(0, THING_OWNER, "bad");
	table_close(t);
}

static void test_absent(void **state)
{
	(void)state;
	world.check = NULL;
	world_set(&world);
	t = open_table(things());
	settle(f);
	table_want(t, 0, 5);
	still();
	expect_cell(0, THING_CHECK, "");
	table_want(t, 0, 5);
	assert_true(fetch_due(f) == CLOCK_NEVER);
	table_close(t);
}

static void test_refused(void **state)
{
	(void)state;
	world.join_failure = ERR_SERVER;
	world_set(&world);
	t = open_table(things());
	settle(f);
	table_want(t, 0, 1);
	still();
	expect_cell(0, THING_CHECK, "?");
	assert_int_equal(table_join_error(t, table_row(t, 0), 0)->kind,
		ERR_SERVER);
	/* Asked again with the next list. */
	world.join_failure = ERR_NONE;
	world_set(&world);
	table_refresh(t);
	settle(f);
	table_want(t, 0, 1);
	still();
	expect_cell(0, THING_CHECK, "ok");
	assert_null(table_join_error(t, table_row(t, 0), 0));
	/* A failure later leaves what is there; denied is for good. */
	world.join_failure = ERR_DENIED;
	world_set(&world);
	table_refresh(t);
	settle(f);
	table_want(t, 0, 5);
	still();
	expect_cell(0, THING_CHECK, "ok");
	expect_cell(1, THING_CHECK, "?");
	world_set(&world);
	table_refresh(t);
	settle(f);
	table_want(t, 0, 4);
	still();
	assert_int_equal(world_joins(), 0);
	table_close(t);
}

static void test_all(void **state)
{
	struct query q = { 0 };
	struct error err;

	(void)state;
	t = open_table(things_all());
	settle(f);
	assert_int_equal(world_joins(), 2);
	assert_int_equal(world_keys(), 5);
	expect_cell(4, THING_OWNER, "ok");
	/* Words look at what is known of all rows. */
	query_copy(&q, table_query(t));
	q.filter = filter_compile(table_compiled(t), "ok", &err);
	table_set_query(t, &q);
	settle(f);
	assert_int_equal(table_rows(t), 5);
	query_clear(&q);
	table_close(t);
}

static void test_promoted(void **state)
{
	struct query q = { 0 };
	struct error err;

	(void)state;
	t = open_table(things());
	settle(f);
	assert_true(query_parse_sort(&q, table_compiled(t), "check,-name",
		&err));
	table_set_query(t, &q);
	assert_false(fetch_idle(f));
	settle(f);
	assert_int_equal(world_joins(), 2);
	assert_int_equal(world_keys(), 5);
	assert_string_equal(names_shown(t), "e d c b a");
	q.filter = filter_compile(table_compiled(t), "!check:ok", &err);
	table_set_query(t, &q);
	settle(f);
	assert_int_equal(table_rows(t), 0);
	world.check = "bad";
	world_set(&world);
	table_refresh(t);
	settle(f);
	assert_int_equal(table_rows(t), 5);
	query_clear(&q);
	table_close(t);
}

static void test_billed(void **state)
{
	(void)state;
	t = open_table(things());
	settle(f);
	table_set_joins(t, 1u << 2);
	table_want(t, 0, 5);
	still();
	assert_int_equal(world_joins(), 1);
	expect_cell(0, THING_COST, "ok");
	expect_cell(0, THING_CHECK, "\342\200\246");  /* not asked */
	table_close(t);
}

/* Cheap ones always, dear ones with their column. */
static void test_shown(void **state)
{
	static const int name[] = { THING_NAME, -1, 99 };
	static const int cost[] = { THING_COST };
	struct compiled c = *things_compiled(things());
	struct join dear = *c.joins[1].join;
	struct compiled_join joins[3] = { c.joins[0], c.joins[1],
		c.joins[2] };
	static const int owner[] = { THING_OWNER };
	(void)state;

	assert_int_equal(table_joins_for(&c, name, 3), 3);
	assert_int_equal(table_joins_for(&c, cost, 1), 7);
	dear.batch = 1;
	joins[1].join = &dear;
	c.joins = joins;
	assert_int_equal(table_joins_for(&c, name, 3), 1);
	assert_int_equal(table_joins_for(&c, owner, 1), 3);
	assert_int_equal(table_joins_for(&c, NULL, 0), 1);
}

static void test_stopped(void **state)
{
	(void)state;
	t = open_table(things());
	settle(f);
	table_want(t, 0, 5);
	clock_advance(100);
	fetch_dispatch(f);
	table_stop(t);
	settle(f);
	assert_true(fetch_idle(f));
	table_want(t, 0, 5);
	still();
	expect_cell(0, THING_CHECK, "ok");
	table_close(t);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_visible),
		TEST(test_refreshed),
		TEST(test_absent),
		TEST(test_refused),
		TEST(test_all),
		TEST(test_promoted),
		TEST(test_billed),
		TEST(test_shown),
		TEST(test_stopped)
	};
	int failed;

	clock_set_virtual(1700000000000);
	things_compiled(things());
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	things_clear();
	return failed;
}
