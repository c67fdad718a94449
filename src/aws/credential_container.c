/* SPDX-License-Identifier: MIT */
/*
 * The credentials endpoint of ECS tasks and EKS pods (AWS SDKs and Tools
 * Reference Guide, "Container credential provider").
 */
#include "aws/credential_source.h"

#include "aws/region.h"
#include "base/mem.h"
#include "base/xdg.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#define RELATIVE "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
#define FULL "AWS_CONTAINER_CREDENTIALS_FULL_URI"
#define TOKEN "AWS_CONTAINER_AUTHORIZATION_TOKEN"
#define TOKEN_MAX ((size_t)1 << 20)

enum { ATTEMPTS = 3, TIMEOUT_MS = 2000, PAUSE_MS = 1000 };

static const char *const allowed[] = {
	"169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost"
};

static const struct credential_paths paths = {
	.access_key = "AccessKeyId", .secret_key = "SecretAccessKey",
	.token = "Token", .expires = "Expiration", .account = "AccountId"
};

bool credential_container_configured(const struct credential_seek *seek,
	char *note)
{
	(void)note;
	return credential_env(seek, RELATIVE) || credential_env(seek, FULL);
}

static bool is_loopback(const char *host)
{
	struct in_addr four;

	if (inet_pton(AF_INET, host, &four) == 1)
		return ntohl(four.s_addr) >> 24 == 127;
	return strcmp(host, "[::1]") == 0;
}

/* The keys of this machine go to itself or over TLS, nowhere else. */
static bool check_url(const char *variable, const char *url,
	struct error *err)
{
	char *plain = xstrndup(url, strcspn(url, "?"));
	struct endpoint e;
	bool ok = endpoint_parse(&e, plain, err);
	size_t i;

	free(plain);
	if (!ok || url[strspn(url, "!\"$%&'()*+,-./0123456789:;<=>?@"
			"ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_"
			"abcdefghijklmnopqrstuvwxyz{|}~")])
		return error_set(err, ERR_CREDENTIALS,
			"%s is not a URL that can be asked", variable);
	if (e.tls || is_loopback(e.host))
		return true;
	for (i = 0; i < sizeof(allowed) / sizeof(*allowed); i++)
		if (strcmp(e.host, allowed[i]) == 0)
			return true;
	return error_set(err, ERR_CREDENTIALS, "%s: %s is neither this "
		"machine nor https", variable, e.host);
}

static bool find_url(const struct credential_seek *seek, struct str *url,
	struct error *err)
{
	const char *relative = credential_env(seek, RELATIVE);

	if (!relative) {
		str_add(url, credential_env(seek, FULL));
		return check_url(FULL, url->p, err);
	}
	if (*relative != '/')
		return error_set(err, ERR_CREDENTIALS,
			RELATIVE " does not start with '/'");
	str_addf(url, "http://169.254.170.2%s", relative);
	return check_url(RELATIVE, url->p, err);
}

/* *token: NULL when none is asked for, else the caller's to wipe. */
static bool find_token(const struct credential_seek *seek, char **token,
	struct error *err)
{
	const char *file = credential_env(seek, TOKEN "_FILE");
	const char *value = credential_env(seek, TOKEN);
	size_t len;

	*token = NULL;
	if (file) {
		if (!xdg_read_file(file, TOKEN_MAX, token, &len, err))
			return error_set(err, ERR_CREDENTIALS,
				TOKEN "_FILE: %s", err->text);
	} else if (value) {
		*token = xstrdup(value);
		len = strlen(value);
	}
	if (!*token || (strlen(*token) == len && !strpbrk(*token, "\r\n")))
		return true;
	mem_wipe(*token, len);
	free(*token);
	*token = NULL;
	return error_set(err, ERR_CREDENTIALS, "the container's "
		"authorization token holds a line end, which no header may");
}

static bool ask(const struct credential_seek *seek, const char *url,
	const char *token, struct credentials *out, struct error *err)
{
	const struct http_header header = { "Authorization", token };
	struct str body = STR_INIT_CAP(1 << 20);
	int status = 0;
	bool ok;

	ok = credential_get_plain(seek, "GET", url, token ? &header : NULL,
		TIMEOUT_MS, &status, &body, err);
	if (ok && status != 200)
		ok = error_set(err, ERR_CREDENTIALS, "HTTP status %d",
			status);
	ok = ok && credential_read_json(out, &body, &paths, err);
	str_wipe(&body);
	return ok;
}

static bool ask_again(const struct credential_seek *seek, const char *url,
	const char *token, struct credentials *out, struct error *err)
{
	int attempt;

	for (attempt = 1; !ask(seek, url, token, out, err); attempt++) {
		if (attempt == ATTEMPTS)
			return error_prefix(err, "container credentials");
		if (!credential_sleep(seek->cancel, PAUSE_MS))
			return error_set(err, ERR_CANCELLED, "cancelled");
		credentials_clear(out);
	}
	credential_detail(out, "the container's credentials");
	return true;
}

bool credential_container_fetch(const struct credential_seek *seek,
	struct credentials *out, struct error *err)
{
	struct str url = STR_INIT;
	char *token = NULL;
	bool ok;

	ok = find_url(seek, &url, err) && find_token(seek, &token, err) &&
		ask_again(seek, url.p, token, out, err);
	mem_wipe_free(token);
	str_clear(&url);
	return ok;
}
