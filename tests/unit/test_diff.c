/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "table_fixture.h"

#include "base/clock.h"

#include <string.h>

static const struct thing page_a[] = {
	{ "t-1", "b", "running", "3", "2026-11-22T00:00:00Z" },
	{ "t-2", "d", "stopped", "1", "2026-11-22T00:00:00Z" }
};
static const struct thing page_b[] = {
	{ "t-3", "a", "running", "5", "2026-11-22T00:00:00Z" },
	{ "t-1", "twice", "running", "3", "2026-11-22T00:00:00Z" }
};
/* page_a a moment later: one changed, one only grew older. */
static const struct thing later_a[] = {
	{ "t-1", "b", "stopped", "4", "2026-11-22T00:00:00Z" },
	{ "t-2", "d", "stopped", "1", "2026-11-22T00:09:00Z" },
	{ "t-9", "new", "running", "1", "2026-11-22T00:00:00Z" }
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

static struct row row_of(const struct table *t, const char *name)
{
	for (size_t i = 0; i < table_rows(t); i++) {
		struct row row = table_row(t, i);

		if (strcmp(row_text(row, table_compiled(t)->
		    columns[THING_NAME].path, NULL), name) == 0)
			return row;
	}
	fail_msg("%s is not shown", name);
	return (struct row){ 0 };
}

static void test_refresh(void **state)
{
	struct things_world world = { .pages = {
		{ "r1", page_a, 2 }, { "r1", page_b, 2 }
	}, .page_count = 2 };
	struct row old, gone, previous;
	uint64_t identity;
	struct table *t;

	(void)state;
	world_set(&world);
	t = open_table(things(), 1);
	settle(f);
	assert_string_equal(names_shown(t), "a b d");
	gone = row_of(t, "a");
	segment_ref(gone.segment);
	identity = row_identity(row_of(t, "b"));

	world.pages[0].rows = later_a;
	world.pages[0].count = 3;
	world.page_count = 2;
	world.pages[1].rows = later_a;
	world.pages[1].count = 0;
	world.gate_page = 2;
	world_set(&world);
	table_refresh(t);
	settle_rows(f, t, 4);
	/* Replaced at once, and nothing is gone yet. */
	assert_string_equal(names_shown(t), "a b d new");
	old = row_of(t, "b");
	assert_int_equal(table_row_mark(t, old, &previous), ROW_CHANGED);
	assert_int_equal(table_row_columns(t, old),
		1u << THING_STATE | 1u << THING_SIZE);
	assert_int_equal(table_row_mark(t, row_of(t, "d"), NULL), ROW_SAME);
	assert_int_equal(table_row_columns(t, row_of(t, "d")), 0);
	assert_int_equal(table_row_mark(t, row_of(t, "new"), NULL), ROW_NEW);
	assert_true(status_of(t).complete);
	world_open_gate();
	settle(f);
	assert_string_equal(names_shown(t), "b d new");
	assert_int_equal(status_of(t).rows, 3);
	assert_int_equal(status_of(t).generation, 1);
	assert_int_equal(table_row_mark(t, gone, NULL), ROW_GONE);
	assert_true(table_lookup(t, identity).segment != NULL);
	assert_null(table_lookup(t, row_identity(gone)).segment);
	assert_int_equal(table_find(t, identity, 2), 0);
	assert_int_equal(table_find(t, row_identity(gone), 0), SIZE_MAX);
	segment_unref(gone.segment);
	table_close(t);
}

static void test_marks_end(void **state)
{
	struct things_world world = { .pages = { { "r1", page_a, 2 } },
		.page_count = 1 };
	struct table *t;

	(void)state;
	world_set(&world);
	t = open_table(things(), 1);
	settle(f);
	assert_true(fetch_due(f) == CLOCK_NEVER);
	world.pages[0].rows = later_a;
	world_set(&world);
	table_refresh(t);
	settle(f);
	table_take_changed(t);
	assert_true(fetch_due(f) == clock_now() + 5000);
	clock_advance(4999);
	fetch_dispatch(f);
	assert_false(table_take_changed(t));
	assert_int_equal(table_row_mark(t, row_of(t, "b"), NULL), ROW_CHANGED);
	clock_advance(1);
	fetch_dispatch(f);
	assert_true(table_take_changed(t));
	assert_int_equal(table_row_mark(t, row_of(t, "b"), NULL), ROW_SAME);
	assert_true(fetch_due(f) == CLOCK_NEVER);
	table_close(t);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_refresh),
		TEST(test_marks_end)
	};
	int failed;

	clock_set_virtual(1700000000000);
	things_compiled(things());
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	things_clear();
	return failed;
}
