/* SPDX-License-Identifier: MIT */
/*
 * aws-chunked bodies, signed or not, and digests of what is uploaded.
 * (Amazon S3 API Reference, "Signature Calculations for the Authorization
 * Header: Transferring Payload in Multiple Chunks", and "… with trailers")
 */
#include "sim/s3/calls.h"

#include "base/mem.h"
#include "sim/auth.h"
#include "sim/server.h"
#include "sim/service.h"
#include "sim/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define EMPTY_SHA256 \
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

struct chunks {
	struct call *c;
	const struct auth *auth;
	const char *at, *end;
	bool is_signed, verify;
	char previous[65];       /* signature */
	struct str out;
	struct str trailer;      /* name:value\n as it is signed */
};

static bool broken(struct chunks *k)
{
	return call_error(k->c, 400, "IncompleteBody", "The request body "
		"terminated unexpectedly");
}

/* One line without its CRLF; false: there is none. */
static bool take_line(struct chunks *k, const char **line, size_t *len)
{
	const char *stop = memmem(k->at, (size_t)(k->end - k->at), "\r\n", 2);

	if (!stop)
		return false;
	*line = k->at;
	*len = (size_t)(stop - k->at);
	k->at = stop + 2;
	return true;
}

void s3_chunk_string(struct str *out, const struct auth *a,
	const char *algorithm, const char *previous, const char *data,
	size_t len)
{
	char hash[65];

	sigv4_sha256_hex(hash, data, len);
	xml_add(out, "%r\n%r\n%r/%r/%r/aws4_request\n%r\n", algorithm,
		a->date, a->scope_date, a->region, a->service, previous);
	if (!strcmp(algorithm, S3_CHUNK_PAYLOAD))
		str_add(out, EMPTY_SHA256 "\n");
	str_add(out, hash);
}

static bool check_signature(struct chunks *k, const char *algorithm,
	const char *data, size_t len, const char *given)
{
	const struct auth *a = k->auth;
	struct str sts = STR_INIT;
	char want[65];

	s3_chunk_string(&sts, a, algorithm, k->previous, data, len);
	auth_chunk_signature(k->c, a, sts.p, sts.len, want);
	str_clear(&sts);
	memcpy(k->previous, want, sizeof(want));
	return !k->verify ||
		(strlen(given) >= 64 && !strncmp(given, want, 64)) ||
		call_refuse(k->c, REFUSE_SIGNATURE, NULL);
}

/* Size line and data; *last: it was the empty one, without CRLF behind. */
static bool take_chunk(struct chunks *k, bool *last)
{
	static const char mark[] = ";chunk-signature=";
	const char *line, *signature;
	unsigned long long size;
	char *stop;
	size_t len;

	if (!take_line(k, &line, &len) || len == 0 ||
		!strchr("0123456789abcdefABCDEF", *line))
		return broken(k);
	size = strtoull(line, &stop, 16);
	signature = stop;
	*last = size == 0;
	if (size > (unsigned long long)(k->end - k->at))
		return broken(k);
	if (k->is_signed) {
		if (strncmp(signature, mark, sizeof(mark) - 1) != 0)
			return broken(k);
		if (!check_signature(k,
			S3_CHUNK_PAYLOAD, k->at, (size_t)size,
			signature + sizeof(mark) - 1))
			return false;
	}
	str_addn(&k->out, k->at, (size_t)size);
	k->at += size;
	if (*last)
		return true;
	if (k->end - k->at < 2 || memcmp(k->at, "\r\n", 2) != 0)
		return broken(k);
	k->at += 2;
	return true;
}

static bool take_trailers(struct chunks *k)
{
	const char *line, *colon;
	size_t len;

	while (take_line(k, &line, &len) && len > 0) {
		char *name, *value;

		colon = memchr(line, ':', len);
		if (!colon)
			return broken(k);
		name = call_text(k->c, line, (size_t)(colon - line));
		colon++;
		colon += strspn(colon, " ");
		value = call_text(k->c, colon, (size_t)(line + len - colon));
		value[strcspn(value, "\r\n")] = '\0';
		if (!strcasecmp(name, "x-amz-trailer-signature")) {
			if (k->is_signed && !check_signature(k,
				S3_CHUNK_TRAILER, k->trailer.p,
				k->trailer.len, value))
				return false;
			continue;
		}
		str_addf(&k->trailer, "%s:%s\n", name, value);
		call_header_add(k->c, name, value);
	}
	return true;
}

/* The trailer that was promised has come. */
static bool check_promise(struct chunks *k)
{
	const char *names = call_header(k->c, "x-amz-trailer");

	if (!names || call_header(k->c, names))
		return true;
	return call_error(k->c, 400, "MalformedTrailerError", "The request "
		"contained trailing data that was not well-formed or did not "
		"conform to our published schema.");
}

static bool check_length(struct chunks *k)
{
	const char *given = call_header(k->c, "x-amz-decoded-content-length");

	if (!given)
		return call_error(k->c, 411, "MissingContentLength",
			"You must provide the x-amz-decoded-content-length header.");
	return strtoull(given, NULL, 10) == k->out.len || broken(k);
}

bool s3_unchunk(struct call *c, const struct auth *auth)
{
	const char *hash = call_header(c, "x-amz-content-sha256");
	struct chunks k = { .c = c, .auth = auth, .out = STR_INIT,
		.trailer = STR_INIT };
	bool last = false, ok = true;

	if (!hash || strncmp(hash, "STREAMING-", 10) != 0)
		return true;
	k.is_signed = !strncmp(hash, "STREAMING-AWS4-", 15);
	k.verify = !c->sim->options.no_verify;
	k.at = c->body.p;
	k.end = c->body.p + c->body.len;
	if (auth->signature)
		snprintf(k.previous, sizeof(k.previous), "%s",
			auth->signature);
	str_init(&k.out, c->body.len + 1);
	while (ok && !last)
		ok = take_chunk(&k, &last);
	ok = ok && take_trailers(&k) && check_length(&k) && check_promise(&k);
	str_clear(&k.trailer);
	if (!ok) {
		str_clear(&k.out);
		return false;
	}
	str_clear(&c->body);
	c->body = k.out;
	return true;
}

static bool check_md5(struct call *c, const struct s3_body *body)
{
	const char *given = call_header(c, "content-md5");
	struct str bytes = STR_INIT;
	bool valid, same;

	if (!given)
		return true;
	valid = str_add_unbase64(&bytes, given, strlen(given)) &&
		bytes.len == sizeof(body->md5);
	same = valid && !memcmp(bytes.p, body->md5, sizeof(body->md5));
	str_clear(&bytes);
	if (!valid)
		return s3_error(c, 400, "InvalidDigest", "Content-MD5", given,
			"The Content-MD5 you specified was invalid.");
	return same || s3_error(c, 400, "BadDigest", "ExpectedDigest", given,
		"The Content-MD5 you specified did not match what we "
		"received.");
}

static bool check_checksum(struct call *c, struct s3_body *body)
{
	const struct sim_checksum *sum;

	for (size_t i = 0; (sum = sim_checksum_at(i)); i++) {
		const char *given = call_header(c, call_textf(c,
			"x-amz-checksum-%s", sim_checksum_name(sum)));

		if (!given)
			continue;
		if (body->checksum)
			return call_error(c, 400, "InvalidRequest",
				"Expecting a single x-amz-checksum- header. Multiple "
				"checksum Types are not allowed.");
		body->checksum = sum;
		body->asked = true;
		sim_checksum_base64(sum, c->body.p, c->body.len, body->value);
		if (strlen(given) != strlen(body->value))
			return call_error(c, 400, "InvalidRequest",
				"Value for x-amz-checksum-%s header is invalid.",
				sim_checksum_name(sum));
		if (strcmp(given, body->value) != 0)
			return call_error(c, 400, "BadDigest", "The %s you "
				"specified did not match the calculated "
				"checksum.", sim_checksum_element(sum) + 8);
	}
	return true;
}

bool s3_digest(struct call *c)
{
	static const char *const uploads[] = { "PutObject", "UploadPart" };
	struct s3_body *body;
	bool is_upload = false;

	if (strcmp(c->method, "PUT") != 0 && strcmp(c->method, "POST") != 0)
		return true;
	/* The checksum headers of this one speak of the whole object. */
	if (!strcmp(c->operation, "CompleteMultipartUpload"))
		return true;
	body = call_aligned(c, sizeof(*body));
	*body = (struct s3_body){ 0 };
	c->s3_body = body;
	sim_checksum_md5(c->body.p, c->body.len, body->md5);
	if (!check_md5(c, body) || !check_checksum(c, body))
		return false;
	for (size_t i = 0; i < sizeof(uploads) / sizeof(*uploads); i++)
		is_upload = is_upload || !strcmp(c->operation, uploads[i]);
	if (!is_upload || body->checksum)
		return true;
	body->checksum = sim_checksum_find("crc64nvme");
	sim_checksum_base64(body->checksum, c->body.p, c->body.len,
		body->value);
	return true;
}
