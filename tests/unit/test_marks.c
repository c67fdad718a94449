/* SPDX-License-Identifier: MIT */
#include "ui/marks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void test_empty(void **state)
{
	struct marks m = { 0 };

	(void)state;
	assert_false(marks_has(&m, 0));
	assert_false(marks_has(&m, 7));
	marks_set(&m, 7, false);
	marks_add(&m, NULL, 0);
	marks_drop(&m);
	marks_restore(&m);
	assert_int_equal(m.count, 0);
	marks_reset(&m);
}

static void test_set(void **state)
{
	struct marks m = { 0 };

	(void)state;
	marks_set(&m, UINT64_MAX, true);
	marks_set(&m, 3, true);
	marks_set(&m, 3, true);
	marks_set(&m, 9, true);
	assert_int_equal(m.count, 3);
	assert_true(marks_has(&m, 3) && marks_has(&m, 9));
	assert_true(marks_has(&m, UINT64_MAX));
	assert_false(marks_has(&m, 4));
	marks_set(&m, 3, false);
	marks_set(&m, 4, false);
	assert_int_equal(m.count, 2);
	assert_false(marks_has(&m, 3));
	assert_true(marks_has(&m, 9));
	marks_reset(&m);
	assert_int_equal(m.count, 0);
}

static void test_add(void **state)
{
	static const uint64_t some[] = { 9, 2, 9, 5, 2 };
	struct marks m = { 0 };

	(void)state;
	marks_set(&m, 5, true);
	marks_add(&m, some, sizeof(some) / sizeof(some[0]));
	assert_int_equal(m.count, 3);
	for (size_t i = 1; i < m.count; i++)
		assert_true(m.items[i - 1] < m.items[i]);
	marks_reset(&m);
}

/* What came meanwhile stays; dropping nothing forgets nothing. */
static void test_back(void **state)
{
	static const uint64_t some[] = { 1, 2 };
	struct marks m = { 0 };

	(void)state;
	marks_add(&m, some, 2);
	marks_drop(&m);
	assert_int_equal(m.count, 0);
	marks_drop(&m);
	marks_set(&m, 8, true);
	marks_restore(&m);
	assert_int_equal(m.count, 3);
	assert_true(marks_has(&m, 1) && marks_has(&m, 2));
	marks_restore(&m);
	assert_int_equal(m.count, 3);
	marks_reset(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_add),
		cmocka_unit_test(test_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
