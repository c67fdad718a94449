/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "doc/path.h"
#include "doc/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char xml[] =
	"<r><requestId>7</requestId><reservationSet>"
	"<item><ownerId>1</ownerId><instancesSet>"
	"<item><instanceId>i-1</instanceId><state><code>16</code>"
	"<name>running</name></state><tagSet>"
	"<item><key>env</key><value>prod</value></item>"
	"<item><key>Name</key><value>web-1</value></item>"
	"</tagSet><placement><tenancy>default</tenancy></placement></item>"
	"<item><instanceId>i-2</instanceId><tagSet/></item>"
	"</instancesSet></item>"
	"<item><ownerId>2</ownerId><instancesSet>"
	"<item><instanceId>i-3</instanceId><tagSet>"
	"<item><key>a]b</key><value>odd</value></item>"
	"<item><key>Name</key><value>web-3</value></item>"
	"<item><key/><value>keyless</value></item>"
	"</tagSet></item></instancesSet></item></reservationSet>"
	"<grantee type=\"Group\">text<URI>u</URI></grantee>"
	"<value encoding=\"base64\">eA==</value></r>";

static const char json[] =
	"{\"Reservations\": [{\"OwnerId\": \"1\", \"Instances\": ["
	"{\"InstanceId\": \"i-1\", \"State\": {\"Code\": 16},"
	" \"Tags\": [{\"Key\": \"env\", \"Value\": \"prod\"},"
	"  {\"Key\": \"Name\", \"Value\": \"web-1\"}]},"
	"{\"InstanceId\": \"i-2\", \"Tags\": []}]},"
	"{\"OwnerId\": \"2\", \"Instances\": [{\"InstanceId\": \"i-3\"}]}],"
	"\"Grid\": [[1, 2], [3], [{\"x\": 4}]], \"Null\": null,"
	"\"a/b\": {\"c.d\": \"quoted\"}, \"\": \"empty\"}";

static struct doc *read_doc(enum reader_form form,
	const struct doc_names *names)
{
	struct error err = ERROR_INIT;
	const char *text = form == READER_XML ? xml : json;
	struct doc *d = reader_read(form, names, text, strlen(text), &err);

	if (!d)
		fail_msg("%s", err.text);
	return d;
}

struct found {
	struct str all;
	const struct doc *doc;
	uint32_t last;
	size_t most;
	size_t count;
};

static bool visit(void *data, uint32_t node)
{
	struct found *f = data;

	if (f->count && node <= f->last)
		fail_msg("node %u after %u", (unsigned)node,
			(unsigned)f->last);
	f->last = node;
	if (f->all.len)
		str_addc(&f->all, ' ');
	str_add(&f->all, doc_kind(f->doc, node) <= DOC_ARRAY ?
		doc_name(f->doc, node, NULL) : doc_text(f->doc, node, NULL));
	return ++f->count < f->most;
}

/* All that the path finds below the node, also through a name table. */
static void expect_from(enum reader_form form, const char *base,
	const char *text, const char *wanted)
{
	for (int way = 0; way < 4; way++) {
		struct doc_names *names = way ? doc_names_new() : NULL;
		struct doc_names *other = doc_names_new();
		struct error err = ERROR_INIT;
		struct path *p, *b;
		struct doc *d;

		if (way == 2)
			doc_names_freeze(names);
		p = path_compile(names, text, &err);
		if (!p)
			fail_msg("%s", err.text);
		b = path_compile(names, base, &err);
		doc_names_add(other, "other");
		doc_names_freeze(other);
		if (names)
			doc_names_freeze(names);
		d = read_doc(form, way == 3 ? other : names);

		struct found f = { .all = STR_INIT, .doc = d,
			.most = SIZE_MAX };
		uint32_t from = path_first(b, d, 0);
		uint32_t first = path_first(p, d, from);

		size_t count = path_each(p, d, from, visit, &f);

		assert_int_not_equal(from, DOC_NONE);
		assert_int_equal(count, f.count);
		assert_string_equal(f.all.p, wanted);
		assert_int_equal(first == DOC_NONE, f.count == 0);
		str_reset(&f.all);
		f.most = 1;
		f.count = 0;
		path_each(p, d, from, visit, &f);
		assert_int_equal(f.count, first != DOC_NONE);
		if (f.count)
			assert_int_equal(f.last, first);
		assert_string_equal(path_source(p), text);
		str_clear(&f.all);
		doc_unref(d);
		path_free(p);
		path_free(b);
		doc_names_free(names);
		doc_names_free(other);
	}
}

static void expect_xml(const char *text, const char *wanted)
{
	expect_from(READER_XML, ".", text, wanted);
}

static void expect_json(const char *text, const char *wanted)
{
	expect_from(READER_JSON, ".", text, wanted);
}

static void refuse(const char *text, const char *wanted)
{
	struct doc_names *names = doc_names_new();
	struct error err = ERROR_INIT;

	assert_null(path_compile(names, text, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, wanted))
		fail_msg("%s: \"%s\"", text, err.text);
	doc_names_free(names);
	path_free(NULL);
}

static void broken(void **state)
{
	struct str s = STR_INIT;

	(void)state;
	refuse("", "column 1: a name is missing");
	refuse("/", "column 2: a name is missing");
	refuse("a/", "column 3: a name is missing");
	refuse("a//b", "column 3: a name is missing");
	refuse("a|", "column 3: a name is missing");
	refuse("|a", "column 1: a name is missing");
	refuse("a[", "a name is missing");
	refuse("a[]", "a name is missing");
	refuse("a[k]", "[key=value] or [number] is wanted");
	refuse("a[k=v", "a closing bracket is missing");
	refuse("a[1", "[key=value] or [number] is wanted");
	refuse("a[4294967295]", "too big");
	refuse("a[99999999999999999999999999]", "too big");
	refuse("a[k=\"v]", "the quote is not closed");
	refuse("a[k=\"v\"x]", "a closing bracket is missing");
	refuse("\"a", "the quote is not closed");
	refuse("a]b", "column 2: this is not understood");
	refuse("a[0][1]", "only one bracket");
	refuse("..[0]", "a bracket cannot follow dots");
	refuse(".a..b", "a name is missing");
	refuse("a[=v]", "a name is missing");
	for (int i = 0; i < 20; i++)
		str_add(&s, "a[");
	refuse(s.p, "too many brackets");
	str_reset(&s);
	for (int i = 0; i < 70; i++)
		str_add(&s, "a/");
	str_add(&s, "a");
	refuse(s.p, "too many steps");
	str_clear(&s);
}

static void names(void **state)
{
	(void)state;
	expect_xml("requestId", "7");
	expect_xml("unheard", "");
	expect_xml("requestId/x", "");
	expect_xml("/requestId", "7");
	expect_xml(".", "r");
	expect_xml("./requestId", "7");
	expect_xml("reservationSet/item/ownerId", "1 2");
	expect_xml(".reservationSet.item.ownerId", "1 2");
	expect_xml(".requestId", "7");
	expect_xml("reservationSet/*/ownerId", "1 2");
	expect_xml("reservationSet/item/instancesSet/item/instanceId",
		"i-1 i-2 i-3");
	expect_xml("grantee/@type", "Group");
	expect_xml("grantee/#text", "text");
	expect_xml("grantee/*", "Group text u");
}

static void tests(void **state)
{
	static const char row[] = "reservationSet/item/instancesSet/item";

	(void)state;
	expect_from(READER_XML, row, "tagSet/[key=Name]/value", "web-1");
	expect_from(READER_XML, row, "tagSet/item[key=Name]/value", "web-1");
	expect_from(READER_XML, row, "tagSet/other[key=Name]/value", "");
	expect_from(READER_XML, row, "tagSet/[key=name]/value", "");
	expect_from(READER_XML, row, ".tagSet[1].value", "");
	expect_from(READER_XML, row, ".tagSet[0].item.value", "prod web-1");
	expect_from(READER_XML, row, "tagSet/[1]/value", "web-1");
	expect_from(READER_XML, row, "tagSet/[2]/value", "");
	expect_from(READER_XML, row, "state/[0]", "16");
	expect_xml("reservationSet/item[1]/ownerId", "2");
	expect_xml("*/[1]/ownerId", "2");
	expect_xml("*/*/*/*/tagSet/[key=\"a]b\"]/value", "odd");
	expect_xml("*/*/*/*/tagSet/[key=\"a\\]b\"]/value", "odd");
	expect_xml("*/*/*/*/tagSet/[key=]/value", "keyless");
	expect_xml("*/*/*/*/tagSet/[key=\"\"]/value", "keyless");
	expect_xml("*/item[instancesSet/item/instanceId=i-2]/ownerId", "1");
	expect_xml("*/item[instancesSet/item[tagSet/[key=Name]/value=web-3]"
		"/instanceId=i-3]/ownerId", "2");
	expect_xml("*/item[ownerId|unheard=2]/ownerId", "2");
	expect_xml("*/item[/requestId=7]/ownerId", "1 2");
	expect_xml("[@type=Group]/URI", "u");
	expect_xml("value[#text=eA==]/@encoding", "base64");
	expect_xml("[value=x]", "");
}

static void up(void **state)
{
	static const char row[] =
		"reservationSet/item[1]/instancesSet/item";

	(void)state;
	expect_from(READER_XML, row, "../../ownerId", "2");
	expect_from(READER_XML, row, "instanceId/..", "item");
	expect_from(READER_XML, row, "instanceId/../instanceId", "i-3");
	expect_from(READER_XML, row, "/requestId", "7");
	expect_from(READER_XML, row, "../../../../requestId", "7");
	expect_from(READER_XML, row, "../../../../..", "");
	expect_from(READER_XML, row, "../../../../../requestId", "");
	expect_xml("..", "");
	expect_xml("reservationSet/*/..", "reservationSet");
	expect_xml("reservationSet/item/*/../ownerId", "1 2");
}

static void alternatives(void **state)
{
	(void)state;
	expect_xml("unheard|requestId", "7");
	expect_xml("requestId|unheard", "7");
	expect_xml("grantee/x|reservationSet/item/ownerId|requestId", "1 2");
	expect_xml("a|b|c", "");
	expect_xml(".a.b|.grantee.URI", "u");
}

static void json_lists(void **state)
{
	(void)state;
	expect_json("Reservations/OwnerId", "1 2");
	expect_json("Reservations/*/OwnerId", "1 2");
	expect_json("Reservations/Instances/InstanceId", "i-1 i-2 i-3");
	expect_json("Reservations/Instances/Tags/[Key=Name]/Value", "web-1");
	expect_json("Reservations/Instances/Tags[Key=Name]/Value", "web-1");
	expect_json(".Reservations[1].OwnerId", "2");
	expect_json(".Reservations[0].Instances[1].InstanceId", "i-2");
	expect_json("Reservations/[1]/OwnerId", "2");
	expect_json("Reservations[OwnerId=2]/Instances/InstanceId", "i-3");
	expect_json("Reservations[Instances/InstanceId=i-2]/OwnerId", "1");
	expect_json("[Tags/Key=env]", "");
	expect_json("Grid/*/*", "1 2 3 ");
	expect_json("Grid/x", "4");
	expect_json("Grid/[0]/[1]", "2");
	expect_json("Null", "");
	expect_json("\"a/b\"/c.d", "quoted");
	expect_json(".\"a/b\".\"c.d\"", "quoted");
	expect_json("\"\"", "empty");
	expect_from(READER_JSON, "Reservations/*/Instances/*",
		"../../OwnerId", "1");
}

static void first_texts(void **state)
{
	static const struct {
		const char *path, *text;
	} rows[] = {
		{ "requestId", "7" },
		{ "reservationSet", NULL },
		{ "unheard", NULL },
		{ "reservationSet|requestId", "7" },
		{ "value", "eA==" },
		{ "grantee", "text" },
		{ "*", "7" },
		{ "*/*", "Group" },
	};
	struct doc *d = read_doc(READER_XML, NULL);
	struct error err = ERROR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct path *p = path_compile(NULL, rows[i].path, &err);
		size_t len = 99;
		const char *got = path_text(p, d, 0, &len);

		if (!rows[i].text) {
			assert_null(got);
		} else {
			assert_string_equal(got, rows[i].text);
			assert_int_equal(len, strlen(got));
			assert_ptr_equal(path_text(p, d, 0, NULL), got);
		}
		path_free(p);
	}
	doc_unref(d);
}

int main(void)
{
	const struct CMUnitTest all[] = {
		cmocka_unit_test(broken),
		cmocka_unit_test(names),
		cmocka_unit_test(tests),
		cmocka_unit_test(up),
		cmocka_unit_test(alternatives),
		cmocka_unit_test(json_lists),
		cmocka_unit_test(first_texts),
	};

	return cmocka_run_group_tests(all, NULL, NULL);
}
