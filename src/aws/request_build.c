/* SPDX-License-Identifier: MIT */
/* From message and endpoint to what goes on the wire, signed. */
#include "aws/request_private.h"

#include "aws/sigv4.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"
#include "config.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MD5_MOST = 1024 * 1024 };

void header_list_add(struct header_list *list, const char *name,
	const char *value)
{
	struct http_header *h = VEC_PUSH(list);

	h->name = xstrdup(name);
	h->value = xstrdup(value);
}

void header_list_clear(struct header_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		free((char *)(size_t)list->items[i].name);
		mem_wipe_free((char *)(size_t)list->items[i].value);
	}
	VEC_FREE(list);
}

/* "name: value\n" each. */
static void add_lines(struct header_list *list, const char *lines)
{
	while (*lines) {
		const char *end = strchr(lines, '\n');
		const char *colon = strstr(lines, ": ");
		char *name, *value;

		if (!end || !colon || colon > end)
			return;
		name = xstrndup(lines, (size_t)(colon - lines));
		value = xstrndup(colon + 2, (size_t)(end - colon - 2));
		header_list_add(list, name, value);
		free(name);
		mem_wipe_free(value);
		lines = end + 1;
	}
}

static bool has_header(const struct header_list *list, const char *prefix)
{
	size_t len = strlen(prefix);

	for (size_t i = 0; i < list->count; i++)
		if (strncasecmp(list->items[i].name, prefix, len) == 0)
			return true;
	return false;
}

static bool puts_bucket_in_host(const struct flight *f)
{
	static const struct aws_config none;
	const struct aws_config *config = f->call->config;

	/* In the host, the bucket's own region would answer instead. */
	if (strcmp(f->call->operation->name, "GetBucketLocation") == 0)
		return false;
	return endpoint_bucket_in_host(&f->endpoint,
		config ? config : &none, f->message.bucket);
}

/* Host as it is sent and signed; path without the query. */
static void place_bucket(const struct flight *f, struct str *host,
	struct str *path)
{
	const struct endpoint *e = &f->endpoint;
	const char *bucket = f->bucket_is_there ? NULL : f->message.bucket;

	str_add(path, e->path);
	if (bucket && puts_bucket_in_host(f)) {
		str_addf(host, "%s.", bucket);
	} else if (bucket) {
		str_addc(path, '/');
		str_add_uri(path, bucket, strlen(bucket), "");
	}
	if (!bucket || strcmp(f->message.path.p, "/") != 0)
		str_addn(path, f->message.path.p, f->message.path.len);
	if (!path->len || path->len == strlen(e->path))
		str_addc(path, '/');
	str_add(host, e->host);
	if (e->port && e->port != (e->tls ? 443u : 80u))
		str_addf(host, ":%u", e->port);
}

/* S3 wants a checksum with its documents; MD5 is understood by all. */
static void add_md5(const struct flight *f, struct header_list *headers)
{
	const struct str *body = &f->message.body;
	unsigned char hash[EVP_MAX_MD_SIZE];
	size_t len = 0;
	struct str text = STR_INIT;

	if (!body->len || body->len > MD5_MOST ||
			has_header(headers, "content-md5") ||
			has_header(headers, "x-amz-checksum-") ||
			!EVP_Q_digest(NULL, "MD5", NULL, body->p, body->len,
				hash, &len))
		return;
	str_add_base64(&text, hash, len);
	header_list_add(headers, "content-md5", text.p);
	str_clear(&text);
}

static void add_common(const struct flight *f, struct header_list *headers)
{
	char text[64];

	add_lines(headers, f->message.headers.p);
	if (f->message.content_type && !has_header(headers, "content-type"))
		header_list_add(headers, "content-type",
			f->message.content_type);
	if (f->call->service->flags & SERVICE_S3)
		add_md5(f, headers);
	header_list_add(headers, "amz-sdk-invocation-id", f->id);
	snprintf(text, sizeof(text), "attempt=%u; max=%u", f->attempts,
		f->most);
	header_list_add(headers, "amz-sdk-request", text);
	header_list_add(headers, "user-agent", "tucuxi/" TUCUXI_VERSION);
}

static void sign(const struct flight *f, struct header_list *headers,
	const char *path)
{
	const struct credentials *c = f->call->credentials;
	bool s3 = f->call->service->flags & SERVICE_S3;
	struct sigv4_request r = { .method = f->message.method,
		.path = path, .query = f->message.query.p, .s3 = s3 };
	struct sigv4_scope scope = { .region = f->endpoint.signing_region,
		.service = f->endpoint.signing_name };
	struct { struct sigv4_header *items; size_t count, room; }
		list = { 0 };
	struct str value = STR_INIT;
	char date[32], hash[65];

	sigv4_sha256_hex(hash, f->message.body.p, f->message.body.len);
	clock_format_basic(clock_wall() + atomic_load(&f->door->skew), date);
	header_list_add(headers, "x-amz-date", date);
	if (s3)
		header_list_add(headers, "x-amz-content-sha256", hash);
	if (c->token)
		header_list_add(headers, "x-amz-security-token", c->token);
	for (size_t i = 0; i < headers->count; i++)
		*VEC_PUSH(&list) = (struct sigv4_header){
			headers->items[i].name, headers->items[i].value };
	r.headers = list.items;
	r.header_count = list.count;
	r.payload_hash = hash;
	scope.date = date;
	sigv4_authorization(&value, &r, &scope, c->access_key,
		c->secret_key);
	header_list_add(headers, "authorization", value.p);
	str_wipe(&value);
	VEC_FREE(&list);
}

void flight_build(struct flight *f, struct str *url,
	struct header_list *headers)
{
	struct str host = STR_INIT, path = STR_INIT;

	place_bucket(f, &host, &path);
	header_list_add(headers, "host", host.p);
	add_common(f, headers);
	if (f->call->credentials &&
			!(f->call->service->flags & SERVICE_UNSIGNED))
		sign(f, headers, path.p);
	str_addf(url, "%s://%s%s", f->endpoint.tls ? "https" : "http",
		host.p, path.p);
	if (f->message.query.len)
		str_addf(url, "?%s", f->message.query.p);
	str_clear(&host);
	str_clear(&path);
}
