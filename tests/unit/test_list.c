/* SPDX-License-Identifier: MIT */
#include "ui/list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void test_not_a_movement(void **state)
{
	struct list l = { .count = 5, .page = 3, .cursor = 2 };

	(void)state;
	assert_false(list_command(&l, ""));
	assert_false(list_command(&l, "sideways"));
	assert_int_equal(l.cursor, 2);
}

static void test_empty(void **state)
{
	static const char *const names[] = { "down", "up", "page-down",
		"page-up", "half-down", "half-up", "top", "bottom" };
	struct list l = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_true(list_command(&l, names[i]));
		assert_int_equal(l.cursor, 0);
		assert_int_equal(l.top, 0);
	}
}

static void test_ends(void **state)
{
	struct list l = { .count = 10, .page = 4 };

	(void)state;
	list_command(&l, "up");
	assert_int_equal(l.cursor, 0);
	list_command(&l, "bottom");
	assert_int_equal(l.cursor, 9);
	assert_int_equal(l.top, 6);
	list_command(&l, "down");
	assert_int_equal(l.cursor, 9);
	list_command(&l, "top");
	assert_int_equal(l.cursor, 0);
	assert_int_equal(l.top, 0);
}

/* The cursor keeps its line on the screen; a line of the page stays. */
static void test_pages(void **state)
{
	struct list l = { .count = 100, .page = 11, .cursor = 5 };

	(void)state;
	list_command(&l, "page-down");
	assert_int_equal(l.cursor, 15);
	assert_int_equal(l.top, 10);
	list_command(&l, "half-down");
	assert_int_equal(l.cursor, 20);
	assert_int_equal(l.top, 15);
	list_command(&l, "page-up");
	assert_int_equal(l.cursor, 10);
	assert_int_equal(l.top, 5);
	list_command(&l, "page-up");
	assert_int_equal(l.cursor, 0);
	assert_int_equal(l.top, 0);
}

static void test_settle_when_it_shrinks(void **state)
{
	struct list l = { .count = 100, .page = 10, .cursor = 99, .top = 90 };

	(void)state;
	l.count = 4;
	list_settle(&l);
	assert_int_equal(l.cursor, 3);
	assert_int_equal(l.top, 0);
	l.count = 0;
	list_settle(&l);
	assert_int_equal(l.cursor, 0);
}

/* Without a cursor the page moves, and stops at the last full one. */
static void test_without_cursor(void **state)
{
	struct list l = { .count = 20, .page = 8, .free = true };

	(void)state;
	list_command(&l, "down");
	assert_int_equal(l.top, 1);
	list_command(&l, "bottom");
	assert_int_equal(l.top, 12);
	list_command(&l, "page-up");
	assert_int_equal(l.top, 5);
	l.count = 3;
	list_settle(&l);
	assert_int_equal(l.top, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_not_a_movement),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_settle_when_it_shrinks),
		cmocka_unit_test(test_without_cursor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
