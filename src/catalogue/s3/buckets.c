/* SPDX-License-Identifier: MIT */
#include "catalogue/tables.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "Name", .format = FORMAT_NATURAL,
	  .w80 = 40, .w132 = 58, .grow = 1, .keep = true },
	{ .name = "region", .title = "Region", .path = "BucketRegion", .w80 = 14, .w132 = 14, .zone = true },
	{ .name = "access", .title = "Access", .derive = derive_s3_access, .join = "policy", .w80 = 10, .w132 = 10 },
	{ .name = "versions", .title = "Versions", .path = "Status", .join = "versioning", .w132 = 9 },
	{ .name = "encryption", .title = "Enc", .join = "encryption", .w132 = 7,
	  .path = "Rule/ApplyServerSideEncryptionByDefault/SSEAlgorithm" },
	{ .name = "created", .title = "Created", .path = "CreationDate", .format = FORMAT_DATE, .w80 = 10, .w132 = 10 },
	{ .name = "arn", .title = "ARN", .path = "BucketArn" },
	{ 0 }
};

/* max-buckets does more than cut pages: with any parameter at all AWS tells
 * each bucket's region (aws.md 6). */
static const struct parameter parameters[] = {
	{ .path = "MaxBuckets", .wire = "max-buckets", .place = PLACE_QUERY, .type = VALUE_INTEGER },
	{ .path = "ContinuationToken", .wire = "continuation-token", .place = PLACE_QUERY },
	{ .path = "Prefix", .wire = "prefix", .place = PLACE_QUERY },
	{ .path = "BucketRegion", .wire = "bucket-region", .place = PLACE_QUERY },
	{ 0 }
};

static const struct operation list_buckets = {
	.name = "ListBuckets", .method = "GET", .uri = "/",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters,
	.paging = { .token_in = "ContinuationToken", .token_out = "ContinuationToken",
		.size = "MaxBuckets", .size_value = "1000" }
};

static const struct parameter bucket_parameters[] = {
	{ .path = "Bucket", .place = PLACE_URI },
	{ 0 }
};

static const struct operation get_policy_status = {
	.name = "GetBucketPolicyStatus", .method = "GET", .uri = "/{Bucket}?policyStatus",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = bucket_parameters
};

static const struct operation get_versioning = {
	.name = "GetBucketVersioning", .method = "GET", .uri = "/{Bucket}?versioning",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = bucket_parameters
};

static const struct operation get_encryption = {
	.name = "GetBucketEncryption", .method = "GET", .uri = "/{Bucket}?encryption",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = bucket_parameters
};

static const struct join joins[] = {
	{ .name = "policy", .operation = &get_policy_status, .rows = ".", .here = "Name", .ids = "Bucket",
	  .absent = "NoSuchBucketPolicy", .scope = JOIN_VISIBLE, .refresh = 900 },
	{ .name = "versioning", .operation = &get_versioning, .rows = ".", .here = "Name", .ids = "Bucket",
	  .scope = JOIN_VISIBLE, .refresh = 900 },
	{ .name = "encryption", .operation = &get_encryption, .rows = ".", .here = "Name", .ids = "Bucket",
	  .absent = "ServerSideEncryptionConfigurationNotFoundError", .scope = JOIN_VISIBLE, .refresh = 900 },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "Buckets/Bucket" },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Objects", .resource = "objects", .enter = true, .arguments = {
		{ .parameter = "Bucket", .path = "Name" },
		{ .parameter = "Prefix", .value = "" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct resource buckets = {
	.name = "buckets", .aliases = "s3 b", .title = "Buckets", .one = "bucket",
	.list = &list_buckets, .rows = rows,
	.identity = { "Name" }, .columns = columns, .sort = "name", .joins = joins, .drills = drills,
	.region_path = "BucketRegion",
	.arn = "arn:{partition}:s3:::{id}",
	.console = "https://{console}/s3/buckets/{id}?region={region}",
	.lists = "Buckets/Bucket", .global = true, .refresh = 300
};

const struct resource *s3_buckets(void)
{
	return &buckets;
}
