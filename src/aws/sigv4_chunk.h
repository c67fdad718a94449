/* SPDX-License-Identifier: MIT */
/*
 * Signed chunks of a streaming upload (S3 API Reference, "Signature
 * calculations: transferring payload in multiple chunks"): each chunk's
 * signature hangs on the one before, the first on the request's own. One
 * thread at a time; wipe it when done.
 */
#ifndef AWS_SIGV4_CHUNK_H
#define AWS_SIGV4_CHUNK_H

#include "aws/sigv4.h"

/* The values of x-amz-content-sha256. */
#define SIGV4_STREAMING "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
#define SIGV4_STREAMING_TRAILER "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"

enum { SIGV4_CHUNK_LEAST = 8192 };   /* but for the last */

struct sigv4_chunker {
	struct sigv4_scope scope;   /* strings are borrowed */
	unsigned char key[32];
	char last[65];              /* the signature before this one */
};

/* seed: the signature of the request's headers, 64 hex digits. */
void sigv4_chunker_init(struct sigv4_chunker *c, const char *secret_key,
	const struct sigv4_scope *scope, const char *seed);
void sigv4_chunker_clear(struct sigv4_chunker *c);

/* Appends "hexlen;chunk-signature=…\r\n", the bytes, "\r\n"; len 0 ends the
 * body (without its last "\r\n" where trailers follow). */
void sigv4_chunk_add(struct str *out, struct sigv4_chunker *c,
	const void *bytes, size_t len, bool trailers);

/* Appends trailing headers and their signature. */
void sigv4_chunk_trailer(struct str *out, struct sigv4_chunker *c,
	const struct sigv4_header *headers, size_t count);

/* The bytes on the wire of a body of len in chunks of `chunk`, no trailers. */
size_t sigv4_chunk_length(size_t len, size_t chunk);

#endif
