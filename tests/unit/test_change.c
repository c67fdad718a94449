/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "table_fixture.h"

#include "base/clock.h"
#include "base/str.h"
#include "fetch/change.h"

#include <stdio.h>
#include <string.h>

static const struct thing before[] = {
	{ "t-1", "b", "running", "3", "2026-11-22T00:00:00Z" },
	{ "t-2", "d", "stopped", "1", "2026-11-22T00:00:00Z" },
	{ "t-3", "a", "running", "5", "2026-11-22T00:00:00Z" }
};
/* One changed in two cells, one grew older, one went, one came. */
static const struct thing after[] = {
	{ "t-1", "b", "failed", "4", "2026-11-22T00:00:00Z" },
	{ "t-2", "d", "stopped", "1", "2026-11-22T00:09:00Z" },
	{ "t-9", "new", "running", "1", "2026-11-22T00:00:00Z" }
};

static struct pool *pool;
static struct fetch *f;
static struct things_world world;
static struct table *t;

/* "~t-1 state running failed;": the changes, oldest first. */
static const char *told(void)
{
	static char out[4096];
	size_t len = 0;

	out[0] = 0;
	for (size_t i = 0; i < fetch_changes(f); i++) {
		const struct change *c = fetch_change(f, i);

		len += (size_t)snprintf(out + len, sizeof(out) - len,
			"%s%s%s%s%s%s%s;", row_mark_sign(c->kind), c->id,
			c->column ? " " : "",
			c->column ? c->column->name : "",
			c->column ? " " : "", c->was,
			c->column ? c->is : "");
		assert_true(len < sizeof(out));
	}
	return out;
}

static void serve(const struct thing *rows, size_t count)
{
	world.pages[0].rows = rows;
	world.pages[0].count = count;
	world_set(&world);
}

static int set_up(void **state)
{
	static struct session *sessions[] = { NULL };
	static const char *regions[] = { "r1" };
	const struct shards shards = { sessions, 1, regions, 1 };
	struct fetch_options options = { .compile = things_compiled,
		.list = things_list };

	(void)state;
	pool = pool_new(4, 1);
	options.pool = pool;
	f = fetch_new(&options);
	world = (struct things_world){ .pages = { { "r1", before, 3 } },
		.page_count = 1 };
	world_set(&world);
	t = table_open(f, location_new(things()), &shards);
	settle(f);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	world_open_gate();
	table_close(t);
	fetch_free(f);
	pool_free(pool);
	return 0;
}

static void refresh(void)
{
	table_refresh(t);
	settle(f);
}

/* What is there at first, and again the same, is no change. */
static void test_nothing(void **state)
{
	(void)state;
	assert_int_equal(fetch_changes(f), 0);
	refresh();
	assert_int_equal(fetch_changes(f), 0);
	assert_int_equal(fetch_changes_ever(f), 0);
}

static void test_all_kinds(void **state)
{
	const struct change *c;

	(void)state;
	serve(after, 3);
	refresh();
	assert_string_equal(told(), "~t-1 state runningfailed;"
		"~t-1 size 34;+t-9;-t-3;");
	assert_int_equal(fetch_changes_ever(f), 4);
	c = fetch_change(f, 0);
	assert_string_equal(c->region, "r1");
	assert_int_equal(c->identity, row_identity(table_row(t, 0)));
	assert_int_equal(c->at, clock_wall());
	refresh();
	assert_int_equal(fetch_changes_ever(f), 4);
}

/* A row that is bad now and was not is counted once, whatever changed. */
static void test_problems(void **state)
{
	(void)state;
	serve(after, 3);
	refresh();
	assert_int_equal(fetch_problems_ever(f), 1);
	assert_true(fetch_change(f, 0)->problem);
	assert_false(fetch_change(f, 1)->problem);
	serve(before, 3);
	refresh();
	assert_int_equal(fetch_problems_ever(f), 1);
}

/* Until the listing is complete nothing is told: what was not seen yet is
 * not gone. */
static void test_only_complete(void **state)
{
	(void)state;
	world.pages[1] = world.pages[0];
	world.pages[1].region = "r1";
	world.page_count = 2;
	world.gate_page = 2;
	serve(after, 3);
	table_refresh(t);
	settle_rows(f, t, 4);
	assert_int_equal(fetch_changes(f), 0);
	world_open_gate();
	settle(f);
	assert_string_equal(told(), "~t-1 state runningfailed;"
		"~t-1 size 34;+t-9;");
}

/* A listing that broke off tells its news with the next that does not. */
static void test_failed_listing(void **state)
{
	(void)state;
	world.failing_region = "r1";
	error_set(&world.failure, ERR_SERVER, "down");
	serve(after, 3);
	refresh();
	assert_int_equal(fetch_changes(f), 0);
	world.failing_region = NULL;
	serve(after, 3);
	refresh();
	assert_string_equal(told(), "~t-1 state runningfailed;"
		"~t-1 size 34;+t-9;-t-3;");
}

static struct table_status status(void)
{
	struct table_status s;

	table_status(t, &s);
	return s;
}

/* It is still shown, counted no more, found by nobody who would act. */
static void test_gone_stays_a_while(void **state)
{
	uint64_t identity;
	size_t at;

	(void)state;
	fetch_set_marks(f, 5000, true);
	assert_string_equal(names_shown(t), "a b d");
	identity = row_identity(table_row(t, 0));
	serve(after, 3);
	refresh();
	assert_string_equal(names_shown(t), "a b d new");
	assert_int_equal(status().rows, 3);
	assert_int_equal(status().shown, 3);
	assert_int_equal(table_row_mark(t, table_row(t, 0), NULL), ROW_GONE);
	assert_null(table_lookup(t, identity).segment);
	at = table_find(t, identity, 2);
	assert_int_equal(at, 0);
	assert_true(fetch_due(f) <= clock_now() + 5000);
	clock_advance(5000);
	settle(f);
	assert_string_equal(names_shown(t), "b d new");
	assert_int_equal(table_find(t, identity, 0), SIZE_MAX);
	assert_int_equal(status().rows, 3);
	assert_int_equal(status().shown, 3);
}

/* The next refresh ends it, also where the row has come back. */
static void test_gone_comes_back(void **state)
{
	(void)state;
	fetch_set_marks(f, 60000, true);
	serve(after, 3);
	refresh();
	assert_string_equal(names_shown(t), "a b d new");
	serve(before, 3);
	refresh();
	assert_string_equal(names_shown(t), "a b d new");
	assert_int_equal(table_row_mark(t, table_row(t, 0), NULL), ROW_NEW);
	assert_int_equal(table_row_mark(t, table_row(t, 3), NULL), ROW_GONE);
	assert_int_equal(status().rows, 3);
	refresh();
	assert_string_equal(names_shown(t), "a b d");
}

static void test_no_marks(void **state)
{
	(void)state;
	fetch_set_marks(f, 0, true);
	serve(after, 3);
	refresh();
	assert_string_equal(names_shown(t), "b d new");
	assert_int_equal(table_row_mark(t, table_row(t, 0), NULL), ROW_SAME);
	assert_int_equal(fetch_changes(f), 4);
}

/* Of the rows that are looked at. */
static void test_moves(void **state)
{
	static const struct thing moving[] = {
		{ "t-1", "b", "stopping", "3", "2026-11-22T00:00:00Z" },
		{ "t-2", "d", "stopped", "1", "2026-11-22T00:00:00Z" }
	};

	(void)state;
	table_want(t, 0, 3);
	assert_false(table_moves(t));
	serve(moving, 2);
	refresh();
	assert_true(table_moves(t));
	table_want(t, 1, 1);
	assert_false(table_moves(t));
	table_want(t, 0, 1);
	assert_true(table_moves(t));
	serve(before, 3);
	refresh();
	assert_false(table_moves(t));
}

/* The oldest go when there are too many; the count goes on. */
static void test_cap(void **state)
{
	(void)state;
	for (int i = 0; i < 2000; i++) {
		serve(i % 2 ? before : after, 3);
		refresh();
	}
	assert_int_equal(fetch_changes(f), 5000);
	assert_int_equal(fetch_changes_ever(f), 8000);
	assert_true(fetch_change(f, 0)->at <= fetch_change(f, 4999)->at);
	assert_string_equal(fetch_change(f, 4999)->id, "t-9");
	assert_int_equal(fetch_change(f, 4999)->kind, ROW_GONE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_nothing),
		TEST(test_all_kinds),
		TEST(test_problems),
		TEST(test_only_complete),
		TEST(test_failed_listing),
		TEST(test_gone_stays_a_while),
		TEST(test_gone_comes_back),
		TEST(test_no_marks),
		TEST(test_moves),
		TEST(test_cap),
	};
	int failed;

	clock_set_virtual(1700000000000);
	things_compiled(things());
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	things_clear();
	return failed;
}
