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
static const struct thing page_c[] = {
	{ "t-1", "c", "running", "3", "2026-11-22T00:00:00Z" }
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

static int set_up_capped(size_t rows_max)
{
	struct fetch_options options = { .compile = things_compiled,
		.list = things_list, .rows_max = rows_max };

	pool = pool_new(4, 1);
	options.pool = pool;
	f = fetch_new(&options);
	return 0;
}

static int set_up(void **state)
{
	(void)state;
	return set_up_capped(0);
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

static void test_nothing(void **state)
{
	struct table *t;
	struct shard shard;

	(void)state;
	world_set(&(struct things_world){ .page_count = 0 });
	assert_true(fetch_idle(f));
	assert_true(fetch_due(f) == CLOCK_NEVER);
	t = open_table(things(), 1);
	assert_false(fetch_idle(f));
	assert_true(status_of(t).first_load);
	assert_false(status_of(t).complete);
	settle(f);
	assert_true(status_of(t).complete);
	assert_false(status_of(t).first_load);
	assert_int_equal(table_rows(t), 0);
	assert_null(table_row(t, 0).segment);
	assert_int_equal(table_find(t, 7, 0), SIZE_MAX);
	assert_null(table_lookup(t, 7).segment);
	assert_false(table_shard(t, 1, &shard));
	table_close(t);
	table_close(NULL);
}

static void test_load(void **state)
{
	struct things_world world = { .pages = {
		{ "r1", page_a, 2 }, { "r1", page_b, 2 }, { "r2", page_c, 1 }
	}, .page_count = 3, .gate_page = 2 };
	struct table *t;

	(void)state;
	world_set(&world);
	t = open_table(things(), 2);
	settle_rows(f, t, 3);
	assert_string_equal(names_shown(t), "b c d");
	assert_true(table_take_changed(t));
	assert_false(table_take_changed(t));
	assert_false(fetch_idle(f));
	assert_false(status_of(t).complete);
	assert_true(status_of(t).loading >= 1);
	world_open_gate();
	settle(f);
	/* t-1 came twice in r1, and there is one in r2. */
	assert_string_equal(names_shown(t), "a b c d");
	assert_true(status_of(t).complete);
	assert_int_equal(status_of(t).rows, 4);
	assert_int_equal(status_of(t).shown, 4);
	assert_int_equal(status_of(t).done, 2);
	assert_int_equal(shard_of(t, 0).pages, 2);
	assert_int_equal(shard_of(t, 0).rows, 3);
	assert_int_equal(shard_of(t, 0).fetched, 1000);
	assert_string_equal(shard_of(t, 1).region, "r2");
	assert_int_equal(table_row_mark(t, row_of(t, "a"), NULL), ROW_SAME);
	table_close(t);
}

static void fail_with(struct things_world *world, enum error_kind kind)
{
	world->failing_region = "r1";
	error_set(&world->failure, kind, "as the test wants");
}

static void test_failures(void **state)
{
	struct things_world world = { .pages = {
		{ "r1", page_a, 2 }, { "r2", page_c, 1 }
	}, .page_count = 2 };
	struct table *t;

	(void)state;
	fail_with(&world, ERR_NETWORK);
	world_set(&world);
	t = open_table(things(), 2);
	settle(f);
	assert_string_equal(names_shown(t), "b c d");
	assert_int_equal(shard_of(t, 0).state, SHARD_FAILED);
	assert_int_equal(shard_of(t, 0).err.kind, ERR_NETWORK);
	assert_false(shard_of(t, 0).stale);
	assert_false(status_of(t).complete);
	assert_int_equal(status_of(t).failed, 1);

	world.failing_region = NULL;
	world_set(&world);
	table_refresh(t);
	settle(f);
	assert_true(status_of(t).complete);
	assert_int_equal(table_rows(t), 3);

	/* Half of it comes, the rest stays as it was. */
	world.pages[0].rows = later_a;
	world.pages[0].count = 1;
	fail_with(&world, ERR_SERVER);
	world_set(&world);
	table_refresh(t);
	settle(f);
	assert_string_equal(names_shown(t), "b c d");
	assert_int_equal(shard_of(t, 0).rows, 2);
	assert_true(shard_of(t, 0).stale);
	assert_false(status_of(t).complete);
	assert_int_equal(table_row_mark(t, row_of(t, "b"), NULL), ROW_CHANGED);

	world.failing_region = NULL;
	world_set(&world);
	table_refresh(t);
	settle(f);
	assert_string_equal(names_shown(t), "b c");
	assert_false(shard_of(t, 0).stale);
	table_close(t);
}

static void test_denied(void **state)
{
	struct things_world world = { .pages = { { "r2", page_c, 1 } },
		.page_count = 1 };
	struct table *t;

	(void)state;
	fail_with(&world, ERR_DENIED);
	world_set(&world);
	t = open_table(things(), 2);
	settle(f);
	assert_int_equal(shard_of(t, 0).state, SHARD_DENIED);
	assert_int_equal(status_of(t).denied, 1);
	assert_true(status_of(t).complete);
	assert_int_equal(world_lists(), 2);
	table_refresh(t);
	settle(f);
	assert_int_equal(world_lists(), 3);

	fail_with(&world, ERR_DISABLED);
	world_set(&world);
	table_retry(t);
	settle(f);
	assert_int_equal(world_lists(), 2);
	assert_int_equal(shard_of(t, 0).state, SHARD_OFF);
	assert_int_equal(status_of(t).off, 1);
	table_close(t);
}

/* Rows without identity cannot be matched: all of them or none. */
static void test_bare(void **state)
{
	struct things_world world = { .pages = {
		{ "r1", page_a, 2 }, { "r1", page_b, 2 }
	}, .page_count = 2 };
	struct table *t;

	(void)state;
	world_set(&world);
	t = open_table(things_bare(), 1);
	settle(f);
	assert_string_equal(names_shown(t), "b d a twice");
	assert_int_equal(table_row_mark(t, table_row(t, 0), NULL), ROW_SAME);

	world.pages[0].rows = later_a;
	fail_with(&world, ERR_SERVER);
	world_set(&world);
	table_refresh(t);
	settle(f);
	assert_string_equal(names_shown(t), "b d a twice");
	assert_true(shard_of(t, 0).stale);

	world.failing_region = NULL;
	world.page_count = 1;
	world.pages[0].count = 3;
	world_set(&world);
	table_refresh(t);
	settle(f);
	assert_string_equal(names_shown(t), "b d new");
	assert_int_equal(status_of(t).rows, 3);
	table_close(t);
}

static void test_stop(void **state)
{
	struct things_world world = { .pages = {
		{ "r1", page_a, 2 }, { "r1", page_b, 2 }
	}, .page_count = 2, .gate_page = 2 };
	struct table *t;

	(void)state;
	world_set(&world);
	t = open_table(things(), 1);
	settle_rows(f, t, 2);
	table_stop(t);
	table_refresh(t);        /* starts when the stopped one has ended */
	table_stop(t);
	settle(f);
	assert_int_equal(world_lists(), 1);
	assert_int_equal(shard_of(t, 0).state, SHARD_FAILED);
	assert_int_equal(shard_of(t, 0).err.kind, ERR_CANCELLED);
	assert_string_equal(names_shown(t), "b d");

	table_refresh(t);
	settle_rows(f, t, 2);
	table_stop(t);
	table_refresh(t);
	world_open_gate();
	settle(f);
	assert_true(status_of(t).complete);
	assert_string_equal(names_shown(t), "a b d");
	table_close(t);
}

/* A refresh is not wanted twice, what was changed meanwhile is. */
static void test_reread(void **state)
{
	struct things_world world = { .pages = {
		{ "r1", page_a, 2 }, { "r1", page_b, 2 }
	}, .page_count = 2, .gate_page = 2 };
	struct table *t;

	(void)state;
	world_set(&world);
	t = open_table(things(), 1);
	settle_rows(f, t, 2);
	table_refresh(t);
	table_reread(t);
	table_reread(t);
	world_open_gate();
	settle(f);
	assert_int_equal(world_lists(), 2);
	table_reread(t);
	settle(f);
	assert_int_equal(world_lists(), 3);
	assert_string_equal(names_shown(t), "a b d");
	table_close(t);
}

static void test_cap(void **state)
{
	struct things_world world = { .pages = {
		{ "r1", page_a, 2 }, { "r1", page_b, 2 }, { "r1", page_c, 1 }
	}, .page_count = 3 };
	struct table *t;

	tear_down(state);
	set_up_capped(2);
	world_set(&world);
	t = open_table(things(), 1);
	settle(f);
	assert_int_equal(status_of(t).rows, 2);
	assert_true(status_of(t).capped);
	assert_false(status_of(t).complete);
	assert_int_equal(shard_of(t, 0).state, SHARD_DONE);
	assert_string_equal(names_shown(t), "b d");

	world.page_count = 1;
	world_set(&world);
	table_refresh(t);
	settle(f);
	assert_false(status_of(t).capped);
	assert_true(status_of(t).complete);
	table_close(t);
}

/* Freed in the middle of everything. */
static void test_free_early(void **state)
{
	struct things_world world = { .pages = {
		{ "r1", page_a, 2 }, { "r1", page_b, 2 }, { "r2", page_c, 1 }
	}, .page_count = 3, .gate_page = 2 };

	(void)state;
	world_set(&world);
	open_table(things(), 2);
	table_close(open_table(things_bare(), 3));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_nothing),
		TEST(test_load),
		TEST(test_failures),
		TEST(test_denied),
		TEST(test_bare),
		TEST(test_stop),
		TEST(test_reread),
		TEST(test_cap),
		TEST(test_free_early)
	};
	int failed;

	clock_set_virtual(1700000000000);
	things_compiled(things());
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	things_clear();
	return failed;
}
