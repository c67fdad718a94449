/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/xdg.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/tucuxi-xdg-XXXXXX";

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state)
{
	static const char *const files[] = { "file", "link", "target", "pipe",
		"a/b/c", "plain" };
	static const char *const folders[] = { "a/b", "a" };

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		unlink(files[i]);
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		rmdir(folders[i]);
	/* Fails when a test left a temporary file behind. */
	return chdir("/") == 0 ? rmdir(folder) : -1;
}

static void test_reading_what_cannot_be_read(void **state)
{
	struct error err = ERROR_INIT;
	char *data = NULL;
	size_t len = 0;

	(void)state;
	assert_false(xdg_read_file("none", 100, &data, &len, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_false(xdg_read_file("none/deeper", 100, &data, &len, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_false(xdg_read_file(".", 100, &data, &len, &err));
	assert_int_equal(err.kind, ERR_IO);
	/* Opening a pipe without a writer would wait for ever. */
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_false(xdg_read_file("pipe", 100, &data, &len, &err));
	assert_int_equal(err.kind, ERR_IO);
	assert_true(xdg_write_file("file", "12345", 5, &err));
	assert_false(xdg_read_file("file", 4, &data, &len, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	assert_null(data);
	assert_true(xdg_read_file("file", 5, &data, &len, &err));
	assert_int_equal(len, 5);
	assert_string_equal(data, "12345");
	free(data);
}

static void test_failed_write_leaves_the_old_one(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	assert_false(xdg_write_file("none/file", "x", 1, &err));
	assert_int_equal(err.kind, ERR_IO);
	assert_int_equal(mkdir("a", 0700), 0);
	assert_false(xdg_write_file("a", "x", 1, &err));
	assert_int_equal(err.kind, ERR_IO);
	assert_int_equal(rmdir("a"), 0);
}

static void test_write_replaces_privately(void **state)
{
	struct error err = ERROR_INIT;
	char *data = NULL;
	struct stat st;
	size_t len;
	int fd = open("file", O_CREAT | O_WRONLY | O_TRUNC, 0644);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	assert_true(xdg_write_file("file", "a\0b", 3, &err));
	assert_int_equal(stat("file", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_true(xdg_read_file("file", 100, &data, &len, &err));
	assert_int_equal(len, 3);
	assert_memory_equal(data, "a\0b", 4);
	free(data);
	assert_true(xdg_write_file("file", "", 0, &err));
	assert_true(xdg_read_file("file", 100, &data, &len, &err));
	assert_int_equal(len, 0);
	assert_string_equal(data, "");
	free(data);
}

static void test_links_stay_links(void **state)
{
	struct error err = ERROR_INIT;
	struct stat st;

	(void)state;
	assert_true(xdg_write_file("target", "old", 3, &err));
	assert_int_equal(symlink("target", "link"), 0);
	assert_true(xdg_write_file("link", "newer", 5, &err));
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat("target", &st), 0);
	assert_int_equal(st.st_size, 5);
}

static void test_parents(void **state)
{
	struct error err = ERROR_INIT;
	struct stat st;

	(void)state;
	assert_true(xdg_make_parent("plain", &err));
	assert_true(xdg_make_parent("a/b/c", &err));
	assert_true(xdg_make_parent("a/b/c", &err));
	assert_int_equal(stat("a/b", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_not_equal(access("a/b/c", F_OK), 0);
	assert_true(xdg_write_file("a/b/c", "x", 1, &err));
	assert_false(xdg_make_parent("a/b/c/d", &err));
	assert_int_equal(err.kind, ERR_IO);
	assert_non_null(strstr(err.text, "a/b/c"));
}

static void place_is(char *(*place)(const char *), const char *want)
{
	char *path = place("name");

	assert_string_equal(path, want);
	free(path);
}

static void test_places(void **state)
{
	char *home;

	(void)state;
	setenv("HOME", "/home/ann", 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_STATE_HOME");
	setenv("XDG_CACHE_HOME", "", 1);
	place_is(xdg_config, "/home/ann/.config/tucuxi/name");
	place_is(xdg_state, "/home/ann/.local/state/tucuxi/name");
	place_is(xdg_cache, "/home/ann/.cache/tucuxi/name");
	setenv("XDG_CONFIG_HOME", "relative", 1);
	place_is(xdg_config, "/home/ann/.config/tucuxi/name");
	setenv("XDG_CONFIG_HOME", "/etc/x", 1);
	place_is(xdg_config, "/etc/x/tucuxi/name");
	unsetenv("HOME");
	home = xdg_home();
	assert_int_equal(home[0], '/');
	free(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reading_what_cannot_be_read),
		cmocka_unit_test(test_failed_write_leaves_the_old_one),
		cmocka_unit_test(test_write_replaces_privately),
		cmocka_unit_test(test_links_stay_links),
		cmocka_unit_test(test_parents),
		cmocka_unit_test(test_places),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
