/* SPDX-License-Identifier: MIT */
/* What each source makes of files, environment and replies. */
#include "credential_scene.h"

static const char role_reply[] = "<AssumeRoleResponse><AssumeRoleResult>"
	"<Credentials><AccessKeyId>ASIAROLE00000000ROLE</AccessKeyId>"
	"<SecretAccessKey>role/secret</SecretAccessKey>"
	"<SessionToken>role-token</SessionToken>"
	"<Expiration>" LATER "</Expiration></Credentials><AssumedRoleUser>"
	"<Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn>"
	"</AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>";

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

static void files_of_earlier_days(void **state)
{
	struct scene s;

	(void)state;
	open_scene(&s, "[Boto]\ndebug = 1\n[Credentials]\n"
		"aws_access_key_id = BOTO\naws_secret_access_key = b\n",
		"# the old tools'\nAWSAccessKeyId=OLD\nAWSSecretKey=o=o\n");
	aws_files_set(&s.f, "AWS_CONFIG_FILE", "");
	aws_files_set(&s.f, "AWS_SHARED_CREDENTIALS_FILE", "");
	aws_files_set(&s.f, "BOTO_CONFIG", "~/.aws/config");
	found(&s, NULL, "boto-config", "BOTO");
	aws_files_set(&s.f, "AWS_CREDENTIAL_FILE", "$HOME/.aws/credentials");
	found(&s, NULL, "ec2-credentials-file", "OLD");
	assert_string_equal(s.got.secret_key, "o=o");
	aws_files_set(&s.f, "AWS_CREDENTIAL_FILE", "/nowhere/at/all");
	refused(&s, NULL, "/nowhere/at/all");
	aws_files_set(&s.f, "AWS_CREDENTIAL_FILE", "~/.aws/config");
	refused(&s, NULL, "has no awsaccesskeyid");
	aws_files_set(&s.f, "AWS_CREDENTIAL_FILE", "");
	aws_files_set(&s.f, "BOTO_CONFIG", "~/.aws/credentials");
	refused(&s, NULL, "a setting before the first [section]");
	aws_files_set(&s.f, "BOTO_CONFIG", "/nowhere/at/all");
	aws_files_set(&s.f, "AWS_EC2_METADATA_DISABLED", "true");
	refused(&s, NULL, "no credentials for profile default");
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(broken_sources_are_not_passed_over),
		cmocka_unit_test(later_sources_name_the_line),
		cmocka_unit_test(keys_by_the_order_of_the_chain),
		cmocka_unit_test(files_of_earlier_days),
		cmocka_unit_test(roles_are_assumed),
		cmocka_unit_test(role_replies_must_be_whole),
		cmocka_unit_test(a_code_serves_once),
	};

	clock_set_virtual(NOW);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
