/* SPDX-License-Identifier: MIT */
/*
 * The role of the instance that this runs on (EC2 User Guide, "Use the
 * Instance Metadata Service"): version 2 with its token, version 1 only
 * where the service has no tokens.
 */
#include "aws/credential_source.h"

#include "aws/region.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/text.h"
#include "doc/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROLES "latest/meta-data/iam/security-credentials/"

struct imds {
	const struct credential_seek *seek;
	struct str base;             /* ends in '/' */
	char *token;                 /* NULL: version 1 */
	long timeout_ms;
	long attempts;
};

static const struct credential_paths paths = {
	.access_key = "AccessKeyId", .secret_key = "SecretAccessKey",
	.token = "Token", .expires = "Expiration"
};

static bool is_true(const char *value)
{
	return value && str_ieq(value, "true");
}

bool credential_imds_configured(const struct credential_seek *seek,
	char *note)
{
	if (!is_true(credential_env(seek, "AWS_EC2_METADATA_DISABLED")))
		return true;
	snprintf(note, CREDENTIAL_NOTE, "off: AWS_EC2_METADATA_DISABLED");
	return false;
}

static bool find_number(const struct imds *m, const char *name,
	const char *key, long *number, struct error *err)
{
	const char *value = credential_setting(m->seek, name, key);

	*number = 1;
	return !value || str_int(value, 1, 3600, number) ||
		error_set(err, ERR_CREDENTIALS, "%s '%s' is not a number "
			"from 1 to 3600", name, value);
}

static bool find_base(struct imds *m, struct error *err)
{
	const char *url = credential_setting(m->seek,
		"AWS_EC2_METADATA_SERVICE_ENDPOINT",
		"ec2_metadata_service_endpoint");
	const char *mode = credential_setting(m->seek,
		"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
		"ec2_metadata_service_endpoint_mode");
	bool six = is_true(credential_setting(m->seek, "AWS_IMDS_USE_IPV6",
		"imds_use_ipv6"));
	struct endpoint e;

	if (mode && !str_ieq(mode, "ipv4") && !str_ieq(mode, "ipv6"))
		return error_set(err, ERR_CREDENTIALS, "the metadata "
			"service's endpoint mode '%s' is neither IPv4 nor "
			"IPv6", mode);
	if (mode)
		six = str_ieq(mode, "ipv6");
	if (!url)
		url = six ? "http://[fd00:ec2::254]/" :
			"http://169.254.169.254/";
	if (!endpoint_parse(&e, url, err))
		return error_set(err, ERR_CREDENTIALS, "the metadata "
			"service: %s", err->text);
	str_add(&m->base, url);
	if (!str_ends(url, "/"))
		str_addc(&m->base, '/');
	return true;
}

static bool ask(const struct imds *m, const char *method, const char *path,
	const struct http_header *header, int *status, struct str *body,
	struct error *err)
{
	struct str url = STR_INIT;
	bool ok = false;
	long attempt;

	str_addf(&url, "%s%s", m->base.p, path);
	for (attempt = 0; !ok && attempt < m->attempts; attempt++)
		ok = credential_get_plain(m->seek, method, url.p, header,
			m->timeout_ms, status, body, err);
	str_clear(&url);
	return ok;
}

static bool absent(const struct error *why, struct error *err)
{
	if (why->kind == ERR_CANCELLED) {
		*err = *why;
		return false;
	}
	return error_set(err, ERR_NOT_FOUND, "no metadata service answers");
}

/* The service of old knows no tokens, and where a container is one hop too
 * far away the token never arrives: then version 1 is asked, if allowed. */
static bool fetch_token(struct imds *m, struct error *err)
{
	static const struct http_header header = {
		"x-aws-ec2-metadata-token-ttl-seconds", "21600"
	};
	struct str body = STR_INIT_CAP(1 << 16);
	struct error why = ERROR_INIT;
	int status = 0;
	bool ok;

	ok = ask(m, "PUT", "latest/api/token", &header, &status, &body,
		&why);
	if (!ok && why.kind != ERR_TIMEOUT) {
		absent(&why, err);
	} else if (ok && status == 200 && body.len &&
			!strpbrk(body.p, "\r\n")) {
		m->token = xstrdup(body.p);
	} else if (ok && status != 403 && status != 404 && status != 405) {
		ok = error_set(err, ERR_CREDENTIALS, "the metadata service "
			"answered HTTP status %d when asked for a token",
			status);
	} else if (is_true(credential_setting(m->seek,
			"AWS_EC2_METADATA_V1_DISABLED",
			"ec2_metadata_v1_disabled"))) {
		ok = error_set(err, why.kind == ERR_TIMEOUT ? ERR_NOT_FOUND :
			ERR_CREDENTIALS, "the metadata service gives no "
			"token, and version 1 is switched off");
	} else {
		ok = true;
	}
	str_wipe(&body);
	return ok;
}

static bool get(const struct imds *m, const char *path, int *status,
	struct str *body, struct error *err)
{
	const struct http_header header = {
		"x-aws-ec2-metadata-token", m->token
	};

	return ask(m, "GET", path, m->token ? &header : NULL, status, body,
		err);
}

static bool fetch_role(const struct imds *m, struct str *role,
	struct error *err)
{
	struct str body = STR_INIT_CAP(1 << 16);
	struct error why = ERROR_INIT;
	int status = 0;
	size_t len;
	bool ok;

	ok = get(m, ROLES, &status, &body, &why);
	len = strcspn(body.p, "\r\n");
	if (!ok)
		absent(&why, err);
	else if (status == 404 || (status == 200 && !len))
		ok = error_set(err, ERR_NOT_FOUND,
			"this instance has no role");
	else if (status != 200)
		ok = error_set(err, ERR_CREDENTIALS, "the metadata service "
			"answered HTTP status %d", status);
	else
		str_addn(role, body.p, len);
	str_clear(&body);
	return ok;
}

/* A refusal comes with HTTP status 200: {"Code": …, "Message": …}. */
static bool read_refusal(const struct str *body, struct error *err)
{
	struct error ignored = ERROR_INIT;
	struct doc *d = reader_read(READER_JSON, NULL, body->p, body->len,
		&ignored);
	char *code = d ? credential_value(d, "Code") : NULL;
	char *message = d ? credential_value(d, "Message") : NULL;

	if (code && message)
		error_set(err, ERR_CREDENTIALS, "%s: %s", code, message);
	free(code);
	free(message);
	doc_unref(d);
	return false;
}

static bool fetch_keys(const struct imds *m, const char *role,
	struct credentials *out, struct error *err)
{
	struct str path = STR_INIT;
	struct str body = STR_INIT_CAP(1 << 20);
	int status = 0;
	bool ok;

	str_add(&path, ROLES);
	str_add_uri(&path, role, strlen(role), "+=,@");
	ok = get(m, path.p, &status, &body, err);
	if (ok && status != 200)
		ok = error_set(err, ERR_CREDENTIALS, "HTTP status %d",
			status);
	if (ok && !credential_read_json(out, &body, &paths, err))
		ok = read_refusal(&body, err);
	if (ok && (!out->token || !out->expires))
		ok = error_set(err, ERR_CREDENTIALS,
			"the reply has no token or no expiry");
	str_clear(&path);
	str_wipe(&body);
	return ok || error_prefix(err, "instance role %s", role);
}

/* "Static stability": old keys are better than none while the service that
 * makes new ones is down; AWS goes on taking them. */
static void keep_usable(struct credentials *out)
{
	const int64_t soon = 15 * 60 * 1000;
	int64_t now = clock_wall();

	if (out->expires < now + soon)
		out->expires = now + soon + 120000 +
			(int64_t)random_below(480000);
}

bool credential_imds_fetch(const struct credential_seek *seek,
	struct credentials *out, struct error *err)
{
	struct imds m = { .seek = seek, .base = STR_INIT };
	struct str role = STR_INIT;
	bool ok;

	ok = find_number(&m, "AWS_METADATA_SERVICE_TIMEOUT",
			"metadata_service_timeout", &m.timeout_ms, err) &&
		find_number(&m, "AWS_METADATA_SERVICE_NUM_ATTEMPTS",
			"metadata_service_num_attempts", &m.attempts, err) &&
		find_base(&m, err);
	m.timeout_ms *= 1000;
	ok = ok && fetch_token(&m, err) && fetch_role(&m, &role, err) &&
		fetch_keys(&m, role.p, out, err);
	if (ok) {
		keep_usable(out);
		credential_detail(out, "instance role %s", role.p);
	}
	mem_wipe_free(m.token);
	str_clear(&m.base);
	str_clear(&role);
	return ok;
}
