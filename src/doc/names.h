/* SPDX-License-Identifier: MIT */
/*
 * Names and their numbers, 0 upwards: the frozen table of the catalogue and
 * the few names that only one document has are both this. Inside doc/ only.
 */
#ifndef DOC_NAMES_H
#define DOC_NAMES_H

#include "doc/doc.h"

#include <string.h>

struct names {
	char *bytes;       /* the names, each with its NUL */
	uint32_t len, room;
	uint32_t *starts;  /* count + 1 of them */
	uint32_t count, starts_room;
	uint32_t *slots;   /* number + 1; 0: free */
	uint32_t slot_mask;
	uint32_t seed;     /* so that nobody can choose keys that collide */
};

struct doc_names {
	struct names table;
	bool frozen;
};

void names_clear(struct names *t);
uint32_t names_find(const struct names *t, const char *name, size_t len);

/* Its number, old or new; DOC_NONE: no number below `limit` is left. */
uint32_t names_add(struct names *t, const char *name, size_t len,
	uint32_t limit);
const char *names_get(const struct names *t, uint32_t id, size_t *len);
size_t names_bytes(const struct names *t);

static inline uint64_t hash_read64(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return word;
}

static inline uint32_t hash_read32(const char *p)
{
	uint32_t word;

	memcpy(&word, p, sizeof(word));
	return word;
}

static inline uint64_t hash_mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
	return hash ^ (hash >> 32);
}

/* Eight bytes a step, because each leaf of each reply goes through here. */
static inline uint32_t hash_bytes(uint32_t seed, const char *p, size_t len)
{
	uint64_t hash = (uint64_t)seed << 32 ^ len;
	const char *end = p + len;

	if (len >= 8) {
		for (; end - p > 8; p += 8)
			hash = hash_mix(hash, hash_read64(p));
		hash = hash_mix(hash, hash_read64(end - 8));
	} else if (len >= 4) {
		hash = hash_mix(hash, (uint64_t)hash_read32(p) << 32 |
			hash_read32(end - 4));
	} else if (len > 0) {
		hash = hash_mix(hash, (uint64_t)(unsigned char)p[0] << 16 |
			(uint64_t)(unsigned char)p[len / 2] << 8 |
			(unsigned char)end[-1]);
	}
	return (uint32_t)((hash * 0x9e3779b97f4a7c15u) >> 32);
}

#endif
