/* SPDX-License-Identifier: MIT */
/*
 * The store of one session. Whoever finds the credentials missing or old
 * fetches them, without the lock; the others wait for that fetch and share
 * its end, or go on with what is still good.
 */
#include "aws/credential.h"

#include "aws/credential_source.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE ((int64_t)60 * 1000)
#define ADVISORY (15 * MINUTE)   /* from here on one of us tries */
#define MANDATORY (10 * MINUTE)  /* from here on all of us wait for it */
#define PAUSE MINUTE             /* between tries while keys are valid */

struct credential_store {
	const struct aws_config *config;
	struct door *door;
	pthread_mutex_t mutex;           /* all below */
	pthread_cond_t changed;
	struct credentials held;         /* access_key NULL: none */
	const struct credential_source *from;    /* asked last */
	struct error error;              /* of the last fetch, ERR_NONE: ok */
	unsigned long fetches;           /* that have ended */
	bool fetching;
	int64_t tried, fetched;          /* clock_now() */
	char mfa[8];                     /* "": none */
};

static char *copy(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

void credentials_clear(struct credentials *c)
{
	mem_wipe_free(c->access_key);
	mem_wipe_free(c->secret_key);
	mem_wipe_free(c->token);
	free(c->account);
	mem_wipe(c, sizeof(*c));
	*c = (struct credentials){ 0 };
}

void credentials_copy(struct credentials *to, const struct credentials *c)
{
	*to = *c;
	to->access_key = copy(c->access_key);
	to->secret_key = copy(c->secret_key);
	to->token = copy(c->token);
	to->account = copy(c->account);
}

const char *credentials_last4(const struct credentials *c)
{
	size_t len = c->access_key ? strlen(c->access_key) : 0;

	return len < 12 ? "" : c->access_key + len - 4;
}

struct credential_store *credential_store_new(
	const struct aws_config *config, struct door *door)
{
	struct credential_store *store = xcalloc(1, sizeof(*store));

	store->config = config;
	store->door = door;
	pthread_mutex_init(&store->mutex, NULL);
	clock_cond_init(&store->changed);
	return store;
}

void credential_store_free(struct credential_store *store)
{
	if (!store)
		return;
	credentials_clear(&store->held);
	pthread_cond_destroy(&store->changed);
	pthread_mutex_destroy(&store->mutex);
	mem_wipe(store->mfa, sizeof(store->mfa));
	free(store);
}

enum need {
	NEED_NOTHING,
	NEED_SOON,       /* what is held still does */
	NEED_NOW
};

/* Locked. */
static enum need store_need(const struct credential_store *store)
{
	int64_t left = store->held.expires - clock_wall();
	int64_t now = clock_now();

	if (!store->held.access_key)
		return NEED_NOW;
	if (!store->held.expires || left > ADVISORY)
		return NEED_NOTHING;
	/* The source has nothing younger than this. */
	if (left > 0 && now - store->fetched < PAUSE)
		return NEED_NOTHING;
	if (left <= MANDATORY)
		return NEED_NOW;
	return store->fetching || now - store->tried < PAUSE ?
		NEED_NOTHING : NEED_SOON;
}

static bool take_static(const struct aws_config *config,
	struct credentials *out, struct error *err)
{
	static const char source[] = "static";

	if (!config->access_key || !config->secret_key)
		return error_set(err, ERR_CREDENTIALS,
			"no key was given for this session");
	*out = (struct credentials){ .expires = 0 };
	out->access_key = copy(config->access_key);
	out->secret_key = copy(config->secret_key);
	out->token = copy(config->session_token);
	memcpy(out->source, source, sizeof(source));
	return true;
}

/* Unlocked: asks the chain. */
static bool ask_chain(const struct credential_store *store, char *mfa,
	struct cancel *cancel, struct credentials *out,
	const struct credential_source **from, struct error *err)
{
	struct credential_seek seek = {
		.config = store->config, .door = store->door,
		.cancel = cancel, .profile = store->config->profile,
		.no_env = store->config->profile_explicit, .mfa = mfa
	};
	char when[32];

	if (!credential_chain_fetch(&seek, out, from, err))
		return false;
	if (!out->expires || out->expires > clock_wall())
		return true;
	clock_format_iso(out->expires, when);
	return error_set(err, ERR_EXPIRED, "the credentials of %s (%s) "
		"expired at %s", out->source, out->detail, when);
}

/* Locked. Old keys of an instance role serve on while nobody makes new
 * ones; true: they were made to. */
static bool keep_stable(struct credential_store *store,
	const struct credential_source *from, const struct error *why)
{
	if (!store->held.access_key || !from || !from->stable ||
			strcmp(store->held.source, from->name) != 0 ||
			why->kind == ERR_CANCELLED)
		return false;
	store->held.expires = clock_wall() + ADVISORY + 2 * MINUTE +
		(int64_t)random_below((uint64_t)(8 * MINUTE));
	return true;
}

static void log_fetch(const struct credential_store *store,
	const struct credential_source *from, bool ok,
	const struct credentials *c, const struct error *err)
{
	LOG("profile %s: %s: %s%s", store->config->profile,
		from ? from->name : "no source",
		ok ? "key ends in " : error_kind_name(err->kind),
		ok ? credentials_last4(c) : "");
}

/* Locked; the lock is given away while the source is asked. */
static void store_fetch(struct credential_store *store,
	struct cancel *cancel)
{
	const struct credential_source *from = NULL;
	struct credentials fresh = { 0 };
	struct error err = ERROR_INIT;
	char mfa[sizeof(store->mfa)];
	bool ok;

	memcpy(mfa, store->mfa, sizeof(mfa));
	mem_wipe(store->mfa, sizeof(store->mfa));
	store->fetching = true;
	store->tried = clock_now();
	pthread_mutex_unlock(&store->mutex);

	ok = ask_chain(store, mfa, cancel, &fresh, &from, &err);
	mem_wipe(mfa, sizeof(mfa));
	log_fetch(store, from, ok, &fresh, &err);

	pthread_mutex_lock(&store->mutex);
	if (ok) {
		credentials_clear(&store->held);
		store->held = fresh;
	} else {
		credentials_clear(&fresh);
		ok = keep_stable(store, from, &err);
	}
	if (ok) {
		error_reset(&err);
		store->fetched = clock_now();
	}
	store->from = from;
	store->error = err;
	store->fetching = false;
	store->fetches++;
	pthread_cond_broadcast(&store->changed);
}

static void wake(void *data)
{
	struct credential_store *store = data;

	pthread_mutex_lock(&store->mutex);
	pthread_cond_broadcast(&store->changed);
	pthread_mutex_unlock(&store->mutex);
}

/* Locked. False: the fetch that somebody else made has failed. */
static bool wait_for_fetch(struct credential_store *store,
	struct cancel *cancel, struct error *err)
{
	unsigned long before = store->fetches;

	while (store->fetching && store->fetches == before &&
			!cancel_is_set(cancel))
		clock_wait(&store->changed, &store->mutex, CLOCK_NEVER);
	if (store->fetches == before || store->error.kind == ERR_NONE ||
			store->error.kind == ERR_CANCELLED)
		return true;
	*err = store->error;
	return false;
}

/* Locked. */
static bool get_locked(struct credential_store *store,
	struct cancel *cancel, struct error *err)
{
	enum need need;

	for (;;) {
		need = store_need(store);
		if (need == NEED_NOTHING)
			return true;
		if (cancel_is_set(cancel))
			return error_set(err, ERR_CANCELLED, "cancelled");
		if (store->fetching) {
			if (!wait_for_fetch(store, cancel, err))
				return false;
			continue;
		}
		store_fetch(store, cancel);
		if (store->error.kind == ERR_NONE ||
				(need == NEED_SOON && store->held.access_key))
			return true;
		*err = store->error;
		return false;
	}
}

bool credential_get(struct credential_store *store,
	struct credentials *out, struct cancel *cancel, struct error *err)
{
	bool ok;

	if (store->config->static_credentials)
		return take_static(store->config, out, err);
	if (cancel)
		cancel_hook(cancel, wake, store);
	pthread_mutex_lock(&store->mutex);
	ok = get_locked(store, cancel, err);
	if (ok)
		credentials_copy(out, &store->held);
	pthread_mutex_unlock(&store->mutex);
	if (cancel)
		cancel_unhook(cancel, wake, store);
	return ok;
}

void credential_forget(struct credential_store *store,
	const char *access_key)
{
	pthread_mutex_lock(&store->mutex);
	if (store->held.access_key && (!access_key ||
			strcmp(store->held.access_key, access_key) == 0))
		credentials_clear(&store->held);
	pthread_mutex_unlock(&store->mutex);
}

bool credential_answer(struct credential_store *store, const char *code,
	struct error *err)
{
	if (strlen(code) != 6 || strspn(code, "0123456789") != 6)
		return error_set(err, ERR_USAGE,
			"an MFA code has six digits");
	pthread_mutex_lock(&store->mutex);
	memcpy(store->mfa, code, 7);
	pthread_mutex_unlock(&store->mutex);
	return true;
}

/* Locked. The row that is asked: what came of it, as far as we know. */
static void explain_winner(const struct credential_store *store,
	struct credential_note *note)
{
	char *end = note->text + strlen(note->text);
	size_t room = sizeof(note->text) - (size_t)(end - note->text);
	const char *gap = *note->text ? ": " : "";

	if (!store->from || strcmp(store->from->name, note->source) != 0)
		snprintf(end, room, "%sis asked first", gap);
	else if (store->error.kind != ERR_NONE)
		snprintf(note->text, sizeof(note->text), "broken: %.240s",
			store->error.text);
	else
		snprintf(note->text, sizeof(note->text), "wins: %.240s",
			store->held.access_key ? store->held.detail :
			"forgotten");
}

size_t credential_explain(struct credential_store *store,
	struct credential_note *notes, size_t room)
{
	struct credential_seek seek = {
		.config = store->config, .profile = store->config->profile,
		.no_env = store->config->profile_explicit
	};
	const struct credential_source *winner = NULL;
	size_t count, i;
	const struct credential_source *chain = credential_chain(&count);

	if (store->config->static_credentials) {
		if (room)
			notes[0] = (struct credential_note){
				"static", "wins: given to this session", true
			};
		return room ? 1 : 0;
	}
	pthread_mutex_lock(&store->mutex);
	for (i = 0; i < count && i < room; i++) {
		struct credential_note *n = &notes[i];
		bool configured;

		*n = (struct credential_note){ .source = chain[i].name };
		configured = chain[i].configured(&seek, n->text);
		n->winner = configured && !winner;
		if (n->winner) {
			winner = &chain[i];
			explain_winner(store, n);
		} else if (configured) {
			snprintf(n->text, sizeof(n->text),
				"not asked, %s comes first", winner->name);
		} else if (!*n->text) {
			snprintf(n->text, sizeof(n->text), "not set");
		}
	}
	pthread_mutex_unlock(&store->mutex);
	return i;
}
