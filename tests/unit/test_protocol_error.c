/* SPDX-License-Identifier: MIT */
#include "aws/protocol.h"
#include "doc/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const struct service ec2 = { .name = "ec2", .title = "EC2",
	.prefix = "ec2", .version = "2016-11-15", .protocol = PROTOCOL_EC2 };
static const struct service rds = { .name = "rds", .title = "RDS",
	.prefix = "rds", .version = "2014-10-31",
	.protocol = PROTOCOL_QUERY };
static const struct service sqs = { .name = "sqs", .prefix = "sqs",
	.target = "AmazonSQS", .protocol = PROTOCOL_JSON_1_0,
	.flags = SERVICE_QUERY_CODES };
static const struct service ecs = { .name = "ecs", .prefix = "ecs",
	.target = "AmazonECS", .protocol = PROTOCOL_JSON_1_1 };
static const struct service s3 = { .name = "s3", .title = "S3",
	.prefix = "s3", .version = "2006-03-01",
	.protocol = PROTOCOL_REST_XML, .flags = SERVICE_S3 };
static const struct service lambda = { .name = "lambda",
	.prefix = "lambda", .protocol = PROTOCOL_REST_JSON };

/* A reply's headers, two a line. */
static const char *lookup(const void *data, const char *name)
{
	const char *const *list = data;

	for (; list && *list; list += 2)
		if (strcmp(*list, name) == 0)
			return list[1];
	return NULL;
}

static struct error fail_with(const struct service *service, int status,
	const char *body, const char *const *headers)
{
	struct error err = ERROR_INIT;

	protocol_error(&err, service, status, body, strlen(body), lookup,
		headers);
	assert_int_equal(err.status, status);
	return err;
}

static void expect_error(const struct error *err, enum error_kind kind,
	const char *code, const char *id, const char *text)
{
	assert_string_equal(err->text, text);
	assert_string_equal(err->code, code);
	assert_string_equal(err->request_id, id);
	assert_string_equal(error_kind_name(err->kind),
		error_kind_name(kind));
}

static void test_error_garbage(void **state)
{
	struct error e;

	(void)state;
	e = fail_with(&ec2, 503, "", NULL);
	expect_error(&e, ERR_SERVER, "503", "",
		"EC2 answered HTTP 503 without a word of why");
	e = fail_with(&ec2, 502, "<html><body>\n<h1>Bad Gateway</h1>\n<p>"
		"proxy", NULL);
	expect_error(&e, ERR_SERVER, "502", "",
		"a web page came instead of an answer: Bad Gateway proxy");
	e = fail_with(&ecs, 500, "{\"__type\":", NULL);
	expect_error(&e, ERR_SERVER, "500", "", "{\"__type\":");
	e = fail_with(&s3, 404, "", NULL);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
	e = fail_with(&s3, 403, "", NULL);
	assert_int_equal(e.kind, ERR_DENIED);
	e = fail_with(&s3, 429, "", NULL);
	assert_int_equal(e.kind, ERR_THROTTLED);
	e = fail_with(&ec2, 400, "\x1b[31mred", NULL);
	assert_null(strchr(e.text, 27));
}

static void test_error_xml(void **state)
{
	const char *const ids[] = { "x-amzn-requestid", "head", NULL };
	struct error e;

	(void)state;
	e = fail_with(&rds, 404, "<ErrorResponse xmlns=\"u\"><Error><Type>"
		"Sender</Type><Code>DBInstanceNotFound</Code><Message>no x"
		"</Message></Error><RequestId>r-1</RequestId>"
		"</ErrorResponse>", NULL);
	expect_error(&e, ERR_NOT_FOUND, "DBInstanceNotFound", "r-1", "no x");
	e = fail_with(&ec2, 400, "<?xml version=\"1.0\"?>\n<Response><Errors>"
		"<Error><Code>InvalidInstanceID.NotFound</Code><Message>The "
		"ID 'i-1' does not exist</Message></Error></Errors>"
		"<RequestID>r-2</RequestID></Response>", ids);
	expect_error(&e, ERR_NOT_FOUND, "InvalidInstanceID.NotFound", "head",
		"The ID 'i-1' does not exist");
	e = fail_with(&s3, 403, "<Error><Code>AccessDenied</Code><Message>"
		"Access Denied</Message><RequestId>r3</RequestId><HostId>h"
		"</HostId></Error>", NULL);
	expect_error(&e, ERR_DENIED, "AccessDenied", "r3", "Access Denied");
	e = fail_with(&ec2, 403, "<Response><Errors><Error><Code>"
		"UnauthorizedOperation</Code><Message>You may not. Encoded "
		"authorization failure message: abcdef</Message></Error>"
		"</Errors></Response>", NULL);
	expect_error(&e, ERR_DENIED, "UnauthorizedOperation", "",
		"You may not.");
}

static void test_error_json(void **state)
{
	const char *const typed[] = { "x-amzn-errortype",
		"ResourceNotFoundException:http://x/", "x-amzn-requestid",
		"r-9", NULL };
	const char *const query[] = { "x-amzn-query-error",
		"AWS.SimpleQueueService.NonExistentQueue;Sender", NULL };
	struct error e;

	(void)state;
	e = fail_with(&ecs, 400, "{\"__type\":\"com.amazon#"
		"ThrottlingException\",\"message\":\"slow\"}", NULL);
	expect_error(&e, ERR_THROTTLED, "ThrottlingException", "", "slow");
	e = fail_with(&lambda, 404, "{\"Message\":\"gone\"}", typed);
	expect_error(&e, ERR_NOT_FOUND, "ResourceNotFoundException", "r-9",
		"gone");
	e = fail_with(&sqs, 400, "{\"__type\":\"com.amazonaws.sqs#"
		"QueueDoesNotExist\",\"message\":\"q\"}", query);
	expect_error(&e, ERR_NOT_FOUND,
		"AWS.SimpleQueueService.NonExistentQueue", "", "q");
	e = fail_with(&lambda, 400, "{\"error\":\"invalid_grant\","
		"\"error_description\":\"log in\"}", NULL);
	expect_error(&e, ERR_AWS, "invalid_grant", "", "log in");
	e = fail_with(&lambda, 403, "{\"code\":\"ExpiredTokenException\"}",
		NULL);
	assert_int_equal(e.kind, ERR_EXPIRED);
}

static void test_error_kinds(void **state)
{
	static const struct { const char *code; enum error_kind kind; }
		rows[] = {
		{ "ExpiredToken", ERR_EXPIRED },
		{ "RequestExpired", ERR_EXPIRED },
		{ "AccessDeniedException", ERR_DENIED },
		{ "AuthFailure", ERR_DENIED },
		{ "OptInRequired", ERR_DISABLED },
		{ "SubscriptionRequiredException", ERR_DISABLED },
		{ "InvalidClientTokenId", ERR_CREDENTIALS },
		{ "SignatureDoesNotMatch", ERR_CREDENTIALS },
		{ "NoSuchBucket", ERR_NOT_FOUND },
		{ "NoSuchEntity", ERR_NOT_FOUND },
		{ "DBSnapshotNotFoundFault", ERR_NOT_FOUND },
		{ "SlowDown", ERR_THROTTLED },
		{ "RequestLimitExceeded", ERR_THROTTLED },
		{ "ValidationError", ERR_AWS },
		{ "InvalidObjectState", ERR_AWS },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *const headers[] = { "x-amzn-errortype",
			rows[i].code, NULL };
		struct error e = fail_with(&lambda, 403, "", headers);

		if (e.kind != rows[i].kind)
			fail_msg("%s is %s", rows[i].code,
				error_kind_name(e.kind));
	}
}

static void test_error_detail(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	assert_false(protocol_error_detail(&out, "no XML", 6, "Region"));
	assert_false(protocol_error_detail(&out, "<E/>", 4, "Region"));
	assert_true(protocol_error_detail(&out, "<E><Region>r</Region></E>",
		25, "Region"));
	assert_string_equal(out.p, "r");
	str_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_error_garbage),
		cmocka_unit_test(test_error_xml),
		cmocka_unit_test(test_error_json),
		cmocka_unit_test(test_error_kinds),
		cmocka_unit_test(test_error_detail),
	};

	reader_global_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
