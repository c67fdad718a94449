/* SPDX-License-Identifier: MIT */
#include "aws/sigv4.h"

#include "aws/sigv4_canonical.h"
#include "base/mem.h"

#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <string.h>
#include <strings.h>

enum { HASH = SHA256_DIGEST_LENGTH };

static void add_hex_hash(struct str *out, const void *bytes, size_t len)
{
	char hex[65];

	sigv4_sha256_hex(hex, bytes, len);
	str_add(out, hex);
}

static void write_hex(char hex[65], const unsigned char hash[HASH])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < HASH; i++) {
		hex[2 * i] = digits[hash[i] >> 4];
		hex[2 * i + 1] = digits[hash[i] & 15];
	}
	hex[2 * HASH] = 0;
}

void sigv4_sha256_hex(char hex[65], const void *bytes, size_t len)
{
	unsigned char hash[HASH];

	SHA256(bytes, len, hash);
	write_hex(hex, hash);
}

bool sigv4_header_is_signed(const char *name)
{
	static const char *const unsigned_names[] = {
		"accept-encoding", "authorization", "connection", "expect",
		"keep-alive", "proxy-authenticate", "proxy-authorization",
		"proxy-connection", "te", "trailer", "transfer-encoding",
		"upgrade", "user-agent", "x-amzn-trace-id"
	};
	size_t count = sizeof(unsigned_names) / sizeof(*unsigned_names);

	for (size_t i = 0; i < count; i++)
		if (strcasecmp(name, unsigned_names[i]) == 0)
			return false;
	return true;
}

/* The canonical request around a canonical query that the caller made. */
static void add_request(struct str *out, const struct sigv4_request *r,
	const struct str *query, struct str *signed_headers)
{
	str_addf(out, "%s\n", r->method);
	sigv4_add_path(out, r);
	str_addc(out, '\n');
	str_addn(out, query->p, query->len);
	str_addc(out, '\n');
	sigv4_add_headers(out, r, signed_headers);
	str_addf(out, "\n%s\n%s", signed_headers->p, r->payload_hash);
}

void sigv4_canonical_request(struct str *out, const struct sigv4_request *r,
	struct str *signed_headers)
{
	struct str query = STR_INIT;

	sigv4_add_query(&query, r->query);
	add_request(out, r, &query, signed_headers);
	str_clear(&query);
}

void sigv4_add_scope(struct str *out, const struct sigv4_scope *scope)
{
	size_t day = strnlen(scope->date, 8);

	str_addn(out, scope->date, day);
	str_addf(out, "/%s/%s/aws4_request", scope->region, scope->service);
}

void sigv4_string_to_sign(struct str *out, const struct sigv4_scope *scope,
	const char *canonical_request, size_t len)
{
	str_addf(out, "AWS4-HMAC-SHA256\n%s\n", scope->date);
	sigv4_add_scope(out, scope);
	str_addc(out, '\n');
	add_hex_hash(out, canonical_request, len);
}

static void hmac(unsigned char out[HASH], const void *key, size_t key_len,
	const void *data, size_t len)
{
	HMAC(EVP_sha256(), key, (int)key_len, data, len, out, NULL);
}

void sigv4_derive_key(unsigned char key[HASH], const char *secret_key,
	const struct sigv4_scope *scope)
{
	struct str first = STR_INIT;

	str_addf(&first, "AWS4%s", secret_key);
	hmac(key, first.p, first.len, scope->date, strnlen(scope->date, 8));
	hmac(key, key, HASH, scope->region, strlen(scope->region));
	hmac(key, key, HASH, scope->service, strlen(scope->service));
	hmac(key, key, HASH, "aws4_request", 12);
	str_wipe(&first);
}

void sigv4_sign_with_key(char hex[65], const unsigned char key[HASH],
	const char *string_to_sign, size_t len)
{
	unsigned char hash[HASH];

	hmac(hash, key, HASH, string_to_sign, len);
	write_hex(hex, hash);
}

void sigv4_signature(char hex[65], const char *secret_key,
	const struct sigv4_scope *scope, const char *string_to_sign,
	size_t len)
{
	unsigned char key[HASH];

	sigv4_derive_key(key, secret_key, scope);
	sigv4_sign_with_key(hex, key, string_to_sign, len);
	mem_wipe(key, sizeof(key));
}

static void sign_canonical(char hex[65], const struct str *canonical,
	const struct sigv4_scope *scope, const char *secret_key)
{
	struct str text = STR_INIT;

	sigv4_string_to_sign(&text, scope, canonical->p, canonical->len);
	sigv4_signature(hex, secret_key, scope, text.p, text.len);
	str_clear(&text);
}

void sigv4_authorization(struct str *out, const struct sigv4_request *r,
	const struct sigv4_scope *scope, const char *access_key,
	const char *secret_key)
{
	struct str canonical = STR_INIT, names = STR_INIT;
	char hex[65];

	sigv4_canonical_request(&canonical, r, &names);
	sign_canonical(hex, &canonical, scope, secret_key);
	str_addf(out, "AWS4-HMAC-SHA256 Credential=%s/", access_key);
	sigv4_add_scope(out, scope);
	str_addf(out, ", SignedHeaders=%s, Signature=%s", names.p, hex);
	str_wipe(&canonical);
	str_clear(&names);
}

static void add_parameter(struct str *query, const char *name,
	const char *value)
{
	if (query->len)
		str_addc(query, '&');
	str_addf(query, "%s=", name);
	str_add_uri(query, value, strlen(value), "");
}

static void add_presign_parameters(struct str *query,
	const struct sigv4_request *r, const struct sigv4_scope *scope,
	const char *access_key, const char *token, unsigned seconds)
{
	struct str value = STR_INIT, scratch = STR_INIT;

	add_parameter(query, "X-Amz-Algorithm", "AWS4-HMAC-SHA256");
	str_addf(&value, "%s/", access_key);
	sigv4_add_scope(&value, scope);
	add_parameter(query, "X-Amz-Credential", value.p);
	add_parameter(query, "X-Amz-Date", scope->date);
	str_addf(query, "&X-Amz-Expires=%u", seconds);
	str_reset(&value);
	sigv4_add_headers(&scratch, r, &value);
	add_parameter(query, "X-Amz-SignedHeaders", value.p);
	if (token)
		add_parameter(query, "X-Amz-Security-Token", token);
	str_clear(&value);
	str_clear(&scratch);
}

void sigv4_presign(struct str *query, const struct sigv4_request *r,
	const struct sigv4_scope *scope, const char *access_key,
	const char *secret_key, const char *token, unsigned seconds)
{
	struct sigv4_request full = *r;
	struct str canonical = STR_INIT, names = STR_INIT, text = STR_INIT;
	char hex[65];

	if (r->query)
		str_add(&text, r->query);
	add_presign_parameters(&text, r, scope, access_key, token, seconds);
	full.query = text.p;
	sigv4_canonical_request(&canonical, &full, &names);
	sign_canonical(hex, &canonical, scope, secret_key);
	str_addf(query, "%s&X-Amz-Signature=%s", text.p, hex);
	str_wipe(&canonical);
	str_wipe(&text);
	str_clear(&names);
}
