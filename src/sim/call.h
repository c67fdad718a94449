/* SPDX-License-Identifier: MIT */
/*
 * One request on its way through the simulator: what came, who asks, what
 * is answered. It belongs to the thread of its connection; nothing in it is
 * shared. Texts made for it live as long as the call.
 */
#ifndef SIM_CALL_H
#define SIM_CALL_H

#include "aws/sigv4.h"
#include "base/str.h"
#include "sim/blob.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sim;
struct world;
struct call_block;
struct fault_set;
struct s3_body;
struct sim_action;
struct sim_service;

struct call_pair {
	const char *name;
	const char *value;
};

struct call_pairs {
	struct call_pair *items;
	size_t count, room;
};

struct call {
	struct sim *sim;
	struct call_block *blocks;
	uint64_t connection;

	/* As it came: path and query are the raw bytes of the line. */
	const char *method;
	const char *path;
	const char *query;
	struct {
		struct sigv4_header *items;
		size_t count, room;
	} headers;
	struct str body;
	char body_hash[65];

	/* What it asks for. */
	const struct sim_service *service;
	const struct sim_action *action;
	const char *operation;
	const char *bucket;          /* S3 only, decoded; NULL: none */
	const char *key;
	bool virtual_host;
	struct s3_body *s3_body;     /* digests of what is uploaded */
	struct call_pairs params;    /* the query string, then the form */

	/* Who asks, and the server's time. */
	const char *access_key;
	const char *region;          /* of the credential scope */
	char account[13];
	struct world *world;
	int64_t now;
	const struct fault_set *faults;   /* within serve() */

	/* The answer. body_out or the piece of blob. */
	unsigned status;
	const char *code;            /* AWS's error code, NULL: none */
	char request_id[37];
	struct str *out;
	struct call_pairs out_headers;
	struct blob *blob;
	uint64_t blob_from, blob_len;
	bool is_head;
};

struct call *call_new(struct sim *sim, const char *uri);
void call_free(struct call *c);

/* A copy that lives as long as the call. */
char *call_text(struct call *c, const char *bytes, size_t len);
void *call_aligned(struct call *c, size_t size);
char *call_textf(struct call *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

void call_header_add(struct call *c, const char *name, const char *value);
const char *call_header(const struct call *c, const char *name);

/* Reads parameters from the query and, if it is one, the form. */
void call_parse(struct call *c);

/* The value of that name, or NULL. */
const char *call_param(const struct call *c, const char *name);

/* Base.1, Base.2… in numeric order, whatever order they came in. */
void call_list(struct call *c, const char *base, struct call_pairs *out);

/* Answers. Names and values of headers are copied. */
void call_reply_header(struct call *c, const char *name, const char *format,
	...) __attribute__((format(printf, 3, 4)));

/* Opens and closes the reply of the service's protocol around what the
 * operation says. */
void call_open(struct call *c);
void call_close(struct call *c);

/* Instead of an answer: an error in the service's shape. False. */
bool call_error(struct call *c, unsigned status, const char *code,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

/* S3: further elements of the error, already XML. */
bool call_error_more(struct call *c, unsigned status, const char *code,
	const char *more, const char *message);

#endif
