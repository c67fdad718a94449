/* SPDX-License-Identifier: MIT */
#include "ui/exec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

static bool value(void *data, const char *name, struct str *out,
	struct error *err)
{
	static const char *const values[][2] = {
		{ "ip", "10.0.0.1" }, { "none", "" }, { "option", "-oX=y" },
		{ "shell", "$(reboot); `x` 'y' \"z\" | & *" },
		{ "bell", "a\ab" }, { "line", "a\nb" },
	};

	(void)data;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (str_eq(values[i][0], name))
			return str_add(out, values[i][1]);
	return error_set(err, ERR_USAGE, "no column %s", name);
}

static bool make(struct exec *e, const char *line, struct error *err)
{
	struct words w = { 0 };
	bool ok = words_split(&w, &line, err) &&
		exec_make(e, &w, value, NULL, err);

	words_clear(&w);
	return ok;
}

static void refuse(const char *line, const char *why)
{
	struct error err = ERROR_INIT;
	struct exec e;

	assert_false(make(&e, line, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, why))
		fail_msg("%s: not a word of %s", err.text, why);
}

static void test_refused(void **state)
{
	(void)state;
	refuse("exec", "COMMAND");
	refuse("exec --wait", "COMMAND");
	refuse("exec ''", "COMMAND");
	refuse("exec --shell ssh", "not --shell");
	refuse("exec %{ip}", "command itself");
	refuse("exec ssh %{nothing}", "no column nothing");
	refuse("exec ssh %{}", "no column");
	refuse("exec ssh %{none}", "has no none");
	refuse("exec ssh %{option}", "begins with -");
	refuse("exec ssh ok %{option}@x", "begins with -");
	refuse("exec echo %{bell}", "control");
	refuse("exec echo %{line}", "control");
}

static void expect(const char *line, const char *joined)
{
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;
	struct exec e;

	if (!make(&e, line, &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < e.words.count; i++)
		str_addf(&out, "%s[%s]", i ? " " : "", e.words.items[i]);
	assert_null(e.words.items[e.words.count]);
	assert_string_equal(out.p, joined);
	str_clear(&out);
	exec_clear(&e);
}

static void test_one_value_is_one_argument(void **state)
{
	(void)state;
	expect("exec ssh admin@%{ip}", "[ssh] [admin@10.0.0.1]");
	expect("exec ping -c 1 %{ip}", "[ping] [-c] [1] [10.0.0.1]");
	expect("exec echo %{ip}%{ip} 100%% %x %", "[echo] "
		"[10.0.0.110.0.0.1] [100%] [%x] [%]");
	expect("exec echo --name=%{option}", "[echo] [--name=-oX=y]");
	expect("exec echo %{shell}", "[echo] "
		"[$(reboot); `x` 'y' \"z\" | & *]");
	expect("exec echo %{ip", "[echo] [%{ip]");
}

static void test_flags(void **state)
{
	struct error err = ERROR_INIT;
	struct exec e;

	(void)state;
	assert_true(make(&e, "exec --confirm --wait echo --wait", &err));
	assert_true(e.confirm && e.wait);
	assert_int_equal(e.words.count, 2);
	exec_clear(&e);
	assert_true(make(&e, "exec echo", &err));
	assert_false(e.confirm || e.wait);
	exec_clear(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_one_value_is_one_argument),
		cmocka_unit_test(test_flags),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
