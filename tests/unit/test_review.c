/* SPDX-License-Identifier: MIT */
/* What people read before they spend, and the form that leads there. */
#include "tests/unit/spend_rig.h"

#include "action/review.h"
#include "base/clock.h"
#include "fetch/location.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
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

static struct review *review(struct form *form, struct targets *targets)
{
	struct review *r = review_start(rig.pool, rig.box, form,
		&targets->items[0]);

	assert_int_equal(action_rig_finish(&rig, r), 0);
	return r;
}

static bool says(const struct review *r, const char *label, const char *text)
{
	const struct review_lines *lines = review_lines(r);

	for (size_t i = 0; i < lines->count; i++)
		if (!strcmp(lines->items[i].label, label) &&
		    strstr(lines->items[i].text, text))
			return true;
	return false;
}

static void test_review(void **state)
{
	struct error err = ERROR_INIT;
	struct str prompt = STR_INIT;
	struct targets targets;
	struct review *r;
	struct cost cost;
	struct form form;

	(void)state;
	spend_offer(&rig, false, &targets);
	spend_form(&rig, &form, "4");
	action_rig_mark(&rig);
	r = review(&form, &targets);
	assert_true(review_allows(r, &err));
	assert_true(review_cost(r, &cost));
	assert_int_equal(cost.total, 1976 * (int64_t)COST_UNIT);
	review_prompt(r, false, &prompt);
	assert_string_equal(prompt.p, "Type YES to spend one thousand nine "
		"hundred and seventy-six dollars");
	str_reset(&prompt);
	review_prompt(r, true, &prompt);
	assert_string_equal(prompt.p, "Type YES to spend $1,976.00");
	assert_true(says(r, "Account", "2109-8765-4321"));
	assert_true(says(r, "Account", "in us-east-1"));
	assert_true(says(r, "Offering", "m6i.large"));
	assert_true(says(r, "Now", "4 × $494.00 = $1,976.00"));
	assert_true(says(r, "Covers", "running m6i.large"));
	assert_true(says(r, "", "Dry run: passed"));
	assert_string_equal(review_challenge(r), "YES");
	assert_int_equal(action_rig_sent(&rig, SPEND_BUY), 1);
	assert_int_equal(action_rig_lines(&rig, SPEND_BUY, "DryRun"), 1);
	assert_int_equal(spend_bought(&rig), 0);
	review_free(r);
	str_clear(&prompt);
	form_clear(&form);
	targets_clear(&targets);
}

static void test_review_forbids(void **state)
{
	struct error err = ERROR_INIT;
	struct targets targets;
	struct review *r;
	struct form form;

	(void)state;
	spend_offer(&rig, false, &targets);
	spend_form(&rig, &form, "4");
	action_rig_fault(&rig, "denied/" SPEND_BUY);
	action_rig_fault(&rig, "denied/DescribeInstances");
	action_rig_fault(&rig, "denied/GetCallerIdentity");
	r = review(&form, &targets);
	assert_false(review_allows(r, &err));
	assert_int_equal(err.kind, ERR_DENIED);
	assert_non_null(strstr(err.text, "nothing is bought: "));
	assert_true(says(r, "", "Dry run: You are not authorized"));
	assert_true(says(r, "Covers", "not known"));
	review_free(r);
	action_rig_fault(&rig, "clear");
	action_rig_fault(&rig, "drop-after/" SPEND_BUY);
	r = review(&form, &targets);
	error_reset(&err);
	assert_false(review_allows(r, &err));
	assert_int_not_equal(err.kind, ERR_UNKNOWN);
	review_free(r);
	action_rig_fault(&rig, "clear");
	free(targets.items[0].id);
	targets.items[0].id = strdup("00000000-0000-4000-8000-000000000000");
	r = review(&form, &targets);
	assert_false(review_allows(r, &err));
	assert_null(review_row(r).segment);
	review_free(r);
	form_clear(&form);
	targets_clear(&targets);
}

/* A purchase that nobody saw end is there when the next one is reviewed. */
static void test_review_shows_the_last_one(void **state)
{
	struct targets targets;
	struct review *r;
	struct form form;

	(void)state;
	spend_offer(&rig, false, &targets);
	spend_form(&rig, &form, SPEND_COUNT);
	action_rig_fault(&rig, "drop-after/" SPEND_BUY "*1");
	run_free(action_rig_run(&rig, &form, &targets));
	spend_offer(&rig, false, &targets);
	spend_form(&rig, &form, SPEND_COUNT);
	r = review(&form, &targets);
	assert_string_equal(review_challenge(r), "YES again");
	assert_true(says(r, "Just now", "payment-pending"));
	review_free(r);
	clock_advance(3600000);
	r = review(&form, &targets);
	assert_string_equal(review_challenge(r), "YES");
	review_free(r);
	form_clear(&form);
	targets_clear(&targets);
}

static void test_read_only(void **state)
{
	struct error err = ERROR_INIT;
	struct form form;

	(void)state;
	spend_form(&rig, &form, "1");
	door_set_read_only(rig.door, true);
	assert_false(form_permits(&form, rig.session, &err));
	form_clear(&form);
	action_rig_form(&rig, &form, "reserved-instances.buy");
	assert_true(form_permits(&form, rig.session, &err));
	form_clear(&form);
}

static void set(struct form *form, const char *field, const char *value)
{
	struct error err = ERROR_INIT;

	if (!form_set(form, form_field(form, field, &err), value, &err))
		fail_msg("%s", err.text);
}

static void at(const struct location *p, const char *parameter,
	const char *value)
{
	const char *has = location_get(p, parameter);

	if (!str_eq(has, value))
		fail_msg("%s is %s", parameter, has ? has : "not there");
}

/* The wizard's facets become what AWS is asked, in AWS's words. */
static void test_facets(void **state)
{
	const struct resource *offerings = action_rig_compiled(&rig,
		"reserved-offerings")->resource;
	struct location *p;
	struct form form;

	(void)state;
	action_rig_form(&rig, &form, "reserved-instances.buy");
	set(&form, "type", "m6i.large");
	set(&form, "zone", "us-east-1a");
	set(&form, "count", "4");
	p = form_list(&form, form.action->opens, (struct row){ 0 },
		offerings);
	at(p, "InstanceType", "m6i.large");
	at(p, "Filters[0].Name", "scope");
	at(p, "Filters[0].Values[0]", "Region");
	at(p, "AvailabilityZone", NULL);
	at(p, "MaxInstanceCount", "4");
	at(p, "ProductDescription", "Linux/UNIX");
	at(p, "OfferingType", NULL);
	at(p, "MinDuration", "31536000");
	at(p, "IncludeMarketplace", "false");
	location_unref(p);
	set(&form, "where", "zone");
	set(&form, "payment", "none");
	set(&form, "term", "any");
	p = form_list(&form, form.action->opens, (struct row){ 0 },
		offerings);
	at(p, "Filters[0].Values[0]", "Availability Zone");
	at(p, "AvailabilityZone", "us-east-1a");
	at(p, "OfferingType", "No Upfront");
	at(p, "MaxDuration", NULL);
	location_unref(p);
	form_clear(&form);
}

/* How many were asked for goes on to the purchase; one like a reservation
 * that there is asks for the same. */
static void test_filled(void **state)
{
	struct targets targets, reserved = { 0 };
	struct form form;

	(void)state;
	spend_offer(&rig, false, &targets);
	action_rig_form(&rig, &form, "reserved-offerings.buy");
	form_fill(&form, targets.items[0].row);
	assert_string_equal(form_text(&form, "count"), SPEND_COUNT);
	form_clear(&form);
	spend_list(&rig, "reserved-instances", NULL, &reserved);
	action_rig_form(&rig, &form, "reserved-instances.buy");
	form_fill(&form, reserved.items[0].row);
	assert_string_equal(form_text(&form, "type"), "m6i.large");
	assert_string_equal(form_text(&form, "where"), "zone");
	assert_string_equal(form_text(&form, "zone"), "us-east-1a");
	assert_string_equal(form_text(&form, "platform"), "linux");
	assert_string_equal(form_text(&form, "term"), "1");
	form_clear(&form);
	targets_clear(&targets);
	targets_clear(&reserved);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_review),
		TEST(test_review_forbids),
		TEST(test_review_shows_the_last_one),
		TEST(test_read_only),
		TEST(test_facets),
		TEST(test_filled),
	};

	return cmocka_run_group_tests(tests, action_rig_begin,
		action_rig_end);
}
