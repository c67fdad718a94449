/* SPDX-License-Identifier: MIT */
#include "ui/keymap.h"

#include "base/embedded.h"
#include "ui/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static int setup(void **state)
{
	*state = keymap_new();
	return 0;
}

static int teardown(void **state)
{
	keymap_free(*state);
	return 0;
}

static void load(struct keymap *m, const char *text)
{
	struct error err = ERROR_INIT;

	if (!keymap_load(m, "test", text, &err))
		fail_msg("%s", err.text);
}

static void refuse(struct keymap *m, const char *text, const char *why)
{
	struct error err = ERROR_INIT;

	assert_false(keymap_load(m, "test", text, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, why))
		fail_msg("%s: not a word of %s", err.text, why);
}

static void expect(struct keymap *m, const char *context, const char *key,
	const char *line)
{
	const char *got = keymap_find(m, context, key_parse(key));

	if (!line)
		assert_null(got);
	else {
		assert_non_null(got);
		assert_string_equal(got, line);
	}
}

static void test_refused(void **state)
{
	refuse(*state, "bind", "test:1");
	refuse(*state, "bind global j", "CONTEXT");
	refuse(*state, "\nbind global hyper help", "test:2: hyper");
	refuse(*state, "bind Global j down", "no context");
	refuse(*state, "bind table/ j down", "no context");
	refuse(*state, "unbind table j k", "unbind");
	refuse(*state, "help", "only bind");
	refuse(*state, "bind global 'j down", "quote");
	expect(*state, "global", "j", NULL);
}

static void test_contexts_inherit(void **state)
{
	struct keymap *m = *state;

	load(m, "bind global j down\nbind table j x\n"
		"bind table/instances j y; bind document q back");
	expect(m, "table/instances", "j", "y");
	expect(m, "table/volumes", "j", "x");
	expect(m, "table", "j", "x");
	expect(m, "document", "j", "down");
	expect(m, "global", "j", "down");
	expect(m, "table", "q", NULL);
}

static void test_unbind_hides(void **state)
{
	struct keymap *m = *state;

	load(m, "bind global j down\nunbind table j");
	expect(m, "table/instances", "j", NULL);
	expect(m, "document", "j", "down");
	load(m, "bind table j up");
	expect(m, "table/instances", "j", "up");
}

static void test_lines(void **state)
{
	struct keymap *m = *state;

	load(m, "bind table N sort name\nbind table S 'sort state; top'\n"
		"bind table F filter 'a b'\nbind table '\\' x # no\n"
		"bind table '#' y\nbind table Ctrl-A z");
	expect(m, "table", "N", "sort name");
	expect(m, "table", "S", "sort state; top");
	expect(m, "table", "F", "filter 'a b'");
	expect(m, "table", "\\", "x");
	expect(m, "table", "ctrl-a", "z");
}

static void test_iteration(void **state)
{
	struct keymap *m = *state;
	struct str seen = STR_INIT;
	struct binding b;
	size_t cursor = 0;

	load(m, "bind global j down\nbind global k up\nbind table k x\n"
		"bind table a y\nbind global q back\nunbind table q\n"
		"bind document z z");
	while (keymap_next(m, "table/x", &cursor, &b))
		str_addf(&seen, "%s:%c=%s ", b.context, b.key, b.line);
	assert_string_equal(seen.p, "table:k=x table:a=y global:j=down ");
	str_clear(&seen);
	assert_int_equal(keymap_key(m, "table", "down"), 'j');
	assert_int_equal(keymap_key(m, "table", "up"), 0);
	assert_int_equal(keymap_key(m, "document", "up"), 'k');
}

static void test_embedded(void **state)
{
	static const char *const free_keys[] = { "x", "X", "D", "K", ".", "U",
		"P", "M", "H", "n", "f", "Del", "Backspace", "Ctrl-A",
		"Ctrl-K", "Ctrl-W", "Ctrl-T", "Ctrl-N", "Ctrl-\\",
		"Ctrl-Space", "Ctrl-Q" };
	struct keymap *m = *state;

	load(m, embedded_file("default.keys"));
	expect(m, "table/instances", "?", "help");
	expect(m, "table", "\\", "mark-none");
	expect(m, "document", "1", "fold-level 1");
	expect(m, "table", "1", "favourite 1");
	for (size_t i = 0; embedded_name(i); i++)
		if (str_ends(embedded_name(i), ".keys"))
			load(m, embedded_file(embedded_name(i)));
	for (size_t i = 0; i < sizeof(free_keys) / sizeof(*free_keys); i++)
		expect(m, "table/instances", free_keys[i], NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_refused),
		TEST(test_contexts_inherit),
		TEST(test_unbind_hides),
		TEST(test_lines),
		TEST(test_iteration),
		TEST(test_embedded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
