/* SPDX-License-Identifier: MIT */
#include "catalogue/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ED25519 "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFH29H4eB9O5VWSgT+0EZ9" \
	"NQp/zJqqhh93XFtZSbIDf5"

static void refuses(check_function *check, const char *text,
	const char *want)
{
	struct str normal = STR_INIT;
	struct error err = ERROR_INIT;

	if (check(text, &normal, &err))
		fail_msg("'%s' is taken as '%s'", text, normal.p);
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, want))
		fail_msg("'%s': '%s' is not in '%s'", text, want, err.text);
	assert_int_equal(normal.len, 0);
	str_clear(&normal);
}

static void takes(check_function *check, const char *text, const char *want)
{
	struct str normal = STR_INIT;
	struct error err = ERROR_INIT;

	if (!check(text, &normal, &err))
		fail_msg("'%s': %s", text, err.text);
	assert_string_equal(normal.p, want);
	str_clear(&normal);
}

static void names_are_plain(void **state)
{
	char longest[257];
	(void)state;

	memset(longest, 'x', 256);
	longest[256] = '\0';
	refuses(check_key_name, "", "1 to 255");
	refuses(check_key_name, longest, "1 to 255");
	refuses(check_key_name, " a", "ends");
	refuses(check_key_name, "a ", "ends");
	refuses(check_key_name, "zürich", "ASCII");
	refuses(check_key_name, "a\tb", "ASCII");
	longest[255] = '\0';
	takes(check_key_name, longest, longest);
	takes(check_key_name, "my laptop", "my laptop");
}

static void only_the_public_half_goes_anywhere(void **state)
{
	(void)state;
	refuses(check_public_key, "", "public key");
	refuses(check_public_key, "-----BEGIN OPENSSH PRIVATE KEY-----",
		"private key");
	refuses(check_public_key, "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
		"private key");
	refuses(check_public_key, "ssh-rsa", "OpenSSH");
	refuses(check_public_key, "ssh-rsa ", "OpenSSH");
	refuses(check_public_key, "ssh-rsa AAAA", "OpenSSH");
	refuses(check_public_key, "ssh-rsa not*base64", "OpenSSH");
	refuses(check_public_key, "ssh-dss AAAAB3NzaC1kc3MAAACBAO", "ed25519");
	refuses(check_public_key, "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIFH29H4eB9",
		"OpenSSH");              /* the blob is of another type */
	takes(check_public_key, ED25519, ED25519);
	takes(check_public_key, ED25519 " anna@laptop", ED25519
		" anna@laptop");
}

static void prices_are_dollars_an_hour(void **state)
{
	(void)state;
	refuses(check_price, "", "dollars");
	refuses(check_price, "$", "dollars");
	refuses(check_price, "0", "dollars");
	refuses(check_price, "-1", "dollars");
	refuses(check_price, "1e3", "dollars");
	refuses(check_price, "0,05", "dollars");
	refuses(check_price, "inf", "dollars");
	refuses(check_price, "nan", "dollars");
	refuses(check_price, "0.05 USD", "dollars");
	refuses(check_price, "100001", "dollars");
	takes(check_price, "0.05", "0.05");
	takes(check_price, "$0.0361", "0.0361");
}

static void keys_of_tags_stand_alone(void **state)
{
	char longest[130];
	(void)state;

	memset(longest, 'x', 129);
	longest[129] = '\0';
	refuses(check_tag_key, "", "empty");
	refuses(check_tag_key, "aws:x", "aws:");
	refuses(check_tag_key, "AWS:x", "aws:");
	refuses(check_tag_key, longest, "128");
	takes(check_tag_key, longest + 1, longest + 1);
	takes(check_tag_key, "cost center", "cost center");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_plain),
		cmocka_unit_test(only_the_public_half_goes_anywhere),
		cmocka_unit_test(prices_are_dollars_an_hour),
		cmocka_unit_test(keys_of_tags_stand_alone)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
