/* SPDX-License-Identifier: MIT */
/*
 * splitmix64 is a counter that is mixed, so an atomic addition is all that
 * threads need to share one stream.
 */
#include "base/random.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#define STEP 0x9e3779b97f4a7c15u

static _Atomic uint64_t stream;
static atomic_bool seeded;

void random_seed(uint64_t seed)
{
	atomic_store(&stream, seed);
	atomic_store(&seeded, true);
}

static uint64_t scramble(uint64_t z)
{
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

uint64_t random_next(uint64_t *state)
{
	*state += STEP;
	return scramble(*state);
}

uint64_t random_u64(void)
{
	uint64_t value;

	if (atomic_load(&seeded))
		return scramble(atomic_fetch_add(&stream, STEP) + STEP);
	if (getentropy(&value, sizeof(value)) != 0)
		abort();   /* a kernel without randomness: nothing is safe */
	return value;
}

double random_unit(void)
{
	return (double)(random_u64() >> 11) * 0x1p-53;
}

uint64_t random_below(uint64_t bound)
{
	uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
	uint64_t value;

	do {
		value = random_u64();
	} while (value >= limit);
	return value % bound;
}

void random_uuid(char out[37])
{
	unsigned long long high = random_u64(), low = random_u64();

	high = (high & ~0xf000ull) | 0x4000;
	low = (low & ~(3ull << 62)) | 2ull << 62;
	snprintf(out, 37, "%08llx-%04llx-%04llx-%04llx-%012llx", high >> 32,
		high >> 16 & 0xffff, high & 0xffff, low >> 48,
		low & 0xffffffffffff);
}
