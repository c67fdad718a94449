/* SPDX-License-Identifier: MIT */
/* Forms that turn to other operations and parameters, and what a row or a
 * reply fills in. */
#include "action/action.h"
#include "action/target.h"
#include "fetch/location.h"
#include "sample_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct parameter parameters[] = {
	{ .path = "Name" }, { .path = "Owner" }, { .path = "Data" },
	{ .path = "Disks[].Size", .type = VALUE_INTEGER },
	{ .path = "Disks[].Device" }, { .path = "Marks[].Tags[].Key" },
	{ .path = "Marks[].Tags[].Value" }, { .path = "Nets[].Groups[]" },
	{ .path = "DryRun" }, { .path = "Least" }, { .path = "Most" },
	{ .path = "Cards[].Owner" },
	{ 0 }
};
static const struct operation make = { .name = "MakeThing",
	.parameters = parameters };
static const struct parameter unmake_parameters[] = {
	{ .path = "Name" }, { 0 }
};
static const struct operation unmake = { .name = "UnmakeThing",
	.parameters = unmake_parameters };
static const struct action_turn turns[] = {
	{ .when = "group=none", .operation = &unmake }, { 0 }
};
static const struct action_field fields[] = {
	{ .name = "name", .title = "Name", .parameter = "Name" },
	{ .name = "group", .title = "Group" },
	{ .name = "size", .title = "Size", .type = FIELD_NUMBER, .parameter = "Disks[1].Size", .low = 1, .high = 99 },
	{ .name = "nets", .title = "Groups of the net", .parameter = "Nets[0].Groups[]" },
	{ .name = "many", .title = "How many", .type = FIELD_NUMBER, .parameter = "Least", .also = "Most", .low = 1,
	  .high = 9 },
	{ .name = "mine", .title = "Mine", .parameter = "Owner", .instead = "Cards[1].Owner", .instead_when = "nets" },
	{ .name = "either", .title = "Where one is asked for", .when = "size|nets" },
	{ .name = "known", .title = "Read", .parameter = "Data", .read = "x", .kept = true, .when = "size" },
	{ .name = "bad", .title = "Is it bad", .type = FIELD_SWITCH, .path = "State", .on = "error" },
	{ .name = "all", .title = "Tags of the row", .type = FIELD_PAIR, .parameter = "Marks[1].Tags[].Key",
	  .pair = "Marks[1].Tags[].Value", .path = "Tags/Tag" },
	{ 0 }
};
static const struct row_argument row_arguments[] = {
	{ .parameter = "Disks[0].Device", .path = "State" }, { 0 }
};
static const struct action action = { .name = "make", .title = "Make",
	.kind = EFFECT_CHANGE, .operation = &make, .turns = turns,
	.row_arguments = row_arguments, .fields = fields };

static struct sample sample;
static struct form form;
static struct segment *segment;
static struct row row;

static int setup(void **state)
{
	struct location *location = sample_location();

	(void)state;
	sample_open(&sample);
	form_init(&form, sample.compiled, &action);
	segment = segment_new(sample.compiled, NULL, location, "r-1",
		sample_page(&sample, 1, 2), 0);
	location_unref(location);
	row = (struct row){ segment, 0 };
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	form_clear(&form);
	segment_unref(segment);
	sample_close(&sample);
	return 0;
}

static void right(const char *name, const char *value)
{
	struct error err = ERROR_INIT;
	const struct action_field *f = form_field(&form, name, &err);

	assert_non_null(f);
	if (!form_set(&form, f, value, &err))
		fail_msg("%s", err.text);
}

static void expect(const struct arguments *a, const char *path,
	const char *value, unsigned first, unsigned second)
{
	for (size_t i = 0; i < a->count; i++)
		if (!strcmp(a->items[i].path, path) &&
		    !strcmp(a->items[i].value, value) &&
		    a->items[i].index[0] == first &&
		    a->items[i].index[1] == second)
			return;
	fail_msg("no %s=%s at %u, %u", path, value, first, second);
}

static void arguments(const struct row *of, struct arguments *out)
{
	struct target target = { .row = of ? *of : (struct row){ 0 },
		.location = segment->location };

	form_arguments(&form, &target, NULL, 0, out);
}

/* One value twice, another parameter, and no gap where a list has none. */
static void test_other_parameters(void **state)
{
	struct arguments a = { 0 }, b = { 0 };

	(void)state;
	right("name", "x");
	right("many", "3");
	right("size", "7");
	right("mine", "me");
	arguments(NULL, &a);
	expect(&a, "Least", "3", 0, 0);
	expect(&a, "Most", "3", 0, 0);
	expect(&a, "Disks[].Size", "7", 0, 0);
	expect(&a, "Owner", "me", 0, 0);
	arguments_clear(&a);
	right("nets", "g-1");
	arguments(&row, &b);
	expect(&b, "Disks[].Size", "7", 1, 0);
	expect(&b, "Cards[].Owner", "me", 0, 0);
	arguments_clear(&b);
}

static void test_another_operation(void **state)
{
	struct arguments a = { 0 };
	struct str out = STR_INIT;

	(void)state;
	right("name", "x");
	right("many", "3");
	assert_ptr_equal(form_operation(&form), &make);
	assert_true(form_has_dry_run(&form));
	right("group", "none");
	assert_ptr_equal(form_operation(&form), &unmake);
	assert_false(form_has_dry_run(&form));
	arguments(&row, &a);
	assert_int_equal(a.count, 1);
	expect(&a, "Name", "x", 0, 0);
	arguments_clear(&a);
	form_describe(&form, &out);
	assert_int_equal(strncmp(out.p, "UnmakeThing", 11), 0);
	str_clear(&out);
}

static const struct action_field *named(const char *name)
{
	const struct action_field *f = fields;

	while (strcmp(f->name, name))
		f++;
	return f;
}

static void test_what_people_are_asked(void **state)
{
	struct error err = ERROR_INIT;
	struct arguments a = { 0 };

	(void)state;
	assert_null(form_field(&form, "known", &err));
	assert_null(strstr(err.text, ", known"));
	assert_false(form_wants(&form, named("known")));
	assert_false(form_wants(&form, named("either")));
	right("nets", "g-1");
	assert_true(form_wants(&form, named("either")));
	form_unset(&form, named("nets"));
	right("size", "7");
	assert_true(form_wants(&form, named("either")));
	assert_true(form_set(&form, named("known"), "read", &err));
	arguments(&row, &a);
	expect(&a, "Data", "read", 0, 0);
	arguments_clear(&a);
}

static void test_all_that_a_row_has(void **state)
{
	struct location *location = sample_location();
	struct segment *s = segment_new(sample.compiled, NULL, location,
		"r-1", sample_read(&sample, "<Reply><Owner>1</Owner><Things>"
		"<Item><Name>a</Name><State>error</State><Tags><Tag><Key>env"
		"</Key><Value>prod</Value></Tag><Tag><Key>aws:x</Key><Value>"
		"y</Value></Tag><Tag><Key>of</Key><Value>a=b</Value></Tag>"
		"</Tags></Item></Things><Shadows></Shadows></Reply>"), 0);

	(void)state;
	right("all", "mine=1");
	form_fill(&form, (struct row){ s, 0 });
	assert_string_equal(form_text(&form, "bad"), "true");
	assert_string_equal(form_value(&form, named("all"), 0), "mine=1");
	assert_null(form_value(&form, named("all"), 1));
	form_unset(&form, named("all"));
	form_fill(&form, (struct row){ s, 0 });
	assert_string_equal(form_value(&form, named("all"), 0), "env=prod");
	assert_string_equal(form_value(&form, named("all"), 1), "of=a=b");
	assert_null(form_value(&form, named("all"), 2));
	segment_unref(s);
	location_unref(location);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_other_parameters),
		TEST(test_another_operation),
		TEST(test_what_people_are_asked),
		TEST(test_all_that_a_row_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
