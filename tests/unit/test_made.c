/* SPDX-License-Identifier: MIT */
/* Columns that people name by a tag or a path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "filter_world.h"

#include "fetch/query.h"

#include <stdio.h>
#include <string.h>

static void refuse(const struct compiled *c, const char *name,
	const char *part)
{
	struct error err = ERROR_INIT;

	assert_int_equal(compiled_column_make(c, name, strlen(name), &err),
		-1);
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, part))
		fail_msg("%s: %s", name, err.text);
}

static int make(const char *name)
{
	struct error err = ERROR_INIT;
	int index = query_column(boxes_compiled(), name, strlen(name), &err);

	if (index < 0)
		fail_msg("%s: %s", name, err.text);
	return index;
}

static void shows(const char *name, uint32_t row, const char *text)
{
	const struct compiled_column *c =
		&boxes_compiled()->columns[make(name)];
	const struct cell_options options = { .now = 0 };
	struct row at = { boxes_segment(), row };
	struct str cell = STR_INIT;

	row_cell(at, c, &options, &cell);
	assert_string_equal(cell.p, text);
	str_reset(&cell);
	row_plain(at, c, (struct row){ 0 }, &cell);
	assert_string_equal(cell.p, text);
	str_clear(&cell);
}

static void test_refused(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	refuse(boxes_compiled(), "tag.", "which tag");
	refuse(boxes_compiled(), "tag.\"\"", "which tag");
	refuse(boxes_compiled(), ".a[", "path");
	refuse(boxes_bare(), "tag.env", "no tags");
	assert_int_equal(compiled_column_make(boxes_compiled(), "name", 4,
		&err), -1);
	assert_int_equal(err.kind, ERR_NONE);
	assert_int_equal(query_column(boxes_compiled(), "nam", 3, &err), -1);
	assert_non_null(strstr(err.text, "did you mean"));
}

static void test_cells(void **state)
{
	(void)state;
	shows("tag.env", 0, "prod");
	shows("TAG.ENV", 1, "Pre-prod");
	shows("tag.aws:autoscaling:groupName", 0, "fleet");
	shows("tag.\"Name\"", 2, "db-9");
	shows("tag.env", 3, "");
	shows(".place.tenancy", 0, "dedicated");
	shows(".nets.n.sub", 0, "subnet-0a,subnet-0b");
	shows(".nets", 0, "subnet-0a,subnet-0b");
	shows(".nowhere", 0, "");
}

static void test_once(void **state)
{
	int first = make("tag.env");

	(void)state;
	assert_true((size_t)first >= boxes_compiled()->column_count);
	assert_int_equal(make("tag.env"), first);
	assert_string_equal(boxes_compiled()->columns[first].column->title,
		"env");
	assert_string_equal(boxes_compiled()->columns[make(".place.tenancy")]
		.column->title, "tenancy");
}

static void test_sorts(void **state)
{
	struct error err = ERROR_INIT;
	struct str scratch = STR_INIT;
	struct query q = { 0 };
	size_t len;

	(void)state;
	assert_true(query_parse_sort(&q, boxes_compiled(),
		"-tag.\"a,b\",.x[k=\"1,2\"].y,name", &err));
	assert_int_equal(q.sort_count, 3);
	assert_true(q.sort[0].reverse);
	assert_string_equal(boxes_compiled()->columns[q.sort[0].column]
		.column->name, "tag.\"a,b\"");
	assert_string_equal(row_sort_text((struct row){ boxes_segment(), 1 },
		&boxes_compiled()->columns[make("tag.env")],
		(struct row){ 0 }, &scratch, &len), "Pre-prod");
	str_clear(&scratch);
}

static void test_names(void **state)
{
	size_t len;

	(void)state;
	assert_int_equal(column_name_len("name,type"), 4);
	assert_int_equal(column_name_len("tag.\"a,\\\"b\",x"), 11);
	assert_int_equal(column_name_len(".a[k=1,2].b,x"), 11);
	len = 7;
	assert_int_equal(column_name_width("name=20", &len), 20);
	assert_int_equal(len, 4);
	len = 4;
	assert_int_equal(column_name_width("name=20", &len), 0);
	for (size_t i = 0; i < 3; i++) {
		static const char *const none[] = { "=20", "name=2000",
			"name=" };

		len = strlen(none[i]);
		assert_int_equal(column_name_width(none[i], &len), 0);
	}
}

/* Last: no room is left behind it. */
static void test_too_many(void **state)
{
	char name[32];

	(void)state;
	for (int i = 0; i < MADE_MOST; i++) {
		struct error err = ERROR_INIT;

		snprintf(name, sizeof(name), "tag.many-%d", i);
		if (query_column(boxes_compiled(), name, strlen(name),
		    &err) < 0)
			break;
	}
	refuse(boxes_compiled(), "tag.more", "already");
	make("tag.env");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_cells), cmocka_unit_test(test_once),
		cmocka_unit_test(test_sorts), cmocka_unit_test(test_names),
		cmocka_unit_test(test_too_many),
	};

	return cmocka_run_group_tests(tests, boxes_open, boxes_close);
}
