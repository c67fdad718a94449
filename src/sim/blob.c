/* SPDX-License-Identifier: MIT */
#include "sim/blob.h"

#include "base/mem.h"
#include "base/random.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define LINE 64     /* made text comes in lines of this length */

struct blob *blob_new(struct str *bytes)
{
	struct blob *b = xcalloc(1, sizeof(*b));

	atomic_init(&b->refs, 1);
	b->size = bytes->len;
	b->bytes = str_take(bytes);
	return b;
}

struct blob *blob_new_made(uint64_t seed, uint64_t size)
{
	struct blob *b = xcalloc(1, sizeof(*b));

	atomic_init(&b->refs, 1);
	b->size = size;
	b->seed = seed;
	return b;
}

struct blob *blob_ref(struct blob *b)
{
	atomic_fetch_add_explicit(&b->refs, 1, memory_order_relaxed);
	return b;
}

void blob_unref(struct blob *b)
{
	if (!b || atomic_fetch_sub(&b->refs, 1) != 1)
		return;
	free(b->bytes);
	free(b);
}

/* A line depends on seed and number alone, so that ranges can be read. */
static void make_line(uint64_t seed, uint64_t number, char line[LINE])
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyz 0123456789,.:-_/ ABCDEFGHIJKLMNOPQRST";
	uint64_t state = seed ^ number * 0x9e3779b97f4a7c15u;

	for (int i = 0; i < LINE; ) {
		uint64_t bits = random_next(&state);

		for (int n = 0; n < 10 && i < LINE; n++, bits >>= 6)
			line[i++] = letters[bits & 63];
	}
	line[LINE - 1] = '\n';
}

void blob_read(const struct blob *b, uint64_t from, char *out, size_t len)
{
	if (b->bytes) {
		memcpy(out, b->bytes + from, len);
		return;
	}
	while (len > 0) {
		char line[LINE];
		size_t skip = (size_t)(from % LINE);
		size_t take = LINE - skip < len ? LINE - skip : len;

		make_line(b->seed, from / LINE, line);
		memcpy(out, line + skip, take);
		out += take;
		from += take;
		len -= take;
	}
}
