/* SPDX-License-Identifier: MIT */
/* Buckets that live elsewhere, and roles whose keys grow old. */
#include "tests/unit/door_sim.h"

#include "base/clock.h"
#include "tests/unit/aws_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define BUCKET "acme-logs-us-west-2"
#define ROLE "[profile base]\naws_access_key_id = " SIM_ACCESS_KEY "\n" \
	"aws_secret_access_key = " SIM_SECRET_KEY "\n" \
	"[profile r]\nregion = us-east-1\nsource_profile = base\n" \
	"role_arn = arn:aws:iam::210987654321:role/r\n"
#define MINUTE ((int64_t)60 * 1000)

static const struct service s3 = { .name = "s3", .title = "S3",
	.env = "S3", .prefix = "s3", .version = "2006-03-01",
	.protocol = PROTOCOL_REST_XML, .flags = SERVICE_S3 };
static const struct parameter bucket_rows[] = {
	{ .path = "Bucket", .place = PLACE_URI },
	{ 0 }
};
static const struct operation list = { .name = "ListObjectsV2",
	.effect = EFFECT_READ, .method = "GET",
	.uri = "/{Bucket}?list-type=2", .parameters = bucket_rows };
static const struct operation head = { .name = "HeadBucket",
	.effect = EFFECT_READ, .method = "HEAD", .uri = "/{Bucket}",
	.parameters = bucket_rows };
static const struct operation delete = { .name = "DeleteBucket",
	.effect = EFFECT_DESTROY, .method = "DELETE", .uri = "/{Bucket}",
	.parameters = bucket_rows };

static struct door_sim d;
static struct aws_files files;

static int setup(void **state)
{
	(void)state;
	door_sim_open(&d, NULL);
	d.region = "us-east-1";
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	door_sim_close(&d);
	return 0;
}

static bool ask(const struct operation *op, const char *bucket)
{
	return door_sim_run(&d, &s3, op, "Bucket", bucket);
}

/* Once there and back; from then on straight to the right region. */
static void moves(const struct operation *op)
{
	char region[64];

	if (!ask(op, BUCKET))
		fail_msg("%s\n%s", d.err.text, d.log);
	assert_int_equal(d.sent, 2);
	door_sim_expect(&d, 0, "region", "us-east-1");
	door_sim_expect(&d, 1, "region", "us-west-2");
	door_sim_expect(&d, 1, "status", "200");
	assert_int_equal(d.waited, 0);
	session_bucket_region(d.session, BUCKET, region);
	assert_string_equal(region, "us-west-2");
	assert_true(ask(op, BUCKET));
	assert_int_equal(d.sent, 1);
	door_sim_expect(&d, 0, "region", "us-west-2");
}

static void test_bucket_elsewhere(void **state)
{
	(void)state;
	moves(&list);
}

static void test_bucket_elsewhere_by_head(void **state)
{
	(void)state;
	moves(&head);
}

/* Even what may not be repeated: AWS has refused it unseen. */
static void test_change_elsewhere(void **state)
{
	(void)state;
	assert_false(ask(&delete, BUCKET));
	assert_string_equal(d.err.code, "BucketNotEmpty");
	assert_int_equal(d.sent, 2);
	door_sim_expect(&d, 1, "region", "us-west-2");
}

static void test_no_such_bucket(void **state)
{
	(void)state;
	assert_false(ask(&list, "nobody-has-this-one"));
	door_sim_expect_error(&d, ERR_NOT_FOUND);
	assert_int_equal(d.sent, 1);
}

/* The move is one of the attempts, and trouble there is retried there. */
static void test_trouble_where_it_is(void **state)
{
	(void)state;
	door_sim_fault(&d, "500@us-west-2*1");
	assert_true(ask(&list, BUCKET));
	assert_int_equal(d.sent, 3);
	door_sim_expect(&d, 1, "status", "500");
	door_sim_expect(&d, 2, "region", "us-west-2");
}

static void test_clock_of_s3(void **state)
{
	(void)state;
	door_sim_fault(&d, "skew=1200");
	d.region = "us-west-2";
	assert_true(ask(&list, BUCKET));
	assert_int_equal(d.sent, 2);
	door_sim_expect(&d, 0, "code", "RequestTimeTooSkewed");
	assert_true(ask(&list, BUCKET));
	assert_int_equal(d.sent, 1);
}

static int setup_role(void **state)
{
	(void)state;
	aws_files_open(&files, ROLE, NULL);
	aws_files_resolve(&files, "r");
	door_sim_open(&d, &files.config);
	return 0;
}

static int teardown_role(void **state)
{
	(void)state;
	door_sim_close(&d);
	aws_files_close(&files);
	return 0;
}

static void reads(const char *const *operations)
{
	size_t i = 0;

	if (!door_sim_run(&d, door_sim_ec2(), door_sim_read(), NULL, NULL))
		fail_msg("%s\n%s", d.err.text, d.log);
	for (; operations[i] && i < d.sent; i++)
		door_sim_expect(&d, i, "operation", operations[i]);
	if (operations[i] || i != d.sent)
		fail_msg("%zu requests\n%s", d.sent, d.log);
}

#define READS(...) reads((const char *const[]){ __VA_ARGS__, NULL })

/* An hour: at 40 minutes nothing, in the last quarter a new one. */
static void test_role_is_renewed(void **state)
{
	(void)state;
	READS("AssumeRole", "DescribeRegions");
	READS("DescribeRegions");
	clock_advance(40 * MINUTE);
	READS("DescribeRegions");
	clock_advance(6 * MINUTE);
	READS("AssumeRole", "DescribeRegions");
	READS("DescribeRegions");
	clock_advance(3600 * MINUTE);
	READS("AssumeRole", "DescribeRegions");
}

/* In the last quarter of an hour a failing STS does no harm yet. */
static void test_old_key_serves_on(void **state)
{
	(void)state;
	READS("AssumeRole", "DescribeRegions");
	clock_advance(46 * MINUTE);
	door_sim_fault(&d, "denied/AssumeRole");
	READS("AssumeRole", "DescribeRegions");
	READS("DescribeRegions");
	clock_advance(5 * MINUTE);
	assert_false(door_sim_run(&d, door_sim_ec2(), door_sim_read(), NULL,
		NULL));
	assert_int_equal(d.sent, 1);
	door_sim_expect(&d, 0, "operation", "AssumeRole");
}

/* AWS says expired before its time: one new key, one repetition. */
static void test_role_ends_early(void **state)
{
	(void)state;
	READS("AssumeRole", "DescribeRegions");
	door_sim_fault(&d, "expired/DescribeRegions*1");
	READS("DescribeRegions", "AssumeRole", "DescribeRegions");
	door_sim_fault(&d, "expired/DescribeRegions");
	assert_false(door_sim_run(&d, door_sim_ec2(), door_sim_read(), NULL,
		NULL));
	door_sim_expect_error(&d, ERR_EXPIRED);
	assert_int_equal(d.sent, 3);
}

static void test_role_is_not_for_us(void **state)
{
	(void)state;
	door_sim_fault(&d, "denied/AssumeRole");
	assert_false(door_sim_run(&d, door_sim_ec2(), door_sim_read(), NULL,
		NULL));
	assert_int_equal(d.sent, 1);
	assert_non_null(strstr(d.err.text, "role/r"));
}

/* The skew that STS showed is right for EC2 as well. */
static void test_one_clock(void **state)
{
	(void)state;
	door_sim_fault(&d, "skew=-700");
	READS("AssumeRole", "AssumeRole", "DescribeRegions");
	READS("DescribeRegions");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
#define ROLE_TEST(f) cmocka_unit_test_setup_teardown(f, setup_role, \
	teardown_role)
	const struct CMUnitTest tests[] = {
		TEST(test_no_such_bucket),
		TEST(test_bucket_elsewhere),
		TEST(test_bucket_elsewhere_by_head),
		TEST(test_change_elsewhere),
		TEST(test_trouble_where_it_is),
		TEST(test_clock_of_s3),
		ROLE_TEST(test_role_is_not_for_us),
		ROLE_TEST(test_role_is_renewed),
		ROLE_TEST(test_old_key_serves_on),
		ROLE_TEST(test_role_ends_early),
		ROLE_TEST(test_one_clock),
	};

	return cmocka_run_group_tests(tests, door_sim_begin, door_sim_end);
}
