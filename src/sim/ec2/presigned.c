/* SPDX-License-Identifier: MIT */
#include "sim/ec2/presigned.h"

#include "aws/sigv4.h"
#include "base/vec.h"
#include "sim/auth.h"
#include "sim/service.h"

#include <string.h>

static bool same(const struct call *a, const struct call *b,
	const char *parameter)
{
	const char *left = call_param(a, parameter);
	const char *right = call_param(b, parameter);

	return left && right && !strcmp(left, right);
}

/* The URL as a request that has come. */
static struct call *arrive(const struct call *c, const char *url,
	struct str *out)
{
	const char *host = strstr(url, "://");
	const char *path = host ? strchr(host + 3, '/') : NULL;
	struct call *in;

	if (!path)
		return NULL;
	in = call_new(c->sim, path);
	in->method = "GET";
	in->out = out;
	in->now = c->now;
	*VEC_PUSH(&in->headers) = (struct sigv4_header){ "host",
		call_text(in, host + 3, (size_t)(path - host - 3)) };
	sigv4_sha256_hex(in->body_hash, "", 0);
	call_parse(in);
	return in;
}

bool presigned_is_good(const struct call *c, const char *url,
	const char *region, const char *parameter)
{
	struct str out = STR_INIT;
	struct call *in = arrive(c, url, &out);
	struct auth auth;
	bool ok = in != NULL;

	if (ok) {
		auth_parse(in, &auth);
		service_find(in, auth.service);
		ok = auth.presigned && auth_verify(in, &auth) &&
			!strcmp(in->account, c->account) &&
			!strcmp(auth.region, region) &&
			same(in, c, parameter) &&
			same(in, c, "DestinationRegion");
	}
	call_free(in);
	str_clear(&out);
	return ok;
}
