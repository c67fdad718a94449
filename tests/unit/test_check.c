/* SPDX-License-Identifier: MIT */
/* Values that people type: what is refused says what is right. */
#include "catalogue/check.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void wrong(check_function *check, const char *text, const char *word)
{
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;

	if (check(text, &out, &err))
		fail_msg("'%s' was taken", text);
	assert_int_equal(err.kind, ERR_USAGE);
	assert_int_equal(out.len, 0);
	if (!strstr(err.text, word))
		fail_msg("'%s': %s", text, err.text);
}

static void right(check_function *check, const char *text,
	const char *normal)
{
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;

	if (!check(text, &out, &err))
		fail_msg("'%s': %s", text, err.text);
	assert_string_equal(out.p, normal);
	str_clear(&out);
}

static void test_network(void **state)
{
	(void)state;
	wrong(check_group_name, "sg-web", "begin with sg-");
	wrong(check_group_name, "default", "another than default");
	wrong(check_group_name, "a\nb", "letters, digits");
	wrong(check_group_text, "caf\303\251", "letters, digits");
	wrong(check_group_text, "a|b", "'|' is none");
	right(check_group_name, "web (public), #1", "web (public), #1");
	right(check_group_text, "default", "default");
	wrong(check_vpc_cidr, "10.0.0.0/8", "/16 to /28");
	wrong(check_vpc_cidr, "10.0.0.0/29", "/16 to /28");
	wrong(check_vpc_cidr, "10.0.0.0", "/16 to /28");
	wrong(check_vpc_cidr, "10.0.1.0/16", "10.0.0.0/16 was meant");
	wrong(check_vpc_cidr, "2001:db8::/32", "IPv4");
	right(check_vpc_cidr, "10.0.0.0/16", "10.0.0.0/16");
	right(check_vpc_cidr, "10.0.0.16/28", "10.0.0.16/28");
}

static void test_account(void **state)
{
	(void)state;
	wrong(check_account, "", "these are 0");
	wrong(check_account, "96306829013", "these are 11");
	wrong(check_account, "9630682901310", "these are 13");
	wrong(check_account, "96306829013a", "'a' is none");
	wrong(check_account, "-963068290131", "'-' is none");
	wrong(check_account, "963068290131-", "'-' is none");
	wrong(check_account, "9630--68290131", "'-' is none");
	right(check_account, "963068290131", "963068290131");
	right(check_account, "9630-6829-0131", "963068290131");
	right(check_account, "963-068-290-131", "963068290131");
}

static void test_cidr(void **state)
{
	(void)state;
	wrong(check_cidr, "", "10.0.0.0/8");
	wrong(check_cidr, "/8", "10.0.0.0/8");
	wrong(check_cidr, "10.0.0", "10.0.0.0/8");
	wrong(check_cidr, "10.0.0.0/33", "/0 to /32");
	wrong(check_cidr, "10.0.0.0/", "/0 to /32");
	wrong(check_cidr, "10.0.0.1/8", "10.0.0.0/8 was meant");
	wrong(check_cidr, "2001:db8::1/32", "2001:db8::/32 was meant");
	wrong(check_cidr, "2001:db8::/129", "/0 to /128");
	wrong(check_cidr4, "2001:db8::/32", "IPv4");
	wrong(check_cidr, "ten", "10.0.0.0/8");
	right(check_cidr, "0.0.0.0/0", "0.0.0.0/0");
	right(check_cidr, "203.0.113.7", "203.0.113.7/32");
	right(check_cidr, "10.1.128.0/17", "10.1.128.0/17");
	right(check_cidr, "2001:DB8::", "2001:db8::/128");
	right(check_cidr, "::/0", "::/0");
	wrong(check_address, "203.0.113.7/32", "203.0.113.7");
	right(check_address, "203.0.113.7", "203.0.113.7");
}

static void test_device(void **state)
{
	(void)state;
	wrong(check_device, "", "/dev/sdf");
	wrong(check_device, "/dev/", "/dev/sdf");
	wrong(check_device, "/dev/sd", "/dev/sdf");
	wrong(check_device, "/dev/nvme0n1", "/dev/sdf");
	wrong(check_device, "/dev/sdabc", "/dev/sdf");
	wrong(check_device, "/dev/sdf;rm", "/dev/sdf");
	right(check_device, "/dev/sdf", "/dev/sdf");
	right(check_device, "/dev/sda1", "/dev/sda1");
	right(check_device, "xvdba", "xvdba");
}

static void test_tag(void **state)
{
	char long_key[200];

	(void)state;
	memset(long_key, 'k', 150);
	memcpy(long_key + 150, "=v", 3);
	wrong(check_tag, "", "KEY=VALUE");
	wrong(check_tag, "env", "KEY=VALUE");
	wrong(check_tag, "=prod", "KEY=VALUE");
	wrong(check_tag, "AWS:x=1", "keeps for itself");
	wrong(check_tag, long_key, "128");
	right(check_tag, "env=", "env=");
	right(check_tag, "a=b=c", "a=b=c");
}

static void test_time(void **state)
{
	(void)state;
	wrong(check_time, "", "in 3h");
	wrong(check_time, "tomorrow", "in 3h");
	wrong(check_time, "in 0h", "in 3h");
	wrong(check_time, "in 3 weeks", "in 3h");
	right(check_time, "in 3h", "2026-11-23T03:14:00Z");
	right(check_time, "in 2d", "2026-11-25T00:14:00Z");
	right(check_time, "2026-12-01T18:00:00+01:00",
		"2026-12-01T17:00:00Z");
}

static void test_launch(void **state)
{
	char *data = calloc(1, 16386);

	(void)state;
	memset(data, 'x', 16385);
	wrong(check_user_data, data, "16384");
	data[16384] = '\0';
	right(check_user_data, data, data);
	wrong(check_profile, "", "instance profile");
	wrong(check_profile, "a b", "instance profile");
	wrong(check_profile, "arn:aws:iam::1:role/x", "not the ARN");
	right(check_profile, "web+1", "web+1");
	right(check_profile, "arn:aws:iam::210987654321:instance-profile/a/b",
		"b");
	free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_account),
		cmocka_unit_test(test_network),
		cmocka_unit_test(test_cidr),
		cmocka_unit_test(test_device),
		cmocka_unit_test(test_tag),
		cmocka_unit_test(test_time),
		cmocka_unit_test(test_launch),
	};

	clock_set_virtual(1795392840000);     /* 2026-11-23T00:14:00Z */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
