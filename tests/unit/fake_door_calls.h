/* SPDX-License-Identifier: MIT */
/* The second half of fake_door.h: what aws/request.h declares. */
#ifndef TESTS_FAKE_DOOR_CALLS_H
#define TESTS_FAKE_DOOR_CALLS_H

#include "fake_door.h"

static bool tell(const struct fake_answer *a, struct error *err)
{
	if (!a)
		return error_set(err, ERR_IO, "nobody should ask this");
	return a->kind == ERR_NONE || error_set(err, a->kind, "it failed");
}

bool door_plain(struct door *door, const struct http_request *request,
	enum effect effect, struct cancel *cancel, int *status,
	struct str *out, struct error *err)
{
	char asked[512];
	const struct fake_answer *a;
	bool ok;

	if (cancel_is_set(cancel))
		return error_set(err, ERR_CANCELLED, "cancelled");
	if (effect != EFFECT_READ || !request->ignore_environment ||
			strcmp(request->proxy, "") != 0)
		return error_set(err, ERR_IO, "not as plain as it should be");
	pthread_mutex_lock(&door->mutex);
	snprintf(asked, sizeof(asked), "%s %s", request->method,
		request->url);
	snprintf(door->url, sizeof(door->url), "%s", request->url);
	*door->header = '\0';
	if (request->header_count)
		snprintf(door->header, sizeof(door->header), "%s: %s",
			request->headers->name, request->headers->value);
	a = answer(door, asked);
	ok = tell(a, err);
	if (ok) {
		*status = a->status ? a->status : 200;
		str_add(out, a->body);
	}
	pthread_mutex_unlock(&door->mutex);
	return ok;
}

static void note_call(struct door *door, const struct call *call)
{
	size_t i, at = 0;

	*door->asked = '\0';
	for (i = 0; i < call->argument_count; i++)
		at += (size_t)snprintf(door->asked + at,
			sizeof(door->asked) - at, "%s=%s ",
			call->arguments[i].path, call->arguments[i].value);
	snprintf(door->host, sizeof(door->host), "%s", call->endpoint->host);
	snprintf(door->region, sizeof(door->region), "%s",
		call->endpoint->signing_region);
	snprintf(door->key, sizeof(door->key), "%s",
		call->credentials->access_key);
}

bool door_call(struct door *door, const struct call *call,
	struct reply *reply, struct error *err)
{
	const struct fake_answer *a;
	bool ok;

	pthread_mutex_lock(&door->mutex);
	a = answer(door, call->operation->name);
	note_call(door, call);
	ok = tell(a, err);
	if (ok && a->body)
		reply->doc = reader_read(READER_XML, NULL, a->body,
			strlen(a->body), err);
	pthread_mutex_unlock(&door->mutex);
	return ok && (!a->body || reply->doc);
}

void reply_clear(struct reply *reply)
{
	doc_unref(reply->doc);
	*reply = (struct reply){ 0 };
}

#endif
