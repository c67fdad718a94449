/* SPDX-License-Identifier: MIT */
#include "aws/sigv4_chunk.h"

#include "aws/sigv4_canonical.h"
#include "base/mem.h"

#include <string.h>

enum { HASH_HEX = 64 };

void sigv4_chunker_init(struct sigv4_chunker *c, const char *secret_key,
	const struct sigv4_scope *scope, const char *seed)
{
	memset(c, 0, sizeof(*c));
	c->scope = *scope;
	sigv4_derive_key(c->key, secret_key, scope);
	memcpy(c->last, seed, HASH_HEX);
}

void sigv4_chunker_clear(struct sigv4_chunker *c)
{
	mem_wipe(c, sizeof(*c));
}

/* The next signature of the chain, over what `form` puts after it. */
static void sign(struct sigv4_chunker *c, const char *form,
	const char *hashes)
{
	struct str text = STR_INIT;

	str_addf(&text, "%s\n%s\n", form, c->scope.date);
	sigv4_add_scope(&text, &c->scope);
	str_addf(&text, "\n%s\n%s", c->last, hashes);
	sigv4_sign_with_key(c->last, c->key, text.p, text.len);
	str_clear(&text);
}

void sigv4_chunk_add(struct str *out, struct sigv4_chunker *c,
	const void *bytes, size_t len, bool trailers)
{
	char hashes[2 * HASH_HEX + 2];

	sigv4_sha256_hex(hashes, "", 0);
	hashes[HASH_HEX] = '\n';
	sigv4_sha256_hex(hashes + HASH_HEX + 1, bytes, len);
	sign(c, "AWS4-HMAC-SHA256-PAYLOAD", hashes);
	str_addf(out, "%zx;chunk-signature=%s\r\n", len, c->last);
	str_addn(out, bytes, len);
	if (len || !trailers)
		str_add(out, "\r\n");
}

void sigv4_chunk_trailer(struct str *out, struct sigv4_chunker *c,
	const struct sigv4_header *headers, size_t count)
{
	struct str lines = STR_INIT;
	char hash[HASH_HEX + 1];

	for (size_t i = 0; i < count; i++) {
		str_addf(&lines, "%s:%s\n", headers[i].name,
			headers[i].value);
		str_addf(out, "%s:%s\r\n", headers[i].name,
			headers[i].value);
	}
	sigv4_sha256_hex(hash, lines.p, lines.len);
	sign(c, "AWS4-HMAC-SHA256-TRAILER", hash);
	str_addf(out, "x-amz-trailer-signature:%s\r\n\r\n", c->last);
	str_clear(&lines);
}

static size_t framed(size_t len)
{
	size_t digits = 1;

	for (size_t rest = len; rest >= 16; rest /= 16)
		digits++;
	return digits + strlen(";chunk-signature=") + HASH_HEX + 4 + len;
}

size_t sigv4_chunk_length(size_t len, size_t chunk)
{
	size_t total = len / chunk * framed(chunk) + framed(0);

	return len % chunk ? total + framed(len % chunk) : total;
}
