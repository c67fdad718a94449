/* SPDX-License-Identifier: MIT */
#include "aws/session.h"
#include "aws/sts.h"
#include "base/clock.h"
#include "base/mem.h"
#include "tests/unit/http_peer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define EXPIRED "<ErrorResponse><Error><Code>ExpiredToken</Code>" \
	"<Message>The token is too old</Message></Error></ErrorResponse>"

static const struct service s3 = { .name = "s3", .env = "S3",
	.prefix = "s3", .version = "2006-03-01",
	.protocol = PROTOCOL_REST_XML, .flags = SERVICE_S3 };
static const struct service sso = { .name = "sso", .env = "SSO",
	.prefix = "portal.sso", .protocol = PROTOCOL_REST_JSON,
	.flags = SERVICE_UNSIGNED };
static const struct parameter bucket_rows[] = {
	{ .path = "Bucket", .place = PLACE_URI },
	{ 0 }
};
static const struct operation list_bucket = { .name = "ListObjectsV2",
	.effect = EFFECT_READ, .method = "GET", .uri = "/{Bucket}",
	.parameters = bucket_rows };
static const struct operation get_thing = { .name = "GetThing",
	.effect = EFFECT_READ, .method = "GET", .uri = "/thing" };
static const struct operation buy = { .name = "Buy",
	.effect = EFFECT_SPEND };

static struct peer *peer;
static struct door *door;
static struct session *session;
static struct profiles *profiles;
static struct reply reply;
static struct error err;
static const char *access_key;

/* An environment whose key changes when the test says so. */
static const char *get_variable(const void *data, const char *name)
{
	(void)data;
	if (strcmp(name, "AWS_ACCESS_KEY_ID") == 0)
		return access_key;
	if (strcmp(name, "AWS_SECRET_ACCESS_KEY") == 0)
		return "secret";
	if (strcmp(name, "AWS_REGION") == 0)
		return "eu-west-1";
	if (strcmp(name, "AWS_EC2_METADATA_DISABLED") == 0)
		return "true";
	return NULL;
}

static const struct aws_env environment = { .get = get_variable };

static int setup(void **state)
{
	const struct door_options options = { .ignore_environment = true };
	struct aws_config config;
	char url[64];

	(void)state;
	access_key = "AKID1";
	peer = peer_new();
	door = door_new(&options, &err);
	profiles = profiles_empty();
	snprintf(url, sizeof(url), "http://127.0.0.1:%u", peer_port(peer));
	if (!config_resolve(&config, &environment, profiles, NULL, NULL, url,
			&err))
		return -1;
	session = session_new(door, &config);
	error_reset(&err);
	return config.profile ? -1 : 0;
}

static int teardown(void **state)
{
	(void)state;
	reply_clear(&reply);
	session_unref(session);
	door_free(door);
	profiles_free(profiles);
	peer_free(peer);
	return 0;
}

static bool run(const struct service *service, const struct operation *op,
	const struct argument *arguments, size_t count, const char *region)
{
	const struct session_call call = { .service = service,
		.operation = op, .arguments = arguments,
		.argument_count = count, .region = region };

	reply_clear(&reply);
	return session_run(session, &call, &reply, &err);
}

static bool signed_with(size_t i, const char *text)
{
	const char *value = peer_header(peer, i, "authorization");

	return value && strstr(value, text);
}

static void test_bad_region(void **state)
{
	(void)state;
	assert_false(run(sts_service(), sts_get_caller_identity(), NULL, 0,
		"not/a/region"));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_int_equal(peer_count(peer), 0);
}

static void test_no_credentials(void **state)
{
	(void)state;
	access_key = NULL;
	assert_false(run(sts_service(), sts_get_caller_identity(), NULL, 0,
		NULL));
	assert_int_equal(err.kind, ERR_CREDENTIALS);
	peer_answer(peer, 200, "", "{}");
	assert_true(run(&sso, &get_thing, NULL, 0, NULL));
	assert_null(peer_header(peer, 0, "authorization"));
}

static void test_region_of_the_profile(void **state)
{
	(void)state;
	peer_answer(peer, 200, "", "<R/>");
	peer_answer(peer, 200, "", "<R/>");
	assert_true(run(sts_service(), sts_get_caller_identity(), NULL, 0,
		NULL));
	assert_true(signed_with(0, "/eu-west-1/sts/"));
	assert_true(run(sts_service(), sts_get_caller_identity(), NULL, 0,
		"us-west-2"));
	assert_true(signed_with(1, "/us-west-2/sts/"));
	assert_true(signed_with(1, "AKID1/"));
}

static void test_buckets(void **state)
{
	const struct argument a = { .path = "Bucket", .value = "b-1" };
	char region[64];

	(void)state;
	session_bucket_region(session, "b-1", region);
	assert_string_equal(region, "");
	peer_answer(peer, 301, "x-amz-bucket-region: ap-south-1\r\n", "");
	peer_answer(peer, 200, "", "<R/>");
	peer_answer(peer, 200, "", "<R/>");
	assert_true(run(&s3, &list_bucket, &a, 1, "us-east-1"));
	session_bucket_region(session, "b-1", region);
	assert_string_equal(region, "ap-south-1");
	assert_true(run(&s3, &list_bucket, &a, 1, "us-east-1"));
	assert_int_equal(peer_count(peer), 3);
	assert_true(signed_with(2, "/ap-south-1/s3/"));
	session_learn_bucket(session, "b-2", "no region\n");
	session_bucket_region(session, "b-2", region);
	assert_string_equal(region, "");
}

static void test_expired_and_renewed(void **state)
{
	(void)state;
	peer_answer(peer, 200, "", "<R/>");
	peer_answer(peer, 400, "", EXPIRED);
	peer_answer(peer, 200, "", "<R/>");
	assert_true(run(sts_service(), sts_get_caller_identity(), NULL, 0,
		NULL));
	access_key = "AKID2";
	assert_true(run(sts_service(), sts_get_caller_identity(), NULL, 0,
		NULL));
	assert_int_equal(peer_count(peer), 3);
	assert_true(signed_with(1, "AKID1/"));
	assert_true(signed_with(2, "AKID2/"));
}

static void test_expired_for_good(void **state)
{
	(void)state;
	peer_answer(peer, 400, "", EXPIRED);
	assert_false(run(sts_service(), sts_get_caller_identity(), NULL, 0,
		NULL));
	assert_int_equal(err.kind, ERR_EXPIRED);
	assert_string_equal(err.text, "The token is too old");
	assert_int_equal(peer_count(peer), 1);
}

/* A purchase is refused, but the next one has the new key. */
static void test_expired_never(void **state)
{
	(void)state;
	peer_answer(peer, 400, "", EXPIRED);
	peer_answer(peer, 200, "", "<R/>");
	access_key = "AKID1";
	assert_false(run(sts_service(), &buy, NULL, 0, NULL));
	assert_int_equal(err.kind, ERR_EXPIRED);
	assert_int_equal(peer_count(peer), 1);
	access_key = "AKID2";
	session_run(session, &(struct session_call){
		.service = sts_service(), .operation = &buy }, &reply, &err);
	assert_int_equal(peer_count(peer), 2);
}

static void test_account(void **state)
{
	char account[16];

	(void)state;
	session_account(session, account);
	assert_string_equal(account, "");
	session_learn_account(session, NULL);
	session_learn_account(session, "12345");
	session_learn_account(session, "1234567890123");
	session_learn_account(session, "12345678901x");
	session_account(session, account);
	assert_string_equal(account, "");
	session_learn_account(session, "123456789012");
	session_learn_account(session, "999999999999");
	session_account(session, account);
	assert_string_equal(account, "123456789012");
}

static void test_identify(void **state)
{
	char account[16], *arn = NULL;

	(void)state;
	peer_answer(peer, 200, "", "<GetCallerIdentityResponse/>");
	assert_false(session_identify(session, NULL, &arn, NULL, &err));
	assert_int_equal(err.kind, ERR_PARSE);
	peer_answer(peer, 200, "", "<GetCallerIdentityResponse>"
		"<GetCallerIdentityResult><Arn>arn:aws:iam::210987654321:"
		"user/me</Arn><UserId>U</UserId><Account>210987654321"
		"</Account></GetCallerIdentityResult>"
		"</GetCallerIdentityResponse>");
	assert_true(session_identify(session, NULL, &arn, NULL, &err));
	assert_string_equal(arn, "arn:aws:iam::210987654321:user/me");
	free(arn);
	session_account(session, account);
	assert_string_equal(account, "210987654321");
	assert_true(session_identify(session, NULL, &arn, NULL, &err));
	free(arn);
	assert_true(session_identify(session, NULL, NULL, NULL, &err));
	assert_int_equal(peer_count(peer), 2);
}

#define WHO "<GetCallerIdentityResponse><GetCallerIdentityResult>" \
	"<Arn>arn:aws:iam::210987654321:user/me</Arn><UserId>U</UserId>" \
	"<Account>210987654321</Account></GetCallerIdentityResult>" \
	"</GetCallerIdentityResponse>"

/* Locked by name, free by name, or as the account will tell. */
static enum session_lock ask_lock(void *data, const char *profile,
	const char *account)
{
	const char *locked = data;

	assert_string_equal(profile, "default");
	return !*locked ? SESSION_LOCKED : !*account ? SESSION_LOCK_UNSURE :
		str_eq(locked, account) ? SESSION_LOCKED : SESSION_FREE;
}

static void set_lock(const char *account)
{
	const struct session_guard guard = { (void *)account, ask_lock };

	session_set_guard(session, &guard);
}

/* What reads passes, what changes is refused before anything is sent. */
static void test_locked(void **state)
{
	(void)state;
	set_lock("");
	assert_true(session_is_read_only(session));
	assert_false(run(sts_service(), &buy, NULL, 0, NULL));
	assert_int_equal(err.kind, ERR_READ_ONLY);
	assert_non_null(strstr(err.text, "profile default is locked"));
	assert_int_equal(peer_count(peer), 0);
	peer_answer(peer, 200, "", WHO);
	assert_true(run(sts_service(), sts_get_caller_identity(), NULL, 0,
		NULL));
}

/* The account decides: it is asked for before the first change. */
static void test_locked_by_account(void **state)
{
	(void)state;
	set_lock("210987654321");
	assert_false(session_is_read_only(session));
	peer_answer(peer, 200, "", WHO);
	assert_false(run(sts_service(), &buy, NULL, 0, NULL));
	assert_int_equal(err.kind, ERR_READ_ONLY);
	assert_int_equal(peer_count(peer), 1);
	assert_non_null(strstr(peer_body(peer, 0), "GetCallerIdentity"));
	assert_true(session_is_read_only(session));
}

static void test_free_by_account(void **state)
{
	(void)state;
	set_lock("999999999999");
	peer_answer(peer, 200, "", WHO);
	peer_answer(peer, 200, "", "<R/>");
	assert_true(run(sts_service(), &buy, NULL, 0, NULL));
	assert_false(session_is_read_only(session));
	assert_int_equal(peer_count(peer), 2);
}

/* Nobody says whose account it is: then it may be a locked one. */
static void test_account_unknown(void **state)
{
	(void)state;
	set_lock("999999999999");
	peer_answer(peer, 403, "", "<ErrorResponse><Error><Code>AccessDenied"
		"</Code><Message>no</Message></Error></ErrorResponse>");
	assert_false(run(sts_service(), &buy, NULL, 0, NULL));
	assert_int_equal(err.kind, ERR_READ_ONLY);
	assert_int_equal(peer_count(peer), 1);
}

static void test_shared(void **state)
{
	(void)state;
	assert_ptr_equal(session_ref(session), session);
	session_unref(session);
	assert_string_equal(session_name(session), "default");
	assert_string_equal(session_config(session)->region, "eu-west-1");
	assert_ptr_equal(session_door(session), door);
	assert_non_null(session_store(session));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_bad_region),
		TEST(test_no_credentials),
		TEST(test_region_of_the_profile),
		TEST(test_buckets),
		TEST(test_expired_and_renewed),
		TEST(test_expired_for_good),
		TEST(test_expired_never),
		TEST(test_account),
		TEST(test_identify),
		TEST(test_locked),
		TEST(test_locked_by_account),
		TEST(test_free_by_account),
		TEST(test_account_unknown),
		TEST(test_shared),
	};
	int failed;

	http_global_init();
	reader_global_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	reader_global_clear();
	http_global_clear();
	return failed;
}
