/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "table_fixture.h"

#include "fetch/filter.h"

#include <string.h>

static const struct thing rows[] = {
	{ "t-1", "web-2", "running", "1234567", "2026-11-22T00:00:00Z" },
	{ "t-2", "Web-10", "stopped", "8", "2026-11-23T00:00:00Z" },
	{ "t-3", "/aws/lambda/x y", "running", NULL, NULL },
	{ "t-4", NULL, "terminated", "0", NULL }
};

static struct segment *segment;

static struct filter *compile(const char *text)
{
	struct error err = ERROR_INIT;
	struct filter *f = filter_compile(things_compiled(things()), text,
		&err);

	if (!f)
		fail_msg("%s: %s", text, err.text);
	return f;
}

/* "13": the last digits of the ids that match. */
static void expect(const char *text, const char *ids)
{
	struct filter *f = compile(text);
	char found[8] = "";
	size_t n = 0;

	for (uint32_t i = 0; i < 4; i++)
		if (filter_match(f, (struct row){ segment, i }, NULL))
			found[n++] = rows[i].id[2];
	filter_unref(f);
	if (strcmp(found, ids) != 0)
		fail_msg("%s: \"%s\" instead of \"%s\"", text, found, ids);
}

static void expect_error(const char *text, const char *part)
{
	struct error err = ERROR_INIT;
	struct filter *f = filter_compile(things_compiled(things()), text,
		&err);

	assert_null(f);
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, part))
		fail_msg("%s: %s", text, err.text);
}

static void test_errors(void **state)
{
	char long_text[5000];

	(void)state;
	expect_error("stat:running", "did you mean \"state\"");
	expect_error("sizee:1", "did you mean \"size\"");
	expect_error("web zzzzzzz:1", "column 5");
	expect_error("web /a(b/", "column 5");
	expect_error("name:/[/", "/[/");
	memset(long_text, 'a', sizeof(long_text));
	long_text[sizeof(long_text) - 1] = '\0';
	expect_error(long_text, "too long");
}

static void test_words(void **state)
{
	(void)state;
	expect("", "1234");
	expect("   ", "1234");
	expect("web", "12");
	expect("WEB", "12");
	expect("web running", "1");
	expect("!web", "34");
	expect("!!web", "12");
	expect("!", "1234");
	expect("web !stopped", "1");
	expect("\"x y\"", "3");
	expect("\"x y", "3");
	expect("1,234", "1");
	expect("nothing", "");
}

static void test_columns(void **state)
{
	(void)state;
	expect("name:web", "12");
	expect("name:t-1", "");
	expect("thing-id:t-1", "1");
	expect("!name:web", "34");
	expect("name:", "1234");
	expect("name:\"x y\"", "3");
	expect("state:run size:12", "1");
	expect("size:1234567", "1");
	expect("size:1,234", "1");
	expect("note:2026-11-23", "2");
	expect("STATE:stopped", "2");
}

static void test_regexes(void **state)
{
	(void)state;
	expect("/web-[0-9]{2}/", "2");
	expect("/^web-2$/", "1");
	expect("/^running$/", "13");
	expect("name:/^web/", "12");
	expect("!/web|aws/", "4");
	expect("/x y/", "3");
	expect("/aws/lambda", "3");
	expect("/aws/lambda/", "3");
	expect("/", "3");
	expect("//", "");
}

/* What looks like a column but is text that people paste. */
static void test_colons(void **state)
{
	(void)state;
	expect("arn:aws:ec2", "");
	expect("s3://bucket", "");
	expect("fe80::1", "");
	expect("10.0.0.1:80", "");
	expect("\"stat:running\"", "");
}

static void expect_narrows(const char *narrow, const char *wide, bool does)
{
	struct filter *n = compile(narrow), *w = compile(wide);

	if (filter_narrows(n, w) != does)
		fail_msg("%s in %s", narrow, wide);
	filter_unref(n);
	filter_unref(w);
}

static void test_narrows(void **state)
{
	struct filter *f = compile("web");

	(void)state;
	assert_true(filter_narrows(f, NULL));
	assert_true(filter_narrows(NULL, NULL));
	assert_false(filter_narrows(NULL, f));
	filter_unref(f);
	expect_narrows("web-1", "web", true);
	expect_narrows("WEB", "web", true);
	expect_narrows("web", "web-1", false);
	expect_narrows("web run", "web", true);
	expect_narrows("web", "web run", false);
	expect_narrows("!web", "!web-1", true);
	expect_narrows("!web-1", "!web", false);
	expect_narrows("!web", "web", false);
	expect_narrows("name:web", "web", false);
	expect_narrows("name:web-1", "name:web", true);
	expect_narrows("/a/", "/a/", true);
	expect_narrows("/ab/", "/a/", false);
	expect_narrows("a", "", true);
}

static void test_highlight(void **state)
{
	struct filter *f = compile("web !stop name:ten /[0-9]+/");
	size_t start = 99, end = 99;

	(void)state;
	assert_true(filter_highlight(f, "a Web-10 web", 12, 0, &start, &end));
	assert_int_equal(start, 2);
	assert_int_equal(end, 5);
	assert_true(filter_highlight(f, "a Web-10 web", 12, end, &start,
		&end));
	assert_int_equal(start, 6);
	assert_int_equal(end, 8);
	assert_true(filter_highlight(f, "a Web-10 web", 12, end, &start,
		&end));
	assert_int_equal(start, 9);
	assert_false(filter_highlight(f, "a Web-10 web", 12, 12, &start,
		&end));
	assert_false(filter_highlight(f, "stop ten", 8, 0, &start, &end));
	assert_false(filter_highlight(NULL, "web", 3, 0, &start, &end));
	filter_unref(f);
}

static void test_without_index(void **state)
{
	struct segment *indexed = segment;
	struct segment bare = *segment;

	(void)state;
	bare.text = NULL;
	bare.text_at = NULL;
	segment = &bare;
	expect("web running", "1");
	expect("/^web-2$/", "1");
	expect("name:web", "12");
	segment = indexed;
}

/* Each line for itself: what is open in one does not reach the next. */
static void test_lines(void **state)
{
	(void)state;
	expect("web\nstopped", "2");
	expect("web | lambda\nrunning", "13");
	expect("(web\nrunning", "1");
	expect("\"web\nrunning\n\n", "1");
	expect("\n\n", "1234");
	expect_error("web\nsize>x", "filter, column 6");
}

static void joins(const char *a, const char *b, const char *both)
{
	struct str out = STR_INIT;

	filter_join(a, b, &out);
	assert_string_equal(out.p, both);
	str_clear(&out);
}

static void test_join(void **state)
{
	(void)state;
	joins("", "", "");
	joins("web", "", "web");
	joins("", "a|b", "a|b");
	joins("state=running web", "a|b", "state=running web\na|b");
	joins("state=running web", "a", "state=running web a");
	joins("a|b", "c", "a|b\nc");
	joins("\"open", "c", "\"open\nc");
	joins("/web", "x/", "/web\nx/");
}

static void test_sort(void **state)
{
	const struct compiled *c = things_compiled(things());
	struct query q = { 0 };
	struct error err = ERROR_INIT;

	(void)state;
	assert_false(query_parse_sort(&q, c, "nam", &err));
	assert_non_null(strstr(err.text, "did you mean \"name\""));
	assert_false(query_parse_sort(&q, c, "name,,size", &err));
	assert_false(query_parse_sort(&q, c, "-", &err));
	assert_false(query_parse_sort(&q, c, "name,size,age,state,note",
		&err));
	assert_int_equal(q.sort_count, 0);
	assert_true(query_parse_sort(&q, c, "-size,name", &err));
	assert_int_equal(q.sort_count, 2);
	assert_int_equal(q.sort[0].column, THING_SIZE);
	assert_true(q.sort[0].reverse);
	assert_int_equal(q.sort[1].column, THING_NAME);
	assert_false(q.sort[1].reverse);
	assert_true(query_parse_sort(&q, c, "", &err));
	assert_int_equal(q.sort_count, 0);
}

static void test_copy(void **state)
{
	struct query a = { .filter = compile("web"), .problems = true }, b;

	(void)state;
	query_copy(&b, &a);
	query_clear(&a);
	assert_null(a.filter);
	assert_string_equal(filter_source(b.filter), "web");
	assert_true(b.problems);
	query_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_regexes),
		cmocka_unit_test(test_colons),
		cmocka_unit_test(test_narrows),
		cmocka_unit_test(test_highlight),
		cmocka_unit_test(test_without_index),
		cmocka_unit_test(test_lines), cmocka_unit_test(test_join),
		cmocka_unit_test(test_sort),
		cmocka_unit_test(test_copy)
	};
	int failed;

	segment = things_segment(things(), "r", rows, 4);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	segment_unref(segment);
	things_clear();
	return failed;
}
