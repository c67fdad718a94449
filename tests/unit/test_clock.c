/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"

#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define WALL 1795392840000   /* 2026-11-23T00:14:00Z */

static void test_text_that_is_no_moment(void **state)
{
	static const char *const bad[] = { "", "x", "2026-13-01T00:00:00Z",
		"2026-02-29T00:00:00Z", "2026-00-10T00:00:00Z",
		"2026-11-23T24:00:00Z", "2026-11-23T00:60:00Z",
		"2026-11-23T00:14:00Y", "2026-11-23T00:14:00Zx",
		"2026-11-23T00:14:00+", "2026-11-23T00:14:00+1", "2026-11",
		"2026-11-23T", "2026-11-23T00", "23 Nov", "32 Nov 2026 00:00",
		"Mon, 23 Nox 2026 00:14:00 GMT", "23 Nov 026 00:14:00 GMT",
		"Mon, 23 Nov 2026 00:14:00 FOO", "1e", "1e999", ".", "-",
		"1.2.3", "99999999999999999999", "1763856840x", " 1", "NaN", "0x10" };
	int64_t wall = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (clock_parse(bad[i], strlen(bad[i]), &wall))
			fail_msg("taken for a moment: %s", bad[i]);
	assert_false(clock_parse(NULL, 0, &wall));
	assert_true(wall == 7);
}

static void test_every_form_of_one_moment(void **state)
{
	static const char *const forms[] = { "2026-11-23T00:14:00Z",
		"2026-11-23T00:14:00.000Z", "2026-11-23T01:14:00+01:00",
		"2026-11-22T19:14:00-0500", "2026-11-23 00:14:00",
		"2026-11-23T00:14Z", "20261123T001400Z",
		"2026-11-23T05:44:00+05:30",
		"Mon, 23 Nov 2026 00:14:00 GMT", "23 Nov 2026 00:14:00 +0000",
		"Monday, 23-Nov-26 00:14:00 GMT",
		"Mon, 23 Nov 2026 01:14 +0100",
		"1795392840", "1795392840.0", "1.79539284E9", "1.79539284e+09",
		"1795392840.000999" };
	int64_t wall;

	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		wall = 0;
		if (!clock_parse(forms[i], strlen(forms[i]), &wall) ||
		    wall != WALL)
			fail_msg("%s: %lld", forms[i], (long long)wall);
	}
}

static void test_fractions_and_far_days(void **state)
{
	static const struct {
		const char *text;
		int64_t wall;
	} rows[] = {
		{ "1970-01-01", 0 },
		{ "1969-12-31T23:59:59.999Z", -1 },
		{ "-1.5", -1500 },
		{ "2000-02-29T00:00:00Z", 951782400000 },
		{ "2026-11-23T00:14:00.123456Z", WALL + 123 },
		{ "2026-11-23T00:14:00,5Z", WALL + 500 },
		{ "1795392840.25", WALL + 250 },
		{ "1.7953928401E9", WALL + 100 },
		{ "9999-12-31T23:59:59Z", 253402300799000 },
		{ "0001-01-01T00:00:00Z", -62135596800000 },
		{ "31 Dec 1969 23:59:59 GMT", -1000 },
		{ "01 Jan 70 00:00:00 GMT", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t wall = 42;

		if (!clock_parse(rows[i].text, strlen(rows[i].text), &wall) ||
		    wall != rows[i].wall)
			fail_msg("%s: %lld", rows[i].text, (long long)wall);
	}
	assert_true(clock_parse("1970-01-01xxx", 10, &(int64_t){ 0 }));
}

static void test_format(void **state)
{
	char out[32];

	(void)state;
	clock_format_iso(WALL + 999, out);
	assert_string_equal(out, "2026-11-23T00:14:00Z");
	clock_format_basic(WALL, out);
	assert_string_equal(out, "20261123T001400Z");
	clock_format_iso(-1, out);
	assert_string_equal(out, "1969-12-31T23:59:59Z");
	clock_format_iso(INT64_MAX, out);
	assert_true(strlen(out) < sizeof(out));
	clock_format_iso(-INT64_MAX, out);
	assert_true(strlen(out) < sizeof(out));
	setenv("TZ", "CET-1", 1);
	tzset();
	clock_format_local(WALL, out);
	assert_string_equal(out, "2026-11-23 01:14:00");
}

static void test_format_and_parse_agree(void **state)
{
	char out[32];

	(void)state;
	for (int64_t t = -5000000000000; t < 5000000000000; t += 86399999000) {
		int64_t back;

		clock_format_iso(t, out);
		assert_true(clock_parse(out, strlen(out), &back));
		assert_true(back == t);
	}
}

/* The real clock, before the tests below make it a virtual one. */
static void test_real_time(void **state)
{
	pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	pthread_cond_t cond;
	int64_t start = clock_now(), deadline = start + 20;

	(void)state;
	assert_false(clock_is_virtual());
	assert_true(clock_wall() > 1600000000000);
	assert_int_equal(clock_poll_timeout(CLOCK_NEVER), -1);
	assert_int_equal(clock_poll_timeout(start - 1), 0);
	assert_in_range(clock_poll_timeout(clock_now() + 5000), 1, 5001);
	assert_true(clock_poll_timeout(INT64_MAX - 1) > 0);
	clock_cond_init(&cond);
	pthread_mutex_lock(&lock);
	while (clock_wait(&cond, &lock, deadline))
		;
	assert_true(clock_now() >= deadline);
	assert_false(clock_wait(&cond, &lock, start));
	pthread_mutex_unlock(&lock);
	pthread_cond_destroy(&cond);
}

static void test_virtual_time_stands_still(void **state)
{
	int64_t now;

	(void)state;
	clock_set_virtual(WALL);
	assert_true(clock_is_virtual());
	now = clock_now();
	assert_true(clock_now() == now);
	assert_true(clock_wall() == WALL);
	clock_advance(1500);
	assert_true(clock_now() == now + 1500);
	assert_true(clock_wall() == WALL + 1500);
	assert_int_equal(clock_poll_timeout(now + 1501), -1);
	assert_int_equal(clock_poll_timeout(now + 1500), 0);
}

struct sleeper {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t cond;
	int64_t deadline;
	atomic_bool asleep;
	int64_t woken_at;
};

static void *doze(void *arg)
{
	struct sleeper *s = arg;

	pthread_mutex_lock(&s->lock);
	atomic_store(&s->asleep, true);
	while (clock_wait(&s->cond, &s->lock, s->deadline))
		;
	s->woken_at = clock_now();
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

static void test_advance_wakes_who_is_due(void **state)
{
	enum { SLEEPERS = 20 };
	struct sleeper sleepers[SLEEPERS];
	int64_t start;

	(void)state;
	clock_set_virtual(WALL);
	start = clock_now();
	for (int i = 0; i < SLEEPERS; i++) {
		struct sleeper *s = &sleepers[i];

		pthread_mutex_init(&s->lock, NULL);
		clock_cond_init(&s->cond);
		s->deadline = start + 10 * (i + 1);
		atomic_init(&s->asleep, false);
		assert_int_equal(pthread_create(&s->thread, NULL, doze, s), 0);
	}
	for (int i = 0; i < SLEEPERS; i++)
		while (!atomic_load(&sleepers[i].asleep))
			sched_yield();
	for (int i = 0; i < SLEEPERS; i++) {
		struct sleeper *s = &sleepers[i];

		clock_advance(10);
		pthread_join(s->thread, NULL);
		assert_true(s->woken_at == s->deadline);
		assert_true(i + 1 == SLEEPERS ||
			clock_next() == sleepers[i + 1].deadline);
		pthread_cond_destroy(&s->cond);
		pthread_mutex_destroy(&s->lock);
	}
	assert_true(clock_next() == CLOCK_NEVER);
}

static void test_advance_wakes_poll(void **state)
{
	struct pollfd fd = { .events = POLLIN };
	int ends[2];

	(void)state;
	clock_set_virtual(WALL);
	assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
	fd.fd = ends[0];
	clock_wake_fd(ends[1]);
	assert_int_equal(poll(&fd, 1, 0), 0);
	clock_advance(1);
	assert_int_equal(poll(&fd, 1, 0), 1);
	clock_wake_fd(-1);
	clock_advance(1);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_that_is_no_moment),
		cmocka_unit_test(test_every_form_of_one_moment),
		cmocka_unit_test(test_fractions_and_far_days),
		cmocka_unit_test(test_format),
		cmocka_unit_test(test_format_and_parse_agree),
		cmocka_unit_test(test_real_time),
		cmocka_unit_test(test_virtual_time_stands_still),
		cmocka_unit_test(test_advance_wakes_who_is_due),
		cmocka_unit_test(test_advance_wakes_poll),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
