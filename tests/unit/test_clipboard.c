/* SPDX-License-Identifier: MIT */
#include "ui/clipboard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#define PLAIN "\033]52;c;aGk=\a"

static void expect(bool tmux, bool screen, const char *bytes)
{
	struct str out = STR_INIT;

	clipboard_sequence("hi", 2, tmux, screen, &out);
	assert_string_equal(out.p, bytes);
	str_clear(&out);
}

static void test_envelopes(void **state)
{
	(void)state;
	expect(false, false, PLAIN);
	expect(true, false, PLAIN "\033Ptmux;\033" PLAIN "\033\\");
	expect(false, true, "\033P" PLAIN "\033\\");
}

/* Cut, but nothing is lost of it. */
static void test_long(void **state)
{
	struct str plain = STR_INIT, out = STR_INIT, inside = STR_INIT;
	char text[5000];

	(void)state;
	memset(text, 'x', sizeof(text));
	clipboard_sequence(text, sizeof(text), false, false, &plain);
	clipboard_sequence(text, sizeof(text), false, true, &out);
	for (const char *p = out.p; *p;) {
		const char *end = strstr(p, "\033\\");

		assert_true(str_starts(p, "\033P"));
		assert_non_null(end);
		assert_true(end - p < 768);
		str_addn(&inside, p + 2, (size_t)(end - p - 2));
		p = end + 2;
	}
	assert_string_equal(inside.p, plain.p);
	str_clear(&plain);
	str_clear(&out);
	str_clear(&inside);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_envelopes), cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
