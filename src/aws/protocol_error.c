/* SPDX-License-Identifier: MIT */
/*
 * The five shapes of AWS's errors: ErrorResponse/Error (query, CloudFront,
 * Route 53), Response/Errors/Error (EC2, SimpleDB), Error (S3), JSON with
 * __type or code, and rest-json's x-amzn-errortype header; and what proxies
 * answer instead: HTML, or nothing at all.
 */
#include "aws/protocol.h"

#include "aws/protocol_kind.h"
#include "base/text.h"
#include "doc/reader.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

typedef const char *header_lookup(const void *data, const char *name);

enum { BODY_SHOWN = 200, BODY_MAX = 64 * 1024 };

/* First node of that name (ASCII case ignored), depth first. */
static uint32_t find(const struct doc *d, uint32_t node, const char *name)
{
	size_t len, wanted = strlen(name);
	const char *own = doc_name(d, node, &len);

	if (len == wanted && strncasecmp(own, name, len) == 0)
		return node;
	for (uint32_t c = doc_child(d, node); c != DOC_NONE;
			c = doc_next(d, c)) {
		uint32_t found = find(d, c, name);

		if (found != DOC_NONE)
			return found;
	}
	return DOC_NONE;
}

static void copy_text(char *to, size_t room, const struct doc *d,
	uint32_t from, const char *name)
{
	uint32_t node = find(d, from, name);
	size_t len;
	const char *text;

	if (node == DOC_NONE)
		return;
	text = doc_text(d, node, &len);
	if (!len || len >= room)
		return;
	memcpy(to, text, len + 1);
}

/* What is known of the error while it is put together. */
struct finding {
	char code[96];
	char id[96];
	struct str text;
};

static void take_text(struct finding *f, const struct doc *d, uint32_t from,
	const char *name)
{
	uint32_t node = find(d, from, name);
	size_t len;
	const char *text;

	if (node == DOC_NONE || f->text.len)
		return;
	text = doc_text(d, node, &len);
	str_addn(&f->text, text, len);
}

/* "aws.ns#Code:https://…" is Code. */
static void set_code(struct finding *f, const char *code)
{
	const char *hash = strchr(code, '#');
	size_t len;

	if (hash)
		code = hash + 1;
	len = strcspn(code, ":;");
	if (!len || len >= sizeof(f->code))
		return;
	memcpy(f->code, code, len);
	f->code[len] = 0;
}

static bool read_xml_doc(struct finding *f, const struct doc *d)
{
	uint32_t node = find(d, 0, "Error");

	if (node != DOC_NONE) {
		copy_text(f->code, sizeof(f->code), d, node, "Code");
		take_text(f, d, node, "Message");
	}
	copy_text(f->id, sizeof(f->id), d, 0, "RequestId");
	return node != DOC_NONE && *f->code;
}

static bool read_xml(struct finding *f, const char *body, size_t len)
{
	struct error err;
	struct doc *d = reader_read(READER_XML, NULL, body, len, &err);
	bool ok;

	if (!d)
		return false;
	ok = read_xml_doc(f, d);
	doc_unref(d);
	return ok;
}

/* A member of the root object itself, by its exact name. */
static const char *member(const struct doc *d, const char *name)
{
	for (uint32_t c = doc_child(d, 0); c != DOC_NONE;
			c = doc_next(d, c)) {
		size_t len;
		const char *own = doc_name(d, c, &len);

		if (len == strlen(name) && memcmp(own, name, len) == 0 &&
				doc_kind(d, c) != DOC_OBJECT)
			return doc_text(d, c, NULL);
	}
	return NULL;
}

static const char *first_member(const struct doc *d,
	const char *const *names)
{
	for (; *names; names++) {
		const char *text = member(d, *names);

		if (text && *text)
			return text;
	}
	return NULL;
}

static bool read_json(struct finding *f, const char *body, size_t len)
{
	static const char *const codes[] = { "__type", "code", "Code",
		"error", NULL };
	static const char *const texts[] = { "message", "Message",
		"errorMessage", "error_description", NULL };
	struct error err;
	struct doc *d = reader_read(READER_JSON, NULL, body, len, &err);
	const char *code, *text;

	if (!d)
		return false;
	code = first_member(d, codes);
	text = first_member(d, texts);
	if (code)
		set_code(f, code);
	if (text)
		str_add(&f->text, text);
	doc_unref(d);
	return code || text;
}

/* The words of a page, without its tags. */
static void read_plain(struct finding *f, const char *body, size_t len)
{
	bool tag = false, space = true;

	for (size_t i = 0; i < len && f->text.len < BODY_SHOWN; i++) {
		char c = body[i];

		if (c == '<' || tag) {
			tag = c != '>';
			c = ' ';
		}
		if (isspace((unsigned char)c)) {
			if (!space)
				str_addc(&f->text, ' ');
			space = true;
		} else {
			str_addc(&f->text, c);
			space = false;
		}
	}
}

/* A page says in its title what its body says again. */
static void read_page(struct finding *f, const char *body, size_t len)
{
	static const char open[] = "<title>", close[] = "</title>";
	const char *from = text_find(body, len, open, strlen(open)), *to;
	size_t left;

	str_add(&f->text, "a web page came instead of an answer: ");
	if (from) {
		from += strlen(open);
		left = len - (size_t)(from - body);
		to = text_find(from, left, close, strlen(close));
		body = from;
		len = to ? (size_t)(to - from) : left;
	}
	read_plain(f, body, len);
}

static void read_body(struct finding *f, const char *body, size_t len)
{
	size_t start = 0;
	bool ok = false, page;

	while (start < len && isspace((unsigned char)body[start]))
		start++;
	if (start == len || len > BODY_MAX)
		return;
	if (body[start] == '<')
		ok = read_xml(f, body + start, len - start);
	else if (body[start] == '{')
		ok = read_json(f, body + start, len - start);
	if (ok || f->text.len)
		return;
	page = text_find(body + start, len - start, "<html", 5) != NULL;
	(page ? read_page : read_plain)(f, body + start, len - start);
}

static void read_headers(struct finding *f, header_lookup *header,
	const void *data)
{
	static const char *const ids[] = { "x-amzn-requestid",
		"x-amz-request-id", "x-amzn-request-id", NULL };
	const char *text = header(data, "x-amzn-errortype");

	if (text)
		set_code(f, text);
	text = header(data, "x-amzn-query-error");
	if (text)
		set_code(f, text);
	for (size_t i = 0; ids[i]; i++) {
		text = header(data, ids[i]);
		if (text && *text && strlen(text) < sizeof(f->id)) {
			memcpy(f->id, text, strlen(text) + 1);
			return;
		}
	}
}

/* A page of base64 that only STS can read: not for people. */
static void drop_encoded_part(struct finding *f)
{
	char *p = strstr(f->text.p, " Encoded authorization failure message");

	if (p)
		str_truncate(&f->text, (size_t)(p - f->text.p));
}

static void clean_word(char *word)
{
	for (; *word; word++)
		if ((unsigned char)*word <= ' ' || (unsigned char)*word > 126)
			*word = '?';
}

static void tell(struct error *err, struct finding *f,
	const struct service *service, int status)
{
	drop_encoded_part(f);
	clean_word(f->code);
	clean_word(f->id);
	if (!f->code[0])
		snprintf(f->code, sizeof(f->code), "%d", status);
	if (f->text.len)
		error_set(err, protocol_kind(f->code, status, f->text.p),
			"%s", f->text.p);
	else
		error_set(err, protocol_kind(f->code, status, ""),
			"%s answered %s%s without a word of why",
			service->title ? service->title : service->name,
			isdigit((unsigned char)f->code[0]) ? "HTTP " : "",
			f->code);
	err->status = status;
	memcpy(err->code, f->code, sizeof(err->code));
	memcpy(err->request_id, f->id, sizeof(err->request_id));
	str_clear(&f->text);
}

void protocol_error(struct error *err, const struct service *service,
	int status, const char *body, size_t len, header_lookup *header,
	const void *data)
{
	struct finding f = { .text = STR_INIT };

	read_body(&f, body, len);
	read_headers(&f, header, data);
	tell(err, &f, service, status);
}

void protocol_error_doc(struct error *err, const struct service *service,
	int status, const struct doc *d, header_lookup *header,
	const void *data)
{
	struct finding f = { .text = STR_INIT };

	read_xml_doc(&f, d);
	read_headers(&f, header, data);
	tell(err, &f, service, status);
}

bool protocol_error_detail(struct str *out, const char *body, size_t len,
	const char *name)
{
	struct error err;
	struct doc *d = reader_read(READER_XML, NULL, body, len, &err);
	uint32_t node = d ? find(d, 0, name) : DOC_NONE;
	size_t text_len;
	const char *text;

	if (node != DOC_NONE) {
		text = doc_text(d, node, &text_len);
		str_addn(out, text, text_len);
	}
	doc_unref(d);
	return node != DOC_NONE;
}
