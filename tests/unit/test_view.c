/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "table_fixture.h"

#include "base/mem.h"
#include "fetch/view.h"

#include <stdlib.h>
#include <string.h>

static const struct thing first[] = {
	{ "t-1", "b", "running", "3", NULL },
	{ "t-2", "d", "stopped", "1", NULL },
	{ "t-3", "f", "terminated", "2", NULL }
};
static const struct thing second[] = {
	{ "t-4", "a", "running", "5", NULL },
	{ "t-5", "e", "running", "4", NULL },
	{ "t-6", "g", "failed", "9", NULL }
};

/* A table's content, as far as a build needs it. */
static struct {
	struct segment *segments[4];
	uint32_t *dead[4];
	size_t count;
	uint64_t stamp;
	struct view *view;
	struct work *work;
	struct pool *pool;
	struct query query;
} content;

static void snapshot(struct build *b)
{
	memset(b, 0, sizeof(*b));
	b->compiled = things_compiled(things());
	b->pool = content.pool;
	query_copy(&b->query, &content.query);
	b->source_count = content.count;
	b->sources = xcalloc(content.count + 1, sizeof(*b->sources));
	b->order = xcalloc(content.count + 1, sizeof(*b->order));
	b->stamp = content.stamp;
	b->base = content.view;
	b->work = content.work;
	b->wall = 1000;
	for (uint32_t i = 0; i < content.count; i++) {
		struct segment *s = content.segments[i];
		size_t words = bit_words(s ? s->count : 0);

		if (!s)
			continue;
		b->sources[i] = (struct source){ .segment = segment_ref(s),
			.live = s->count, .rank = (uint32_t)b->order_count };
		b->order[b->order_count++] = i;
		if (!content.dead[i])
			continue;
		b->sources[i].dead = xcalloc(words, sizeof(uint32_t));
		memcpy(b->sources[i].dead, content.dead[i],
			words * sizeof(uint32_t));
		for (uint32_t row = 0; row < s->count; row++)
			b->sources[i].live -= bit_get(content.dead[i], row);
	}
}

static const char *update(void)
{
	struct str names = STR_INIT_CAP(255);
	static char shown[256];
	struct build b;

	snapshot(&b);
	build_run(&b);
	assert_non_null(b.result);
	view_replace(&content.view, b.result);
	build_clear(&b);
	for (size_t i = 0; i < content.view->count; i++) {
		struct place p = content.view->rows[i];

		str_add(&names, row_text((struct row){
			content.view->parts[p.segment].segment, p.row },
			b.compiled->columns[THING_NAME].path, NULL));
	}
	memcpy(shown, names.p, names.len + 1);
	str_clear(&names);
	return shown;
}

static void set_filter(const char *text)
{
	struct error err;

	filter_unref(content.query.filter);
	content.query.filter = filter_compile(things_compiled(things()), text,
		&err);
	assert_non_null(content.query.filter);
}

static void set_sort(const char *text)
{
	struct error err;

	assert_true(query_parse_sort(&content.query,
		things_compiled(things()), text, &err));
}

static void add(const struct thing *rows, size_t count)
{
	content.segments[content.count++] = things_segment(things(), "r",
		rows, count);
	content.stamp++;
}

static void kill_row(uint32_t segment, uint32_t row)
{
	if (!content.dead[segment])
		content.dead[segment] = xcalloc(1, sizeof(uint32_t));
	bit_set(content.dead[segment], row);
	content.stamp++;
}

static int set_up(void **state)
{
	(void)state;
	memset(&content, 0, sizeof(content));
	content.work = work_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	for (size_t i = 0; i < content.count; i++) {
		segment_unref(content.segments[i]);
		free(content.dead[i]);
	}
	view_free(content.view);
	work_free(content.work);
	query_clear(&content.query);
	pool_free(content.pool);
	return 0;
}

static void test_empty(void **state)
{
	(void)state;
	assert_string_equal(update(), "");
	add(NULL, 0);
	assert_string_equal(update(), "");
}

static void test_as_it_came(void **state)
{
	(void)state;
	add(second, 3);
	assert_string_equal(update(), "aeg");
	add(first, 3);
	assert_string_equal(update(), "aegbd");
	content.query.show_hidden = true;
	assert_string_equal(update(), "aegbdf");
}

/* Rows that are behind the others anyway cost no copy of these. */
static void test_append(void **state)
{
	const struct place *rows;

	(void)state;
	add(first, 3);
	update();
	add(second, 1);
	update();
	rows = content.view->rows;
	add(second + 1, 1);
	assert_true(content.view->room > 3);
	assert_string_equal(update(), "bdae");
	assert_ptr_equal(content.view->rows, rows);
}

static void test_sorted(void **state)
{
	(void)state;
	set_sort("name");
	add(first, 3);
	assert_string_equal(update(), "bd");
	add(second, 3);
	assert_string_equal(update(), "abdeg");
	set_sort("-size");
	assert_string_equal(update(), "gaebd");
	set_sort("");
	assert_string_equal(update(), "bdaeg");
}

static void test_filtered(void **state)
{
	(void)state;
	set_sort("name");
	add(first, 3);
	add(second, 3);
	assert_string_equal(update(), "abdeg");
	set_filter("r");
	assert_string_equal(update(), "abe");
	set_filter("running size:4");
	assert_string_equal(update(), "e");
	set_filter("running");
	assert_string_equal(update(), "abe");
	content.query.problems = true;
	assert_string_equal(update(), "");
	set_filter("");
	assert_string_equal(update(), "g");
	content.query.problems = false;
	set_sort("-name");
	assert_string_equal(update(), "gedba");
}

static void test_dead(void **state)
{
	(void)state;
	set_sort("name");
	add(first, 3);
	add(second, 3);
	kill_row(1, 0);
	assert_string_equal(update(), "bdeg");
	kill_row(0, 1);
	assert_string_equal(update(), "beg");
	set_filter("running");
	assert_string_equal(update(), "be");
	kill_row(0, 0);
	assert_string_equal(update(), "e");
	set_filter("");
	assert_string_equal(update(), "eg");
}

/* A number that is used again is another segment. */
static void test_replaced_segment(void **state)
{
	(void)state;
	set_sort("name");
	add(first, 3);
	add(second, 3);
	update();
	segment_unref(content.segments[0]);
	content.segments[0] = things_segment(things(), "r", second + 1, 2);
	segment_unref(content.segments[1]);
	content.segments[1] = NULL;
	content.stamp++;
	assert_string_equal(update(), "eg");
}

static void test_stopped(void **state)
{
	struct build b;

	(void)state;
	add(first, 3);
	update();
	add(second, 3);
	snapshot(&b);
	atomic_store(&b.stop, true);
	build_run(&b);
	assert_null(b.result);
	build_clear(&b);
	assert_string_equal(update(), "bdaeg");
}

/* Enough rows for helpers; the order is that of one thread. */
static void test_many(void **state)
{
	struct thing *rows = xcalloc(12000, sizeof(*rows));
	static const char *const names[] = { "x", "y", "z", "q" };
	struct thing thing = { .state = "running" };

	(void)state;
	content.pool = pool_new(2, 1);
	for (size_t i = 0; i < 12000; i++) {
		thing.id = thing.name = names[i % 4];
		rows[i] = thing;
	}
	for (int i = 0; i < 4; i++)
		add(rows, 12000);
	free(rows);
	set_sort("name");
	set_filter("x");
	{
		struct build b;

		snapshot(&b);
		build_run(&b);
		assert_int_equal(b.result->count, 12000);
		for (size_t i = 1; i < b.result->count; i++) {
			struct place p = b.result->rows[i - 1];
			struct place q = b.result->rows[i];

			assert_int_equal(q.row % 4, 0);
			assert_true(p.segment < q.segment ||
				(p.segment == q.segment && p.row < q.row));
		}
		view_drop(b.result, NULL);
		build_clear(&b);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_empty),
		TEST(test_as_it_came),
		TEST(test_append),
		TEST(test_sorted),
		TEST(test_filtered),
		TEST(test_dead),
		TEST(test_replaced_segment),
		TEST(test_stopped),
		TEST(test_many)
	};
	int failed;

	things_compiled(things());
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	things_clear();
	return failed;
}
