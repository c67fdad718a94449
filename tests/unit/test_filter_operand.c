/* SPDX-License-Identifier: MIT */
/* What cells of every format are compared with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "filter_world.h"

#include <stdio.h>
#include <string.h>

static void test_wrong_values(void **state)
{
	static const char *const wrong[] = {
		"count=many", "count>1q", "count>1kk", "count>-",
		"count>9999999999999999999", "count>1e5", "size>5GX",
		"size>GiB", "size>9999999PiB", "price>x", "age>30", "age>30q",
		"age>d", "age>99999999999999999999d", "launched>202",
		"launched>2026-1", "launched>2026-13", "launched>2026-02-30",
		"launched>2026-11-23T25", "launched>yesterday",
		"private_ip=10.0.0.0/33", "private_ip=10.0.0.0/",
		"private_ip=10.256", "private_ip=10..1", "private_ip=1.2.3.4.5",
		"private_ip=::1/129", "private_ip=fe80::g", "private_ip=web",
		"encrypted=maybe", "encrypted>no"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct error err = ERROR_INIT;
		struct filter *f;
		char text[80];

		snprintf(text, sizeof(text), "a %s", wrong[i]);
		f = filter_compile(boxes_compiled(), text, &err);
		if (f)
			fail_msg("%s is taken", text);
		if (!strstr(err.text, "filter, column "))
			fail_msg("%s: %s", text, err.text);
	}
	expect_error("size>5 count=x", "column 14: \"x\" is no number");
}

static void test_numbers(void **state)
{
	(void)state;
	expect("count=1500", "1");
	expect("count=1,500", "1");
	expect("count=1.5k", "1");
	expect("count>20", "1");
	expect("count>=20", "12");
	expect("count<1k", "2");
	expect("count<=1,500", "12");
	expect("count!=20", "134");
	expect("count>-1", "12");
	expect("price>$1", "23");
	expect("price<.75", "1");
	expect("price=1,234.56", "3");
	expect("size=5GiB", "1");
	expect("size=5G", "1");
	expect("size=500MB", "2");
	expect("size<477MiB", "23");
	expect("size>=0.5gb size<5gib", "2");
	expect("size=0", "3");
	expect("size<1B", "3");
}

static void test_times(void **state)
{
	(void)state;
	expect("age>30m", "23");
	expect("age>=30m", "123");
	expect("age<1h", "14");
	expect("age<30d", "124");
	expect("age>1y", "3");
	expect("launched>30d", "3");
	expect("age>9d23h59m", "23");
	expect("age=30m", "1");
	expect("age=10d", "2");
	expect("age=9d", "");
	expect("age<0s", "4");
	expect("age>-5w age<0d", "4");
	expect("age=-30d", "4");
	expect("launched>2026", "");
	expect("launched>=2026", "124");
	expect("launched<2026", "3");
	expect("launched=2026-11", "12");
	expect("launched<=2026-11", "123");
	expect("launched=2026-12", "4");
	expect("launched>2026-11-13", "14");
	expect("launched>=2026-11-13", "124");
	expect("launched=2026-11-23t11", "1");
	expect("launched=2026-11-23T11:30", "1");
	expect("launched=2026-11-23T11:30:00Z", "1");
	expect("launched=2026-11-23T12:30:00+01:00", "1");
	expect("launched=\"2026-11-23 11:30:00\"", "1");
	expect("age<2026", "3");
}

static void test_addresses(void **state)
{
	(void)state;
	expect("private_ip=10.0.0.0/8", "12");
	expect("private_ip=10.99.99.99/8", "12");
	expect("private_ip=10/8", "12");
	expect("private_ip=10.1", "1");
	expect("private_ip=10.1.", "1");
	expect("private_ip=10.1.2.3", "1");
	expect("private_ip=10.1.2.2/31", "1");
	expect("private_ip!=10.0.0.0/8", "34");
	expect("private_ip=0.0.0.0/0", "12");
	expect("private_ip=::/0", "123");
	expect("private_ip=2001:db8::/32", "3");
	expect("private_ip=2001:0db8:0::5", "3");
	expect("private_ip>10.1.2.3", "23");
	expect("private_ip<=10.1", "1");
	expect("private_ip:10.2", "2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong_values),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_addresses)
	};

	return cmocka_run_group_tests(tests, boxes_open, boxes_close);
}
