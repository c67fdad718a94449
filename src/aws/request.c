/* SPDX-License-Identifier: MIT */
/* A call: refuse, journal, try, decide whether to try again. */
#include "aws/request_private.h"

#include "aws/protocol_kind.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

enum { ATTEMPTS = 3, ATTEMPTS_DYNAMODB = 4, SKEW_MS = 5 * 60 * 1000 };

/* What spends is sent once, whatever became of it. */
static unsigned most_attempts(const struct call *call)
{
	if (call->operation->effect == EFFECT_SPEND)
		return 1;
	if (call->max_attempts)
		return call->max_attempts;
	if (call->config && call->config->max_attempts)
		return call->config->max_attempts;
	return strcmp(call->service->name, "dynamodb") == 0 ?
		ATTEMPTS_DYNAMODB : ATTEMPTS;
}

/* The idempotency token's row, when nobody gave it a value. */
static const struct parameter *missing_token(const struct call *call)
{
	const struct parameter *p = call->operation->parameters;

	while (p && p->path && !p->token)
		p++;
	if (!p || !p->path)
		return NULL;
	for (size_t i = 0; i < call->argument_count; i++)
		if (strcmp(call->arguments[i].path, p->path) == 0)
			return NULL;
	return p;
}

/* One token for all attempts: the message is made once. */
static bool encode(struct flight *f, struct error *err)
{
	const struct parameter *token = missing_token(f->call);
	struct { struct argument *items; size_t count, room; }
		list = { 0 };
	char uuid[37];
	bool ok;

	for (size_t i = 0; i < f->call->argument_count; i++)
		*VEC_PUSH(&list) = f->call->arguments[i];
	if (token) {
		random_uuid(uuid);
		*VEC_PUSH(&list) = (struct argument){ .path = token->path,
			.value = uuid };
	}
	ok = protocol_encode(&f->message, f->call->service,
		f->call->operation, list.items, list.count, err);
	VEC_FREE(&list);
	return ok;
}

bool flight_init(struct flight *f, struct door *door,
	const struct call *call, struct reply *reply, struct error *err)
{
	*f = (struct flight){ .door = door, .call = call, .reply = reply,
		.endpoint = *call->endpoint, .most = most_attempts(call),
		.repeatable = operation_is_repeatable(call->operation),
		.started = clock_now(), .key = STR_INIT,
		.out = { .body = STR_INIT } };
	message_init(&f->message);
	random_uuid(f->id);
	str_addf(&f->key, "%s/%s/%s", call->scope ? call->scope : "",
		f->endpoint.signing_region, call->service->name);
	f->quota = door_quota(door, f->key.p);
	return encode(f, err);
}

void flight_clear(struct flight *f)
{
	message_clear(&f->message);
	str_clear(&f->key);
	str_clear(&f->out.body);
}

static bool refuse_read_only(const struct door *door,
	const struct call *call, struct error *err)
{
	const struct operation *op = call->operation;

	if (effect_is_read(op->effect))
		return true;
	if (call->locked)
		return error_set(err, ERR_READ_ONLY, "read-only: %s was not "
			"sent (it is %s): profile %s is locked", op->name,
			effect_name(op->effect), call->locked);
	if (!door_is_read_only(door))
		return true;
	return error_set(err, ERR_READ_ONLY,
		"read-only: %s was not sent (it is %s)", op->name,
		effect_name(op->effect));
}

/* Our clock is wrong: sign with AWS's from now on. */
static bool corrects_clock(struct flight *f, const struct error *err)
{
	int64_t skew = atomic_load(&f->door->skew);

	if (f->skewed || !f->out.dated || !protocol_is_skew(err->code))
		return false;
	if (llabs(f->out.offset - skew) < SKEW_MS)
		return false;
	f->skewed = true;
	atomic_store(&f->door->skew, f->out.offset);
	LOG("clock is off by %lld ms", (long long)f->out.offset);
	return true;
}

/* What may have arrived goes again only if that does no harm. */
static bool may_repeat(const struct flight *f, enum retry_class class)
{
	if (f->delivered)
		return false;
	if (f->repeatable || !f->out.sent)
		return true;
	return class == RETRY_THROTTLE && f->out.status >= 300;
}

/* True: the next attempt is due now. */
static bool tries_again(struct flight *f, struct error *err)
{
	enum retry_class class = f->out.garbled ? RETRY_TRANSIENT :
		retry_classify(err);
	int64_t delay;

	if (err->kind == ERR_CANCELLED)
		return false;
	if (corrects_clock(f, err) || flight_moves(f, err))
		return f->call->operation->effect != EFFECT_SPEND &&
			!cancel_is_set(f->call->cancel);
	if (class == RETRY_NO || f->attempts >= f->most ||
			!may_repeat(f, class) ||
			!retry_quota_take(f->quota, class))
		return false;
	f->last = class;
	delay = retry_delay(class, f->attempts, f->out.retry_after);
	door_note(f->door, DOOR_RETRY);
	if (door_sleep(f->door, clock_now() + delay, f->call->cancel))
		return true;
	return error_set(err, ERR_CANCELLED, "cancelled");
}

/* Did this attempt go out, and nobody knows what became of it? */
static bool is_doubtful(const struct flight *f)
{
	const struct outcome *out = &f->out;

	if (!out->sent)
		return false;
	/* No answer, or a good one that broke off or was not waited for. */
	if (out->status < 300)
		return true;
	return !f->repeatable && out->status >= 500 && !out->throttled;
}

static bool attempt(struct flight *f, struct error *err)
{
	int64_t turn = limiter_book(f->door->limiter, f->key.p);
	bool ok;

	if (!door_sleep(f->door, turn, f->call->cancel))
		return error_set(err, ERR_CANCELLED, "cancelled");
	f->attempts++;
	f->reply->attempts = f->attempts;
	if (f->call->operation->effect == EFFECT_READ_BILLED)
		door_note(f->door, DOOR_BILLED);
	ok = flight_send(f, err);
	f->out.throttled = !ok && retry_classify(err) == RETRY_THROTTLE;
	f->doubtful = f->doubtful || (!ok && is_doubtful(f));
	if (f->out.throttled)
		door_note(f->door, DOOR_THROTTLE);
	limiter_report(f->door->limiter, f->key.p, f->out.throttled);
	return ok;
}

/* Whatever became of it, nothing was done. */
static bool is_dry_run(const struct call *call)
{
	for (size_t i = 0; i < call->argument_count; i++)
		if (strcmp(call->arguments[i].path, "DryRun") == 0)
			return str_eq(call->arguments[i].value, "true");
	return false;
}

static bool is_unknown(const struct flight *f, const struct error *err)
{
	const struct operation *op = f->call->operation;

	if (!f->doubtful || effect_is_read(op->effect) ||
			op->effect == EFFECT_READ_SECRET ||
			is_dry_run(f->call))
		return false;
	if (err->kind == ERR_CANCELLED)
		return true;
	return !f->out.status || is_doubtful(f);
}

/* A key that is good elsewhere is refused where the region is off. */
static void explain(const struct flight *f, struct error *err)
{
	const struct region *region =
		region_find(f->endpoint.signing_region);
	struct error was = *err;

	if (is_unknown(f, err)) {
		error_set(err, ERR_UNKNOWN,
			"%s was sent and may have been done: %s",
			f->call->operation->name, was.text);
	} else if (region && region->opt_in && was.status < 500 &&
			protocol_is_refused_key(was.code) &&
			was.kind == ERR_CREDENTIALS) {
		error_set(err, ERR_DISABLED,
			"%s is not enabled in this account (AWS says: %s)",
			region->name, was.text);
	} else {
		return;
	}
	err->status = was.status;
	memcpy(err->code, was.code, sizeof(err->code));
	memcpy(err->request_id, was.request_id, sizeof(err->request_id));
}

static bool fly(struct flight *f, struct error *err)
{
	struct error last = ERROR_INIT;
	bool ok = attempt(f, &last);

	while (!ok && tries_again(f, &last))
		ok = attempt(f, &last);
	if (ok) {
		retry_quota_give(f->quota, f->last);
		return true;
	}
	explain(f, &last);
	*err = last;
	return false;
}

bool door_call(struct door *door, const struct call *call,
	struct reply *reply, struct error *err)
{
	struct flight f;
	bool ok;

	*reply = (struct reply){ 0 };
	if (!refuse_read_only(door, call, err))
		return false;
	if (cancel_is_set(call->cancel))
		return error_set(err, ERR_CANCELLED, "cancelled");
	ok = flight_init(&f, door, call, reply, err) &&
		flight_tell_intent(&f, err);
	if (ok) {
		ok = fly(&f, err);
		reply->ms = clock_now() - f.started;
		flight_tell_outcome(&f, ok, err);
		if (!ok && err->kind != ERR_CANCELLED &&
		    err->kind != ERR_DENIED && err->kind != ERR_THROTTLED &&
		    err->kind != ERR_NOT_FOUND)
			door_note(door, DOOR_FAILED);
	}
	if (!ok) {
		free(reply->headers);
		reply->headers = NULL;
	}
	flight_clear(&f);
	return ok;
}

void reply_clear(struct reply *reply)
{
	doc_unref(reply->doc);
	free(reply->headers);
	*reply = (struct reply){ 0 };
}

char *reply_header(const struct reply *reply, const char *name)
{
	const char *line = reply->headers;
	size_t len = strlen(name);

	while (line && *line) {
		size_t end = strcspn(line, "\n");

		if (strncmp(line, name, len) == 0 &&
				strncmp(line + len, ": ", 2) == 0)
			return xstrndup(line + len + 2, end - len - 2);
		line += end + (line[end] == '\n');
	}
	return NULL;
}
