/* SPDX-License-Identifier: MIT */
/*
 * A purchase under each fault: it is sent once, never counted twice by the
 * simulator, and its end is the truth.
 */
#include "tests/unit/spend_rig.h"

#include "base/clock.h"
#include "fetch/location.h"

#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define BUY SPEND_BUY

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

static struct run *buy(const char *fault)
{
	struct targets targets;
	struct form form;

	spend_offer(&rig, false, &targets);
	spend_form(&rig, &form, SPEND_COUNT);
	if (fault)
		action_rig_fault(&rig, fault);
	action_rig_mark(&rig);
	return action_rig_run(&rig, &form, &targets);
}

static void test_bought_once(void **state)
{
	struct run *run = buy(NULL);
	const struct run_result *r = run_result(run, 0);

	(void)state;
	assert_int_equal(r->end, RUN_DONE);
	assert_non_null(r->made);
	assert_null(r->found);
	assert_int_equal(action_rig_sent(&rig, BUY), 1);
	assert_int_equal(action_rig_lines(&rig, BUY, "LimitPrice"), 0);
	assert_int_equal(spend_bought(&rig), 1);
	run_free(run);
}

static void under(const char *fault, enum run_end end, size_t bought,
	const char *found)
{
	struct run *run;
	const struct run_result *r;
	struct targets again;
	struct form form;

	action_rig_open(&rig);
	run = buy(fault);
	r = run_result(run, 0);
	if (r->end != end)
		fail_msg("%s: %s, %s", fault, run_end_name(r->end),
			r->error.text);
	if (action_rig_sent(&rig, BUY) > 1)
		fail_msg("%s: sent %zu times", fault,
			action_rig_sent(&rig, BUY));
	action_rig_fault(&rig, "clear");
	clock_advance(60000);    /* what was throttled goes on again */
	if (spend_bought(&rig) != bought)
		fail_msg("%s: %zu bought", fault, spend_bought(&rig));
	assert_int_equal(r->found != NULL, found != NULL);
	if (found && !strstr(r->found, found))
		fail_msg("%s: %s", fault, r->found);
	if (end == RUN_UNKNOWN)
		assert_false(run_failed(run, &form, &again));
	run_free(run);
	action_rig_close(&rig);
}

/* What is known to be undone may be tried again; what is not is looked up,
 * and never sent again by itself. */
static void test_faults(void **state)
{
#define IS_THERE "there is a new one now: "
#define IS_NOT "no new one is among the reserved-instances so far"
	(void)state;
	under("drop-after/" BUY, RUN_UNKNOWN, 1, IS_THERE);
	under("cut/" BUY, RUN_UNKNOWN, 1, IS_THERE);
	under("garbage/" BUY, RUN_UNKNOWN, 1, IS_THERE);
	under("html/" BUY, RUN_UNKNOWN, 1, IS_THERE);
	under("drop/" BUY, RUN_UNKNOWN, 0, IS_NOT);
	under("500/" BUY, RUN_UNKNOWN, 0, IS_NOT);
	under("503/" BUY, RUN_UNKNOWN, 0, IS_NOT);
	under("throttle/" BUY, RUN_FAILED, 0, NULL);
	under("retry-after=5/" BUY, RUN_FAILED, 0, NULL);
	under("expired/" BUY, RUN_FAILED, 0, NULL);
	under("denied/" BUY, RUN_FAILED, 0, NULL);
	under("skew=3600/" BUY, RUN_FAILED, 0, NULL);
}

/* It shows only a while after; and one of before is not taken for it. */
static void test_what_is_found_is_new(void **state)
{
	struct run *first = buy(NULL), *second;
	const struct run_result *r;

	(void)state;
	assert_int_equal(run_result(first, 0)->end, RUN_DONE);
	second = buy("500/" BUY "*1");
	r = run_result(second, 0);
	assert_int_equal(r->end, RUN_UNKNOWN);
	assert_non_null(strstr(r->found, IS_NOT));
	assert_null(strstr(r->found, run_result(first, 0)->made));
	run_free(second);
	second = buy("drop-after/" BUY "*1");
	r = run_result(second, 0);
	assert_non_null(strstr(r->found, IS_THERE));
	assert_non_null(strstr(r->found, "payment-pending"));
	assert_null(strstr(r->found, run_result(first, 0)->made));
	run_free(second);
	run_free(first);
}

/* Without sight of what there is, what came of it could not be told. */
static void test_blind(void **state)
{
	struct run *run = buy("denied/DescribeReservedInstances");
	const struct run_result *r = run_result(run, 0);

	(void)state;
	assert_int_equal(r->end, RUN_FAILED);
	assert_non_null(strstr(r->error.text, "nothing was sent"));
	assert_int_equal(action_rig_sent(&rig, BUY), 0);
	run_free(run);
	action_rig_fault(&rig, "clear");
	action_rig_fault(&rig, "denied/DescribeReservedInstances+1");
	run = buy("drop-after/" BUY);
	r = run_result(run, 0);
	assert_int_equal(r->end, RUN_UNKNOWN);
	assert_non_null(strstr(r->found, "could not be listed"));
	run_free(run);
}

static void test_no_answer_at_all(void **state)
{
	struct error err = ERROR_INIT;
	struct targets targets;
	struct form form;
	struct run *run;

	(void)state;
	spend_offer(&rig, false, &targets);
	spend_form(&rig, &form, SPEND_COUNT);
	action_rig_fault(&rig, "down/" BUY);
	action_rig_mark(&rig);
	run = run_start(rig.pool, rig.box, &form, &targets, &err);
	assert_non_null(run);
	while (!action_rig_sent(&rig, BUY))
		sched_yield();
	run_cancel(run);
	action_rig_finish(&rig, run);
	assert_int_equal(run_result(run, 0)->end, RUN_UNKNOWN);
	assert_non_null(strstr(run_result(run, 0)->found, IS_NOT));
	assert_int_equal(action_rig_sent(&rig, BUY), 1);
	run_free(run);
}

/* What people said yes to was another price. */
static void test_price_changed(void **state)
{
	struct targets targets, other;
	struct location *at = location_new(action_rig_compiled(&rig,
		"reserved-offerings")->resource);
	struct form form;
	struct run *run;

	(void)state;
	other = (struct targets){ 0 };
	location_set(at, "InstanceType", "r6i.2xlarge");
	spend_list(&rig, "reserved-offerings", at, &other);
	spend_offer(&rig, false, &targets);
	free(targets.items[0].id);
	targets.items[0].id = strdup(other.items[0].id);
	spend_form(&rig, &form, SPEND_COUNT);
	action_rig_mark(&rig);
	run = action_rig_run(&rig, &form, &targets);
	assert_int_equal(run_result(run, 0)->end, RUN_FAILED);
	assert_int_equal(run_result(run, 0)->error.kind, ERR_NEED_CONFIRM);
	assert_non_null(strstr(run_result(run, 0)->error.text,
		"the price changed"));
	assert_int_equal(action_rig_sent(&rig, BUY), 0);
	run_free(run);
	targets_clear(&other);
}

static void test_offer_is_gone(void **state)
{
	struct targets targets;
	struct form form;
	struct run *run;

	(void)state;
	spend_offer(&rig, false, &targets);
	free(targets.items[0].id);
	targets.items[0].id = strdup("00000000-0000-4000-8000-000000000000");
	spend_form(&rig, &form, SPEND_COUNT);
	action_rig_mark(&rig);
	run = action_rig_run(&rig, &form, &targets);
	assert_int_equal(run_result(run, 0)->end, RUN_FAILED);
	assert_non_null(strstr(run_result(run, 0)->error.text,
		"nothing was sent"));
	assert_int_equal(action_rig_sent(&rig, BUY), 0);
	run_free(run);
}

static void test_marketplace_is_capped(void **state)
{
	struct targets targets;
	struct cost cost;
	struct form form;
	char limit[64];
	struct str plain = STR_INIT;
	struct run *run;

	(void)state;
	spend_offer(&rig, true, &targets);
	spend_form(&rig, &form, "1");
	assert_true(form_cost(&form, targets.items[0].row, &cost));
	cost_plain(cost.now, &plain);
	snprintf(limit, sizeof(limit), "\"LimitPrice.Amount\":\"%s\"",
		plain.p);
	str_clear(&plain);
	action_rig_mark(&rig);
	run = action_rig_run(&rig, &form, &targets);
	if (run_result(run, 0)->end != RUN_DONE)
		fail_msg("%s", run_result(run, 0)->error.text);
	assert_int_equal(action_rig_lines(&rig, BUY, limit), 1);
	assert_int_equal(action_rig_lines(&rig, BUY,
		"\"LimitPrice.CurrencyCode\":\"USD\""), 1);
	run_free(run);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_bought_once),
		cmocka_unit_test(test_faults),
		TEST(test_what_is_found_is_new),
		TEST(test_blind),
		TEST(test_no_answer_at_all),
		TEST(test_price_changed),
		TEST(test_offer_is_gone),
		TEST(test_marketplace_is_capped),
	};

	return cmocka_run_group_tests(tests, action_rig_begin,
		action_rig_end);
}
