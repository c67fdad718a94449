/* SPDX-License-Identifier: MIT */
#include "sim/call.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define BLOCK_SIZE 4096
#define BODY_MOST ((size_t)6 << 30)

struct call_block {
	struct call_block *next;
	size_t used, room;
	char bytes[];
};

static void *call_alloc(struct call *c, size_t size)
{
	struct call_block *b = c->blocks;

	if (!b || b->room - b->used < size) {
		size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;

		b = xmalloc(sizeof(*b) + room);
		b->next = c->blocks;
		b->used = 0;
		b->room = room;
		c->blocks = b;
	}
	void *p = b->bytes + b->used;

	b->used += size;
	return p;
}

void *call_aligned(struct call *c, size_t size)
{
	size_t most = _Alignof(max_align_t);
	uintptr_t p = (uintptr_t)call_alloc(c, size + most);

	return (void *)((p + most - 1) / most * most);
}

char *call_text(struct call *c, const char *bytes, size_t len)
{
	char *p = call_alloc(c, len + 1);

	memcpy(p, bytes, len);
	p[len] = '\0';
	return p;
}

char *call_textf(struct call *c, const char *format, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	return call_text(c, text, strlen(text));
}

struct call *call_new(struct sim *sim, const char *uri)
{
	struct call *c = xcalloc(1, sizeof(*c));
	const char *mark = strchrnul(uri, '?');

	c->sim = sim;
	str_init(&c->body, BODY_MOST);
	c->path = call_text(c, uri, (size_t)(mark - uri));
	c->query = call_text(c, *mark ? mark + 1 : "",
		*mark ? strlen(mark + 1) : 0);
	return c;
}

void call_free(struct call *c)
{
	if (!c)
		return;
	while (c->blocks) {
		struct call_block *b = c->blocks;

		c->blocks = b->next;
		free(b);
	}
	str_clear(&c->body);
	VEC_FREE(&c->headers);
	VEC_FREE(&c->params);
	VEC_FREE(&c->out_headers);
	blob_unref(c->blob);
	free(c);
}

void call_header_add(struct call *c, const char *name, const char *value)
{
	struct sigv4_header *h = VEC_PUSH(&c->headers);

	h->name = call_text(c, name, strlen(name));
	h->value = call_text(c, value ? value : "", value ? strlen(value) : 0);
}

const char *call_header(const struct call *c, const char *name)
{
	for (size_t i = 0; i < c->headers.count; i++)
		if (!strcasecmp(c->headers.items[i].name, name))
			return c->headers.items[i].value;
	return NULL;
}

static char *decode(struct call *c, const char *text, size_t len)
{
	struct str out = STR_INIT;
	char *p;

	str_add_unuri(&out, text, len, true);
	p = call_text(c, out.p, out.len);
	str_clear(&out);
	return p;
}

static void parse_pairs(struct call *c, const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end) {
		const char *stop = memchr(text, '&', (size_t)(end - text));
		const char *is;
		struct call_pair *pair;

		if (!stop)
			stop = end;
		is = memchr(text, '=', (size_t)(stop - text));
		if (stop > text) {
			const char *name_end = is ? is : stop;
			const char *value = is ? is + 1 : stop;

			pair = VEC_PUSH(&c->params);
			pair->name = decode(c, text,
				(size_t)(name_end - text));
			pair->value = decode(c, value,
				(size_t)(stop - value));
		}
		text = stop + 1;
	}
}

void call_parse(struct call *c)
{
	static const char form[] = "application/x-www-form-urlencoded";
	const char *type = call_header(c, "content-type");

	parse_pairs(c, c->query, strlen(c->query));
	if (type && !strncasecmp(type, form, sizeof(form) - 1))
		parse_pairs(c, c->body.p, c->body.len);
}

const char *call_param(const struct call *c, const char *name)
{
	for (size_t i = 0; i < c->params.count; i++)
		if (!strcmp(c->params.items[i].name, name))
			return c->params.items[i].value;
	return NULL;
}

static int by_number(const void *a, const void *b)
{
	const struct call_pair *x = a, *y = b;
	unsigned long m = strtoul(x->name, NULL, 10);
	unsigned long n = strtoul(y->name, NULL, 10);

	return (m > n) - (m < n);
}

void call_list(struct call *c, const char *base, struct call_pairs *out)
{
	size_t len = strlen(base);

	for (size_t i = 0; i < c->params.count; i++) {
		const char *name = c->params.items[i].name;

		if (strncmp(name, base, len) != 0 || name[len] != '.')
			continue;
		name += len + 1;
		if (!*name || name[strspn(name, "0123456789")])
			continue;
		*VEC_PUSH(out) = (struct call_pair){
			name, c->params.items[i].value
		};
	}
	if (out->count > 1)
		qsort(out->items, out->count, sizeof(*out->items), by_number);
}

void call_reply_header(struct call *c, const char *name, const char *format,
	...)
{
	char text[2048];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	*VEC_PUSH(&c->out_headers) = (struct call_pair){
		call_text(c, name, strlen(name)),
		call_text(c, text, strlen(text))
	};
}
