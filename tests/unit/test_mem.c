/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs what must end the program in a child; its exit status. */
static int status_of(void (*f)(void))
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		close(STDERR_FILENO);
		f();
		_exit(0);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void overflow(void)
{
	volatile size_t many = SIZE_MAX / 2 + 2;

	free(xreallocarray(NULL, many, 2));
}

static void test_overflow_ends_the_program(void **state)
{
	(void)state;
	assert_int_not_equal(status_of(overflow), 0);
}

static void test_nothing_is_still_memory(void **state)
{
	void *a = xmalloc(0), *b = xcalloc(0, 8);
	void *c = xreallocarray(NULL, 0, 8);

	(void)state;
	assert_non_null(a);
	assert_non_null(b);
	assert_non_null(c);
	free(a);
	free(b);
	free(c);
}

static void test_calloc_is_zero(void **state)
{
	unsigned char *p = xcalloc(100, 3);

	(void)state;
	for (int i = 0; i < 300; i++)
		assert_int_equal(p[i], 0);
	free(p);
}

static void test_strndup_stops_at_nul_and_length(void **state)
{
	char *a = xstrndup("abc", 100), *b = xstrndup("abcdef", 2);
	char *c = xstrdup("");

	(void)state;
	assert_string_equal(a, "abc");
	assert_string_equal(b, "ab");
	assert_string_equal(c, "");
	free(a);
	free(b);
	free(c);
}

static void test_wipe(void **state)
{
	char secret[] = "wJalrXUtnFEMI";
	static const char zero[sizeof(secret)];

	(void)state;
	mem_wipe(secret, sizeof(secret));
	assert_memory_equal(secret, zero, sizeof(secret));
	mem_wipe(NULL, 0);
	mem_wipe_free(NULL);
	mem_wipe_free(xstrdup("secret"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_overflow_ends_the_program),
		cmocka_unit_test(test_nothing_is_still_memory),
		cmocka_unit_test(test_calloc_is_zero),
		cmocka_unit_test(test_strndup_stops_at_nul_and_length),
		cmocka_unit_test(test_wipe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
