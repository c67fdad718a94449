/* SPDX-License-Identifier: MIT */
/* What is known of a filter without a row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "filter_world.h"

#include <string.h>

static void expect_narrows(const char *narrow, const char *wide, bool does)
{
	struct filter *n = boxes_filter(narrow), *w = boxes_filter(wide);

	if (filter_narrows(n, w) != does)
		fail_msg("%s in %s", narrow, wide);
	filter_unref(n);
	filter_unref(w);
}

static void test_narrows(void **state)
{
	(void)state;
	expect_narrows("web | db", "web", false);
	expect_narrows("web\ndb", "web", true);
	expect_narrows("web\ndb", "db | x", true);
	expect_narrows("web | x\ndb", "db", true);
	expect_narrows("db", "web | db\nx", false);
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
		struct filter *narrow = boxes_filter(filters[i / n]);
		struct filter *wide = boxes_filter(filters[i % n]);

		for (uint32_t k = 0; filter_narrows(narrow, wide) && k < 4;
		    k++) {
			struct row row = { boxes_segment(), k };

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
	struct filter *f = boxes_filter(text);
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
		struct filter *f = boxes_filter(cases[i].filter);

		assert_int_equal(filter_joins(f, 0), cases[i].with_none);
		assert_int_equal(filter_joins(f, 1), cases[i].with_all);
		filter_unref(f);
	}
}

/* "[]" around what is highlighted in a cell of the column. */
static void expect_marks(const char *text, const char *column,
	const char *cell, const char *marked)
{
	struct filter *f = boxes_filter(text);
	int index = compiled_column_index(boxes_compiled(), column);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_narrows),
		cmocka_unit_test(test_narrows_truly),
		cmocka_unit_test(test_driver),
		cmocka_unit_test(test_joins),
		cmocka_unit_test(test_highlight)
	};

	return cmocka_run_group_tests(tests, boxes_open, boxes_close);
}
