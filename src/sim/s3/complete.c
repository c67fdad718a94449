/* SPDX-License-Identifier: MIT */
/* CompleteMultipartUpload: the parts become one object. */
#include "sim/s3/calls.h"

#include "base/mem.h"
#include "base/vec.h"
#include "sim/s3/upload.h"
#include "sim/server.h"
#include "sim/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct chosen {
	const struct s3_part **items;
	size_t count, room;
};

static const struct s3_part *find_part(const struct s3_upload *u, long number)
{
	for (size_t i = 0; i < u->count; i++)
		if (u->items[i].number == (unsigned)number)
			return &u->items[i];
	return NULL;
}

static bool etag_fits(const char *etag, const struct s3_part *part)
{
	char hex[33];

	s3_hex(part->md5, sizeof(part->md5), hex);
	etag += *etag == '"';
	return !strncmp(etag, hex, 32) && (!etag[32] || etag[32] == '"');
}

static bool invalid_part(struct call *c)
{
	return call_error(c, 400, "InvalidPart",
		"One or more of the specified parts could not be found.  The part may not have been "
		"uploaded, or the specified entity tag may not match the "
		"part's entity tag.");
}

/* One <Part>: its number follows the one before, its ETag is right, and so
 * is its checksum, which a composite one needs. */
static bool choose(struct call *c, const struct s3_upload *u,
	const struct doc *d, uint32_t node, struct chosen *out)
{
	const char *etag = s3_child(d, node, "ETag");
	const char *text = s3_child(d, node, "PartNumber");
	const struct s3_part *part;
	const char *value;
	long number;

	if (!text || !etag || !str_int(text, 1, 10000, &number))
		return call_error(c, 400, "MalformedXML", "The XML you "
			"provided was not well-formed or did not validate "
			"against our published schema");
	if (out->count > 0 &&
		out->items[out->count - 1]->number >= (unsigned)number)
		return call_error(c, 400, "InvalidPartOrder", "The list of "
			"parts was not in ascending order. Parts must be "
			"ordered by part number.");
	part = find_part(u, number);
	if (!part || !etag_fits(etag, part))
		return invalid_part(c);
	value = s3_child(d, node, sim_checksum_element(
		sim_checksum_find(part->checksum)));
	if (u->checksum && u->composite && !value)
		return call_error(c, 400, "InvalidRequest", "The upload was "
			"created using a %s checksum. The complete request "
			"must include the checksum for each part. It was "
			"missing for part %ld in the request.", u->checksum,
			number);
	if (value && strcmp(value, part->checksum_value) != 0)
		return invalid_part(c);
	*VEC_PUSH(out) = part;
	return true;
}

static bool choose_all(struct call *c, const struct s3_upload *u,
	struct chosen *out)
{
	struct doc *d = s3_read_xml(c, "CompleteMultipartUpload");
	bool ok = d != NULL;

	for (uint32_t n = d ? doc_child(d, 0) : DOC_NONE; ok && n != DOC_NONE;
		n = doc_next(d, n))
		ok = choose(c, u, d, n, out);
	doc_unref(d);
	if (ok && out->count == 0)
		return call_error(c, 400, "MalformedXML", "The XML you "
			"provided was not well-formed or did not validate "
			"against our published schema");
	for (size_t i = 0; ok && i + 1 < out->count; i++)
		if (out->items[i]->blob->size < S3_PART_LEAST)
			return call_error(c, 400, "EntityTooSmall", "Your "
				"proposed upload is smaller than the minimum "
				"allowed size");
	return ok;
}

/* The ETag is the MD5 of the parts' MD5s, and their number. */
static void join(const struct chosen *parts, struct s3_object *o)
{
	struct str bytes = STR_INIT_CAP(SIZE_MAX / 2), sums = STR_INIT;
	unsigned char md5[16];
	char hex[33];

	for (size_t i = 0; i < parts->count; i++) {
		const struct s3_part *p = parts->items[i];

		str_addn(&bytes, p->blob->bytes, (size_t)p->blob->size);
		str_addn(&sums, (const char *)p->md5, sizeof(p->md5));
	}
	sim_checksum_md5(sums.p, sums.len, md5);
	s3_hex(md5, sizeof(md5), hex);
	snprintf(o->etag, sizeof(o->etag), "%s-%zu", hex, parts->count);
	str_clear(&sums);
	o->size = bytes.len;
	o->blob = blob_new(&bytes);
}

/* Over the whole, or the sum of the parts' sums and their number. */
static void sum(const struct s3_upload *u, const struct chosen *parts,
	struct s3_object *o)
{
	const struct sim_checksum *kind = sim_checksum_find(u->checksum ?
		u->checksum : "crc64nvme");
	struct str sums = STR_INIT;
	size_t len;

	o->checksum = sim_checksum_name(kind);
	o->composite = u->checksum && u->composite;
	if (!o->composite) {
		sim_checksum_base64(kind, o->blob->bytes, (size_t)o->size,
			o->checksum_value);
		return;
	}
	for (size_t i = 0; i < parts->count; i++)
		str_add_unbase64(&sums, parts->items[i]->checksum_value,
			strlen(parts->items[i]->checksum_value));
	sim_checksum_base64(kind, sums.p, sums.len, o->checksum_value);
	len = strlen(o->checksum_value);
	snprintf(o->checksum_value + len, sizeof(o->checksum_value) - len,
		"-%zu", parts->count);
	str_clear(&sums);
}

/* The checksum that the request names for the whole. */
static bool check_whole(struct call *c, const struct s3_object *o)
{
	const char *given = call_header(c, call_textf(c, "x-amz-checksum-%s",
		o->checksum));

	return !given || !strcmp(given, o->checksum_value) ||
		call_error(c, 400, "BadDigest", "The %s you specified did not "
		"match the calculated checksum.", o->checksum);
}

static void write_result(struct call *c, const struct s3_bucket *b,
	const struct s3_object *o)
{
	const char *element = sim_checksum_element(
		sim_checksum_find(o->checksum));

	call_reply_header(c, "x-amz-server-side-encryption", "AES256");
	call_open(c);
	xml_add(c->out, "<CompleteMultipartUploadResult" S3_XMLNS "><Location>"
		"http://%s.s3.%r.amazonaws.com/%s</Location><Bucket>%s"
		"</Bucket><Key>%s</Key><ETag>&quot;%r&quot;</ETag>"
		"<%r>%r</%r></CompleteMultipartUploadResult>", b->name,
		b->region->name, o->key, b->name, o->key, o->etag, element,
		o->checksum_value, element);
}

void s3_complete_upload(struct call *c)
{
	struct s3_bucket *b = s3_call_bucket(c);
	struct chosen parts = { 0 };
	struct s3_object *o = NULL;
	struct s3_upload *u;
	size_t place;

	u = b ? s3_call_upload(c, b, &place) : NULL;
	if (!u || !s3_write_allowed(c, b) || !choose_all(c, u, &parts))
		goto out;
	o = xcalloc(1, sizeof(*o));
	o->key = xstrdup(u->key);
	o->modified = c->now / 1000 * 1000;
	o->class = u->class;
	join(&parts, o);
	sum(u, &parts, o);
	if (!check_whole(c, o))
		goto out;
	s3_headers_copy(&o->headers, &u->headers);
	s3_upload_remove(b, place);
	write_result(c, b, o);
	s3_object_put(b, o);
	o = NULL;
out:
	s3_object_free(o);
	VEC_FREE(&parts);
}
