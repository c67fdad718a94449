/* SPDX-License-Identifier: MIT */
#include "sim/s3/store.h"

#include "base/mem.h"
#include "base/random.h"
#include "base/vec.h"
#include "sim/s3/s3.h"
#include "sim/s3/upload.h"
#include "sim/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MANY "many/"

struct s3_store *s3_store_new(struct sim *sim)
{
	struct s3_store *s = xcalloc(1, sizeof(*s));

	s->sim = sim;
	s->state = sim->options.seed ^ 0x7333u;
	s3_seed(s);
	return s;
}

void s3_headers_add(struct s3_headers *h, const char *name, const char *value)
{
	*VEC_PUSH(h) = (struct s3_header){ xstrdup(name), xstrdup(value) };
}

void s3_headers_clear(struct s3_headers *h)
{
	for (size_t i = 0; i < h->count; i++) {
		free(h->items[i].name);
		free(h->items[i].value);
	}
	VEC_FREE(h);
}

void s3_headers_copy(struct s3_headers *to, const struct s3_headers *from)
{
	for (size_t i = 0; i < from->count; i++)
		s3_headers_add(to, from->items[i].name, from->items[i].value);
}

void s3_object_free(struct s3_object *o)
{
	if (!o)
		return;
	s3_headers_clear(&o->headers);
	blob_unref(o->blob);
	free(o->key);
	free(o);
}

void s3_upload_free(struct s3_upload *u)
{
	for (size_t i = 0; i < u->count; i++)
		blob_unref(u->items[i].blob);
	VEC_FREE(u);
	s3_headers_clear(&u->headers);
	free(u->key);
	free(u);
}

static void bucket_free(struct s3_bucket *b)
{
	for (size_t i = 0; i < b->count; i++)
		s3_object_free(b->items[i]);
	for (size_t i = 0; i < b->uploads.count; i++)
		s3_upload_free(b->uploads.items[i]);
	VEC_FREE(b);
	VEC_FREE(&b->uploads);
	free(b->name);
	free(b);
}

void s3_store_free(struct s3_store *s)
{
	for (size_t i = 0; i < s->count; i++)
		bucket_free(s->items[i]);
	VEC_FREE(s);
	free(s);
}

/* The first bucket whose name is not before `name`. */
static size_t bucket_place(const struct s3_store *s, const char *name)
{
	size_t low = 0, high = s->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(s->items[mid]->name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

struct s3_bucket *s3_bucket_find(const struct s3_store *s, const char *name)
{
	size_t at = bucket_place(s, name);

	return at < s->count && !strcmp(s->items[at]->name, name) ?
		s->items[at] : NULL;
}

struct s3_bucket *s3_bucket_add(struct s3_store *s, const char *name,
	const char *account, const struct region_row *region, int64_t now)
{
	struct s3_bucket *b = xcalloc(1, sizeof(*b));
	size_t at = bucket_place(s, name);

	b->name = xstrdup(name);
	snprintf(b->account, sizeof(b->account), "%s", account);
	b->region = region;
	b->created = now;
	VEC_RESERVE(s, s->count + 1);
	memmove(s->items + at + 1, s->items + at,
		(s->count - at) * sizeof(struct s3_bucket *));
	s->items[at] = b;
	s->count++;
	return b;
}

void s3_bucket_remove(struct s3_store *s, struct s3_bucket *b)
{
	size_t at = bucket_place(s, b->name);

	s->count--;
	memmove(s->items + at, s->items + at + 1,
		(s->count - at) * sizeof(struct s3_bucket *));
	bucket_free(b);
}

static size_t object_place(const struct s3_bucket *b, const char *key)
{
	size_t low = 0, high = b->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(b->items[mid]->key, key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static char *put_digits(char *out, uint64_t number, int digits)
{
	for (int i = digits - 1; i >= 0; i--, number /= 10)
		out[i] = (char)('0' + number % 10);
	return out + digits;
}

/* many/012/34/object-0000123456.dat, or without the folders where the bucket
 * is flat: in the order of their numbers. */
static void numbered_key(const struct s3_bucket *b, uint64_t n, char out[64])
{
	char *p = stpcpy(out, MANY);

	if (!b->flat) {
		p = put_digits(p, n / 10000, 3);
		*p++ = '/';
		p = put_digits(p, n / 100 % 100, 2);
		*p++ = '/';
	}
	p = stpcpy(p, "object-");
	p = put_digits(p, n, 10);
	stpcpy(p, ".dat");
}

/* The first number whose key is not before `key`. */
static uint64_t numbered_place(const struct s3_bucket *b, const char *key)
{
	uint64_t low = 0, high = b->numbered;

	while (low < high) {
		uint64_t mid = low + (high - low) / 2;
		char text[64];

		numbered_key(b, mid, text);
		if (strcmp(text, key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void numbered_object(const struct s3_bucket *b, uint64_t n,
	struct s3_object *o, char key[64])
{
	static const char digits[] = "0123456789abcdef";
	uint64_t state = n * 0x9e3779b97f4a7c15u ^ 0x6d616e79u;
	uint64_t bits = random_next(&state);

	numbered_key(b, n, key);
	*o = (struct s3_object){ .key = key, .kms = true, .seed = bits,
		.size = 200 + (bits >> 8 & 0x7fff), .class = "STANDARD",
		.modified = b->created + (int64_t)(bits >> 32 & 0xffffff) *
		1000 };
	for (int i = 0; i < 32; i++) {
		if (i == 16)
			bits = random_next(&state);
		o->etag[i] = digits[bits >> (i % 16 * 4) & 15];
	}
	o->etag[32] = '\0';
}

bool s3_object_find(const struct s3_bucket *b, const char *key,
	struct s3_object *out, char numbered[64])
{
	size_t at = object_place(b, key);
	uint64_t n;

	if (at < b->count && !strcmp(b->items[at]->key, key)) {
		*out = *b->items[at];
		return !out->removed;
	}
	n = numbered_place(b, key);
	if (n >= b->numbered)
		return false;
	numbered_object(b, n, out, numbered);
	return !strcmp(numbered, key);
}

void s3_object_put(struct s3_bucket *b, struct s3_object *o)
{
	size_t at = object_place(b, o->key);

	if (at < b->count && !strcmp(b->items[at]->key, o->key)) {
		s3_object_free(b->items[at]);
		b->items[at] = o;
		return;
	}
	VEC_RESERVE(b, b->count + 1);
	memmove(b->items + at + 1, b->items + at,
		(b->count - at) * sizeof(struct s3_object *));
	b->items[at] = o;
	b->count++;
}

void s3_object_remove(struct s3_bucket *b, const char *key)
{
	size_t at = object_place(b, key);
	uint64_t n = numbered_place(b, key);
	char text[64] = "";

	if (n < b->numbered)
		numbered_key(b, n, text);
	if (!strcmp(text, key)) {
		struct s3_object *o = xcalloc(1, sizeof(*o));

		o->key = xstrdup(key);
		o->removed = true;
		s3_object_put(b, o);
		return;
	}
	if (at >= b->count || strcmp(b->items[at]->key, key) != 0)
		return;
	s3_object_free(b->items[at]);
	b->count--;
	memmove(b->items + at, b->items + at + 1,
		(b->count - at) * sizeof(struct s3_object *));
}

void s3_cursor_seek(struct s3_cursor *c, const struct s3_bucket *b,
	const char *from)
{
	c->bucket = b;
	c->stored = object_place(b, from);
	c->numbered = numbered_place(b, from);
}

const struct s3_object *s3_cursor_next(struct s3_cursor *c)
{
	const struct s3_bucket *b = c->bucket;

	for (;;) {
		const struct s3_object *stored = c->stored < b->count ?
			b->items[c->stored] : NULL;
		int order = -1;

		if (c->numbered < b->numbered) {
			numbered_key(b, c->numbered, c->key);
			order = stored ? strcmp(stored->key, c->key) : 1;
		}
		if (order > 0) {
			numbered_object(b, c->numbered++, &c->object, c->key);
			return &c->object;
		}
		if (!stored)
			return NULL;
		c->stored++;
		c->numbered += order == 0;
		if (!stored->removed)
			return stored;
	}
}
