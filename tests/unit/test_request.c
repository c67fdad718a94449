/* SPDX-License-Identifier: MIT */
/* The door against a scripted peer, in virtual time. */
#include "tests/unit/door_rig.h"

#include "base/clock.h"

#include <pthread.h>
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

static void test_read_only(void **state)
{
	static const enum effect refused[] = { EFFECT_CHANGE,
		EFFECT_READ_SECRET, EFFECT_HIDES, EFFECT_CREDENTIAL,
		EFFECT_DISRUPT, EFFECT_DESTROY, EFFECT_SPEND };

	(void)state;
	door_set_read_only(rig.door, true);
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		const struct operation op = { .name = "Op",
			.effect = refused[i], .repeat = REPEAT_SAFE };

		rig.call.operation = &op;
		rig_expect_refused(&rig, ERR_READ_ONLY, "");
	}
	assert_int_equal(peer_count(rig.peer), 0);
	peer_answer(rig.peer, 200, "", OK_XML);
	rig.call.operation = rig_describe();
	assert_true(rig_pass(&rig));
}

static void test_bad_argument(void **state)
{
	const struct argument a = { .path = "Nothing", .value = "x" };

	(void)state;
	rig.call.arguments = &a;
	rig.call.argument_count = 1;
	rig_expect_refused(&rig, ERR_USAGE, "");
	assert_int_equal(peer_count(rig.peer), 0);
}

static void test_signed_read(void **state)
{
	char *type;
	const char *agent;

	(void)state;
	rig.keys.token = (char *)(size_t)"tok/en=";
	peer_answer(rig.peer, 200, "x-amzn-RequestId: q-7\r\n"
		"Content-Type: text/xml\r\n", OK_XML);
	assert_true(rig_pass(&rig));
	assert_int_equal(rig.reply.status, 200);
	assert_int_equal(rig.reply.attempts, 1);
	assert_int_equal(rig.reply.bytes, strlen(OK_XML));
	assert_string_equal(rig.reply.request_id, "q-7");
	assert_non_null(rig.reply.doc);
	type = reply_header(&rig.reply, "content-type");
	assert_string_equal(type, "text/xml");
	free(type);
	assert_null(reply_header(&rig.reply, "x-none"));
	assert_string_equal(peer_body(rig.peer, 0),
		"Action=DescribeThings&Version=2016-11-15");
	rig_check_signature(&rig, 0, "ec2", false);
	agent = peer_header(rig.peer, 0, "user-agent");
	assert_true(agent && str_starts(agent, "tucuxi/"));
	assert_string_equal(peer_header(rig.peer, 0, "amz-sdk-request"),
		"attempt=1; max=3");
	assert_null(strstr(peer_header(rig.peer, 0, "authorization"),
		"user-agent"));
}

static void test_unsigned(void **state)
{
	(void)state;
	rig.call.credentials = NULL;
	peer_answer(rig.peer, 200, "", OK_XML);
	assert_true(rig_pass(&rig));
	assert_null(peer_header(rig.peer, 0, "authorization"));
	assert_null(peer_header(rig.peer, 0, "x-amz-date"));
}

/* An hour behind: AWS's Date says so, and everything after is signed by
 * it. A refusal with a right clock is only a refusal. */
static void test_skew(void **state)
{
	const char *skewed = EC2_ERROR("RequestExpired", "old");
	const char *wrong = EC2_ERROR("SignatureDoesNotMatch", "key");
	struct door_meter meter;
	char date[64], headers[128];
	int64_t wall = clock_wall() / 1000 * 1000 + 3600 * 1000;

	(void)state;
	clock_format_iso(wall, date);
	snprintf(headers, sizeof(headers), "Date: %s\r\n", date);
	peer_answer(rig.peer, 403, headers, skewed);
	peer_answer(rig.peer, 200, "", OK_XML);
	peer_answer(rig.peer, 403, headers, wrong);
	assert_true(rig_pass_at_once(&rig));
	assert_int_equal(rig.reply.attempts, 2);
	door_read_meter(rig.door, &meter);
	assert_true(meter.skew == wall - clock_wall());
	clock_format_basic(wall, date);
	assert_memory_equal(peer_header(rig.peer, 1, "x-amz-date"), date, 16);
	rig_check_signature(&rig, 1, "ec2", false);
	assert_false(rig_pass_at_once(&rig));
	assert_int_equal(rig.err.kind, ERR_CREDENTIALS);
	assert_int_equal(peer_count(rig.peer), 3);
}

static void test_disabled_region(void **state)
{
	(void)state;
	assert_true(endpoint_resolve(&rig.endpoint, &rig.config, rig_ec2(),
		"ap-east-1", &rig.err));
	peer_answer(rig.peer, 401, "", EC2_ERROR("AuthFailure", "AWS was not "
		"able to validate the provided access credentials"));
	peer_repeat(rig.peer, 1);
	rig_expect_refused(&rig, ERR_DISABLED, "AuthFailure");
	assert_true(str_starts(rig.err.text, "ap-east-1 is not enabled"));
	assert_true(endpoint_resolve(&rig.endpoint, &rig.config, rig_ec2(),
		"us-east-1", &rig.err));
	rig_expect_refused(&rig, ERR_CREDENTIALS, "AuthFailure");
}

struct diary {
	struct str text;
	bool broken;
};

static bool note_intent(void *data, const char *id, const char *record,
	struct error *e)
{
	struct diary *diary = data;

	if (diary->broken)
		return error_set(e, ERR_IO, "disk full");
	assert_int_equal(strlen(id), 36);
	str_addf(&diary->text, "%zu %s\n", peer_count(rig.peer), record);
	return true;
}

static void note_outcome(void *data, const char *id, const char *record)
{
	struct diary *diary = data;

	(void)id;
	str_addf(&diary->text, "%zu %s\n", peer_count(rig.peer), record);
}

static void test_journal(void **state)
{
	const struct argument list[] = { { .path = "Id", .value = "i-\"1" },
		{ .path = "Password", .value = "hunter2" } };
	struct diary diary = { .text = STR_INIT };
	const struct door_journal journal = { &diary, note_intent,
		note_outcome };
	char *line;

	(void)state;
	door_set_journal(rig.door, &journal);
	peer_answer(rig.peer, 200, "", OK_XML);
	peer_answer(rig.peer, 400, "", EC2_ERROR("NoMoney", "poor"));
	assert_true(rig_pass(&rig));
	assert_string_equal(diary.text.p, "");
	rig.call.operation = &buy;
	rig.call.arguments = list;
	rig.call.argument_count = 2;
	rig_expect_refused(&rig, ERR_AWS, "NoMoney");
	line = strchr(diary.text.p, '\n') + 1;
	assert_true(str_starts(diary.text.p, "1 {\"at\":\"20"));
	assert_non_null(strstr(diary.text.p, "\"event\":\"intent\",\"service"
		"\":\"ec2\",\"operation\":\"BuyThing\",\"effect\":\"spend\","
		"\"region\":\"us-east-1\",\"scope\":\"test\",\"parameters\":"
		"{\"Id\":\"i-\\\"1\",\"Password\":\"***\"}}\n"));
	assert_true(str_starts(line, "2 {"));
	assert_non_null(strstr(line, "\"event\":\"outcome\""));
	assert_non_null(strstr(line, "\"result\":\"aws\""));
	assert_non_null(strstr(line, "\"code\":\"NoMoney\""));
	assert_null(strstr(diary.text.p, "hunter2"));
	diary.broken = true;
	rig_expect_refused(&rig, ERR_IO, "");
	assert_int_equal(peer_count(rig.peer), 2);
	str_clear(&diary.text);
}

static void *cancel_at_request(void *data)
{
	peer_await(rig.peer, 1);
	cancel_set(data);
	return NULL;
}

static bool cancelled_call(const struct operation *op)
{
	struct cancel *cancel = cancel_new();
	pthread_t thread;
	bool ok;

	rig.call.operation = op;
	rig.call.cancel = cancel;
	pthread_create(&thread, NULL, cancel_at_request, cancel);
	ok = door_call(rig.door, &rig.call, &rig.reply, &rig.err);
	pthread_join(thread, NULL);
	rig.call.cancel = NULL;
	cancel_unref(cancel);
	return ok;
}

/* Virtual time stands still: nobody but the cancel can end the wait. */
static void test_cancel_back_off(void **state)
{
	(void)state;
	peer_answer(rig.peer, 503, "Retry-After: 100\r\n", "");
	assert_false(cancelled_call(rig_describe()));
	assert_int_equal(rig.err.kind, ERR_CANCELLED);
	assert_int_equal(peer_count(rig.peer), 1);
}

static void test_cancel_in_flight(void **state)
{
	(void)state;
	peer_answer_len(rig.peer, 200, "", OK_XML, strlen(OK_XML), true);
	assert_false(cancelled_call(rig_describe()));
	assert_int_equal(rig.err.kind, ERR_CANCELLED);
}

static void test_cancelled_purchase(void **state)
{
	(void)state;
	peer_answer_len(rig.peer, 200, "", OK_XML, strlen(OK_XML), true);
	assert_false(cancelled_call(&buy));
	assert_int_equal(rig.err.kind, ERR_UNKNOWN);
}

static bool collect(void *data, const char *bytes, size_t len,
	struct error *e)
{
	(void)e;
	return str_addn(data, bytes, len);
}

static void test_sink(void **state)
{
	struct str got = STR_INIT;
	struct door_sink sink = { &got, collect };

	(void)state;
	rig.call.sink = &sink;
	peer_answer(rig.peer, 503, "", "not for the sink");
	peer_answer(rig.peer, 200, "", "raw bytes");
	assert_true(rig_pass(&rig));
	assert_string_equal(got.p, "raw bytes");
	assert_null(rig.reply.doc);
	peer_text(rig.peer, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
		PEER_CLOSE);
	assert_false(rig_pass(&rig));
	assert_int_equal(rig.err.kind, ERR_NETWORK);
	assert_int_equal(peer_count(rig.peer), 3);
	str_clear(&got);
}

static void test_plain(void **state)
{
	char url[64];
	struct http_request request = { .method = "PUT", .url = url,
		.proxy = "" };
	struct str out = STR_INIT;
	int status = 0;

	(void)state;
	snprintf(url, sizeof(url), "http://127.0.0.1:%u/latest/api/token",
		peer_port(rig.peer));
	door_set_read_only(rig.door, true);
	peer_answer(rig.peer, 403, "", "no");
	assert_false(door_plain(rig.door, &request, EFFECT_CHANGE, NULL,
		&status, &out, &rig.err));
	assert_int_equal(rig.err.kind, ERR_READ_ONLY);
	assert_true(door_plain(rig.door, &request, EFFECT_CREDENTIAL, NULL,
		&status, &out, &rig.err));
	assert_int_equal(status, 403);
	assert_string_equal(out.p, "no");
	str_clear(&out);
}

enum { THREADS = 6, CALLS = 20 };

static void *call_often(void *data)
{
	struct reply own;
	struct error failure;
	bool ok = true;

	for (int i = 0; ok && i < CALLS; i++) {
		ok = door_call(rig.door, &rig.call, &own, &failure);
		reply_clear(&own);
	}
	if (!ok)
		cancel_set(data);
	return NULL;
}

static struct door_meter meter_now(void)
{
	struct door_meter meter;

	door_read_meter(rig.door, &meter);
	return meter;
}

/* Each minute forgets; what has cost money is counted for good. */
static void test_meter(void **state)
{
	struct operation billed = *rig.call.operation;

	(void)state;
	assert_int_equal(meter_now().calls_last_minute, 0);
	peer_answer(rig.peer, 403, "", EC2_ERROR("UnauthorizedOperation",
		"no"));
	assert_false(rig_pass_at_once(&rig));
	assert_int_equal(meter_now().failed_last_minute, 0);
	peer_answer(rig.peer, 400, "", EC2_ERROR("InvalidParameterValue",
		"no"));
	assert_false(rig_pass_at_once(&rig));
	assert_int_equal(meter_now().calls_last_minute, 2);
	assert_int_equal(meter_now().failed_last_minute, 1);
	assert_int_equal(meter_now().throttles_last_minute, 0);
	assert_int_equal(meter_now().billed, 0);
	billed.effect = EFFECT_READ_BILLED;
	rig.call.operation = &billed;
	peer_answer(rig.peer, 200, "", OK_XML);
	assert_true(rig_pass_at_once(&rig));
	assert_int_equal(meter_now().billed, 1);
	clock_advance(61000);
	assert_int_equal(meter_now().calls_last_minute, 0);
	assert_int_equal(meter_now().failed_last_minute, 0);
	assert_int_equal(meter_now().errors, 2);
	assert_int_equal(meter_now().billed, 1);
}

static void test_many_threads(void **state)
{
	struct cancel *failed = cancel_new();
	pthread_t threads[THREADS];
	struct door_meter meter;

	(void)state;
	peer_answer(rig.peer, 200, "", OK_XML);
	peer_repeat(rig.peer, THREADS * CALLS);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, call_often, failed);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_false(cancel_is_set(failed));
	door_read_meter(rig.door, &meter);
	assert_int_equal(meter.calls, THREADS * CALLS);
	assert_int_equal(meter.calls_last_minute, THREADS * CALLS);
	assert_int_equal(meter.bytes_in, THREADS * CALLS * strlen(OK_XML));
	cancel_unref(failed);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_read_only),
		TEST(test_bad_argument),
		TEST(test_signed_read),
		TEST(test_unsigned),
		TEST(test_skew),
		TEST(test_disabled_region),
		TEST(test_journal),
		TEST(test_cancel_back_off),
		TEST(test_cancel_in_flight),
		TEST(test_cancelled_purchase),
		TEST(test_sink),
		TEST(test_plain),
		TEST(test_meter),
		TEST(test_many_threads),
	};

	return cmocka_run_group_tests(tests, rig_begin, rig_end);
}
