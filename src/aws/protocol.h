/* SPDX-License-Identifier: MIT */
/*
 * Wire forms: typed arguments in, one HTTP message out; an error reply in,
 * code and sentence out. protocol_query.c serves query and ec2,
 * protocol_json.c JSON 1.0 and 1.1, protocol_rest.c rest-xml and rest-json.
 * The names on the wire are made here alone. Pure; any thread.
 */
#ifndef AWS_PROTOCOL_H
#define AWS_PROTOCOL_H

#include "aws/service.h"
#include "base/error.h"
#include "base/map.h"
#include "base/str.h"
#include "doc/doc.h"

/* What is to be sent, before endpoint prefix and signature. */
struct message {
	const char *method;
	struct str path;          /* encoded, starts with "/" */
	struct str query;         /* encoded, without "?" */
	struct str headers;       /* "name: value\n"… */
	struct str body;
	const char *content_type; /* NULL: none */
	char *bucket;             /* S3: the {Bucket} of the URI, which is not
				     in path; else NULL */
};

void message_init(struct message *m);
void message_clear(struct message *m);    /* wipes the body */

/* Constants of the table and the arguments over them. ERR_USAGE: an
 * argument that the operation has no parameter for, or a bad value. */
bool protocol_encode(struct message *m, const struct service *service,
	const struct operation *operation, const struct argument *arguments,
	size_t count, struct error *err);

/* Body of an error reply, any of the five shapes, or HTML, or nothing.
 * header() looks up a reply header. Sets kind, code, text, request id. */
void protocol_error(struct error *err, const struct service *service,
	int status, const char *body, size_t len,
	const char *(*header)(const void *data, const char *name),
	const void *data);

/* The same of a reply that was read as XML already. */
void protocol_error_doc(struct error *err, const struct service *service,
	int status, const struct doc *d,
	const char *(*header)(const void *data, const char *name),
	const void *data);

/* The text of the first element of that name in an error's XML. */
bool protocol_error_detail(struct str *out, const char *body, size_t len,
	const char *name);

/* Does a reply of this service carry XML? (else JSON) */
bool protocol_is_xml(const struct service *service);

#endif
