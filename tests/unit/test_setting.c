/* SPDX-License-Identifier: MIT */
#include "cli/setting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

static int setup(void **state)
{
	static struct settings settings;

	settings_init(&settings);
	*state = &settings;
	return 0;
}

static int teardown(void **state)
{
	settings_clear(*state);
	return 0;
}

static const struct setting *find(const char *name)
{
	struct error err = ERROR_INIT;
	const struct setting *s = setting_find(name, &err);

	assert_non_null(s);
	return s;
}

static void refuse(struct settings *s, const char *name, const char *value)
{
	struct str before = STR_INIT, after = STR_INIT;
	struct error err = ERROR_INIT;

	setting_get(s, find(name), &before);
	assert_false(setting_set(s, find(name), value, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_non_null(strstr(err.text, name));
	setting_get(s, find(name), &after);
	assert_string_equal(before.p, after.p);
	str_clear(&before);
	str_clear(&after);
}

static void test_unknown(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	assert_null(setting_find("tims", &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_non_null(strstr(err.text, "did you mean times?"));
	error_reset(&err);
	assert_null(setting_find("", &err));
	assert_null(setting_find("zzzzzz", &err));
	assert_null(strstr(err.text, "did you mean"));
}

static void test_refused(void **state)
{
	refuse(*state, "times", "sometimes");
	refuse(*state, "times", "");
	refuse(*state, "times", "rel");
	refuse(*state, "times", NULL);
	refuse(*state, "ascii", "maybe");
	refuse(*state, "ambiguous-width", "3");
	refuse(*state, "ambiguous-width", "-1");
	refuse(*state, "refresh", "20s");
	refuse(*state, "refresh", "99999999999999999999");
	refuse(*state, "theme", NULL);
}

static void test_each_kind(void **state)
{
	struct settings *s = *state;
	struct error err = ERROR_INIT;

	assert_true(setting_set(s, find("times"), "utc", &err));
	assert_int_equal(s->times, TIMES_UTC);
	assert_true(setting_set(s, find("ascii"), NULL, &err));
	assert_true(s->ascii);
	assert_true(setting_set(s, find("ascii"), "No", &err));
	assert_false(s->ascii);
	assert_true(setting_set(s, find("refresh"), "0", &err));
	assert_int_equal(s->refresh, 0);
	assert_true(setting_set(s, find("theme"), "mono", &err));
	assert_string_equal(s->theme, "mono");
	assert_int_equal(err.kind, ERR_NONE);
}

/* Every row has its text, its default passes its own check, and what get
 * says is what set reads. */
static void test_rows(void **state)
{
	struct settings *s = *state;

	for (const struct setting *row = setting_table(); row->name; row++) {
		struct str value = STR_INIT;
		struct error err = ERROR_INIT;

		assert_true(strlen(row->help) > 10);
		assert_ptr_equal(find(row->name), row);
		setting_get(s, row, &value);
		assert_true(setting_set(s, row, row->value, &err));
		assert_true(setting_set(s, row, value.p, &err));
		str_clear(&value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unknown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_each_kind, setup,
			teardown),
		cmocka_unit_test_setup_teardown(test_rows, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
