/* SPDX-License-Identifier: MIT */
/*
 * Who asks: Signature Version 4 in the header or in the query, verified
 * from the raw bytes of the request line. (docs.aws.amazon.com, "AWS
 * Signature Version 4 for API requests", "Authenticating Requests: Using
 * Query Parameters")
 */
#ifndef SIM_AUTH_H
#define SIM_AUTH_H

#include "sim/call.h"

struct auth {
	bool present;
	bool presigned;
	bool malformed;
	const char *access;
	const char *scope_date;      /* 20261123 */
	const char *region;
	const char *service;
	const char *signed_headers;
	const char *signature;
	const char *date;            /* 20261123T001400Z */
	const char *token;
	long expires;
};

/* Only reads; never answers. */
void auth_parse(struct call *c, struct auth *a);

/* Fills in who it is. False: answered with a refusal. */
bool auth_verify(struct call *c, const struct auth *a);

/* The signature of a chunk of an aws-chunked body. */
void auth_chunk_signature(const struct call *c, const struct auth *a,
	const char *string_to_sign, size_t len, char hex[65]);

#endif
