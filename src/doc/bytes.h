/* SPDX-License-Identifier: MIT */
/*
 * Short runs of bytes, eight at a time: names and leaf texts are a dozen
 * bytes long, and a call of memcpy or memcmp takes longer than its work.
 * Inside doc/ only.
 */
#ifndef DOC_BYTES_H
#define DOC_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t bytes_read64(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return word;
}

static inline uint32_t bytes_read32(const char *p)
{
	uint32_t word;

	memcpy(&word, p, sizeof(word));
	return word;
}

static inline uint64_t bytes_mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
	return hash ^ (hash >> 32);
}

static inline uint32_t bytes_hash(uint32_t seed, const char *p, size_t len)
{
	uint64_t hash = (uint64_t)seed << 32 ^ len;
	const char *end = p + len;

	if (len >= 8) {
		for (; end - p > 8; p += 8)
			hash = bytes_mix(hash, bytes_read64(p));
		hash = bytes_mix(hash, bytes_read64(end - 8));
	} else if (len >= 4) {
		hash = bytes_mix(hash, (uint64_t)bytes_read32(p) << 32 |
			bytes_read32(end - 4));
	} else if (len > 0) {
		hash = bytes_mix(hash, (uint64_t)(unsigned char)p[0] << 16 |
			(uint64_t)(unsigned char)p[len / 2] << 8 |
			(unsigned char)end[-1]);
	}
	return (uint32_t)((hash * 0x9e3779b97f4a7c15u) >> 32);
}

static inline void bytes_copy(char *to, const char *from, size_t len)
{
	if (len > 32) {
		memcpy(to, from, len);
	} else if (len >= 16) {
		memcpy(to, from, 16);
		memcpy(to + len - 16, from + len - 16, 16);
	} else if (len >= 8) {
		memcpy(to, from, 8);
		memcpy(to + len - 8, from + len - 8, 8);
	} else if (len >= 4) {
		memcpy(to, from, 4);
		memcpy(to + len - 4, from + len - 4, 4);
	} else {
		for (size_t i = 0; i < len; i++)
			to[i] = from[i];
	}
}

static inline bool bytes_equal(const char *a, const char *b, size_t len)
{
	uint64_t differ = 0;

	if (len < 4)
		return memcmp(a, b, len) == 0;
	if (len < 8)
		return bytes_read32(a) == bytes_read32(b) &&
			bytes_read32(a + len - 4) == bytes_read32(b + len - 4);
	for (size_t i = 0; i + 8 < len; i += 8)
		differ |= bytes_read64(a + i) ^ bytes_read64(b + i);
	return !(differ | (bytes_read64(a + len - 8) ^
		bytes_read64(b + len - 8)));
}

#endif
