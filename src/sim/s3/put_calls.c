/* SPDX-License-Identifier: MIT */
/* PutObject and CopyObject. */
#include "sim/s3/calls.h"

#include "base/mem.h"
#include "sim/server.h"
#include "sim/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define META_MOST 2048
#define COPY_MOST ((uint64_t)5 << 30)

static const char *const classes[] = {
	"STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA",
	"INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR",
};

static bool read_class(struct call *c, const char **class)
{
	const char *given = call_header(c, "x-amz-storage-class");

	*class = classes[0];
	for (size_t i = 0; given && i < sizeof(classes) / sizeof(*classes);
		i++) {
		if (!strcmp(classes[i], given)) {
			*class = classes[i];
			return true;
		}
	}
	return !given || call_error(c, 400, "InvalidStorageClass", "The "
		"storage class you specified is not valid");
}

/* aws-chunked is how it came, not what it is. */
static const char *content_encoding(struct call *c, const char *value)
{
	static const char chunked[] = "aws-chunked";
	size_t len = sizeof(chunked) - 1;

	if (!strncasecmp(value, chunked, len)) {
		value += len;
		return value + strspn(value, ", ");
	}
	if (strlen(value) > len && str_ends(value, chunked)) {
		char *copy = call_text(c, value, strlen(value) - len);

		while (*copy && strchr(", ", copy[strlen(copy) - 1]))
			copy[strlen(copy) - 1] = '\0';
		return copy;
	}
	return value;
}

static bool is_kept(const char *name)
{
	static const char *const names[] = {
		"content-type", "cache-control", "content-disposition",
		"content-encoding", "content-language", "expires",
		"x-amz-website-redirect-location"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcasecmp(names[i], name))
			return true;
	return !strncasecmp(name, "x-amz-meta-", 11);
}

static const char *lower(struct call *c, const char *name)
{
	char *copy = call_text(c, name, strlen(name));

	for (char *p = copy; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + 'a' - 'A');
	return copy;
}

bool s3_read_headers(struct call *c, struct s3_headers *out,
	const char **class)
{
	const char *acl = call_header(c, "x-amz-acl");
	size_t meta = 0;

	if (acl && strcmp(acl, "private") != 0 &&
		strcmp(acl, "bucket-owner-full-control") != 0)
		return call_error(c, 400, "AccessControlListNotSupported",
			"The bucket does not allow ACLs");
	if (!read_class(c, class))
		return false;
	if (!call_header(c, "content-type"))
		s3_headers_add(out, "Content-Type", "binary/octet-stream");
	for (size_t i = 0; i < c->headers.count; i++) {
		const char *name = c->headers.items[i].name;
		const char *value = c->headers.items[i].value;

		if (!is_kept(name))
			continue;
		if (!strcasecmp(name, "content-encoding"))
			value = content_encoding(c, value);
		if (!strncasecmp(name, "x-amz-meta-", 11))
			meta += strlen(name) - 11 + strlen(value);
		if (*value)
			s3_headers_add(out, lower(c, name), value);
	}
	return meta <= META_MOST || call_error(c, 400, "MetadataTooLarge",
		"Your metadata headers exceed the maximum allowed metadata "
		"size");
}

bool s3_key_ok(struct call *c)
{
	return strlen(c->key) <= S3_KEY_MOST || s3_error(c, 400,
		"KeyTooLongError", "Key", c->key, "Your key is too long");
}

static struct s3_object *object_new(struct call *c, const char *class)
{
	struct s3_object *o = xcalloc(1, sizeof(*o));

	o->key = xstrdup(c->key);
	o->modified = c->now / 1000 * 1000;
	o->class = class;
	return o;
}

void s3_put_object(struct call *c)
{
	struct s3_bucket *b = s3_call_bucket(c);
	struct s3_object *o;
	const char *class;

	if (!b || !s3_key_ok(c) || !s3_write_allowed(c, b))
		return;
	if (c->body.len > S3_PUT_MOST) {
		call_error(c, 400, "EntityTooLarge", "Your proposed upload "
			"exceeds the maximum allowed size");
		return;
	}
	o = object_new(c, NULL);
	if (!s3_read_headers(c, &o->headers, &class)) {
		s3_object_free(o);
		return;
	}
	o->class = class;
	o->size = c->body.len;
	o->blob = blob_new(&c->body);
	s3_hex(c->s3_body->md5, 16, o->etag);
	o->checksum = sim_checksum_name(c->s3_body->checksum);
	memcpy(o->checksum_value, c->s3_body->value,
		sizeof(o->checksum_value));
	s3_reply_object(c, o);
	s3_reply_checksum(c, o);
	s3_object_put(b, o);
}

/* bucket/key or /bucket/key, percent-encoded, perhaps ?versionId=. */
bool s3_copy_source(struct call *c, struct s3_object *out, char numbered[64],
	char key[S3_KEY_MOST + 1], struct s3_bucket **from)
{
	const char *given = call_header(c, "x-amz-copy-source");
	struct str text = STR_INIT;
	char *slash;
	bool ok = false;

	given += *given == '/';
	str_add_unuri(&text, given, strcspn(given, "?"), false);
	slash = strchr(text.p, '/');
	if (!slash || !slash[1] || strlen(slash + 1) > S3_KEY_MOST) {
		s3_error(c, 400, "InvalidArgument", "ArgumentName",
			"x-amz-copy-source", "Copy Source must mention the "
			"source bucket and key: sourcebucket/sourcekey");
		goto out;
	}
	*slash = '\0';
	snprintf(key, S3_KEY_MOST + 1, "%s", slash + 1);
	*from = s3_bucket_find(c->sim->s3, text.p);
	if (!*from)
		s3_error(c, 404, "NoSuchBucket", "BucketName", text.p,
			"The specified bucket does not exist");
	else if (strcmp((*from)->account, c->account) != 0)
		call_error(c, 403, "AccessDenied", "Access Denied");
	else if (!s3_object_find(*from, key, out, numbered))
		s3_no_such_key(c, key);
	else if (!strcmp(out->class, "GLACIER") ||
		!strcmp(out->class, "DEEP_ARCHIVE"))
		call_error(c, 403, "ObjectNotInActiveTierError", "The source "
			"object of the COPY operation is not in the active "
			"tier");
	else
		ok = true;
out:
	str_clear(&text);
	return ok;
}

static bool copy_allowed(struct call *c, const struct s3_object *o)
{
	const char *match = call_header(c, "x-amz-copy-source-if-match");
	const char *none = call_header(c, "x-amz-copy-source-if-none-match");

	if ((match && strcmp(match, "*") && !strstr(match, o->etag)) ||
		(none && (!strcmp(none, "*") || strstr(none, o->etag))))
		return s3_error(c, 412, "PreconditionFailed", "Condition",
			"x-amz-copy-source-if", "At least one of the "
			"pre-conditions you specified did not hold");
	return o->size <= COPY_MOST || call_error(c, 400, "InvalidRequest",
		"The specified copy source is larger than the maximum "
		"allowable size for a copy source: 5368709120");
}

static void write_copy(struct call *c, const struct s3_object *o)
{
	call_open(c);
	xml_add(c->out, "<CopyObjectResult" S3_XMLNS "><ETag>&quot;%r&quot;"
		"</ETag><LastModified>%t</LastModified>", o->etag,
		o->modified);
	if (o->checksum) {
		const char *element = sim_checksum_element(
			sim_checksum_find(o->checksum));

		xml_add(c->out, "<%r>%r</%r>", element, o->checksum_value,
			element);
	}
	str_add(c->out, "</CopyObjectResult>");
}

void s3_copy_object(struct call *c)
{
	const char *directive = call_header(c, "x-amz-metadata-directive");
	bool replace = directive && !strcmp(directive, "REPLACE");
	struct s3_bucket *b = s3_call_bucket(c), *from;
	char numbered[64], key[S3_KEY_MOST + 1];
	struct s3_object source, *o;
	const char *class;

	if (!b || !s3_key_ok(c) || !s3_write_allowed(c, b) ||
		!s3_copy_source(c, &source, numbered, key, &from) ||
		!copy_allowed(c, &source))
		return;
	if (from == b && !strcmp(key, c->key) && !replace &&
		!call_header(c, "x-amz-storage-class")) {
		call_error(c, 400, "InvalidRequest", "This copy request is "
			"illegal because it is trying to copy an object to "
			"itself without changing the object's metadata, "
			"storage class, website redirect location or "
			"encryption attributes.");
		return;
	}
	o = object_new(c, NULL);
	if (!s3_read_headers(c, &o->headers, &class)) {
		s3_object_free(o);
		return;
	}
	if (!replace) {
		s3_headers_clear(&o->headers);
		s3_headers_copy(&o->headers, &source.headers);
	}
	o->class = class;
	o->kms = source.kms;
	o->size = source.size;
	o->seed = source.seed;
	o->blob = source.blob ? blob_ref(source.blob) : NULL;
	memcpy(o->etag, source.etag, sizeof(o->etag));
	o->checksum = source.checksum;
	memcpy(o->checksum_value, source.checksum_value,
		sizeof(o->checksum_value));
	o->composite = source.composite;
	s3_object_put(b, o);
	write_copy(c, o);
}
