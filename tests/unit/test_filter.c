/* SPDX-License-Identifier: MIT */
/* The filter language over cells of every format, tags and documents. Plain
 * words, order and highlighting of words: test_query.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fetch/filter.h"

#include "doc/reader.h"

#include <stdio.h>
#include <string.h>

#define NOW INT64_C(1795435200000)       /* 2026-11-23T12:00:00Z */

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "tags/[key=Name]/value",
	  .format = FORMAT_NATURAL, .w132 = 10 },
	{ .name = "state", .title = "State", .path = "state",
	  .format = FORMAT_STATE, .w132 = 10 },
	{ .name = "count", .title = "Count", .path = "count",
	  .format = FORMAT_NUMBER, .w132 = 5 },
	{ .name = "size", .title = "Size", .path = "size",
	  .format = FORMAT_SIZE, .w132 = 5 },
	{ .name = "price", .title = "Price", .path = "price",
	  .format = FORMAT_MONEY, .w132 = 5 },
	{ .name = "age", .title = "Age", .path = "made",
	  .format = FORMAT_AGE, .w132 = 5 },
	{ .name = "launched", .title = "Launched", .path = "made",
	  .format = FORMAT_TIME },
	{ .name = "private_ip", .title = "IP", .path = "ip",
	  .format = FORMAT_ADDRESS, .w132 = 15 },
	{ .name = "encrypted", .title = "Enc", .path = "safe",
	  .format = FORMAT_BOOL, .w132 = 3 },
	{ .name = "check", .title = "Check", .path = "ok", .join = "checks",
	  .w132 = 3 },
	{ 0 }
};

static const struct operation list = { .name = "List",
	.effect = EFFECT_READ };
static const struct join joins[] = {
	{ .name = "checks", .operation = &list, .rows = "x", .key = "id",
	  .here = "id" },
	{ 0 }
};
static const struct row_kind kinds[] = { { .path = "item" }, { 0 } };
static const struct resource boxes = {
	.name = "boxes", .title = "Boxes", .one = "box", .list = &list,
	.rows = kinds, .identity = { "id" }, .columns = columns,
	.joins = joins, .tags = { "tags/t", "key", "value" },
	.account_path = "owner"
};
static const struct resource bare = {
	.name = "bare", .title = "Bare", .one = "bare", .list = &list,
	.rows = kinds, .identity = { "id" }, .columns = columns + 1,
	.joins = joins
};

static const char page[] = "<r>"
	"<item><id>b-1</id><owner>111122223333</owner><state>running</state>"
	"<count>1500</count><size>5368709120</size><price>0.5</price>"
	"<made>2026-11-23T11:30:00Z</made><ip>10.1.2.3</ip><safe>true</safe>"
	"<place><tenancy>dedicated</tenancy></place><tags>"
	"<t><key>Name</key><value>web-server-1</value></t>"
	"<t><key>env</key><value>prod</value></t>"
	"<t><key>aws:autoscaling:groupName</key><value>fleet</value></t>"
	"</tags><nets><n><sub>subnet-0a</sub></n><n><sub>subnet-0b</sub></n>"
	"</nets></item>"
	"<item><id>b-2</id><owner>444455556666</owner><state>stopped</state>"
	"<count>20</count><size>500000000</size><price>12</price>"
	"<made>2026-11-13T12:00:00Z</made><ip>10.200.0.7</ip>"
	"<safe>false</safe><place><tenancy>default</tenancy></place><tags>"
	"<t><key>Name</key><value>db-10</value></t>"
	"<t><key>Env</key><value>Pre-prod</value></t>"
	"<t><key>marked</key><value/></t></tags></item>"
	"<item><id>b-3</id><state>running</state><count>none</count>"
	"<size>0</size><price>1234.56</price><made>2025-01-02T00:00:00Z</made>"
	"<ip>2001:db8::5</ip><tags>"
	"<t><key>Name</key><value>db-9</value></t></tags>"
	"<disk>/dev/xvda</disk></item>"
	"<item><id>b-4</id><made>2026-12-24T00:00:00Z</made></item>"
	"</r>";

static struct {
	struct doc_names *names;
	struct compiled *boxes, *bare;
	struct segment *segment;
} world;

static struct filter *compile(const char *text)
{
	struct error err = ERROR_INIT;
	struct filter *f = filter_compile(world.boxes, text, &err);

	if (!f)
		fail_msg("%s: %s", text, err.text);
	return f;
}

static void expect_in(struct segment *segment, const char *text,
	const char *ids)
{
	struct filter *f = compile(text);
	char found[8] = "";
	size_t n = 0;

	for (uint32_t i = 0; i < segment->count; i++)
		if (filter_match(f, (struct row){ segment, i }, NULL))
			found[n++] = (char)('1' + i);
	filter_unref(f);
	if (strcmp(found, ids) != 0)
		fail_msg("%s: \"%s\" instead of \"%s\"", text, found, ids);
}

/* "13": the last digits of the ids that match, with and without index. */
static void expect(const char *text, const char *ids)
{
	struct segment plain = *world.segment;

	plain.text = NULL;
	plain.text_at = NULL;
	expect_in(world.segment, text, ids);
	expect_in(&plain, text, ids);
}

static void expect_error(const char *text, const char *part)
{
	struct error err = ERROR_INIT;
	struct filter *f = filter_compile(world.boxes, text, &err);

	if (f)
		fail_msg("%s is taken", text);
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, part))
		fail_msg("%s: %s", text, err.text);
}

static void test_wrong_names(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	expect_error("x stat=running", "column 3: Boxes have no column "
		"\"stat\", did you mean \"state\"");
	expect_error("(a | (b privat_ip=10))", "column 9");
	expect_error("!siz>5", "column 2");
	expect_error(".a[b]]=x", "column 1");
	assert_null(filter_compile(world.bare, "x tag.env=prod", &err));
	assert_non_null(strstr(err.text, "column 3: Bare have no tags"));
}

static void test_wrong_values(void **state)
{
	static const char *const wrong[] = {
		"count=many", "count>1q", "count>1kk", "count>-",
		"count>9999999999999999999", "count>1e5", "size>5GX",
		"size>GiB", "size>9999999PiB", "price>x", "age>30", "age>30q",
		"age>d", "age>99999999999999999999d", "launched>202",
		"launched>2026-1", "launched>2026-13", "launched>2026-02-30",
		"launched>2026-11-23T25", "launched>yesterday",
		"private_ip=10.0.0.0/33", "private_ip=10.0.0.0/",
		"private_ip=10.256", "private_ip=10..1", "private_ip=1.2.3.4.5",
		"private_ip=::1/129", "private_ip=fe80::g", "private_ip=web",
		"encrypted=maybe", "encrypted>no"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct error err = ERROR_INIT;
		struct filter *f;
		char text[80];

		snprintf(text, sizeof(text), "a %s", wrong[i]);
		f = filter_compile(world.boxes, text, &err);
		if (f)
			fail_msg("%s is taken", text);
		if (!strstr(err.text, "filter, column "))
			fail_msg("%s: %s", text, err.text);
	}
	expect_error("size>5 count=x", "column 14: \"x\" is no number");
}

static void test_wrong_regexes(void **state)
{
	char deep[128] = "/";

	(void)state;
	expect_error("a | name:/[/", "column 10: /[/");
	expect_error("/(a/", "column 1");
	expect_error("/((a{1,200}){1,200}){1,200}/", "repeats too much");
	expect_error("/(((((((((((((a+)+)+)+)+)+)+)+)+)+)+)+)+/",
		"repeats too much");
	expect_error("/a{9999}/", "repeats");
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

static void test_numbers(void **state)
{
	(void)state;
	expect("count=1500", "1");
	expect("count=1,500", "1");
	expect("count=1.5k", "1");
	expect("count>20", "1");
	expect("count>=20", "12");
	expect("count<1k", "2");
	expect("count<=1,500", "12");
	expect("count!=20", "134");
	expect("count>-1", "12");
	expect("price>$1", "23");
	expect("price<.75", "1");
	expect("price=1,234.56", "3");
	expect("size=5GiB", "1");
	expect("size=5G", "1");
	expect("size=500MB", "2");
	expect("size<477MiB", "23");
	expect("size>=0.5gb size<5gib", "2");
	expect("size=0", "3");
	expect("size<1B", "3");
}

static void test_times(void **state)
{
	(void)state;
	expect("age>30m", "23");
	expect("age>=30m", "123");
	expect("age<1h", "14");
	expect("age<30d", "124");
	expect("age>1y", "3");
	expect("launched>30d", "3");
	expect("age>9d23h59m", "23");
	expect("age=30m", "1");
	expect("age=10d", "2");
	expect("age=9d", "");
	expect("age<0s", "4");
	expect("age>-5w age<0d", "4");
	expect("age=-30d", "4");
	expect("launched>2026", "");
	expect("launched>=2026", "124");
	expect("launched<2026", "3");
	expect("launched=2026-11", "12");
	expect("launched<=2026-11", "123");
	expect("launched=2026-12", "4");
	expect("launched>2026-11-13", "14");
	expect("launched>=2026-11-13", "124");
	expect("launched=2026-11-23t11", "1");
	expect("launched=2026-11-23T11:30", "1");
	expect("launched=2026-11-23T11:30:00Z", "1");
	expect("launched=2026-11-23T12:30:00+01:00", "1");
	expect("launched=\"2026-11-23 11:30:00\"", "1");
	expect("age<2026", "3");
}

static void test_addresses(void **state)
{
	(void)state;
	expect("private_ip=10.0.0.0/8", "12");
	expect("private_ip=10.99.99.99/8", "12");
	expect("private_ip=10/8", "12");
	expect("private_ip=10.1", "1");
	expect("private_ip=10.1.", "1");
	expect("private_ip=10.1.2.3", "1");
	expect("private_ip=10.1.2.2/31", "1");
	expect("private_ip!=10.0.0.0/8", "34");
	expect("private_ip=0.0.0.0/0", "12");
	expect("private_ip=::/0", "123");
	expect("private_ip=2001:db8::/32", "3");
	expect("private_ip=2001:0db8:0::5", "3");
	expect("private_ip>10.1.2.3", "23");
	expect("private_ip<=10.1", "1");
	expect("private_ip:10.2", "2");
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
	(void)state;
	expect_narrows("web | db", "web", false);
	expect_narrows("web", "web | db", true);
	expect_narrows("web-1 | db-2", "web | db", true);
	expect_narrows("web-1 | db-2", "db | web x", false);
	expect_narrows("(web | db) x", "web | db", true);
	expect_narrows("!(web | db)", "!web", true);
	expect_narrows("!web", "!(web | db)", false);
	expect_narrows("~web", "~wb", true);
	expect_narrows("~wb", "~web", false);
	expect_narrows("name:web", "~wb", true);
	expect_narrows("web", "~wb", false);
	expect_narrows("~web", "web", false);
	expect_narrows("size>5G x", "size>5G", true);
	expect_narrows("size>50", "size>5", false);
	expect_narrows("size>=5", "size>5", false);
	expect_narrows("state=running", "state=run", false);
	expect_narrows("state!=running", "state!=run", false);
	expect_narrows("tag.a:xy", "tag.a:x", true);
	expect_narrows("tag.a:xy", "tag.b:x", false);
	expect_narrows("tag.a:x", "tag.a", true);
	expect_narrows(".a/b:xy", ".a/b:x", true);
	expect_narrows(".a/b:xy", ".a/c:x", false);
	expect_narrows("id:xy", "id:x", true);
	expect_narrows("id:x", "region:x", false);
	expect_narrows("web |", "web", true);
	expect_narrows("a (b | c) !d ~e", "a (b | c) !d ~e", true);
}

/* A filter that narrows one never lets in what that one leaves out. */
static void test_narrows_truly(void **state)
{
	static const char *const filters[] = {
		"", "web", "web | db", "db", "db-1", "!db", "!(db | web)",
		"~d9", "~9", "name:db", "name:db-9", "state=running",
		"state!=running", "count>20", "count>=20", "age<30d",
		"tag.env", "tag.env:prod", "tag.env=prod", "tag.env!=prod",
		".place", ".place/tenancy:d", ".place/tenancy:de",
		"private_ip=10/8", "private_ip=10.1", "(web | db) running",
		"running", "run", "/web/", "!run", "id:b-1 | id:b-2", "id:b"
	};
	const size_t n = sizeof(filters) / sizeof(filters[0]);

	(void)state;
	for (size_t i = 0; i < n * n; i++) {
		struct filter *narrow = compile(filters[i / n]);
		struct filter *wide = compile(filters[i % n]);

		for (uint32_t k = 0; filter_narrows(narrow, wide) && k < 4;
		    k++) {
			struct row row = { world.segment, k };

			if (filter_match(narrow, row, NULL) &&
			    !filter_match(wide, row, NULL))
				fail_msg("%s in %s", filters[i / n],
					filters[i % n]);
		}
		filter_unref(narrow);
		filter_unref(wide);
	}
}

static void expect_driver(const char *text, const char *word, bool enough)
{
	struct filter *f = compile(text);
	bool is_enough;
	size_t len;
	const char *found = filter_driver(f, &len, &is_enough);

	if (!word != !found || (word && strcmp(found, word) != 0))
		fail_msg("%s: %s", text, found ? found : "none");
	assert_int_equal(len, word ? strlen(word) : 0);
	assert_int_equal(is_enough, enough);
	filter_unref(f);
}

static void test_driver(void **state)
{
	(void)state;
	expect_driver("", NULL, false);
	expect_driver("Web", "web", true);
	expect_driver("web serv", "serv", false);
	expect_driver("!web", NULL, false);
	expect_driver("web | db", NULL, false);
	expect_driver("name:web", "web", false);
	expect_driver("state=running x", "running", false);
	expect_driver("state>running", NULL, false);
	expect_driver("count:15", NULL, false);
	expect_driver("tag.env:prod", NULL, false);
	expect_driver("/web-[0-9]+x/", "web-", false);
	expect_driver("/(a|b)Server?/", "serve", false);
	expect_driver("/ab*cd{2}/", "cd", false);
	expect_driver("/web|db/", NULL, false);
	expect_driver("/a\\.b/", "a.b", false);
	expect_driver("/^abc$/", "abc", false);
	expect_driver("/[abc]/", NULL, false);
	expect_driver("/a{0}bc/", "bc", false);
	expect_driver("/x[]a]yz/", "yz", false);
	expect_driver("/\303\211cole/", "cole", false);
}

static void test_joins(void **state)
{
	static const struct {
		const char *filter;
		uint64_t with_none, with_all;
	} cases[] = {
		{ "", 0, 0 }, { "web", 0, 1 }, { "check:ok", 1, 1 }, { "check=ok | name:x", 1, 1 },
		{ "!check:ok", 1, 1 }, { "tag.env=x", 0, 0 }, { ".a/b=x", 0, 0 }, { "id:x", 0, 0 },
		{ "(a | (check>2))", 1, 1 }, { "~web", 0, 0 }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct filter *f = compile(cases[i].filter);

		assert_int_equal(filter_joins(f, 0), cases[i].with_none);
		assert_int_equal(filter_joins(f, 1), cases[i].with_all);
		filter_unref(f);
	}
}

/* "[]" around what is highlighted in a cell of the column. */
static void expect_marks(const char *text, const char *column,
	const char *cell, const char *marked)
{
	struct filter *f = compile(text);
	int index = compiled_column_index(world.boxes, column);
	size_t from = 0, start, end, len = strlen(cell);
	struct str out = STR_INIT;

	while (filter_highlight_cell(f, index, cell, len, from, &start,
	    &end)) {
		assert_true(start >= from && end > start && end <= len);
		str_addf(&out, "%.*s[%.*s]", (int)(start - from), cell + from,
			(int)(end - start), cell + start);
		from = end;
	}
	str_add(&out, cell + from);
	if (strcmp(out.p, marked) != 0)
		fail_msg("%s: %s", text, out.p);
	str_clear(&out);
	filter_unref(f);
}

static void test_highlight(void **state)
{
	(void)state;
	expect_marks("!web", "name", "web", "web");
	expect_marks("state:web", "name", "web", "web");
	expect_marks("name:web", "name", "a web", "a [web]");
	expect_marks("name:web state:x", "state", "x web", "[x] web");
	expect_marks("(a | b) c", "name", "abcd", "[a][b][c]d");
	expect_marks("~wsv1", "name", "web-server-1",
		"[w]eb-[s]er[v]er-[1]");
	expect_marks("~web", "name", "we-web", "[we]-we[b]");
	expect_marks("~webx", "name", "web", "web");
	expect_marks("~web", "state", "web", "web");
	expect_marks("name:/[0-9]+/", "name", "a12b3", "a[12]b[3]");
	expect_marks("tag.env:web .a:web", "name", "web", "web");
}

static int set_up(void **state)
{
	struct error err = ERROR_INIT;
	struct location *location = location_new(&boxes);

	(void)state;
	world.names = doc_names_new();
	world.boxes = compiled_new(&boxes, world.names, &err);
	world.bare = compiled_new(&bare, world.names, &err);
	doc_names_freeze(world.names);
	if (!world.boxes || !world.bare)
		return -1;
	world.segment = segment_new(world.boxes, NULL, location, "eu-west-1",
		reader_read(READER_XML, world.names, page, sizeof(page) - 1,
		&err), NOW);
	segment_index(world.segment);
	location_unref(location);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	segment_unref(world.segment);
	compiled_free(world.boxes);
	compiled_free(world.bare);
	doc_names_free(world.names);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong_names),
		cmocka_unit_test(test_wrong_values),
		cmocka_unit_test(test_wrong_regexes),
		cmocka_unit_test(test_unfinished),
		cmocka_unit_test(test_or),
		cmocka_unit_test(test_fuzzy),
		cmocka_unit_test(test_equality),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_narrows),
		cmocka_unit_test(test_narrows_truly),
		cmocka_unit_test(test_driver),
		cmocka_unit_test(test_joins),
		cmocka_unit_test(test_highlight)
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
