/* SPDX-License-Identifier: MIT */
/* Plain HTTP through the same door: metadata services, logins. */
#include "aws/request_private.h"

#include "base/log.h"

static bool read_all(struct http_exchange *x, struct str *out, size_t *got,
	struct error *err)
{
	const char *bytes;
	size_t len;

	for (*got = 0;; *got += len) {
		if (!http_read(x, &bytes, &len, err))
			return false;
		if (!len)
			return true;
		if (!str_addn(out, bytes, len))
			return error_set(err, ERR_LIMIT,
				"the answer is too long");
	}
}

bool door_plain(struct door *door, const struct http_request *request,
	enum effect effect, struct cancel *cancel, int *status,
	struct str *out, struct error *err)
{
	struct http_request own = *request;
	struct http_exchange *x;
	size_t got = 0;
	bool ok;

	if (door_is_read_only(door) && !effect_is_read(effect) &&
			effect != EFFECT_CREDENTIAL)
		return error_set(err, ERR_READ_ONLY,
			"read-only: the request was not sent");
	own.ignore_environment = own.ignore_environment ||
		door->options.ignore_environment;
	x = http_start(door->loop, &own, cancel);
	ok = http_await(x, status, err) && read_all(x, out, &got, err);
	http_finish(x);
	door_count(door, got);
	if (!ok)
		door_note(door, DOOR_ERROR);
	LOG("%s: %s", request->method, ok ? "answered" :
		error_kind_name(err->kind));
	return ok;
}
