/* SPDX-License-Identifier: MIT */
#include "sim/page.h"

#include "base/map.h"
#include "sim/world.h"

#include <string.h>

static bool is_about_page(const char *name)
{
	static const char *const names[] = {
		"NextToken", "MaxResults", "Marker", "MaxRecords",
		"continuation-token", "max-keys", "max-buckets"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i], name))
			return true;
	return !strncmp(name, "X-Amz-", 6);
}

/* The order of parameters does not matter. */
static uint64_t question(const struct call *c)
{
	uint64_t sum = c->world->key;

	for (size_t i = 0; i < c->params.count; i++) {
		const struct call_pair *p = &c->params.items[i];
		uint64_t h;

		if (is_about_page(p->name))
			continue;
		h = map_hash(p->name, strlen(p->name));
		h = h * 31 + map_hash(p->value, strlen(p->value));
		sum += h * 0x9e3779b97f4a7c15u;
	}
	return sum;
}

static uint64_t mask(uint64_t sum)
{
	return sum * 0x9e3779b97f4a7c15u;
}

void page_token_add(const struct call *c, struct str *out, uint64_t at)
{
	uint64_t words[3] = { question(c) };

	words[1] = at ^ mask(words[0]);
	words[2] = map_hash((const char *)words, 16);
	str_add_base64(out, (const unsigned char *)words, sizeof(words));
}

bool page_token_read(const struct call *c, const char *token, uint64_t *at)
{
	struct str bytes = STR_INIT;
	uint64_t words[3] = { 0 };
	bool ok = str_add_unbase64(&bytes, token, strlen(token)) &&
		bytes.len == sizeof(words);

	if (ok)
		memcpy(words, bytes.p, sizeof(words));
	str_clear(&bytes);
	*at = words[1] ^ mask(words[0]);
	return ok && words[0] == question(c) &&
		words[2] == map_hash((const char *)words, 16);
}
