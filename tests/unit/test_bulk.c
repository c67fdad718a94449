/* SPDX-License-Identifier: MIT */
/* Runs over many targets: each has one end, and it is the true one. */
#include "tests/unit/action_rig.h"

#include "aws/journal.h"
#include "base/clock.h"
#include "base/xdg.h"

#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
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

static void expect_counts(struct run *run, size_t done, size_t failed,
	size_t unknown, size_t cancelled)
{
	size_t counts[RUN_ENDS];

	run_counts(run, counts);
	assert_int_equal(counts[RUN_PENDING], 0);
	assert_int_equal(counts[RUN_DONE], done);
	assert_int_equal(counts[RUN_FAILED], failed);
	assert_int_equal(counts[RUN_UNKNOWN], unknown);
	assert_int_equal(counts[RUN_CANCELLED], cancelled);
}

static void refused(struct form *form, struct targets *targets,
	const char *word)
{
	struct error err = ERROR_INIT;
	size_t count = targets->count;

	assert_null(run_start(rig.pool, rig.box, form, targets, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, word))
		fail_msg("%s", err.text);
	assert_int_equal(targets->count, count);
}

static void test_what_cannot_start(void **state)
{
	const struct compiled *volumes = action_rig_compiled(&rig,
		"volumes");
	struct operation bare = { .name = "Bare",
		.parameters = &(struct parameter){ 0 } };
	struct action action = { .name = "bare", .operation = &bare };
	struct targets targets = { 0 };
	struct form form;

	(void)state;
	action_rig_form(&rig, &form, "instances.stop");
	refused(&form, &targets, "nothing to do it to");
	action_rig_add(&rig, &targets, "us-east-1", "running", false, 2);
	form_clear(&form);
	form_init(&form, action_rig_compiled(&rig, "instances"), &action);
	form.dry_run = true;
	refused(&form, &targets, "Bare has no dry run");
	form_init(&form, volumes, &action);
	refused(&form, &targets, "volumes.bare cannot be done to i-");
	targets_clear(&targets);
}

/* 180 that can be stopped, and every tenth one a spot instance. */
static void mixed(struct targets *targets)
{
	struct targets good = { 0 }, bad = { 0 };

	*targets = (struct targets){ 0 };
	assert_int_equal(action_rig_add(&rig, &good, "us-east-1", "running",
		false, 180), 180);
	assert_int_equal(action_rig_add(&rig, &bad, "us-east-1", "running",
		true, 20), 20);
	action_rig_mix(targets, &good, 9, &bad);
	assert_int_equal(targets->count, 200);
}

static void expect_mixed(const struct run *run)
{
	for (size_t i = 0; i < run_targets(run)->count; i++) {
		const struct run_result *r = run_result(run, i);

		if (i % 10 == 9) {
			assert_int_equal(r->end, RUN_FAILED);
			assert_string_equal(r->error.code,
				"UnsupportedOperation");
			assert_non_null(strstr(r->error.text,
				run_targets(run)->items[i].id));
			continue;
		}
		assert_int_equal(r->end, RUN_DONE);
		assert_string_equal(r->state, "stopping");
		assert_true(*r->request_id);
		assert_string_equal(run_targets(run)->items[i].state,
			"running");
	}
}

static void test_every_tenth_is_refused(void **state)
{
	struct targets targets, again;
	struct form form, retry;
	struct run *run;

	(void)state;
	mixed(&targets);
	action_rig_form(&rig, &form, "instances.stop");
	run = action_rig_run(&rig, &form, &targets);
	expect_counts(run, 180, 20, 0, 0);
	expect_mixed(run);

	assert_true(run_failed(run, &retry, &again));
	assert_int_equal(again.count, 20);
	for (size_t i = 0; i < again.count; i++)
		assert_string_equal(again.items[i].id,
			run_targets(run)->items[i * 10 + 9].id);
	action_rig_mark(&rig);
	{
		struct run *second = action_rig_run(&rig, &retry, &again);

		expect_counts(second, 0, 20, 0, 0);
		for (size_t i = 0; i < 200; i++)
			assert_int_equal(action_rig_lines(&rig,
				"StopInstances",
				run_targets(run)->items[i].id) > 0,
				i % 10 == 9);
		run_free(second);
	}
	run_free(run);
}

/* Refused while they stop; the same run again does what is left. */
static void test_retry_does_what_is_left(void **state)
{
	struct targets targets = { 0 }, more = { 0 }, again;
	struct form form, retry;
	struct run *run, *second;

	(void)state;
	action_rig_add(&rig, &targets, "us-east-1", "running", false, 2);
	action_rig_form(&rig, &form, "instances.stop");
	run_free(action_rig_run(&rig, &form, &targets));
	action_rig_add(&rig, &more, "us-east-1", "stopping", false, 2);
	action_rig_add(&rig, &more, "us-east-1", "running", false, 3);
	action_rig_form(&rig, &form, "instances.start");
	run = action_rig_run(&rig, &form, &more);
	expect_counts(run, 3, 2, 0, 0);
	assert_string_equal(run_result(run, 0)->error.code,
		"IncorrectInstanceState");
	clock_advance(60000);
	assert_true(run_failed(run, &retry, &again));
	second = action_rig_run(&rig, &retry, &again);
	expect_counts(second, 2, 0, 0, 0);
	assert_string_equal(run_result(second, 0)->state, "pending");
	assert_false(run_failed(second, &retry, &again));
	run_free(second);
	run_free(run);
}

static void test_unknown_is_sent_once(void **state)
{
	struct targets targets = { 0 }, again;
	struct form form, retry;
	struct run *run;

	(void)state;
	action_rig_add(&rig, &targets, "us-east-1", "running", false, 50);
	action_rig_form(&rig, &form, "instances.reboot");
	action_rig_fault(&rig, "drop-after/RebootInstances");
	run = action_rig_run(&rig, &form, &targets);
	expect_counts(run, 0, 0, 50, 0);
	assert_int_equal(action_rig_sent(&rig, "RebootInstances"), 1);
	assert_int_equal(run_result(run, 7)->error.kind, ERR_UNKNOWN);
	assert_false(run_failed(run, &retry, &again));
	run_free(run);
}

static void test_read_only_sends_nothing(void **state)
{
	struct error err = ERROR_INIT;
	struct targets targets = { 0 };
	struct form form;
	struct run *run;

	(void)state;
	action_rig_add(&rig, &targets, "us-east-1", "running", false, 150);
	action_rig_form(&rig, &form, "instances.stop");
	assert_true(form_permits(&form, rig.session, &err));
	door_set_read_only(rig.door, true);
	assert_false(form_permits(&form, rig.session, &err));
	assert_int_equal(err.kind, ERR_READ_ONLY);
	assert_non_null(strstr(err.text, "disrupt"));
	action_rig_mark(&rig);
	run = action_rig_run(&rig, &form, &targets);
	expect_counts(run, 0, 150, 0, 0);
	assert_int_equal(run_result(run, 149)->error.kind, ERR_READ_ONLY);
	assert_int_equal(sim_log_count(rig.sim), rig.from);
	run_free(run);
}

/* Ten calls, four at once, none of them answered. */
static void test_cancelled(void **state)
{
	struct error err = ERROR_INIT;
	struct targets targets = { 0 };
	struct action single;
	struct form form;
	struct run *run;

	(void)state;
	action_rig_add(&rig, &targets, "us-east-1", "running", false, 10);
	action_rig_form(&rig, &form, "instances.reboot");
	single = *form.action;
	single.batch = 1;
	form.action = &single;
	action_rig_fault(&rig, "down/RebootInstances");
	action_rig_mark(&rig);
	run = run_start(rig.pool, rig.box, &form, &targets, &err);
	assert_non_null(run);
	while (sim_log_count(rig.sim) < rig.from + 4)
		sched_yield();
	run_cancel(run);
	assert_int_equal(action_rig_finish(&rig, run), 10);
	expect_counts(run, 0, 0, 4, 6);
	assert_int_equal(action_rig_sent(&rig, "RebootInstances"), 4);
	run_free(run);
}

static void test_dry_run_changes_nothing(void **state)
{
	struct targets targets = { 0 };
	struct form form;
	struct run *run;

	(void)state;
	action_rig_add(&rig, &targets, "us-east-1", "running", false, 3);
	action_rig_form(&rig, &form, "instances.stop");
	form.dry_run = true;
	run = action_rig_run(&rig, &form, &targets);
	expect_counts(run, 3, 0, 0, 0);
	assert_int_equal(action_rig_lines(&rig, "StopInstances", "DryRun"),
		1);
	assert_int_equal(action_rig_add(&rig, &targets, "us-east-1",
		"stopping", false, 3), 0);
	run_free(run);
}

static void test_each_region_by_itself(void **state)
{
	struct targets targets = { 0 };
	struct error err = ERROR_INIT;
	struct form form;
	struct run *run;

	(void)state;
	action_rig_add(&rig, &targets, "us-east-1", "running", false, 3);
	action_rig_add(&rig, &targets, "eu-west-1", "running", false, 2);
	action_rig_form(&rig, &form, "instances.stop");
	assert_true(form_set(&form, form_field(&form, "force", &err), "true",
		&err));
	action_rig_fault(&rig, "denied@eu-west-1/StopInstances");
	run = action_rig_run(&rig, &form, &targets);
	expect_counts(run, 3, 2, 0, 0);
	assert_int_equal(run_result(run, 3)->error.kind, ERR_DENIED);
	assert_int_equal(run_result(run, 2)->end, RUN_DONE);
	assert_int_equal(action_rig_lines(&rig, "StopInstances",
		"\"region\":\"us-east-1\""), 1);
	assert_int_equal(action_rig_lines(&rig, "StopInstances",
		"\"Force\":\"true\""), 4);
	run_free(run);
}

static size_t intents, sent_before_intent;

static bool refuse_intent(void *data, const char *id, const char *record,
	struct error *err)
{
	(void)data;
	(void)id;
	(void)record;
	intents++;
	return error_set(err, ERR_IO, "journal: the disk is full");
}

static void test_no_journal_no_change(void **state)
{
	const struct door_journal journal = { .intent = refuse_intent };
	struct targets targets = { 0 };
	struct form form;
	struct run *run;

	(void)state;
	action_rig_add(&rig, &targets, "us-east-1", "running", false, 90);
	action_rig_form(&rig, &form, "instances.stop");
	door_set_journal(rig.door, &journal);
	action_rig_mark(&rig);
	intents = 0;
	run = action_rig_run(&rig, &form, &targets);
	expect_counts(run, 0, 90, 0, 0);
	assert_int_equal(run_result(run, 0)->error.kind, ERR_IO);
	assert_int_equal(sim_log_count(rig.sim), rig.from);
	assert_int_equal(intents, 1);
	run_free(run);
}

static bool note_intent(void *data, const char *id, const char *record,
	struct error *err)
{
	const struct door_journal *real = data;

	sent_before_intent += action_rig_sent(&rig, "StopInstances");
	return real->intent(real->data, id, record, err);
}

static void note_outcome(void *data, const char *id, const char *record)
{
	const struct door_journal *real = data;

	assert_int_equal(action_rig_sent(&rig, "StopInstances"), 1);
	real->outcome(real->data, id, record);
}

static void test_journal_before_and_after(void **state)
{
	char folder[] = "/tmp/test_bulk.XXXXXX", path[64];
	struct error err = ERROR_INIT;
	struct targets targets = { 0 };
	struct door_journal real, journal = { .data = &real,
		.intent = note_intent, .outcome = note_outcome };
	struct journal *file;
	struct form form;
	struct run *run;
	char *text, *first;
	size_t len;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/journal", folder);
	file = journal_open(path, &err);
	real = journal_hooks(file);
	action_rig_add(&rig, &targets, "us-east-1", "running", false, 2);
	first = strdup(targets.items[0].id);
	action_rig_form(&rig, &form, "instances.stop");
	action_rig_mark(&rig);
	sent_before_intent = 0;
	door_set_journal(rig.door, &journal);
	run = action_rig_run(&rig, &form, &targets);
	assert_int_equal(sent_before_intent, 0);
	assert_true(xdg_read_file(path, 1 << 20, &text, &len, &err));
	assert_non_null(strstr(text, "\"event\":\"intent\""));
	assert_true(strstr(text, "\"event\":\"outcome\"") >
		strstr(text, first));
	assert_non_null(strstr(text, "\"result\":\"ok\""));
	run_free(run);
	journal_close(file);
	unlink(path);
	rmdir(folder);
	free(first);
	free(text);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_what_cannot_start),
		TEST(test_every_tenth_is_refused),
		TEST(test_retry_does_what_is_left),
		TEST(test_unknown_is_sent_once),
		TEST(test_read_only_sends_nothing),
		TEST(test_cancelled),
		TEST(test_dry_run_changes_nothing),
		TEST(test_each_region_by_itself),
		TEST(test_no_journal_no_change),
		TEST(test_journal_before_and_after),
	};

	return cmocka_run_group_tests(tests, action_rig_begin,
		action_rig_end);
}
