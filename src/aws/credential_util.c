/* SPDX-License-Identifier: MIT */
#include "aws/credential_source.h"

#include "aws/request.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "doc/path.h"
#include "doc/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *or_null(const char *value)
{
	return value && *value ? value : NULL;
}

const char *credential_env(const struct credential_seek *seek,
	const char *name)
{
	return or_null(aws_env_get(seek->config->env, name));
}

const char *credential_key(const struct credential_seek *seek,
	const char *key)
{
	return or_null(profiles_get(seek->config->profiles, seek->profile,
		key));
}

const char *credential_setting(const struct credential_seek *seek,
	const char *name, const char *key)
{
	const char *value = credential_env(seek, name);

	return value ? value : credential_key(seek, key);
}

void credential_detail(struct credentials *out, const char *format, ...)
{
	char raw[sizeof(out->detail)];
	struct str clean = STR_INIT_CAP(sizeof(out->detail) - 1);
	va_list args;

	va_start(args, format);
	vsnprintf(raw, sizeof(raw), format, args);
	va_end(args);
	text_sanitise(&clean, raw, strlen(raw), false);
	memcpy(out->detail, clean.p, clean.len + 1);
	str_clear(&clean);
}

char *credential_value(const struct doc *d, const char *path)
{
	struct error err = ERROR_INIT;
	struct path *p = path_compile(NULL, path, &err);
	const char *text = p ? path_text(p, d, 0, NULL) : NULL;
	char *value = text && *text ? xstrdup(text) : NULL;

	path_free(p);
	return value;
}

static bool read_expiry(struct credentials *out, const struct doc *d,
	const char *path, struct error *err)
{
	char *text = path ? credential_value(d, path) : NULL;
	bool ok = !text || clock_parse(text, strlen(text), &out->expires);

	free(text);
	return ok || error_set(err, ERR_CREDENTIALS,
		"the reply's expiry is not a time");
}

bool credential_read(struct credentials *out, const struct doc *d,
	const struct credential_paths *paths, struct error *err)
{
	out->access_key = credential_value(d, paths->access_key);
	out->secret_key = credential_value(d, paths->secret_key);
	if (!out->access_key || !out->secret_key)
		return error_set(err, ERR_CREDENTIALS,
			"the reply has no access key or no secret key");
	if (paths->token)
		out->token = credential_value(d, paths->token);
	if (paths->account)
		out->account = credential_value(d, paths->account);
	return read_expiry(out, d, paths->expires, err);
}

/* A parser's sentence may quote what it stumbled over: not told. */
bool credential_read_json(struct credentials *out, const struct str *body,
	const struct credential_paths *paths, struct error *err)
{
	struct doc *d = reader_read(READER_JSON, NULL, body->p, body->len,
		err);
	bool ok;

	if (!d)
		return error_set(err, ERR_CREDENTIALS,
			"the reply is not JSON");
	ok = credential_read(out, d, paths, err);
	doc_unref(d);
	return ok;
}

bool credential_get_plain(const struct credential_seek *seek,
	const char *method, const char *url,
	const struct http_header *header, long timeout_ms, int *status,
	struct str *body, struct error *err)
{
	struct http_request request = {
		.method = method, .url = url, .headers = header,
		.header_count = header ? 1 : 0, .proxy = "",
		.ignore_environment = true, .connect_ms = timeout_ms,
		.total_ms = timeout_ms
	};

	str_wipe(body);
	return door_plain(seek->door, &request, EFFECT_READ, seek->cancel,
		status, body, err);
}

struct nap {
	pthread_mutex_t mutex;
	pthread_cond_t cond;
};

static void wake_nap(void *data)
{
	struct nap *nap = data;

	pthread_mutex_lock(&nap->mutex);
	pthread_cond_broadcast(&nap->cond);
	pthread_mutex_unlock(&nap->mutex);
}

bool credential_sleep(struct cancel *cancel, int64_t ms)
{
	int64_t deadline = clock_now() + ms;
	struct nap nap;

	pthread_mutex_init(&nap.mutex, NULL);
	clock_cond_init(&nap.cond);
	if (cancel)
		cancel_hook(cancel, wake_nap, &nap);
	pthread_mutex_lock(&nap.mutex);
	while (!cancel_is_set(cancel) &&
			clock_wait(&nap.cond, &nap.mutex, deadline))
		;
	pthread_mutex_unlock(&nap.mutex);
	if (cancel)
		cancel_unhook(cancel, wake_nap, &nap);
	pthread_cond_destroy(&nap.cond);
	pthread_mutex_destroy(&nap.mutex);
	return !cancel_is_set(cancel);
}
