/* SPDX-License-Identifier: MIT */
#include "cli/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

/* The words of the first command, joined by |; NULL: refused. */
static char *split(const char *line, const char **rest)
{
	struct words w = { 0 };
	struct str out = STR_INIT;
	struct error err = ERROR_INIT;
	bool ok = words_split(&w, &line, &err);

	for (size_t i = 0; ok && i < w.count; i++)
		str_addf(&out, "%s%s", i ? "|" : "", w.items[i]);
	words_clear(&w);
	if (rest)
		*rest = line;
	if (!ok) {
		str_clear(&out);
		assert_int_equal(err.kind, ERR_USAGE);
		assert_non_null(strstr(err.text, "quote"));
		return NULL;
	}
	return str_take(&out);
}

static void expect(const char *line, const char *words)
{
	char *got = split(line, NULL);

	assert_non_null(got);
	assert_string_equal(got, words);
	free(got);
}

static void test_open_quotes(void **state)
{
	(void)state;
	assert_null(split("'", NULL));
	assert_null(split("filter \"a b", NULL));
	assert_null(split("a 'b c", NULL));
	assert_null(split("a \"b\\\"", NULL));
}

static void test_empty(void **state)
{
	const char *rest = "x";

	(void)state;
	expect("", "");
	expect(" \t ", "");
	expect("# help", "");
	free(split("   # x", &rest));
	assert_null(rest);
}

static void test_words(void **state)
{
	(void)state;
	expect("open instances", "open|instances");
	expect("  a\t b  ", "a|b");
	expect("a#b c # d", "a#b|c");
	expect("a '' b", "a||b");
	expect("x 'a b'\"c d\"e", "x|a bc de");
	expect("'it''s' '\\n'", "its|\\n");
	expect("\"\\\"\\\\\\n\\t\\d\"", "\"\\\n\t\\d");
	expect("a\\ b \\# \\; \\' x\\", "a b|#|;|'|x\\");
}

static void test_several_commands(void **state)
{
	const char *rest;
	char *got = split("sort name; top;", &rest);

	(void)state;
	assert_string_equal(got, "sort|name");
	free(got);
	assert_string_equal(rest, " top;");
	got = split(rest, &rest);
	assert_string_equal(got, "top");
	free(got);
	assert_string_equal(rest, "");
	got = split("a ';' b", &rest);
	assert_string_equal(got, "a|;|b");
	assert_null(rest);
	free(got);
}

static void test_quote_comes_back(void **state)
{
	static const char *const words[] = { "", "a", "a b", "#", "a#", "it's",
		"\"", "\\", "a\nb", "\t", ";", "'\"\\\n ;#", "é x", "\\n", "\r",
		"/web-\\d+ x/" };

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct str line = STR_INIT;
		char *got;

		words_quote(&line, words[i]);
		assert_null(strchr(line.p, '\n'));
		got = split(line.p, NULL);
		assert_non_null(got);
		assert_string_equal(got, words[i]);
		free(got);
		str_clear(&line);
	}
}

static void test_plain_words_stay_plain(void **state)
{
	struct str line = STR_INIT;

	(void)state;
	words_quote(&line, "state=running");
	assert_string_equal(line.p, "state=running");
	str_clear(&line);
}

static void test_nearest(void **state)
{
	static const char *const names[] = { "instances", "volumes",
		"snapshots", "help", "refresh", "regions" };
	const size_t n = sizeof(names) / sizeof(names[0]);

	(void)state;
	assert_null(words_nearest("", names, n));
	assert_null(words_nearest("xyzzy", names, n));
	assert_null(words_nearest("q", names, n));
	assert_null(words_nearest("help", names, 0));
	assert_string_equal(words_nearest("instnaces", names, n), "instances");
	assert_string_equal(words_nearest("volume", names, n), "volumes");
	assert_string_equal(words_nearest("hlep", names, n), "help");
	assert_string_equal(words_nearest("region", names, n), "regions");
	assert_null(words_nearest("a-word-that-is-far-longer-than-any-name-we-"
		"have", names, n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open_quotes),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_several_commands),
		cmocka_unit_test(test_quote_comes_back),
		cmocka_unit_test(test_plain_words_stay_plain),
		cmocka_unit_test(test_nearest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
