/* SPDX-License-Identifier: MIT */
/* Things by their ids: each found, or told why not. */
#include "tests/unit/action_rig.h"

#include "base/clock.h"
#include "fetch/listing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct action_rig rig;

static int setup(void **state)
{
	(void)state;
	action_rig_open(&rig);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	action_rig_close(&rig);
	return 0;
}

static void add(struct lookup *l, const char *resource, const char *region,
	const char *id)
{
	struct location *location = location_new(action_rig_compiled(&rig,
		resource)->resource);

	lookup_add(l, rig.session, location, region, id);
	location_unref(location);
}

static struct lookup *begin(const char *resource)
{
	return lookup_new(rig.pool, rig.box, action_rig_compiled(&rig,
		resource));
}

static void test_nothing_asked(void **state)
{
	struct lookup *l = begin("instances");

	(void)state;
	lookup_start(l);
	assert_int_equal(action_rig_finish(&rig, l), 0);
	lookup_free(l);
}

/* One wrong id in a call of many takes no other down. */
static void test_missing_ones_are_named(void **state)
{
	struct targets targets = { 0 };
	struct lookup *l = begin("instances");

	(void)state;
	action_rig_add(&rig, &targets, "us-east-1", "running", false, 120);
	for (size_t i = 0; i < targets.count; i++) {
		if (i == 50)
			add(l, "instances", "us-east-1",
				"i-00000000000000000");
		add(l, "instances", "us-east-1", targets.items[i].id);
		add(l, "instances", "us-east-1", targets.items[i].id);
	}
	lookup_start(l);
	assert_int_equal(action_rig_finish(&rig, l), 121);
	assert_int_equal(lookup_count(l), 121);
	for (size_t i = 0; i < lookup_count(l); i++) {
		const struct lookup_answer *a = lookup_at(l, i);

		if (i == 50) {
			assert_null(a->row.segment);
			assert_int_equal(a->error.kind, ERR_NOT_FOUND);
			assert_non_null(strstr(a->error.text, a->id));
			continue;
		}
		assert_non_null(a->row.segment);
		assert_string_equal(a->id, targets.items[i - (i > 50)].id);
	}
	lookup_free(l);
	targets_clear(&targets);
}

static void test_places(void **state)
{
	struct targets targets = { 0 };
	struct lookup *l = begin("instances");
	char region[64];

	(void)state;
	action_rig_add(&rig, &targets, "eu-west-1", "running", false, 1);
	add(l, "instances", "us-east-1", targets.items[0].id);
	add(l, "instances", "eu-west-1", targets.items[0].id);
	lookup_add_targets(l, &targets);
	action_rig_fault(&rig, "denied@us-east-1");
	lookup_start(l);
	assert_int_equal(action_rig_finish(&rig, l), 2);
	assert_int_equal(lookup_at(l, 0)->error.kind, ERR_DENIED);
	assert_string_equal(lookup_at(l, 0)->region, "us-east-1");
	assert_string_equal(row_region(lookup_at(l, 1)->row, region),
		"eu-west-1");
	lookup_free(l);
	targets_clear(&targets);
}

/* A listing that takes one id a call, and one that takes none. */
static void expect_found(const char *resource, const char *region,
	const char *id, const char *wrong)
{
	struct lookup *l = begin(resource);
	struct str found = STR_INIT;

	add(l, resource, region, wrong);
	add(l, resource, region, id);
	lookup_start(l);
	assert_int_equal(action_rig_finish(&rig, l), 2);
	assert_null(lookup_at(l, 0)->row.segment);
	assert_int_equal(lookup_at(l, 0)->error.kind, ERR_NOT_FOUND);
	assert_non_null(lookup_at(l, 1)->row.segment);
	row_id(lookup_at(l, 1)->row, &found);
	assert_string_equal(found.p, id);
	str_clear(&found);
	lookup_free(l);
}

static bool first_id(void *data, struct segment *segment)
{
	struct str *id = data;

	if (!id->len && segment->count)
		row_id((struct row){ segment, 0 }, id);
	segment_unref(segment);
	return true;
}

static void test_other_listings(void **state)
{
	static const struct { const char *resource, *region; } cases[] = {
		{ "db-instances", "us-east-1" }, { "buckets", NULL },
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct str id = STR_INIT;
		struct listing listing = { .session = rig.session,
			.region = cases[i].region, .data = &id,
			.segment = first_id, .compiled =
			action_rig_compiled(&rig, cases[i].resource) };
		struct listing_result result;

		listing.location = location_new(
			listing.compiled->resource);
		assert_true(listing_run(&listing, &result));
		expect_found(cases[i].resource, cases[i].region, id.p,
			"no-such-thing");
		location_unref(listing.location);
		str_clear(&id);
	}
}

static void test_differences(void **state)
{
	struct targets targets = { 0 };
	struct str text = STR_INIT;
	struct lookup *l;
	struct form form;
	struct run *run;

	(void)state;
	action_rig_add(&rig, &targets, "us-east-1", "running", false, 1);
	action_rig_form(&rig, &form, "instances.stop");
	run = action_rig_run(&rig, &form, &targets);
	clock_advance(60000);
	l = begin("instances");
	lookup_add_targets(l, run_targets(run));
	lookup_start(l);
	action_rig_finish(&rig, l);
	assert_false(row_differences(lookup_at(l, 0)->row,
		lookup_at(l, 0)->row, &text));
	assert_true(row_differences(run_targets(run)->items[0].row,
		lookup_at(l, 0)->row, &text));
	if (!strstr(text.p, "State running → stopped"))
		fail_msg("%s", text.p);
	str_clear(&text);
	lookup_free(l);
	run_free(run);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_missing_ones_are_named),
		TEST(test_places),
		TEST(test_other_listings),
		TEST(test_nothing_asked),
		TEST(test_differences),
	};

	return cmocka_run_group_tests(tests, action_rig_begin,
		action_rig_end);
}
