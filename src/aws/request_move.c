/* SPDX-License-Identifier: MIT */
/*
 * S3's ways of saying "the bucket is elsewhere" (S3 User Guide, "Making
 * requests"; 301, 307, or 400 with another region's name). One more request
 * finds out where when the refusal itself does not say.
 */
#include "aws/request_private.h"

#include <stdlib.h>
#include <string.h>

static const struct parameter head_parameters[] = {
	{ .path = "Bucket", .place = PLACE_URI },
	{ 0 }
};

static const struct operation head_bucket = {
	.name = "HeadBucket", .effect = EFFECT_READ, .method = "HEAD",
	.uri = "/{Bucket}", .parameters = head_parameters
};

static bool is_redirect(int status)
{
	return status == 301 || status == 302 || status == 307;
}

static bool says_elsewhere(const struct flight *f, const struct error *err)
{
	bool head = strcmp(f->message.method, "HEAD") == 0;

	if (is_redirect(f->out.status) || (head && f->out.status == 400))
		return true;
	if (strcmp(err->code, "IllegalLocationConstraintException") == 0)
		return strcmp(f->call->operation->name, "CreateBucket") != 0;
	return strcmp(err->code, "PermanentRedirect") == 0 ||
		strcmp(err->code, "AuthorizationHeaderMalformed") == 0;
}

static bool take_region(char region[64], const char *text)
{
	if (!text || !*text || strlen(text) >= 64 || !region_valid(text))
		return false;
	memcpy(region, text, strlen(text) + 1);
	return true;
}

static bool region_of_headers(char region[64], const struct reply *reply)
{
	char *text = reply_header(reply, "x-amz-bucket-region");
	bool ok = take_region(region, text);

	free(text);
	return ok;
}

static bool region_of_body(char region[64], const struct str *body)
{
	struct str text = STR_INIT;
	bool ok = protocol_error_detail(&text, body->p, body->len,
		"Region") && take_region(region, text.p);

	str_clear(&text);
	return ok;
}

/* Any region answers, with or without leave to look into the bucket. */
static bool region_of_head(char region[64], const struct flight *f)
{
	const struct argument bucket = { .path = "Bucket",
		.value = f->message.bucket };
	struct call call = *f->call;
	struct reply reply = { 0 };
	struct flight asking;
	struct error ignored;
	bool ok = false;

	call.operation = &head_bucket;
	call.arguments = &bucket;
	call.argument_count = 1;
	call.sink = NULL;
	if (flight_init(&asking, f->door, &call, &reply, &ignored)) {
		asking.attempts = 1;
		flight_send(&asking, &ignored);
		ok = region_of_headers(region, &reply);
	}
	flight_clear(&asking);
	reply_clear(&reply);
	return ok;
}

static bool go_to_region(struct flight *f, const char *region)
{
	struct endpoint e = f->endpoint;
	struct error ignored;
	size_t len = strlen(region);

	if (strcmp(e.signing_region, region) == 0)
		return false;
	if (f->call->config && !endpoint_resolve(&e, f->call->config,
			f->call->service, region, &ignored))
		return false;
	memcpy(e.signing_region, region, len + 1);
	f->endpoint = e;
	if (f->call->moved)
		f->call->moved(f->call->moved_data, f->message.bucket,
			region);
	return true;
}

/* For this one request only: a new bucket's name is still travelling. */
static bool go_to_location(struct flight *f)
{
	char *location = reply_header(f->reply, "location");
	struct endpoint e = f->endpoint;
	struct error ignored;
	bool ok = location && endpoint_parse(&e, location, &ignored) &&
		e.tls >= f->endpoint.tls;

	free(location);
	if (!ok)
		return false;
	memcpy(f->endpoint.host, e.host, sizeof(e.host));
	f->endpoint.port = e.port;
	f->bucket_is_there = strncmp(e.host, f->message.bucket,
		strlen(f->message.bucket)) == 0 &&
		e.host[strlen(f->message.bucket)] == '.';
	return true;
}

bool flight_moves(struct flight *f, const struct error *err)
{
	char region[64];

	if (f->moved || !f->message.bucket || !says_elsewhere(f, err))
		return false;
	f->moved = true;
	if (region_of_headers(region, f->reply) ||
			region_of_body(region, &f->out.body)) {
		if (go_to_region(f, region))
			return true;
		return f->out.status == 307 && go_to_location(f);
	}
	if (f->out.status == 307)
		return go_to_location(f);
	return region_of_head(region, f) && go_to_region(f, region);
}
