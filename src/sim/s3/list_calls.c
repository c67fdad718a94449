/* SPDX-License-Identifier: MIT */
/* ListObjects, both versions. */
#include "sim/s3/calls.h"

#include "base/map.h"
#include "sim/service.h"
#include "sim/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEYS_MOST 1000
#define OWNER "<Owner><ID>" S3_OWNER_ID "</ID></Owner>"

/* One listing on its way. */
struct listing {
	struct call *c;
	const struct s3_bucket *bucket;
	const char *prefix, *delimiter;
	bool url, owner, v2;
	long max;
	size_t count;
	struct s3_cursor cursor;
	struct str last;         /* the last that was listed */
	bool last_is_prefix;
	bool truncated;
};

/* Keys in a listing: as they are, or with + for blanks and %XX. */
static void add_key(struct listing *l, const char *key, size_t len)
{
	struct str *o = l->c->out;

	if (!l->url) {
		xml_text(o, key, len);
		return;
	}
	while (len > 0) {
		size_t n = strcspn(key, " ");

		if (n > len)
			n = len;
		str_add_uri(o, key, n, "/");
		key += n;
		len -= n;
		if (len > 0) {
			str_addc(o, '+');
			key++;
			len--;
		}
	}
}

static void add_text(struct listing *l, const char *element, const char *text)
{
	xml_add(l->c->out, "<%r>", element);
	add_key(l, text, strlen(text));
	xml_add(l->c->out, "</%r>", element);
}

/* The first text behind all that begin with `prefix`. */
static bool seek_behind(struct listing *l, const char *prefix)
{
	struct str next = STR_INIT;
	bool ok = false;

	str_add(&next, prefix);
	while (next.len > 0 && !ok) {
		ok = (unsigned char)next.p[next.len - 1] < 0xff;
		if (ok)
			next.p[next.len - 1]++;
		else
			str_truncate(&next, next.len - 1);
	}
	if (ok)
		s3_cursor_seek(&l->cursor, l->bucket, next.p);
	str_clear(&next);
	return ok;
}

static void seek_after(struct listing *l, const char *key)
{
	struct str next = STR_INIT;

	str_add(&next, key);
	str_addc(&next, '\x01');
	s3_cursor_seek(&l->cursor, l->bucket,
		strcmp(key, l->prefix) < 0 ? l->prefix : next.p);
	str_clear(&next);
}

static void add_object(struct listing *l, const struct s3_object *o)
{
	struct str *out = l->c->out;

	str_add(out, "<Contents><Key>");
	add_key(l, o->key, strlen(o->key));
	xml_add(out, "</Key><LastModified>%t</LastModified><ETag>&quot;%r"
		"&quot;</ETag>", o->modified, o->etag);
	if (o->checksum)
		xml_add(out, "<ChecksumAlgorithm>%r</ChecksumAlgorithm>",
			sim_checksum_element(sim_checksum_find(o->checksum)) +
			8);
	xml_add(out, "<Size>%z</Size><StorageClass>%r</StorageClass>%r"
		"</Contents>", o->size, o->class, l->owner ? OWNER : "");
}

/* Length of the common prefix that hides the key, 0: it is listed. */
static size_t common(const struct listing *l, const char *key)
{
	size_t skip = strlen(l->prefix);
	const char *at;

	if (!l->delimiter)
		return 0;
	at = strstr(key + skip, l->delimiter);
	return at ? (size_t)(at - key) + strlen(l->delimiter) : 0;
}

/* One entry; false: that was the last. Folders follow the objects in the
 * reply, so they are collected beside. */
static bool step(struct listing *l, struct str *folders)
{
	const struct s3_object *o = s3_cursor_next(&l->cursor);
	struct str *out = l->c->out;
	struct str keep;
	size_t n;

	if (!o || !str_starts(o->key, l->prefix))
		return false;
	if (l->count == (size_t)l->max) {
		l->truncated = l->max > 0;
		return false;
	}
	l->count++;
	n = common(l, o->key);
	str_reset(&l->last);
	str_addn(&l->last, o->key, n ? n : strlen(o->key));
	l->last_is_prefix = n > 0;
	if (n == 0) {
		add_object(l, o);
		return true;
	}
	keep = *out;
	*out = *folders;
	str_add(out, "<CommonPrefixes><Prefix>");
	add_key(l, l->last.p, l->last.len);
	str_add(out, "</Prefix></CommonPrefixes>");
	*folders = *out;
	*out = keep;
	return seek_behind(l, l->last.p);
}

static uint64_t question(const struct listing *l)
{
	uint64_t sum = map_hash(l->bucket->name, strlen(l->bucket->name));

	sum = sum * 31 + map_hash(l->prefix, strlen(l->prefix));
	if (l->delimiter)
		sum = sum * 31 + map_hash(l->delimiter, strlen(l->delimiter));
	return sum;
}

/* Sum of the question, whether it was a folder, the last entry. */
static void add_token(struct listing *l)
{
	struct str bytes = STR_INIT;
	uint64_t sum = question(l);

	str_addn(&bytes, (const char *)&sum, sizeof(sum));
	str_addc(&bytes, l->last_is_prefix ? 'p' : 'k');
	str_addn(&bytes, l->last.p, l->last.len);
	str_add(l->c->out, "<NextContinuationToken>");
	str_add_base64(l->c->out, (const unsigned char *)bytes.p, bytes.len);
	str_add(l->c->out, "</NextContinuationToken>");
	str_clear(&bytes);
}

static bool seek_token(struct listing *l, const char *token)
{
	struct str bytes = STR_INIT;
	uint64_t sum = 0;
	bool ok = str_add_unbase64(&bytes, token, strlen(token)) &&
		bytes.len > sizeof(sum);

	if (ok) {
		memcpy(&sum, bytes.p, sizeof(sum));
		ok = sum == question(l);
	}
	if (ok && bytes.p[sizeof(sum)] == 'p')
		seek_behind(l, bytes.p + sizeof(sum) + 1);
	else if (ok)
		seek_after(l, bytes.p + sizeof(sum) + 1);
	str_clear(&bytes);
	return ok || s3_error(l->c, 400, "InvalidArgument", "ArgumentName",
		"continuation-token", "The continuation token provided is "
		"incorrect");
}

/* A marker that is a folder of this listing stands for all in it. */
static void seek_marker(struct listing *l, const char *marker)
{
	size_t len = strlen(marker);

	if (str_starts(marker, l->prefix) && common(l, marker) == len &&
		len > 0)
		seek_behind(l, marker);
	else
		seek_after(l, marker);
}

static const char *given(struct call *c, const char *name)
{
	const char *value = call_param(c, name);

	return value && *value ? value : NULL;
}

static bool begin(struct listing *l, struct call *c, bool v2)
{
	const char *max = given(c, "max-keys");
	const char *encoding = given(c, "encoding-type");
	const char *owner = given(c, "fetch-owner");
	const char *prefix = given(c, "prefix");

	*l = (struct listing){ .c = c, .v2 = v2, .last = STR_INIT,
		.max = KEYS_MOST };
	l->bucket = s3_call_bucket(c);
	if (!l->bucket)
		return false;
	if (max && !str_int(max, 0, INT32_MAX, &l->max))
		return s3_error(c, 400, "InvalidArgument", "ArgumentName",
			"max-keys", "Provided max-keys not an integer or "
			"within integer range");
	if (encoding && strcmp(encoding, "url") != 0)
		return s3_error(c, 400, "InvalidArgument", "ArgumentName",
			"encoding-type", "Invalid Encoding Method specified in "
			"Request");
	l->max = l->max > KEYS_MOST ? KEYS_MOST : l->max;
	l->url = encoding != NULL;
	l->owner = !v2 || (owner && !strcmp(owner, "true"));
	l->prefix = prefix ? prefix : "";
	l->delimiter = given(c, "delimiter");
	s3_cursor_seek(&l->cursor, l->bucket, l->prefix);
	return true;
}

static void run(struct listing *l)
{
	struct call *c = l->c;
	const char *start = given(c, l->v2 ? "start-after" : "marker");
	const char *token = given(c, "continuation-token");
	struct str folders = STR_INIT;

	call_open(c);
	xml_add(c->out, "<ListBucketResult" S3_XMLNS "><Name>%s</Name>",
		l->bucket->name);
	add_text(l, "Prefix", l->prefix);
	if (l->v2 && start)
		add_text(l, "StartAfter", start);
	else if (!l->v2)
		add_text(l, "Marker", start ? start : "");
	if (l->v2 && token)
		xml_add(c->out, "<ContinuationToken>%s</ContinuationToken>",
			token);
	while (step(l, &folders))
		;
	str_addn(c->out, folders.p, folders.len);
	str_clear(&folders);
	if (l->v2)
		xml_add(c->out, "<KeyCount>%z</KeyCount>",
			(uint64_t)l->count);
	xml_add(c->out, "<MaxKeys>%u</MaxKeys>", (unsigned)l->max);
	if (l->delimiter)
		add_text(l, "Delimiter", l->delimiter);
	if (l->url)
		str_add(c->out, "<EncodingType>url</EncodingType>");
	xml_add(c->out, "<IsTruncated>%b</IsTruncated>", (int)l->truncated);
	if (l->truncated && l->v2)
		add_token(l);
	else if (l->truncated && l->delimiter)
		add_text(l, "NextMarker", l->last.p);
	str_add(c->out, "</ListBucketResult>");
}

void s3_list_v2(struct call *c)
{
	const char *start = given(c, "start-after");
	const char *token = given(c, "continuation-token");
	struct listing l;

	if (begin(&l, c, true)) {
		if (start && !token)
			seek_after(&l, start);
		if (!token || seek_token(&l, token))
			run(&l);
	}
	str_clear(&l.last);
}

void s3_list_v1(struct call *c)
{
	const char *marker = given(c, "marker");
	struct listing l;

	if (begin(&l, c, false)) {
		if (marker)
			seek_marker(&l, marker);
		run(&l);
	}
	str_clear(&l.last);
}
