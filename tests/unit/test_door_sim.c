/* SPDX-License-Identifier: MIT */
/* Readings through trouble: what reached the simulator, and when. */
#include "tests/unit/door_sim.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct door_sim d;

static int setup(void **state)
{
	(void)state;
	door_sim_open(&d, NULL);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	door_sim_close(&d);
	return 0;
}

static bool read_regions(void)
{
	return door_sim_run(&d, door_sim_ec2(), door_sim_read(), NULL, NULL);
}

static void reads(const char *attempts)
{
	struct str seen = STR_INIT;

	if (!read_regions())
		fail_msg("%s\n%s", d.err.text, d.log);
	for (size_t i = 0; i < d.sent; i++)
		str_add(&seen, door_sim_line(&d, i, "attempt"));
	assert_string_equal(seen.p, attempts);
	str_clear(&seen);
}

static void fails(const char *fault, enum error_kind kind, size_t sent)
{
	door_sim_fault(&d, "clear");
	door_sim_fault(&d, fault);
	assert_false(read_regions());
	door_sim_expect_error(&d, kind);
	if (d.sent != sent)
		fail_msg("%s: %zu requests\n%s", fault, d.sent, d.log);
	assert_int_equal(d.reply.attempts, sent);
}

/* Worse than any wait: what may not be waited for at all. */
static void test_final_refusals(void **state)
{
	(void)state;
	fails("denied", ERR_DENIED, 1);
	assert_string_equal(d.err.code, "UnauthorizedOperation");
	fails("expired", ERR_EXPIRED, 1);
	fails("optin", ERR_CREDENTIALS, 1);
	d.region = "eu-south-1";
	fails("optin", ERR_DISABLED, 1);
	assert_int_equal(d.waited, 0);
}

static void test_gives_up_after_three(void **state)
{
	(void)state;
	fails("500", ERR_SERVER, 3);
	assert_true(d.waited <= 50 + 100);
	fails("503", ERR_SERVER, 3);
	fails("html", ERR_SERVER, 3);
	fails("garbage", ERR_PARSE, 3);
	fails("cut", ERR_NETWORK, 3);
	fails("drop-after", ERR_NETWORK, 3);
	fails("drop", ERR_NETWORK, 3);
	fails("throttle", ERR_THROTTLED, 3);
	assert_true(d.waited <= 1000 + 2000);
}

/* The attempts are told to AWS, and the same call has one id. */
static void test_passing_trouble(void **state)
{
	static const char *const faults[] = { "500*2", "503*2", "html*2",
		"garbage*2", "cut*2", "throttle*2" };

	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		door_sim_fault(&d, faults[i]);
		assert_true(read_regions());
		assert_int_equal(d.reply.attempts, 3);
		door_sim_expect(&d, d.sent - 1, "attempt", "3");
		door_sim_expect(&d, d.sent - 1, "status", "200");
	}
}

/* libcurl itself mends a kept connection that was closed meanwhile: the
 * same attempt. What is new fails once, and counts. */
static void test_kept_connection_drops(void **state)
{
	char first[32];

	(void)state;
	reads("1");
	snprintf(first, sizeof(first), "%s", door_sim_line(&d, 0,
		"connection"));
	reads("1");
	door_sim_expect(&d, 0, "connection", first);
	door_sim_fault(&d, "drop*1");
	reads("11");
	door_sim_expect(&d, 0, "connection", first);
	assert_string_not_equal(door_sim_line(&d, 1, "connection"), first);
	assert_int_equal(d.waited, 0);
	door_sim_fault(&d, "drop-after*1");
	reads("11");
	door_sim_fault(&d, "drop*2");
	reads("112");
	assert_true(d.waited <= 50);
}

static void hinted(const char *fault, int64_t least, int64_t most)
{
	door_sim_fault(&d, fault);
	reads("12");
	if (d.waited < least || d.waited > most)
		fail_msg("%s: waited %lld ms", fault, (long long)d.waited);
}

/* The rate limiter, which opens with the first throttle, may add its wait.
 * At most 5 s more than our own delay, whatever is asked for. */
static void test_retry_after(void **state)
{
	(void)state;
	hinted("retry-after=3000*1", 3000, 4500);
	hinted("retry-after=4321*1", 4321, 6000);
	hinted("retry-after=0*1", 0, 2000);
	hinted("retry-after=3600000*1", 5000, 7500);
}

/* While time stands still nothing is sent before its moment. */
static void test_nothing_before_its_time(void **state)
{
	(void)state;
	door_sim_fault(&d, "retry-after=2000*1");
	d.is_still = true;
	d.cancel_at = 1;
	assert_false(read_regions());
	door_sim_expect_error(&d, ERR_CANCELLED);
	assert_int_equal(d.sent, 1);
	assert_int_equal(d.waited, 0);
}

/* Two of 14 a failing call, of 500; another region has its own. */
static void test_quota_runs_out(void **state)
{
	(void)state;
	door_sim_fault(&d, "500");
	for (int i = 0; i < 17; i++) {
		assert_false(read_regions());
		assert_int_equal(d.sent, 3);
	}
	assert_false(read_regions());
	assert_int_equal(d.sent, 2);
	assert_false(read_regions());
	assert_int_equal(d.sent, 1);
	d.region = "eu-west-1";
	assert_false(read_regions());
	assert_int_equal(d.sent, 3);
	d.region = NULL;
	door_sim_fault(&d, "clear");
	for (int i = 0; i < 28; i++)
		reads("1");
	door_sim_fault(&d, "500*1");
	reads("12");
}

static void corrects(const char *fault)
{
	struct door_meter meter;

	door_sim_fault(&d, "clear");
	door_sim_fault(&d, fault);
	reads("12");
	door_sim_expect(&d, 0, "code", "RequestExpired");
	assert_int_equal(d.waited, 0);
	reads("1");
	reads("1");
	door_read_meter(d.door, &meter);
	assert_int_equal(meter.retries, 0);
	d.region = "eu-central-1";
	reads("1");
	d.region = NULL;
}

static void test_clock_is_corrected(void **state)
{
	(void)state;
	corrects("skew=600");
	corrects("skew=-4000");
	corrects("skew=0");
	corrects("skew=86400");
}

/* Less than five minutes off is good enough for AWS, and left alone. */
static void test_small_skew(void **state)
{
	struct door_meter meter;

	(void)state;
	door_sim_fault(&d, "skew=240");
	reads("1");
	door_read_meter(d.door, &meter);
	assert_int_equal(meter.skew, 0);
}

/* A clock that is right and still refused: one attempt, no circle. */
static void test_skew_that_cannot_be_mended(void **state)
{
	(void)state;
	door_sim_fault(&d, "skew=1000*1");
	door_sim_fault(&d, "skew=-1000*1");
	door_sim_fault(&d, "skew=1000*1");
	assert_false(read_regions());
	door_sim_expect_error(&d, ERR_EXPIRED);
	assert_int_equal(d.sent, 2);
}

static void test_cancelled_while_it_comes(void **state)
{
	(void)state;
	door_sim_fault(&d, "slow=60000");
	d.is_still = true;
	d.cancel_at = 1;
	assert_false(read_regions());
	door_sim_expect_error(&d, ERR_CANCELLED);
	assert_int_equal(d.sent, 1);
	door_sim_fault(&d, "clear");
	door_sim_fault(&d, "down");
	assert_false(read_regions());
	door_sim_expect_error(&d, ERR_CANCELLED);
	assert_int_equal(d.sent, 1);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_final_refusals),
		TEST(test_gives_up_after_three),
		TEST(test_passing_trouble),
		TEST(test_kept_connection_drops),
		TEST(test_retry_after),
		TEST(test_nothing_before_its_time),
		TEST(test_quota_runs_out),
		TEST(test_clock_is_corrected),
		TEST(test_small_skew),
		TEST(test_skew_that_cannot_be_mended),
		TEST(test_cancelled_while_it_comes),
	};

	return cmocka_run_group_tests(tests, door_sim_begin, door_sim_end);
}
