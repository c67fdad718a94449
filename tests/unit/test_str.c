/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static void test_cap_leaves_the_string_as_it_was(void **state)
{
	struct str s = STR_INIT_CAP(5);

	(void)state;
	assert_true(str_add(&s, "abc"));
	assert_false(str_add(&s, "def"));
	assert_true(s.full);
	assert_string_equal(s.p, "abc");
	/* It would fit, but would stand where "def" is missing. */
	assert_false(str_add(&s, "x"));
	assert_false(str_addf(&s, "%d", 1));
	assert_false(str_addc(&s, 'x'));
	assert_string_equal(s.p, "abc");
	str_reset(&s);
	assert_true(str_addf(&s, "%d", 12345));
	assert_false(str_addf(&s, "%d", 6));
	assert_string_equal(s.p, "12345");
	str_clear(&s);
}

static void test_cap_holds_for_encodings(void **state)
{
	struct str s = STR_INIT_CAP(8);

	(void)state;
	str_add(&s, "ab");
	assert_false(str_add_uri(&s, "a/b/c", 5, ""));
	assert_string_equal(s.p, "ab");
	str_reset(&s);
	assert_false(str_add_hex(&s, (const unsigned char *)"12345", 5));
	assert_string_equal(s.p, "");
	str_reset(&s);
	assert_false(str_add_base64(&s, (const unsigned char *)"1234567", 7));
	assert_string_equal(s.p, "");
	str_clear(&s);
}

static void test_bad_base64_changes_nothing(void **state)
{
	static const char *const bad[] = { "a", "ab", "abc", "ab=", "a===",
		"====", "=", "ab==x", "ab=c", "abc=d", "abc==", "ab-_",
		"abcde",
		"ab==cd==", "a\377bc" };
	struct str s = STR_INIT;

	(void)state;
	str_add(&s, "kept");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(str_add_unbase64(&s, bad[i], strlen(bad[i])));
		assert_string_equal(s.p, "kept");
	}
	assert_false(str_add_unbase64(&s, "ab\0d", 4));
	str_clear(&s);
}

static void test_base64_there_and_back(void **state)
{
	unsigned char bytes[256];

	(void)state;
	for (int i = 0; i < 256; i++)
		bytes[i] = (unsigned char)(i * 7 + 3);
	for (size_t len = 0; len < sizeof(bytes); len++) {
		struct str code = STR_INIT, back = STR_INIT;

		assert_true(str_add_base64(&code, bytes, len));
		assert_int_equal(code.len, (len + 2) / 3 * 4);
		assert_true(str_add_unbase64(&back, code.p, code.len));
		assert_int_equal(back.len, len);
		assert_memory_equal(back.p, bytes, len);
		str_clear(&code);
		str_clear(&back);
	}
}

static void test_base64_vectors(void **state)
{
	struct str s = STR_INIT;

	(void)state;   /* RFC 4648, section 10 */
	str_add_base64(&s, (const unsigned char *)"foobar", 6);
	str_add_base64(&s, (const unsigned char *)"fooba", 5);
	str_add_base64(&s, (const unsigned char *)"foob", 4);
	assert_string_equal(s.p, "Zm9vYmFyZm9vYmE=Zm9vYg==");
	str_reset(&s);
	assert_true(str_add_unbase64(&s, "Zm9v\r\nYm\tE= ", 12));
	assert_string_equal(s.p, "fooba");
	str_clear(&s);
}

static void test_bad_escapes_stay(void **state)
{
	static const char text[] = "%zz%4%41%2fa+b%";
	struct str s = STR_INIT;

	(void)state;
	assert_true(str_add_unuri(&s, text, strlen(text), false));
	assert_string_equal(s.p, "%zz%4A/a+b%");
	str_reset(&s);
	assert_true(str_add_unuri(&s, text, strlen(text), true));
	assert_string_equal(s.p, "%zz%4A/a b%");
	str_reset(&s);
	assert_true(str_add_unuri(&s, "a%00b", 5, true));
	assert_int_equal(s.len, 3);
	str_clear(&s);
}

static void test_uri(void **state)
{
	static const char text[] = "a b/c+d \xc3\xa9%~_-.\0x";
	struct str s = STR_INIT;

	(void)state;
	assert_true(str_add_uri(&s, text, sizeof(text) - 1, "/"));
	assert_string_equal(s.p, "a%20b/c%2Bd%20%C3%A9%25~_-.%00x");
	str_reset(&s);
	assert_true(str_add_uri(&s, "a/b", 3, NULL));
	assert_string_equal(s.p, "a%2Fb");
	str_clear(&s);
}

static void test_hex(void **state)
{
	struct str s = STR_INIT;

	(void)state;
	str_add_hex(&s, (const unsigned char *)"\x00\x7f\xff", 3);
	assert_string_equal(s.p, "007fff");
	str_clear(&s);
}

static void test_numbers_that_are_none(void **state)
{
	static const char *const bad[] = { "", " 1", "1 ", "+1", "--1", "-",
		"0x10", "1e3", "1.0", "99999999999999999999", "abc", "1\n" };
	long n = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(str_int(bad[i], LONG_MIN, LONG_MAX, &n));
	assert_false(str_int(NULL, 0, 9, &n));
	assert_false(str_int("10", 0, 9, &n));
	assert_false(str_int("-1", 0, 9, &n));
	assert_int_equal(n, 42);
	assert_true(str_int("-7", -7, 9, &n));
	assert_int_equal(n, -7);
	assert_true(str_int("0009", 0, 9, &n));
	assert_int_equal(n, 9);
}

static void test_grows_and_keeps_nuls(void **state)
{
	struct str s = STR_INIT;

	(void)state;
	assert_string_equal(s.p, "");
	for (int i = 0; i < 10000; i++)
		assert_true(str_addn(&s, "a\0b", 3));
	assert_int_equal(s.len, 30000);
	assert_memory_equal(s.p + 29997, "a\0b", 4);
	str_truncate(&s, 40000);
	assert_int_equal(s.len, 30000);
	str_truncate(&s, 1);
	assert_string_equal(s.p, "a");
	str_wipe(&s);
	assert_string_equal(s.p, "");
	assert_true(str_add(&s, "again"));
	str_clear(&s);
}

static void test_format_of_any_length(void **state)
{
	struct str s = STR_INIT;

	(void)state;
	for (int width = 0; width < 300; width++) {
		str_reset(&s);
		assert_true(str_add(&s, "<"));
		assert_true(str_addf(&s, "%*d>", width, 7));
		assert_int_equal(s.len, (width ? width : 1) + 2);
		assert_int_equal(s.p[s.len - 1], '>');
	}
	str_clear(&s);
}

static void test_take(void **state)
{
	struct str s = STR_INIT;
	char *p = str_take(&s);

	(void)state;
	assert_string_equal(p, "");
	free(p);
	str_add(&s, "mine");
	p = str_take(&s);
	assert_string_equal(p, "mine");
	assert_string_equal(s.p, "");
	assert_int_equal(s.len, 0);
	free(p);
}

static void test_compare(void **state)
{
	(void)state;
	assert_true(str_eq(NULL, NULL));
	assert_false(str_eq(NULL, ""));
	assert_false(str_eq("a", NULL));
	assert_true(str_eq("a", "a"));
	assert_true(str_ieq("AbC[", "aBc["));
	assert_false(str_ieq("[", "{"));
	assert_false(str_ieq("abc", "ab"));
	assert_false(str_ieq("a", NULL));
	assert_true(str_ieq(NULL, NULL));
	assert_true(str_starts("s3://b", "s3://"));
	assert_false(str_starts("s3", "s3://"));
	assert_true(str_ends("a.keys", ".keys"));
	assert_false(str_ends("keys", ".keys"));
	assert_true(str_ends("x", ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cap_leaves_the_string_as_it_was),
		cmocka_unit_test(test_cap_holds_for_encodings),
		cmocka_unit_test(test_bad_base64_changes_nothing),
		cmocka_unit_test(test_base64_there_and_back),
		cmocka_unit_test(test_base64_vectors),
		cmocka_unit_test(test_bad_escapes_stay),
		cmocka_unit_test(test_uri),
		cmocka_unit_test(test_hex),
		cmocka_unit_test(test_numbers_that_are_none),
		cmocka_unit_test(test_grows_and_keeps_nuls),
		cmocka_unit_test(test_format_of_any_length),
		cmocka_unit_test(test_take),
		cmocka_unit_test(test_compare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
