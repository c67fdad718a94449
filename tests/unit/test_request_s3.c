/* SPDX-License-Identifier: MIT */
/* S3's ways: the bucket elsewhere, errors after 200, checksums. */
#include "tests/unit/door_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct service s3 = { .name = "s3", .title = "S3",
	.env = "S3", .prefix = "s3", .version = "2006-03-01",
	.protocol = PROTOCOL_REST_XML, .flags = SERVICE_S3 };
static const struct parameter bucket_rows[] = {
	{ .path = "Bucket", .place = PLACE_URI },
	{ .path = "Key", .place = PLACE_URI },
	{ .path = "Body", .place = PLACE_PAYLOAD },
	{ 0 }
};

static const struct operation list_bucket = { .name = "ListObjectsV2",
	.effect = EFFECT_READ, .method = "GET",
	.uri = "/{Bucket}?list-type=2", .parameters = bucket_rows };
static const struct operation head_object = { .name = "HeadObject",
	.effect = EFFECT_READ, .method = "HEAD", .uri = "/{Bucket}/{Key+}",
	.parameters = bucket_rows };
static const struct operation put_object = { .name = "PutObject",
	.repeat = REPEAT_SAFE, .method = "PUT", .uri = "/{Bucket}/{Key+}",
	.parameters = bucket_rows };

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

static const struct argument in_bucket[] = {
	{ .path = "Bucket", .value = "bucket" },
	{ .path = "Key", .value = "a b//c" },
	{ .path = "Body", .value = "data" }
};

static void use_s3(const struct operation *op, size_t count)
{
	assert_true(endpoint_resolve(&rig.endpoint, &rig.config, &s3, "us-east-1",
		&rig.err));
	rig.call.service = &s3;
	rig.call.operation = op;
	rig.call.arguments = in_bucket;
	rig.call.argument_count = count;
}

static char moved_to[128];

static void on_moved(void *data, const char *bucket, const char *region)
{
	(void)data;
	snprintf(moved_to, sizeof(moved_to), "%s=%s", bucket, region);
}

static void expect_move(const char *region)
{
	size_t last = peer_count(rig.peer) - 1;

	assert_non_null(strstr(peer_header(rig.peer, last, "authorization"),
		region));
	rig_check_signature(&rig, last, "s3", true);
}

static void test_s3_put(void **state)
{
	(void)state;
	use_s3(&put_object, 3);
	peer_answer(rig.peer, 200, "", "");
	assert_true(rig_pass(&rig));
	assert_true(str_starts(peer_request(rig.peer, 0),
		"PUT /bucket/a%20b//c HTTP/1.1"));
	assert_string_equal(peer_header(rig.peer, 0, "content-md5"),
		"jXd/OF09/siBXSD3SWAm3A==");
	assert_non_null(peer_header(rig.peer, 0, "x-amz-content-sha256"));
	assert_null(rig.reply.doc);
	rig_check_signature(&rig, 0, "s3", true);
}

static void test_s3_moves(void **state)
{
	static const char page[] = "<Error><Code>AuthorizationHeader"
		"Malformed</Code><Message>m</Message><Region>eu-west-3"
		"</Region></Error>";

	(void)state;
	use_s3(&list_bucket, 1);
	rig.call.moved = on_moved;
	peer_answer(rig.peer, 301, "x-amz-bucket-region: eu-west-1\r\n", "");
	peer_answer(rig.peer, 200, "", OK_XML);
	assert_true(rig_pass(&rig));
	assert_string_equal(moved_to, "bucket=eu-west-1");
	expect_move("/eu-west-1/");
	peer_answer(rig.peer, 400, "", page);
	peer_answer(rig.peer, 200, "", OK_XML);
	assert_true(rig_pass(&rig));
	expect_move("/eu-west-3/");
	assert_int_equal(peer_count(rig.peer), 4);
}

/* A refusal without a region: HEAD asks for it. Twice is too often. */
static void test_s3_asks_where(void **state)
{
	(void)state;
	use_s3(&list_bucket, 1);
	peer_answer(rig.peer, 301, "", "<Error><Code>PermanentRedirect</Code>"
		"</Error>");
	peer_text(rig.peer, "HTTP/1.1 403 No\r\nx-amz-bucket-region: "
		"eu-central-1\r\nContent-Length: 0\r\n\r\n", PEER_KEEP);
	peer_answer(rig.peer, 301, "x-amz-bucket-region: eu-west-1\r\n", "");
	assert_false(rig_pass(&rig));
	assert_int_equal(peer_count(rig.peer), 3);
	assert_true(str_starts(peer_request(rig.peer, 1), "HEAD /bucket "));
	expect_move("/eu-central-1/");
	use_s3(&head_object, 2);
	peer_text(rig.peer, "HTTP/1.1 400 No\r\nx-amz-bucket-region: "
		"eu-west-2\r\nContent-Length: 0\r\n\r\n", PEER_KEEP);
	peer_answer(rig.peer, 200, "", "");
	assert_true(rig_pass(&rig));
	expect_move("/eu-west-2/");
}

static void test_s3_temporary(void **state)
{
	char headers[128];

	(void)state;
	use_s3(&put_object, 3);
	snprintf(headers, sizeof(headers),
		"Location: http://127.0.0.1:%u/bucket/a%%20b//c\r\n",
		peer_port(rig.peer));
	peer_answer(rig.peer, 307, headers, "");
	peer_answer(rig.peer, 200, "", "");
	assert_true(rig_pass(&rig));
	assert_int_equal(peer_count(rig.peer), 2);
	assert_true(str_starts(peer_request(rig.peer, 1),
		"PUT /bucket/a%20b//c HTTP/1.1"));
}

static void test_s3_late_error(void **state)
{
	(void)state;
	use_s3(&put_object, 3);
	peer_answer(rig.peer, 200, "", "<Error><Code>InternalError</Code>"
		"<Message>Try again</Message></Error>");
	peer_answer(rig.peer, 200, "", " \n \n<?xml version=\"1.0\"?><Done/>");
	assert_true(rig_pass(&rig));
	assert_int_equal(peer_count(rig.peer), 2);
	assert_non_null(rig.reply.doc);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_s3_put),
		TEST(test_s3_moves),
		TEST(test_s3_asks_where),
		TEST(test_s3_temporary),
		TEST(test_s3_late_error),
	};

	return cmocka_run_group_tests(tests, rig_begin, rig_end);
}
