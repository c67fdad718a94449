/* SPDX-License-Identifier: MIT */
#include "aws/protocol.h"

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
static const struct service route53 = { .name = "route53",
	.prefix = "route53", .version = "2013-04-01",
	.protocol = PROTOCOL_REST_XML };

static const struct parameter everything[] = {
	{ .path = "InstanceIds[]", .wire = "InstanceId.N" },
	{ .path = "Filters[].Name", .wire = "Filter.N.Name" },
	{ .path = "Filters[].Values[]", .wire = "Filter.N.Value.N" },
	{ .path = "OwnerIds[]", .wire = "Owner.N", .value = "self" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "Price", .type = VALUE_DOUBLE },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ .path = "StartTime", .type = VALUE_TIMESTAMP },
	{ .path = "UserData", .type = VALUE_BLOB },
	{ .path = "Placement.Tenancy" },
	{ .path = "Secret", .type = VALUE_INTEGER, .secret = true },
	{ 0 }
};

static const struct operation try = { .name = "Try",
	.parameters = everything };

static const struct parameter json_rows[] = {
	{ .path = "OwnerIds[]", .value = "self" },
	{ .path = "Filters[].Name" },
	{ .path = "Filters[].Values[]" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ .path = "StartTime", .type = VALUE_TIMESTAMP },
	{ .path = "UserData", .type = VALUE_BLOB },
	{ .path = "Placement.Tenancy" },
	{ .path = "Attributes{}" },
	{ .path = "blob", .wire = "blockDevices[].name" },
	{ 0 }
};

static const struct operation json_try = { .name = "Try",
	.parameters = json_rows };

static struct message m;

static bool encode(const struct service *service, const struct operation *op,
	const struct argument *arguments, size_t count, struct error *err)
{
	message_clear(&m);
	return protocol_encode(&m, service, op, arguments, count, err);
}

static int setup(void **state)
{
	(void)state;
	message_init(&m);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	message_clear(&m);
	return 0;
}

static void refuse(const struct service *service,
	const struct operation *op, const char *path, const char *value,
	const char *says)
{
	const struct argument a = { .path = path, .value = value };
	struct error err = ERROR_INIT;

	assert_false(encode(service, op, &a, 1, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, says))
		fail_msg("\"%s\" does not say \"%s\"", err.text, says);
}

static void test_refused(void **state)
{
	(void)state;
	refuse(&ec2, &try, "Nothing", "x", "Try has no parameter Nothing");
	refuse(&ec2, &try, "MaxResults", "", "whole number");
	refuse(&ec2, &try, "MaxResults", "-", "whole number");
	refuse(&ec2, &try, "MaxResults", "12x", "\"12x\"");
	refuse(&ec2, &try, "MaxResults", "99999999999999999999", "whole");
	refuse(&ec2, &try, "Price", "nan", "a number");
	refuse(&ec2, &try, "Price", "0x10", "a number");
	refuse(&ec2, &try, "Price", "1.5 ", "a number");
	refuse(&ec2, &try, "DryRun", "yes", "true or false");
	refuse(&ec2, &try, "DryRun", "True", "true or false");
	refuse(&ec2, &try, "StartTime", "noon", "a time");
	refuse(&ecs, &json_try, "StartTime", "noon", "a time");
}

static void test_secrets_stay_out_of_sentences(void **state)
{
	const struct argument a = { .path = "Secret", .value = "hunter2" };
	struct error err = ERROR_INIT;

	(void)state;
	assert_false(encode(&ec2, &try, &a, 1, &err));
	assert_null(strstr(err.text, "hunter2"));
}

/* The body that these arguments give. */
static void expect_body(const struct service *service,
	const struct operation *op, const struct argument *arguments,
	size_t count, const char *body)
{
	struct error err = ERROR_INIT;

	if (!encode(service, op, arguments, count, &err))
		fail_msg("%s", err.text);
	assert_string_equal(m.body.p, body);
}

#define BODY(service, op, body, ...) do { \
	const struct argument list[] = { __VA_ARGS__ }; \
	expect_body(service, op, list, sizeof(list) / sizeof(*list), body); \
} while (0)

#define TRY(rest) "Action=Try&Version=2016-11-15" rest

static void test_ec2(void **state)
{
	const struct argument none = { .path = "OwnerIds[]" };

	(void)state;
	expect_body(&ec2, &try, &none, 1, TRY(""));
	expect_body(&ec2, &try, NULL, 0, TRY("&Owner.1=self"));
	assert_string_equal(m.method, "POST");
	assert_string_equal(m.path.p, "/");
	assert_string_equal(m.content_type,
		"application/x-www-form-urlencoded; charset=utf-8");
	BODY(&ec2, &try, TRY("&InstanceId.1=i-1&InstanceId.2=i-2"
		"&Owner.1=amazon"),
		{ .path = "OwnerIds[]", .value = "amazon" },
		{ .path = "InstanceIds[]", .value = "i-1" },
		{ .path = "InstanceIds[]", .value = "i-2", .index = { 1 } });
	BODY(&ec2, &try, TRY("&Filter.1.Name=a&Filter.2.Name=b%20%26"
		"&Filter.2.Value.1=x&Filter.2.Value.3=~%2B%2F"
		"&Owner.1=self"),
		{ .path = "Filters[].Name", .value = "a" },
		{ .path = "Filters[].Name", .value = "b &", .index = { 1 } },
		{ .path = "Filters[].Values[]", .value = "x",
			.index = { 1, 0 } },
		{ .path = "Filters[].Values[]", .value = "~+/",
			.index = { 1, 2 } });
}

static void test_values(void **state)
{
	(void)state;
	BODY(&ec2, &try, TRY("&MaxResults=-5&Price=1.50&DryRun=true"
		"&StartTime=2014-06-20T08%3A40%3A23Z&UserData=AAH%2F"
		"&Placement.Tenancy="),
		{ .path = "OwnerIds[]" },
		{ .path = "MaxResults", .value = "-5" },
		{ .path = "Price", .value = "1.50" },
		{ .path = "DryRun", .value = "true" },
		{ .path = "StartTime",
			.value = "2014-06-20T10:40:23.5+02:00" },
		{ .path = "UserData", .value = "\0\1\377", .len = 3 },
		{ .path = "Placement.Tenancy", .value = "" });
}

static void test_query(void **state)
{
	static const struct parameter rows[] = {
		{ .path = "Filters[].Values[]" },
		{ .path = "Ids[]", .wire = "Ids.DBId.N" },
		{ .path = "Attributes{}" },
		{ .path = "Old{}",
			.wire = "Attribute.N.Name|Attribute.N.Value" },
		{ 0 }
	};
	const struct operation op = { .name = "Ask", .parameters = rows };

	(void)state;
	BODY(&rds, &op, "Action=Ask&Version=2014-10-31"
		"&Filters.member.1.Values.member.2=v&Ids.DBId.3=d"
		"&Attributes.entry.2.key=Policy&Attributes.entry.2.value=p%3D"
		"&Attribute.1.Name=k&Attribute.1.Value=w",
		{ .path = "Filters[].Values[]", .value = "v",
			.index = { 0, 1 } },
		{ .path = "Ids[]", .value = "d", .index = { 2 } },
		{ .path = "Attributes{Policy}", .value = "p=",
			.index = { 1 } },
		{ .path = "Old{k}", .value = "w" });
}

static void test_json(void **state)
{
	(void)state;
	BODY(&sqs, &json_try, "{}", { .path = "OwnerIds[]" });
	assert_string_equal(m.headers.p, "x-amz-target: AmazonSQS.Try\n"
		"x-amzn-query-mode: true\n");
	assert_string_equal(m.content_type, "application/x-amz-json-1.0");
	BODY(&ecs, &json_try, "{\"OwnerIds\":[\"self\"],\"MaxResults\":7,"
		"\"DryRun\":false,\"StartTime\":1403253623,"
		"\"UserData\":\"AAH/\",\"Placement\":{\"Tenancy\":\"\\\"x\"},"
		"\"Attributes\":{\"a.b\":\"1\",\"c\":\"2\"}}",
		{ .path = "MaxResults", .value = "7" },
		{ .path = "DryRun", .value = "false" },
		{ .path = "StartTime", .value = "2014-06-20T08:40:23Z" },
		{ .path = "UserData", .value = "\0\1\377", .len = 3 },
		{ .path = "Placement.Tenancy", .value = "\"x" },
		{ .path = "Attributes{a.b}", .value = "1" },
		{ .path = "Attributes{c}", .value = "2" });
	assert_string_equal(m.headers.p, "x-amz-target: AmazonECS.Try\n");
	BODY(&ecs, &json_try, "{\"Filters\":[{\"Name\":\"a\",\"Values\":"
		"[\"x\",\"y\"]}],\"blockDevices\":[{\"name\":\"d\"}]}",
		{ .path = "OwnerIds[]" },
		{ .path = "Filters[].Name", .value = "a" },
		{ .path = "Filters[].Values[]", .value = "x" },
		{ .path = "Filters[].Values[]", .value = "y",
			.index = { 0, 1 } },
		{ .path = "blob", .value = "d" });
}

static const struct parameter object_rows[] = {
	{ .path = "Bucket", .place = PLACE_URI },
	{ .path = "Key", .place = PLACE_URI },
	{ .path = "VersionId", .wire = "versionId", .place = PLACE_QUERY },
	{ .path = "ACL", .wire = "x-amz-acl", .place = PLACE_HEADER },
	{ .path = "Expires", .wire = "Expires", .place = PLACE_HEADER,
		.type = VALUE_TIMESTAMP },
	{ .path = "Metadata{}", .wire = "x-amz-meta-",
		.place = PLACE_HEADER },
	{ .path = "Body", .place = PLACE_PAYLOAD },
	{ 0 }
};

static const struct operation put_object = { .name = "PutObject",
	.method = "PUT", .uri = "/{Bucket}/{Key+}?acl&x-id=PutObject",
	.parameters = object_rows };

static void test_s3_object(void **state)
{
	(void)state;
	BODY(&s3, &put_object, "<raw>",
		{ .path = "Bucket", .value = "b" },
		{ .path = "Key", .value = "/a b/../c+\xc3\xa9%20//x" },
		{ .path = "VersionId", .value = "3/L4" },
		{ .path = "ACL", .value = "private" },
		{ .path = "Expires", .value = "2014-06-20T08:40:23Z" },
		{ .path = "Metadata{colour}", .value = "red" },
		{ .path = "Body", .value = "<raw>" });
	assert_string_equal(m.method, "PUT");
	assert_string_equal(m.bucket, "b");
	assert_string_equal(m.path.p, "//a%20b/../c%2B%C3%A9%2520//x");
	assert_string_equal(m.query.p, "acl&x-id=PutObject&versionId=3%2FL4");
	assert_string_equal(m.headers.p, "x-amz-acl: private\n"
		"Expires: Fri, 20 Jun 2014 08:40:23 GMT\n"
		"x-amz-meta-colour: red\n");
	assert_null(m.content_type);
}

/* Without its key, deleting an object would be deleting the bucket. */
static void test_missing_labels(void **state)
{
	const struct argument bucket = { .path = "Bucket", .value = "b" };
	const struct argument empty[] = { bucket,
		{ .path = "Key", .value = "" } };
	struct error err = ERROR_INIT;

	(void)state;
	assert_false(encode(&s3, &put_object, &bucket, 1, &err));
	assert_string_equal(err.text, "PutObject needs Key");
	assert_false(encode(&s3, &put_object, empty, 2, &err));
	assert_int_equal(err.kind, ERR_USAGE);
}

static void test_header_injection(void **state)
{
	const struct argument list[] = { { .path = "Bucket", .value = "b" },
		{ .path = "Key", .value = "k" },
		{ .path = "ACL", .value = "a\r\nx-evil: 1" } };
	const struct argument keyed[] = { list[0], list[1],
		{ .path = "Metadata{a: b}", .value = "1" } };
	struct error err = ERROR_INIT;

	(void)state;
	assert_false(encode(&s3, &put_object, list, 3, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_false(encode(&s3, &put_object, keyed, 3, &err));
}

static const struct parameter delete_rows[] = {
	{ .path = "Bucket", .place = PLACE_URI },
	{ .path = "Delete.Objects[].Key", .wire = "Object[].Key" },
	{ .path = "Delete.Objects[].VersionId",
		.wire = "Object[].VersionId" },
	{ .path = "Delete.Quiet", .value = "true", .type = VALUE_BOOLEAN },
	{ .path = "Delete.Tags[].Name" },
	{ .path = "Type", .wire = "Grantee.@xsi:type" },
	{ .path = "Id", .wire = "Grantee.ID" },
	{ 0 }
};

static const struct operation delete_objects = { .name = "DeleteObjects",
	.uri = "/{Bucket}?delete", .root = "Delete",
	.parameters = delete_rows };

static void test_xml_body(void **state)
{
	(void)state;
	BODY(&s3, &delete_objects,
		"<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
		"<Object><Key>a&amp;&lt;b&gt;</Key><VersionId>1</VersionId>"
		"</Object><Object><Key>c&#xD;&#xA;</Key></Object>"
		"<Quiet>true</Quiet>"
		"<Tags><member><Name>t</Name></member></Tags>"
		"<Grantee xmlns:xsi=\"http://www.w3.org/2001/"
		"XMLSchema-instance\" xsi:type=\"Group\"><ID>x</ID></Grantee>"
		"</Delete>",
		{ .path = "Bucket", .value = "b" },
		{ .path = "Delete.Objects[].Key", .value = "a&<b>" },
		{ .path = "Delete.Objects[].Key", .value = "c\r\n",
			.index = { 1 } },
		{ .path = "Delete.Objects[].VersionId", .value = "1" },
		{ .path = "Delete.Tags[].Name", .value = "t" },
		{ .path = "Type", .value = "Group" },
		{ .path = "Id", .value = "x" });
	assert_string_equal(m.path.p, "/");
	assert_string_equal(m.query.p, "delete");
	assert_string_equal(m.content_type, "application/xml");
}

static void test_xml_root_by_rule(void **state)
{
	static const struct parameter rows[] = { { .path = "Name" }, { 0 } };
	const struct operation op = { .name = "CreateHostedZone",
		.uri = "/2013-04-01/hostedzone", .parameters = rows };

	(void)state;
	BODY(&route53, &op, "<CreateHostedZoneRequest xmlns=\""
		"https://route53.amazonaws.com/doc/2013-04-01/\">"
		"<Name>x.</Name></CreateHostedZoneRequest>",
		{ .path = "Name", .value = "x." });
	assert_null(m.bucket);
}

static void test_rest_json(void **state)
{
	static const struct parameter rows[] = {
		{ .path = "FunctionName", .place = PLACE_URI },
		{ .path = "MaxItems", .place = PLACE_QUERY,
			.type = VALUE_INTEGER },
		{ .path = "keys[]", .place = PLACE_QUERY },
		{ .path = "Timeout", .type = VALUE_INTEGER },
		{ 0 }
	};
	const struct operation op = { .name = "Update", .method = "PUT",
		.uri = "/f/{FunctionName}/x", .parameters = rows };

	(void)state;
	BODY(&lambda, &op, "{}",
		{ .path = "FunctionName", .value = "arn:a/b" },
		{ .path = "keys[]", .value = "1" },
		{ .path = "keys[]", .value = "2" });
	assert_string_equal(m.path.p, "/f/arn%3Aa%2Fb/x");
	assert_string_equal(m.query.p, "keys=1&keys=2");
	assert_string_equal(m.content_type, "application/json");
	BODY(&lambda, &op, "{\"Timeout\":3}",
		{ .path = "FunctionName", .value = "f" },
		{ .path = "Timeout", .value = "3" });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_secrets_stay_out_of_sentences),
		cmocka_unit_test(test_ec2),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_query),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_s3_object),
		cmocka_unit_test(test_missing_labels),
		cmocka_unit_test(test_header_injection),
		cmocka_unit_test(test_xml_body),
		cmocka_unit_test(test_xml_root_by_rule),
		cmocka_unit_test(test_rest_json),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
