/* SPDX-License-Identifier: MIT */
#include "tests/unit/reader_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static void expect_xml(const char *xml, const char *wanted)
{
	expect_doc(READER_XML, xml, strlen(xml), wanted);
}

static void refuse_xml(const char *xml, const char *wanted)
{
	refuse_doc(READER_XML, xml, strlen(xml), ERR_PARSE, wanted);
}

static void xml_broken(void **state)
{
	static const char nul[] = "<a>x\0y</a>";
	static const char nul_between[] = "<a>\0<b/></a>";

	(void)state;
	refuse_xml("", "bad XML at 1:1: it is empty");
	refuse_xml("  \n ", "bad XML at 1:1: it is empty");
	refuse_xml("<", "bad XML at 1:");
	refuse_xml("<a", "bad XML at 1:");
	refuse_xml("<a>", "it is cut short");
	refuse_xml("<abc>", "bad XML at 1:6: it is cut short");
	refuse_xml("<a>\n<b>x</b>", "bad XML at 2:9: it is cut short");
	refuse_xml("<a><b>x</b", "bad XML at 1:");
	refuse_xml("<?xml version=\"1.0\"?>", "bad XML at 1:");
	refuse_xml("hello", "bad XML at 1:1");
	refuse_xml("{\"a\": 1}", "bad XML at 1:1");
	refuse_xml("<a>\n <b>\n</a>", "bad XML at 3:");
	refuse_xml("<a></a><b/>", "bad XML at 1:8");
	refuse_xml("<a/>tail", "bad XML at 1:");
	refuse_xml("<a>&#0;</a>", "bad XML at 1:");
	refuse_xml("<a>&#xD800;</a>", "bad XML at 1:");
	refuse_xml("<a>&#x1;</a>", "bad XML at 1:");
	refuse_xml("<a>&nbsp;</a>", "'nbsp' not defined");
	refuse_xml("<a>\xff</a>", "bad XML at 1:");
	refuse_xml("<a>\x01</a>", "bad XML at 1:");
	refuse_xml("<a b=\"1\" b=\"2\"/>", "bad XML at 1:");
	refuse_xml("<!-- only a comment -->", "bad XML at 1:");
	refuse_xml("<html><body><br></body></html>", "mismatch");
	refuse_doc(READER_XML, nul, sizeof(nul) - 1, ERR_PARSE, "bad XML");
	refuse_doc(READER_XML, nul_between, sizeof(nul_between) - 1,
		ERR_PARSE, "bad XML");
}

static void xml_doctype(void **state)
{
	static const char laughs[] = "<?xml version=\"1.0\"?>\n"
		"<!DOCTYPE lolz [<!ENTITY lol \"lol\">"
		"<!ENTITY lol2 \"&lol;&lol;&lol;&lol;&lol;&lol;&lol;\">]>"
		"<lolz>&lol2;</lolz>";

	(void)state;
	refuse_xml(laughs, "document type declarations are not accepted");
	refuse_xml("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
		"document type declarations are not accepted");
	refuse_xml("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
		"<a>&x;</a>", "document type declarations are not accepted");
	refuse_xml("<!DOCTYPE html><html></html>",
		"document type declarations are not accepted");
	refuse_xml("<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/\">"
		"%p;]><a/>", "document type declarations are not accepted");
}

static void xml_leaves(void **state)
{
	(void)state;
	expect_xml("<a/>", "a:0");
	expect_xml("<a></a>", "a:0");
	expect_xml("<a>x</a>", "a:s=x");
	expect_xml("<a> x </a>", "a:s= x ");
	expect_xml("<a><b> </b></a>", "a:o(b:s= )");
	expect_xml("<a>1 &lt; 2 &amp;&amp; &quot;&apos;&gt;</a>",
		"a:s=1 < 2 && \"'>");
	expect_xml("<a>&#65;&#x1F600;&#10;</a>",
		"a:s=A\xf0\x9f\x98\x80\n");
	expect_xml("<a>x<![CDATA[<&>]]>y</a>", "a:s=x<&>y");
	expect_xml("<a>x<!-- no -->y<?pi no?>z</a>", "a:s=xyz");
	expect_xml("<a>one\r\ntwo</a>", "a:s=one\ntwo");
	expect_xml("<a>\xc3\xa9\xe2\x82\xac</a>", "a:s=\xc3\xa9\xe2\x82\xac");
}

static void xml_trees(void **state)
{
	(void)state;
	expect_xml("<a>\n\t<b>1</b>\n\t<b>2</b>\n\t<c/>\n</a>\n",
		"a:o(b:s=1 b:s=2 c:0)");
	expect_xml("\n  <?xml version=\"1.0\"?>\n<a/>", "a:0");
	expect_xml("<a>left<b/>mid<b/>\n</a>",
		"a:o(#text:s=left b:0 #text:s=mid b:0)");
	expect_xml("<a t=\"1\"/>", "a:o(@t:s=1)");
	expect_xml("<a t=\"\" u=\"&lt;&#65;\">x</a>",
		"a:o(@t:s= @u:s=<A #text:s=x)");
	expect_xml("<a t=\"1\"> </a>", "a:o(@t:s=1 #text:s= )");
	expect_xml("<a t=\"1\"> <b/> </a>", "a:o(@t:s=1 b:0)");
	expect_xml("<a><b t=\"1\"/> <c/></a>", "a:o(b:o(@t:s=1) c:0)");
	expect_xml("<a><b><c><d>x</d></c></b><e>y</e></a>",
		"a:o(b:o(c:o(d:s=x)) e:s=y)");
}

static void xml_namespaces(void **state)
{
	(void)state;
	expect_xml("<a xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
		"<b>1</b></a>", "a:o(b:s=1)");
	expect_xml("<n:a xmlns:n=\"u\"><n:b>1</n:b><b>2</b></n:a>",
		"a:o(b:s=1 b:s=2)");
	expect_xml("<a xmlns:xsi="
		"\"http://www.w3.org/2001/XMLSchema-instance\" "
		"xsi:type=\"CanonicalUser\"><ID>1</ID></a>",
		"a:o(@type:s=CanonicalUser ID:s=1)");
	expect_xml("<x:a><x:b>1</x:b></x:a>", "a:o(b:s=1)");
}

static void xml_encodings(void **state)
{
	static const char utf16[] = "\xff\xfe<\0a\0>\0\xe9\0<\0/\0a\0>";
	static const char bad[] =
		"<?xml version=\"1.0\" encoding=\"no-such\"?><a/>";

	(void)state;
	expect_xml("\xef\xbb\xbf<a>x</a>", "a:s=x");
	expect_xml("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\xc3\xa9</a>",
		"a:s=\xc3\xa9");
	expect_xml("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"
		"<a>\xe9</a>", "a:s=\xc3\xa9");
	expect_doc(READER_XML, utf16, sizeof(utf16), "a:s=\xc3\xa9");
	refuse_xml(bad, "bad XML at 1:");
}

static void nest(struct str *s, const char *open, const char *middle,
	const char *close, int times)
{
	str_reset(s);
	for (int i = 0; i < times; i++)
		str_add(s, open);
	str_add(s, middle);
	for (int i = 0; i < times; i++)
		str_add(s, close);
}

static void depth(void **state)
{
	static const struct {
		enum reader_form form;
		const char *open, *middle, *close;
		int times;
	} rows[] = {
		{ READER_XML, "<a>", "<b>x</b>", "</a>", 128 },
		{ READER_JSON, "[", "1", "]", 128 },
		{ READER_XML, "<a>", "<b>x</b>", "</a>", 129 },
		{ READER_XML, "<a>", "", "</a>", 100000 },
		{ READER_JSON, "[", "1", "]", 129 },
		{ READER_JSON, "{\"a\":", "1", "}", 100000 },
	};
	struct str s = STR_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = ERROR_INIT;
		struct doc *d;

		nest(&s, rows[i].open, rows[i].middle, rows[i].close,
			rows[i].times);
		d = reader_read(rows[i].form, NULL, s.p, s.len, &err);
		assert_int_equal(d != NULL, rows[i].times <= 128);
		doc_unref(d);
		if (!d)
			refuse_doc(rows[i].form, s.p, s.len, ERR_LIMIT,
				"deeper than 128");
	}
	str_clear(&s);
}

static void limits(void **state)
{
	struct error err = ERROR_INIT;
	struct reader *r;

	(void)state;
	for (int form = READER_XML; form <= READER_JSON; form++) {
		r = reader_new((enum reader_form)form, NULL, 5);
		assert_true(reader_feed(r, "", 0, &err));
		assert_true(reader_feed(r, form == READER_XML ? "<a" : "[1", 2,
			&err));
		assert_false(reader_feed(r, "1111", 4, &err));
		assert_int_equal(err.kind, ERR_LIMIT);
		assert_non_null(strstr(err.text, "longer than 5 bytes"));
		error_reset(&err);
		assert_false(reader_feed(r, "1", 1, &err));
		assert_int_equal(err.kind, ERR_LIMIT);
		assert_null(reader_finish(r, &err));
		reader_free(r);
	}
	reader_free(NULL);
}

static void errors_stay(void **state)
{
	struct error first = ERROR_INIT, err = ERROR_INIT;
	struct reader *r = reader_new(READER_XML, NULL, 1000);

	(void)state;
	assert_false(reader_feed(r, "<a></b>", 7, &first));
	assert_false(reader_feed(r, "<a></a>", 7, &err));
	assert_string_equal(err.text, first.text);
	error_reset(&err);
	assert_null(reader_finish(r, &err));
	assert_string_equal(err.text, first.text);
	reader_free(r);

	r = reader_new(READER_XML, NULL, 1000);
	assert_true(reader_feed(r, "<a/>", 4, &err));
	doc_unref(reader_finish(r, &err));
	assert_null(reader_finish(r, &err));
	assert_false(reader_feed(r, "<a/>", 4, &err));
	reader_free(r);

	r = reader_new(READER_XML, NULL, 1000);
	assert_true(reader_feed(r, "<a><b>unfinished", 16, &err));
	reader_free(r);
}

/* libxml2 gives long texts in pieces; none may be lost or joined wrongly. */
static void long_text(void **state)
{
	struct str s = STR_INIT, wanted = STR_INIT;
	struct error err = ERROR_INIT;
	size_t len;

	(void)state;
	str_add(&s, "<a><b>");
	for (int i = 0; i < 1000000; i++) {
		str_addf(&s, "%07d&amp;", i);
		str_addf(&wanted, "%07d&", i);
	}
	str_add(&s, "</b><c>end</c></a>");

	struct doc *d = read_by(READER_XML, s.p, s.len, 16384, &err);

	if (!d)
		fail_msg("%s", err.text);

	uint32_t b = doc_child(d, 0);
	const char *text = doc_text(d, b, &len);

	assert_int_equal(len, wanted.len);
	assert_memory_equal(text, wanted.p, len);
	assert_string_equal(doc_text(d, doc_next(d, b), NULL), "end");
	doc_unref(d);
	str_clear(&s);
	str_clear(&wanted);
}

/* Many names, so that those cached by address push each other out. */
static void many_names(void **state)
{
	struct str s = STR_INIT;
	struct error err = ERROR_INIT;
	struct doc *d;
	char text[32];
	uint32_t node;

	(void)state;
	str_add(&s, "<a>");
	for (int turn = 0; turn < 2; turn++)
		for (int i = 0; i < 5000; i++)
			str_addf(&s, "<n%d>%d</n%d>", i, i % 10, i);
	str_add(&s, "</a>");
	d = reader_read(READER_XML, NULL, s.p, s.len, &err);
	assert_non_null(d);
	assert_int_equal(doc_count(d), 10001);
	node = doc_child(d, 0);
	for (int i = 0; i < 10000; i++, node = doc_next(d, node)) {
		snprintf(text, sizeof(text), "n%d", i % 5000);
		assert_string_equal(doc_name(d, node, NULL), text);
		snprintf(text, sizeof(text), "%d", i % 5000 % 10);
		assert_string_equal(doc_text(d, node, NULL), text);
	}
	doc_unref(d);
	str_clear(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(xml_broken),
		cmocka_unit_test(xml_doctype),
		cmocka_unit_test(xml_leaves),
		cmocka_unit_test(xml_trees),
		cmocka_unit_test(xml_namespaces),
		cmocka_unit_test(xml_encodings),
		cmocka_unit_test(depth),
		cmocka_unit_test(limits),
		cmocka_unit_test(errors_stay),
		cmocka_unit_test(long_text),
		cmocka_unit_test(many_names),
	};

	reader_global_init();

	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	reader_global_clear();
	return failed;
}
