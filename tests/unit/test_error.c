/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"

#include <errno.h>
#include <string.h>

static void test_long_text_is_cut_between_characters(void **state)
{
	struct error err = ERROR_INIT;
	char text[3000];
	size_t len;

	(void)state;
	for (int shift = 0; shift < 3; shift++) {
		memset(text, 'a', sizeof(text));
		for (int i = shift; i + 3 < 2999; i += 3)
			memcpy(text + i, "\xe2\x82\xac", 3);
		text[2990] = '\0';
		error_set(&err, ERR_IO, "%s", text);
		len = strlen(err.text);
		assert_true(len < sizeof(err.text));
		assert_true(len > sizeof(err.text) - 8);
		assert_string_equal(err.text + len - 3, "\xe2\x80\xa6");
		assert_int_equal((len - 3 - (size_t)shift) % 3, 0);
	}
}

static void test_text_is_made_safe(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	error_set(&err, ERR_AWS, "a\x1b[31m\nb%s", "\xff");
	assert_string_equal(err.text,
		"a\xef\xbf\xbd[31m b\xef\xbf\xbd");
}

static void test_set_clears_the_rest(void **state)
{
	struct error err = { .kind = ERR_AWS, .status = 503,
		.code = "SlowDown", .request_id = "x" };

	(void)state;
	assert_false(error_set(&err, ERR_USAGE, "no verb %s", "frob"));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_int_equal(err.status, 0);
	assert_string_equal(err.code, "");
	assert_string_equal(err.request_id, "");
	assert_string_equal(err.text, "no verb frob");
}

static void test_arguments_may_come_from_the_error(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	error_set(&err, ERR_IO, "disk full");
	error_set(&err, ERR_LIMIT, "journal: %s", err.text);
	assert_string_equal(err.text, "journal: disk full");
	assert_int_equal(err.kind, ERR_LIMIT);
}

static void test_prefix_keeps_what_is_known(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	error_set(&err, ERR_DENIED, "not for you");
	err.status = 403;
	memcpy(err.code, "AccessDenied", 13);
	assert_false(error_prefix(&err, "%s in %s", "volumes", "eu-west-1"));
	assert_string_equal(err.text, "volumes in eu-west-1: not for you");
	assert_int_equal(err.kind, ERR_DENIED);
	assert_int_equal(err.status, 403);
	assert_string_equal(err.code, "AccessDenied");
}

static void test_every_kind_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < ERR_KINDS; i++) {
		const char *name = error_kind_name((enum error_kind)i);

		assert_non_null(name);
		for (unsigned int j = 0; j < i; j++)
			assert_string_not_equal(name,
				error_kind_name((enum error_kind)j));
	}
	assert_string_equal(error_kind_name((enum error_kind)999), "unknown");
	assert_string_equal(error_kind_name(ERR_TIMEOUT), "timeout");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_long_text_is_cut_between_characters),
		cmocka_unit_test(test_text_is_made_safe),
		cmocka_unit_test(test_set_clears_the_rest),
		cmocka_unit_test(test_arguments_may_come_from_the_error),
		cmocka_unit_test(test_prefix_keeps_what_is_known),
		cmocka_unit_test(test_every_kind_has_a_name_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
