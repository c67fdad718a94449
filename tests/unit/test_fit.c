/* SPDX-License-Identifier: MIT */
#include "ui/fit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void test_nothing(void **state)
{
	struct fit_piece empty = { 0, 5, false, true, 7 };

	(void)state;
	assert_true(fit_line(NULL, 0, 10, 2));
	assert_true(fit_line(&empty, 1, 10, 2));
	assert_false(empty.shown);
	assert_true(fit_line(&empty, 1, 2, 2));
}

static void test_no_room_for_what_stays(void **state)
{
	struct fit_piece p[] = {
		{ 8, FIT_ALWAYS, false, false, 0 }, { 3, 9, false, false, 0 },
		{ 9, FIT_ALWAYS, true, false, 0 },
	};

	(void)state;
	assert_false(fit_line(p, COUNT(p), 12, 2));
	assert_true(p[0].shown);
	assert_false(p[1].shown);
	assert_true(p[2].shown);
	assert_int_equal(p[0].x, 1);
	assert_int_equal(p[2].x, 11);
}

static void test_places(void **state)
{
	struct fit_piece p[] = {
		{ 6, 1, false, false, 0 }, { 4, 2, true, false, 0 },
		{ 5, 3, false, false, 0 }, { 2, 4, true, false, 0 },
	};

	(void)state;
	assert_true(fit_line(p, COUNT(p), 40, 3));
	assert_int_equal(p[0].x, 1);
	assert_int_equal(p[2].x, 10);
	assert_int_equal(p[3].x, 37);
	assert_int_equal(p[1].x, 30);
}

static void test_least_important_goes_first(void **state)
{
	struct fit_piece p[] = {
		{ 6, 1, false, false, 0 }, { 6, 5, false, false, 0 },
		{ 6, 5, true, false, 0 }, { 6, FIT_ALWAYS, false, false, 0 },
	};

	(void)state;
	/* all: 24 + 3 gaps of 2 + 2 margins */
	assert_true(fit_line(p, COUNT(p), 32, 2));
	assert_true(p[0].shown);
	assert_true(fit_line(p, COUNT(p), 31, 2));
	assert_false(p[0].shown);
	assert_true(p[1].shown && p[2].shown);
	assert_true(fit_line(p, COUNT(p), 23, 2));
	assert_true(p[1].shown);
	assert_false(p[2].shown);
	assert_true(fit_line(p, COUNT(p), 8, 2));
	assert_false(p[1].shown);
	assert_true(p[3].shown);
}

/* Whatever the width, nothing overlaps and nothing leaves the line. */
static void test_never_overlaps(void **state)
{
	(void)state;
	for (int columns = 9; columns < 120; columns++) {
		struct fit_piece p[8];
		int used = 0;

		for (int i = 0; i < 8; i++)
			p[i] = (struct fit_piece){ 3 + i * 5 % 11, i * 7 % 5,
				i % 3 == 0, false, 0 };
		assert_true(fit_line(p, 8, columns, 2));
		for (int pass = 0; pass < 2; pass++)
			for (int i = 0; i < 8; i++) {
				if (!p[i].shown || p[i].right != (pass == 1))
					continue;
				assert_true(p[i].x >= used + (used ? 2 : 1));
				used = p[i].x + p[i].width;
			}
		assert_true(used < columns);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_no_room_for_what_stays),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_least_important_goes_first),
		cmocka_unit_test(test_never_overlaps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
