/* SPDX-License-Identifier: MIT */
/* One attempt: send, await, read into a document or a sink. */
#include "aws/request_private.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { REPLY_MAX = 1024 * 1024 * 1024 };

const char *flight_error_header(const void *exchange, const char *name)
{
	return http_get_header(exchange, name);
}

/* Milliseconds by AWS's own header, else by HTTP's: seconds or a date. */
static int64_t read_retry_after(const struct http_exchange *x)
{
	const char *text = http_get_header(x, "x-amz-retry-after");
	long number;
	int64_t wall;

	if (text)
		return str_int(text, 0, 24 * 3600 * 1000, &number) ? number :
			-1;
	text = http_get_header(x, "retry-after");
	if (!text)
		return -1;
	if (str_int(text, 0, 24 * 3600, &number))
		return number * 1000;
	if (!clock_parse(text, strlen(text), &wall))
		return -1;
	wall -= clock_wall();
	return wall > 0 ? wall : -1;
}

static void read_head(struct flight *f, const struct http_exchange *x)
{
	static const char *const ids[] = { "x-amzn-requestid",
		"x-amz-request-id", NULL };
	const char *name, *value;
	struct str headers = STR_INIT;
	size_t cursor = 0;
	int64_t wall;

	while (http_next_header(x, &cursor, &name, &value))
		str_addf(&headers, "%s: %s\n", name, value);
	free(f->reply->headers);
	f->reply->headers = str_take(&headers);
	f->reply->status = f->out.status;
	f->reply->request_id[0] = 0;
	for (size_t i = 0; ids[i]; i++) {
		value = http_get_header(x, ids[i]);
		if (value && strlen(value) < sizeof(f->reply->request_id))
			memcpy(f->reply->request_id, value,
				strlen(value) + 1);
	}
	value = http_get_header(x, "date");
	f->out.dated = value && clock_parse(value, strlen(value), &wall);
	if (f->out.dated)
		f->out.offset = wall - clock_wall();
	f->out.retry_after = read_retry_after(x);
}

/* What is kept of an error's body; the rest is let go with its
 * connection. */
static void read_refusal(struct flight *f, struct http_exchange *x)
{
	struct error ignored;
	const char *bytes;
	size_t len;

	while (f->out.body.len < ERROR_BODY_MAX &&
			http_read(x, &bytes, &len, &ignored) && len) {
		if (len > ERROR_BODY_MAX - f->out.body.len)
			len = ERROR_BODY_MAX - f->out.body.len;
		str_addn(&f->out.body, bytes, len);
		f->reply->bytes += len;
	}
}

static bool is_dry_run_success(const struct error *err)
{
	return strcmp(err->code, "DryRunOperation") == 0;
}

static bool refuse(struct flight *f, struct http_exchange *x,
	struct error *err)
{
	read_refusal(f, x);
	protocol_error(err, f->call->service, f->out.status, f->out.body.p,
		f->out.body.len, flight_error_header, x);
	return is_dry_run_success(err);
}

static bool pour(struct flight *f, struct http_exchange *x,
	struct error *err)
{
	const struct door_sink *sink = f->call->sink;
	const char *bytes;
	size_t len;

	for (;;) {
		if (!http_read(x, &bytes, &len, err))
			return false;
		if (!len)
			return true;
		f->delivered = true;
		f->reply->bytes += len;
		if (!sink->write(sink->data, bytes, len, err))
			return false;
	}
}

/* Some S3 answers begin with white space while it still works, and some
 * XML services answer JSON documents. */
static struct reader *begin_reader(const struct flight *f,
	const char **bytes, size_t *len)
{
	enum reader_form form = protocol_is_xml(f->call->service) ?
		READER_XML : READER_JSON;

	while (*len && isspace((unsigned char)**bytes)) {
		++*bytes;
		--*len;
	}
	if (!*len)
		return NULL;
	if (**bytes == '{' || **bytes == '[')
		form = READER_JSON;
	else if (**bytes == '<')
		form = READER_XML;
	return reader_new(form, f->door->options.names, REPLY_MAX);
}

static bool read_document(struct flight *f, struct http_exchange *x,
	struct error *err)
{
	struct reader *reader = NULL;
	const char *bytes;
	size_t len;
	bool ok;

	while ((ok = http_read(x, &bytes, &len, err)) && len) {
		f->reply->bytes += len;
		if (!reader)
			reader = begin_reader(f, &bytes, &len);
		ok = !reader || reader_feed(reader, bytes, len, err);
		if (!ok)
			break;
	}
	if (ok && reader) {
		f->reply->doc = reader_finish(reader, err);
		ok = f->reply->doc != NULL;
	}
	reader_free(reader);
	if (!ok && err->kind == ERR_PARSE)
		error_prefix(err, "the answer cannot be read");
	return ok;
}

/* S3 may find out only after it has said 200. */
static bool is_late_error(const struct flight *f)
{
	size_t len;
	const char *name;

	if (!(f->call->service->flags & SERVICE_S3) || !f->reply->doc)
		return false;
	name = doc_name(f->reply->doc, 0, &len);
	return len == 5 && memcmp(name, "Error", 5) == 0;
}

static bool read_answer(struct flight *f, struct http_exchange *x,
	struct error *err)
{
	bool ok;

	if (f->call->sink)
		return pour(f, x, err);
	ok = read_document(f, x, err);
	f->out.garbled = !ok && err->kind != ERR_CANCELLED &&
		err->kind != ERR_LIMIT;
	if (!ok || !is_late_error(f))
		return ok;
	f->out.status = 500;
	protocol_error_doc(err, f->call->service, 500, f->reply->doc,
		flight_error_header, x);
	doc_unref(f->reply->doc);
	f->reply->doc = NULL;
	return false;
}

static struct http_exchange *begin(struct flight *f, const struct str *url,
	const struct header_list *headers)
{
	const struct aws_config *config = f->call->config;
	struct http_request request = {
		.method = f->message.method, .url = url->p,
		.headers = headers->items, .header_count = headers->count,
		.body = f->message.body.p, .body_len = f->message.body.len,
		.ca_bundle = config ? config->ca_bundle : NULL,
		.ignore_environment = f->door->options.ignore_environment,
		.fresh = !f->repeatable
	};

	return http_start(f->door->loop, &request, f->call->cancel);
}

static void end_attempt(struct flight *f, bool ok, const struct error *err,
	int64_t started)
{
	door_count(f->door, f->reply->bytes);
	if (!ok)
		door_note(f->door, DOOR_ERROR);
	LOG("%s %s %s attempt %u: %d %s %s %lld ms %zu bytes",
		f->call->service->name, f->call->operation->name,
		f->endpoint.signing_region, f->attempts, f->out.status,
		ok ? "ok" : *err->code ? err->code :
		error_kind_name(err->kind), f->reply->request_id,
		(long long)(clock_now() - started), f->reply->bytes);
}

bool flight_send(struct flight *f, struct error *err)
{
	struct header_list headers = { 0 };
	struct str url = STR_INIT;
	int64_t started = clock_now();
	struct http_exchange *x;
	bool ok;

	str_reset(&f->out.body);
	f->out = (struct outcome){ .retry_after = -1, .body = f->out.body };
	f->reply->bytes = 0;
	flight_build(f, &url, &headers);
	x = begin(f, &url, &headers);
	header_list_clear(&headers);
	str_wipe(&url);
	ok = http_await(x, &f->out.status, err);
	if (ok) {
		read_head(f, x);
		ok = f->out.status < 300 ? read_answer(f, x, err) :
			refuse(f, x, err);
	}
	f->out.sent = http_was_sent(x);
	http_finish(x);
	end_attempt(f, ok, err, started);
	return ok;
}
