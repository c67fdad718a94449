/* SPDX-License-Identifier: MIT */
#include "aws/ini.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static struct ini *parse(const char *text)
{
	struct error err = ERROR_INIT;
	struct ini *ini = ini_parse(text, strlen(text), "config", &err);

	if (!ini)
		fail_msg("%s", err.text);
	assert_int_equal(err.kind, ERR_NONE);
	return ini;
}

static void refused(const char *text, size_t len, const char *says)
{
	struct error err = ERROR_INIT;

	assert_null(ini_parse(text, len, "config", &err));
	assert_int_equal(err.kind, ERR_PARSE);
	assert_string_equal(err.text, says);
}

static void bad_lines_are_named(void **state)
{
	static const struct { const char *text, *says; } bad[] = {
		{ "region = x\n", "config line 1: a setting before the first "
			"[section]" },
		{ "[a]\nb=c\nnonsense\n", "config line 3: neither [section] "
			"nor key = value" },
		{ "[a]\n[]\n", "config line 2: neither [section] nor key = "
			"value" },
		{ "[a]\n = c\n", "config line 2: no key before the value" },
		{ "[a\nb = c\n", "config line 1: a setting before the first "
			"[section]" },
		{ "[a]\ns3 =\n  x = y\n# z\n  nonsense\n", "config line 5: an "
			"indented line that is not key = value" },
		{ "[a]\n\xff\xfe = c\n", "config line 2: not a text in "
			"UTF-8" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		refused(bad[i].text, strlen(bad[i].text), bad[i].says);
	refused("[a]\nb = c\0d\n", 12, "config line 2: not a text in UTF-8");
}

static void what_is_not_there_is_null(void **state)
{
	struct ini *ini = parse("");

	(void)state;
	assert_int_equal(ini_section_count(ini), 0);
	assert_null(ini_section_name(ini, 0));
	assert_null(ini_get(ini, "a", "b"));
	assert_null(ini_get_nested(ini, "a", "b", "c"));
	assert_null(ini_warning(ini, 0));
	ini_free(ini);
	ini_free(NULL);

	ini = parse("[a]\nblock =\n  b = c\n");
	assert_null(ini_get(ini, "a", "block"));
	assert_null(ini_get(ini, "a", "block\nb"));
	assert_null(ini_get(ini, "a\nblock", "b"));
	assert_null(ini_get(ini, "A", "b"));
	ini_free(ini);
}

static void values_are_taken_as_they_stand(void **state)
{
	struct ini *ini = parse("\xef\xbb\xbf# first\r\n"
		"[a]\r\n"
		"Region = eu-west-1 # not a comment\r\n"
		"  ; a comment\r\n"
		"secret=ab;cd#ef=gh:ij\r\n"
		"colon: x = y\r\n"
		"empty =\r\n"
		"[profile  two words] # rest\r\n"
		"key = \t value \t\r\n"
		"[x]y]\r\n"
		"last=1");

	(void)state;
	assert_string_equal(ini_get(ini, "a", "region"),
		"eu-west-1 # not a comment");
	assert_string_equal(ini_get(ini, "a", "secret"), "ab;cd#ef=gh:ij");
	assert_string_equal(ini_get(ini, "a", "colon"), "x = y");
	assert_string_equal(ini_get(ini, "a", "empty"), "");
	assert_string_equal(ini_get(ini, "profile  two words", "key"),
		"value");
	assert_string_equal(ini_get(ini, "x]y", "last"), "1");
	assert_int_equal(ini_section_count(ini), 3);
	assert_string_equal(ini_section_name(ini, 2), "x]y");
	assert_int_equal(ini_warning_count(ini), 0);
	ini_free(ini);
}

static void indented_lines_go_on(void **state)
{
	struct ini *ini = parse("[a]\n"
		"  first = one\n"
		"  second = two\n"
		"    three\n"
		"\n"
		"# between\n"
		"    four = 4\n"
		"\n"
		"  [b]\n"
		"  third =\n"
		"\n");

	(void)state;
	assert_string_equal(ini_get(ini, "a", "first"), "one");
	assert_string_equal(ini_get(ini, "a", "second"),
		"two\nthree\n\nfour = 4");
	assert_string_equal(ini_get(ini, "b", "third"), "");
	ini_free(ini);
}

static void blocks_nest_once(void **state)
{
	struct ini *ini = parse("[services mine]\n"
		"ec2 =\n"
		"  endpoint_url = http://a:1/x=y\n"
		"\n"
		"s3=\n"
		"\tEndpoint_URL=http://b\n"
		"\tother = \n"
		"after = z\n");

	(void)state;
	assert_string_equal(ini_get_nested(ini, "services mine", "ec2",
		"endpoint_url"), "http://a:1/x=y");
	assert_string_equal(ini_get_nested(ini, "services mine", "s3",
		"endpoint_url"), "http://b");
	assert_string_equal(ini_get_nested(ini, "services mine", "s3",
		"other"), "");
	assert_string_equal(ini_get(ini, "services mine", "after"), "z");
	ini_free(ini);
}

static void the_last_one_counts(void **state)
{
	struct ini *ini = parse("[a]\nk = 1\nx = 1\n[b]\n[a]\nK = 2\n"
		"\x1b[31m = 1\n\x1b[31m = 2\n");

	(void)state;
	assert_string_equal(ini_get(ini, "a", "k"), "2");
	assert_string_equal(ini_get(ini, "a", "x"), "1");
	assert_int_equal(ini_section_count(ini), 2);
	assert_int_equal(ini_warning_count(ini), 3);
	assert_string_equal(ini_warning(ini, 0), "config line 5: a: this "
		"section was there before, both are taken together");
	assert_string_equal(ini_warning(ini, 1), "config line 6: k: stands "
		"there twice, the last one counts");
	assert_null(strchr(ini_warning(ini, 2), '\x1b'));
	ini_free(ini);
}

static void length_has_no_limit(void **state)
{
	struct str text = STR_INIT;
	struct ini *ini;
	int i;

	(void)state;
	str_add(&text, "[default]\naws_session_token = ");
	for (i = 0; i < 20000; i++)
		str_add(&text, "0123456789");
	for (i = 0; i < 5000; i++)
		str_addf(&text, "\n[profile p%d]\nregion = r%d", i, i);
	ini = parse(text.p);
	assert_int_equal(strlen(ini_get(ini, "default",
		"aws_session_token")), 200000);
	assert_int_equal(ini_section_count(ini), 5001);
	assert_string_equal(ini_get(ini, "profile p4999", "region"), "r4999");
	ini_free(ini);
	str_clear(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_lines_are_named),
		cmocka_unit_test(what_is_not_there_is_null),
		cmocka_unit_test(values_are_taken_as_they_stand),
		cmocka_unit_test(indented_lines_go_on),
		cmocka_unit_test(blocks_nest_once),
		cmocka_unit_test(the_last_one_counts),
		cmocka_unit_test(length_has_no_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
