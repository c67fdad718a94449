/* SPDX-License-Identifier: MIT */
#include "doc/out.h"
#include "doc/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static struct doc *read_doc(const char *text)
{
	struct error err = ERROR_INIT;
	struct doc *d = reader_read(*text == '<' ? READER_XML : READER_JSON,
		NULL, text, strlen(text), &err);

	if (!d)
		fail_msg("%s: %s", text, err.text);
	return d;
}

static void expect(enum out_format format, const char *text,
	const char *lists, const char *wanted)
{
	struct doc *d = read_doc(text);
	struct str out = STR_INIT;

	out_doc(&out, format, d, 0, lists);
	assert_string_equal(out.p, wanted);
	assert_int_equal(out.len, strlen(wanted));
	str_clear(&out);
	doc_unref(d);
}

struct sample {
	const char *text;
	size_t len;
	const char *wanted;
};

#define S(text, wanted) { text, sizeof(text) - 1, wanted }

static void expect_samples(const struct sample *samples, size_t count,
	void (*add)(struct str *out, const char *text, size_t len))
{
	struct str out = STR_INIT;

	for (size_t i = 0; i < count; i++) {
		str_reset(&out);
		add(&out, samples[i].text, samples[i].len);
		assert_string_equal(out.p, samples[i].wanted);
	}
	str_clear(&out);
}

static void json_strings(void **state)
{
	static const struct sample samples[] = {
		S("\xff", "\"\xef\xbf\xbd\""),
		S("a\xc3", "\"a\xef\xbf\xbd\""),
		S("\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""),
		S("", "\"\""),
		S("a\0b", "\"a\\u0000b\""),
		S("\b\f\n\r\t\x1b\x7f", "\"\\b\\f\\n\\r\\t\\u001b\\u007f\""),
		S("\"\\/", "\"\\\"\\\\/\""),
		S("\xc2\x9b\xe2\x80\xae\xef\xbb\xbf",
			"\"\\u009b\\u202e\\ufeff\""),
		S("\xc3\xa9\xf0\x9f\x98\x80", "\"\xc3\xa9\xf0\x9f\x98\x80\""),
		S("\xef\xbf\xbd", "\"\xef\xbf\xbd\""),
	};

	(void)state;
	expect_samples(samples, COUNT(samples), out_json_string);
}

static void yaml_strings(void **state)
{
	static const struct sample samples[] = {
		S("", "\"\""),
		S("null", "\"null\""), S("~", "\"~\""), S("NO", "\"NO\""),
		S("y", "\"y\""), S("On", "\"On\""), S("true", "\"true\""),
		S("8", "\"8\""), S("-1", "\"-1\""), S("0x1f", "\"0x1f\""),
		S("1e5", "\"1e5\""), S(".inf", "\".inf\""),
		S("12:30:45", "\"12:30:45\""),
		S("2026-11-22", "\"2026-11-22\""),
		S("- a", "\"- a\""), S("---", "\"---\""), S("?", "\"?\""),
		S("a: b", "\"a: b\""), S("a #b", "\"a #b\""),
		S("a:", "\"a:\""), S("a ", "\"a \""), S(" a", "\" a\""),
		S("@x", "\"@x\""), S("#x", "\"#x\""), S("*x", "\"*x\""),
		S("&x", "\"&x\""), S("!x", "\"!x\""), S("%x", "\"%x\""),
		S("`x", "\"`x\""), S("{", "\"{\""), S("[", "\"[\""),
		S("|", "\"|\""), S(">", "\">\""), S("'x", "\"'x\""),
		S("=", "\"=\""), S("<<", "\"<<\""), S(",", "\",\""),
		S("a\nb", "\"a\\nb\""), S("a\tb", "\"a\\tb\""),
		S("a\xff", "\"a\xef\xbf\xbd\""),
		S("a\0b", "\"a\\u0000b\""),
		S("i-0123", "i-0123"), S("a:b", "a:b"), S("a#b", "a#b"),
		S("nullable", "nullable"), S("/dev/sda1", "/dev/sda1"),
		S("web server 1", "web server 1"), S("x, [y]", "x, [y]"),
		S("\xc3\xa9t\xc3\xa9", "\xc3\xa9t\xc3\xa9"),
		S("arn:aws:s3:::b", "arn:aws:s3:::b"),
	};

	(void)state;
	expect_samples(samples, COUNT(samples), out_yaml_string);
}

static void csv_fields(void **state)
{
	static const struct sample samples[] = {
		S("", ""), S("a b", "a b"), S("a,b", "\"a,b\""),
		S("say \"x\"", "\"say \"\"x\"\"\""),
		S("a\nb", "\"a\nb\""), S("a\r", "\"a\r\""),
		S("\"", "\"\"\"\""),
	};

	(void)state;
	expect_samples(samples, COUNT(samples), out_csv_field);
}

static void xml_as_json(void **state)
{
	(void)state;
	expect(OUT_JSON, "<r/>", NULL, "null\n");
	expect(OUT_JSON, "<r>x</r>", NULL, "\"x\"\n");
	expect(OUT_JSON, "<r><a>8</a><b/></r>", NULL,
		"{\n  \"a\": \"8\",\n  \"b\": null\n}\n");
	expect(OUT_JSON, "<r><s><item>1</item></s></r>", NULL,
		"{\n  \"s\": [\n    \"1\"\n  ]\n}\n");
	expect(OUT_JSON, "<r><member><a>1</a></member></r>", "",
		"[\n  {\n    \"a\": \"1\"\n  }\n]\n");
	expect(OUT_JSON, "<r><g t=\"1\">x</g></r>", NULL,
		"{\n  \"g\": {\n    \"@t\": \"1\",\n    \"#text\": \"x\"\n"
		"  }\n}\n");
}

static void xml_lists(void **state)
{
	static const char s3[] = "<r><Buckets><Bucket><Name>b</Name></Bucket>"
		"</Buckets><Contents><Key>k</Key></Contents></r>";

	(void)state;
	expect(OUT_YAML, s3, NULL, "Buckets:\n  Bucket:\n    Name: b\n"
		"Contents:\n  Key: k\n");
	expect(OUT_YAML, s3, "Buckets/Bucket  Contents Other/Thing",
		"Buckets:\n  - Name: b\nContents:\n  - Key: k\n");
	expect(OUT_YAML, s3, "Other/Bucket", "Buckets:\n  Bucket:\n"
		"    Name: b\nContents:\n  Key: k\n");
	expect(OUT_YAML, "<r><Buckets/><Other/></r>", "Buckets/Bucket",
		"Buckets: []\nOther: null\n");
	expect(OUT_YAML, "<r><Buckets>\n </Buckets></r>", "Buckets/Bucket",
		"Buckets: []\n");
	expect(OUT_YAML, "<Buckets/>", "Buckets/Bucket", "[]\n");
	expect(OUT_YAML, "<r><B>1</B><C>1</C><D>1</D><C>2</C></r>", NULL,
		"B: \"1\"\nC:\n  - \"1\"\n  - \"2\"\nD: \"1\"\n");
	expect(OUT_YAML, "<r><s><item>1</item><m>2</m></s></r>", NULL,
		"s:\n  item:\n    - \"1\"\n  m: \"2\"\n");
	expect(OUT_YAML, "<r><B><C>1</C><m>2</m></B></r>", "B/C",
		"B:\n  C:\n    - \"1\"\n  m: \"2\"\n");
	expect(OUT_YAML, "<r><a><x>1</x><x>2</x></a><x>3</x></r>", NULL,
		"a:\n  x:\n    - \"1\"\n    - \"2\"\nx: \"3\"\n");
	expect(OUT_YAML, "<r><item><item>1</item></item></r>", NULL,
		"- - \"1\"\n");
}

static void json_shapes(void **state)
{
	static const char text[] = "{\"a\":[],\"b\":{},\"c\":[[1,[]],{}],"
		"\"item\":{\"item\":true},\"y\":null,\"e\":[{\"x\":1,\"z\":"
		"{\"k\":\"8\"}}]}";

	(void)state;
	expect(OUT_YAML, text, "a", "a: []\nb: {}\nc:\n  - - 1\n    - []\n"
		"  - {}\nitem:\n  item: true\n\"y\": null\ne:\n  - x: 1\n"
		"    z:\n      k: \"8\"\n");
	expect(OUT_JSON, text, "a", "{\n  \"a\": [],\n  \"b\": {},\n"
		"  \"c\": [\n    [\n      1,\n      []\n    ],\n    {}\n  ],\n"
		"  \"item\": {\n    \"item\": true\n  },\n  \"y\": null,\n"
		"  \"e\": [\n    {\n      \"x\": 1,\n      \"z\": {\n"
		"        \"k\": \"8\"\n      }\n    }\n  ]\n}\n");
	expect(OUT_XML, text, NULL, "<document>\n  <a/>\n  <b/>\n  <c>\n"
		"    <member>\n      <member>1</member>\n      <member/>\n"
		"    </member>\n    <member/>\n  </c>\n  <item>\n"
		"    <item>true</item>\n  </item>\n  <y/>\n  <e>\n"
		"    <member>\n      <x>1</x>\n      <z>\n        <k>8</k>\n"
		"      </z>\n    </member>\n  </e>\n</document>\n");
	expect(OUT_YAML, "[1e5,-2.5E-3,1E+2,12345678901234567890123]", NULL,
		"- 1.0e+5\n- -2.5e-3\n- 1.0e+2\n- 12345678901234567890123\n");
	expect(OUT_JSON, "[1e5,1.10]", NULL, "[\n  1e5,\n  1.10\n]\n");
	expect(OUT_YAML, "\"a\\nb\"", NULL, "\"a\\nb\"\n");
}

static void as_xml(void **state)
{
	static const char mixed[] =
		"<r t=\"a&quot;&lt;&#10;\">x &amp; <b>y</b>z&#13;</r>";

	(void)state;
	expect(OUT_XML, "<r/>", NULL, "<r/>\n");
	expect(OUT_XML, "<r> x </r>", NULL, "<r> x </r>\n");
	expect(OUT_XML, "<r><a>1</a><b><c/></b></r>", NULL,
		"<r>\n  <a>1</a>\n  <b>\n    <c/>\n  </b>\n</r>\n");
	expect(OUT_XML, mixed, NULL, "<r t=\"a&quot;&lt;&#xA;\">x &amp; "
		"<b>y</b>z&#xD;</r>\n");
	expect(OUT_XML, "<r><a t=\"1\"/></r>", NULL,
		"<r>\n  <a t=\"1\"/>\n</r>\n");
	expect(OUT_XML, "<r>]]&gt;</r>", NULL, "<r>]]&gt;</r>\n");
	expect(OUT_XML, "{\"a b\":\"\\u0001\\u202e\",\"1\":[],\"@x y\":{},"
		"\"@ok\":\"v\"}", NULL, "<document ok=\"v\">\n"
		"  <entry key=\"a b\">\xef\xbf\xbd&#x202E;</entry>\n"
		"  <entry key=\"1\"/>\n  <entry key=\"@x y\"/>\n"
		"</document>\n");
	/* an entry has one key only */
	expect(OUT_XML, "{\"a b\":{\"@key\":\"v\",\"@c\":\"w\"}}", NULL,
		"<document>\n  <entry key=\"a b\" c=\"w\">\n"
		"    <entry key=\"@key\">v</entry>\n  </entry>\n"
		"</document>\n");
}

static void part_of_a_document(void **state)
{
	struct doc *d = read_doc("<r><a><b>1</b></a>"
		"<s><item>1</item></s></r>");
	struct str out = STR_INIT;
	uint32_t a = doc_child(d, 0);

	(void)state;
	str_add(&out, "before\n");
	out_doc(&out, OUT_YAML, d, a, NULL);
	out_doc(&out, OUT_YAML, d, doc_next(d, a), NULL);
	out_doc(&out, OUT_JSON, d, doc_child(d, a), NULL);
	out_doc(&out, OUT_XML, d, a, NULL);
	assert_string_equal(out.p, "before\nb: \"1\"\n- \"1\"\n\"1\"\n"
		"<a>\n  <b>1</b>\n</a>\n");
	str_clear(&out);
	doc_unref(d);
}

static void show(struct str *out, const struct out_line *line)
{
	str_addf(out, "%u%s%s %.*s=%s %zu/%zu\n", line->depth,
		line->is_array ? "[" : "", line->in_array ? "-" : "",
		(int)line->label_len, line->label,
		line->text ? line->text : "...", line->children,
		line->subtree);
}

static void lines(void **state)
{
	struct doc *d = read_doc("<r><id>7</id><s><item><k>a</k></item>"
		"<item><k>b</k></item></s><x/><C>1</C><e/></r>");
	struct out_lines all = { 0 };
	struct str out = STR_INIT;

	(void)state;
	for (int twice = 0; twice < 2; twice++) {
		str_reset(&out);
		out_lines_build(&all, d, 0, "C e/f");
		for (size_t i = 0; i < all.count; i++)
			show(&out, &all.items[i]);
		assert_string_equal(out.p, "0 r=... 5/10\n1 id=7 0/0\n"
			"1[ s=... 2/4\n2- =... 1/1\n3 k=a 0/0\n2- =... 1/1\n"
			"3 k=b 0/0\n1 x= 0/0\n1[ C=... 1/1\n2- =1 0/0\n"
			"1[ e=... 0/0\n");
	}
	assert_int_equal(all.items[8].node, all.items[9].node);
	out_lines_clear(&all);
	out_lines_clear(&all);
	str_clear(&out);
	doc_unref(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_strings),
		cmocka_unit_test(yaml_strings),
		cmocka_unit_test(csv_fields),
		cmocka_unit_test(xml_as_json),
		cmocka_unit_test(xml_lists),
		cmocka_unit_test(json_shapes),
		cmocka_unit_test(as_xml),
		cmocka_unit_test(part_of_a_document),
		cmocka_unit_test(lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
