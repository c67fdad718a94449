/* SPDX-License-Identifier: MIT */
#include "fetch/segment.h"

#include "base/str.h"
#include "doc/reader.h"
#include "sample_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOW INT64_C(1795435200000)       /* 2026-11-23T12:00:00Z */

static struct sample sample;

/* A page of the sample's location in eu-west-1. */
static struct segment *page_of(struct doc *doc)
{
	struct location *location = sample_location();
	struct segment *s = segment_new(sample.compiled, NULL, location,
		"eu-west-1", doc, NOW);

	location_unref(location);
	return s;
}

static struct segment *page_xml(const char *xml)
{
	return page_of(sample_read(&sample, xml));
}

static const struct compiled_column *column(const char *name)
{
	int i = compiled_column_index(sample.compiled, name);

	assert_true(i >= 0);
	return &sample.compiled->columns[i];
}

static void pages_without_rows(void **state)
{
	static const char *const pages[] = {
		"<Reply/>", "<Reply>text</Reply>", "<Reply><Things/></Reply>",
		"<Other><Things><Thing/></Things></Other>"
	};
	(void)state;

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		struct segment *s = page_xml(pages[i]);

		assert_int_equal(s->count, 0);
		assert_null(s->kinds);
		segment_index(s);
		assert_string_equal(s->text, "");
		assert_int_equal(s->text_at[0], 0);
		segment_unref(s);
	}
	segment_unref(NULL);
	assert_null(segment_ref(NULL));
}

static void rows_come_kind_by_kind(void **state)
{
	struct segment *s = page_xml("<Reply><Things><Item><Name>a</Name>"
		"</Item></Things><Shadows><Item><Name>s</Name></Item>"
		"</Shadows><Things><Item><Name>b</Name></Item></Things>"
		"<Folders><Folder>f</Folder></Folders></Reply>");
	static const char *const kinds[] = {
		"folder", "thing", "thing", "shadow"
	};
	static const char *const names[] = { "f", "a", "b", "s" };
	(void)state;

	assert_int_equal(s->count, 4);
	for (uint32_t i = 0; i < s->count; i++) {
		struct row row = { s, i };
		struct str id = STR_INIT;

		assert_string_equal(row_kind(row), kinds[i]);
		row_id(row, &id);
		assert_string_equal(id.p, names[i]);
		str_clear(&id);
	}
	segment_unref(s);
}

static void identities_tell_rows_apart(void **state)
{
	struct segment *s = page_of(sample_page(&sample, 0, 1000));
	struct segment *same = page_of(sample_page(&sample, 500, 500));
	(void)state;

	assert_int_equal(s->count, 2000);
	for (uint32_t i = 0; i < s->count; i++)
		for (uint32_t k = i + 1; k < s->count; k += 97)
			assert_true(s->identities[i] != s->identities[k]);
	assert_true(s->identities[500] == same->identities[0]);
	assert_true(s->identities[999] == same->identities[499]);
	assert_true(s->identities[0] != s->identities[1000]);
	segment_unref(s);
	segment_unref(same);
}

static void nameless_rows_stay_several(void **state)
{
	struct segment *s = page_xml("<Reply><Things><Item><Text>1</Text>"
		"</Item><Item><Text>2</Text></Item></Things></Reply>");
	(void)state;

	assert_int_equal(s->count, 2);
	assert_true(s->identities[0] != s->identities[1]);
	segment_unref(s);
}

/* Region and scope are part of a row; how it was found is not. */
static void identities_hold_where_a_row_is(void **state)
{
	struct location *here = sample_location(), *filtered =
		sample_location(), *other = sample_location();
	struct segment *s[4];
	(void)state;

	location_set(filtered, "Filters[0].Name", "x");
	location_set(other, "Box", "box-2");
	s[0] = segment_new(sample.compiled, NULL, here, "r1",
		sample_page(&sample, 0, 1), NOW);
	s[1] = segment_new(sample.compiled, NULL, filtered, "r1",
		sample_page(&sample, 0, 1), NOW);
	s[2] = segment_new(sample.compiled, NULL, here, "r2",
		sample_page(&sample, 0, 1), NOW);
	s[3] = segment_new(sample.compiled, NULL, other, "r1",
		sample_page(&sample, 0, 1), NOW);
	assert_true(s[0]->identities[0] == s[1]->identities[0]);
	assert_true(s[0]->identities[0] != s[2]->identities[0]);
	assert_true(s[0]->identities[0] != s[3]->identities[0]);
	for (size_t i = 0; i < 4; i++)
		segment_unref(s[i]);
	location_unref(here);
	location_unref(filtered);
	location_unref(other);
}

static void the_index_is_what_people_see(void **state)
{
	struct segment *s = page_xml("<Reply><Things><Item><Name>a\tb\nc"
		"</Name><Text>t</Text><State>running</State><Number>1234"
		"</Number><Born>2026-11-22T12:00:00Z</Born><Bool>true</Bool>"
		"</Item><Item/></Things></Reply>");
	const char *want = "a b c\tt\trunning\t1,234\t\t";
	(void)state;

	segment_index(s);
	assert_memory_equal(s->text, want, strlen(want));
	assert_int_equal(s->text[s->text_at[1] - 1], '\n');
	assert_int_equal(s->text_at[2], strlen(s->text));
	assert_int_equal(s->text[s->text_at[2] - 1], '\n');
	assert_null(strstr(s->text, "1d"));
	assert_true(segment_bytes(s) > strlen(s->text));
	segment_unref(s);
}

static void cell(struct row row, const char *name, struct row joined,
	const char *want, const char *want_plain)
{
	const struct cell_options options = {
		.now = NOW, .signs = signs_ascii(), .joined = joined
	};
	struct str out = STR_INIT;

	row_cell(row, column(name), &options, &out);
	assert_string_equal(out.p, want);
	str_reset(&out);
	row_plain(row, column(name), joined, &out);
	assert_string_equal(out.p, want_plain);
	str_clear(&out);
}

static void cells_of_every_format(void **state)
{
	struct segment *s = page_xml("<Reply><Things><Item><Name>n</Name>"
		"<Text>t</Text><State>error</State><Number>1234</Number><Size>"
		"2048</Size><Born>2026-11-22T12:00:00Z</Born><Bool>true</Bool>"
		"<Address>10.0.0.1</Address><Money>1.5</Money><Key>a%20b"
		"</Key></Item></Things></Reply>");
	struct row row = { s, 0 }, none = { 0 };
	(void)state;

	cell(row, "name", none, "n", "n");
	cell(row, "state", none, "x error", "error");
	cell(row, "number", none, "1,234", "1234");
	cell(row, "size", none, "2.0 KiB", "2048");
	cell(row, "age", none, "1d", "2026-11-22T12:00:00Z");
	cell(row, "date", none, "2026-11-22", "2026-11-22T12:00:00Z");
	cell(row, "bool", none, "yes", "true");
	cell(row, "address", none, "10.0.0.1", "10.0.0.1");
	cell(row, "money", none, "$1.50", "1.5");
	cell(row, "double", none, "tt", "tt");
	cell(row, "colour", none, "", "");
	segment_unref(s);
}

static void joined_cells_wait_and_are_refused(void **state)
{
	struct segment *s = page_of(sample_page(&sample, 0, 1));
	struct location *location = sample_location();
	struct segment *j = segment_new_join(sample.compiled,
		&sample.compiled->joins[0], NULL, location, "eu-west-1",
		sample_read(&sample, "<Reply><Colours><Item><Name>thing-0"
			"</Name><Colour>red</Colour></Item></Colours></Reply>"),
		NOW);
	struct cell_options options = { .now = NOW, .join_pending = true };
	struct row row = { s, 0 };
	struct str out = STR_INIT;
	(void)state;

	assert_int_equal(j->count, 1);
	assert_true(j->identities[0] == segment_join_key("thing-0", 7));
	cell(row, "colour", (struct row){ j, 0 }, "red", "red");
	row_cell(row, column("colour"), &options, &out);
	assert_string_equal(out.p, "…");
	options.join_pending = false;
	options.join_refused = true;
	str_reset(&out);
	row_cell(row, column("colour"), &options, &out);
	assert_string_equal(out.p, "?");
	str_clear(&out);
	location_unref(location);
	segment_unref(s);
	segment_unref(j);
}

static void rows_sort_by_number_or_text(void **state)
{
	struct segment *s = page_xml("<Reply><EncodingType>url</EncodingType>"
		"<Things><Item><Name>n</Name><Text>t</Text><Size>7</Size>"
		"<Key>a%20b</Key></Item></Things></Reply>");
	struct row row = { s, 0 }, none = { 0 };
	struct str scratch = STR_INIT;
	int64_t number = 0;
	size_t len;
	(void)state;

	assert_true(row_sort_number(row, column("size"), none, &number));
	assert_int_equal(number, 7);
	assert_false(row_sort_number(row, column("number"), none, &number));
	assert_false(row_sort_number(row, column("name"), none, &number));
	assert_string_equal(row_sort_text(row, column("name"), none, &scratch,
		&len), "n");
	assert_string_equal(row_sort_text(row, column("number"), none,
		&scratch, &len), "");
	assert_int_equal(len, 0);
	assert_string_equal(row_sort_text(row, column("key"), none, &scratch,
		&len), "a b");
	assert_string_equal(row_sort_text(row, column("double"), none,
		&scratch, &len), "t");
	str_clear(&scratch);
	segment_unref(s);
}

static void rows_know_where_they_are(void **state)
{
	struct segment *s = page_xml("<Reply><Owner>123456789012</Owner>"
		"<Things><Item><Name>a b</Name><Label>me</Label><Region>"
		"cn-north-1</Region></Item><Item><Name>x</Name></Item>"
		"</Things></Reply>");
	struct row row = { s, 0 };
	struct str out = STR_INIT;
	char text[64];
	(void)state;

	assert_string_equal(row_region(row, text), "cn-north-1");
	assert_string_equal(row_region((struct row){ s, 1 }, text),
		"eu-west-1");
	assert_string_equal(row_account(row, text), "123456789012");
	row_arn(row, &out);
	assert_string_equal(out.p,
		"arn:aws-cn:sample:cn-north-1:123456789012:box-1/a b");
	str_reset(&out);
	row_console((struct row){ s, 1 }, &out);
	assert_string_equal(out.p, "https://console.aws.amazon.com/"
		"sample?region=eu-west-1#x");
	str_reset(&out);
	row_console(row, &out);
	assert_true(str_ends(out.p, "#a%20b"));
	str_reset(&out);
	row_label(row, &out);
	assert_string_equal(out.p, "me");
	str_clear(&out);
	segment_unref(s);
}

static void drills_take_values_along(void **state)
{
	struct segment *s = page_xml("<Reply><Folders><Folder>f/</Folder>"
		"</Folders><Things><Item><Name>a</Name><Twin>box-9</Twin>"
		"</Item><Item><Name>lonely</Name></Item></Things></Reply>");
	const struct resource *r = sample_resource();
	const struct drill *inside = &r->rows[0].drills[0];
	const struct drill *twins = &r->drills[0];
	struct location *to;
	(void)state;

	to = row_drill((struct row){ s, 0 }, inside, r);
	assert_non_null(to);
	assert_string_equal(location_get(to, "Box"), "box-1");
	assert_string_equal(location_get(to, "Filters[0].Name"), "folder");
	assert_string_equal(location_get(to, "Filters[0].Values[0]"), "f/");
	location_unref(to);
	to = row_drill((struct row){ s, 1 }, twins, r);
	assert_string_equal(location_get(to, "Box"), "box-9");
	location_unref(to);
	assert_null(row_drill((struct row){ s, 2 }, twins, r));
	segment_unref(s);
}

static int group_open(void **state)
{
	(void)state;
	reader_global_init();
	sample_open(&sample);
	return 0;
}

static int group_close(void **state)
{
	(void)state;
	sample_close(&sample);
	reader_global_clear();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_without_rows),
		cmocka_unit_test(rows_come_kind_by_kind),
		cmocka_unit_test(identities_tell_rows_apart),
		cmocka_unit_test(nameless_rows_stay_several),
		cmocka_unit_test(identities_hold_where_a_row_is),
		cmocka_unit_test(the_index_is_what_people_see),
		cmocka_unit_test(cells_of_every_format),
		cmocka_unit_test(joined_cells_wait_and_are_refused),
		cmocka_unit_test(rows_sort_by_number_or_text),
		cmocka_unit_test(rows_know_where_they_are),
		cmocka_unit_test(drills_take_values_along)
	};

	return cmocka_run_group_tests(tests, group_open, group_close);
}
