/* SPDX-License-Identifier: MIT */
/* After Wang Yi's wyhash: multiply to 128 bits, fold, 16 bytes a step. */
#include "base/map.h"

#include <string.h>

#define K0 0xa0761d6478bd642fu
#define K1 0xe7037ed1a0b428dbu
#define K2 0x8ebc6af09c88c6e3u

static uint64_t mix(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
	__extension__ unsigned __int128 wide = a;

	wide *= b;
	return (uint64_t)wide ^ (uint64_t)(wide >> 64);
#else
	uint64_t ah = a >> 32, al = (uint32_t)a;
	uint64_t bh = b >> 32, bl = (uint32_t)b;
	uint64_t middle = ah * bl + (al * bl >> 32);
	uint64_t high = al * bh + (uint32_t)middle;

	return a * b ^ (ah * bh + (middle >> 32) + (high >> 32));
#endif
}

static uint64_t read64(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static uint64_t read32(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

uint64_t map_hash(const char *bytes, size_t len)
{
	uint64_t seed = mix(K0, K1), a = 0, b = 0;
	const char *p = bytes;
	size_t left = len;

	for (; left > 16; p += 16, left -= 16)
		seed = mix(read64(p) ^ K1, read64(p + 8) ^ seed);
	if (left >= 8) {
		a = read64(p);
		b = read64(p + left - 8);
	} else if (left >= 4) {
		a = read32(p);
		b = read32(p + left - 4);
	} else if (left) {
		a = (uint64_t)(unsigned char)p[0] << 16 |
			(uint64_t)(unsigned char)p[left / 2] << 8 |
			(unsigned char)p[left - 1];
	}
	return mix(K2 ^ len, mix(a ^ K1, b ^ seed));
}
