/* SPDX-License-Identifier: MIT */
/* What is tried again, when, and what never is. */
#include "tests/unit/door_rig.h"

#include "base/clock.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct parameter rows[] = {
	{ .path = "Id" },
	{ .path = "Password", .secret = true },
	{ .path = "ClientToken", .token = true },
	{ 0 }
};

static const struct operation buy = { .name = "BuyThing",
	.effect = EFFECT_SPEND, .parameters = rows };
static const struct operation make = { .name = "MakeThing",
	.effect = EFFECT_CHANGE, .parameters = rows };
static const struct operation run = { .name = "RunThing",
	.repeat = REPEAT_TOKEN, .parameters = rows };
static const struct operation stop = { .name = "StopThing",
	.repeat = REPEAT_SAFE };

static struct rig rig;

static int setup(void **state)
{
	(void)state;
	return rig_open(&rig) ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	rig_close(&rig);
	return 0;
}

/* A warm connection that drops is libcurl's to mend: the same attempt. */
static void test_transient_then_good(void **state)
{
	struct door_meter meter;
	char *id;

	(void)state;
	peer_answer(rig.peer, 503, "", "<html>Busy</html>");
	peer_text(rig.peer, "", PEER_CLOSE);
	peer_answer(rig.peer, 200, "", OK_XML);
	assert_true(rig_pass(&rig));
	assert_int_equal(rig.reply.attempts, 2);
	assert_int_equal(peer_count(rig.peer), 3);
	id = xstrdup(peer_header(rig.peer, 0, "amz-sdk-invocation-id"));
	assert_string_equal(peer_header(rig.peer, 2, "amz-sdk-invocation-id"),
		id);
	free(id);
	assert_string_equal(peer_header(rig.peer, 2, "amz-sdk-request"),
		"attempt=2; max=3");
	rig_check_signature(&rig, 2, "ec2", false);
	door_read_meter(rig.door, &meter);
	assert_int_equal(meter.calls, 2);
	assert_int_equal(meter.retries, 1);
	assert_int_equal(meter.errors, 1);
}

static void test_gives_up(void **state)
{
	(void)state;
	peer_answer(rig.peer, 400, "x-amzn-requestid: q-9\r\n",
		EC2_ERROR("RequestLimitExceeded", "Slow down."));
	peer_repeat(rig.peer, 9);
	rig_expect_refused(&rig, ERR_THROTTLED, "RequestLimitExceeded");
	assert_string_equal(rig.err.text, "Slow down.");
	assert_string_equal(rig.err.request_id, "q-9");
	assert_int_equal(peer_count(rig.peer), 3);
	rig.call.max_attempts = 5;
	rig_expect_refused(&rig, ERR_THROTTLED, "RequestLimitExceeded");
	assert_int_equal(peer_count(rig.peer), 8);
}

static void expect_final(const char *code, enum error_kind kind)
{
	struct str body = STR_INIT;
	size_t before = peer_count(rig.peer);

	str_addf(&body, EC2_ERROR("%s", "no"), code);
	peer_answer(rig.peer, 400, "", body.p);
	rig_expect_refused(&rig, kind, code);
	assert_int_equal(peer_count(rig.peer), before + 1);
	str_clear(&body);
}

static void test_final_errors(void **state)
{
	(void)state;
	expect_final("UnauthorizedOperation", ERR_DENIED);
	expect_final("ExpiredToken", ERR_EXPIRED);
	expect_final("InvalidInstanceID.NotFound", ERR_NOT_FOUND);
	expect_final("InvalidParameterValue", ERR_AWS);
	expect_final("AuthFailure", ERR_DENIED);
}

static void expect_hint(const char *headers, int64_t least)
{
	int64_t started = clock_now();

	peer_answer(rig.peer, 503, headers, "");
	peer_answer(rig.peer, 200, "", OK_XML);
	assert_true(rig_pass(&rig));
	assert_true(clock_now() - started >= least);
	assert_true(rig.reply.ms >= least);
}

static void test_retry_after(void **state)
{
	(void)state;
	expect_hint("x-amz-retry-after: 3000\r\n", 3000);
	expect_hint("Retry-After: 4\r\n", 4000);
	expect_hint("Retry-After: 90000\r\n", 0);
	expect_hint("x-amz-retry-after: -5\r\n", 0);
	expect_hint("x-amz-retry-after: 900000\r\n", 5000);
	expect_hint("Retry-After: Fri, 31 Dec 2100 00:00:00 GMT\r\n", 5000);
}

/* Every failing call spends 2 x 14 of 500: afterwards one attempt each. */
static void test_quota(void **state)
{
	(void)state;
	peer_answer(rig.peer, 500, "", "");
	peer_repeat(rig.peer, 100);
	for (int i = 0; i < 17; i++)
		rig_expect_refused(&rig, ERR_SERVER, "500");
	assert_int_equal(peer_count(rig.peer), 51);
	rig_expect_refused(&rig, ERR_SERVER, "500");
	assert_int_equal(peer_count(rig.peer), 53);
	rig_expect_refused(&rig, ERR_SERVER, "500");
	assert_int_equal(peer_count(rig.peer), 54);
	memcpy(rig.endpoint.signing_region, "eu-west-1", 10);
	rig_expect_refused(&rig, ERR_SERVER, "500");
	assert_int_equal(peer_count(rig.peer), 57);
}

static void test_cut_page_again(void **state)
{
	(void)state;
	peer_text(rig.peer, "HTTP/1.1 200 OK\r\nContent-Length: 41\r\n\r\n"
		"<R><requestId>r-1</req", PEER_CLOSE);
	peer_answer(rig.peer, 200, "", "<R><a>not closed");
	peer_answer(rig.peer, 200, "", OK_XML);
	assert_true(rig_pass(&rig));
	assert_int_equal(rig.reply.attempts, 3);
	assert_int_equal(rig.reply.bytes, strlen(OK_XML));
}

static void test_garbage_is_told(void **state)
{
	(void)state;
	peer_answer(rig.peer, 200, "", "<html><p>Log in to the hotel");
	peer_repeat(rig.peer, 2);
	assert_false(rig_pass(&rig));
	assert_int_equal(rig.err.kind, ERR_PARSE);
	assert_int_equal(peer_count(rig.peer), 3);
}

static void expect_unknown_once(void)
{
	size_t before = peer_count(rig.peer);

	assert_false(rig_pass(&rig));
	assert_string_equal(error_kind_name(rig.err.kind),
		error_kind_name(ERR_UNKNOWN));
	assert_non_null(strstr(rig.err.text, "may have been done"));
	assert_int_equal(peer_count(rig.peer), before + 1);
}

/* On a warm connection libcurl by itself would send it twice. */
static void test_never_twice(void **state)
{
	(void)state;
	peer_answer(rig.peer, 200, "", OK_XML);
	assert_true(rig_pass(&rig));
	rig.call.operation = &buy;
	peer_text(rig.peer, "", PEER_CLOSE);
	expect_unknown_once();
	assert_int_equal(peer_connection(rig.peer, 1), 1);
	peer_text(rig.peer, "", PEER_RESET);
	expect_unknown_once();
	peer_answer(rig.peer, 500, "", "");
	expect_unknown_once();
	peer_answer(rig.peer, 503, "", EC2_ERROR("Unavailable", "busy"));
	expect_unknown_once();
	peer_text(rig.peer, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<R>",
		PEER_CLOSE);
	expect_unknown_once();
	peer_answer(rig.peer, 200, "", "<R>");
	expect_unknown_once();
}

static void test_never_but_refused(void **state)
{
	(void)state;
	rig.call.operation = &make;
	peer_answer(rig.peer, 400, "", EC2_ERROR("InvalidParameter", "no"));
	rig_expect_refused(&rig, ERR_AWS, "InvalidParameter");
	assert_int_equal(peer_count(rig.peer), 1);
	peer_answer(rig.peer, 503, "", EC2_ERROR("RequestLimitExceeded", "x"));
	peer_answer(rig.peer, 200, "", OK_XML);
	assert_true(rig_pass(&rig));
	assert_int_equal(peer_count(rig.peer), 3);
	assert_int_equal(peer_connection(rig.peer, 2), 2);
}

static void test_never_sent(void **state)
{
	struct peer *gone = peer_new();

	(void)state;
	rig.call.operation = &make;
	rig.endpoint.port = peer_port(gone);
	peer_free(gone);
	assert_false(rig_pass(&rig));
	assert_int_equal(rig.err.kind, ERR_NETWORK);
	assert_int_equal(rig.reply.attempts, 3);
}

/* What spends is sent once, also where that was surely in vain. */
static void test_spends_once(void **state)
{
	struct peer *gone = peer_new();

	(void)state;
	rig.call.operation = &buy;
	peer_answer(rig.peer, 503, "", EC2_ERROR("RequestLimitExceeded", "x"));
	rig_expect_refused(&rig, ERR_THROTTLED, "RequestLimitExceeded");
	assert_int_equal(peer_count(rig.peer), 1);
	peer_answer(rig.peer, 400, "Date: Mon, 23 Nov 2026 03:00:00 GMT\r\n",
		EC2_ERROR("RequestExpired", "too old"));
	assert_false(rig_pass(&rig));
	assert_int_equal(peer_count(rig.peer), 2);
	rig.endpoint.port = peer_port(gone);
	peer_free(gone);
	assert_false(rig_pass(&rig));
	assert_int_equal(rig.reply.attempts, 1);
}

/* A dry run does nothing, whatever became of it. */
static void test_dry_run_is_no_doubt(void **state)
{
	static const struct parameter dry_rows[] = {
		{ .path = "DryRun", .type = VALUE_BOOLEAN }, { 0 }
	};
	static const struct operation dry_buy = { .name = "BuyThing",
		.effect = EFFECT_SPEND, .parameters = dry_rows };
	static const struct argument dry = { .path = "DryRun",
		.value = "true" };

	(void)state;
	rig.call.operation = &dry_buy;
	rig.call.arguments = &dry;
	rig.call.argument_count = 1;
	peer_text(rig.peer, "", PEER_CLOSE);
	assert_false(rig_pass(&rig));
	assert_int_equal(rig.err.kind, ERR_NETWORK);
	rig.call.argument_count = 0;
	peer_text(rig.peer, "", PEER_CLOSE);
	assert_false(rig_pass(&rig));
	assert_int_equal(rig.err.kind, ERR_UNKNOWN);
}

static void test_changes_end_in_doubt(void **state)
{
	(void)state;
	rig.call.operation = &stop;
	peer_text(rig.peer, "", PEER_CLOSE);
	peer_repeat(rig.peer, 2);
	assert_false(rig_pass(&rig));
	assert_int_equal(rig.err.kind, ERR_UNKNOWN);
	assert_int_equal(rig.reply.attempts, 3);
	peer_text(rig.peer, "", PEER_CLOSE);
	peer_answer(rig.peer, 400, "", EC2_ERROR("IncorrectState", "stopped"));
	rig_expect_refused(&rig, ERR_AWS, "IncorrectState");
}

static void test_one_token(void **state)
{
	const struct argument given = { .path = "ClientToken",
		.value = "mine" };
	const char *token;
	char *first;

	(void)state;
	rig.call.operation = &run;
	peer_answer(rig.peer, 500, "", "");
	peer_answer(rig.peer, 200, "", OK_XML);
	peer_answer(rig.peer, 200, "", OK_XML);
	assert_true(rig_pass(&rig));
	first = xstrdup(peer_body(rig.peer, 0));
	token = strstr(first, "&ClientToken=");
	assert_non_null(token);
	assert_int_equal(strlen(token), 13 + 36);
	assert_string_equal(peer_body(rig.peer, 1), first);
	free(first);
	rig.call.arguments = &given;
	rig.call.argument_count = 1;
	assert_true(rig_pass(&rig));
	assert_non_null(strstr(peer_body(rig.peer, 2), "&ClientToken=mine"));
}

static void test_dry_run(void **state)
{
	(void)state;
	rig.call.operation = &buy;
	peer_answer(rig.peer, 412, "", EC2_ERROR("DryRunOperation", "would"));
	assert_true(rig_pass(&rig));
	assert_int_equal(rig.reply.status, 412);
	assert_null(rig.reply.doc);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_transient_then_good),
		TEST(test_gives_up),
		TEST(test_final_errors),
		TEST(test_retry_after),
		TEST(test_quota),
		TEST(test_cut_page_again),
		TEST(test_garbage_is_told),
		TEST(test_never_twice),
		TEST(test_never_but_refused),
		TEST(test_never_sent),
		TEST(test_spends_once),
		TEST(test_dry_run_is_no_doubt),
		TEST(test_changes_end_in_doubt),
		TEST(test_one_token),
		TEST(test_dry_run),
	};

	return cmocka_run_group_tests(tests, rig_begin, rig_end);
}
