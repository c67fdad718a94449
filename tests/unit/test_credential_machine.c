/* SPDX-License-Identifier: MIT */
/* Keys that the machine hands out: containers and instance roles. */
#include "credential_scene.h"

#include <sched.h>
#include <stdatomic.h>

static const char keys_reply[] = "{\"AccessKeyId\":\"ASIAMACHINE00000MACH\","
	"\"SecretAccessKey\":\"m/secret\",\"Token\":\"m-token\","
	"\"Expiration\":\"" LATER "\",\"AccountId\":\"210987654321\"}";

static void bad_container_addresses_are_not_asked(void **state)
{
	static const struct { const char *full, *says; } bad[] = {
		{ "http://example.com/x", "example.com is neither" },
		{ "http://169.254.170.3/", "is neither this machine" },
		{ "http://localhost.example/", "is neither this machine" },
		{ "http://127.0.0.1@example.com/", "is not a URL" },
		{ "http://127.0.0.1/?a\nb", "is not a URL" },
		{ "file:///etc/passwd", "is not a URL" },
		{ "nonsense", "is not a URL" },
	};
	struct scene s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		open_scene(&s, NULL, NULL);
		aws_files_set(&s.f, "AWS_CONTAINER_CREDENTIALS_FULL_URI",
			bad[i].full);
		refused(&s, NULL, bad[i].says);
		assert_int_equal(s.door.calls, 0);
		close_scene(&s);
	}
	open_scene(&s, NULL, NULL);
	aws_files_set(&s.f, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "x");
	refused(&s, NULL, "does not start with '/'");
	aws_files_set(&s.f, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x");
	aws_files_set(&s.f, "AWS_CONTAINER_AUTHORIZATION_TOKEN", "a\r\nb: c");
	refused(&s, NULL, "holds a line end");
	assert_null(strstr(s.err.text, "b: c"));
	aws_files_set(&s.f, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
		"/nowhere/at/all");
	refused(&s, NULL, "TOKEN_FILE");
	assert_int_equal(s.door.calls, 0);
	close_scene(&s);
}

/* The pauses between tries are virtual: somebody has to let time pass. */
static atomic_bool ticking;

static void *tick(void *data)
{
	(void)data;
	while (atomic_load(&ticking)) {
		clock_advance(100);
		sched_yield();
	}
	return NULL;
}

static void containers_hand_out_keys(void **state)
{
	static const struct fake_answer answers[] = {
		{ .status = 500, .body = "" },
		{ .body = "{\"AccessKeyId\": \"A" },
		{ .asks = "GET http://169.254.170.2/v2/x?id=1",
			.body = keys_reply },
	};
	static const struct fake_answer never[] = { { .status = 403,
		.body = "" } };
	struct scene s;
	pthread_t thread;

	(void)state;
	atomic_store(&ticking, true);
	assert_int_equal(pthread_create(&thread, NULL, tick, NULL), 0);
	open_scene(&s, NULL, NULL);
	script(&s, answers, 3);
	aws_files_set(&s.f, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
		"/v2/x?id=1");
	aws_files_set(&s.f, "AWS_CONTAINER_CREDENTIALS_FULL_URI",
		"http://[::1]:8/y");
	aws_files_set(&s.f, "AWS_CONTAINER_AUTHORIZATION_TOKEN", "Basic x");
	found(&s, NULL, "container-role", "ASIAMACHINE00000MACH");
	assert_int_equal(s.door.calls, 3);
	assert_string_equal(s.door.header, "Authorization: Basic x");
	assert_string_equal(s.got.account, "210987654321");
	script(&s, never, 1);
	aws_files_set(&s.f, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "");
	refused(&s, NULL, "container credentials: HTTP status 403");
	assert_int_equal(s.door.calls, 3);
	assert_string_equal(s.door.url, "http://[::1]:8/y");
	close_scene(&s);
	atomic_store(&ticking, false);
	pthread_join(thread, NULL);
	clock_set_virtual(NOW);
}

/* What the metadata service says, and what comes of it. */
static void instances_have_roles(void **state)
{
	static const struct fake_answer two[] = {
		{ .asks = "PUT http://169.254.169.254/latest/api/token",
			.body = "TOKEN" },
		{ .asks = "GET http://169.254.169.254/latest/meta-data/iam/"
			"security-credentials/", .body = "my-role\n" },
		{ .asks = "/security-credentials/my-role",
			.body = keys_reply },
	};
	static const struct fake_answer one[] = {
		{ .asks = "PUT", .status = 404, .body = "" },
		{ .body = "r+/x" }, { .asks = "/r+%2Fx", .body = keys_reply },
	};
	struct scene s;

	(void)state;
	open_scene(&s, NULL, NULL);
	script(&s, two, 3);
	found(&s, NULL, "iam-role", "ASIAMACHINE00000MACH");
	assert_string_equal(s.door.header, "x-aws-ec2-metadata-token: TOKEN");
	assert_int_equal(s.got.expires, NOW + 3600000);
	assert_null(s.got.account);

	script(&s, one, 3);
	aws_files_set(&s.f, "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
		"ipv6");
	found(&s, NULL, "iam-role", "ASIAMACHINE00000MACH");
	assert_string_equal(s.door.header, "");
	assert_string_equal(s.door.url, "http://[fd00:ec2::254]/latest/"
		"meta-data/iam/security-credentials/r+%2Fx");
	script(&s, one, 3);
	aws_files_set(&s.f, "AWS_EC2_METADATA_V1_DISABLED", "true");
	refused(&s, NULL, "version 1 is switched off");
	assert_int_equal(s.door.calls, 1);
	aws_files_set(&s.f, "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "5");
	refused(&s, NULL, "neither IPv4 nor IPv6");
	aws_files_set(&s.f, "AWS_EC2_METADATA_DISABLED", "TRUE");
	refused(&s, NULL, "no credentials for profile default: none in");
	assert_int_equal(s.door.calls, 1);
	close_scene(&s);
}

static void instances_may_refuse(void **state)
{
	static const struct {
		struct fake_answer answers[3];
		const char *says;
	} cases[] = {
		{ { { .kind = ERR_NETWORK } }, "no metadata service answers" },
		{ { { .status = 400, .body = "" } }, "HTTP status 400 when" },
		{ { { .kind = ERR_TIMEOUT }, { .kind = ERR_TIMEOUT } },
			"no metadata service answers" },
		{ { { .body = "T" }, { .status = 404, .body = "" } },
			"this instance has no role" },
		{ { { .body = "T" }, { .body = "" } }, "has no role" },
		{ { { .body = "T" }, { .status = 500, .body = "" } },
			"HTTP status 500" },
		{ { { .body = "T" }, { .body = "r" }, { .body =
			"{\"Code\":\"Nope\",\"Message\":\"not you\"}" } },
			"instance role r: Nope: not you" },
		{ { { .body = "T" }, { .body = "r" }, { .body =
			"{\"AccessKeyId\":\"secret-ish" } }, "is not JSON" },
		{ { { .body = "T" }, { .body = "r" }, { .body =
			"{\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"s\"}" } },
			"no token or no expiry" },
	};
	struct scene s;
	size_t i;

	(void)state;
	open_scene(&s, NULL, NULL);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		script(&s, cases[i].answers, 3);
		refused(&s, NULL, cases[i].says);
		assert_null(strstr(s.err.text, "secret-ish"));
	}
	close_scene(&s);
}

static void old_instance_keys_stay_in_use(void **state)
{
	static const struct fake_answer old[] = {
		{ .body = "T" }, { .body = "r" },
		{ .body = "{\"AccessKeyId\":\"OLD\",\"SecretAccessKey\":\"s\","
			"\"Token\":\"t\",\"Expiration\":"
			"\"2027-01-15T07:00:00Z\"}" },
	};
	struct scene s;

	(void)state;
	open_scene(&s, NULL, NULL);
	script(&s, old, 3);
	found(&s, NULL, "iam-role", "OLD");
	assert_in_range(s.got.expires, NOW + 17 * 60000, NOW + 25 * 60000);
	close_scene(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_container_addresses_are_not_asked),
		cmocka_unit_test(containers_hand_out_keys),
		cmocka_unit_test(instances_have_roles),
		cmocka_unit_test(instances_may_refuse),
		cmocka_unit_test(old_instance_keys_stay_in_use),
	};

	clock_set_virtual(NOW);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
