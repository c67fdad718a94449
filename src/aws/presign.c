/* SPDX-License-Identifier: MIT */
#include "aws/presign.h"

#include "aws/protocol.h"
#include "aws/sigv4.h"
#include "base/clock.h"
#include "base/vec.h"

#include <string.h>

#define VALID_SECONDS 3600

static const char *value_of(const struct filled *f, const char *path)
{
	for (size_t i = 0; i < f->count; i++)
		if (!strcmp(f->items[i].path, path))
			return f->items[i].value;
	return NULL;
}

/* The form of the call as the query of a GET. */
static bool sign_url(struct filled *f, const struct endpoint *e,
	const char *query, const struct credentials *c)
{
	struct str host = STR_INIT, signed_query = STR_INIT;
	struct sigv4_header header = { "host", NULL };
	struct sigv4_request r = { .method = "GET", .query = query,
		.path = *e->path ? e->path : "/", .headers = &header,
		.header_count = 1 };
	struct sigv4_scope scope = { .region = e->signing_region,
		.service = e->signing_name };
	char date[32], hash[65];

	str_add(&host, e->host);
	if (e->port && e->port != (e->tls ? 443u : 80u))
		str_addf(&host, ":%u", e->port);
	header.value = host.p;
	sigv4_sha256_hex(hash, "", 0);
	r.payload_hash = hash;
	clock_format_basic(clock_wall(), date);
	scope.date = date;
	sigv4_presign(&signed_query, &r, &scope, c->access_key,
		c->secret_key, c->token, VALID_SECONDS);
	str_addf(&f->url, "%s://%s%s?%s", e->tls ? "https" : "http", host.p,
		r.path, signed_query.p);
	str_wipe(&signed_query);
	str_clear(&host);
	return true;
}

static bool add_url(struct filled *f, const struct service *service,
	const struct operation *op, const struct parameter *p,
	const struct aws_config *config, const struct credentials *c,
	struct error *err)
{
	const char *from = value_of(f, p->presigned);
	struct endpoint endpoint;
	struct message message;
	bool ok;

	if (!from || !c || value_of(f, p->path))
		return true;
	message_init(&message);
	ok = endpoint_resolve(&endpoint, config, service, from, err) &&
		protocol_encode(&message, service, op, f->items, f->count,
			err) && sign_url(f, &endpoint, message.body.p, c);
	message_clear(&message);
	if (ok)
		*VEC_PUSH(f) = (struct argument){ .path = p->path,
			.value = f->url.p };
	return ok;
}

bool filled_init(struct filled *f, const struct service *service,
	const struct operation *op, const struct argument *arguments,
	size_t count, const char *region, const struct aws_config *config,
	const struct credentials *credentials, struct error *err)
{
	const struct parameter *p = op->parameters;
	bool ok = true;

	*f = (struct filled){ .url = STR_INIT };
	for (size_t i = 0; i < count; i++)
		*VEC_PUSH(f) = arguments[i];
	for (; p && p->path; p++)
		if (p->region && !value_of(f, p->path))
			*VEC_PUSH(f) = (struct argument){ .path = p->path,
				.value = region };
	for (p = op->parameters; ok && p && p->path; p++)
		if (p->presigned)
			ok = add_url(f, service, op, p, config, credentials,
				err);
	return ok;
}

void filled_clear(struct filled *f)
{
	str_wipe(&f->url);
	VEC_FREE(f);
}
