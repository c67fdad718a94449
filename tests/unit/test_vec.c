/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/vec.h"

struct numbers {
	int *items;
	size_t count, room;
};

static void test_empty_is_freed_twice(void **state)
{
	struct numbers v = { 0 };

	(void)state;
	VEC_FREE(&v);
	VEC_FREE(&v);
	assert_null(v.items);
}

static void test_reserve_never_shrinks(void **state)
{
	struct numbers v = { 0 };

	(void)state;
	VEC_RESERVE(&v, 100);
	assert_true(v.room >= 100);
	*VEC_PUSH(&v) = 1;
	VEC_RESERVE(&v, 0);
	assert_true(v.room >= 100);
	assert_int_equal(v.items[0], 1);
	VEC_FREE(&v);
	assert_int_equal(v.room, 0);
}

static void test_push_keeps_what_is_there(void **state)
{
	struct numbers v = { 0 };

	(void)state;
	for (int i = 0; i < 100000; i++)
		*VEC_PUSH(&v) = i;
	assert_int_equal(v.count, 100000);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(v.items[i], i);
	VEC_FREE(&v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty_is_freed_twice),
		cmocka_unit_test(test_reserve_never_shrinks),
		cmocka_unit_test(test_push_keeps_what_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
