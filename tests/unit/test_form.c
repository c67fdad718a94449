/* SPDX-License-Identifier: MIT */
/* Forms of every field type: what rows, tables and people put in, and what
 * goes out. */
#include "action/action.h"
#include "action/form_rows.h"
#include "action/target.h"
#include "catalogue/check.h"
#include "fetch/location.h"
#include "fake_session.h"
#include "sample_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct parameter parameters[] = {
	{ .path = "Name" }, { .path = "Kind" }, { .path = "Price" },
	{ .path = "Group" }, { .path = "Owner" }, { .path = "Data" },
	{ .path = "Disks[].Size", .type = VALUE_INTEGER },
	{ .path = "Disks[].Device" }, { .path = "Marks[].For" },
	{ .path = "Marks[].Tags[].Key" }, { .path = "Marks[].Tags[].Value" },
	{ .path = "Nets[].Groups[]" }, { .path = "DryRun" },
	{ 0 }
};
static const struct operation make = { .name = "MakeThing",
	.parameters = parameters };
static const struct argument tags_with[] = {
	{ .path = "Marks[].For", .value = "thing" }, { 0 }
};
static const struct field_list live = {
	.resource = "things", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "kind" },
		{ .parameter = "Filters[0].Values[0]", .field = "kind" },
		{ .parameter = "Filters[1].Name", .value = "state" },
		{ .parameter = "Filters[1].Values[0]", .path = "State" } }
};
static const struct action_field fields[] = {
	{ .name = "name", .title = "Name", .parameter = "Name", .path = "State", .required = true },
	{ .name = "kind", .title = "Kind", .type = FIELD_CHOICE, .parameter = "Kind", .choices = "plain spot",
	  .value = "plain" },
	{ .name = "price", .title = "Price", .parameter = "Price", .when = "kind=spot", .required = true,
	  .raises = EFFECT_DISRUPT },
	{ .name = "group", .title = "Group", .type = FIELD_LIVE, .parameter = "Group", .live = &live },
	{ .name = "size", .title = "Size", .type = FIELD_NUMBER, .parameter = "Disks[1].Size", .low = 1, .high = 99,
	  .unit = "GiB" },
	{ .name = "nets", .title = "Groups of the net", .parameter = "Nets[0].Groups[]" },
	{ .name = "tags", .title = "Tags", .type = FIELD_PAIR, .parameter = "Marks[0].Tags[].Key",
	  .pair = "Marks[0].Tags[].Value", .with = tags_with },
	{ .name = "owner", .title = "Owner", .parameter = "Owner", .check = check_account },
	{ .name = "data", .title = "Data", .type = FIELD_LINES, .parameter = "Data" },
	{ .name = "file", .title = "Where to keep it", .type = FIELD_SAVE },
	{ 0 }
};
static const struct row_argument row_arguments[] = {
	{ .parameter = "Disks[0].Device", .path = "State" }, { 0 }
};
static const struct action_note notes[] = {
	{ .path = "State", .text = "It is called {}" },
	{ .path = "State", .value = "!nobody", .text = "It is somebody" },
	{ .path = "State", .value = "nobody", .text = "It is nobody" },
	{ .field = "kind=spot", .text = "It may be taken away" },
	{ 0 }
};
static const struct action action = { .name = "make", .title = "Make",
	.kind = EFFECT_CHANGE, .on = ON_PLACES, .operation = &make,
	.row_arguments = row_arguments, .fields = fields, .notes = notes,
	.where = "State=error gone" };

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

static void wrong(const char *name, const char *value, const char *word)
{
	struct error err = ERROR_INIT;
	const struct action_field *f = form_field(&form, name, &err);

	assert_non_null(f);
	assert_false(form_set(&form, f, value, &err));
	if (!strstr(err.text, word) || !strstr(err.text, name))
		fail_msg("%s", err.text);
}

static void test_wrong_values(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	wrong("size", "0", "1 to 99 GiB");
	wrong("tags", "env", "KEY=VALUE");
	wrong("owner", "12", "12 digits");
	assert_null(form_text(&form, "owner"));
	assert_null(form_text(&form, "nothing"));
	assert_false(form_check(&form, &err));
	assert_non_null(strstr(err.text, "needs name"));
	right("name", "x");
	error_reset(&err);
	assert_true(form_check(&form, &err));
	right("kind", "spot");
	assert_false(form_check(&form, &err));
	assert_non_null(strstr(err.text, "needs price"));
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

static void test_arguments(void **state)
{
	struct target target = { .row = row, .location = segment->location };
	struct arguments a = { 0 };

	(void)state;
	right("size", "10");
	right("nets", "g-1");
	right("nets", "g-2");
	right("tags", "env=prod");
	right("tags", "note=a=b");
	right("owner", "9630-6829-0131");
	right("price", "0.10");
	right("file", "/tmp/x");
	form_fill(&form, row);
	form_arguments(&form, &target, NULL, 0, &a);
	expect(&a, "Name", form_text(&form, "name"), 0, 0);
	expect(&a, "Kind", "plain", 0, 0);
	expect(&a, "Disks[].Size", "10", 1, 0);
	expect(&a, "Disks[].Device", form_text(&form, "name"), 0, 0);
	expect(&a, "Nets[].Groups[]", "g-1", 0, 0);
	expect(&a, "Nets[].Groups[]", "g-2", 0, 1);
	expect(&a, "Marks[].Tags[].Key", "env", 0, 0);
	expect(&a, "Marks[].Tags[].Value", "prod", 0, 0);
	expect(&a, "Marks[].Tags[].Key", "note", 0, 1);
	expect(&a, "Marks[].Tags[].Value", "a=b", 0, 1);
	expect(&a, "Marks[].For", "thing", 0, 0);
	expect(&a, "Owner", "963068290131", 0, 0);
	assert_int_equal(a.count, 12);   /* no price, no file */
	arguments_clear(&a);
}

static void test_kinds_follow_what_is_asked(void **state)
{
	(void)state;
	right("price", "0.10");
	assert_int_equal(form_kind(&form), EFFECT_CHANGE);
	right("kind", "spot");
	assert_int_equal(form_kind(&form), EFFECT_DISRUPT);
}

static void test_lists(void **state)
{
	const struct action_field *f = &fields[3];
	struct location *at;

	(void)state;
	at = form_list(&form, f->live, (struct row){ 0 },
		sample_resource());
	assert_string_equal(location_get(at, "Filters[0].Values[0]"),
		"plain");
	assert_null(location_get(at, "Filters[1].Name"));
	location_unref(at);
	at = form_list(&form, f->live, row, sample_resource());
	assert_string_equal(location_get(at, "Filters[1].Name"), "state");
	assert_non_null(location_get(at, "Filters[1].Values[0]"));
	location_unref(at);
}

static void test_words(void **state)
{
	struct str out = STR_INIT, why = STR_INIT;

	(void)state;
	form_fill(&form, row);
	form_notes(&form, row, &out);
	assert_non_null(strstr(out.p, form_text(&form, "name")));
	assert_non_null(strstr(out.p, "It is somebody"));
	assert_null(strstr(out.p, "nobody"));
	assert_null(strstr(out.p, "taken away"));
	right("kind", "spot");
	str_reset(&out);
	form_notes(&form, (struct row){ 0 }, &out);
	assert_string_equal(out.p, "It may be taken away");
	assert_false(action_is_for(&action, row, &why));
	assert_string_equal(why.p, "error gone");
	assert_true(action_is_for(&action, (struct row){ 0 }, &why));
	str_clear(&out);
	str_clear(&why);
}

static bool suggest_state(const struct cell *cell, struct str *out)
{
	return cell->doc && str_add(out, "of the row");
}

static bool check_both(cost_field_function *field, const void *data,
	struct error *err)
{
	const char *first = field(data, "one");

	return !first || strcmp(first, "odd") || error_set(err, ERR_USAGE,
		"one: is odd");
}

static const struct argument with_all[] = {
	{ .path = "Group", .value = "all" }, { 0 }
};
static const struct action_field other_fields[] = {
	{ .name = "one", .title = "One", .parameter = "Name", .also = "Kind", .required = true, .unless = "all=true" },
	{ .name = "all", .title = "All", .type = FIELD_SWITCH, .value = "false", .with = with_all,
	  .raises = EFFECT_DESTROY, .raises_at = "true" },
	{ .name = "data", .title = "Data", .parameter = "Data", .required = true, .unless = "price" },
	{ .name = "price", .title = "Price", .parameter = "Price" },
	{ .name = "owner", .title = "Owner", .parameter = "Owner", .suggest = suggest_state, .from = "price" },
	{ .name = "group", .title = "Group", .parameter = "Disks[0].Device", .suggest = suggest_state },
	{ .name = "to", .title = "To", .many = true, .required = true },
	{ 0 }
};
static const struct action other = { .name = "copy", .title = "Copy",
	.operation = &make, .fields = other_fields, .check = check_both,
	.to_regions = "to", .from_region = "Nets[0].Groups[0]" };

static void use_other(void)
{
	form_clear(&form);
	form_init(&form, sample.compiled, &other);
}

static void misses(const char *word)
{
	struct error err = ERROR_INIT;

	assert_false(form_check(&form, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, word))
		fail_msg("%s", err.text);
}

static void test_what_excuses_a_field(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	use_other();
	misses("needs one: One, or all=true");
	right("all", "true");
	misses("needs data: Data, or price");
	right("price", "1");
	misses("needs to");
	right("to", "eu-west-1");
	assert_true(form_check(&form, &err));
	right("one", "odd");
	misses("one: is odd");
}

static void test_switches_and_second_parameters(void **state)
{
	struct target target = { .row = row, .location = segment->location };
	struct arguments a = { 0 };

	(void)state;
	use_other();
	right("one", "x");
	form_arguments(&form, &target, NULL, 0, &a);
	expect(&a, "Name", "x", 0, 0);
	expect(&a, "Kind", "x", 0, 0);
	expect(&a, "Nets[].Groups[]", "r-1", 0, 0);
	assert_int_equal(a.count, 3);    /* the switch is off */
	assert_int_equal(form_kind(&form), EFFECT_CHANGE);
	arguments_clear(&a);
	right("all", "true");
	form_arguments(&form, &target, NULL, 0, &a);
	expect(&a, "Group", "all", 0, 0);
	assert_int_equal(form_kind(&form), EFFECT_DESTROY);
	arguments_clear(&a);
}

static void test_suggestions(void **state)
{
	(void)state;
	use_other();
	form_suggest(&form, "price", (struct row){ 0 });
	assert_null(form_text(&form, "owner"));
	form_suggest(&form, "price", row);
	assert_string_equal(form_text(&form, "owner"), "of the row");
	assert_null(form_text(&form, "group"));
	form_suggest(&form, NULL, row);
	assert_string_equal(form_text(&form, "group"), "of the row");
	right("group", "mine");
	form_suggest(&form, NULL, row);
	assert_string_equal(form_text(&form, "group"), "mine");
}

static void test_a_target_for_each_region(void **state)
{
	struct targets targets = { 0 };
	struct session session = { 0 };
	struct str out = STR_INIT;
	struct arguments a = { 0 };

	(void)state;
	use_other();
	targets_copy(&targets, &(struct target){ .row = row,
		.session = &session, .location = segment->location, .region = "r-1",
		.id = (char[]){ "a" }, .label = (char[]){ "" },
		.state = (char[]){ "" } });
	form_spread(&form, &targets);
	assert_int_equal(targets.count, 1);
	right("to", "eu-west-1");
	right("to", "r-1");
	form_describe(&form, &out);
	assert_non_null(strstr(out.p, " in eu-west-1, r-1"));
	form_spread(&form, &targets);
	assert_int_equal(targets.count, 2);
	assert_string_equal(targets.items[0].region, "eu-west-1");
	assert_string_equal(targets.items[1].region, "r-1");
	form_spread(&form, &targets);    /* the failed ones again */
	assert_int_equal(targets.count, 2);
	form_arguments(&form, &targets.items[0], NULL, 0, &a);
	expect(&a, "Nets[].Groups[]", "r-1", 0, 0);
	arguments_clear(&a);
	str_clear(&out);
	targets_clear(&targets);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_wrong_values),
		TEST(test_arguments),
		TEST(test_kinds_follow_what_is_asked),
		TEST(test_lists),
		TEST(test_words),
		TEST(test_what_excuses_a_field),
		TEST(test_switches_and_second_parameters),
		TEST(test_suggestions),
		TEST(test_a_target_for_each_region),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
