/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include "base/str.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const kind_names[ERR_KINDS] = {
	[ERR_NONE] = "none",
	[ERR_USAGE] = "usage",
	[ERR_IO] = "io",
	[ERR_PARSE] = "parse",
	[ERR_NETWORK] = "network",
	[ERR_TLS] = "tls",
	[ERR_TIMEOUT] = "timeout",
	[ERR_CREDENTIALS] = "credentials",
	[ERR_EXPIRED] = "expired",
	[ERR_DENIED] = "denied",
	[ERR_DISABLED] = "disabled",
	[ERR_THROTTLED] = "throttled",
	[ERR_NOT_FOUND] = "not-found",
	[ERR_AWS] = "aws",
	[ERR_SERVER] = "server",
	[ERR_READ_ONLY] = "read-only",
	[ERR_NEED_INPUT] = "need-input",
	[ERR_NEED_CONFIRM] = "need-confirm",
	[ERR_UNKNOWN] = "unknown",
	[ERR_LIMIT] = "limit",
	[ERR_CANCELLED] = "cancelled",
};

/* Makes the sentence fit: what is too long ends in an ellipsis, between two
 * characters. */
static void set_text(struct error *err, const struct str *raw)
{
	static const char ellipsis[] = "\xe2\x80\xa6";
	struct str clean = STR_INIT;
	size_t len;

	text_sanitise(&clean, raw->p, raw->len, false);
	len = clean.len;
	if (len >= sizeof(err->text)) {
		len = sizeof(err->text) - sizeof(ellipsis);
		while (len && ((unsigned char)clean.p[len] & 0xc0) == 0x80)
			len--;
		str_truncate(&clean, len);
		str_add(&clean, ellipsis);
	}
	memcpy(err->text, clean.p, clean.len + 1);
	str_clear(&clean);
}

bool error_set(struct error *err, enum error_kind kind, const char *format,
	...)
{
	struct str raw = STR_INIT;
	va_list args;

	/* Before anything is cleared: arguments may point into err. */
	va_start(args, format);
	str_addvf(&raw, format, args);
	va_end(args);
	error_reset(err);
	err->kind = kind;
	set_text(err, &raw);
	str_clear(&raw);
	return false;
}

bool error_prefix(struct error *err, const char *format, ...)
{
	struct str raw = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addvf(&raw, format, args);
	va_end(args);
	str_add(&raw, ": ");
	str_add(&raw, err->text);
	set_text(err, &raw);
	str_clear(&raw);
	return false;
}

void error_reset(struct error *err)
{
	err->kind = ERR_NONE;
	err->status = 0;
	err->code[0] = err->request_id[0] = err->text[0] = '\0';
}

const char *error_kind_name(enum error_kind kind)
{
	if ((unsigned int)kind >= ERR_KINDS)
		kind = ERR_UNKNOWN;
	return kind_names[kind];
}

/* What helps, by kind; the others' sentences say it themselves. */
static const char *error_advice(enum error_kind kind)
{
	switch (kind) {
	case ERR_EXPIRED:
		return "renew them (`aws sso login`, new keys), then again";
	case ERR_THROTTLED:
		return "AWS asks for fewer requests; try again later";
	default:
		return NULL;
	}
}

void error_line(const struct error *err, char out[ERROR_LINE])
{
	const char *advice = error_advice(err->kind);
	bool named = !err->code[0] || strstr(err->text, err->code);

	snprintf(out, ERROR_LINE, "%s%s%s%s%s", named ? "" : err->code,
		named ? "" : ": ", err->text, advice ? " — " : "",
		advice ? advice : "");
}
