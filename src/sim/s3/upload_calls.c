/* SPDX-License-Identifier: MIT */
/* Multipart uploads: start, parts, list, abort. */
#include "sim/s3/calls.h"

#include "base/mem.h"
#include "base/random.h"
#include "base/vec.h"
#include "sim/s3/upload.h"
#include "sim/server.h"
#include "sim/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARTS_MOST 10000
#define PAGE_MOST 1000

struct s3_upload *s3_call_upload(struct call *c, struct s3_bucket *b,
	size_t *place)
{
	const char *id = call_param(c, "uploadId");

	for (size_t i = 0; i < b->uploads.count; i++) {
		struct s3_upload *u = b->uploads.items[i];

		if (strcmp(u->id, id) != 0 || strcmp(u->key, c->key) != 0)
			continue;
		*place = i;
		return u;
	}
	s3_error(c, 404, "NoSuchUpload", "UploadId", id, "The specified "
		"upload does not exist. The upload ID may be invalid, or the "
		"upload may have been aborted or completed.");
	return NULL;
}

void s3_upload_remove(struct s3_bucket *b, size_t place)
{
	s3_upload_free(b->uploads.items[place]);
	b->uploads.count--;
	memmove(b->uploads.items + place, b->uploads.items + place + 1,
		(b->uploads.count - place) * sizeof(struct s3_upload *));
}

/* What checksum the parts will have, and over what the whole one goes. */
static bool read_checksum(struct call *c, struct s3_upload *u)
{
	const char *name = call_header(c, "x-amz-checksum-algorithm");
	const char *type = call_header(c, "x-amz-checksum-type");
	const struct sim_checksum *sum = sim_checksum_find(name);
	bool full = type && !strcmp(type, "FULL_OBJECT");

	if (!name)
		return true;
	if (!sum)
		return call_error(c, 400, "InvalidRequest", "Checksum "
			"algorithm provided is unsupported. Please try again "
			"with any of the valid types: [CRC32, CRC32C, "
			"CRC64NVME, SHA1, SHA256]");
	u->checksum = sim_checksum_name(sum);
	u->composite = !full && sim_checksum_may_be_composite(sum);
	if (full ? sim_checksum_may_be_full(sum) : !type || u->composite)
		return true;
	return call_error(c, 400, "InvalidRequest", "The %s checksum type "
		"cannot be used with the %s checksum algorithm.", type, name);
}

void s3_create_upload(struct call *c)
{
	struct s3_bucket *b = s3_call_bucket(c);
	uint64_t *state = &c->sim->s3->state;
	struct s3_upload *u;

	if (!b || !s3_key_ok(c))
		return;
	u = xcalloc(1, sizeof(*u));
	u->key = xstrdup(c->key);
	u->started = c->now / 1000 * 1000;
	if (!s3_read_headers(c, &u->headers, &u->class) ||
		!read_checksum(c, u)) {
		s3_upload_free(u);
		return;
	}
	snprintf(u->id, sizeof(u->id), "%016llx%016llx%016llx",
		(unsigned long long)random_next(state),
		(unsigned long long)random_next(state),
		(unsigned long long)random_next(state));
	*VEC_PUSH(&b->uploads) = u;
	if (u->checksum) {
		call_reply_header(c, "x-amz-checksum-algorithm", "%s",
			sim_checksum_element(sim_checksum_find(u->checksum)) +
			8);
		call_reply_header(c, "x-amz-checksum-type",
			u->composite ? "COMPOSITE" : "FULL_OBJECT");
	}
	call_open(c);
	xml_add(c->out, "<InitiateMultipartUploadResult" S3_XMLNS "><Bucket>%s"
		"</Bucket><Key>%s</Key><UploadId>%s</UploadId>"
		"</InitiateMultipartUploadResult>", b->name, u->key, u->id);
}

/* Replaces the part of that number. Takes the blob. */
static void put_part(struct s3_upload *u, struct s3_part part)
{
	size_t at = 0;

	while (at < u->count && u->items[at].number < part.number)
		at++;
	if (at < u->count && u->items[at].number == part.number) {
		blob_unref(u->items[at].blob);
		u->items[at] = part;
		return;
	}
	VEC_RESERVE(u, u->count + 1);
	memmove(u->items + at + 1, u->items + at,
		(u->count - at) * sizeof(*u->items));
	u->items[at] = part;
	u->count++;
}

static bool part_number(struct call *c, long *number)
{
	const char *given = call_param(c, "partNumber");

	return (given && str_int(given, 1, PARTS_MOST, number)) ||
		s3_error(c, 400, "InvalidArgument", "ArgumentName",
		"partNumber", "Part number must be an integer between 1 and "
		"10000, inclusive");
}

void s3_upload_part(struct call *c)
{
	struct s3_bucket *b = s3_call_bucket(c);
	const struct s3_body *body = c->s3_body;
	struct s3_part part = { .modified = c->now / 1000 * 1000 };
	struct s3_upload *u;
	char etag[33];
	size_t place;
	long number;

	if (!b || !part_number(c, &number))
		return;
	u = s3_call_upload(c, b, &place);
	if (!u)
		return;
	if (u->checksum && (!body->asked ||
		strcmp(u->checksum, sim_checksum_name(body->checksum)))) {
		call_error(c, 400, "InvalidRequest", "Checksum Type mismatch "
			"occurred, expected checksum Type: %s, actual "
			"checksum Type: %s", u->checksum, body->asked ?
			sim_checksum_name(body->checksum) : "null");
		return;
	}
	part.number = (unsigned)number;
	part.blob = blob_new(&c->body);
	memcpy(part.md5, body->md5, sizeof(part.md5));
	part.checksum = sim_checksum_name(body->checksum);
	memcpy(part.checksum_value, body->value, sizeof(body->value));
	put_part(u, part);
	s3_hex(part.md5, sizeof(part.md5), etag);
	call_reply_header(c, "ETag", "\"%s\"", etag);
	call_reply_header(c, "x-amz-server-side-encryption", "AES256");
	call_reply_header(c, call_textf(c, "x-amz-checksum-%s",
		part.checksum), "%s", part.checksum_value);
}

static bool source_range(struct call *c, uint64_t size, uint64_t *from,
	uint64_t *len)
{
	const char *range = call_header(c, "x-amz-copy-source-range");
	char *end = NULL;
	uint64_t to;

	*from = 0;
	*len = size;
	if (!range)
		return true;
	if (!strncmp(range, "bytes=", 6)) {
		*from = strtoull(range + 6, &end, 10);
		to = *end == '-' ? strtoull(end + 1, &end, 10) : 0;
		*len = to - *from + 1;
		if (!*end && to >= *from && to < size)
			return true;
	}
	return s3_error(c, 400, "InvalidArgument", "ArgumentName",
		"x-amz-copy-source-range", "The x-amz-copy-source-range value "
		"must be of the form bytes=first-last where first and last "
		"are the zero-based offsets of the first and last bytes to "
		"copy");
}

static void read_piece(const struct s3_object *o, uint64_t from, uint64_t len,
	struct str *out)
{
	struct blob *blob = s3_object_blob(o);
	char piece[16384];

	while (len > 0) {
		size_t n = len < sizeof(piece) ? (size_t)len : sizeof(piece);

		blob_read(blob, from, piece, n);
		str_addn(out, piece, n);
		from += n;
		len -= n;
	}
	blob_unref(blob);
}

void s3_copy_part(struct call *c)
{
	struct s3_bucket *b = s3_call_bucket(c), *source_bucket;
	struct s3_part part = { .modified = c->now / 1000 * 1000 };
	char numbered[64], key[S3_KEY_MOST + 1], etag[33];
	struct str bytes = STR_INIT_CAP((size_t)S3_PUT_MOST + 1);
	uint64_t from, len;
	struct s3_object source;
	struct s3_upload *u;
	size_t place;
	long number;

	if (!b || !part_number(c, &number))
		return;
	u = s3_call_upload(c, b, &place);
	if (!u || !s3_copy_source(c, &source, numbered, key, &source_bucket) ||
		!source_range(c, source.size, &from, &len))
		return;
	read_piece(&source, from, len, &bytes);
	sim_checksum_md5(bytes.p, bytes.len, part.md5);
	part.checksum = u->checksum ? u->checksum : "crc64nvme";
	sim_checksum_base64(sim_checksum_find(part.checksum), bytes.p,
		bytes.len, part.checksum_value);
	part.number = (unsigned)number;
	part.blob = blob_new(&bytes);
	put_part(u, part);
	s3_hex(part.md5, sizeof(part.md5), etag);
	call_open(c);
	xml_add(c->out, "<CopyPartResult" S3_XMLNS "><LastModified>%t"
		"</LastModified><ETag>&quot;%r&quot;</ETag></CopyPartResult>",
		part.modified, etag);
}

void s3_abort_upload(struct call *c)
{
	struct s3_bucket *b = s3_call_bucket(c);
	size_t place;

	if (!b || !s3_call_upload(c, b, &place))
		return;
	s3_upload_remove(b, place);
	c->status = 204;
}

static long page_size(const struct call *c, const char *name)
{
	const char *given = call_param(c, name);
	long size = PAGE_MOST;

	if (given && str_int(given, 1, INT32_MAX, &size))
		return size < PAGE_MOST ? size : PAGE_MOST;
	return PAGE_MOST;
}

static void write_part(struct call *c, const struct s3_part *p)
{
	const char *element = sim_checksum_element(
		sim_checksum_find(p->checksum));
	char etag[33];

	s3_hex(p->md5, sizeof(p->md5), etag);
	xml_add(c->out, "<Part><PartNumber>%u</PartNumber><LastModified>%t"
		"</LastModified><ETag>&quot;%r&quot;</ETag><Size>%z</Size>"
		"<%r>%r</%r></Part>", p->number, p->modified, etag,
		p->blob->size, element, p->checksum_value, element);
}

void s3_list_parts(struct call *c)
{
	const struct s3_upload *u;
	struct s3_bucket *b = s3_call_bucket(c);
	const char *marker = call_param(c, "part-number-marker");
	long after = 0, room = page_size(c, "max-parts"), most = room;
	unsigned last = 0;
	size_t place, i;

	if (marker)
		str_int(marker, 0, PARTS_MOST, &after);
	u = b ? s3_call_upload(c, b, &place) : NULL;
	if (!u)
		return;
	call_open(c);
	xml_add(c->out, "<ListPartsResult" S3_XMLNS "><Bucket>%s</Bucket><Key>"
		"%s</Key><UploadId>%s</UploadId><PartNumberMarker>%u"
		"</PartNumberMarker><MaxParts>%u</MaxParts>", b->name, u->key,
		u->id, (unsigned)after, (unsigned)most);
	for (i = 0; i < u->count && room > 0; i++) {
		if (u->items[i].number <= (unsigned)after)
			continue;
		write_part(c, &u->items[i]);
		last = u->items[i].number;
		room--;
	}
	xml_add(c->out, "<NextPartNumberMarker>%u</NextPartNumberMarker>"
		"<IsTruncated>%b</IsTruncated><StorageClass>%r</StorageClass>"
		"<Initiator><ID>" S3_OWNER_ID "</ID></Initiator><Owner><ID>"
		S3_OWNER_ID "</ID></Owner></ListPartsResult>", last,
		(int)(i < u->count), u->class);
}

static void write_upload(struct call *c, const struct s3_upload *u)
{
	xml_add(c->out, "<Upload><Key>%s</Key><UploadId>%s</UploadId>"
		"<Initiator><ID>" S3_OWNER_ID "</ID></Initiator><Owner><ID>"
		S3_OWNER_ID "</ID></Owner><StorageClass>%r</StorageClass>"
		"<Initiated>%t</Initiated></Upload>", u->key, u->id, u->class,
		u->started);
}

static int by_key(const void *a, const void *b)
{
	const struct s3_upload *x = *(struct s3_upload *const *)a;
	const struct s3_upload *y = *(struct s3_upload *const *)b;
	int order = strcmp(x->key, y->key);

	return order ? order : (x->started > y->started) -
		(x->started < y->started);
}

void s3_list_uploads(struct call *c)
{
	const char *prefix = call_param(c, "prefix");
	const char *after = call_param(c, "key-marker");
	const struct s3_bucket *b = s3_call_bucket(c);
	long room = page_size(c, "max-uploads"), most = room;
	const struct s3_upload *last = NULL;
	struct s3_upload **sorted;
	bool more = false;

	if (!b)
		return;
	sorted = xcalloc(b->uploads.count + 1, sizeof(*sorted));
	for (size_t i = 0; i < b->uploads.count; i++)
		sorted[i] = b->uploads.items[i];
	qsort(sorted, b->uploads.count, sizeof(*sorted), by_key);
	call_open(c);
	xml_add(c->out, "<ListMultipartUploadsResult" S3_XMLNS "><Bucket>%s"
		"</Bucket><KeyMarker>%s</KeyMarker><UploadIdMarker/>"
		"<Prefix>%s</Prefix><MaxUploads>%u</MaxUploads>", b->name,
		after, prefix, (unsigned)most);
	for (size_t i = 0; i < b->uploads.count && !more; i++) {
		const struct s3_upload *u = sorted[i];

		if ((prefix && !str_starts(u->key, prefix)) ||
			(after && strcmp(u->key, after) <= 0))
			continue;
		more = room-- == 0;
		if (more)
			break;
		write_upload(c, u);
		last = u;
	}
	if (more)
		xml_add(c->out, "<NextKeyMarker>%s</NextKeyMarker>"
			"<NextUploadIdMarker>%s</NextUploadIdMarker>",
			last->key, last->id);
	xml_add(c->out, "<IsTruncated>%b</IsTruncated>"
		"</ListMultipartUploadsResult>", (int)more);
	free(sorted);
}
