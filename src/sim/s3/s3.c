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
	{ "GET", SERVICE, NULL, NULL, { "ListBuckets", s3_list_buckets, false, NULL } },
	{ "HEAD", BUCKET, NULL, NULL, { "HeadBucket", s3_head_bucket, false, NULL } },
	{ "GET", BUCKET, "location", NULL, { "GetBucketLocation", s3_get_bucket_location, false, NULL } },
	{ "GET", BUCKET, "versioning", NULL, { "GetBucketVersioning", s3_get_versioning, false, NULL } },
	{ "GET", BUCKET, "encryption", NULL, { "GetBucketEncryption", s3_get_encryption, false, NULL } },
	{ "GET", BUCKET, "policyStatus", NULL, { "GetBucketPolicyStatus", s3_get_policy_status, false, NULL } },
	{ "GET", BUCKET, "publicAccessBlock", NULL, { "GetPublicAccessBlock", s3_get_public_access, false, NULL } },
	{ "GET", BUCKET, "uploads", NULL, { "ListMultipartUploads", s3_list_uploads, false, NULL } },
	{ "GET", BUCKET, "list-type", NULL, { "ListObjectsV2", s3_list_v2, false, NULL } },
	{ "GET", BUCKET, NULL, NULL, { "ListObjects", s3_list_v1, false, NULL } },
	{ "PUT", BUCKET, NULL, NULL, { "CreateBucket", s3_create_bucket, true, NULL } },
	{ "DELETE", BUCKET, NULL, NULL, { "DeleteBucket", s3_delete_bucket, true, NULL } },
	{ "POST", BUCKET, "delete", NULL, { "DeleteObjects", s3_delete_objects, true, NULL } },
	{ "HEAD", OBJECT, NULL, NULL, { "HeadObject", s3_get_object, false, NULL } },
	{ "GET", OBJECT, "uploadId", NULL, { "ListParts", s3_list_parts, false, NULL } },
	{ "GET", OBJECT, "tagging", NULL, { "GetObjectTagging", s3_get_tagging, false, NULL } },
	{ "GET", OBJECT, NULL, NULL, { "GetObject", s3_get_object, false, NULL } },
	{ "PUT", OBJECT, "uploadId", "x-amz-copy-source", { "UploadPartCopy", s3_copy_part, true, NULL } },
	{ "PUT", OBJECT, "uploadId", NULL, { "UploadPart", s3_upload_part, true, NULL } },
	{ "PUT", OBJECT, NULL, "x-amz-copy-source", { "CopyObject", s3_copy_object, true, NULL } },
	{ "PUT", OBJECT, NULL, NULL, { "PutObject", s3_put_object, true, NULL } },
	{ "DELETE", OBJECT, "uploadId", NULL, { "AbortMultipartUpload", s3_abort_upload, true, NULL } },
	{ "DELETE", OBJECT, NULL, NULL, { "DeleteObject", s3_delete_object, true, NULL } },
	{ "POST", OBJECT, "uploads", NULL, { "CreateMultipartUpload", s3_create_upload, true, NULL } },
	{ "POST", OBJECT, "uploadId", NULL, { "CompleteMultipartUpload", s3_complete_upload, true, NULL } },
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
