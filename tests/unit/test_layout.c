/* SPDX-License-Identifier: MIT */
#include "ui/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

enum { NAME, ID, STATE, TYPE, ZONE, SIZE, EXTRA, COLUMNS };

static const struct column columns[COLUMNS] = {
	[NAME] = { .name = "name", .title = "Name", .w80 = 14, .w132 = 20,
		.wmany = 21, .grow = 1, .keep = true },
	[ID] = { .name = "id", .title = "Instance", .w80 = 19, .w132 = 19,
		.wmany = 255 },
	[STATE] = { .name = "state", .title = "State", .join = "status",
		.w80 = 11, .w132 = 11, .keep = true },
	[TYPE] = { .name = "type", .title = "Type", .w80 = 12, .w132 = 13 },
	[ZONE] = { .name = "zone", .title = "Zone", .w132 = 15, .wmany = 15,
		.zone = true },
	[SIZE] = { .name = "size", .title = "GiB", .w80 = 6, .w132 = 6,
		.format = FORMAT_NUMBER },
	[EXTRA] = { .name = "extra", .title = "Extra" },
};

static const struct resource resource = { .name = "things" };

static void lay(struct layout *l, struct layout_want *want)
{
	static struct compiled_column compiled_columns[COLUMNS];
	static struct compiled compiled;
	static const int widest[LAYOUT_INDEXES + 2] = { [NAME] = 10, [ID] = 19,
		[STATE] = 9, [TYPE] = 10, [ZONE] = 10, [SIZE] = 4,
		[EXTRA] = 30, [LAYOUT_INDEXES] = 9,
		[LAYOUT_INDEXES + 1] = 12 };

	for (size_t i = 0; i < COLUMNS; i++)
		compiled_columns[i] = (struct compiled_column){
			.column = &columns[i], .join = -1 };
	compiled = (struct compiled){ .resource = &resource,
		.columns = compiled_columns, .column_count = COLUMNS };
	want->compiled = &compiled;
	if (!want->widest)
		want->widest = widest;
	layout_columns(l, want);
}

static const struct layout_column *find(const struct layout *l, int index)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->columns[i].index == index)
			return &l->columns[i];
	return NULL;
}

/* Columns stand side by side, a blank between, inside the width. */
static void check(const struct layout *l, int width)
{
	int x = LAYOUT_GUTTER;

	for (size_t i = 0; i < l->count; i++) {
		assert_int_equal(l->columns[i].x, x);
		assert_true(l->columns[i].width > 0);
		x += l->columns[i].width + 1;
	}
	if (l->count > 1)
		assert_true(x - 1 <= width);
}

static void test_chosen(void **state)
{
	static const int chosen[] = { EXTRA, ID, NAME };
	struct layout_want want = { .width = 100, .chosen = chosen,
		.chosen_count = 3 };
	struct layout l;

	(void)state;
	lay(&l, &want);
	check(&l, 100);
	assert_int_equal(l.count, 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(l.columns[i].index, chosen[i]);
	assert_int_equal(l.columns[0].width, 30);
	want.many_regions = true;        /* no zone among them says it */
	lay(&l, &want);
	assert_int_equal(l.count, 4);
	assert_int_equal(l.columns[1].index, LAYOUT_REGION);
	want.wide = true;
	lay(&l, &want);
	assert_int_equal(l.columns[0].index, NAME);
	for (want.width = 0; want.width < 100; want.width++) {
		lay(&l, &want);
		check(&l, want.width);
	}
}

/* A width that somebody chose is neither stretched nor squeezed. */
static void test_own_width(void **state)
{
	static const int widths[LAYOUT_INDEXES] = { [NAME] = 5, [TYPE] = 30 };
	struct layout_want want = { .width = 120, .widths = widths };
	struct layout l;

	(void)state;
	lay(&l, &want);
	check(&l, 120);
	assert_int_equal(find(&l, NAME)->width, 5);
	assert_int_equal(find(&l, TYPE)->width, 30);
	want.wide = true;
	lay(&l, &want);
	assert_int_equal(find(&l, NAME)->width, 5);
	want.wide = false;
	for (want.width = 0; want.width < 120; want.width++) {
		lay(&l, &want);
		check(&l, want.width);
	}
}

static void test_any_width(void **state)
{
	(void)state;
	for (int width = 0; width < 250; width++)
		for (int flags = 0; flags < 8; flags++) {
			struct layout_want want = { .width = width,
				.many_regions = flags & 1,
				.many_accounts = flags & 2,
				.wide = flags & 4 };
			struct layout l;

			lay(&l, &want);
			assert_true(l.count > 0);
			check(&l, width);
		}
}

static void test_80(void **state)
{
	struct layout_want want = { .width = 80 };
	struct layout l;

	(void)state;
	lay(&l, &want);
	assert_int_equal(l.count, 5);
	assert_null(find(&l, ZONE));
	assert_int_equal(find(&l, NAME)->width, 14);
	/* the answer that is not there yet will find room */
	assert_int_equal(find(&l, STATE)->width, 11);
	assert_int_equal(find(&l, TYPE)->width, 10);
	assert_true(find(&l, SIZE)->right);
	assert_false(find(&l, TYPE)->right);
}

static void test_many_regions(void **state)
{
	struct layout_want want = { .width = 80, .many_regions = true };
	struct layout l;

	(void)state;
	lay(&l, &want);
	assert_null(find(&l, ID));
	assert_non_null(find(&l, ZONE));
	assert_null(find(&l, LAYOUT_REGION));
	want.width = 40;
	lay(&l, &want);
	assert_non_null(find(&l, NAME));
	assert_non_null(find(&l, STATE));
	assert_non_null(find(&l, ZONE));
	assert_null(find(&l, TYPE));
}

static void test_narrow(void **state)
{
	struct layout_want want = { .width = 40, .many_accounts = true };
	struct layout l;

	(void)state;
	lay(&l, &want);
	assert_int_equal(l.columns[0].index, LAYOUT_ACCOUNT);
	assert_non_null(find(&l, NAME));
	assert_non_null(find(&l, STATE));
	assert_null(find(&l, SIZE));
}

/* A long name takes the room that is there, and only that. */
static void test_long_names(void **state)
{
	static const int widest[LAYOUT_INDEXES + 2] = { [NAME] = 200,
		[ID] = 19, [STATE] = 9, [TYPE] = 10, [SIZE] = 4 };
	struct layout_want want = { .width = 80, .widest = widest };
	struct layout l;

	(void)state;
	lay(&l, &want);
	assert_int_equal(l.count, 5);
	assert_int_equal(find(&l, ID)->width, 19);
	assert_true(find(&l, NAME)->width > 14);
	check(&l, 80);
	want.width = 300;
	lay(&l, &want);
	assert_int_equal(find(&l, NAME)->width, 200);
	check(&l, 300);
}

static void test_wide_scrolls(void **state)
{
	struct layout_want want = { .width = 60, .wide = true };
	struct layout l;

	(void)state;
	lay(&l, &want);
	assert_false(l.more_left);
	assert_true(l.more_right);
	assert_int_equal(l.columns[0].index, NAME);
	want.first = 2;
	lay(&l, &want);
	assert_true(l.more_left);
	assert_int_equal(l.first, 2);
	assert_int_equal(l.columns[0].index, NAME);
	assert_int_equal(l.columns[1].index, TYPE);
	want.first = 1000;
	lay(&l, &want);
	assert_false(l.more_right);
	assert_true(l.first < COLUMNS);
	assert_int_equal(l.columns[l.count - 1].index, EXTRA);
}

static void test_titles(void **state)
{
	static const struct {
		const char *title, *heading;
	} titles[] = { { "", "" }, { "Name", "NAME" },
		{ "Private IP", "PRIVATE IP" }, { "GiB", "GiB" },
		{ "MB/s", "MB/s" }, { "ETag", "ETAG" }, { "Z", "Z" },
		{ "IOPS", "IOPS" }, { "Reader endpoint", "READER ENDPOINT" } };

	(void)state;
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++) {
		struct str out = STR_INIT;

		layout_title(titles[i].title, &out);
		assert_string_equal(out.p, titles[i].heading);
		str_clear(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any_width),
		cmocka_unit_test(test_80),
		cmocka_unit_test(test_many_regions),
		cmocka_unit_test(test_narrow),
		cmocka_unit_test(test_long_names),
		cmocka_unit_test(test_wide_scrolls),
		cmocka_unit_test(test_chosen),
		cmocka_unit_test(test_own_width),
		cmocka_unit_test(test_titles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
