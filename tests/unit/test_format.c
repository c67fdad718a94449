/* SPDX-License-Identifier: MIT */
#include "catalogue/format.h"

#include "base/clock.h"
#include "doc/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NOW INT64_C(1795392000000)       /* 2026-11-23T00:00:00Z */

static enum role role;

static void shows_with(enum format format, const char *text,
	const struct signs *signs, const char *want)
{
	const struct cell cell = { .now = NOW, .signs = signs };
	struct str out = STR_INIT;

	role = format_value(format, text, text ? strlen(text) : 0, &cell,
		&out);
	assert_string_equal(out.p, want);
	str_clear(&out);
}

static void shows(enum format format, const char *text, const char *want)
{
	shows_with(format, text, NULL, want);
}

static void plain(enum format format, const char *text, const char *want)
{
	struct str out = STR_INIT;

	format_plain(format, text, strlen(text), &out);
	assert_string_equal(out.p, want);
	str_clear(&out);
}

static int64_t number(enum format format, const char *text)
{
	int64_t n = 0;

	assert_true(format_sort_number(format, text, strlen(text), &n));
	return n;
}

static bool has_number(enum format format, const char *text)
{
	int64_t n;

	return format_sort_number(format, text, strlen(text), &n);
}

static void nothing_is_shown_as_nothing(void **state)
{
	(void)state;
	for (int f = 0; f < FORMAT_COUNT_; f++) {
		shows((enum format)f, NULL, "");
		shows((enum format)f, "", "");
		plain((enum format)f, "", "");
		assert_false(has_number((enum format)f, ""));
	}
}

static void what_does_not_fit_is_shown_as_it_came(void **state)
{
	static const enum format formats[] = {
		FORMAT_NUMBER, FORMAT_SIZE, FORMAT_AGE, FORMAT_TIME,
		FORMAT_DATE, FORMAT_BOOL, FORMAT_MONEY
	};
	(void)state;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		shows(formats[i], "what?", "what?");
		shows(formats[i], "12 apples and pears, more than a number "
			"has room for", "12 apples and pears, more than a "
			"number has room for");
		if (formats[i] != FORMAT_BOOL)
			assert_false(has_number(formats[i], "what?"));
	}
	shows(FORMAT_SIZE, "-1", "-1");
	shows(FORMAT_MONEY, "inf", "inf");
	shows(FORMAT_MONEY, "1e300", "1e300");
	assert_false(has_number(FORMAT_NUMBER, "nan"));
	assert_false(has_number(FORMAT_NUMBER, "1e300"));
	assert_false(has_number(FORMAT_ADDRESS, "10.0.0"));
	assert_false(has_number((enum format)99, "1"));
	shows((enum format)99, "text", "text");
}

static void bad_values_never_break_json(void **state)
{
	(void)state;
	plain(FORMAT_NUMBER, "what?", "");
	plain(FORMAT_NUMBER, "0x10", "");
	plain(FORMAT_NUMBER, "nan", "");
	plain(FORMAT_NUMBER, "+5", "5");
	plain(FORMAT_NUMBER, "007", "7");
	plain(FORMAT_NUMBER, ".5", "0.5");
	plain(FORMAT_BOOL, "maybe", "");
}

static void numbers_are_grouped(void **state)
{
	(void)state;
	shows(FORMAT_NUMBER, "0", "0");
	shows(FORMAT_NUMBER, "1234567", "1,234,567");
	shows(FORMAT_NUMBER, "-1234", "-1,234");
	plain(FORMAT_NUMBER, "1234567", "1234567");
	plain(FORMAT_NUMBER, "2.50", "2.5");
	assert_true(number(FORMAT_NUMBER, "10") > number(FORMAT_NUMBER, "9"));
	assert_true(number(FORMAT_NUMBER, "0.5") > number(FORMAT_NUMBER, "0"));
	assert_true(format_is_right(FORMAT_NUMBER));
	assert_true(format_is_json_number(FORMAT_NUMBER));
}

static void sizes_are_binary(void **state)
{
	(void)state;
	shows(FORMAT_SIZE, "1536", "1.5 KiB");
	plain(FORMAT_SIZE, "1536", "1536");
	assert_true(number(FORMAT_SIZE, "1024") > number(FORMAT_SIZE, "999"));
	assert_true(format_is_right(FORMAT_SIZE));
}

static void times_are_relative_in_tables(void **state)
{
	(void)state;
	shows(FORMAT_AGE, "2026-11-22T23:59:30.000Z", "30s");
	shows(FORMAT_AGE, "2026-10-13T00:00:00.000Z", "41d");
	shows(FORMAT_AGE, "2026-11-25T00:00:00Z", "in 2d");
	plain(FORMAT_AGE, "2026-10-13T02:00:00.123+02:00",
		"2026-10-13T00:00:00Z");
	shows(FORMAT_DATE, "2026-10-13T23:59:59Z", "2026-10-13");
	assert_true(number(FORMAT_AGE, "2026-10-13T00:00:00Z") <
		number(FORMAT_AGE, "2026-10-13T00:00:01Z"));
	assert_true(format_is_volatile(FORMAT_AGE));
	assert_false(format_is_volatile(FORMAT_TIME));
}

static void booleans_say_yes_or_nothing(void **state)
{
	(void)state;
	shows(FORMAT_BOOL, "true", "yes");
	shows(FORMAT_BOOL, "false", "");
	plain(FORMAT_BOOL, "false", "false");
	assert_true(format_is_json_bool(FORMAT_BOOL));
	assert_int_equal(number(FORMAT_BOOL, "true"), 1);
}

static void addresses_sort_by_octet(void **state)
{
	(void)state;
	assert_true(number(FORMAT_ADDRESS, "10.0.0.9") <
		number(FORMAT_ADDRESS, "10.0.0.10"));
	assert_true(number(FORMAT_ADDRESS, "9.255.0.0") <
		number(FORMAT_ADDRESS, "10.0.0.0"));
	assert_true(number(FORMAT_ADDRESS, "255.255.255.255") <
		number(FORMAT_ADDRESS, "::1"));
	assert_true(number(FORMAT_ADDRESS, "2001:db8::") <
		number(FORMAT_ADDRESS, "fe80::1"));
}

static void money_keeps_what_matters(void **state)
{
	(void)state;
	shows(FORMAT_MONEY, "2032.0", "$2,032.00");
	assert_int_equal(role, ROLE_MONEY);
	shows(FORMAT_MONEY, "0.1008", "$0.1008");
	shows(FORMAT_MONEY, "-1.5", "-$1.50");
	shows(FORMAT_MONEY, "0.00", "$0.00");
}

static void keys_are_decoded_if_the_reply_says_so(void **state)
{
	static const char encoded[] =
		"<L><EncodingType>url</EncodingType></L>";
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;
	struct cell cell = { 0 };
	(void)state;

	cell.doc = reader_read(READER_XML, NULL, encoded, sizeof(encoded) - 1,
		&err);
	assert_non_null(cell.doc);
	format_value(FORMAT_URL_TEXT, "a%2Bb+c%0A%zz", 13, &cell, &out);
	assert_string_equal(out.p, "a+b c\n%zz");
	doc_unref((struct doc *)(uintptr_t)cell.doc);

	str_reset(&out);
	cell.doc = reader_read(READER_XML, NULL, "<L><K>k</K></L>", 15, &err);
	assert_non_null(cell.doc);
	format_value(FORMAT_URL_TEXT, "100%25", 6, &cell, &out);
	assert_string_equal(out.p, "100%25");
	doc_unref((struct doc *)(uintptr_t)cell.doc);
	str_clear(&out);
	plain(FORMAT_URL_TEXT, "a+b%20c", "a b c");
}

static void states_have_signs_and_colours(void **state)
{
	static const struct { const char *text, *shown; enum role role; }
	rows[] = {
		{ "running", "* running", ROLE_GOOD },
		{ "in-use", "* in-use", ROLE_GOOD },
		{ "opt-in-not-required", "* opt-in-not-required", ROLE_GOOD },
		{ "stopped", "o stopped", ROLE_DIM },
		{ "terminated", "o terminated", ROLE_DIM },
		{ "stopping", "~ stopping", ROLE_TEXT },
		{ "shutting-down", "~ shutting-down", ROLE_TEXT },
		{ "pending", "~ pending", ROLE_TEXT },
		{ "configuring-enhanced-monitoring",
		  "~ configuring-enhanced-monitoring", ROLE_TEXT },
		{ "storage-full", "x storage-full", ROLE_BAD },
		{ "incompatible-network", "x incompatible-network", ROLE_BAD },
		{ "restore-error", "x restore-error", ROLE_BAD },
		{ "error", "x error", ROLE_BAD },
		{ "insufficient-data", "! insufficient-data", ROLE_WARN },
		{ "never-heard-of", "never-heard-of", ROLE_TEXT }
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		shows_with(FORMAT_STATE, rows[i].text, signs_ascii(),
			rows[i].shown);
		assert_int_equal(role, rows[i].role);
		shows(FORMAT_STATE, rows[i].text, rows[i].text);
	}
	shows_with(FORMAT_STATE, "running", signs_unicode(), "● running");
	plain(FORMAT_STATE, "running", "running");
}

static void long_states_are_only_text(void **state)
{
	char text[200];
	(void)state;

	memset(text, 'x', sizeof(text));
	memcpy(text + sizeof(text) - 7, "-error", 7);
	shows_with(FORMAT_STATE, text, signs_ascii(), text);
	assert_int_equal(role, ROLE_TEXT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_shown_as_nothing),
		cmocka_unit_test(what_does_not_fit_is_shown_as_it_came),
		cmocka_unit_test(bad_values_never_break_json),
		cmocka_unit_test(numbers_are_grouped),
		cmocka_unit_test(sizes_are_binary),
		cmocka_unit_test(times_are_relative_in_tables),
		cmocka_unit_test(booleans_say_yes_or_nothing),
		cmocka_unit_test(addresses_sort_by_octet),
		cmocka_unit_test(money_keeps_what_matters),
		cmocka_unit_test(keys_are_decoded_if_the_reply_says_so),
		cmocka_unit_test(states_have_signs_and_colours),
		cmocka_unit_test(long_states_are_only_text)
	};
	int failed;

	reader_global_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	reader_global_clear();
	return failed;
}
