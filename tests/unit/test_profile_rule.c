/* SPDX-License-Identifier: MIT */
#include "base/mem.h"
#include "base/xdg.h"
#include "cli/profile_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ACCOUNT "123456789012"

static int setup(void **state)
{
	*state = profile_rules_new();
	return 0;
}

static int teardown(void **state)
{
	profile_rules_free(*state);
	return 0;
}

static bool say(struct profile_rules *r, const char *line, struct error *err)
{
	struct words words = { 0 };
	bool ok;

	error_reset(err);
	assert_true(words_split(&words, &line, err));
	ok = profile_rules_words(r, &words, err);
	words_clear(&words);
	return ok;
}

static struct profile_say ask(struct profile_rules *r, const char *profile,
	const char *account)
{
	struct profile_say s;

	profile_rules_ask(r, profile, account, &s);
	return s;
}

static void expect_locked_by_mistake(struct profile_rules *r,
	const char *line, const char *profile, const char *word)
{
	struct error err = ERROR_INIT;

	assert_false(ask(r, profile, "").flags & PROFILE_READ_ONLY);
	assert_false(say(r, line, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_non_null(strstr(err.text, word));
	assert_non_null(strstr(err.text, "is read-only"));
	assert_true(ask(r, profile, "").flags & PROFILE_READ_ONLY);
}

/* Who mistypes the lock is locked all the same. */
static void test_mistakes_lock(void **state)
{
	struct error err = ERROR_INIT;

	expect_locked_by_mistake(*state, "profile a raed-only", "a",
		"did you mean read-only");
	expect_locked_by_mistake(*state, "profile b", "b", "profile GLOB");
	expect_locked_by_mistake(*state, "profile c color", "c", "color");
	expect_locked_by_mistake(*state, "profile d regions", "d", "regions");
	expect_locked_by_mistake(*state, "profile e regions up/down", "e",
		"no region");
	expect_locked_by_mistake(*state, "profile f production readonly",
		"f", "readonly");
	assert_false(say(*state, "profile", &err));
	assert_false(say(*state, "profile ''", &err));
	assert_int_equal(ask(*state, "z", ACCOUNT).flags, 0);
}

static void test_rules_add_up(void **state)
{
	struct error err = ERROR_INIT;
	struct profile_say s;

	assert_true(say(*state, "profile prod* production color red", &err));
	assert_true(say(*state, "profile prod-eu read-only regions eu-west-1 "
		"eu-central-1", &err));
	assert_true(say(*state, "profile *-eu color '#870000'", &err));
	s = ask(*state, "prod-eu", "");
	assert_int_equal(s.flags, PROFILE_READ_ONLY | PROFILE_PRODUCTION);
	assert_string_equal(s.colour, "#870000");
	assert_string_equal(s.regions, "eu-west-1 eu-central-1");
	s = ask(*state, "prod-us", "");
	assert_int_equal(s.flags, PROFILE_PRODUCTION);
	assert_string_equal(s.colour, "red");
	assert_null(s.regions);
	s = ask(*state, "dev", "");
	assert_int_equal(s.flags, 0);
	assert_null(s.colour);
}

/* By number, with hyphens or without; before it is known nobody is sure. */
static void test_accounts(void **state)
{
	struct error err = ERROR_INIT;

	assert_true(say(*state, "profile 1234-* read-only", &err));
	assert_true(ask(*state, "dev", ACCOUNT).flags & PROFILE_READ_ONLY);
	assert_false(ask(*state, "dev", "223456789012").flags);
	assert_true(ask(*state, "dev", "").unsure);
	assert_false(ask(*state, "dev", ACCOUNT).unsure);
	assert_int_equal(profile_rules_guard(*state, "dev", ""),
		SESSION_LOCK_UNSURE);
	assert_int_equal(profile_rules_guard(*state, "dev", ACCOUNT),
		SESSION_LOCKED);
	assert_int_equal(profile_rules_guard(*state, "dev", "210987654321"),
		SESSION_FREE);
}

/* A rule of names alone leaves nobody unsure. */
static void test_names_are_sure(void **state)
{
	struct error err = ERROR_INIT;

	assert_true(say(*state, "profile prod* read-only", &err));
	assert_int_equal(profile_rules_guard(*state, "dev", ""),
		SESSION_FREE);
	assert_int_equal(profile_rules_guard(*state, "prod", ""),
		SESSION_LOCKED);
}

static void test_lines(void **state)
{
	struct error err = ERROR_INIT;
	struct str text = STR_INIT;

	assert_true(say(*state, "profile 'a b*' read-only production color "
		"red regions all", &err));
	profile_rules_lines(*state, &text);
	assert_string_equal(text.p, "profile 'a b*' read-only production "
		"color red regions all\n");
	str_clear(&text);
}

static size_t told;
static char last[1024];

static void tell(const struct error *err)
{
	told++;
	snprintf(last, sizeof(last), "%s", err->text);
}

static void write_file(const char *folder, const char *name,
	const char *text, char path[128])
{
	struct error err = ERROR_INIT;

	snprintf(path, 128, "%s/%s", folder, name);
	assert_true(xdg_write_file(path, text, strlen(text), &err));
}

/* Only its own lines, those of the files it names, each mistake told once;
 * files that name each other end. */
static void test_file(void **state)
{
	char folder[] = "/tmp/tucuxi-rules-XXXXXX", path[128], more[128];

	assert_non_null(mkdtemp(folder));
	write_file(folder, "more", "profile two read-only\nsource rc\n", more);
	write_file(folder, "rc", "frobnicate\nset theme dark; profile one "
		"read-only\nsource more\nprofile three readonly\n", path);
	told = 0;
	profile_rules_read(*state, path, tell);
	assert_int_equal(told, 1);
	assert_non_null(strstr(last, "rc:4: "));
	assert_int_equal(ask(*state, "one", "").flags, PROFILE_READ_ONLY);
	assert_int_equal(ask(*state, "two", "").flags, PROFILE_READ_ONLY);
	assert_int_equal(ask(*state, "three", "").flags, PROFILE_READ_ONLY);
	assert_int_equal(ask(*state, "four", "").flags, 0);
	unlink(path);
	unlink(more);
	rmdir(folder);
}

/* No file is no rule; one that cannot be read locks all, and so does a line
 * whose quote is never closed. */
static void test_unreadable_file(void **state)
{
	char folder[] = "/tmp/tucuxi-rules-XXXXXX", path[128];
	struct profile_rules *r = profile_rules_new();

	told = 0;
	profile_rules_read(*state, "/nonexistent/tucuxirc", tell);
	assert_int_equal(told, 0);
	assert_int_equal(ask(*state, "dev", "").flags, 0);
	assert_non_null(mkdtemp(folder));
	profile_rules_read(*state, folder, tell);
	assert_int_equal(told, 1);
	assert_int_equal(ask(*state, "dev", "").flags, PROFILE_READ_ONLY);
	write_file(folder, "rc", "profile 'prod read-only\n", path);
	profile_rules_read(r, path, tell);
	assert_int_equal(told, 2);
	assert_int_equal(ask(r, "dev", "").flags, PROFILE_READ_ONLY);
	profile_rules_free(r);
	unlink(path);
	rmdir(folder);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_mistakes_lock),
		TEST(test_rules_add_up),
		TEST(test_accounts),
		TEST(test_names_are_sure),
		TEST(test_lines),
		TEST(test_file),
		TEST(test_unreadable_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
