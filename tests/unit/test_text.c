/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define SIGN "\xef\xbf\xbd"

static void clean(const char *bytes, size_t len, bool ascii, const char *want)
{
	struct str s = STR_INIT;

	text_sanitise(&s, bytes, len, ascii);
	assert_string_equal(s.p, want);
	str_clear(&s);
}

#define CLEAN(literal, want) clean(literal, sizeof(literal) - 1, false, want)
#define CLEAN_ASCII(literal, want) \
	clean(literal, sizeof(literal) - 1, true, want)

static void test_controls_become_visible(void **state)
{
	(void)state;
	CLEAN("", "");
	CLEAN("a\x1b[31mred\x07", "a" SIGN "[31mred" SIGN);
	CLEAN("a\0b", "a" SIGN "b");
	CLEAN("tab\tline\nend", "tab line end");
	CLEAN("\x7f", SIGN);
	CLEAN("plain text of some length\x01 and on", "plain text of some "
		"length" SIGN " and on");
	CLEAN("\xc2\x9b" "31m", SIGN "31m");                  /* C1: CSI */
	CLEAN("\xe2\x80\xae" "abc", SIGN "abc");              /* bidi */
	CLEAN("a\xe2\x81\xa6", "a" SIGN);
	CLEAN("a\xd8\x9c", "a" SIGN);
	CLEAN("a\xe2\x80\xa8\xe2\x80\xa9", "a" SIGN SIGN);    /* separators */
	CLEAN("\xef\xbb\xbf" "a", SIGN "a");                  /* BOM */
}

static void test_bytes_that_are_not_utf8(void **state)
{
	(void)state;
	CLEAN("a\xff" "b", "a" SIGN "b");
	CLEAN("a\xc3", "a" SIGN);
	CLEAN("\xc0\xaf", SIGN SIGN);                         /* overlong */
	CLEAN("\xe0\x80\xaf", SIGN SIGN SIGN);
	CLEAN("\xed\xa0\x80", SIGN SIGN SIGN);                /* surrogate */
	CLEAN("\xf4\x90\x80\x80", SIGN SIGN SIGN SIGN);
	CLEAN("\xe2\x82" "a", SIGN SIGN "a");
}

static void test_marks_are_counted(void **state)
{
	(void)state;
	CLEAN("e\xcc\x81x", "e\xcc\x81x");
	CLEAN("\xcc\x81x", SIGN "x");
	CLEAN("e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81x",
		"e\xcc\x81\xcc\x81\xcc\x81\xcc\x81x");
	CLEAN("e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81" "a\xcc\x81",
		"e\xcc\x81\xcc\x81\xcc\x81\xcc\x81" "a\xcc\x81");
}

static void test_good_text_stays(void **state)
{
	(void)state;
	CLEAN("Gr\xc3\xbc\xc3\x9f" "e \xe4\xb8\x96\xe7\x95\x8c "
		"\xf0\x9f\x90\xac",
		"Gr\xc3\xbc\xc3\x9f" "e \xe4\xb8\x96\xe7\x95\x8c "
		"\xf0\x9f\x90\xac");
	CLEAN_ASCII("a\xc3\xbc\x1b~", "a??~");
}

/* Whatever goes in, what comes out is clean: sanitised again it stays. */
static void test_random_bytes(void **state)
{
	uint64_t seed = 11;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct str once = STR_INIT, twice = STR_INIT;
		char bytes[64];

		for (size_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = (char)(random_next(&seed) >> 13);
		text_sanitise(&once, bytes, sizeof(bytes), false);
		text_sanitise(&twice, once.p, once.len, false);
		assert_string_equal(once.p, twice.p);
		for (size_t i = 0; i < once.len; i++)
			assert_true((unsigned char)once.p[i] >= 0x20);
		str_clear(&once);
		str_clear(&twice);
	}
}

static void test_encode_decode(void **state)
{
	char bytes[4];
	uint32_t cp;

	(void)state;
	assert_int_equal(text_decode("", 0, &cp), 0);
	assert_int_equal(text_encode(0x110000, bytes), 3);
	assert_int_equal(text_encode(0xd800, bytes), 3);
	assert_memory_equal(bytes, SIGN, 3);
	for (uint32_t c = 0; c <= 0x10ffff; c += 7) {
		size_t n;

		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		n = text_encode(c, bytes);
		assert_int_equal(text_decode(bytes, n, &cp), n);
		assert_int_equal(cp, c);
		if (n > 1) {
			assert_int_equal(text_decode(bytes, n - 1, &cp), 1);
			assert_int_equal(cp, 0xfffd);
		}
	}
}

static void test_widths(void **state)
{
	static const struct {
		uint32_t cp;
		int narrow, wide;
	} rows[] = {
		{ 0, 0, 0 }, { '\n', 0, 0 }, { ' ', 1, 1 }, { '~', 1, 1 },
		{ 0x7f, 0, 0 }, { 0x9b, 0, 0 }, { 0xe9, 1, 2 }, { 0xeb, 1, 1 },
		{ 0x300, 0, 0 }, { 0x4e16, 2, 2 }, { 0xac00, 2, 2 },
		{ 0xff21, 2, 2 }, { 0x1f42c, 2, 2 }, { 0x200d, 0, 0 },
		{ 0xfe0f, 0, 0 }, { 0x2500, 1, 2 }, { 0x25cf, 1, 2 },
		{ 0x10ffff, 1, 1 }, { 0xfffd, 1, 2 }, { 0x20000, 2, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (text_cp_width(rows[i].cp, 1) != rows[i].narrow ||
		    text_cp_width(rows[i].cp, 2) != rows[i].wide)
			fail_msg("U+%04X: %d %d", rows[i].cp,
				text_cp_width(rows[i].cp, 1),
				text_cp_width(rows[i].cp, 2));
	}
	assert_int_equal(text_width("a\xe4\xb8\x96" "e\xcc\x81", 7, 1), 4);
}

static void test_fit(void **state)
{
	static const char text[] = "a\xe4\xb8\x96" "e\xcc\x81z";
	size_t used;

	(void)state;
	assert_int_equal(text_fit(text, 8, 0, 1, &used), 0);
	assert_int_equal(used, 0);
	assert_int_equal(text_fit(text, 8, 2, 1, &used), 1);
	assert_int_equal(used, 1);
	assert_int_equal(text_fit(text, 8, 3, 1, &used), 4);
	assert_int_equal(text_fit(text, 8, 4, 1, &used), 7);
	assert_int_equal(used, 4);
	assert_int_equal(text_fit(text, 8, 99, 1, NULL), 8);
	assert_int_equal(text_fit("abcdefghijkl", 12, 10, 1, &used), 10);
	assert_int_equal(text_fit("", 0, 5, 1, &used), 0);
}

static int natural(const char *a, const char *b)
{
	int forth = text_natural_compare(a, strlen(a), b, strlen(b));
	int back = text_natural_compare(b, strlen(b), a, strlen(a));

	assert_true((forth < 0) == (back > 0) && (!forth) == (!back));
	return forth < 0 ? -1 : forth > 0;
}

static void test_natural_order(void **state)
{
	(void)state;
	assert_int_equal(natural("", ""), 0);
	assert_int_equal(natural("", "a"), -1);
	assert_int_equal(natural("web-2", "web-10"), -1);
	assert_int_equal(natural("web-02", "web-2"), -1);
	assert_int_equal(natural("web-02", "web-2b"), -1);
	assert_int_equal(natural("Web-3", "web-2"), 1);
	assert_int_equal(natural("WEB", "web"), -1);
	assert_int_equal(natural("a1b10", "a1b9"), 1);
	assert_int_equal(natural("10.0.9.1", "10.0.10.1"), -1);
	assert_int_equal(natural("99999999999999999999999",
		"100000000000000000000000"), -1);
	assert_int_equal(natural("a", "a1"), -1);
	assert_int_equal(natural("7", "a"), -1);
	assert_int_equal(natural("\xc3\xa9", "z"), 1);
}

static const char *plain_find(const char *hay, size_t len,
	const char *needle, size_t needle_len)
{
	for (size_t i = 0; i + needle_len <= len; i++)
		if (!strncasecmp(hay + i, needle, needle_len))
			return hay + i;
	return NULL;
}

static void test_find_against_a_plain_search(void **state)
{
	static const char letters[] = "aAbBz@`[{0";
	uint64_t seed = 5;

	(void)state;
	for (int round = 0; round < 100000; round++) {
		size_t len = random_next(&seed) % 80;
		size_t needle_len = random_next(&seed) % 5;
		char *hay = malloc(len + 1), needle[8];

		for (size_t i = 0; i < len; i++)
			hay[i] = letters[random_next(&seed) % 10];
		for (size_t i = 0; i < needle_len; i++)
			needle[i] = "abz@`[{0"[random_next(&seed) % 8];
		assert_ptr_equal(text_find(hay, len, needle, needle_len),
			plain_find(hay, len, needle, needle_len));
		free(hay);
	}
}

static void test_find(void **state)
{
	static const char hay[] = "The Quick br\xc3\xb6wn Fox";

	(void)state;
	assert_null(text_find("", 0, "a", 1));
	assert_null(text_find("ab", 2, "abc", 3));
	assert_ptr_equal(text_find(hay, 20, "", 0), hay);
	assert_ptr_equal(text_find(hay, 20, "quick", 5), hay + 4);
	assert_ptr_equal(text_find(hay, 20, "\xc3\xb6wn f", 6), hay + 12);
	assert_ptr_equal(text_find(hay, 20, "x", 1), hay + 19);
	assert_null(text_find(hay, 19, "x", 1));
}

static void test_numbers_for_people(void **state)
{
	struct str s = STR_INIT;

	(void)state;
	text_add_grouped(&s, INT64_MIN);
	str_addc(&s, '|');
	text_add_grouped(&s, 1234567);
	str_addc(&s, '|');
	text_add_grouped(&s, -999);
	str_addc(&s, '|');
	text_add_grouped(&s, 0);
	assert_string_equal(s.p,
		"-9,223,372,036,854,775,808|1,234,567|-999|0");
	str_reset(&s);
	text_add_size(&s, 0);
	str_addc(&s, '|');
	text_add_size(&s, 1023);
	str_addc(&s, '|');
	text_add_size(&s, 1536);
	str_addc(&s, '|');
	text_add_size(&s, (1u << 20) - 1);
	str_addc(&s, '|');
	text_add_size(&s, 13207024436u);
	str_addc(&s, '|');
	text_add_size(&s, UINT64_MAX);
	assert_string_equal(s.p,
		"0 B|1023 B|1.5 KiB|1023.9 KiB|12.3 GiB|15.9 EiB");
	str_reset(&s);
	text_add_age(&s, -5);
	str_addc(&s, '|');
	text_add_age(&s, 59999);
	str_addc(&s, '|');
	text_add_age(&s, 60000);
	str_addc(&s, '|');
	text_add_age(&s, 86399999);
	str_addc(&s, '|');
	text_add_age(&s, (int64_t)41 * 86400000);
	assert_string_equal(s.p, "0s|59s|1m|23h|41d");
	str_clear(&s);
}

static void test_lower(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	text_add_lower(&out, "");
	text_add_lower(&out, "Web-ÄZ 1");
	assert_string_equal(out.p, "web-Äz 1");
	str_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lower),
		cmocka_unit_test(test_controls_become_visible),
		cmocka_unit_test(test_bytes_that_are_not_utf8),
		cmocka_unit_test(test_marks_are_counted),
		cmocka_unit_test(test_good_text_stays),
		cmocka_unit_test(test_random_bytes),
		cmocka_unit_test(test_encode_decode),
		cmocka_unit_test(test_widths),
		cmocka_unit_test(test_fit),
		cmocka_unit_test(test_natural_order),
		cmocka_unit_test(test_find_against_a_plain_search),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_numbers_for_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
