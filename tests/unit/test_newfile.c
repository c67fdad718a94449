/* SPDX-License-Identifier: MIT */
#include "base/newfile.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/tucuxi-newfile-XXXXXX";

static int begin(void **state)
{
	(void)state;
	memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
	return mkdtemp(folder) && !chdir(folder) ? 0 : -1;
}

static size_t names(void)
{
	DIR *d = opendir(".");
	size_t n = 0;

	while (readdir(d))
		n++;
	closedir(d);
	return n - 2;
}

static int end(void **state)
{
	DIR *d = opendir(folder);
	struct dirent *e;

	(void)state;
	while ((e = readdir(d)))
		if (*e->d_name != '.')
			remove(e->d_name);
	closedir(d);
	return chdir("/") || rmdir(folder);
}

static void make(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	fputs(text, f);
	fclose(f);
}

static void expect(const char *path, const char *text)
{
	char have[64] = "";
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	assert_true(fread(have, 1, sizeof(have) - 1, f) || !*text);
	fclose(f);
	assert_string_equal(have, text);
}

static void test_refused(void **state)
{
	static const char *const wrong[] = { "", "x/", ".", "/dev/null",
		"file/x" };
	struct newfile f;
	bool exists;

	(void)state;
	make("file", "");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct error err = ERROR_INIT;

		assert_false(newfile_check(wrong[i], &exists, &err));
		assert_true(err.kind != ERR_NONE);
	}
	for (size_t i = 0; i < 2; i++) {
		struct error err = ERROR_INIT;

		assert_false(newfile_open(&f, i ? "file/x" : "nowhere/x",
			&err));
		assert_non_null(strstr(err.text, i ? "Not a directory" :
			"No such file"));
	}
	assert_int_equal(names(), 1);
}

static void test_whole_or_not(void **state)
{
	struct error err = ERROR_INIT;
	struct newfile f;
	struct stat st;
	bool exists;

	(void)state;
	assert_true(newfile_check("a", &exists, &err));
	assert_false(exists);
	assert_true(newfile_open(&f, "a", &err));
	assert_int_equal(write(f.fd, "one", 3), 3);
	assert_int_equal(access("a", F_OK), -1);
	assert_true(newfile_commit(&f, false, &err));
	expect("a", "one");
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_nlink, 1);
	assert_true(newfile_open(&f, "a", &err));
	newfile_abandon(&f);
	expect("a", "one");
	assert_int_equal(names(), 1);
}

static void test_never_over_another(void **state)
{
	struct error err = ERROR_INIT;
	struct newfile f;

	(void)state;
	assert_true(newfile_open(&f, "a", &err));
	make("a", "theirs");             /* in the meantime */
	assert_false(newfile_commit(&f, false, &err));
	assert_non_null(strstr(err.text, "File exists"));
	expect("a", "theirs");
	assert_int_equal(names(), 1);
	error_reset(&err);
	assert_true(newfile_open(&f, "a", &err));
	assert_true(newfile_commit(&f, true, &err));
	expect("a", "");
}

static void test_links_stay(void **state)
{
	struct error err = ERROR_INIT;
	struct newfile f;
	struct stat st;

	(void)state;
	make("real", "old");
	assert_int_equal(symlink("real", "link"), 0);
	assert_true(newfile_open(&f, "link", &err));
	assert_int_equal(write(f.fd, "new", 3), 3);
	assert_true(newfile_commit(&f, true, &err));
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	expect("real", "new");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_refused, begin, end),
		cmocka_unit_test_setup_teardown(test_whole_or_not, begin,
			end),
		cmocka_unit_test_setup_teardown(test_never_over_another,
			begin, end),
		cmocka_unit_test_setup_teardown(test_links_stay, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
