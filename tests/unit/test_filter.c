/* SPDX-License-Identifier: MIT */
/* The filter language over cells of every format, tags and documents. Plain
 * words, order and highlighting of words: test_query.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "filter_world.h"

#include <string.h>

static void test_wrong_names(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	expect_error("x stat=running", "column 3: Boxes have no column "
		"\"stat\", did you mean \"state\"");
	expect_error("(a | (b privat_ip=10))", "column 9");
	expect_error("!siz>5", "column 2");
	expect_error(".a[b]]=x", "column 1");
	assert_null(filter_compile(boxes_bare(), "x tag.env=prod", &err));
	assert_non_null(strstr(err.text, "column 3: Bare have no tags"));
}

static void test_wrong_regexes(void **state)
{
	char deep[128] = "/";

	(void)state;
	expect_error("a | name:/[/", "column 10: /[/");
	expect_error("/(a/", "column 1");
	expect_error("/((a{1,200}){1,200}){1,200}/", "repeats too much");
	expect_error("/((((((((((a+)+)+)+)+)+)+)+)+)+)+/",
		"repeats too much");
	expect_error("/a{9999}/", "repeats");
	expect_error("/a++**+/", "repeats a repeat");
	expect_error("/(a)\\1/", "not understood");
	memset(deep + 1, '(', 60);
	deep[61] = '/';
	expect_error(deep, "parentheses");
}

static void test_unfinished(void **state)
{
	(void)state;
	expect("count>", "1234");
	expect("state=", "1234");
	expect("state!=", "1234");
	expect("tag.env=", "1234");
	expect(".place/tenancy=", "1234");
	expect("(", "1234");
	expect("()", "1234");
	expect("!", "1234");
	expect("~", "1234");
	expect("|", "1234");
	expect("web |", "1");
	expect("| web", "1");
	expect("(web | db", "123");
	expect("web)", "");
	expect("/we[b", "");
	expect("tag.", "");
	expect("tag.\"env", "");
	expect(".a[=x", "");
}

static void test_or(void **state)
{
	(void)state;
	expect("web | db-9", "13");
	expect("web|db-9", "13");
	expect("web | db state:stopped", "12");
	expect("(web | db) running", "13");
	expect("(web|db)running", "13");
	expect("!(web | db)", "4");
	expect("!(web | !db)", "23");
	expect("((web) | (db (stopped | 9)))", "123");
	expect("state=running | state=stopped", "123");
	expect("/web/|/db-9/", "13");
	expect("\"web|db\"", "");
	expect("/web|db-9/", "13");
}

static void test_fuzzy(void **state)
{
	(void)state;
	expect("~wsv1", "1");
	expect("~WS1", "1");
	expect("~d9", "3");
	expect("~b9", "3");
	expect("~vw", "");
	expect("!~web", "234");
	expect("state:~rng", "13");
	expect("tag.env:~pd", "12");
	expect("~\"w s\"", "");
}

static void test_equality(void **state)
{
	(void)state;
	expect("state=running", "13");
	expect("STATE==Running", "13");
	expect("state=run", "");
	expect("state!=running", "24");
	expect("!state!=running", "13");
	expect("name=db-10 | name=\"db-9\"", "23");
	expect("name=\"\"", "4");
	expect("name!=\"\"", "123");
	expect("name>db-9", "12");
	expect("name>=db-9 name<db-10", "3");
	expect("encrypted=yes", "1");
	expect("encrypted=true", "1");
	expect("encrypted=n", "2");
	expect("encrypted!=yes", "234");
	expect("id=b-2", "2");
	expect("region:eu", "1234");
	expect("region!=eu-west-1", "");
	expect("account=444455556666", "2");
}

static void test_tags(void **state)
{
	(void)state;
	expect("tag.env=prod", "1");
	expect("tag.env!=prod", "234");
	expect("TAG.ENV=PROD", "1");
	expect("tag.env:pro", "12");
	expect("tag.env:/^pro/", "1");
	expect("tag.env", "12");
	expect("!tag.env", "34");
	expect("tag.marked", "2");
	expect("tag.marked=\"\"", "1234");
	expect("tag.env!=\"\"", "12");
	expect("tag.aws:autoscaling:groupName=fleet", "1");
	expect("tag.aws:autoscaling:groupName:flee", "1");
	expect("tag.aws:autoscaling:groupName:/^f/", "1");
	expect("tag.\"aws:autoscaling:groupName\":FLEET", "1");
	expect("tag.name>db-9", "12");
	expect("(tag.env=prod)", "1");
	expect("tag.none=x", "");
}

static void test_paths(void **state)
{
	(void)state;
	expect(".place.tenancy=dedicated", "1");
	expect(".place/tenancy!=dedicated", "234");
	expect(".nets/n/sub:subnet-0", "1");
	expect(".nets/n/sub=subnet-0b", "1");
	expect(".nets:0b", "1");
	expect(".tags/[key=Name]/value=db-9", "3");
	expect(".count>=20", "12");
	expect(".size>=5gib", "1");
	expect(".made<30d", "124");
	expect(".made<2026-01", "3");
	expect(".ip=10.0.0.0/8", "12");
	expect(".ip>10.1.2.3", "23");
	expect(".disk=/dev/xvda", "3");
	expect(".disk:/^.dev/", "3");
	expect(".disk!=\"\"", "3");
	expect(".:dedicated", "1");
	expect(".nothing/here=1", "");
	expect(".com", "");
	expect(".\"place\"/tenancy:def", "2");
	expect("(.place.tenancy:def | web)", "12");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong_names),
		cmocka_unit_test(test_wrong_regexes),
		cmocka_unit_test(test_unfinished),
		cmocka_unit_test(test_or),
		cmocka_unit_test(test_fuzzy),
		cmocka_unit_test(test_equality),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_paths)
	};

	return cmocka_run_group_tests(tests, boxes_open, boxes_close);
}
