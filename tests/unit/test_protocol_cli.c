/* SPDX-License-Identifier: MIT */
/* Calls as lines for the AWS CLI; the real one reads them in the contract
 * script cli_line.py. */
#include "aws/protocol_cli.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

static const struct service service = { .name = "ec2" };
static const struct service other = { .name = "s3", .cli = "s3api" };

static const struct parameter parameters[] = {
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ .path = "InstanceIds[]" },
	{ .path = "Filters[].Name" },
	{ .path = "Filters[].Values[]" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "Owner", .value = "self" },
	{ .path = "Tags{}" },
	{ .path = "Deep.List[].Size", .type = VALUE_INTEGER },
	{ .path = "Deep.List[].On", .type = VALUE_BOOLEAN },
	{ .path = "Deep.Password", .secret = true },
	{ .path = "MasterUserPassword", .secret = true },
	{ .path = "Bytes", .type = VALUE_BLOB },
	{ .path = "Body", .place = PLACE_PAYLOAD },
	{ .path = "ClientToken", .token = true },
	{ .path = "MinCount", .cli = "count" },
	{ .path = "MaxCount", .cli = "count" },
	{ 0 }
};

static const struct operation operation = { .name = "DescribeThings",
	.parameters = parameters };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void expect(const struct argument *arguments, size_t count,
	const char *line)
{
	const struct cli_where where = { .profile = "" };
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;

	if (!protocol_cli(&out, &service, &operation, arguments, count,
	    &where, &err))
		fail_msg("%s: %s", line, err.text);
	assert_true(str_starts(out.p, "aws ec2 describe-things"));
	assert_string_equal(out.p + strlen("aws ec2 describe-things"), line);
	str_clear(&out);
}

static void test_refused(void **state)
{
	static const struct argument wrong[] = { { .path = "Nothing",
		.value = "x" }, { .path = "MaxResults", .value = "many" },
		{ .path = "DryRun", .value = "maybe" },
		{ .path = "Deep.List[].Size", .value = "x" } };
	const struct cli_where where = { .region = NULL };

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct error err = ERROR_INIT;
		struct str out = STR_INIT;

		assert_false(protocol_cli(&out, &service, &operation,
			&wrong[i], 1, &where, &err));
		assert_int_equal(err.kind, ERR_USAGE);
		str_clear(&out);
	}
}

static void test_names(void **state)
{
	/* From botocore's own tests and models. */
	static const char *const names[][2] = {
		{ "DescribeInstances", "describe-instances" },
		{ "DescribeDBInstances", "describe-db-instances" },
		{ "DBInstanceIdentifier", "db-instance-identifier" },
		{ "CreateVPC", "create-vpc" }, { "VpcId", "vpc-id" },
		{ "ListObjectsV2", "list-objects-v2" },
		{ "CORSConfiguration", "cors-configuration" },
		{ "EC2SecurityGroupId", "ec2-security-group-id" },
		{ "SwapEnvironmentCNAMEs", "swap-environment-cnames" },
		{ "LoadBalancerARNs", "load-balancer-arns" },
		{ "ClientTokenA1B2", "client-token-a1-b2" },
		{ "AssignIpv6Addresses", "assign-ipv6-addresses" },
		{ "Ids", "ids" }, { "A", "a" }, { "s", "s" }, { "", "" },
		{ "already-so", "already-so" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct str out = STR_INIT;

		protocol_cli_name(&out, names[i][0], strlen(names[i][0]));
		assert_string_equal(out.p, names[i][1]);
		str_clear(&out);
	}
}

static void test_scalars_and_lists(void **state)
{
	const struct argument none[] = { { .path = "Owner" } };
	const struct argument ids[] = {
		{ .path = "InstanceIds[]", .value = "i-1" },
		{ .path = "InstanceIds[]", .value = "it's i 2",
		  .index = { 1 } },
		{ .path = "MaxResults", .value = "-5" },
		{ .path = "DryRun", .value = "false" } };
	const struct argument odd[] = {
		{ .path = "InstanceIds[]", .value = "[x]" },
		{ .path = "DryRun", .value = "true" },
		{ .path = "Owner", .value = "" } };

	(void)state;
	expect(none, 1, "");
	expect(NULL, 0, " --owner self");
	expect(ids, COUNT(ids), " --no-dry-run --instance-ids i-1 "
		"'it'\\''s i 2' --max-results=-5 --owner self");
	expect(odd, COUNT(odd), " --dry-run --instance-ids '[\"[x]\"]' "
		"--owner ''");
}

static void test_structures(void **state)
{
	const struct argument filters[] = {
		{ .path = "Owner" },
		{ .path = "Filters[].Name", .value = "tag:env" },
		{ .path = "Filters[].Values[]", .value = "prod" },
		{ .path = "Filters[].Values[]", .value = "test",
		  .index = { 0, 1 } },
		{ .path = "Filters[].Name", .value = "vpc-id",
		  .index = { 1 } },
		{ .path = "Filters[].Values[]", .value = "vpc-1",
		  .index = { 1 } } };
	const struct argument json[] = {
		{ .path = "Owner" },
		{ .path = "Filters[].Name", .value = "tag:Name" },
		{ .path = "Filters[].Values[]", .value = "a, \"b\" 'c'" },
		{ .path = "Tags{env}", .value = "prod" },
		{ .path = "Deep.List[].Size", .value = "8" },
		{ .path = "Deep.List[].On", .value = "true" } };

	(void)state;
	expect(filters, COUNT(filters), " --filters "
		"Name=tag:env,Values=prod,test Name=vpc-id,Values=vpc-1");
	expect(json, COUNT(json), " --filters '[{\"Name\":\"tag:Name\","
		"\"Values\":[\"a, \\\"b\\\" '\\''c'\\''\"]}]' "
		"--tags '{\"env\":\"prod\"}' "
		"--deep '{\"List\":[{\"Size\":8,\"On\":true}]}'");
}

static void test_secrets(void **state)
{
	const struct argument secret[] = {
		{ .path = "Owner" },
		{ .path = "Deep.Password", .value = "hunter2" },
		{ .path = "MasterUserPassword", .value = "hunter2" },
		{ .path = "Bytes", .value = "hunter2" },
		{ .path = "Body", .value = "hunter2" } };

	(void)state;
	expect(secret, COUNT(secret), " --deep "
		"'{\"Password\":\"<Password>\"}' "
		"--master-user-password '<MasterUserPassword>' "
		"--bytes 'fileb://<Bytes>' --body 'fileb://<Body>'");
}

static void test_renamed(void **state)
{
	struct argument counts[] = { { .path = "Owner" },
		{ .path = "MinCount", .value = "1" },
		{ .path = "MaxCount", .value = "2" } };

	(void)state;
	expect(counts, 3, " --count 1:2");
	expect(counts, 2, " --count 1");
	counts[2].value = "1";
	expect(counts, 3, " --count 1");
}

static void test_where(void **state)
{
	const struct argument none[] = { { .path = "Owner" } };
	const struct cli_where where = { .region = "eu-west-1",
		.profile = "my prod", .endpoint = "http://127.0.0.1:1" };
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;

	(void)state;
	assert_true(protocol_cli(&out, &other, &operation, none, 1, &where,
		&err));
	assert_string_equal(out.p, "aws s3api describe-things --region "
		"eu-west-1 --profile 'my prod' --endpoint-url "
		"http://127.0.0.1:1");
	str_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused), cmocka_unit_test(test_names),
		cmocka_unit_test(test_scalars_and_lists),
		cmocka_unit_test(test_structures),
		cmocka_unit_test(test_secrets), cmocka_unit_test(test_renamed),
		cmocka_unit_test(test_where),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
