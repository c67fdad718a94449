/* SPDX-License-Identifier: MIT */
/* What each source makes of files, environment and replies. */
#include "aws/credential_source.h"

#include "aws_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "fake_door.h"

#define NOW INT64_C(1800000000000)   /* 2027-01-15T08:00:00Z */
#define LATER "2027-01-15T09:00:00Z"

static const char role_reply[] = "<AssumeRoleResponse><AssumeRoleResult>"
	"<Credentials><AccessKeyId>ASIAROLE00000000ROLE</AccessKeyId>"
	"<SecretAccessKey>role/secret</SecretAccessKey>"
	"<SessionToken>role-token</SessionToken>"
	"<Expiration>" LATER "</Expiration></Credentials><AssumedRoleUser>"
	"<Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn>"
	"</AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>";

static const char keys_reply[] = "{\"AccessKeyId\":\"ASIAMACHINE00000MACH\","
	"\"SecretAccessKey\":\"m/secret\",\"Token\":\"m-token\","
	"\"Expiration\":\"" LATER "\",\"AccountId\":\"210987654321\"}";

struct scene {
	struct aws_files f;
	struct door door;
	struct credentials got;
	struct error err;
	char mfa[8];
};

static void open_scene(struct scene *s, const char *config,
	const char *credentials)
{
	*s = (struct scene){ .err = ERROR_INIT };
	aws_files_open(&s->f, config, credentials);
	fake_door_init(&s->door, NULL, 0);
}

static void script(struct scene *s, const struct fake_answer *answers,
	size_t count)
{
	fake_door_clear(&s->door);
	fake_door_init(&s->door, answers, count);
}

static void close_scene(struct scene *s)
{
	credentials_clear(&s->got);
	fake_door_clear(&s->door);
	aws_files_close(&s->f);
}

static bool seek(struct scene *s, const char *profile)
{
	const struct credential_source *from;
	struct credential_seek look = {
		.config = &s->f.config, .door = &s->door, .mfa = s->mfa
	};

	aws_files_resolve(&s->f, profile);
	look.profile = s->f.config.profile;
	look.no_env = s->f.config.profile_explicit;
	credentials_clear(&s->got);
	error_reset(&s->err);
	return credential_chain_fetch(&look, &s->got, &from, &s->err);
}

static void found(struct scene *s, const char *profile, const char *source,
	const char *key)
{
	if (!seek(s, profile))
		fail_msg("%s", s->err.text);
	assert_string_equal(s->got.source, source);
	assert_string_equal(s->got.access_key, key);
	assert_non_null(s->got.secret_key);
	assert_true(*s->got.detail);
}

static void refused(struct scene *s, const char *profile, const char *says)
{
	assert_false(seek(s, profile));
	assert_int_equal(s->err.kind, ERR_CREDENTIALS);
	if (!strstr(s->err.text, says))
		fail_msg("'%s' is not in '%s'", says, s->err.text);
}

static void broken_sources_are_not_passed_over(void **state)
{
	struct scene s;

	(void)state;
	open_scene(&s, "[profile both]\nrole_arn = r\nsource_profile = a\n"
		"credential_source = Environment\n"
		"[profile none]\nrole_arn = r\n"
		"[profile odd]\nrole_arn = r\ncredential_source = environment\n"
		"[profile unset]\nrole_arn = r\n"
		"credential_source = Environment\n"
		"[profile gone]\nrole_arn = r\nsource_profile = nobody\n"
		"[profile one]\nrole_arn = r\nsource_profile = two\n"
		"[profile two]\nrole_arn = r\nsource_profile = three\n"
		"[profile three]\nrole_arn = r\nsource_profile = one\n"
		"[profile self]\nrole_arn = r\nsource_profile = self\n"
		"[profile bare]\nrole_arn = r\nsource_profile = empty\n"
		"[profile empty]\nregion = eu-west-1\n"
		"[profile half]\naws_access_key_id = A\n",
		"[blank]\naws_access_key_id =\naws_secret_access_key = x\n"
		"[open]\naws_access_key_id = A\n");
	refused(&s, "both", "both source_profile and credential_source");
	refused(&s, "none", "neither source_profile nor");
	refused(&s, "odd", "'environment' is none of Environment,");
	refused(&s, "unset", "AWS_ACCESS_KEY_ID is not set");
	refused(&s, "gone", "source_profile nobody does not exist");
	refused(&s, "one", "goes in a circle");
	refused(&s, "self", "source_profile self goes in a circle");
	refused(&s, "bare", "profile empty has no credentials, but bare");
	refused(&s, "half", "no aws_secret_access_key");
	refused(&s, "blank", "aws_access_key_id is empty");
	refused(&s, "open", "no aws_secret_access_key");
	assert_int_equal(s.door.calls, 0);
	aws_files_set(&s.f, "AWS_ACCESS_KEY_ID", "AKIA");
	refused(&s, NULL, "AWS_SECRET_ACCESS_KEY is not");
	aws_files_set(&s.f, "AWS_SECRET_ACCESS_KEY", "x");
	aws_files_set(&s.f, "AWS_CREDENTIAL_EXPIRATION", "soon");
	refused(&s, NULL, "AWS_CREDENTIAL_EXPIRATION is not a time");
	close_scene(&s);
}

static void later_sources_name_the_line(void **state)
{
	struct scene s;

	(void)state;
	open_scene(&s, "[profile web]\nrole_arn = r\n"
		"web_identity_token_file = /t\naws_access_key_id = A\n"
		"aws_secret_access_key = x\n"
		"[profile it's]\nx = y\n"
		"[profile \"a b\"]\nsso_account_id = 1\n"
		"[profile login]\nlogin_session = arn\n"
		"[profile process]\ncredential_process = /bin/x --secret\n"
		"[profile role]\nrole_arn = r\nsource_profile = process\n",
		NULL);
	refused(&s, "web", "a web identity token, which tucuxi does not do "
		"yet: run `eval \"$(aws configure export-credentials "
		"--profile web --format env)\"` and start tucuxi in that "
		"shell without --profile");
	refused(&s, "a b", "run `aws sso login --profile 'a b'`, then `eval");
	refused(&s, "login", "run `aws login --profile login`, then");
	refused(&s, "process", "uses credential_process, which");
	assert_null(strstr(s.err.text, "--secret"));
	refused(&s, "role", "profile process uses credential_process");
	aws_files_set(&s.f, "AWS_WEB_IDENTITY_TOKEN_FILE", "/t");
	refused(&s, NULL, "a web identity token");
	close_scene(&s);
}

static void keys_by_the_order_of_the_chain(void **state)
{
	struct scene s;

	(void)state;
	open_scene(&s, "[profile a]\naws_access_key_id = CONFIG\n"
		"aws_secret_access_key = c\n[profile c]\n"
		"aws_access_key_id = ONLY\naws_secret_access_key = o\n"
		"aws_session_token = second\naws_security_token = first\n",
		"[a]\naws_access_key_id = SHARED\n"
		"aws_secret_access_key = s#;x\naws_account_id = 12\n");
	found(&s, "a", "shared-credentials-file", "SHARED");
	assert_string_equal(s.got.secret_key, "s#;x");
	assert_string_equal(s.got.account, "12");
	assert_null(s.got.token);
	found(&s, "c", "config-file", "ONLY");
	assert_string_equal(s.got.token, "first");
	aws_files_set(&s.f, "AWS_PROFILE", "a");
	aws_files_set(&s.f, "AWS_ACCESS_KEY_ID", "ENV");
	aws_files_set(&s.f, "AWS_SECRET_ACCESS_KEY", "e");
	aws_files_set(&s.f, "AWS_SESSION_TOKEN", "t");
	aws_files_set(&s.f, "AWS_CREDENTIAL_EXPIRATION", LATER);
	found(&s, NULL, "env", "ENV");
	assert_string_equal(s.got.token, "t");
	assert_int_equal(s.got.expires, NOW + 3600000);
	found(&s, "a", "shared-credentials-file", "SHARED");
	aws_files_set(&s.f, "AWS_ACCESS_KEY_ID", "");
	found(&s, NULL, "shared-credentials-file", "SHARED");
	close_scene(&s);
}

static void roles_are_assumed(void **state)
{
	static const struct fake_answer yes[] = {
		{ .asks = "AssumeRole", .body = role_reply }
	};
	struct scene s;

	(void)state;
	open_scene(&s, "[profile base]\naws_access_key_id = BASE\n"
		"aws_secret_access_key = b\n"
		"[profile r]\nrole_arn = arn:aws:iam::1:role/r\n"
		"source_profile = base\nregion = eu-west-1\n"
		"role_session_name = me\nexternal_id = ex\n"
		"duration_seconds = 900\n"
		"[profile r2]\nrole_arn = arn:aws-cn:iam::1:role/r2\n"
		"source_profile = r\nduration_seconds = a while\n"
		"[profile self]\nrole_arn = arn:aws:iam::1:role/s\n"
		"source_profile = self\naws_access_key_id = SELF\n"
		"aws_secret_access_key = s\n"
		"[profile e]\nrole_arn = arn:aws:iam::1:role/e\n"
		"credential_source = Environment\n", NULL);
	script(&s, yes, 1);
	found(&s, "r", "assume-role", "ASIAROLE00000000ROLE");
	assert_string_equal(s.got.account, "123456789012");
	assert_string_equal(s.got.token, "role-token");
	assert_int_equal(s.got.expires, NOW + 3600000);
	assert_string_equal(s.door.asked, "RoleArn=arn:aws:iam::1:role/r "
		"RoleSessionName=me ExternalId=ex DurationSeconds=900 ");
	assert_string_equal(s.door.host, "sts.eu-west-1.amazonaws.com");
	assert_string_equal(s.door.key, "BASE");
	assert_int_equal(s.door.calls, 1);

	found(&s, "r2", "assume-role", "ASIAROLE00000000ROLE");
	assert_int_equal(s.door.calls, 3);
	assert_string_equal(s.door.key, "ASIAROLE00000000ROLE");
	assert_string_equal(s.door.asked, "RoleArn=arn:aws-cn:iam::1:role/r2 "
		"RoleSessionName=tucuxi-1800000000 ");
	assert_string_equal(s.door.host,
		"sts.cn-northwest-1.amazonaws.com.cn");

	aws_files_set(&s.f, "AWS_ENDPOINT_URL_STS", "http://localhost:1");
	found(&s, "self", "assume-role", "ASIAROLE00000000ROLE");
	assert_string_equal(s.door.key, "SELF");
	assert_string_equal(s.door.host, "localhost");
	assert_string_equal(s.door.region, "us-east-1");

	aws_files_set(&s.f, "AWS_ACCESS_KEY_ID", "ENV");
	aws_files_set(&s.f, "AWS_SECRET_ACCESS_KEY", "e");
	found(&s, "e", "assume-role", "ASIAROLE00000000ROLE");
	assert_string_equal(s.door.key, "ENV");
	close_scene(&s);
}

static void role_replies_must_be_whole(void **state)
{
	static const struct fake_answer bad[] = {
		{ .body = "<R/>" },
		{ .body = NULL },
		{ .body = "<R><AssumeRoleResult><Credentials><AccessKeyId>A"
			"</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
			"</Credentials></AssumeRoleResult></R>" },
		{ .kind = ERR_DENIED },
	};
	struct scene s;

	(void)state;
	open_scene(&s, NULL, "[r]\nrole_arn = arn:r\nsource_profile = r\n"
		"aws_access_key_id = A\naws_secret_access_key = s\n");
	script(&s, bad, 4);
	refused(&s, "r", "profile r, role arn:r: the reply has no access");
	refused(&s, "r", "STS answered nothing");
	refused(&s, "r", "no session token");
	assert_false(seek(&s, "r"));
	assert_int_equal(s.err.kind, ERR_DENIED);
	assert_string_equal(s.err.text, "profile r, role arn:r: it failed");
	close_scene(&s);
}

static void a_code_serves_once(void **state)
{
	static const struct fake_answer yes[] = { { .body = role_reply } };
	struct scene s;

	(void)state;
	open_scene(&s, NULL, "[r]\nrole_arn = arn:r\nsource_profile = r\n"
		"aws_access_key_id = A\naws_secret_access_key = s\n"
		"mfa_serial = arn:aws:iam::1:mfa/jane\n");
	script(&s, yes, 1);
	assert_false(seek(&s, "r"));
	assert_int_equal(s.err.kind, ERR_NEED_INPUT);
	assert_string_equal(s.err.code, "MFA");
	assert_non_null(strstr(s.err.text, "arn:aws:iam::1:mfa/jane"));
	assert_int_equal(s.door.calls, 0);
	memcpy(s.mfa, "123456", 7);
	assert_true(seek(&s, "r"));
	assert_non_null(strstr(s.door.asked, "SerialNumber=arn:aws:iam::1:"
		"mfa/jane TokenCode=123456 "));
	assert_string_equal(s.mfa, "");
	assert_false(seek(&s, "r"));
	close_scene(&s);
}

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
		cmocka_unit_test(broken_sources_are_not_passed_over),
		cmocka_unit_test(later_sources_name_the_line),
		cmocka_unit_test(keys_by_the_order_of_the_chain),
		cmocka_unit_test(roles_are_assumed),
		cmocka_unit_test(role_replies_must_be_whole),
		cmocka_unit_test(a_code_serves_once),
		cmocka_unit_test(bad_container_addresses_are_not_asked),
		cmocka_unit_test(containers_hand_out_keys),
		cmocka_unit_test(instances_have_roles),
		cmocka_unit_test(instances_may_refuse),
		cmocka_unit_test(old_instance_keys_stay_in_use),
	};

	clock_set_virtual(NOW);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
