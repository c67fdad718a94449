/* SPDX-License-Identifier: MIT */
#include "aws/retry.h"
#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static struct limiter *limiter;

static int setup(void **state)
{
	(void)state;
	limiter = limiter_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	limiter_free(limiter);
	return 0;
}

/* One request as soon as it may go; how long it had to wait. */
static int64_t go(const char *key, bool throttled)
{
	int64_t wait = limiter_book(limiter, key) - clock_now();

	assert_true(wait >= 0);
	clock_advance(wait);
	limiter_report(limiter, key, throttled);
	return wait;
}

static void test_open_until_throttled(void **state)
{
	(void)state;
	for (int i = 0; i < 10000; i++)
		assert_int_equal(go("a", false), 0);
}

/* Twenty a second, then "slow down": fewer than before, then more again. */
static void test_slows_and_recovers(void **state)
{
	int64_t start, spent;

	(void)state;
	for (int i = 0; i < 100; i++) {
		go("a", false);
		clock_advance(50);
	}
	go("a", true);
	start = clock_now();
	for (int i = 0; i < 28; i++)
		go("a", false);
	spent = clock_now() - start;
	assert_true(spent > 1200 && spent < 4000);
	for (int i = 0; i < 200; i++)
		go("a", false);
	start = clock_now();
	for (int i = 0; i < 40; i++)
		go("a", false);
	assert_true(clock_now() - start < spent);
}

static void test_never_stops(void **state)
{
	int64_t most = 0;

	(void)state;
	for (int i = 0; i < 30; i++) {
		int64_t wait = go("a", true);

		if (wait > most)
			most = wait;
	}
	assert_true(most > 500 && most <= 2001);
}

static void test_buckets_are_apart(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		go("a/us-east-1/ec2", true);
	assert_true(go("a/us-east-1/ec2", false) > 0);
	assert_int_equal(go("a/eu-west-1/ec2", false), 0);
	assert_int_equal(go("b/us-east-1/ec2", false), 0);
}

/* Bookings of a moment queue up, one behind the other. */
static void test_booked_apart(void **state)
{
	int64_t last = 0;

	(void)state;
	for (int i = 0; i < 5; i++)
		go("a", true);
	for (int i = 0; i < 5; i++) {
		int64_t when = limiter_book(limiter, "a");

		assert_true(when > last);
		last = when;
	}
	assert_true(last - clock_now() > 4000);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_open_until_throttled),
		TEST(test_slows_and_recovers),
		TEST(test_never_stops),
		TEST(test_buckets_are_apart),
		TEST(test_booked_apart),
	};

	clock_set_virtual(1448281200000);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
