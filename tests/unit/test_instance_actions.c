/* SPDX-License-Identifier: MIT */
/* The actions of instances as they are, against the simulator: what is read
 * before the call, what is made, what is refused. */
#include "tests/unit/action_rig.h"

#include "action/present.h"
#include "base/clock.h"
#include "fetch/location.h"

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

static void set(struct form *form, const char *name, const char *value)
{
	struct error err = ERROR_INIT;
	const struct action_field *f = form_field(form, name, &err);

	if (!f || !form_set(form, f, value, &err))
		fail_msg("%s: %s", name, err.text);
}

/* Where something is made. */
static void add_place(struct targets *targets, const char *region)
{
	struct location *location = location_new(action_rig_compiled(&rig,
		"instances")->resource);

	targets_add_id(targets, rig.session, location, region, "");
	location_unref(location);
}

/* A form to launch like the first running instance. */
static void like(struct form *form, struct targets *targets)
{
	struct targets model = { 0 };

	assert_int_equal(action_rig_add(&rig, &model, "us-east-1", "running",
		false, 1), 1);
	action_rig_form(&rig, form, "instances.launch");
	form_fill(form, model.items[0].row);
	targets_clear(&model);
	add_place(targets, "us-east-1");
}

static void expect_failed(struct run *run, size_t i, const char *code)
{
	const struct run_result *r = run_result(run, i);

	assert_int_equal(r->end, RUN_FAILED);
	assert_string_equal(r->error.code, code);
}

/* The run on one instance in that state, by what name fields have. */
static struct run *do_one(const char *name, const char *from,
	const char *field, const char *value)
{
	struct targets targets = { 0 };
	struct form form;

	assert_int_equal(action_rig_add(&rig, &targets, "us-east-1", from,
		false, 1), 1);
	action_rig_form(&rig, &form, name);
	set(&form, field, value);
	action_rig_mark(&rig);
	return action_rig_run(&rig, &form, &targets);
}

static void test_launch_is_followed(void **state)
{
	struct targets targets = { 0 }, made;
	struct form form;
	const struct action *action;
	struct wait *wait;
	struct run *run;

	(void)state;
	like(&form, &targets);
	set(&form, "count", "3");
	set(&form, "tags", "Name=new");
	action = form.action;
	/* For a while AWS does not know what it has made. */
	action_rig_fault(&rig, "late=9000/RunInstances");
	action_rig_mark(&rig);
	run = action_rig_run(&rig, &form, &targets);
	assert_int_equal(run_result(run, 0)->end, RUN_DONE);
	assert_int_equal(action_rig_sent(&rig, "DescribeImages"), 0);
	assert_int_equal(action_rig_lines(&rig, "RunInstances",
		"\"MaxCount\":\"3\""), 1);
	assert_int_equal(action_rig_lines(&rig, "RunInstances",
		"\"ClientToken\""), 1);
	assert_int_equal(action_rig_lines(&rig, "RunInstances",
		"aws:autoscaling"), 0);
	assert_true(run_made(run, run_form(run)->compiled, &made));
	assert_int_equal(made.count, 3);
	wait = wait_start(rig.pool, rig.box, run_form(run)->compiled, action,
		&made, 0);
	assert_int_equal(action_rig_finish(&rig, wait), 3);
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(wait_result(wait, i)->state, "running");
	wait_free(wait);
	run_free(run);
}

/* A launch in doubt goes out again with its token and is done once. */
static void test_launch_once(void **state)
{
	struct targets targets = { 0 }, before = { 0 }, after = { 0 };
	struct form form;
	struct run *run;

	(void)state;
	action_rig_add(&rig, &before, "us-east-1", "pending", false, 99);
	like(&form, &targets);
	action_rig_fault(&rig, "drop-after/RunInstances*1");
	action_rig_mark(&rig);
	run = action_rig_run(&rig, &form, &targets);
	assert_int_equal(run_result(run, 0)->end, RUN_DONE);
	assert_int_equal(action_rig_sent(&rig, "RunInstances"), 2);
	run_free(run);
	action_rig_add(&rig, &after, "us-east-1", "pending", false, 99);
	assert_int_equal(after.count, before.count + 1);
	targets_clear(&before);
	targets_clear(&after);
}

/* The name of the root device is the image's to say. */
static void test_root_device_is_read(void **state)
{
	struct targets targets = { 0 };
	struct form form;
	struct run *run;

	(void)state;
	like(&form, &targets);
	set(&form, "root_size", "40");
	set(&form, "public", "true");
	action_rig_mark(&rig);
	run = action_rig_run(&rig, &form, &targets);
	assert_int_equal(run_result(run, 0)->end, RUN_DONE);
	assert_int_equal(action_rig_sent(&rig, "DescribeImages"), 1);
	assert_int_equal(action_rig_lines(&rig, "RunInstances",
		"\"BlockDeviceMapping.1.DeviceName\":\"/dev/xvda\""), 1);
	assert_int_equal(action_rig_lines(&rig, "RunInstances",
		"\"NetworkInterface.1.SubnetId\""), 1);
	assert_int_equal(action_rig_lines(&rig, "RunInstances",
		"\"SubnetId\""), 0);
	run_free(run);

	like(&form, &targets);
	set(&form, "root_size", "40");
	action_rig_fault(&rig, "denied/DescribeImages");
	action_rig_mark(&rig);
	run = action_rig_run(&rig, &form, &targets);
	assert_int_equal(run_result(run, 0)->error.kind, ERR_DENIED);
	assert_int_equal(action_rig_sent(&rig, "RunInstances"), 0);
	run_free(run);
}

static void test_one_more_volume_has_no_gap(void **state)
{
	struct targets targets = { 0 };
	struct form form;
	struct run *run;

	(void)state;
	like(&form, &targets);
	set(&form, "disk_size", "50");
	action_rig_mark(&rig);
	run = action_rig_run(&rig, &form, &targets);
	assert_int_equal(run_result(run, 0)->end, RUN_DONE);
	assert_int_equal(action_rig_lines(&rig, "RunInstances",
		"\"BlockDeviceMapping.1.DeviceName\":\"/dev/sdf\""), 1);
	assert_int_equal(action_rig_lines(&rig, "RunInstances",
		"BlockDeviceMapping.2"), 0);
	run_free(run);
}

/* Given, then another in its place, then taken away: three operations. */
static void test_role(void **state)
{
	struct run *run = do_one("instances.role", "running", "role",
		"backup");
	size_t given = action_rig_sent(&rig, "AssociateIamInstanceProfile") +
		action_rig_sent(&rig, "ReplaceIamInstanceProfileAssociation");

	(void)state;
	assert_int_equal(run_result(run, 0)->end, RUN_DONE);
	assert_int_equal(given, 1);
	run_free(run);
	run = do_one("instances.role", "running", "role", "ssm-managed");
	assert_int_equal(run_result(run, 0)->end, RUN_DONE);
	assert_int_equal(action_rig_sent(&rig,
		"ReplaceIamInstanceProfileAssociation"), 1);
	run_free(run);
	run = do_one("instances.role", "running", "remove", "true");
	assert_int_equal(form_kind(run_form(run)), EFFECT_DISRUPT);
	assert_int_equal(run_result(run, 0)->end, RUN_DONE);
	assert_int_equal(action_rig_sent(&rig,
		"DisassociateIamInstanceProfile"), 1);
	run_free(run);
	run = do_one("instances.role", "running", "role", "nobody");
	expect_failed(run, 0, "InvalidParameterValue");
	assert_int_equal(action_rig_sent(&rig,
		"AssociateIamInstanceProfile"), 1);
	run_free(run);
}

/* What is there now, asked before a form opens. */
static void test_present_values(void **state)
{
	struct targets targets = { 0 };
	struct error err = ERROR_INIT;
	struct present *p;
	struct form form;

	(void)state;
	run_free(do_one("instances.user-data", "stopped", "data",
		"#!/bin/sh\necho é\n"));
	assert_int_equal(action_rig_add(&rig, &targets, "us-east-1",
		"stopped", false, 1), 1);
	action_rig_form(&rig, &form, "instances.user-data");
	p = present_start(rig.pool, rig.box, &form, &targets.items[0]);
	assert_int_equal(action_rig_finish(&rig, p), 0);
	assert_true(present_take(p, &form, &err));
	assert_string_equal(form_text(&form, "data"),
		"#!/bin/sh\necho é\n");
	present_free(p);
	form_clear(&form);

	action_rig_form(&rig, &form, "instances.protect");
	action_rig_fault(&rig, "denied/DescribeInstanceAttribute*1");
	p = present_start(rig.pool, rig.box, &form, &targets.items[0]);
	action_rig_finish(&rig, p);
	assert_false(present_take(p, &form, &err));
	assert_int_equal(err.kind, ERR_DENIED);
	assert_string_equal(form_text(&form, "on"), "true");
	present_free(p);
	p = present_start(rig.pool, rig.box, &form, &targets.items[0]);
	action_rig_finish(&rig, p);
	assert_true(present_take(p, &form, &err));
	assert_string_equal(form_text(&form, "on"), "false");
	present_free(p);
	form_clear(&form);
	targets_clear(&targets);
}

static void test_monitoring_by_turns(void **state)
{
	struct run *run = do_one("instances.monitor", "running", "on",
		"false");

	(void)state;
	assert_int_equal(run_result(run, 0)->end, RUN_DONE);
	assert_int_equal(action_rig_sent(&rig, "UnmonitorInstances"), 1);
	run_free(run);
	run = do_one("instances.monitor", "running", "on", "true");
	assert_string_equal(run_result(run, 0)->state, "pending");
	assert_int_equal(action_rig_sent(&rig, "MonitorInstances"), 1);
	run_free(run);
}

/* Protected ones say so and take no other down with them. */
static void test_protected_among_many(void **state)
{
	struct run *run = do_one("instances.protect", "running", "on",
		"true");
	struct targets targets = { 0 };
	struct form form;
	size_t counts[RUN_ENDS];

	(void)state;
	run_free(run);
	assert_int_equal(action_rig_add(&rig, &targets, "us-east-1",
		"running", false, 100), 100);
	action_rig_form(&rig, &form, "instances.terminate");
	run = action_rig_run(&rig, &form, &targets);
	run_counts(run, counts);
	assert_int_equal(counts[RUN_DONE], 99);
	expect_failed(run, 0, "OperationNotPermitted");
	assert_non_null(strstr(run_result(run, 0)->error.text,
		"disableApiTermination"));
	run_free(run);
}

/* A policy that does not allow it; it may depend on each one's tags. */
static void test_denied(void **state)
{
	struct targets targets = { 0 };
	struct form form;
	struct run *run;
	size_t counts[RUN_ENDS];

	(void)state;
	assert_int_equal(action_rig_add(&rig, &targets, "us-east-1",
		"running", false, 30), 30);
	action_rig_fault(&rig, "denied/TerminateInstances");
	action_rig_form(&rig, &form, "instances.terminate");
	action_rig_mark(&rig);
	run = action_rig_run(&rig, &form, &targets);
	run_counts(run, counts);
	assert_int_equal(counts[RUN_FAILED], 30);
	for (size_t i = 0; i < 30; i++) {
		expect_failed(run, i, "UnauthorizedOperation");
		assert_int_equal(run_result(run, i)->error.kind, ERR_DENIED);
	}
	assert_int_equal(action_rig_lines(&rig, "TerminateInstances",
		"\"status\":200"), 0);
	run_free(run);
}

/* To read is to read, whatever is said about how. */
static void test_reading_asks_nothing(void **state)
{
	struct error err = ERROR_INIT;
	struct form form;
	struct run *run;

	(void)state;
	action_rig_form(&rig, &form, "instances.console");
	set(&form, "latest", "true");
	assert_int_equal(form_kind(&form), EFFECT_READ);
	door_set_read_only(rig.door, true);
	assert_true(form_permits(&form, rig.session, &err));
	form_clear(&form);
	run = do_one("instances.console", "running", "latest", "true");
	assert_int_equal(run_result(run, 0)->end, RUN_DONE);
	assert_non_null(strstr(run_result(run, 0)->text, "login:"));
	run_free(run);
	action_rig_form(&rig, &form, "instances.password");
	set(&form, "key", "-----BEGIN RSA PRIVATE KEY-----");
	assert_int_equal(form_kind(&form), EFFECT_READ_SECRET);
	assert_false(form_permits(&form, rig.session, &err));
	form_clear(&form);
}

/* 1,000 under a quota of one call a second: all of them, and no storm. */
static void test_a_thousand_under_throttling(void **state)
{
	struct targets targets = { 0 };
	int64_t began = clock_now();
	struct form form;
	struct run *run;
	size_t counts[RUN_ENDS], sent, throttled;

	(void)state;
	assert_int_equal(action_rig_add(&rig, &targets, "us-east-1",
		"running", false, 1000), 1000);
	action_rig_fault(&rig, "rate=1/StopInstances");
	action_rig_form(&rig, &form, "instances.stop");
	action_rig_mark(&rig);
	run = action_rig_run(&rig, &form, &targets);
	run_counts(run, counts);
	sent = action_rig_sent(&rig, "StopInstances");
	throttled = action_rig_lines(&rig, "StopInstances",
		"\"code\":\"RequestLimitExceeded\"");
	assert_int_equal(counts[RUN_DONE], 1000);
	for (size_t i = 0; i < 1000; i++)
		assert_string_equal(run_result(run, i)->state, "stopping");
	assert_int_equal(sent - throttled, 10);
	assert_in_range(throttled, 1, 30);
	assert_in_range(clock_now() - began, 8000, 120000);
	run_free(run);
}

/* AWS has no time at all: that ends, too, and nothing was done. */
static void test_throttled_for_ever(void **state)
{
	struct run *run;

	(void)state;
	action_rig_fault(&rig, "throttle/StopInstances");
	run = do_one("instances.stop", "running", "force", "true");
	assert_int_equal(run_result(run, 0)->end, RUN_FAILED);
	assert_int_equal(run_result(run, 0)->error.kind, ERR_THROTTLED);
	assert_in_range(action_rig_sent(&rig, "StopInstances"), 11, 33);
	run_free(run);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_launch_is_followed),
		TEST(test_launch_once),
		TEST(test_root_device_is_read),
		TEST(test_one_more_volume_has_no_gap),
		TEST(test_role),
		TEST(test_present_values),
		TEST(test_monitoring_by_turns),
		TEST(test_protected_among_many),
		TEST(test_denied),
		TEST(test_reading_asks_nothing),
		TEST(test_a_thousand_under_throttling),
		TEST(test_throttled_for_ever),
	};

	return cmocka_run_group_tests(tests, action_rig_begin,
		action_rig_end);
}
