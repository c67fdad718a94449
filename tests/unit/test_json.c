/* SPDX-License-Identifier: MIT */
#include "tests/unit/reader_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void expect_json(const char *json, const char *wanted)
{
	expect_doc(READER_JSON, json, strlen(json), wanted);
}

static void refuse_json(const char *json, const char *wanted)
{
	refuse_doc(READER_JSON, json, strlen(json), ERR_PARSE, wanted);
}

static void json_broken(void **state)
{
	static const char nul[] = "[\"x\0y\"]", after[] = "[1\0,\n2]";

	(void)state;
	refuse_json("", "bad JSON at 1:");
	refuse_json("{", "bad JSON at 1:1");
	refuse_json("[1,]", "bad JSON at 1:");
	refuse_json("{\"a\": 1,}", "bad JSON at 1:");
	refuse_json("{\"a\"\n:\n}", "bad JSON at 3:");
	refuse_json("[1] tail", "bad JSON at 1:");
	refuse_json("01", "bad JSON");
	refuse_json("+1", "bad JSON");
	refuse_json("1e", "bad JSON");
	refuse_json("nul", "bad JSON");
	refuse_json("'a'", "bad JSON");
	refuse_json("[\"\\ud800\"]", "bad JSON");
	refuse_json("[\"\\x\"]", "bad JSON");
	refuse_json("[\"a\nb\"]", "bad JSON");
	refuse_json("[\"\xff\"]", "bad JSON");
	refuse_json("{\"a\\u0000b\": 1}", "bad JSON");
	refuse_json("<a/>", "bad JSON at 1:1");
	refuse_json("NaN", "bad JSON");
	refuse_json("1E400", "overflow");
	refuse_json("// no\n1", "bad JSON");
	refuse_doc(READER_JSON, nul, sizeof(nul) - 1, ERR_PARSE, "bad JSON");
	refuse_doc(READER_JSON, after, sizeof(after) - 1, ERR_PARSE,
		"bad JSON at 1:3: a NUL byte");
}

/* What is quoted could be half a secret. */
static void json_errors_quote_nothing(void **state)
{
	struct error err = ERROR_INIT;
	static const char text[] =
		"{\"SecretAccessKey\": \"wJalrXUtnFEMI\" wJalrXUtnFEMI}";

	(void)state;
	assert_null(reader_read(READER_JSON, NULL, text, strlen(text), &err));
	assert_int_equal(err.kind, ERR_PARSE);
	assert_null(strstr(err.text, "wJalr"));
}

static void json_values(void **state)
{
	static const char escapes[] =
		"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"";
	static const char nul[] = ":s=a\0b";
	struct error err = ERROR_INIT;
	struct str got = STR_INIT;
	struct doc *d;

	(void)state;
	expect_json("1", ":n=1");
	expect_json(" \"x\" ", ":s=x");
	expect_json("\"\"", ":s=");
	expect_json("null", ":0");
	expect_json("[true,false]", ":a(:b=true :b=false)");
	expect_json("{}", ":o()");
	expect_json("[]", ":a()");
	expect_json("\xef\xbb\xbf{}", ":o()");
	expect_json(escapes, ":s=\"\\/\b\f\n\r\t\xc3\xa9\xf0\x9f\x98\x80");
	expect_json("[\"plain\",\"a\\tb\",\"plain\"]",
		":a(:s=plain :s=a\tb :s=plain)");
	d = reader_read(READER_JSON, NULL, "\"a\\u0000b\"", 10, &err);
	assert_non_null(d);
	show_doc(&got, d, 0);
	assert_int_equal(got.len, sizeof(nul) - 1);
	assert_memory_equal(got.p, nul, got.len);
	doc_unref(d);
	str_clear(&got);
}

static void json_numbers(void **state)
{
	(void)state;
	expect_json("[0, -0, 1.10, 1E40, 1e5, -2.5e-3]",
		":a(:n=0 :n=-0 :n=1.10 :n=1E40 :n=1e5 :n=-2.5e-3)");
	expect_json("[12345678901234567890123456789, 0.1000000000000000055]",
		":a(:n=12345678901234567890123456789 "
		":n=0.1000000000000000055)");
	expect_json("9007199254740993", ":n=9007199254740993");
}

static void json_trees(void **state)
{
	(void)state;
	expect_json("{\"a\": {\"b\" : [1, {\"c\":null} , []]}, \"d\":{}}",
		":o(a:o(b:a(:n=1 :o(c:0) :a())) d:o())");
	expect_json("{\"\":1, \"k\\u0065y\": 2}", ":o(:n=1 key:n=2)");
	expect_json("[[[]],[{}]]", ":a(:a(:a()) :a(:o()))");
	expect_json("{\"a\":1,\"b\":[],\"a\":{\"x\":2.5}}",
		":o(a:o(x:n=2.5) b:a())");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_broken),
		cmocka_unit_test(json_errors_quote_nothing),
		cmocka_unit_test(json_values),
		cmocka_unit_test(json_numbers),
		cmocka_unit_test(json_trees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
