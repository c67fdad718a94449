/* SPDX-License-Identifier: MIT */
#include "aws/journal.h"
#include "base/xdg.h"

#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <signal.h>
#include <unistd.h>
#include <cmocka.h>

static char folder[64], path[128];

static int setup(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/test_journal.XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/state/journal", folder);
	return 0;
}

static int teardown(void **state)
{
	char parent[128];

	(void)state;
	unlink(path);
	snprintf(parent, sizeof(parent), "%s/state", folder);
	rmdir(parent);
	return rmdir(folder);
}

static void expect_lines(const char *wanted)
{
	struct error err;
	char *text;
	size_t len;

	assert_true(xdg_read_file(path, 1 << 20, &text, &len, &err));
	assert_string_equal(text, wanted);
	free(text);
}

static void test_refused(void **state)
{
	struct error err;

	(void)state;
	assert_null(journal_open("/proc/none/journal", &err));
	assert_int_equal(err.kind, ERR_IO);
	assert_null(journal_open("/dev/null", &err));
	assert_int_equal(err.kind, ERR_IO);
	assert_null(journal_open(folder, &err));
}

static void test_lines(void **state)
{
	struct error err;
	struct journal *j = journal_open(path, &err);
	struct door_journal hooks;
	struct stat st;

	(void)state;
	assert_non_null(j);
	assert_string_equal(journal_path(j), path);
	hooks = journal_hooks(j);
	assert_true(hooks.intent(hooks.data, "1", "{\"a\":1}", &err));
	hooks.outcome(hooks.data, "1", "{\"b\":2}");
	journal_close(j);
	j = journal_open(path, &err);
	assert_non_null(j);
	hooks = journal_hooks(j);
	assert_true(hooks.intent(hooks.data, "2", "{}", &err));
	journal_close(j);
	expect_lines("{\"a\":1}\n{\"b\":2}\n{}\n");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

/* What does not fit is not half there. */
static void test_full_disk(void **state)
{
	struct error err;
	struct journal *j = journal_open(path, &err);
	struct door_journal hooks = journal_hooks(j);
	struct rlimit before, small;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_true(hooks.intent(hooks.data, "1", "{}", &err));
	getrlimit(RLIMIT_FSIZE, &before);
	small = before;
	small.rlim_cur = 6;
	setrlimit(RLIMIT_FSIZE, &small);
	assert_false(hooks.intent(hooks.data, "2", "{\"long\":1}", &err));
	setrlimit(RLIMIT_FSIZE, &before);
	assert_int_equal(err.kind, ERR_IO);
	assert_non_null(strstr(err.text, path));
	expect_lines("{}\n");
	journal_close(j);
}

static void *write_often(void *data)
{
	struct door_journal hooks = journal_hooks(data);
	struct error err;

	for (int i = 0; i < 50; i++)
		hooks.intent(hooks.data, "x", "{\"same\":\"line\"}", &err);
	return NULL;
}

static void test_threads_and_copies(void **state)
{
	struct error err;
	struct journal *copies[2] = { journal_open(path, &err),
		journal_open(path, &err) };
	pthread_t threads[4];
	struct stat st;

	(void)state;
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, write_often, copies[i % 2]);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	journal_close(copies[0]);
	journal_close(copies[1]);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 200 * 16);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_refused),
		TEST(test_lines),
		TEST(test_full_disk),
		TEST(test_threads_and_copies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
