/* SPDX-License-Identifier: MIT */
#include "ui/moment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

static void expect(enum times times, const char *iso, const char *text)
{
	struct str out = STR_INIT;

	assert_int_equal(moment_add(times, iso, strlen(iso), &out),
		text != NULL);
	assert_string_equal(out.p, text ? text : "");
	str_clear(&out);
}

static void test_no_time(void **state)
{
	(void)state;
	expect(TIMES_LOCAL, "", NULL);
	expect(TIMES_UTC, "yesterday", NULL);
	expect(TIMES_RELATIVE, "2026-11-23T00:14:00Z", NULL);
}

static void test_zones(void **state)
{
	(void)state;
	setenv("TZ", "XXX-3", 1);
	tzset();
	expect(TIMES_UTC, "2026-11-23T22:14:59.999Z", "2026-11-23 22:14Z");
	expect(TIMES_LOCAL, "2026-11-23T22:14:59Z", "2026-11-24 01:14");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_time),
		cmocka_unit_test(test_zones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
