/* SPDX-License-Identifier: MIT */
#include "fetch/location.h"

#include "sample_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct resource level = {
	.name = "objects", .scope = { "Bucket", "Prefix" }
};

static void nothing_is_nothing(void **state)
{
	struct location *p = location_new(sample_resource());
	(void)state;

	assert_null(location_get(p, "Box"));
	assert_null(location_parent(p));
	assert_null(location_up(p));
	location_unref(NULL);
	assert_null(location_ref(NULL));
	location_unref(p);
}

static void a_value_is_set_once(void **state)
{
	struct location *p = sample_location(), *q = location_ref(p);
	(void)state;

	location_set(p, "Box", "box-2");
	location_set(p, "Filters[0].Name", "x");
	assert_string_equal(location_get(p, "Box"), "box-2");
	assert_string_equal(location_parent(p), "box-2");
	assert_int_equal(p->argument_count, 2);
	location_unref(p);
	assert_string_equal(location_get(q, "Filters[0].Name"), "x");
	location_unref(q);
}

static void equal_is_what_asks_the_same(void **state)
{
	struct location *a = location_new(&level), *b = location_new(&level);
	struct location *other = location_new(sample_resource());
	(void)state;

	assert_true(location_equal(a, b));
	assert_false(location_equal(a, other));
	location_set(a, "Bucket", "x");
	assert_false(location_equal(a, b));
	location_set(a, "Prefix", "y/");
	location_set(b, "Prefix", "y/");
	location_set(b, "Bucket", "x");
	assert_true(location_equal(a, b));
	location_set(b, "Bucket", "z");
	assert_false(location_equal(a, b));
	location_unref(a);
	location_unref(b);
	location_unref(other);
}

static void up_is_a_level_less(void **state)
{
	static const char *const steps[][2] = {
		{ "a/b/c/", "a/b/" }, { "a/b/c", "a/b/" }, { "a//", "a/" },
		{ "a/", "" }, { "a", "" }, { "/", "" }
	};
	(void)state;

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct location *p = location_new(&level), *up;

		location_set(p, "Bucket", "x");
		location_set(p, "Prefix", steps[i][0]);
		up = location_up(p);
		assert_non_null(up);
		assert_string_equal(location_get(up, "Bucket"), "x");
		assert_string_equal(location_get(up, "Prefix"), steps[i][1]);
		assert_true(*steps[i][1] || !location_up(up));
		location_unref(p);
		location_unref(up);
	}
}

static void is_parameter(const char *text, const char *path, unsigned first,
	unsigned second)
{
	unsigned index[2];
	char *got = location_parameter(text, index);

	assert_string_equal(got, path);
	assert_int_equal(index[0], first);
	assert_int_equal(index[1], second);
	free(got);
}

static void parameters_have_indices(void **state)
{
	(void)state;
	is_parameter("", "", 0, 0);
	is_parameter("Bucket", "Bucket", 0, 0);
	is_parameter("Ids[]", "Ids[]", 0, 0);
	is_parameter("Ids[7]", "Ids[]", 7, 0);
	is_parameter("Filters[1].Values[23]", "Filters[].Values[]", 1, 23);
	is_parameter("A[1].B[2].C[3]", "A[].B[].C[]", 1, 2);
	is_parameter("A[x]", "A[x]", 0, 0);
	is_parameter("A[", "A[", 0, 0);
	is_parameter("A[99999999999999]", "A[]", 9999999, 0);
}

static const struct parameter list_parameters[] = {
	{ .path = "Filters[].Name" }, { .path = "Filters[].Values[]" },
	{ .path = "Ids[]" }, { .path = "Type" }, { .path = "NextToken" },
	{ 0 }
};
static const struct operation list = {
	.name = "List", .parameters = list_parameters
};
static const struct resource things = { .name = "things", .list = &list };

static void refuses_word(const char *word, const char *want)
{
	struct location *p = location_new(&things);
	struct error err = ERROR_INIT;

	assert_false(location_add_word(p, word, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, want))
		fail_msg("'%s' is not in '%s'", want, err.text);
	assert_int_equal(p->argument_count, 0);
	location_unref(p);
}

static void words_are_parameters_of_the_listing(void **state)
{
	struct location *p = location_new(&things);
	struct error err = ERROR_INIT;
	(void)state;

	refuses_word("", "NAME=VALUE");
	refuses_word("Type", "NAME=VALUE");
	refuses_word("=x", "NAME=VALUE");
	refuses_word("Typ=x", "take no parameter Typ; they take Filters[]");
	refuses_word("Type[0]=x", "Type[0]");
	assert_true(location_add_word(p, "Type=a=b", &err));
	assert_string_equal(location_get(p, "Type"), "a=b");
	assert_true(location_add_word(p, "Ids=one", &err));
	assert_true(location_add_word(p, "Ids=two", &err));
	assert_string_equal(location_get(p, "Ids[0]"), "one");
	assert_string_equal(location_get(p, "Ids[1]"), "two");
	assert_true(location_add_word(p, "Ids[1]=three", &err));
	assert_string_equal(location_get(p, "Ids[1]"), "three");
	assert_true(location_add_word(p, "Filters.tag:env=prod", &err));
	assert_string_equal(location_get(p, "Filters[0].Name"), "tag:env");
	assert_string_equal(location_get(p, "Filters[0].Values[0]"), "prod");
	assert_true(location_add_word(p, "Filters.x=", &err));
	assert_string_equal(location_get(p, "Filters[1].Name"), "x");
	assert_string_equal(location_get(p, "Filters[1].Values[0]"), "");
	while (p->argument_count + 2 <= DRILL_ARGUMENTS)
		assert_true(location_add_word(p, "Filters.y=z", &err));
	assert_false(location_add_word(p, "Filters.y=z", &err));
	if (!strstr(err.text, "too many"))
		fail_msg("%s", err.text);
	location_unref(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_nothing),
		cmocka_unit_test(a_value_is_set_once),
		cmocka_unit_test(equal_is_what_asks_the_same),
		cmocka_unit_test(up_is_a_level_less),
		cmocka_unit_test(parameters_have_indices),
		cmocka_unit_test(words_are_parameters_of_the_listing)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
