/* SPDX-License-Identifier: MIT */
/* Reading and deleting objects. */
#include "sim/s3/calls.h"

#include "base/clock.h"
#include "sim/server.h"
#include "sim/service.h"
#include "sim/xml.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DELETE_MOST 1000

void s3_hex(const unsigned char *bytes, size_t len, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		*out++ = digits[bytes[i] >> 4];
		*out++ = digits[bytes[i] & 15];
	}
	*out = '\0';
}

bool s3_no_such_key(struct call *c, const char *key)
{
	return s3_error(c, 404, "NoSuchKey", "Key", key,
		"The specified key does not exist.");
}

void s3_reply_checksum(struct call *c, const struct s3_object *o)
{
	if (!o->checksum)
		return;
	call_reply_header(c, call_textf(c, "x-amz-checksum-%s", o->checksum),
		"%s", o->checksum_value);
	call_reply_header(c, "x-amz-checksum-type",
		o->composite ? "COMPOSITE" : "FULL_OBJECT");
}

void s3_reply_object(struct call *c, const struct s3_object *o)
{
	call_reply_header(c, "ETag", "\"%s\"", o->etag);
	if (o->kms)
		call_reply_header(c, "x-amz-server-side-encryption-aws-kms-"
			"key-id", "arn:aws:kms:%s:%s:key/1234abcd-12ab-34cd-"
			"56ef-1234567890ab", c->region, c->account);
	call_reply_header(c, "x-amz-server-side-encryption", "%s",
		o->kms ? "aws:kms" : "AES256");
}

struct blob *s3_object_blob(const struct s3_object *o)
{
	return o->blob ? blob_ref(o->blob) :
		blob_new_made(o->seed, o->size);
}

/* "etag", or *, or a list of them. */
static bool etag_is(const char *wanted, const char *etag)
{
	size_t len = strlen(etag);

	while (*wanted) {
		size_t n;

		wanted += strspn(wanted, " ,");
		if (!strncmp(wanted, "W/", 2))
			wanted += 2;
		n = strcspn(wanted, " ,");
		if ((n == 1 && *wanted == '*') ||
			(n == len && !strncmp(wanted, etag, n)) ||
			(n == len + 2 && !strncmp(wanted + 1, etag, len)))
			return true;
		wanted += n;
	}
	return false;
}

static bool precondition(struct call *c, const char *condition)
{
	return s3_error(c, 412, "PreconditionFailed", "Condition", condition,
		"At least one of the pre-conditions you specified did not "
		"hold");
}

static bool is_newer(const struct s3_object *o, const char *date)
{
	int64_t at;

	return !clock_parse(date, strlen(date), &at) ||
		o->modified / 1000 > at / 1000;
}

/* RFC 9110, 13.2.2. False: answered. */
static bool read_allowed(struct call *c, const struct s3_object *o)
{
	const char *match = call_header(c, "if-match");
	const char *none = call_header(c, "if-none-match");
	const char *newer = call_header(c, "if-modified-since");
	const char *older = call_header(c, "if-unmodified-since");

	if (match && !etag_is(match, o->etag))
		return precondition(c, "If-Match");
	if (!match && older && is_newer(o, older))
		return precondition(c, "If-Unmodified-Since");
	if (none ? etag_is(none, o->etag) : newer && !is_newer(o, newer)) {
		s3_reply_object(c, o);
		c->status = 304;
		return false;
	}
	return true;
}

bool s3_write_allowed(struct call *c, const struct s3_bucket *b)
{
	const char *match = call_header(c, "if-match");
	const char *none = call_header(c, "if-none-match");
	struct s3_object o;
	char numbered[64];
	bool there;

	if (!match && !none)
		return true;
	there = s3_object_find(b, c->key, &o, numbered);
	if (none && strcmp(none, "*") != 0)
		return call_error(c, 501, "NotImplemented", "A header you "
			"provided implies functionality that is not "
			"implemented");
	if (none && there)
		return precondition(c, "If-None-Match");
	if (match && !there)
		return s3_no_such_key(c, c->key);
	return !match || etag_is(match, o.etag) || precondition(c, "If-Match");
}

/* bytes=a-b, a-, -n. False: answered; a range that cannot be read counts
 * as none. */
static bool read_range(struct call *c, const struct s3_object *o)
{
	const char *range = call_header(c, "range");
	uint64_t from, to = o->size ? o->size - 1 : 0;
	char *end;

	c->blob_from = 0;
	c->blob_len = o->size;
	if (!range || strncasecmp(range, "bytes=", 6) != 0 ||
		strchr(range, ','))
		return true;
	range += 6;
	if (*range == '-') {
		uint64_t last = strtoull(range + 1, &end, 10);

		if (*end || end == range + 1)
			return true;
		from = last >= o->size ? 0 : o->size - last;
		if (last == 0)
			from = o->size;
	} else {
		from = strtoull(range, &end, 10);
		if (end == range || *end != '-')
			return true;
		if (end[1]) {
			uint64_t given = strtoull(end + 1, NULL, 10);

			if (given < from)
				return true;
			to = given < to ? given : to;
		}
	}
	if (from >= o->size)
		return s3_error(c, 416, "InvalidRange", "RangeRequested",
			range - 6, "The requested range is not satisfiable");
	c->blob_from = from;
	c->blob_len = to - from + 1;
	c->status = 206;
	call_reply_header(c, "Content-Range", "bytes %llu-%llu/%llu",
		(unsigned long long)from, (unsigned long long)to,
		(unsigned long long)o->size);
	return true;
}

/* The query may say what headers the reply has. */
static const char *override(struct call *c, const char *name)
{
	static const char *const names[] = {
		"Content-Type", "Content-Language", "Expires",
		"Cache-Control", "Content-Disposition", "Content-Encoding"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *param;

		if (strcasecmp(names[i], name) != 0)
			continue;
		param = call_textf(c, "response-%s", name);
		for (char *p = param; *p; p++)
			if (*p >= 'A' && *p <= 'Z')
				*p = (char)(*p + 32);
		return call_param(c, param);
	}
	return NULL;
}

static void add_headers(struct call *c, const struct s3_object *o)
{
	const char *mode = call_header(c, "x-amz-checksum-mode");
	char date[32];

	http_date(date, o->modified);
	call_reply_header(c, "Last-Modified", "%s", date);
	call_reply_header(c, "Accept-Ranges", "bytes");
	s3_reply_object(c, o);
	for (size_t i = 0; i < o->headers.count; i++) {
		const char *other = override(c, o->headers.items[i].name);

		call_reply_header(c, o->headers.items[i].name, "%s",
			other ? other : o->headers.items[i].value);
	}
	if (o->headers.count == 0)
		call_reply_header(c, "Content-Type",
			"binary/octet-stream");
	if (strcmp(o->class, "STANDARD") != 0)
		call_reply_header(c, "x-amz-storage-class", "%s", o->class);
	if (mode && str_ieq(mode, "ENABLED") && c->status == 200)
		s3_reply_checksum(c, o);
}

void s3_get_object(struct call *c)
{
	const struct s3_bucket *b = s3_call_bucket(c);
	struct s3_object o;
	char numbered[64];

	if (!b)
		return;
	if (!s3_object_find(b, c->key, &o, numbered)) {
		s3_no_such_key(c, c->key);
		return;
	}
	if (!c->is_head && (!strcmp(o.class, "GLACIER") ||
		!strcmp(o.class, "DEEP_ARCHIVE"))) {
		s3_error(c, 403, "InvalidObjectState", "StorageClass",
			o.class, "The operation is not valid for the object's "
			"storage class");
		return;
	}
	if (!read_allowed(c, &o) || !read_range(c, &o))
		return;
	add_headers(c, &o);
	c->blob = s3_object_blob(&o);
}

void s3_get_tagging(struct call *c)
{
	const struct s3_bucket *b = s3_call_bucket(c);
	struct s3_object o;
	char numbered[64];

	if (!b)
		return;
	if (!s3_object_find(b, c->key, &o, numbered)) {
		s3_no_such_key(c, c->key);
		return;
	}
	call_open(c);
	str_add(c->out, "<Tagging" S3_XMLNS "><TagSet/></Tagging>");
}

void s3_delete_object(struct call *c)
{
	struct s3_bucket *b = s3_call_bucket(c);

	if (!b)
		return;
	s3_object_remove(b, c->key);
	c->status = 204;
}

static size_t count_objects(const struct doc *d)
{
	size_t count = 0, len;

	for (uint32_t n = doc_child(d, 0); n != DOC_NONE; n = doc_next(d, n)) {
		const char *name = doc_name(d, n, &len);

		count += len == 6 && !strncmp(name, "Object", 6);
	}
	return count;
}

static void delete_one(struct call *c, struct s3_bucket *b,
	const struct doc *d, uint32_t node, bool quiet)
{
	const char *key = s3_child(d, node, "Key");
	size_t len;
	const char *name = doc_name(d, node, &len);

	if (len != 6 || strncmp(name, "Object", 6) != 0)
		return;
	if (!key || !*key) {
		str_add(c->out, "<Error><Code>UserKeyMustBeSpecified</Code>"
			"<Message>The key must be specified.</Message>"
			"</Error>");
		return;
	}
	s3_object_remove(b, key);
	if (!quiet)
		xml_add(c->out, "<Deleted><Key>%s</Key></Deleted>", key);
}

void s3_delete_objects(struct call *c)
{
	struct s3_bucket *b = s3_call_bucket(c);
	struct doc *d;
	const char *quiet;

	if (!b)
		return;
	if (!call_header(c, "content-md5") && !c->s3_body->asked) {
		call_error(c, 400, "InvalidRequest", "Missing required header "
			"for this request: Content-MD5 OR x-amz-checksum-*");
		return;
	}
	d = s3_read_xml(c, "Delete");
	if (!d)
		return;
	if (count_objects(d) == 0 || count_objects(d) > DELETE_MOST) {
		call_error(c, 400, "MalformedXML", "The XML you provided was "
			"not well-formed or did not validate against our "
			"published schema");
		doc_unref(d);
		return;
	}
	quiet = s3_child(d, 0, "Quiet");
	call_open(c);
	str_add(c->out, "<DeleteResult" S3_XMLNS ">");
	for (uint32_t n = doc_child(d, 0); n != DOC_NONE; n = doc_next(d, n))
		delete_one(c, b, d, n, quiet && !strcmp(quiet, "true"));
	str_add(c->out, "</DeleteResult>");
	doc_unref(d);
}
