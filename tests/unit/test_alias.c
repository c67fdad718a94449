/* SPDX-License-Identifier: MIT */
#include "ui/alias.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

static bool taken(void *data, const char *name)
{
	return str_eq(data, name);
}

static bool run(struct aliases *a, const char *line, struct error *err)
{
	char reserved[] = "quit";
	struct words w = { 0 };
	bool ok = words_split(&w, &line, err) &&
		aliases_words(a, &w, taken, reserved, err);

	words_clear(&w);
	return ok;
}

static void expand(const struct aliases *a, const char *line,
	const char *expected)
{
	struct words w = { 0 };
	struct str out = STR_INIT;
	struct error err = ERROR_INIT;
	bool found;

	assert_true(words_split(&w, &line, &err));
	found = aliases_expand(a, &w, &out);
	assert_int_equal(found, expected != NULL);
	assert_string_equal(out.p, expected ? expected : "");
	words_clear(&w);
	str_clear(&out);
}

static void test_refused(void **state)
{
	static const char *const lines[] = { "alias", "alias a", "alias 1a b",
		"alias 'a b' c", "alias '' c", "alias -a b", "alias a/b c",
		"alias quit top", "alias a ''", "alias a '# nothing'",
		"alias a \"sort 'name\"", "unalias", "unalias a",
		"unalias a b" };
	struct aliases a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct error err = ERROR_INIT;

		assert_false(run(&a, lines[i], &err));
		assert_int_equal(err.kind, ERR_USAGE);
	}
	assert_int_equal(a.count, 0);
	aliases_clear(&a);
}

static void test_words_stand_behind(void **state)
{
	struct aliases a = { 0 };
	struct error err = ERROR_INIT;

	(void)state;
	assert_true(run(&a, "alias web instances '/web 1'", &err));
	assert_true(run(&a, "alias prod 'profiles acme; regions all'", &err));
	assert_true(run(&a, "alias x top", &err));
	assert_true(run(&a, "alias x bottom", &err));
	expand(&a, "web", "instances '/web 1'");
	expand(&a, "web eu-west-1 'a b'",
		"instances '/web 1' eu-west-1 'a b'");
	expand(&a, "prod", "profiles acme; regions all");
	expand(&a, "x", "bottom");
	expand(&a, "y", NULL);
	assert_true(run(&a, "unalias web", &err));
	expand(&a, "web", NULL);
	expand(&a, "x", "bottom");
	aliases_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_words_stand_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
