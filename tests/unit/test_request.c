/* SPDX-License-Identifier: MIT */
/* The door against a scripted peer, in virtual time. */
#include "aws/request.h"
#include "aws/sigv4.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/random.h"
#include "tests/unit/http_peer.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define NOW 1448281200000   /* 2015-11-23T12:20:00Z */
#define SECRET "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
#define OK_XML "<R><requestId>r-1</requestId><a>1</a></R>"
#define EC2_ERROR(code, text) "<Response><Errors><Error><Code>" code \
	"</Code><Message>" text "</Message></Error></Errors></Response>"

static const struct service ec2 = { .name = "ec2", .title = "EC2",
	.prefix = "ec2", .version = "2016-11-15", .protocol = PROTOCOL_EC2 };
static const struct service s3 = { .name = "s3", .title = "S3",
	.env = "S3", .prefix = "s3", .version = "2006-03-01",
	.protocol = PROTOCOL_REST_XML, .flags = SERVICE_S3 };

static const struct parameter rows[] = {
	{ .path = "Id" },
	{ .path = "Password", .secret = true },
	{ .path = "ClientToken", .token = true },
	{ 0 }
};
static const struct parameter bucket_rows[] = {
	{ .path = "Bucket", .place = PLACE_URI },
	{ .path = "Key", .place = PLACE_URI },
	{ .path = "Body", .place = PLACE_PAYLOAD },
	{ 0 }
};

static const struct operation describe = { .name = "DescribeThings",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE };
static const struct operation buy = { .name = "BuyThing",
	.effect = EFFECT_SPEND, .parameters = rows };
static const struct operation run = { .name = "RunThing",
	.repeat = REPEAT_TOKEN, .parameters = rows };
static const struct operation stop = { .name = "StopThing",
	.repeat = REPEAT_SAFE };
static const struct operation list_bucket = { .name = "ListObjectsV2",
	.effect = EFFECT_READ, .method = "GET",
	.uri = "/{Bucket}?list-type=2", .parameters = bucket_rows };
static const struct operation head_object = { .name = "HeadObject",
	.effect = EFFECT_READ, .method = "HEAD", .uri = "/{Bucket}/{Key+}",
	.parameters = bucket_rows };
static const struct operation put_object = { .name = "PutObject",
	.repeat = REPEAT_SAFE, .method = "PUT", .uri = "/{Bucket}/{Key+}",
	.parameters = bucket_rows };

static struct peer *peer;
static struct door *door;
static struct aws_config config;
static struct endpoint endpoint;
static struct credentials keys;
static struct call call;
static struct reply reply;
static struct error err;

static int setup(void **state)
{
	static char access_key[] = "AKIDEXAMPLE", secret[] = SECRET;
	static char profile[] = "default", url[64];
	const struct door_options options = { .ignore_environment = true };

	(void)state;
	peer = peer_new();
	door = door_new(&options, &err);
	snprintf(url, sizeof(url), "http://127.0.0.1:%u", peer_port(peer));
	config = (struct aws_config){ .env = aws_env_empty(),
		.profiles = profiles_empty(), .profile = profile,
		.endpoint_url = url };
	keys = (struct credentials){ .access_key = access_key,
		.secret_key = secret };
	assert_true(endpoint_resolve(&endpoint, &config, &ec2, "us-east-1",
		&err));
	call = (struct call){ .service = &ec2, .operation = &describe,
		.config = &config, .endpoint = &endpoint,
		.credentials = &keys, .scope = "test" };
	error_reset(&err);
	random_seed(1);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	reply_clear(&reply);
	door_free(door);
	peer_free(peer);
	profiles_free((struct profiles *)(size_t)config.profiles);
	return 0;
}

static atomic_bool returned;

static void *run_call(void *data)
{
	bool *ok = data;

	*ok = door_call(door, &call, &reply, &err);
	atomic_store(&returned, true);
	return NULL;
}

/* The call, with time passing as fast as it can. */
static bool pass(void)
{
	pthread_t thread;
	bool ok = false;

	reply_clear(&reply);
	atomic_store(&returned, false);
	pthread_create(&thread, NULL, run_call, &ok);
	while (!atomic_load(&returned)) {
		clock_advance(10);
		sched_yield();
	}
	pthread_join(thread, NULL);
	return ok;
}

/* The same while time stands still: what waits for it hangs. */
static bool pass_at_once(void)
{
	reply_clear(&reply);
	return door_call(door, &call, &reply, &err);
}

static void expect_refused(enum error_kind kind, const char *code)
{
	assert_false(pass());
	assert_string_equal(error_kind_name(err.kind),
		error_kind_name(kind));
	assert_string_equal(err.code, code);
}

/* What the peer was sent, signed again by what it says of itself. */
static void check_signature(size_t i, const char *service, bool is_s3)
{
	static const char *const known[] = { "amz-sdk-invocation-id",
		"amz-sdk-request", "content-md5", "content-type", "host",
		"x-amz-content-sha256", "x-amz-date",
		"x-amz-security-token" };
	struct sigv4_header headers[8];
	struct sigv4_request r = { .headers = headers, .s3 = is_s3 };
	struct sigv4_scope scope = { .service = service };
	char *text = xstrdup(peer_request(peer, i)), *target, *query;
	char hash[65], region[32] = "", date[32] = "";
	char *authorization = xstrdup(peer_header(peer, i, "authorization"));
	char *values[8] = { NULL };
	struct str again = STR_INIT;

	target = strchr(authorization, '/') + 10;
	snprintf(region, sizeof(region), "%.*s", (int)strcspn(target, "/"),
		target);
	snprintf(date, sizeof(date), "%s", peer_header(peer, i,
		"x-amz-date"));
	for (size_t k = 0; k < 8; k++) {
		const char *value = peer_header(peer, i, known[k]);

		if (!value)
			continue;
		values[k] = xstrdup(value);
		headers[r.header_count++] = (struct sigv4_header){ known[k],
			values[k] };
	}
	target = strchr(text, ' ') + 1;
	target[-1] = 0;
	*strchr(target, ' ') = 0;
	query = strchr(target, '?');
	if (query)
		*query++ = 0;
	r.method = text;
	r.path = target;
	r.query = query;
	sigv4_sha256_hex(hash, peer_body(peer, i),
		strlen(peer_body(peer, i)));
	r.payload_hash = hash;
	scope.date = date;
	scope.region = region;
	sigv4_authorization(&again, &r, &scope, "AKIDEXAMPLE", SECRET);
	assert_string_equal(again.p, authorization);
	str_clear(&again);
	for (size_t k = 0; k < 8; k++)
		free(values[k]);
	free(authorization);
	free(text);
}

static void test_read_only(void **state)
{
	static const enum effect refused[] = { EFFECT_CHANGE,
		EFFECT_READ_SECRET, EFFECT_HIDES, EFFECT_CREDENTIAL,
		EFFECT_DISRUPT, EFFECT_DESTROY, EFFECT_SPEND };

	(void)state;
	door_set_read_only(door, true);
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		const struct operation op = { .name = "Op",
			.effect = refused[i], .repeat = REPEAT_SAFE };

		call.operation = &op;
		expect_refused(ERR_READ_ONLY, "");
	}
	assert_int_equal(peer_count(peer), 0);
	peer_answer(peer, 200, "", OK_XML);
	call.operation = &describe;
	assert_true(pass());
}

static void test_bad_argument(void **state)
{
	const struct argument a = { .path = "Nothing", .value = "x" };

	(void)state;
	call.arguments = &a;
	call.argument_count = 1;
	expect_refused(ERR_USAGE, "");
	assert_int_equal(peer_count(peer), 0);
}

static void test_signed_read(void **state)
{
	char *type;
	const char *agent;

	(void)state;
	keys.token = (char *)(size_t)"tok/en=";
	peer_answer(peer, 200, "x-amzn-RequestId: q-7\r\n"
		"Content-Type: text/xml\r\n", OK_XML);
	assert_true(pass());
	assert_int_equal(reply.status, 200);
	assert_int_equal(reply.attempts, 1);
	assert_int_equal(reply.bytes, strlen(OK_XML));
	assert_string_equal(reply.request_id, "q-7");
	assert_non_null(reply.doc);
	type = reply_header(&reply, "content-type");
	assert_string_equal(type, "text/xml");
	free(type);
	assert_null(reply_header(&reply, "x-none"));
	assert_string_equal(peer_body(peer, 0),
		"Action=DescribeThings&Version=2016-11-15");
	check_signature(0, "ec2", false);
	agent = peer_header(peer, 0, "user-agent");
	assert_true(agent && str_starts(agent, "tucuxi/"));
	assert_string_equal(peer_header(peer, 0, "amz-sdk-request"),
		"attempt=1; max=3");
	assert_null(strstr(peer_header(peer, 0, "authorization"),
		"user-agent"));
}

static void test_unsigned(void **state)
{
	(void)state;
	call.credentials = NULL;
	peer_answer(peer, 200, "", OK_XML);
	assert_true(pass());
	assert_null(peer_header(peer, 0, "authorization"));
	assert_null(peer_header(peer, 0, "x-amz-date"));
}

/* A warm connection that drops is libcurl's to mend: the same attempt. */
static void test_transient_then_good(void **state)
{
	struct door_meter meter;
	char *id;

	(void)state;
	peer_answer(peer, 503, "", "<html>Busy</html>");
	peer_text(peer, "", PEER_CLOSE);
	peer_answer(peer, 200, "", OK_XML);
	assert_true(pass());
	assert_int_equal(reply.attempts, 2);
	assert_int_equal(peer_count(peer), 3);
	id = xstrdup(peer_header(peer, 0, "amz-sdk-invocation-id"));
	assert_string_equal(peer_header(peer, 2, "amz-sdk-invocation-id"),
		id);
	free(id);
	assert_string_equal(peer_header(peer, 2, "amz-sdk-request"),
		"attempt=2; max=3");
	check_signature(2, "ec2", false);
	door_read_meter(door, &meter);
	assert_int_equal(meter.calls, 2);
	assert_int_equal(meter.retries, 1);
	assert_int_equal(meter.errors, 1);
}

static void test_gives_up(void **state)
{
	(void)state;
	peer_answer(peer, 400, "x-amzn-requestid: q-9\r\n",
		EC2_ERROR("RequestLimitExceeded", "Slow down."));
	peer_repeat(peer, 9);
	expect_refused(ERR_THROTTLED, "RequestLimitExceeded");
	assert_string_equal(err.text, "Slow down.");
	assert_string_equal(err.request_id, "q-9");
	assert_int_equal(peer_count(peer), 3);
	call.max_attempts = 5;
	expect_refused(ERR_THROTTLED, "RequestLimitExceeded");
	assert_int_equal(peer_count(peer), 8);
}

static void expect_final(const char *code, enum error_kind kind)
{
	struct str body = STR_INIT;
	size_t before = peer_count(peer);

	str_addf(&body, EC2_ERROR("%s", "no"), code);
	peer_answer(peer, 400, "", body.p);
	expect_refused(kind, code);
	assert_int_equal(peer_count(peer), before + 1);
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

	peer_answer(peer, 503, headers, "");
	peer_answer(peer, 200, "", OK_XML);
	assert_true(pass());
	assert_true(clock_now() - started >= least);
	assert_true(reply.ms >= least);
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
	peer_answer(peer, 500, "", "");
	peer_repeat(peer, 100);
	for (int i = 0; i < 17; i++)
		expect_refused(ERR_SERVER, "500");
	assert_int_equal(peer_count(peer), 51);
	expect_refused(ERR_SERVER, "500");
	assert_int_equal(peer_count(peer), 53);
	expect_refused(ERR_SERVER, "500");
	assert_int_equal(peer_count(peer), 54);
}

static void test_cut_page_again(void **state)
{
	(void)state;
	peer_text(peer, "HTTP/1.1 200 OK\r\nContent-Length: 41\r\n\r\n"
		"<R><requestId>r-1</req", PEER_CLOSE);
	peer_answer(peer, 200, "", "<R><a>not closed");
	peer_answer(peer, 200, "", OK_XML);
	assert_true(pass());
	assert_int_equal(reply.attempts, 3);
	assert_int_equal(reply.bytes, strlen(OK_XML));
}

static void test_garbage_is_told(void **state)
{
	(void)state;
	peer_answer(peer, 200, "", "<html><p>Log in to the hotel");
	peer_repeat(peer, 2);
	assert_false(pass());
	assert_int_equal(err.kind, ERR_PARSE);
	assert_int_equal(peer_count(peer), 3);
}

static void expect_unknown_once(void)
{
	size_t before = peer_count(peer);

	assert_false(pass());
	assert_string_equal(error_kind_name(err.kind),
		error_kind_name(ERR_UNKNOWN));
	assert_non_null(strstr(err.text, "may have been done"));
	assert_int_equal(peer_count(peer), before + 1);
}

/* On a warm connection libcurl by itself would send it twice. */
static void test_never_twice(void **state)
{
	(void)state;
	peer_answer(peer, 200, "", OK_XML);
	assert_true(pass());
	call.operation = &buy;
	peer_text(peer, "", PEER_CLOSE);
	expect_unknown_once();
	assert_int_equal(peer_connection(peer, 1), 1);
	peer_text(peer, "", PEER_RESET);
	expect_unknown_once();
	peer_answer(peer, 500, "", "");
	expect_unknown_once();
	peer_answer(peer, 503, "", EC2_ERROR("Unavailable", "busy"));
	expect_unknown_once();
	peer_text(peer, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<R>",
		PEER_CLOSE);
	expect_unknown_once();
	peer_answer(peer, 200, "", "<R>");
	expect_unknown_once();
}

static void test_never_but_refused(void **state)
{
	(void)state;
	call.operation = &buy;
	peer_answer(peer, 400, "", EC2_ERROR("InvalidParameter", "no"));
	expect_refused(ERR_AWS, "InvalidParameter");
	assert_int_equal(peer_count(peer), 1);
	peer_answer(peer, 503, "", EC2_ERROR("RequestLimitExceeded", "x"));
	peer_answer(peer, 200, "", OK_XML);
	assert_true(pass());
	assert_int_equal(peer_count(peer), 3);
	assert_int_equal(peer_connection(peer, 2), 2);
}

static void test_never_sent(void **state)
{
	struct peer *gone = peer_new();

	(void)state;
	call.operation = &buy;
	endpoint.port = peer_port(gone);
	peer_free(gone);
	assert_false(pass());
	assert_int_equal(err.kind, ERR_NETWORK);
	assert_int_equal(reply.attempts, 3);
}

static void test_changes_end_in_doubt(void **state)
{
	(void)state;
	call.operation = &stop;
	peer_text(peer, "", PEER_CLOSE);
	peer_repeat(peer, 2);
	assert_false(pass());
	assert_int_equal(err.kind, ERR_UNKNOWN);
	assert_int_equal(reply.attempts, 3);
	peer_text(peer, "", PEER_CLOSE);
	peer_answer(peer, 400, "", EC2_ERROR("IncorrectState", "stopped"));
	expect_refused(ERR_AWS, "IncorrectState");
}

static void test_one_token(void **state)
{
	const struct argument given = { .path = "ClientToken",
		.value = "mine" };
	const char *token;
	char *first;

	(void)state;
	call.operation = &run;
	peer_answer(peer, 500, "", "");
	peer_answer(peer, 200, "", OK_XML);
	peer_answer(peer, 200, "", OK_XML);
	assert_true(pass());
	first = xstrdup(peer_body(peer, 0));
	token = strstr(first, "&ClientToken=");
	assert_non_null(token);
	assert_int_equal(strlen(token), 13 + 36);
	assert_string_equal(peer_body(peer, 1), first);
	free(first);
	call.arguments = &given;
	call.argument_count = 1;
	assert_true(pass());
	assert_non_null(strstr(peer_body(peer, 2), "&ClientToken=mine"));
}

static void test_dry_run(void **state)
{
	(void)state;
	call.operation = &buy;
	peer_answer(peer, 412, "", EC2_ERROR("DryRunOperation", "would"));
	assert_true(pass());
	assert_int_equal(reply.status, 412);
	assert_null(reply.doc);
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
	peer_answer(peer, 403, headers, skewed);
	peer_answer(peer, 200, "", OK_XML);
	peer_answer(peer, 403, headers, wrong);
	assert_true(pass_at_once());
	assert_int_equal(reply.attempts, 2);
	door_read_meter(door, &meter);
	assert_true(meter.skew == wall - clock_wall());
	clock_format_basic(wall, date);
	assert_memory_equal(peer_header(peer, 1, "x-amz-date"), date, 16);
	check_signature(1, "ec2", false);
	assert_false(pass_at_once());
	assert_int_equal(err.kind, ERR_CREDENTIALS);
	assert_int_equal(peer_count(peer), 3);
}

static void test_disabled_region(void **state)
{
	(void)state;
	assert_true(endpoint_resolve(&endpoint, &config, &ec2, "ap-east-1",
		&err));
	peer_answer(peer, 401, "", EC2_ERROR("AuthFailure", "AWS was not "
		"able to validate the provided access credentials"));
	peer_repeat(peer, 1);
	expect_refused(ERR_DISABLED, "AuthFailure");
	assert_true(str_starts(err.text, "ap-east-1 is not enabled"));
	assert_true(endpoint_resolve(&endpoint, &config, &ec2, "us-east-1",
		&err));
	expect_refused(ERR_CREDENTIALS, "AuthFailure");
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
	str_addf(&diary->text, "%zu %s\n", peer_count(peer), record);
	return true;
}

static void note_outcome(void *data, const char *id, const char *record)
{
	struct diary *diary = data;

	(void)id;
	str_addf(&diary->text, "%zu %s\n", peer_count(peer), record);
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
	door_set_journal(door, &journal);
	peer_answer(peer, 200, "", OK_XML);
	peer_answer(peer, 400, "", EC2_ERROR("NoMoney", "poor"));
	assert_true(pass());
	assert_string_equal(diary.text.p, "");
	call.operation = &buy;
	call.arguments = list;
	call.argument_count = 2;
	expect_refused(ERR_AWS, "NoMoney");
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
	expect_refused(ERR_IO, "");
	assert_int_equal(peer_count(peer), 2);
	str_clear(&diary.text);
}

static void *cancel_at_request(void *data)
{
	peer_await(peer, 1);
	cancel_set(data);
	return NULL;
}

static bool cancelled_call(const struct operation *op)
{
	struct cancel *cancel = cancel_new();
	pthread_t thread;
	bool ok;

	call.operation = op;
	call.cancel = cancel;
	pthread_create(&thread, NULL, cancel_at_request, cancel);
	ok = door_call(door, &call, &reply, &err);
	pthread_join(thread, NULL);
	call.cancel = NULL;
	cancel_unref(cancel);
	return ok;
}

/* Virtual time stands still: nobody but the cancel can end the wait. */
static void test_cancel_back_off(void **state)
{
	(void)state;
	peer_answer(peer, 503, "Retry-After: 100\r\n", "");
	assert_false(cancelled_call(&describe));
	assert_int_equal(err.kind, ERR_CANCELLED);
	assert_int_equal(peer_count(peer), 1);
}

static void test_cancel_in_flight(void **state)
{
	(void)state;
	peer_answer_len(peer, 200, "", OK_XML, strlen(OK_XML), true);
	assert_false(cancelled_call(&describe));
	assert_int_equal(err.kind, ERR_CANCELLED);
}

static void test_cancelled_purchase_is_in_doubt(void **state)
{
	(void)state;
	peer_answer_len(peer, 200, "", OK_XML, strlen(OK_XML), true);
	assert_false(cancelled_call(&buy));
	assert_int_equal(err.kind, ERR_UNKNOWN);
}

static const struct argument in_bucket[] = {
	{ .path = "Bucket", .value = "bucket" },
	{ .path = "Key", .value = "a b//c" },
	{ .path = "Body", .value = "data" }
};

static void use_s3(const struct operation *op, size_t count)
{
	assert_true(endpoint_resolve(&endpoint, &config, &s3, "us-east-1",
		&err));
	call.service = &s3;
	call.operation = op;
	call.arguments = in_bucket;
	call.argument_count = count;
}

static char moved_to[128];

static void on_moved(void *data, const char *bucket, const char *region)
{
	(void)data;
	snprintf(moved_to, sizeof(moved_to), "%s=%s", bucket, region);
}

static void expect_move(const char *region)
{
	size_t last = peer_count(peer) - 1;

	assert_non_null(strstr(peer_header(peer, last, "authorization"),
		region));
	check_signature(last, "s3", true);
}

static void test_s3_put(void **state)
{
	(void)state;
	use_s3(&put_object, 3);
	peer_answer(peer, 200, "", "");
	assert_true(pass());
	assert_true(str_starts(peer_request(peer, 0),
		"PUT /bucket/a%20b//c HTTP/1.1"));
	assert_string_equal(peer_header(peer, 0, "content-md5"),
		"jXd/OF09/siBXSD3SWAm3A==");
	assert_non_null(peer_header(peer, 0, "x-amz-content-sha256"));
	assert_null(reply.doc);
	check_signature(0, "s3", true);
}

static void test_s3_moves(void **state)
{
	static const char page[] = "<Error><Code>AuthorizationHeader"
		"Malformed</Code><Message>m</Message><Region>eu-west-3"
		"</Region></Error>";

	(void)state;
	use_s3(&list_bucket, 1);
	call.moved = on_moved;
	peer_answer(peer, 301, "x-amz-bucket-region: eu-west-1\r\n", "");
	peer_answer(peer, 200, "", OK_XML);
	assert_true(pass());
	assert_string_equal(moved_to, "bucket=eu-west-1");
	expect_move("/eu-west-1/");
	peer_answer(peer, 400, "", page);
	peer_answer(peer, 200, "", OK_XML);
	assert_true(pass());
	expect_move("/eu-west-3/");
	assert_int_equal(peer_count(peer), 4);
}

/* A refusal without a region: HEAD asks for it. Twice is too often. */
static void test_s3_asks_where(void **state)
{
	(void)state;
	use_s3(&list_bucket, 1);
	peer_answer(peer, 301, "", "<Error><Code>PermanentRedirect</Code>"
		"</Error>");
	peer_text(peer, "HTTP/1.1 403 No\r\nx-amz-bucket-region: "
		"eu-central-1\r\nContent-Length: 0\r\n\r\n", PEER_KEEP);
	peer_answer(peer, 301, "x-amz-bucket-region: eu-west-1\r\n", "");
	assert_false(pass());
	assert_int_equal(peer_count(peer), 3);
	assert_true(str_starts(peer_request(peer, 1), "HEAD /bucket "));
	expect_move("/eu-central-1/");
	use_s3(&head_object, 2);
	peer_text(peer, "HTTP/1.1 400 No\r\nx-amz-bucket-region: "
		"eu-west-2\r\nContent-Length: 0\r\n\r\n", PEER_KEEP);
	peer_answer(peer, 200, "", "");
	assert_true(pass());
	expect_move("/eu-west-2/");
}

static void test_s3_temporary(void **state)
{
	char headers[128];

	(void)state;
	use_s3(&put_object, 3);
	snprintf(headers, sizeof(headers),
		"Location: http://127.0.0.1:%u/bucket/a%%20b//c\r\n",
		peer_port(peer));
	peer_answer(peer, 307, headers, "");
	peer_answer(peer, 200, "", "");
	assert_true(pass());
	assert_int_equal(peer_count(peer), 2);
	assert_true(str_starts(peer_request(peer, 1),
		"PUT /bucket/a%20b//c HTTP/1.1"));
}

static void test_s3_late_error(void **state)
{
	(void)state;
	use_s3(&put_object, 3);
	peer_answer(peer, 200, "", "<Error><Code>InternalError</Code>"
		"<Message>Try again</Message></Error>");
	peer_answer(peer, 200, "", " \n \n<?xml version=\"1.0\"?><Done/>");
	assert_true(pass());
	assert_int_equal(peer_count(peer), 2);
	assert_non_null(reply.doc);
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
	call.sink = &sink;
	peer_answer(peer, 503, "", "not for the sink");
	peer_answer(peer, 200, "", "raw bytes");
	assert_true(pass());
	assert_string_equal(got.p, "raw bytes");
	assert_null(reply.doc);
	peer_text(peer, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
		PEER_CLOSE);
	assert_false(pass());
	assert_int_equal(err.kind, ERR_NETWORK);
	assert_int_equal(peer_count(peer), 3);
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
		peer_port(peer));
	door_set_read_only(door, true);
	peer_answer(peer, 403, "", "no");
	assert_false(door_plain(door, &request, EFFECT_CHANGE, NULL, &status,
		&out, &err));
	assert_int_equal(err.kind, ERR_READ_ONLY);
	assert_true(door_plain(door, &request, EFFECT_CREDENTIAL, NULL,
		&status, &out, &err));
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
		ok = door_call(door, &call, &own, &failure);
		reply_clear(&own);
	}
	if (!ok)
		cancel_set(data);
	return NULL;
}

static void test_many_threads(void **state)
{
	struct cancel *failed = cancel_new();
	pthread_t threads[THREADS];
	struct door_meter meter;

	(void)state;
	peer_answer(peer, 200, "", OK_XML);
	peer_repeat(peer, THREADS * CALLS);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, call_often, failed);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_false(cancel_is_set(failed));
	door_read_meter(door, &meter);
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
		TEST(test_changes_end_in_doubt),
		TEST(test_one_token),
		TEST(test_dry_run),
		TEST(test_skew),
		TEST(test_disabled_region),
		TEST(test_journal),
		TEST(test_cancel_back_off),
		TEST(test_cancel_in_flight),
		TEST(test_cancelled_purchase_is_in_doubt),
		TEST(test_s3_put),
		TEST(test_s3_moves),
		TEST(test_s3_asks_where),
		TEST(test_s3_temporary),
		TEST(test_s3_late_error),
		TEST(test_sink),
		TEST(test_plain),
		TEST(test_many_threads),
	};
	int failed;

	clock_set_virtual(NOW);
	http_global_init();
	reader_global_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	reader_global_clear();
	http_global_clear();
	return failed;
}
