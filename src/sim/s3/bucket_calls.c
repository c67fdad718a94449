/* SPDX-License-Identifier: MIT */
#include "sim/s3/calls.h"

#include "base/vec.h"
#include "doc/reader.h"
#include "sim/page.h"
#include "sim/server.h"
#include "sim/xml.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define BUCKETS_MOST 10000

static struct s3_bucket *find_own(struct call *c)
{
	struct s3_bucket *b = s3_bucket_find(c->sim->s3, c->bucket);
	const char *owner = call_header(c, "x-amz-expected-bucket-owner");

	if (!b) {
		s3_error(c, 404, "NoSuchBucket", "BucketName", c->bucket,
			"The specified bucket does not exist");
		return NULL;
	}
	if (!strcmp(b->account, c->account) &&
		(!owner || !strcmp(owner, b->account)))
		return b;
	call_reply_header(c, "x-amz-bucket-region", "%s", b->region->name);
	call_error(c, 403, "AccessDenied", "Access Denied");
	return NULL;
}

/* A bucket's own host name leads to its region, where the signature is for
 * another one; a path leads to the region of the signature, which knows
 * where the bucket is. */
static void redirect(struct call *c, const struct s3_bucket *b)
{
	struct str more = STR_INIT;
	char message[160];

	call_reply_header(c, "x-amz-bucket-region", "%s", b->region->name);
	if (c->virtual_host) {
		xml_add(&more, "<Region>%r</Region>", b->region->name);
		snprintf(message, sizeof(message), "The authorization header "
			"is malformed; the region '%s' is wrong; expecting "
			"'%s'", c->region, b->region->name);
		call_error_more(c, 400, "AuthorizationHeaderMalformed",
			more.p, message);
	} else {
		xml_add(&more, "<Endpoint>s3.%r.amazonaws.com</Endpoint>"
			"<Bucket>%s</Bucket>", b->region->name, b->name);
		call_error_more(c, 301, "PermanentRedirect", more.p,
			"The bucket you are attempting to access must be "
			"addressed using the specified endpoint. Please send "
			"all future requests to this endpoint.");
	}
	str_clear(&more);
}

struct s3_bucket *s3_call_bucket_anywhere(struct call *c)
{
	return find_own(c);
}

struct s3_bucket *s3_call_bucket(struct call *c)
{
	struct s3_bucket *b = find_own(c);

	if (!b || !strcmp(b->region->name, c->region))
		return b;
	redirect(c, b);
	return NULL;
}

/* False: answered. */
static bool read_bucket_page(struct call *c, uint64_t *at, long *most)
{
	const char *size = call_param(c, "max-buckets");
	const char *token = call_param(c, "continuation-token");

	*at = 0;
	*most = BUCKETS_MOST;
	if (size && !str_int(size, 1, BUCKETS_MOST, most))
		return s3_error(c, 400, "InvalidArgument", "ArgumentName",
			"max-buckets", "Argument max-buckets must be an "
			"integer between 1 and 10000");
	if (token && !page_token_read(c, token, at))
		return s3_error(c, 400, "InvalidArgument", "ArgumentName",
			"continuation-token", "The continuation token "
			"provided is incorrect");
	return true;
}

/* Asked for with any parameter, it also says where the buckets are. */
void s3_list_buckets(struct call *c)
{
	const struct s3_store *s = c->sim->s3;
	const char *prefix = call_param(c, "prefix");
	const char *region = call_param(c, "bucket-region");
	bool more = prefix || region || call_param(c, "max-buckets") ||
		call_param(c, "continuation-token");
	uint64_t at;
	long room;

	if (!read_bucket_page(c, &at, &room))
		return;
	call_open(c);
	xml_add(c->out, "<ListAllMyBucketsResult" S3_XMLNS "><Owner><ID>%r"
		"</ID></Owner><Buckets>", S3_OWNER_ID);
	for (; at < s->count && room > 0; at++) {
		const struct s3_bucket *b = s->items[at];

		if (strcmp(b->account, c->account) != 0 ||
			(prefix && !str_starts(b->name, prefix)) ||
			(region && strcmp(b->region->name, region) != 0))
			continue;
		xml_add(c->out, "<Bucket><Name>%s</Name><CreationDate>%t"
			"</CreationDate>", b->name, b->created);
		if (more)
			xml_add(c->out, "<BucketRegion>%r</BucketRegion>",
				b->region->name);
		str_add(c->out, "</Bucket>");
		room--;
	}
	str_add(c->out, "</Buckets>");
	if (prefix)
		xml_add(c->out, "<Prefix>%s</Prefix>", prefix);
	if (at < s->count) {
		str_add(c->out, "<ContinuationToken>");
		page_token_add(c, c->out, at);
		str_add(c->out, "</ContinuationToken>");
	}
	str_add(c->out, "</ListAllMyBucketsResult>");
}

void s3_get_bucket_location(struct call *c)
{
	const struct s3_bucket *b = s3_call_bucket_anywhere(c);

	if (!b)
		return;
	call_open(c);
	if (!strcmp(b->region->name, "us-east-1"))
		str_add(c->out, "<LocationConstraint" S3_XMLNS "/>");
	else
		xml_add(c->out, "<LocationConstraint" S3_XMLNS ">%r"
			"</LocationConstraint>", b->region->name);
}

void s3_head_bucket(struct call *c)
{
	const struct s3_bucket *b = s3_call_bucket(c);

	if (b) {
		call_reply_header(c, "x-amz-bucket-region", "%s",
			b->region->name);
		call_reply_header(c, "x-amz-access-point-alias", "false");
	}
}

static bool is_bucket_name(const char *name)
{
	size_t len = strlen(name);

	if (len < 3 || len > 63 || strstr(name, "..") ||
		!isalnum((unsigned char)name[0]) ||
		!isalnum((unsigned char)name[len - 1]))
		return false;
	for (; *name; name++)
		if (!islower((unsigned char)*name) &&
			!isdigit((unsigned char)*name) &&
			*name != '-' && *name != '.')
			return false;
	return true;
}

/* Where the body wants it; NULL: answered. */
static const struct region_row *wanted_region(struct call *c)
{
	const char *wanted = NULL;
	struct doc *d = NULL;

	if (c->body.len > 0) {
		d = s3_read_xml(c, "CreateBucketConfiguration");
		if (!d)
			return NULL;
		wanted = s3_child(d, 0, "LocationConstraint");
	}
	if (wanted && !strcmp(wanted, "EU"))
		wanted = "eu-west-1";
	if (strcmp(wanted ? wanted : "us-east-1", c->region) != 0 &&
		(wanted || strcmp(c->region, "us-east-1") != 0)) {
		call_error(c, 400, "IllegalLocationConstraintException", "The "
			"%s location constraint is incompatible for the region "
			"specific endpoint this request was sent to.",
			wanted ? wanted : "unspecified");
		doc_unref(d);
		return NULL;
	}
	doc_unref(d);
	return region_row_find(c->region);
}

void s3_create_bucket(struct call *c)
{
	const struct s3_bucket *b = s3_bucket_find(c->sim->s3, c->bucket);
	const struct region_row *region;

	if (!is_bucket_name(c->bucket)) {
		s3_error(c, 400, "InvalidBucketName", "BucketName", c->bucket,
			"The specified bucket is not valid.");
		return;
	}
	region = wanted_region(c);
	if (!region)
		return;
	if (b && strcmp(b->account, c->account) != 0) {
		s3_error(c, 409, "BucketAlreadyExists", "BucketName",
			c->bucket, "The requested bucket name is not "
			"available. The bucket namespace is shared by all "
			"users of the system. Please select a different name "
			"and try again.");
		return;
	}
	if (b && (strcmp(b->region->name, "us-east-1") ||
		strcmp(c->region, "us-east-1"))) {
		s3_error(c, 409, "BucketAlreadyOwnedByYou", "BucketName",
			c->bucket, "Your previous request to create the named "
			"bucket succeeded and you already own it.");
		return;
	}
	if (!b)
		s3_bucket_add(c->sim->s3, c->bucket, c->account, region,
			c->now);
	call_reply_header(c, "Location", "/%s", c->bucket);
}

void s3_delete_bucket(struct call *c)
{
	struct s3_bucket *b = s3_call_bucket(c);
	struct s3_cursor cursor;

	if (!b)
		return;
	s3_cursor_seek(&cursor, b, "");
	if (s3_cursor_next(&cursor)) {
		s3_error(c, 409, "BucketNotEmpty", "BucketName", b->name,
			"The bucket you tried to delete is not empty");
		return;
	}
	s3_bucket_remove(c->sim->s3, b);
	c->status = 204;
}

void s3_get_versioning(struct call *c)
{
	if (!s3_call_bucket(c))
		return;
	call_open(c);
	str_add(c->out, "<VersioningConfiguration" S3_XMLNS "/>");
}

void s3_get_encryption(struct call *c)
{
	if (!s3_call_bucket(c))
		return;
	call_open(c);
	str_add(c->out, "<ServerSideEncryptionConfiguration" S3_XMLNS "><Rule>"
		"<ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256"
		"</SSEAlgorithm></ApplyServerSideEncryptionByDefault>"
		"<BucketKeyEnabled>false</BucketKeyEnabled></Rule>"
		"</ServerSideEncryptionConfiguration>");
}

/* One bucket is open to the world, so that there is one to find. */
static bool is_open(const struct s3_bucket *b)
{
	return !strcmp(b->name, "static.acme.example");
}

void s3_get_policy_status(struct call *c)
{
	const struct s3_bucket *b = s3_call_bucket(c);

	if (!b)
		return;
	if (!is_open(b)) {
		s3_error(c, 404, "NoSuchBucketPolicy", "BucketName", b->name,
			"The bucket policy does not exist");
		return;
	}
	call_open(c);
	str_add(c->out, "<PolicyStatus" S3_XMLNS "><IsPublic>true</IsPublic>"
		"</PolicyStatus>");
}

void s3_get_public_access(struct call *c)
{
	const struct s3_bucket *b = s3_call_bucket(c);

	if (!b)
		return;
	if (is_open(b)) {
		s3_error(c, 404, "NoSuchPublicAccessBlockConfiguration",
			"BucketName", b->name, "The public access block "
			"configuration was not found");
		return;
	}
	call_open(c);
	str_add(c->out, "<PublicAccessBlockConfiguration" S3_XMLNS ">"
		"<BlockPublicAcls>true</BlockPublicAcls>"
		"<IgnorePublicAcls>true</IgnorePublicAcls>"
		"<BlockPublicPolicy>true</BlockPublicPolicy>"
		"<RestrictPublicBuckets>true</RestrictPublicBuckets>"
		"</PublicAccessBlockConfiguration>");
}

struct doc *s3_read_xml(struct call *c, const char *root)
{
	struct error err = ERROR_INIT;
	struct doc *d = reader_read(READER_XML, NULL, c->body.p, c->body.len,
		&err);
	size_t len;
	const char *name = d ? doc_name(d, 0, &len) : NULL;

	if (name && len == strlen(root) && !strncmp(name, root, len))
		return d;
	doc_unref(d);
	call_error(c, 400, "MalformedXML", "The XML you provided was not "
		"well-formed or did not validate against our published "
		"schema");
	return NULL;
}

const char *s3_child(const struct doc *d, uint32_t node, const char *name)
{
	uint32_t id = doc_find_name(d, name, strlen(name));
	uint32_t child = id == DOC_NONE ? DOC_NONE : doc_get(d, node, id);

	return child == DOC_NONE ? NULL : doc_text(d, child, NULL);
}
