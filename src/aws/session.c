/* SPDX-License-Identifier: MIT */
#include "aws/session.h"

#include "aws/presign.h"
#include "aws/sts.h"
#include "base/map.h"
#include "base/mem.h"
#include "doc/path.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct session {
	atomic_uint refs;
	struct door *door;
	struct aws_config config;
	struct credential_store *store;
	struct session_guard guard;  /* no ask: free */
	pthread_mutex_t lock;        /* all below */
	char account[16];
	char *arn;
	struct map *buckets;         /* name → region, heap strings */
};

struct session *session_new(struct door *door, struct aws_config *config)
{
	struct session *s = xcalloc(1, sizeof(*s));

	atomic_init(&s->refs, 1);
	s->door = door;
	s->config = *config;
	memset(config, 0, sizeof(*config));
	s->store = credential_store_new(&s->config, door);
	s->buckets = map_new();
	pthread_mutex_init(&s->lock, NULL);
	return s;
}

struct session *session_ref(struct session *s)
{
	atomic_fetch_add(&s->refs, 1);
	return s;
}

void session_unref(struct session *s)
{
	if (!s || atomic_fetch_sub(&s->refs, 1) != 1)
		return;
	credential_store_free(s->store);
	config_clear(&s->config);
	map_free(s->buckets, free);
	free(s->arn);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

const char *session_name(const struct session *s)
{
	return s->config.profile ? s->config.profile : "default";
}

const struct aws_config *session_config(const struct session *s)
{
	return &s->config;
}

struct credential_store *session_store(struct session *s)
{
	return s->store;
}

struct door *session_door(struct session *s)
{
	return s->door;
}

void session_account(struct session *s, char account[16])
{
	pthread_mutex_lock(&s->lock);
	memcpy(account, s->account, sizeof(s->account));
	pthread_mutex_unlock(&s->lock);
}

void session_learn_account(struct session *s, const char *account)
{
	if (!account || strspn(account, "0123456789") != 12 || account[12])
		return;
	pthread_mutex_lock(&s->lock);
	if (!s->account[0])
		memcpy(s->account, account, 13);
	pthread_mutex_unlock(&s->lock);
}

void session_bucket_region(struct session *s, const char *bucket,
	char region[64])
{
	const char *known;

	region[0] = 0;
	pthread_mutex_lock(&s->lock);
	known = map_get(s->buckets, bucket);
	if (known)
		memcpy(region, known, strlen(known) + 1);
	pthread_mutex_unlock(&s->lock);
}

void session_learn_bucket(struct session *s, const char *bucket,
	const char *region)
{
	if (!region_valid(region) || strlen(region) >= 64)
		return;
	pthread_mutex_lock(&s->lock);
	free(map_set(s->buckets, bucket, xstrdup(region)));
	pthread_mutex_unlock(&s->lock);
}

static void on_moved(void *data, const char *bucket, const char *region)
{
	session_learn_bucket(data, bucket, region);
}

static const char *bucket_of(const struct session_call *call)
{
	if (!(call->service->flags & SERVICE_S3))
		return NULL;
	for (size_t i = 0; i < call->argument_count; i++)
		if (strcmp(call->arguments[i].path, "Bucket") == 0)
			return call->arguments[i].value;
	return NULL;
}

/* A known bucket's, the asked one, the profile's, the partition's. */
static const char *choose_region(struct session *s,
	const struct session_call *call, char known[64])
{
	const char *bucket = bucket_of(call);

	if (bucket) {
		session_bucket_region(s, bucket, known);
		if (known[0])
			return known;
	}
	if (call->region)
		return call->region;
	if (s->config.region)
		return s->config.region;
	return region_partition("us-east-1")->global_region;
}

void session_set_guard(struct session *s, const struct session_guard *guard)
{
	s->guard = *guard;
}

static enum session_lock ask_guard(struct session *s)
{
	char account[16];

	if (!s->guard.ask)
		return SESSION_FREE;
	session_account(s, account);
	return s->guard.ask(s->guard.data, session_name(s), account);
}

bool session_is_read_only(struct session *s)
{
	return door_is_read_only(s->door) || ask_guard(s) == SESSION_LOCKED;
}

/* An account that cannot be found out might be one that is locked. */
static bool is_locked(struct session *s, const struct session_call *call)
{
	struct error ignored = ERROR_INIT;
	enum session_lock lock = SESSION_FREE;

	if (!effect_is_read(call->operation->effect))
		lock = ask_guard(s);
	if (lock != SESSION_LOCK_UNSURE)
		return lock == SESSION_LOCKED;
	return !session_identify(s, call->region, NULL, call->cancel,
		&ignored) || ask_guard(s) != SESSION_FREE;
}

static bool run_as(struct session *s, const struct session_call *call,
	const struct credentials *credentials, struct reply *reply,
	struct error *err)
{
	char account[16], known[64];
	const char *region = choose_region(s, call, known);
	struct endpoint endpoint;
	struct filled filled;
	bool ok;
	struct call out = {
		.service = call->service, .operation = call->operation,
		.config = &s->config, .endpoint = &endpoint,
		.credentials = credentials, .cancel = call->cancel,
		.sink = call->sink, .moved = on_moved, .moved_data = s,
		.locked = is_locked(s, call) ? session_name(s) : NULL
	};

	session_account(s, account);
	out.scope = account[0] ? account : session_name(s);
	ok = filled_init(&filled, call->service, call->operation,
			call->arguments, call->argument_count, region,
			&s->config, credentials, err) &&
		endpoint_resolve(&endpoint, &s->config, call->service, region,
			err);
	out.arguments = filled.items;
	out.argument_count = filled.count;
	ok = ok && door_call(s->door, &out, reply, err);
	filled_clear(&filled);
	return ok;
}

static bool get_credentials(struct session *s, struct credentials *c,
	struct cancel *cancel, struct error *err)
{
	if (!credential_get(s->store, c, cancel, err))
		return false;
	session_learn_account(s, c->account);
	return true;
}

/* The store forgets what AWS calls expired; is there something newer? */
static bool renew(struct session *s, struct credentials *c,
	struct cancel *cancel)
{
	struct credentials fresh = { 0 };
	struct error ignored;
	bool newer;

	credential_forget(s->store, c->access_key);
	newer = get_credentials(s, &fresh, cancel, &ignored) &&
		!(str_eq(fresh.access_key, c->access_key) &&
		str_eq(fresh.token, c->token));
	if (newer) {
		struct credentials old = *c;

		*c = fresh;
		fresh = old;
	}
	credentials_clear(&fresh);
	return newer;
}

bool session_run(struct session *s, const struct session_call *call,
	struct reply *reply, struct error *err)
{
	struct credentials c = { 0 };
	struct error first = ERROR_INIT;
	bool ok;

	*reply = (struct reply){ 0 };
	if (call->service->flags & SERVICE_UNSIGNED)
		return run_as(s, call, NULL, reply, err);
	ok = get_credentials(s, &c, call->cancel, &first) &&
		run_as(s, call, &c, reply, &first);
	/* Expired is what AWS says before it looks at the request. */
	if (!ok && first.kind == ERR_EXPIRED && c.access_key &&
			renew(s, &c, call->cancel) &&
			operation_is_repeatable(call->operation)) {
		reply_clear(reply);
		ok = run_as(s, call, &c, reply, &first);
	}
	if (!ok)
		*err = first;
	credentials_clear(&c);
	return ok;
}

static char *text_at(const struct doc *d, const char *where)
{
	struct error ignored;
	struct path *path = path_compile(NULL, where, &ignored);
	const char *text = path ? path_text(path, d, 0, NULL) : NULL;
	char *copy = text ? xstrdup(text) : NULL;

	path_free(path);
	return copy;
}

static bool take_identity(struct session *s, const struct reply *reply,
	char **arn, struct error *err)
{
	char *account, *own;
	bool ok;

	if (!reply->doc)
		return error_set(err, ERR_PARSE, "STS does not say who asks");
	account = text_at(reply->doc, "GetCallerIdentityResult/Account");
	own = text_at(reply->doc, "GetCallerIdentityResult/Arn");
	ok = account && own;
	if (ok) {
		session_learn_account(s, account);
		pthread_mutex_lock(&s->lock);
		free(s->arn);
		s->arn = xstrdup(own);
		pthread_mutex_unlock(&s->lock);
	}
	if (ok && arn)
		*arn = own;
	else
		free(own);
	free(account);
	return ok || error_set(err, ERR_PARSE, "STS does not say who asks");
}

static bool is_identified(struct session *s, char **arn)
{
	bool known;

	pthread_mutex_lock(&s->lock);
	known = s->arn != NULL;
	if (known && arn)
		*arn = xstrdup(s->arn);
	pthread_mutex_unlock(&s->lock);
	return known;
}

bool session_identify(struct session *s, const char *region, char **arn,
	struct cancel *cancel, struct error *err)
{
	const struct session_call call = { .service = sts_service(),
		.operation = sts_get_caller_identity(), .region = region,
		.cancel = cancel };
	struct reply reply = { 0 };
	bool ok;

	if (is_identified(s, arn))
		return true;
	ok = session_run(s, &call, &reply, err) &&
		take_identity(s, &reply, arn, err);
	reply_clear(&reply);
	return ok;
}
