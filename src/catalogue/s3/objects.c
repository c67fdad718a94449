/* SPDX-License-Identifier: MIT */
/* One level of a bucket: folders, which are common prefixes, and objects. */
#include "catalogue/tables.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "Key|Prefix", .format = FORMAT_URL_TEXT, .derive = derive_s3_name,
	  .w80 = 44, .w132 = 80, .grow = 1, .keep = true },
	{ .name = "size", .title = "Size", .path = "Size", .format = FORMAT_SIZE, .w80 = 9, .w132 = 9 },
	{ .name = "class", .title = "Class", .path = "StorageClass", .derive = derive_s3_class, .w80 = 8, .w132 = 12 },
	{ .name = "modified", .title = "Modified", .path = "LastModified", .format = FORMAT_AGE,
	  .w80 = 11, .w132 = 16 },
	{ .name = "etag", .title = "ETag", .path = "ETag", .derive = derive_s3_etag, .w132 = 8 },
	{ .name = "checksum", .title = "Checksum", .path = "ChecksumAlgorithm" },
	{ .name = "owner", .title = "Owner", .path = "Owner/ID" },
	{ .name = "key", .title = "Key", .path = "Key|Prefix", .format = FORMAT_URL_TEXT },
	{ .name = "kind", .title = "Kind", .derive = derive_kind },
	{ 0 }
};

/* encoding-type=url always: a key may hold bytes that XML cannot. */
static const struct parameter parameters[] = {
	{ .path = "Bucket", .place = PLACE_URI },
	{ .path = "Prefix", .wire = "prefix", .place = PLACE_QUERY },
	{ .path = "Delimiter", .wire = "delimiter", .place = PLACE_QUERY },
	{ .path = "EncodingType", .wire = "encoding-type", .place = PLACE_QUERY, .value = "url" },
	{ .path = "MaxKeys", .wire = "max-keys", .place = PLACE_QUERY, .type = VALUE_INTEGER },
	{ .path = "ContinuationToken", .wire = "continuation-token", .place = PLACE_QUERY },
	{ .path = "StartAfter", .wire = "start-after", .place = PLACE_QUERY },
	{ .path = "FetchOwner", .wire = "fetch-owner", .place = PLACE_QUERY, .type = VALUE_BOOLEAN },
	{ .path = "RequestPayer", .wire = "x-amz-request-payer", .place = PLACE_HEADER },
	{ .path = "OptionalObjectAttributes", .wire = "x-amz-optional-object-attributes", .place = PLACE_HEADER },
	{ 0 }
};

static const struct operation list_objects = {
	.name = "ListObjectsV2", .method = "GET", .uri = "/{Bucket}?list-type=2",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters,
	.paging = { .token_in = "ContinuationToken", .token_out = "NextContinuationToken", .more = "IsTruncated",
		.size = "MaxKeys", .size_value = "1000" }
};

static const struct argument arguments[] = {
	{ .path = "Delimiter", .value = "/" },
	{ .path = "OptionalObjectAttributes", .value = "RestoreStatus" },
	{ 0 }
};

static const struct drill folder_drills[] = {
	{ .title = "Objects", .resource = "objects", .enter = true, .arguments = {
		{ .parameter = "Bucket" },
		{ .parameter = "Prefix", .path = "Prefix" } } },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .name = "folder", .path = "CommonPrefixes", .drills = folder_drills },
	{ .name = "object", .path = "Contents" },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Document" },
	{ 0 }
};

static const struct resource objects = {
	.name = "objects", .aliases = "obj", .title = "Objects", .one = "object",
	.list = &list_objects, .arguments = arguments, .rows = rows,
	.identity = { "Key|Prefix" }, .columns = columns, .drills = drills,
	.scope = { "Bucket", "Prefix" }, .scheme = "s3",
	.arn = "arn:{partition}:s3:::{Bucket}/{id}",
	.console = "https://{console}/s3/object/{Bucket}?prefix={id}",
	.lists = "Contents CommonPrefixes ChecksumAlgorithm", .global = true, .ordered = true,
	.url_texts = true, .hidden = hidden_s3_marker
};

const struct resource *s3_objects(void)
{
	return &objects;
}
