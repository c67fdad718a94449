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

void sigv4_hex(char hex[65], const unsigned char hash[32]);

#endif
