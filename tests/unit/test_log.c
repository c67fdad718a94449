/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/xdg.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/tucuxi-log-XXXXXX";
static char path[64];

static int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/log", folder);
	clock_set_virtual(1795392840123);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	log_close();
	unlink(path);
	return rmdir(folder);
}

static char *text(void)
{
	struct error err = ERROR_INIT;
	char *data = NULL;
	size_t len;

	assert_true(xdg_read_file(path, 1 << 24, &data, &len, &err));
	return data;
}

static void test_bad_path(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	assert_false(log_open("/nowhere/at/all", &err));
	assert_int_equal(err.kind, ERR_IO);
	assert_false(log_enabled());
	LOG("lost");
	log_write("f", "lost");
	log_close();
}

static void test_full_disk_closes_it(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	if (access("/dev/full", W_OK) != 0)
		skip();
	assert_true(log_open("/dev/full", &err));
	assert_true(log_enabled());
	LOG("one");
	assert_false(log_enabled());
	LOG("two");
}

static void test_lines_are_safe(void **state)
{
	struct error err = ERROR_INIT;
	char *data;

	(void)state;
	unlink(path);
	assert_true(log_open(path, &err));
	LOG("GET %s\n\x1b[2J", "/");
	log_close();
	assert_false(log_enabled());
	data = text();
	assert_string_equal(data, "2026-11-23T00:14:00.123Z t1 "
		"test_lines_are_safe: GET / \xef\xbf\xbd[2J\n");
	free(data);
}

static void test_it_is_private(void **state)
{
	struct error err = ERROR_INIT;
	struct stat st;
	int fd;

	(void)state;
	unlink(path);
	fd = open(path, O_CREAT | O_WRONLY, 0644);
	assert_true(fd >= 0);
	assert_int_equal(fchmod(fd, 0644), 0);
	close(fd);
	assert_true(log_open(path, &err));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	log_close();
}

static void *chatter(void *arg)
{
	(void)arg;
	for (int i = 0; i < 500; i++)
		LOG("line %d", i);
	return NULL;
}

static void test_threads_write_whole_lines(void **state)
{
	struct error err = ERROR_INIT;
	pthread_t threads[4];
	char *data;
	int lines = 0;

	(void)state;
	unlink(path);
	assert_true(log_open(path, &err));
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, chatter, NULL);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	log_close();
	data = text();
	for (char *p = data, *end; (end = strchr(p, '\n')); p = end + 1) {
		*end = '\0';
		assert_non_null(strstr(p, "Z t"));
		assert_non_null(strstr(p, " chatter: line "));
		lines++;
	}
	assert_int_equal(lines, 2000);
	free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bad_path),
		cmocka_unit_test(test_lines_are_safe),
		cmocka_unit_test(test_full_disk_closes_it),
		cmocka_unit_test(test_it_is_private),
		cmocka_unit_test(test_threads_write_whole_lines),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
