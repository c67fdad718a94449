/* SPDX-License-Identifier: MIT */
#include "sim/requests.h"

#include "base/clock.h"
#include "base/map.h"
#include "base/mem.h"
#include "doc/out.h"
#include "sim/server.h"
#include "sim/service.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEEP 100000
#define LINE_MOST 16384

struct requests {
	pthread_mutex_t lock;
	char **lines;         /* a ring of KEEP */
	size_t count;         /* ever */
	struct map *operations;
};

struct requests *requests_new(void)
{
	struct requests *r = xcalloc(1, sizeof(*r));

	pthread_mutex_init(&r->lock, NULL);
	r->lines = xcalloc(KEEP, sizeof(*r->lines));
	r->operations = map_new();
	return r;
}

void requests_free(struct requests *r)
{
	for (size_t i = 0; i < KEEP; i++)
		free(r->lines[i]);
	free(r->lines);
	map_free(r->operations, NULL);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

static bool is_secret(const char *name)
{
	static const char *const words[] = {
		"Password", "Secret", "UserData", "TokenCode", "SessionToken",
		"WebIdentityToken", "SAMLAssertion", "Security-Token",
		"X-Amz-Signature", "PrivateKey", "AuthToken"
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcasestr(name, words[i]))
			return true;
	return false;
}

static void add_string(struct str *out, const char *text)
{
	out_json_string(out, text ? text : "", text ? strlen(text) : 0);
}

static void add_member(struct str *out, const char *name, const char *value)
{
	str_addf(out, ",\"%s\":", name);
	add_string(out, value);
}

static void add_parameters(struct str *out, const struct call *c)
{
	const char *separator = "";

	str_add(out, ",\"parameters\":{");
	if (c->bucket) {
		str_add(out, "\"Bucket\":");
		add_string(out, c->bucket);
		separator = ",";
	}
	if (c->key) {
		str_addf(out, "%s\"Key\":", separator);
		add_string(out, c->key);
	}
	for (size_t i = 0; i < c->params.count; i++) {
		const struct call_pair *p = &c->params.items[i];

		if (out->len > LINE_MOST)
			break;
		str_add(out, separator);
		separator = ",";
		add_string(out, p->name);
		str_addc(out, ':');
		add_string(out, is_secret(p->name) ? "(hidden)" : p->value);
	}
	str_add(out, "}}");
}

/* amz-sdk-request: attempt=2; max=3 */
static unsigned attempt(const struct call *c)
{
	const char *header = call_header(c, "amz-sdk-request");
	const char *at = header ? strstr(header, "attempt=") : NULL;

	return at ? (unsigned)strtoul(at + 8, NULL, 10) : 0;
}

void requests_add(struct requests *r, const struct call *c)
{
	struct str line = STR_INIT;
	char at[32];
	char *old;

	clock_format_iso(c->now, at);
	str_addf(&line, "{\"at\":\"%s\"", at);
	add_member(&line, "service", c->service ? c->service->name : "");
	add_member(&line, "operation", c->operation);
	add_member(&line, "region", c->region);
	str_addf(&line, ",\"status\":%u", c->status);
	add_member(&line, "code", c->code);
	add_member(&line, "key", c->access_key);
	str_addf(&line, ",\"attempt\":%u,\"connection\":%llu", attempt(c),
		(unsigned long long)c->connection);
	add_parameters(&line, c);
	str_addc(&line, '\n');
	pthread_mutex_lock(&r->lock);
	map_set(r->operations, c->operation && *c->operation ? c->operation :
		"?", r);
	old = r->lines[r->count % KEEP];
	r->lines[r->count++ % KEEP] = str_take(&line);
	pthread_mutex_unlock(&r->lock);
	free(old);
}

char *sim_log(struct sim *sim)
{
	struct requests *r = sim->requests;
	struct str out = STR_INIT;

	pthread_mutex_lock(&r->lock);
	for (size_t i = r->count > KEEP ? r->count - KEEP : 0; i < r->count;
		i++)
		str_add(&out, r->lines[i % KEEP]);
	pthread_mutex_unlock(&r->lock);
	return str_take(&out);
}

char *sim_operations(struct sim *sim)
{
	struct requests *r = sim->requests;
	struct str out = STR_INIT;
	const char *name;
	size_t cursor = 0;

	pthread_mutex_lock(&r->lock);
	while (map_next(r->operations, &cursor, &name, NULL))
		str_addf(&out, "%s%s", out.len ? " " : "", name);
	pthread_mutex_unlock(&r->lock);
	return str_take(&out);
}

size_t sim_log_count(struct sim *sim)
{
	size_t count;

	pthread_mutex_lock(&sim->requests->lock);
	count = sim->requests->count;
	pthread_mutex_unlock(&sim->requests->lock);
	return count;
}
