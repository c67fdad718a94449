/* SPDX-License-Identifier: MIT */
#include "aws/retry.h"
#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static enum retry_class classify(enum error_kind kind, int status,
	const char *code)
{
	struct error err;

	error_set(&err, kind, "x");
	err.status = status;
	memcpy(err.code, code, strlen(code) + 1);
	return retry_classify(&err);
}

static void test_what_is_final(void **state)
{
	static const int finals[] = { 301, 400, 401, 403, 404, 409, 412, 429,
		501, 509 };

	(void)state;
	for (size_t i = 0; i < sizeof(finals) / sizeof(*finals); i++)
		assert_int_equal(classify(ERR_AWS, finals[i], "Whatever"),
			RETRY_NO);
	assert_int_equal(classify(ERR_CANCELLED, 0, ""), RETRY_NO);
	assert_int_equal(classify(ERR_TLS, 0, ""), RETRY_NO);
	assert_int_equal(classify(ERR_USAGE, 0, ""), RETRY_NO);
	assert_int_equal(classify(ERR_EXPIRED, 400, "ExpiredToken"),
		RETRY_NO);
}

static void test_what_passes(void **state)
{
	(void)state;
	assert_int_equal(classify(ERR_NETWORK, 0, ""), RETRY_TRANSIENT);
	assert_int_equal(classify(ERR_TIMEOUT, 0, ""), RETRY_TRANSIENT);
	assert_int_equal(classify(ERR_SERVER, 500, "500"), RETRY_TRANSIENT);
	assert_int_equal(classify(ERR_SERVER, 504, "x"), RETRY_TRANSIENT);
	assert_int_equal(classify(ERR_TIMEOUT, 400, "RequestTimeout"),
		RETRY_TRANSIENT);
	assert_int_equal(classify(ERR_THROTTLED, 400, "Throttling"),
		RETRY_THROTTLE);
	assert_int_equal(classify(ERR_THROTTLED, 503, "SlowDown"),
		RETRY_THROTTLE);
	assert_int_equal(classify(ERR_THROTTLED, 503,
		"RequestLimitExceeded"), RETRY_THROTTLE);
}

static void test_quota(void **state)
{
	struct retry_quota *q = retry_quota_new();
	int taken = 0;

	(void)state;
	assert_int_equal(retry_quota_left(q), 500);
	retry_quota_give(q, RETRY_NO);
	assert_int_equal(retry_quota_left(q), 500);
	while (retry_quota_take(q, RETRY_TRANSIENT))
		taken++;
	assert_int_equal(taken, 35);
	assert_int_equal(retry_quota_left(q), 10);
	assert_true(retry_quota_take(q, RETRY_THROTTLE));
	retry_quota_give(q, RETRY_THROTTLE);
	retry_quota_give(q, RETRY_NO);
	assert_int_equal(retry_quota_left(q), 11);
	retry_quota_give(q, RETRY_TRANSIENT);
	assert_int_equal(retry_quota_left(q), 25);
	retry_quota_free(q);
}

static void expect_range(enum retry_class class, unsigned retry,
	int64_t most)
{
	int64_t high = 0;

	for (int i = 0; i < 400; i++) {
		int64_t delay = retry_delay(class, retry, -1);

		assert_true(delay >= 0 && delay <= most);
		if (delay > high)
			high = delay;
	}
	assert_true(high > most * 8 / 10);
}

static void test_delays(void **state)
{
	(void)state;
	random_seed(7);
	expect_range(RETRY_TRANSIENT, 1, 50);
	expect_range(RETRY_TRANSIENT, 2, 100);
	expect_range(RETRY_TRANSIENT, 5, 800);
	expect_range(RETRY_THROTTLE, 1, 1000);
	expect_range(RETRY_THROTTLE, 3, 4000);
	expect_range(RETRY_THROTTLE, 6, 20000);
	expect_range(RETRY_THROTTLE, 4000000, 20000);
}

static void test_hints(void **state)
{
	(void)state;
	for (int i = 0; i < 50; i++) {
		int64_t delay = retry_delay(RETRY_TRANSIENT, 1, 700);

		assert_int_equal(delay, 700);
		delay = retry_delay(RETRY_TRANSIENT, 1, 60000);
		assert_true(delay >= 5000 && delay <= 5050);
		delay = retry_delay(RETRY_THROTTLE, 1, 0);
		assert_true(delay >= 0 && delay <= 1000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_final),
		cmocka_unit_test(test_what_passes),
		cmocka_unit_test(test_quota),
		cmocka_unit_test(test_delays),
		cmocka_unit_test(test_hints),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
