/* SPDX-License-Identifier: MIT */
/*
 * Signature Version 4 (docs.aws.amazon.com, "AWS Signature Version 4 for API
 * requests"): pure steps from a request as it goes on the wire. Also what
 * the simulator verifies with. Any thread; the derived key is not kept.
 */
#ifndef AWS_SIGV4_H
#define AWS_SIGV4_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct sigv4_header {
	const char *name;
	const char *value;
};

struct sigv4_request {
	const char *method;
	const char *path;        /* on the wire: percent-encoded, "" is "/" */
	const char *query;       /* on the wire, without '?'; may be NULL */
	const struct sigv4_header *headers;
	size_t header_count;
	const char *payload_hash;   /* hex, or UNSIGNED-PAYLOAD and friends */
	bool s3;        /* path neither normalised nor encoded again */
	bool no_normalise;
};

struct sigv4_scope {
	const char *date;        /* 20261123T001400Z */
	const char *region;
	const char *service;
};

void sigv4_canonical_request(struct str *out, const struct sigv4_request *r,
	struct str *signed_headers);
void sigv4_string_to_sign(struct str *out, const struct sigv4_scope *scope,
	const char *canonical_request, size_t len);
void sigv4_signature(char hex[65], const char *secret_key,
	const struct sigv4_scope *scope, const char *string_to_sign,
	size_t len);

/* The value of the Authorization header. */
void sigv4_authorization(struct str *out, const struct sigv4_request *r,
	const struct sigv4_scope *scope, const char *access_key,
	const char *secret_key);

/* The query of a presigned URL, r->query's parameters included; seconds
 * 1..604800. token may be NULL. */
void sigv4_presign(struct str *query, const struct sigv4_request *r,
	const struct sigv4_scope *scope, const char *access_key,
	const char *secret_key, const char *token, unsigned seconds);

/* Only these are signed: all but the hop-by-hop and the changing ones. */
bool sigv4_header_is_signed(const char *name);

/* Lower-case hex of SHA-256. */
void sigv4_sha256_hex(char hex[65], const void *bytes, size_t len);

#endif
