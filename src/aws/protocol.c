/* SPDX-License-Identifier: MIT */
#include "aws/protocol.h"

#include "aws/protocol_form.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void message_init(struct message *m)
{
	memset(m, 0, sizeof(*m));
	str_init(&m->path, 0);
	str_init(&m->query, 0);
	str_init(&m->headers, 0);
	str_init(&m->body, 0);
}

void message_clear(struct message *m)
{
	str_clear(&m->path);
	str_wipe(&m->query);
	str_wipe(&m->headers);
	str_wipe(&m->body);
	free(m->bucket);
	message_init(m);
}

bool protocol_is_xml(const struct service *service)
{
	return service->protocol == PROTOCOL_QUERY ||
		service->protocol == PROTOCOL_EC2 ||
		service->protocol == PROTOCOL_REST_XML;
}

const char *protocol_wire_name(const struct parameter *p)
{
	const char *dot;

	if (p->wire)
		return p->wire;
	dot = strrchr(p->path, '.');
	return dot ? dot + 1 : p->path;
}

static bool bad_value(const struct field *f, const char *wanted,
	struct error *err)
{
	if (f->parameter->secret)
		return error_set(err, ERR_USAGE, "%s must be %s",
			f->parameter->path, wanted);
	return error_set(err, ERR_USAGE, "%s must be %s, not \"%.*s\"",
		f->parameter->path, wanted, (int)(f->len < 80 ? f->len : 80),
		f->value);
}

static bool add_integer(struct str *out, const struct field *f,
	struct error *err)
{
	size_t i = f->len && f->value[0] == '-';
	size_t first = i;

	while (i < f->len && isdigit((unsigned char)f->value[i]))
		i++;
	if (i == first || i < f->len || i - first > 19)
		return bad_value(f, "a whole number", err);
	str_addn(out, f->value, f->len);
	return true;
}

static bool add_double(struct str *out, const struct field *f,
	struct error *err)
{
	char text[64], *end;
	double number;

	if (!f->len || f->len >= sizeof(text))
		return bad_value(f, "a number", err);
	memcpy(text, f->value, f->len);
	text[f->len] = 0;
	number = strtod(text, &end);
	if (*end || !isfinite(number) || isspace((unsigned char)*text) ||
			strpbrk(text, "xX"))
		return bad_value(f, "a number", err);
	str_addn(out, f->value, f->len);
	return true;
}

static bool add_boolean(struct str *out, const struct field *f,
	struct error *err)
{
	bool yes = f->len == 4 && memcmp(f->value, "true", 4) == 0;
	bool no = f->len == 5 && memcmp(f->value, "false", 5) == 0;

	if (!yes && !no)
		return bad_value(f, "true or false", err);
	str_addn(out, f->value, f->len);
	return true;
}

static void add_rfc822(struct str *out, int64_t wall)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t seconds = (time_t)(wall / 1000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	str_addf(out, "%.3s, %02d %.3s %d %02d:%02d:%02d GMT",
		days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon,
		tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static bool add_timestamp(struct str *out, const struct field *f,
	enum stamp stamp, struct error *err)
{
	int64_t wall;
	char iso[32];

	if (!clock_parse(f->value, f->len, &wall))
		return bad_value(f, "a time such as 2026-11-23T00:14:00Z",
			err);
	switch (stamp) {
	case STAMP_ISO:
		clock_format_iso(wall, iso);
		str_add(out, iso);
		break;
	case STAMP_RFC822:
		add_rfc822(out, wall);
		break;
	case STAMP_EPOCH:
		str_addf(out, "%lld", (long long)(wall / 1000));
		if (wall % 1000)
			str_addf(out, ".%03d", abs((int)(wall % 1000)));
		break;
	}
	return true;
}

bool protocol_add_value(struct str *out, const struct field *f,
	enum stamp stamp, struct error *err)
{
	switch (f->parameter->type) {
	case VALUE_INTEGER:
		return add_integer(out, f, err);
	case VALUE_DOUBLE:
		return add_double(out, f, err);
	case VALUE_BOOLEAN:
		return add_boolean(out, f, err);
	case VALUE_TIMESTAMP:
		return add_timestamp(out, f, stamp, err);
	case VALUE_BLOB:
		return str_add_base64(out, (const unsigned char *)f->value,
			f->len);
	case VALUE_STRING:
		break;
	}
	return str_addn(out, f->value, f->len);
}

static void push_field(struct fields *fields, const struct parameter *row,
	const struct argument *a)
{
	struct field *f;
	const char *brace;

	if (!a->value)
		return;
	f = VEC_PUSH(fields);
	*f = (struct field){ .parameter = row, .value = a->value,
		.len = a->len ? a->len : strlen(a->value),
		.index = { a->index[0], a->index[1] } };
	brace = strchr(a->path, '{');
	if (brace && strchr(row->path, '{')) {
		f->key = brace + 1;
		f->key_len = strlen(f->key) - 1;
	}
}

/* In the order of the table: AWS's XML schemas care. */
static void collect(struct fields *fields, const struct parameter **rows,
	const struct argument *arguments, size_t count)
{
	const struct parameter *row = fields->operation->parameters;

	for (; row && row->path; row++) {
		const struct argument constant = { .path = row->path,
			.value = row->value };
		bool given = false;

		for (size_t i = 0; i < count; i++) {
			if (rows[i] != row)
				continue;
			push_field(fields, row, &arguments[i]);
			given = true;
		}
		if (!given)
			push_field(fields, row, &constant);
	}
}

bool protocol_fields(struct fields *fields, const struct argument *arguments,
	size_t count, struct error *err)
{
	struct { const struct parameter **items; size_t count, room; }
		rows = { 0 };

	for (size_t i = 0; i < count; i++) {
		const struct parameter *row = operation_parameter(
			fields->operation, arguments[i].path);

		if (!row) {
			VEC_FREE(&rows);
			return error_set(err, ERR_USAGE,
				"%s has no parameter %s",
				fields->operation->name, arguments[i].path);
		}
		*VEC_PUSH(&rows) = row;
	}
	collect(fields, rows.items, arguments, count);
	VEC_FREE(&rows);
	return true;
}

static bool encode(struct message *m, const struct fields *fields,
	struct error *err)
{
	switch (fields->service->protocol) {
	case PROTOCOL_QUERY:
	case PROTOCOL_EC2:
		return protocol_encode_query(m, fields, err);
	case PROTOCOL_JSON_1_0:
	case PROTOCOL_JSON_1_1:
		return protocol_encode_json(m, fields, err);
	case PROTOCOL_REST_XML:
	case PROTOCOL_REST_JSON:
		break;
	}
	return protocol_encode_rest(m, fields, err);
}

bool protocol_encode(struct message *m, const struct service *service,
	const struct operation *operation, const struct argument *arguments,
	size_t count, struct error *err)
{
	struct fields fields = { .service = service,
		.operation = operation };
	bool ok = protocol_fields(&fields, arguments, count, err) &&
		encode(m, &fields, err);

	if (ok && (m->body.full || m->query.full || m->path.full ||
			m->headers.full))
		ok = error_set(err, ERR_LIMIT, "%s is too big a request",
			operation->name);
	VEC_FREE(&fields);
	return ok;
}
