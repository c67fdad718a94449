/* SPDX-License-Identifier: MIT */
#include "cli/help.h"
#include "cli/options.h"
#include "cli/verb.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define WORDS 16

/* Words separated by blanks, as a command line. */
static bool parse(struct options *o, const char *line, struct error *err)
{
	static char text[512];
	char *words[WORDS] = { (char *)"tucuxi" };
	int n = 1;

	assert_true(strlen(line) < sizeof(text));
	memcpy(text, line, strlen(line) + 1);
	for (char *p = text; *p && n < WORDS;) {
		words[n++] = p;
		p += strcspn(p, " ");
		if (*p)
			*p++ = '\0';
	}
	*err = (struct error)ERROR_INIT;
	return options_parse(o, n, words, err);
}

static void refuses(const char *line, const char *first, const char *second)
{
	struct options o;
	struct error err;

	if (parse(&o, line, &err))
		fail_msg("'%s' was taken", line);
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, first) || !strstr(err.text, second))
		fail_msg("'%s': %s", line, err.text);
}

static void bad_lines_say_what_to_do(void **state)
{
	(void)state;
	refuses("--profle x", "--profle", "--profile");
	refuses("--profle=x", "--profle=x", "--profile");
	refuses("--=", "--=", "--help");
	refuses("-x", "-x", "--help");
	refuses("--sort", "--sort", "COLUMN");
	refuses("ls instances -o", "--output", "FORMAT");
	refuses("ls instances -o jsn", "jsn", "ndjson");
	refuses("--read-only=yes", "--read-only", "no value");
	refuses("--demo=none", "none", "number");
	refuses("ls instances --watch=1", "1", "2 to");
	refuses("ls instances --watch=", "--watch=", "seconds");
	refuses("--demo=0", "0", "1 to");
	refuses("lss instances", "lss", "did you mean ls");
	refuses("a b", "a", "--help");
}

static void an_option_that_would_do_nothing_is_refused(void **state)
{
	(void)state;
	refuses("regions --filter x", "regions", "ls");
	refuses("creds --sort name", "creds", "the screen");
	refuses("instances -o json", "screen", "tucuxi ls instances");
	refuses("instances --watch", "screen", "tucuxi ls instances");
	refuses("--strict", "screen", "tucuxi ls");
	refuses("get instances i-1 -o csv", "csv", "yaml");
	refuses("ls instances -o xml", "xml", "ndjson");
	refuses("ls instances --port 80", "port", "sim");
	refuses("ls instances --seed 1", "seed", "--demo");
	refuses("help -o json", "help", "ls");
}

static void what_fits_is_taken(void **state)
{
	struct options o;
	struct error err;

	(void)state;
	assert_true(parse(&o, "--theme light ls instances -oyaml", &err));
	assert_string_equal(o.verb, "ls");
	assert_int_equal(o.output, OUTPUT_YAML);
	assert_true(parse(&o, "--demo=5 --seed 1 --fault 500 --fault 503",
		&err));
	assert_int_equal(o.demo_instances, 5);
	assert_int_equal(o.fault_count, 2);
	assert_true(parse(&o, "ls instances --watch", &err));
	assert_true(o.watch && !o.watch_seconds);
	assert_true(parse(&o, "ls instances --watch=2", &err));
	assert_int_equal(o.watch_seconds, 2);
	assert_true(parse(&o, "ls -- -r", &err));
	assert_int_equal(o.argument_count, 1);
	assert_string_equal(o.arguments[0], "-r");
	assert_true(parse(&o, "get instances i-1 -o xml", &err));
	assert_true(parse(&o, "creds -h --sort x", &err));
}

static void check_lines(const char *text, const char *verb)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		size_t width = text_width(text, len, 1);

		if (width > 79)
			fail_msg("%s: %zu columns: %.*s", verb, width,
				(int)len, text);
		if (len && (text[len - 1] == ' ' || text[len - 1] == '\t'))
			fail_msg("%s: blank at the end: %.*s", verb,
				(int)len, text);
		text += len + (text[len] == '\n');
	}
}

static void help_fits_a_terminal_and_is_complete(void **state)
{
	struct str text = STR_INIT;

	(void)state;
	help_text(&text, NULL);
	check_lines(text.p, "tucuxi");
	for (const struct verb *v = verb_table(); v->name; v++) {
		char line[64];

		snprintf(line, sizeof(line), "\n  %s ", v->name);
		if (!v->hidden && !strstr(text.p, line))
			fail_msg("%s is missing", v->name);
	}
	for (const struct verb *v = verb_table(); v->name; v++) {
		str_reset(&text);
		help_text(&text, v->name);
		check_lines(text.p, v->name);
		assert_non_null(strstr(text.p, "--help"));
	}
	str_clear(&text);
}

static void tables_name_only_what_is_there(void **state)
{
	(void)state;
	for (const struct option *o = option_table(); o->name; o++) {
		const char *p = o->verbs;

		for (; p && *p; p += strcspn(p, " "), p += *p == ' ') {
			char name[32] = "";
			size_t len = strcspn(p, " ");

			assert_true(len < sizeof(name));
			memcpy(name, p, len);
			if (strcmp(name, "screen") && strcmp(name, "demo") &&
			    !verb_find(name))
				fail_msg("--%s: no verb %s", o->name, name);
		}
		assert_ptr_equal(option_find(o->name, strlen(o->name)), o);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_lines_say_what_to_do),
		cmocka_unit_test(an_option_that_would_do_nothing_is_refused),
		cmocka_unit_test(what_fits_is_taken),
		cmocka_unit_test(help_fits_a_terminal_and_is_complete),
		cmocka_unit_test(tables_name_only_what_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
