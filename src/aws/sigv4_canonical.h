/* SPDX-License-Identifier: MIT */
/*
 * The steps of Signature Version 4's canonical request, and what its other
 * forms (chunked payloads) share. Private to sigv4*.c. Pure; any thread.
 */
#ifndef AWS_SIGV4_CANONICAL_H
#define AWS_SIGV4_CANONICAL_H

#include "aws/sigv4.h"

void sigv4_add_path(struct str *out, const struct sigv4_request *r);

/* query may be NULL. Sorted, every name with its "=". */
void sigv4_add_query(struct str *out, const char *query);

/* "name:value\n" each, and the names joined with ';'. */
void sigv4_add_headers(struct str *out, const struct sigv4_request *r,
	struct str *names);

/* 20261123/us-east-1/ec2/aws4_request */
void sigv4_add_scope(struct str *out, const struct sigv4_scope *scope);

/* The day's key; the caller wipes it. */
void sigv4_derive_key(unsigned char key[32], const char *secret_key,
	const struct sigv4_scope *scope);
void sigv4_sign_with_key(char hex[65], const unsigned char key[32],
	const char *string_to_sign, size_t len);

#endif
