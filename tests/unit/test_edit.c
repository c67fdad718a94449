/* SPDX-License-Identifier: MIT */
#include "ui/edit.h"

#include "ui/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

/* Presses keys by name, separated by blanks; `|` shows the cursor. */
static void expect(const char *text, const char *keys, const char *result)
{
	struct edit e;
	struct str got = STR_INIT;
	char name[32];
	bool changed;

	edit_init(&e, text);
	while (*keys) {
		size_t n = strcspn(keys, " ");

		memcpy(name, keys, n);
		name[n] = '\0';
		assert_int_not_equal(key_parse(name), 0);
		edit_key(&e, key_parse(name), &changed);
		keys += n + (keys[n] == ' ');
	}
	str_addn(&got, e.text.p, e.cursor);
	str_addc(&got, '|');
	str_add(&got, e.text.p + e.cursor);
	assert_string_equal(got.p, result);
	str_clear(&got);
	edit_clear(&e);
}

static void test_at_the_ends(void **state)
{
	static const char *const keys[] = { "Left", "Right", "Backspace",
		"Del", "Ctrl-U", "Ctrl-K", "Ctrl-W", "Alt-B", "Alt-F",
		"Ctrl-Y", "Alt-D", "Home", "End" };

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		expect("", keys[i], "|");
	expect("a", "Ctrl-K Del Right", "a|");
	expect("a", "Home Backspace Left Ctrl-U", "|a");
}

static void test_not_its_keys(void **state)
{
	static const char *const names[] = { "Up", "Down", "Enter", "Esc",
		"Tab", "F5", "Ctrl-C", "Alt-x", "PgUp" };
	struct edit e;
	bool changed = true;

	(void)state;
	edit_init(&e, "x");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_false(edit_key(&e, key_parse(names[i]), &changed));
		assert_false(changed);
	}
	assert_string_equal(e.text.p, "x");
	edit_clear(&e);
}

static void test_moving(void **state)
{
	(void)state;
	expect("one two-three", "Ctrl-A", "|one two-three");
	expect("one two-three", "Alt-B", "one two-|three");
	expect("one two-three", "Alt-B Alt-B", "one |two-three");
	expect("one two-three", "Home Alt-F", "one| two-three");
	expect("one", "Left Left x", "ox|ne");
}

static void test_removing(void **state)
{
	(void)state;
	expect("one two-three", "Ctrl-W", "one |");
	expect("one two  ", "Ctrl-W", "one |");
	expect("one two", "Ctrl-W Ctrl-Y Ctrl-Y", "one twotwo|");
	expect("one two", "Alt-B Ctrl-U", "|two");
	expect("one two", "Alt-B Ctrl-K Home Ctrl-Y", "two|one ");
	expect("abc", "Left Backspace Ctrl-D", "a|");
	expect("one two", "Home Alt-D", "| two");
}

static void test_wide_and_marked(void **state)
{
	(void)state;
	expect("a\303\251", "Backspace", "a|");
	expect("e\314\201x", "Home Right", "e\314\201|x");
	expect("e\314\201x", "Left Backspace", "|x");
	expect("", "\344\270\255 \303\251 Left", "\344\270\255|\303\251");
}

static void test_paste(void **state)
{
	struct edit e;
	char *much;

	(void)state;
	edit_init(&e, "a");
	edit_insert(&e, "\nb\tc\033[A\r\n\r\n", 11);
	assert_string_equal(e.text.p, "a b c[A");
	much = calloc(1, 100000);
	assert_non_null(much);
	memset(much, 'x', 99999);
	edit_insert(&e, much, 99999);
	assert_string_equal(e.text.p, "a b c[A");
	free(much);
	edit_replace(&e, 2, "zz");
	assert_string_equal(e.text.p, "a zz");
	assert_int_equal(e.cursor, 4);
	edit_clear(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_at_the_ends),
		cmocka_unit_test(test_not_its_keys),
		cmocka_unit_test(test_moving),
		cmocka_unit_test(test_removing),
		cmocka_unit_test(test_wide_and_marked),
		cmocka_unit_test(test_paste),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
