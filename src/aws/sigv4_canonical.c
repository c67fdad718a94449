/* SPDX-License-Identifier: MIT */
#include "aws/sigv4_canonical.h"

#include "base/vec.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Drops the last segment of what was written after `start`. */
static void drop_segment(struct str *out, size_t start)
{
	size_t len = out->len;

	while (len > start && out->p[len - 1] != '/')
		len--;
	str_truncate(out, len > start ? len - 1 : start);
}

/* RFC 3986 5.2.4, and empty segments vanish; a last slash stays. */
static void add_normalised(struct str *out, const char *path)
{
	size_t start = out->len;
	const char *p = path;
	bool slash = true;

	while (*p) {
		size_t len;

		p += strspn(p, "/");
		len = strcspn(p, "/");
		slash = p[len] == '/' || len == 0;
		if (len == 2 && memcmp(p, "..", 2) == 0) {
			drop_segment(out, start);
			slash = true;
		} else if (len == 1 && *p == '.') {
			slash = true;
		} else if (len) {
			str_addc(out, '/');
			str_addn(out, p, len);
		}
		p += len;
	}
	if (slash)
		str_addc(out, '/');
}

void sigv4_add_path(struct str *out, const struct sigv4_request *r)
{
	const char *path = r->path && *r->path ? r->path : "/";
	struct str plain = STR_INIT;

	if (r->s3) {
		str_add(out, path);
		return;
	}
	if (r->no_normalise)
		str_add(&plain, path);
	else
		add_normalised(&plain, path);
	str_add_uri(out, plain.p, plain.len, "/");
	str_clear(&plain);
}

/* One "name=value", canonically encoded; name_len orders them. */
struct pair {
	char *text;
	size_t name_len;
};

struct pairs {
	struct pair *items;
	size_t count, room;
};

static int compare_pairs(const void *va, const void *vb)
{
	const struct pair *a = va, *b = vb;
	size_t least = a->name_len < b->name_len ? a->name_len : b->name_len;
	int order = memcmp(a->text, b->text, least);

	if (order)
		return order;
	if (a->name_len != b->name_len)
		return a->name_len < b->name_len ? -1 : 1;
	return strcmp(a->text + a->name_len, b->text + b->name_len);
}

/* Decoded and encoded again: whatever form it had, there is one now. */
static void add_encoded(struct str *out, const char *text, size_t len)
{
	struct str plain = STR_INIT;

	str_add_unuri(&plain, text, len, false);
	str_add_uri(out, plain.p, plain.len, "");
	str_clear(&plain);
}

static void push_pair(struct pairs *pairs, const char *text, size_t len)
{
	const char *equals = memchr(text, '=', len);
	size_t name = equals ? (size_t)(equals - text) : len;
	struct str out = STR_INIT;
	struct pair *pair = VEC_PUSH(pairs);

	add_encoded(&out, text, name);
	pair->name_len = out.len;
	str_addc(&out, '=');
	if (equals)
		add_encoded(&out, equals + 1, len - name - 1);
	pair->text = str_take(&out);
}

void sigv4_add_query(struct str *out, const char *query)
{
	struct pairs pairs = { 0 };

	while (query && *query) {
		size_t len = strcspn(query, "&");

		if (len)
			push_pair(&pairs, query, len);
		query += len;
		if (*query)
			query++;
	}
	if (pairs.count)
		qsort(pairs.items, pairs.count, sizeof(*pairs.items),
			compare_pairs);
	for (size_t i = 0; i < pairs.count; i++) {
		if (i)
			str_addc(out, '&');
		str_add(out, pairs.items[i].text);
		free(pairs.items[i].text);
	}
	VEC_FREE(&pairs);
}

/* Those of one name keep the order in which they came. */
static int compare_headers(const void *va, const void *vb)
{
	const struct sigv4_header *a = *(const struct sigv4_header *const *)va;
	const struct sigv4_header *b = *(const struct sigv4_header *const *)vb;
	int order = strcasecmp(a->name, b->name);

	if (order)
		return order;
	return a < b ? -1 : a > b;
}

static void add_trimmed(struct str *out, const char *value)
{
	bool first = true;

	while (*value) {
		size_t len;

		value += strspn(value, " \t\r\n");
		len = strcspn(value, " \t\r\n");
		if (len && !first)
			str_addc(out, ' ');
		str_addn(out, value, len);
		first = first && len == 0;
		value += len;
	}
}

static void add_name(struct str *out, const char *name)
{
	for (; *name; name++)
		str_addc(out, (char)tolower((unsigned char)*name));
}

void sigv4_add_headers(struct str *out, const struct sigv4_request *r,
	struct str *names)
{
	struct { const struct sigv4_header **items; size_t count, room; }
		sorted = { 0 };
	const char *last = NULL;

	for (size_t i = 0; i < r->header_count; i++)
		if (sigv4_header_is_signed(r->headers[i].name))
			*VEC_PUSH(&sorted) = &r->headers[i];
	if (sorted.count)
		qsort(sorted.items, sorted.count, sizeof(*sorted.items),
			compare_headers);
	for (size_t i = 0; i < sorted.count; i++) {
		const struct sigv4_header *h = sorted.items[i];

		if (last && strcasecmp(last, h->name) == 0) {
			str_addc(out, ',');
		} else {
			str_add(out, last ? "\n" : "");
			str_add(names, last ? ";" : "");
			add_name(out, h->name);
			add_name(names, h->name);
			str_addc(out, ':');
			last = h->name;
		}
		add_trimmed(out, h->value);
	}
	if (last)
		str_addc(out, '\n');
	VEC_FREE(&sorted);
}
