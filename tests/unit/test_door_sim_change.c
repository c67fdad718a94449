/* SPDX-License-Identifier: MIT */
/* What changes AWS: once, told truly, and never in read-only mode. */
#include "tests/unit/door_sim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct parameter id_rows[] = {
	{ .path = DOOR_SIM_TARGET, .wire = "InstanceId.N" },
	{ 0 }
};
static const struct operation stop = { .name = "StopInstances",
	.effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = id_rows };
static const struct parameter volume_rows[] = {
	{ .path = "SnapshotId" },
	{ .path = "ClientToken", .token = true },
	{ 0 }
};
static const struct operation create = { .name = "CreateVolume",
	.repeat = REPEAT_TOKEN, .parameters = volume_rows };

static struct door_sim d;
static char id[32];
static size_t intents, outcomes;
static bool journal_works;

static bool note_intent(void *data, const char *of, const char *record,
	struct error *err)
{
	(void)data;
	(void)of;
	assert_non_null(strstr(record, "\"event\":\"intent\""));
	intents++;
	return journal_works || error_set(err, ERR_IO, "the disk is full");
}

static void note_outcome(void *data, const char *of, const char *record)
{
	(void)data;
	(void)of;
	assert_non_null(strstr(record, "\"event\":\"outcome\""));
	outcomes++;
}

static int setup(void **state)
{
	const struct door_journal journal = { .intent = note_intent,
		.outcome = note_outcome };

	(void)state;
	door_sim_open(&d, NULL);
	door_set_journal(d.door, &journal);
	journal_works = true;
	intents = outcomes = 0;
	snprintf(id, sizeof(id), "%s", door_sim_instance(&d));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	door_sim_close(&d);
	return 0;
}

static bool change(const struct operation *op)
{
	return door_sim_run(&d, door_sim_ec2(), op, DOOR_SIM_TARGET, id);
}

static void once(const char *fault, enum error_kind kind)
{
	door_sim_fault(&d, "clear");
	door_sim_fault(&d, fault);
	assert_false(change(door_sim_never()));
	door_sim_expect_error(&d, kind);
	if (d.sent != 1)
		fail_msg("%s: %zu requests\n%s", fault, d.sent, d.log);
	door_sim_expect(&d, 0, "attempt", "1");
	assert_int_equal(d.waited, 0);
}

/* Each on a connection of its own: the warm one is not used. */
static void test_never_twice(void **state)
{
	static const char *const faults[] = { "drop-after", "drop", "cut",
		"500", "503", "html", "garbage" };
	char warm[32], used[32] = "";

	(void)state;
	snprintf(warm, sizeof(warm), "%s", door_sim_line(&d, 0,
		"connection"));
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		once(faults[i], ERR_UNKNOWN);
		assert_non_null(strstr(d.err.text, "may have been done"));
		door_sim_expect(&d, 0, "operation", "RebootInstances");
		assert_string_not_equal(door_sim_line(&d, 0, "connection"),
			warm);
		assert_string_not_equal(door_sim_line(&d, 0, "connection"),
			used);
		snprintf(used, sizeof(used), "%s", door_sim_line(&d, 0,
			"connection"));
	}
	assert_int_equal(intents, sizeof(faults) / sizeof(*faults));
	assert_int_equal(outcomes, intents);
}

static void test_refused_is_not_in_doubt(void **state)
{
	(void)state;
	once("denied", ERR_DENIED);
	once("expired", ERR_EXPIRED);
	once("optin", ERR_CREDENTIALS);
	snprintf(id, sizeof(id), "i-00000000000000000");
	once("clear", ERR_NOT_FOUND);
}

/* What was refused before it was looked at may go again. */
static void test_refused_goes_again(void **state)
{
	(void)state;
	door_sim_fault(&d, "throttle*2");
	assert_true(change(door_sim_never()));
	assert_int_equal(d.sent, 3);
	door_sim_expect(&d, 2, "attempt", "3");
	door_sim_expect(&d, 2, "status", "200");
	door_sim_fault(&d, "skew=-900");
	assert_true(change(door_sim_never()));
	assert_int_equal(d.sent, 2);
	door_sim_expect(&d, 0, "code", "RequestExpired");
	assert_int_equal(intents, 2);
}

static void cancelled(const char *fault)
{
	door_sim_fault(&d, "clear");
	door_sim_fault(&d, fault);
	d.is_still = true;
	d.cancel_at = 1;
	once(fault, ERR_UNKNOWN);
	assert_false(change(&stop));
	door_sim_expect_error(&d, ERR_UNKNOWN);
	assert_int_equal(d.sent, 1);
}

static void test_cancelled_is_in_doubt(void **state)
{
	(void)state;
	cancelled("slow=60000");
	cancelled("down");
}

/* What does no harm twice: three times, and then nobody knows. */
static void test_safe_again(void **state)
{
	(void)state;
	door_sim_fault(&d, "drop-after*1");
	assert_true(change(&stop));
	door_sim_expect(&d, d.sent - 1, "status", "200");
	door_sim_fault(&d, "500");
	assert_false(change(&stop));
	door_sim_expect_error(&d, ERR_SERVER);
	assert_int_equal(d.sent, 3);
	door_sim_fault(&d, "clear");
	door_sim_fault(&d, "garbage");
	assert_false(change(&stop));
	door_sim_expect_error(&d, ERR_UNKNOWN);
	assert_int_equal(d.sent, 3);
}

/* The same token with every attempt. */
static void test_token_again(void **state)
{
	char token[64];

	(void)state;
	door_sim_fault(&d, "500*2/CreateVolume");
	door_sim_run(&d, door_sim_ec2(), &create, "SnapshotId", "snap-1");
	assert_int_equal(d.sent, 3);
	snprintf(token, sizeof(token), "%s", door_sim_line(&d, 0,
		"ClientToken"));
	assert_int_equal(strlen(token), 36);
	door_sim_expect(&d, 1, "ClientToken", token);
	door_sim_expect(&d, 2, "ClientToken", token);
}

static void test_no_journal_no_change(void **state)
{
	(void)state;
	journal_works = false;
	assert_false(change(door_sim_never()));
	door_sim_expect_error(&d, ERR_IO);
	assert_int_equal(d.sent, 0);
	assert_int_equal(outcomes, 0);
	assert_true(door_sim_run(&d, door_sim_ec2(), door_sim_read(), NULL,
		NULL));
	assert_int_equal(intents, 1);
}

static void test_read_only(void **state)
{
	(void)state;
	door_set_read_only(d.door, true);
	for (int i = 0; i < EFFECT_COUNT; i++) {
		struct operation op = *door_sim_never();

		op.effect = (enum effect)i;
		op.name = "RebootInstances";
		for (int k = REPEAT_NEVER; k <= REPEAT_TOKEN; k++) {
			bool passes = op.effect == EFFECT_READ ||
				op.effect == EFFECT_READ_BILLED;

			op.repeat = (enum repeat)k;
			assert_int_equal(change(&op), passes);
			assert_int_equal(d.sent, passes);
			if (passes)
				continue;
			door_sim_expect_error(&d, ERR_READ_ONLY);
			assert_non_null(strstr(d.err.text, effect_name(
				op.effect)));
		}
	}
	/* Nothing was meant to be done, so nothing is in the journal. */
	assert_int_equal(intents, 3);
	door_set_read_only(d.door, false);
	assert_true(change(door_sim_never()));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_never_twice),
		TEST(test_refused_is_not_in_doubt),
		TEST(test_refused_goes_again),
		TEST(test_cancelled_is_in_doubt),
		TEST(test_safe_again),
		TEST(test_token_again),
		TEST(test_no_journal_no_change),
		TEST(test_read_only),
	};

	return cmocka_run_group_tests(tests, door_sim_begin, door_sim_end);
}
