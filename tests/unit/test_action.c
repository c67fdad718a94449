/* SPDX-License-Identifier: MIT */
/* Forms: what may be said to an action, and what is made of it. */
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
	{ .path = "Names[]" }, { .path = "Box" }, { .path = "Mode" },
	{ .path = "Account[]" }, { .path = "Everyone" }, { .path = "Count" },
	{ .path = "Password" }, { .path = "Colour" }, { .path = "DryRun" },
	{ 0 }
};
static const struct operation share = { .name = "ShareThings",
	.effect = EFFECT_CHANGE, .parameters = parameters };
static const struct argument constants[] = {
	{ .path = "Mode", .value = "add" }, { 0 }
};
static const struct action_field fields[] = {
	{ .name = "account", .title = "With whom", .parameter = "Account[]", .required = true },
	{ .name = "everyone", .title = "With all", .type = FIELD_SWITCH, .parameter = "Everyone",
	  .raises = EFFECT_DESTROY, .raises_at = "true" },
	{ .name = "count", .title = "How many", .type = FIELD_NUMBER, .parameter = "Count", .low = 1, .high = 9,
	  .value = "2", .raises = EFFECT_DISRUPT, .raises_at = "9" },
	{ .name = "password", .title = "Password", .parameter = "Password", .secret = true },
	{ .name = "colour", .title = "Colour", .type = FIELD_CHOICE, .parameter = "Colour", .choices = "red blue",
	  .raises = EFFECT_DISRUPT },
	{ 0 }
};
static const struct action action = { .name = "share", .title = "Share",
	.kind = EFFECT_CHANGE, .operation = &share, .arguments = constants,
	.target = "Names[]", .batch = 10, .fields = fields };

static struct sample sample;
static struct form form;

static int setup(void **state)
{
	(void)state;
	sample_open(&sample);
	form_init(&form, sample.compiled, &action);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	form_clear(&form);
	sample_close(&sample);
	return 0;
}

static bool set(const char *name, const char *value, struct error *err)
{
	const struct action_field *f = form_field(&form, name, err);

	return f && form_set(&form, f, value, err);
}

static void wrong(const char *name, const char *value, const char *word)
{
	struct error err = ERROR_INIT;

	assert_false(set(name, value, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, word))
		fail_msg("%s", err.text);
}

static void right(const char *name, const char *value)
{
	struct error err = ERROR_INIT;

	if (!set(name, value, &err))
		fail_msg("%s", err.text);
}

static void test_wrong_values(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	wrong("acount", "1", "account, everyone, count");
	wrong("everyone", "yes", "true or false");
	wrong("count", "0", "from 1 to 9");
	wrong("count", "x", "from 1 to 9");
	wrong("colour", "green", "red blue");
	wrong("colour", "re", "red blue");
	wrong("colour", "", "red blue");
	wrong("account", "", "may not be empty");
	assert_false(form_check(&form, &err));
	assert_non_null(strstr(err.text, "needs account"));
}

static void unknown(struct catalogue *c, const char *name, const char *word)
{
	struct error err = ERROR_INIT;
	struct form f;

	assert_false(form_find(&f, c, name, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, word))
		fail_msg("%s: %s", name, err.text);
}

static void test_names(void **state)
{
	struct doc_names *names = doc_names_new();
	struct catalogue *c = catalogue_open(names);
	struct error err = ERROR_INIT;
	struct form f;

	(void)state;
	unknown(c, "", "RESOURCE.ACTION");
	unknown(c, "stop", "RESOURCE.ACTION");
	unknown(c, ".stop", "RESOURCE.ACTION");
	unknown(c, "instances.", "RESOURCE.ACTION");
	unknown(c, "instnaces.stop", "instances");
	unknown(c, "instances.stpo", "start, stop");
	unknown(c, "zones.stop", "nothing can be done");
	assert_true(form_find(&f, c, "ec2.stop", &err));
	assert_string_equal(f.action->name, "stop");
	assert_string_equal(f.compiled->resource->name, "instances");
	catalogue_close(c);
	doc_names_free(names);
}

static void test_kinds(void **state)
{
	(void)state;
	assert_int_equal(form_kind(&form), EFFECT_CHANGE);
	assert_false(form_needs_fresh_rows(&form));
	right("count", "8");
	right("everyone", "false");
	assert_int_equal(form_kind(&form), EFFECT_CHANGE);
	right("count", "9");
	assert_int_equal(form_kind(&form), EFFECT_DISRUPT);
	assert_true(form_needs_fresh_rows(&form));
	right("everyone", "true");
	assert_int_equal(form_kind(&form), EFFECT_DESTROY);
	right("everyone", "false");
	right("count", "1");
	assert_int_equal(form_kind(&form), EFFECT_CHANGE);
	right("colour", "red");
	assert_int_equal(form_kind(&form), EFFECT_DISRUPT);
	for (int i = 0; i < EFFECT_COUNT; i++)
		for (int k = 0; k < EFFECT_COUNT; k++)
			assert_int_equal(i == k,
				effect_strength((enum effect)i) ==
				effect_strength((enum effect)k));
}

static void expect(const struct arguments *a, size_t i, const char *path,
	const char *value, unsigned index)
{
	assert_true(i < a->count);
	assert_string_equal(a->items[i].path, path);
	assert_string_equal(a->items[i].value, value);
	assert_int_equal(a->items[i].index[0], index);
}

static void test_arguments(void **state)
{
	static const char *const ids[] = { "one", "two" };
	struct location *location = sample_location();
	const struct target target = { .location = location };
	struct arguments a = { 0 };

	(void)state;
	location_set(location, "Filters[0].Name", "x");
	right("account", "111");
	right("account", "222");
	right("everyone", "true");
	right("everyone", "false");
	form.dry_run = true;
	form_arguments(&form, &target, ids, 2, &a);
	expect(&a, 0, "Mode", "add", 0);
	expect(&a, 1, "Box", "box-1", 0);
	expect(&a, 2, "Account[]", "111", 0);
	expect(&a, 3, "Account[]", "222", 1);
	expect(&a, 4, "Everyone", "false", 0);
	expect(&a, 5, "Count", "2", 0);
	expect(&a, 6, "Names[]", "one", 0);
	expect(&a, 7, "Names[]", "two", 1);
	expect(&a, 8, "DryRun", "true", 0);
	assert_int_equal(a.count, 9);
	arguments_clear(&a);
	location_unref(location);
}

static void challenge(size_t n, const char *label, const char *id,
	const char *wanted)
{
	struct str text = STR_INIT;

	form_challenge(&form, n, label, id, &text);
	assert_string_equal(text.p, wanted);
	str_clear(&text);
}

static void test_words(void **state)
{
	struct str text = STR_INIT;
	struct form copy;

	(void)state;
	challenge(1, "web-1", "i-0abcdef", "web-1");
	challenge(1, "", "i-0abcdef", "cdef");
	challenge(1, NULL, "ab", "ab");
	challenge(14, "web-1", "i-0abcdef", "share 14");
	right("password", "hunter2");
	right("account", "111");
	form_copy(&copy, &form);
	form_describe(&copy, &text);
	assert_string_equal(text.p,
		"ShareThings Mode=add Account[]=111 Count=2 Password=***");
	str_clear(&text);
	form_clear(&copy);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_wrong_values),
		TEST(test_names),
		TEST(test_kinds),
		TEST(test_arguments),
		TEST(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
