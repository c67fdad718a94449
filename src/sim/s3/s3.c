/* SPDX-License-Identifier: MIT */
/* Which operation a method, a path and a query name. */
#include "sim/s3/s3.h"

#include "sim/auth.h"
#include "sim/s3/calls.h"
#include "sim/server.h"
#include "sim/service.h"
#include "sim/xml.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum level { SERVICE, BUCKET, OBJECT };

/* The first row that fits counts. query and header may be NULL. */
static const struct route {
	const char *method;
	enum level level;
	const char *query, *header;
	struct sim_action action;
} routes[] = {
	{ "GET", SERVICE, NULL, NULL, { .name = "ListBuckets", .run = s3_list_buckets } },
	{ "HEAD", BUCKET, NULL, NULL, { .name = "HeadBucket", .run = s3_head_bucket } },
	{ "GET", BUCKET, "location", NULL, { .name = "GetBucketLocation", .run = s3_get_bucket_location } },
	{ "GET", BUCKET, "versioning", NULL, { .name = "GetBucketVersioning", .run = s3_get_versioning } },
	{ "GET", BUCKET, "encryption", NULL, { .name = "GetBucketEncryption", .run = s3_get_encryption } },
	{ "GET", BUCKET, "policyStatus", NULL, { .name = "GetBucketPolicyStatus", .run = s3_get_policy_status } },
	{ "GET", BUCKET, "publicAccessBlock", NULL, { .name = "GetPublicAccessBlock", .run = s3_get_public_access } },
	{ "GET", BUCKET, "uploads", NULL, { .name = "ListMultipartUploads", .run = s3_list_uploads } },
	{ "GET", BUCKET, "list-type", NULL, { .name = "ListObjectsV2", .run = s3_list_v2 } },
	{ "GET", BUCKET, NULL, NULL, { .name = "ListObjects", .run = s3_list_v1 } },
	{ "PUT", BUCKET, NULL, NULL, { .name = "CreateBucket", .run = s3_create_bucket, .write = true } },
	{ "DELETE", BUCKET, NULL, NULL, { .name = "DeleteBucket", .run = s3_delete_bucket, .write = true } },
	{ "POST", BUCKET, "delete", NULL, { .name = "DeleteObjects", .run = s3_delete_objects, .write = true } },
	{ "HEAD", OBJECT, NULL, NULL, { .name = "HeadObject", .run = s3_get_object } },
	{ "GET", OBJECT, "uploadId", NULL, { .name = "ListParts", .run = s3_list_parts } },
	{ "GET", OBJECT, "tagging", NULL, { .name = "GetObjectTagging", .run = s3_get_tagging } },
	{ "GET", OBJECT, NULL, NULL, { .name = "GetObject", .run = s3_get_object } },
	{ "PUT", OBJECT, "uploadId", "x-amz-copy-source",
	  { .name = "UploadPartCopy", .run = s3_copy_part, .write = true } },
	{ "PUT", OBJECT, "uploadId", NULL, { .name = "UploadPart", .run = s3_upload_part, .write = true } },
	{ "PUT", OBJECT, NULL, "x-amz-copy-source", { .name = "CopyObject", .run = s3_copy_object, .write = true } },
	{ "PUT", OBJECT, NULL, NULL, { .name = "PutObject", .run = s3_put_object, .write = true } },
	{ "DELETE", OBJECT, "uploadId", NULL,
	  { .name = "AbortMultipartUpload", .run = s3_abort_upload, .write = true } },
	{ "DELETE", OBJECT, NULL, NULL, { .name = "DeleteObject", .run = s3_delete_object, .write = true } },
	{ "POST", OBJECT, "uploads", NULL,
	  { .name = "CreateMultipartUpload", .run = s3_create_upload, .write = true } },
	{ "POST", OBJECT, "uploadId", NULL,
	  { .name = "CompleteMultipartUpload", .run = s3_complete_upload, .write = true } },
};

/* Sub-resources: with one of these a request is never the plain one. */
static const char *const subresources[] = {
	"accelerate", "acl", "analytics", "attributes", "cors", "delete",
	"encryption", "intelligent-tiering", "inventory", "legal-hold",
	"lifecycle", "location", "logging", "metrics", "notification",
	"object-lock", "ownershipControls", "policy", "policyStatus",
	"publicAccessBlock", "replication", "requestPayment", "restore",
	"retention", "select", "session", "tagging", "torrent", "uploadId",
	"uploads", "versioning", "versions", "website",
};

static bool is_address(const char *host)
{
	return !strcmp(host, "localhost") ||
		host[strspn(host, "0123456789.:[]abcdef")] == '\0';
}

/* The bucket in front of a host: bucket.localhost, bucket.127-0-0-1.x,
 * bucket.s3.us-east-1.amazonaws.com. NULL: the bucket is in the path. */
static const char *host_bucket(struct call *c)
{
	static const char *const tails[] = {
		".s3.", ".s3-", ".127-0-0-1", ".localhost"
	};
	const char *given = call_header(c, "host");
	char *host, *end;

	if (!given)
		return NULL;
	host = call_text(c, given, strlen(given));
	end = strrchr(host, ':');
	if (end && !strchr(end, ']'))
		*end = '\0';
	if (is_address(host))
		return NULL;
	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
		char *at = strstr(host, tails[i]);

		if (!at)
			continue;
		*at = '\0';
		/* s3.localhost, s3.us-east-1.localhost: no bucket. */
		if (!strcmp(host, "s3") || !strncmp(host, "s3.", 3))
			return NULL;
		return host;
	}
	return NULL;
}

static const char *decode(struct call *c, const char *text, size_t len)
{
	struct str out = STR_INIT;
	const char *p;

	str_add_unuri(&out, text, len, false);
	p = call_text(c, out.p, out.len);
	str_clear(&out);
	return p;
}

static void find_place(struct call *c)
{
	const char *path = c->path + (c->path[0] == '/');
	size_t len = strcspn(path, "/");

	c->bucket = host_bucket(c);
	c->virtual_host = c->bucket != NULL;
	c->key = NULL;
	if (!c->bucket && len > 0) {
		c->bucket = decode(c, path, len);
		path += len + (path[len] == '/');
	}
	if (c->bucket && *path)
		c->key = decode(c, path, strlen(path));
}

static const char *subresource(const struct call *c)
{
	for (size_t i = 0; i < sizeof(subresources) / sizeof(*subresources);
		i++)
		if (call_param(c, subresources[i]))
			return subresources[i];
	return NULL;
}

static const struct sim_action *find(struct call *c)
{
	enum level level;
	const char *sub;

	find_place(c);
	level = c->key ? OBJECT : c->bucket ? BUCKET : SERVICE;
	sub = subresource(c);
	for (size_t i = 0; i < sizeof(routes) / sizeof(*routes); i++) {
		const struct route *r = &routes[i];
		bool by_query = r->query && call_param(c, r->query);

		if (strcmp(r->method, c->method) != 0 || r->level != level ||
			(r->query ? !by_query : sub != NULL) ||
			(r->header && !call_header(c, r->header)))
			continue;
		c->operation = r->action.name;
		return &r->action;
	}
	c->operation = sub ? sub : "";
	if (sub)
		call_error(c, 501, "NotImplemented", "A header or query you "
			"provided implies functionality that is not "
			"implemented.");
	else
		call_error(c, 405, "MethodNotAllowed", "The specified method "
			"is not allowed against this resource.");
	return NULL;
}

bool s3_prepare(struct call *c, const struct auth *auth)
{
	return s3_unchunk(c, auth) && s3_digest(c);
}

bool s3_error(struct call *c, unsigned status, const char *code,
	const char *element, const char *value, const char *message)
{
	struct str more = STR_INIT;

	if (element)
		xml_add(&more, "<%r>%s</%r>", element, value, element);
	call_error_more(c, status, code, more.p, message);
	str_clear(&more);
	return false;
}

static const struct sim_service service = {
	.name = "s3", .style = STYLE_S3, .version = "2006-03-01",
	.namespace = "http://s3.amazonaws.com/doc/%s/", .find = find,
};

const struct sim_service *service_s3(void)
{
	return &service;
}
