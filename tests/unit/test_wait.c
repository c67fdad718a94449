/* SPDX-License-Identifier: MIT */
/* What is followed after an action, to its end, whatever that is. */
#include "tests/unit/action_rig.h"

#include "base/clock.h"

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

/* The action done to n instances in that state, and then followed. */
static struct wait *begin(const char *name, const char *from, size_t n,
	int64_t timeout)
{
	struct targets targets = { 0 }, followed = { 0 };
	struct form form;
	const struct action *action;
	struct wait *wait;
	struct run *run;

	assert_int_equal(action_rig_add(&rig, &targets, "us-east-1", from,
		false, n), n);
	action_rig_form(&rig, &form, name);
	action = form.action;
	assert_true(action_is_followed(action));
	run = action_rig_run(&rig, &form, &targets);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(run_result(run, i)->end, RUN_DONE);
		targets_copy(&followed, &run_targets(run)->items[i]);
	}
	run_free(run);
	action_rig_mark(&rig);
	wait = wait_start(rig.pool, rig.box, action_rig_compiled(&rig,
		"instances"), action, &followed, timeout);
	return wait;
}

static void expect(struct wait *wait, enum wait_end end, const char *state)
{
	for (size_t i = 0; i < wait_targets(wait)->count; i++) {
		assert_int_equal(wait_result(wait, i)->end, end);
		assert_string_equal(wait_result(wait, i)->state, state);
	}
}

static void test_reached(void **state)
{
	struct wait *wait = begin("instances.stop", "running", 120, 0);
	int64_t began = clock_now();
	size_t polls;

	(void)state;
	assert_int_equal(action_rig_finish(&rig, wait), 120);
	expect(wait, WAIT_REACHED, "stopped");
	/* 30 s by the simulator, in steps of 3 to 5 s, 100 ids a call. */
	polls = action_rig_sent(&rig, "DescribeInstances");
	assert_in_range(polls, 2 * 6, 2 * 12);
	assert_in_range(clock_now() - began, 29000, 40000);
	wait_free(wait);
}

static void test_what_was_reached_is_not_asked_for(void **state)
{
	struct wait *wait;
	struct targets targets = { 0 };
	struct form form;
	struct run *run;
	char *id;

	(void)state;
	wait = begin("instances.stop", "running", 2, 0);
	id = strdup(wait_targets(wait)->items[0].id);
	/* The first is taken away while it stops. */
	targets_copy(&targets, &wait_targets(wait)->items[0]);
	action_rig_form(&rig, &form, "instances.terminate");
	run = run_start(rig.pool, rig.box, &form, &targets,
		&(struct error)ERROR_INIT);
	assert_non_null(run);
	for (size_t left = 5; left; left--)
		action_rig_take(&rig);
	assert_int_equal(wait_result(wait, 0)->end, WAIT_FAILED);
	assert_non_null(strstr(wait_result(wait, 0)->error.text,
		"not stopped"));
	assert_int_equal(wait_result(wait, 1)->end, WAIT_REACHED);
	assert_true(action_rig_lines(&rig, "DescribeInstances", id) <
		action_rig_sent(&rig, "DescribeInstances"));
	run_free(run);
	wait_free(wait);
	free(id);
}

static void test_time_is_up(void **state)
{
	struct wait *wait = begin("instances.stop", "running", 3, 10000);
	int64_t began = clock_now();

	(void)state;
	action_rig_finish(&rig, wait);
	expect(wait, WAIT_TIMED_OUT, "stopping");
	assert_int_equal(clock_now() - began, 10000);
	assert_string_equal(wait_result(wait, 0)->error.text,
		"not stopped in time");
	wait_free(wait);
}

static void test_passing_trouble_is_sat_out(void **state)
{
	struct wait *wait;

	(void)state;
	wait = begin("instances.stop", "running", 3, 0);
	action_rig_fault(&rig, "500*4/DescribeInstances");
	action_rig_finish(&rig, wait);
	expect(wait, WAIT_REACHED, "stopped");
	wait_free(wait);
}

static void test_lasting_trouble_is_told(void **state)
{
	struct wait *wait;

	(void)state;
	wait = begin("instances.stop", "running", 3, 20000);
	action_rig_fault(&rig, "500/DescribeInstances");
	action_rig_finish(&rig, wait);
	expect(wait, WAIT_TIMED_OUT, "");
	assert_non_null(strstr(wait_result(wait, 0)->error.text,
		"not stopped in time ("));
	wait_free(wait);
}

static void test_denied_ends_it(void **state)
{
	struct wait *wait;

	(void)state;
	wait = begin("instances.stop", "running", 3, 0);
	action_rig_fault(&rig, "denied/DescribeInstances");
	action_rig_finish(&rig, wait);
	expect(wait, WAIT_FAILED, "");
	assert_int_equal(wait_result(wait, 2)->error.kind, ERR_DENIED);
	wait_free(wait);
}

static void test_cancelled(void **state)
{
	struct wait *wait = begin("instances.stop", "running", 3, 0);

	(void)state;
	wait_cancel(wait);
	action_rig_finish(&rig, wait);
	expect(wait, WAIT_CANCELLED, "");
	assert_int_equal(action_rig_sent(&rig, "DescribeInstances"), 0);
	wait_free(wait);
}

/* A start is told "stopped" for a moment: that is where it came from. */
static void test_the_state_of_before_is_not_bad(void **state)
{
	const struct compiled *instances;
	struct targets targets = { 0 };
	struct form form;
	struct wait *wait;

	(void)state;
	instances = action_rig_compiled(&rig, "instances");
	action_rig_form(&rig, &form, "instances.start");
	action_rig_add(&rig, &targets, "us-east-1", "stopped", false, 1);
	wait = wait_start(rig.pool, rig.box, instances, form.action,
		&targets, 60000);
	action_rig_finish(&rig, wait);
	expect(wait, WAIT_TIMED_OUT, "stopped");
	wait_free(wait);

	/* One that ran before and is stopped now has come down. */
	action_rig_add(&rig, &targets, "us-east-1", "stopped", false, 1);
	free(targets.items[0].state);
	targets.items[0].state = strdup("pending");
	wait = wait_start(rig.pool, rig.box, instances, form.action,
		&targets, 60000);
	action_rig_finish(&rig, wait);
	expect(wait, WAIT_FAILED, "stopped");
	wait_free(wait);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_time_is_up),
		TEST(test_lasting_trouble_is_told),
		TEST(test_denied_ends_it),
		TEST(test_cancelled),
		TEST(test_the_state_of_before_is_not_bad),
		TEST(test_what_was_reached_is_not_asked_for),
		TEST(test_passing_trouble_is_sat_out),
		TEST(test_reached),
	};

	return cmocka_run_group_tests(tests, action_rig_begin,
		action_rig_end);
}
