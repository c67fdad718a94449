/* SPDX-License-Identifier: MIT */
#include "cli/state.h"

#include "base/str.h"
#include "base/xdg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct place {
	char folder[64], file[96], lock[104], bad[104];
};

static int setup(void **state)
{
	static struct place p;

	snprintf(p.folder, sizeof(p.folder), "/tmp/tucuxi-state-XXXXXX");
	if (!mkdtemp(p.folder))
		return -1;
	snprintf(p.file, sizeof(p.file), "%s/state", p.folder);
	snprintf(p.lock, sizeof(p.lock), "%s.lock", p.file);
	snprintf(p.bad, sizeof(p.bad), "%s.bad-1", p.file);
	*state = &p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;

	unlink(p->file);
	unlink(p->lock);
	unlink(p->bad);
	return rmdir(p->folder);
}

static void put(const struct place *p, const char *text, size_t len)
{
	struct error err = ERROR_INIT;

	assert_true(xdg_write_file(p->file, text, len, &err));
}

static char *get(const char *path)
{
	struct error err = ERROR_INIT;
	char *data;
	size_t len;

	assert_true(xdg_read_file(path, 1 << 20, &data, &len, &err));
	return data;
}

static void test_unreadable_is_set_aside(void **state)
{
	static const char *const texts[] = { "", "garbage\n", "state\n",
		"state 0\n", "state 1 2\n", "state x\n", "history a\nstate 1\n",
		"state 1\nhistory 'open\n", "state 1\nplace a\n",
		"state 1\na b c d\n" };
	struct place *p = *state;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct state *s = state_new(p->file);
		struct error err = ERROR_INIT;
		char *aside;

		put(p, texts[i], strlen(texts[i]));
		assert_false(state_load(s, &err));
		assert_int_equal(err.kind, ERR_PARSE);
		assert_non_null(strstr(err.text, p->bad));
		assert_int_equal(state_history_count(s), 0);
		assert_int_not_equal(access(p->file, F_OK), 0);
		aside = get(p->bad);
		assert_string_equal(aside, texts[i]);
		free(aside);
		unlink(p->bad);
		state_history_add(s, "help");
		error_reset(&err);
		assert_true(state_save(s, &err));
		unlink(p->file);
		state_free(s);
	}
}

static void test_binary_is_set_aside(void **state)
{
	struct place *p = *state;
	struct state *s = state_new(p->file);
	struct error err = ERROR_INIT;

	put(p, "state 1\n\0\0", 10);
	assert_false(state_load(s, &err));
	assert_int_equal(access(p->bad, F_OK), 0);
	state_free(s);
}

static void test_newer_is_left_alone(void **state)
{
	static const char text[] = "state 2\nnews a b c d e f\n";
	struct place *p = *state;
	struct state *s = state_new(p->file);
	struct error err = ERROR_INIT;
	char *data;

	put(p, text, strlen(text));
	assert_false(state_load(s, &err));
	assert_non_null(strstr(err.text, "version 2"));
	state_history_add(s, "help");
	error_reset(&err);
	assert_true(state_save(s, &err));
	data = get(p->file);
	assert_string_equal(data, text);
	free(data);
	state_free(s);
}

static void test_unreadable_folder(void **state)
{
	struct place *p = *state;
	struct state *s;
	struct error err = ERROR_INIT;
	char path[128];

	put(p, "state 1\n", 8);
	snprintf(path, sizeof(path), "%s/below", p->file);
	s = state_new(path);
	state_load(s, &err);
	state_set(s, "place", "a", "b");
	error_reset(&err);
	assert_false(state_save(s, &err));
	assert_int_not_equal(err.kind, ERR_NONE);
	state_free(s);
}

static void test_missing_is_empty(void **state)
{
	struct place *p = *state;
	struct state *s = state_new(p->file);
	struct error err = ERROR_INIT;

	assert_true(state_load(s, &err));
	assert_null(state_get(s, "place", "prod"));
	assert_true(state_save(s, &err));
	assert_int_not_equal(access(p->file, F_OK), 0);
	state_free(s);
}

static void test_comes_back(void **state)
{
	struct place *p = *state;
	struct state *s = state_new(p->file);
	struct error err = ERROR_INIT;
	struct stat st;

	assert_true(state_load(s, &err));
	state_set(s, "place", "my prod", "instances '/it''s'");
	state_set(s, "place", "gone", "x");
	state_set(s, "place", "gone", NULL);
	state_history_add(s, "ec2 /web");
	state_history_add(s, "");
	state_history_add(s, "line\nbreak # ; ' \" \\");
	state_history_add(s, "ec2 /web");
	assert_true(state_save(s, &err));
	state_free(s);
	assert_int_equal(stat(p->file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);

	s = state_new(p->file);
	assert_true(state_load(s, &err));
	assert_string_equal(state_get(s, "place", "my prod"),
		"instances '/it''s'");
	for (size_t cursor = 0, i = 0; i < 2; i++) {
		const char *key, *value;

		assert_int_equal(state_next(s, "place", &cursor, &key,
			&value), i == 0);
		if (!i)
			assert_string_equal(key, "my prod");
	}
	assert_null(state_get(s, "place", "gone"));
	assert_int_equal(state_history_count(s), 2);
	assert_string_equal(state_history(s, 0), "line\nbreak # ; ' \" \\");
	assert_string_equal(state_history(s, 1), "ec2 /web");
	state_free(s);
}

static void test_two_copies_share(void **state)
{
	struct place *p = *state;
	struct state *a = state_new(p->file), *b = state_new(p->file);
	struct error err = ERROR_INIT;

	assert_true(state_load(a, &err));
	assert_true(state_load(b, &err));
	state_history_add(a, "from a");
	state_set(a, "place", "one", "instances");
	state_set(a, "columns", "instances", "name,state");
	assert_true(state_save(a, &err));
	state_history_add(b, "from b");
	state_set(b, "place", "two", "volumes");
	assert_true(state_save(b, &err));
	state_free(a);
	state_free(b);

	a = state_new(p->file);
	assert_true(state_load(a, &err));
	assert_string_equal(state_get(a, "place", "one"), "instances");
	assert_string_equal(state_get(a, "place", "two"), "volumes");
	assert_string_equal(state_get(a, "columns", "instances"),
		"name,state");
	assert_int_equal(state_history_count(a), 2);
	assert_string_equal(state_history(a, 1), "from b");
	state_free(a);
}

static void test_forgotten_in_the_file_too(void **state)
{
	struct place *p = *state;
	struct state *s = state_new(p->file);
	struct error err = ERROR_INIT;
	char *data;

	put(p, "state 1\nplace a b\n", 18);
	assert_true(state_load(s, &err));
	state_set(s, "place", "a", NULL);
	assert_true(state_save(s, &err));
	data = get(p->file);
	assert_null(strstr(data, "\nplace"));
	free(data);
	state_free(s);
}

static void test_history_has_a_limit(void **state)
{
	struct place *p = *state;
	struct state *s = state_new(p->file);
	char line[32];

	state_history_limit(s, 3);
	for (int i = 0; i < 10; i++) {
		snprintf(line, sizeof(line), "line %d", i);
		state_history_add(s, line);
	}
	assert_int_equal(state_history_count(s), 3);
	assert_string_equal(state_history(s, 0), "line 7");
	state_history_limit(s, 0);
	assert_int_equal(state_history_count(s), 0);
	state_history_add(s, "x");
	assert_int_equal(state_history_count(s), 0);
	state_free(s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_unreadable_is_set_aside),
		TEST(test_binary_is_set_aside),
		TEST(test_newer_is_left_alone),
		TEST(test_unreadable_folder),
		TEST(test_missing_is_empty),
		TEST(test_comes_back),
		TEST(test_two_copies_share),
		TEST(test_forgotten_in_the_file_too),
		TEST(test_history_has_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
