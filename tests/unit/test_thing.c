/* SPDX-License-Identifier: MIT */
/* What a thing of the simulator holds, and from when on. */
#include "sim/ec2/thing.h"
#include "sim/ec2/cidr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void expect(const struct thing *t, int64_t now, const char *wanted)
{
	struct thing_row row = { .thing = t, .now = now };
	struct str out = STR_INIT;

	thing_write(&out, &row);
	assert_string_equal(out.p, wanted);
	str_clear(&out);
}

static void what_is_not_there(void **state)
{
	struct thing *t = thing_new(NULL, NULL);
	size_t cursor = 0;

	(void)state;
	assert_null(thing_get(t, "a", 0));
	assert_false(thing_is(t, "a", "", 0));
	assert_null(thing_each(t, "a/N", 0, &cursor));
	assert_int_equal(thing_item(t, "a/N/b", "x", 0), 0);
	assert_int_equal(thing_next_item(t, "a"), 1);
	thing_drop(t, "a");
	expect(t, 0, "");
	thing_free(t);
	thing_free(NULL);
}

static void elements_keep_their_order(void **state)
{
	struct thing *t = thing_new(NULL, NULL);

	(void)state;
	thing_set(t, "id", "%s", "x-1");
	thing_set(t, "set/1/name", "a<b");
	thing_set(t, "empty", "%s", "");
	thing_set(t, "set/2/name", "c");
	thing_set(t, "set/1/value", "%d", 7);
	thing_set(t, ".hidden", "never");
	thing_set(t, "id", "x-2");
	expect(t, 0, "<id>x-2</id><set><item><name>a&lt;b</name>"
		"<value>7</value></item><item><name>c</name></item></set>"
		"<empty></empty>");
	thing_drop(t, "set/1");
	expect(t, 0, "<id>x-2</id><empty></empty><set><item><name>c</name>"
		"</item></set>");
	thing_drop(t, "se");
	assert_int_equal(thing_next_item(t, "set"), 3);
	thing_free(t);
}

static void texts_hold_from_a_time_on(void **state)
{
	struct thing *t = thing_new(NULL, NULL);

	(void)state;
	thing_set(t, "state", "pending");
	thing_later(t, 100, "state", "available");
	thing_later(t, 200, "state", NULL);
	thing_later(t, 100, "why", "it was time");
	assert_string_equal(thing_get(t, "state", 99), "pending");
	expect(t, 99, "<state>pending</state>");
	assert_true(thing_is(t, "state", "available", 100));
	expect(t, 100, "<state>available</state><why>it was time</why>");
	assert_null(thing_get(t, "state", 200));
	expect(t, 200, "<why>it was time</why>");
	/* what is set now ends what was to come */
	thing_set(t, "state", "deleting");
	assert_true(thing_is(t, "state", "deleting", 1000));
	thing_free(t);
}

static void items_are_found_by_pattern(void **state)
{
	struct thing *t = thing_new(NULL, NULL);
	size_t cursor = 0;

	(void)state;
	thing_set(t, "set/3/id", "a");
	thing_set(t, "set/12/id", "b");
	thing_set(t, "set/12/deep/1/id", "c");
	thing_set(t, "list/1", "d");
	assert_int_equal(thing_item(t, "set/N/id", "b", 0), 12);
	assert_int_equal(thing_item(t, "set/N/deep/N/id", "c", 0), 12);
	assert_int_equal(thing_item(t, "set/N/id", "c", 0), 0);
	assert_int_equal(thing_item(t, "list/N", "d", 0), 1);
	assert_int_equal(thing_item(t, "set/N", "a", 0), 0);
	assert_string_equal(thing_each(t, "set/N/id", 0, &cursor), "a");
	assert_string_equal(thing_each(t, "set/N/id", 0, &cursor), "b");
	assert_null(thing_each(t, "set/N/id", 0, &cursor));
	assert_int_equal(thing_next_item(t, "set"), 13);
	thing_free(t);
}

static void blocks(void **state)
{
	static const char *const bad[] = {
		"", "/", "10.0.0.0", "10.0.0.0/", "10.0.0/8", "10.0.0.0/33",
		"10.0.0.256/8", "10.0.0.0.0/8", "10..0.0/8", "a.0.0.0/8",
		"10.0.0.0/8 ", "::/0", "0000010.0.0.0/8", "10.0.0.0000/8"
	};
	struct cidr a, b;
	char text[24];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (cidr_parse(bad[i], &a))
			fail_msg("%s is a block", bad[i]);
	assert_true(cidr_parse("10.1.2.3/16", &a));
	cidr_text(&a, text);
	assert_string_equal(text, "10.1.0.0/16");
	assert_true(cidr_parse("10.1.200.0/24", &b));
	assert_true(cidr_within(&b, &a));
	assert_false(cidr_within(&a, &b));
	assert_true(cidr_overlap(&a, &b));
	assert_true(cidr_parse("10.2.0.0/15", &b));
	assert_false(cidr_overlap(&a, &b));
	assert_true(cidr_parse("0.0.0.0/0", &b));
	assert_true(cidr_within(&a, &b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_there),
		cmocka_unit_test(elements_keep_their_order),
		cmocka_unit_test(texts_hold_from_a_time_on),
		cmocka_unit_test(items_are_found_by_pattern),
		cmocka_unit_test(blocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
