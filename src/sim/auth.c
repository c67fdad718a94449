/* SPDX-License-Identifier: MIT */
#include "sim/auth.h"

#include "aws/sigv4.h"
#include "base/clock.h"
#include "base/vec.h"
#include "sim/keyring.h"
#include "sim/server.h"
#include "sim/service.h"
#include "sim/world.h"
#include "sim/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ALGORITHM "AWS4-HMAC-SHA256"
#define SKEW_S3 (15 * 60 * 1000)
#define SKEW_MOST (5 * 60 * 1000)

/* KEY/20261123/us-east-1/ec2/aws4_request; the key may hold slashes. */
static bool parse_credential(struct call *c, struct auth *a,
	const char *text, size_t len)
{
	char *copy = call_text(c, text, len);
	const char *parts[4];

	for (int i = 3; i >= 0; i--) {
		char *slash = strrchr(copy, '/');

		if (!slash)
			return false;
		*slash = '\0';
		parts[i] = slash + 1;
	}
	a->access = copy;
	a->scope_date = parts[0];
	a->region = parts[1];
	a->service = parts[2];
	return *copy && strlen(parts[0]) == 8 &&
		!strcmp(parts[3], "aws4_request");
}

static void parse_header(struct call *c, struct auth *a, const char *text)
{
	bool credential = false;

	text += strlen(ALGORITHM);
	while (*text) {
		size_t len;
		const char *is;

		text += strspn(text, " ,");
		len = strcspn(text, ", ");
		is = memchr(text, '=', len);
		if (is) {
			size_t name = (size_t)(is - text);
			size_t rest = len - name - 1;

			if (!strncmp(text, "Credential", name))
				credential = parse_credential(c, a, is + 1,
					rest);
			else if (!strncmp(text, "SignedHeaders", name))
				a->signed_headers = call_text(c, is + 1, rest);
			else if (!strncmp(text, "Signature", name))
				a->signature = call_text(c, is + 1, rest);
		}
		text += len;
	}
	a->date = call_header(c, "x-amz-date");
	a->token = call_header(c, "x-amz-security-token");
	a->malformed = !credential || !a->signed_headers || !a->signature ||
		!a->date;
}

static void parse_presigned(struct call *c, struct auth *a)
{
	const char *credential = call_param(c, "X-Amz-Credential");
	const char *expires = call_param(c, "X-Amz-Expires");

	a->presigned = true;
	a->signed_headers = call_param(c, "X-Amz-SignedHeaders");
	a->signature = call_param(c, "X-Amz-Signature");
	a->date = call_param(c, "X-Amz-Date");
	a->token = call_param(c, "X-Amz-Security-Token");
	a->malformed = !credential || !a->signed_headers || !a->signature ||
		!a->date || !expires ||
		!str_int(expires, 1, 604800, &a->expires) ||
		!parse_credential(c, a, credential, strlen(credential));
}

void auth_parse(struct call *c, struct auth *a)
{
	const char *header = call_header(c, "authorization");

	*a = (struct auth){ 0 };
	if (header) {
		a->present = true;
		if (!strncmp(header, ALGORITHM " ", strlen(ALGORITHM) + 1))
			parse_header(c, a, header);
		else
			a->malformed = true;
	} else if (call_param(c, "X-Amz-Algorithm")) {
		a->present = true;
		parse_presigned(c, a);
	} else if (call_param(c, "AWSAccessKeyId")) {
		a->present = true;
		a->malformed = true;
	}
}

/* The raw query without the signature itself. */
static const char *unsigned_query(struct call *c)
{
	static const char name[] = "X-Amz-Signature=";
	char *copy = call_text(c, c->query, strlen(c->query));
	char *at = copy;

	while ((at = strstr(at, name))) {
		size_t len = strcspn(at, "&");

		if (at != copy && at[-1] != '&') {
			at += len;
			continue;
		}
		if (at[len] == '&')
			len++;
		else if (at != copy)
			at--, len++;
		memmove(at, at + len, strlen(at + len) + 1);
	}
	return copy;
}

static bool is_signed(const char *names, const char *name)
{
	size_t len = strlen(name);

	for (;;) {
		size_t n = strcspn(names, ";");

		if (n == len && !strncasecmp(names, name, len))
			return true;
		if (!names[n])
			return false;
		names += n + 1;
	}
}

/* S3 wants every x-amz- header signed. */
static bool check_headers(struct call *c, const struct auth *a)
{
	struct str more = STR_INIT;
	bool ok = true;

	for (size_t i = 0; i < c->headers.count; i++) {
		const char *name = c->headers.items[i].name;

		if (strncasecmp(name, "x-amz-", 6) != 0 ||
			is_signed(a->signed_headers, name))
			continue;
		if (ok && a->presigned &&
			!strcasecmp(name, "x-amz-content-sha256"))
			continue;
		xml_add(&more, "%r%s", ok ? "<HeadersNotSigned>" : ", ", name);
		ok = false;
	}
	if (!ok) {
		str_add(&more, "</HeadersNotSigned>");
		call_error_more(c, 403, "AccessDenied", more.p, "There were "
			"headers present in the request which were not signed");
	}
	str_clear(&more);
	return ok;
}

static bool check_time(struct call *c, const struct auth *a)
{
	bool s3 = c->service->style == STYLE_S3;
	int64_t most = s3 ? SKEW_S3 : SKEW_MOST;
	struct str more = STR_INIT;
	char server[32];
	int64_t at;

	if (!clock_parse(a->date, strlen(a->date), &at) ||
		strncmp(a->date, a->scope_date, 8) != 0)
		return call_refuse(c, REFUSE_MALFORMED, NULL);
	if (a->presigned && (c->now > at + a->expires * 1000 ||
		at > c->now + most))
		return call_refuse(c, REFUSE_URL_EXPIRED, NULL);
	if (a->presigned || (at <= c->now + most && at >= c->now - most))
		return true;
	clock_format_basic(c->now, server);
	if (c->service->style == STYLE_QUERY)
		return call_error(c, 403, "SignatureDoesNotMatch",
			at < c->now ?
			"Signature expired: %s is now earlier than %s (5 min.)" :
			"Signature not yet current: %s is still later than %s "
			"(5 min.)", a->date, server);
	xml_add(&more, "<RequestTime>%s</RequestTime><ServerTime>%t"
		"</ServerTime><MaxAllowedSkewMilliseconds>%z"
		"</MaxAllowedSkewMilliseconds>", a->date, c->now,
		(uint64_t)most);
	call_refuse(c, REFUSE_SKEW, more.p);
	str_clear(&more);
	return false;
}

static bool check_token(struct call *c, const struct auth *a,
	const struct key_row *row)
{
	if (!row->token[0] ? a->token != NULL && *a->token :
		!a->token || strcmp(a->token, row->token) != 0)
		return call_refuse(c, REFUSE_TOKEN, NULL);
	if (c->now >= row->expires)
		return call_refuse(c, REFUSE_EXPIRED, NULL);
	return true;
}

static const char *payload_hash(const struct call *c, const struct auth *a)
{
	const char *given = call_header(c, "x-amz-content-sha256");

	if (given)
		return given;
	if (a->presigned && c->service->style == STYLE_S3)
		return "UNSIGNED-PAYLOAD";
	return c->body_hash;
}

static bool check_payload(struct call *c, const struct auth *a)
{
	const char *given = call_header(c, "x-amz-content-sha256");

	if (c->service->style != STYLE_S3 || a->presigned)
		return true;
	if (!given)
		return call_error(c, 400, "InvalidRequest", "Missing required "
			"header for this request: x-amz-content-sha256");
	if (!strncmp(given, "STREAMING-", 10) ||
		!strcmp(given, "UNSIGNED-PAYLOAD") ||
		!strcmp(given, c->body_hash))
		return true;
	return call_error(c, 400, "XAmzContentSHA256Mismatch", "The provided "
		"'x-amz-content-sha256' header does not match what was "
		"computed.");
}

static bool check_signature(struct call *c, const struct auth *a,
	const char *secret)
{
	struct { struct sigv4_header *items; size_t count, room; } h = { 0 };
	struct str canonical = STR_INIT, names = STR_INIT, sts = STR_INIT;
	struct sigv4_scope scope = { a->date, a->region, a->service };
	char hex[65];
	bool ok;

	for (size_t i = 0; i < c->headers.count; i++)
		if (is_signed(a->signed_headers, c->headers.items[i].name))
			*VEC_PUSH(&h) = c->headers.items[i];
	struct sigv4_request r = {
		.method = c->method, .path = c->path,
		.query = a->presigned ? unsigned_query(c) : c->query,
		.headers = h.items, .header_count = h.count,
		.payload_hash = payload_hash(c, a),
		.s3 = c->service->style == STYLE_S3,
	};
	sigv4_canonical_request(&canonical, &r, &names);
	sigv4_string_to_sign(&sts, &scope, canonical.p, canonical.len);
	sigv4_signature(hex, secret, &scope, sts.p, sts.len);
	ok = !strcmp(hex, a->signature) && !strcmp(names.p, a->signed_headers)
		&& is_signed(a->signed_headers, "host");
	if (!ok && c->service->style == STYLE_S3) {
		struct str more = STR_INIT;

		xml_add(&more, "<AWSAccessKeyId>%s</AWSAccessKeyId>"
			"<StringToSign>%s</StringToSign><SignatureProvided>%s"
			"</SignatureProvided><CanonicalRequest>%s"
			"</CanonicalRequest>", a->access, sts.p, a->signature,
			canonical.p);
		call_refuse(c, REFUSE_SIGNATURE, more.p);
		str_clear(&more);
	} else if (!ok) {
		call_refuse(c, REFUSE_SIGNATURE, NULL);
	}
	str_clear(&canonical);
	str_clear(&names);
	str_clear(&sts);
	VEC_FREE(&h);
	return ok;
}

static bool check_scope(struct call *c, const struct auth *a)
{
	const struct region_row *row = region_row_find(a->region);

	if (!row)
		return call_refuse(c, REFUSE_SCOPE, NULL);
	if (row->optin == OPTIN_NO)
		return call_refuse(c, REFUSE_OPTIN, NULL);
	c->world = atlas_world(c->sim->atlas, c->account, a->region);
	return true;
}

bool auth_verify(struct call *c, const struct auth *a)
{
	bool verify = !c->sim->options.no_verify;
	struct key_row row;

	if (!a->present)
		return call_refuse(c, REFUSE_NO_AUTH, NULL);
	if (a->malformed)
		return call_refuse(c, REFUSE_MALFORMED, NULL);
	if (!keyring_find(c->sim->keyring, a->access, &row)) {
		if (verify)
			return call_refuse(c, REFUSE_KEY, NULL);
		keyring_find(c->sim->keyring, SIM_ACCESS_KEY, &row);
		row.access[0] = '\0';
	}
	memcpy(c->account, row.account, sizeof(c->account));
	if (!check_scope(c, a))
		return false;
	if (!verify)
		return true;
	return check_token(c, a, &row) && check_time(c, a) &&
		(c->service->style != STYLE_S3 || check_headers(c, a)) &&
		check_signature(c, a, row.secret) && check_payload(c, a);
}

void auth_chunk_signature(const struct call *c, const struct auth *a,
	const char *string_to_sign, size_t len, char hex[65])
{
	struct sigv4_scope scope = { a->date, a->region, a->service };
	struct key_row row = { 0 };

	keyring_find(c->sim->keyring, a->access, &row);
	sigv4_signature(hex, row.secret, &scope, string_to_sign, len);
}
