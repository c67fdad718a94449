/* SPDX-License-Identifier: MIT */
#include "sim/ec2/market.h"

#include "base/str.h"
#include "sim/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE ((int64_t)60000)
#define VCPU_WINDOWS 46000       /* what a licence costs an hour */
#define VCPU_WINDOWS_SMALL 9200

#define UP12 "Up to 12.5 Gigabit"
#define UP10 "Up to 10 Gigabit"
#define UP5 "Up to 5 Gigabit"

static const struct market_type types[] = {
	{ "m1.small", 0, 0, 0, 1, 1, 1740, "Low", 0, 0, 44000, 160, NULL, 0, 0 },
	{ "t2.micro", 0, 0, 1, 1, 1, 1024, "Low to Moderate", 0, 0, 11600, 0, NULL, 0, 0 },
	{ "t2.small", 0, 0, 1, 1, 1, 2048, "Low to Moderate", 0, 0, 23000, 0, NULL, 0, 0 },
	{ "t3.micro", 0, 1, 1, 2, 1, 1024, UP5, 2085, 11800, 10400, 0, NULL, 0, 0 },
	{ "t3.small", 0, 1, 1, 2, 1, 2048, UP5, 2085, 11800, 20800, 0, NULL, 0, 0 },
	{ "t3.medium", 0, 1, 1, 2, 1, 4096, UP5, 2085, 11800, 41600, 0, NULL, 0, 0 },
	{ "t3.large", 0, 1, 1, 2, 1, 8192, UP5, 2780, 15700, 83200, 0, NULL, 0, 0 },
	{ "t4g.micro", 1, 1, 1, 2, 2, 1024, UP5, 2085, 11800, 8400, 0, NULL, 0, 0 },
	{ "t4g.medium", 1, 1, 1, 2, 2, 4096, UP5, 2085, 11800, 33600, 0, NULL, 0, 0 },
	{ "m5.large", 0, 1, 0, 2, 1, 8192, UP10, 4750, 18750, 96000, 0, NULL, 0, 0 },
	{ "m5.xlarge", 0, 1, 0, 4, 2, 16384, UP10, 4750, 18750, 192000, 0, NULL, 0, 0 },
	{ "m6i.large", 0, 1, 0, 2, 1, 8192, UP12, 10000, 40000, 96000, 0, NULL, 0, 0 },
	{ "m6i.xlarge", 0, 1, 0, 4, 2, 16384, UP12, 10000, 40000, 192000, 0, NULL, 0, 0 },
	{ "m6i.2xlarge", 0, 1, 0, 8, 4, 32768, UP12, 10000, 40000, 384000, 0, NULL, 0, 0 },
	{ "m6i.4xlarge", 0, 1, 0, 16, 8, 65536, UP12, 10000, 40000, 768000, 0, NULL, 0, 0 },
	{ "m7g.large", 1, 1, 0, 2, 2, 8192, UP12, 10000, 40000, 81600, 0, NULL, 0, 0 },
	{ "m7g.xlarge", 1, 1, 0, 4, 4, 16384, UP12, 10000, 40000, 163200, 0, NULL, 0, 0 },
	{ "c6i.large", 0, 1, 0, 2, 1, 4096, UP12, 10000, 40000, 85000, 0, NULL, 0, 0 },
	{ "c6i.xlarge", 0, 1, 0, 4, 2, 8192, UP12, 10000, 40000, 170000, 0, NULL, 0, 0 },
	{ "c6i.4xlarge", 0, 1, 0, 16, 8, 32768, UP12, 10000, 40000, 680000, 0, NULL, 0, 0 },
	{ "c7g.2xlarge", 1, 1, 0, 8, 8, 16384, "Up to 15 Gigabit", 10000, 40000, 290000, 0, NULL, 0, 0 },
	{ "r6i.large", 0, 1, 0, 2, 1, 16384, UP12, 10000, 40000, 126000, 0, NULL, 0, 0 },
	{ "r6i.2xlarge", 0, 1, 0, 8, 4, 65536, UP12, 10000, 40000, 504000, 0, NULL, 0, 0 },
	{ "r6g.2xlarge", 1, 1, 0, 8, 8, 65536, UP10, 4750, 18750, 403200, 0, NULL, 0, 0 },
	{ "i4i.xlarge", 0, 1, 0, 4, 2, 32768, UP10, 10000, 40000, 343000, 937, NULL, 0, 0 },
	{ "g5.xlarge", 0, 1, 0, 4, 2, 16384, UP10, 3500, 15000, 1006000, 250, "A10G", 1, 24576 },
	{ "p4d.24xlarge", 0, 1, 0, 96, 48, 1179648, "4x 100 Gigabit", 19000, 80000, 32772600, 8000, "A100", 8, 40960 },
};

size_t market_types(void)
{
	return sizeof(types) / sizeof(*types);
}

const struct market_type *market_type_at(size_t n)
{
	return n < market_types() ? &types[n] : NULL;
}

const struct market_type *market_type_find(const char *name)
{
	for (size_t i = 0; i < market_types(); i++)
		if (!strcmp(types[i].name, name))
			return &types[i];
	return NULL;
}

/* Hundredths of what us-east-1 takes. */
static int64_t level(const char *region)
{
	static const struct {
		const char *begins;
		int64_t percent;
	} levels[] = {
		{ "us-west-1", 117 }, { "us-", 100 }, { "ca-", 108 },
		{ "eu-central", 118 }, { "eu-", 110 }, { "sa-", 153 },
		{ "ap-south-1", 105 }, { "ap-", 125 },
	};

	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++)
		if (str_starts(region, levels[i].begins))
			return levels[i].percent;
	return 120;
}

int64_t market_price(const struct world *w, const struct market_type *t,
	bool windows)
{
	int64_t licence = t->burstable ? VCPU_WINDOWS_SMALL : VCPU_WINDOWS;

	return t->price * level(w->region->name) / 100 +
		(windows ? licence * t->vcpus : 0);
}

static uint64_t noise(const struct world *w, uint64_t a, uint64_t b)
{
	return world_bits(w, ID_PRICE, a << 32 ^ b);
}

/* A zone's price moves every five to ten hours by a few per cent around a
 * third of the price on demand. */
int64_t market_spot(const struct world *w, const struct market_type *t,
	bool windows, unsigned zone, int64_t at, int64_t *since)
{
	uint64_t place = (uint64_t)(t - types) << 8 | zone << 1 | windows;
	uint64_t bits = noise(w, place, 0);
	int64_t step = (300 + (int64_t)(bits & 255)) * MINUTE;
	int64_t first = (int64_t)(bits >> 8 & 255) * MINUTE;
	int64_t n = (at - first) / step;
	int64_t base = 26 + (int64_t)(bits >> 16) % 15;
	int64_t move = (int64_t)(noise(w, place, (uint64_t)n) % 900) - 450;
	int64_t linux_price = market_price(w, t, false);
	int64_t price = linux_price * base * (10000 + move) / 1000000;

	*since = first + n * step;
	return price / 100 * 100 + market_price(w, t, windows) - linux_price;
}

void market_uuid(const struct world *w, int kind, uint64_t index,
	char out[UUID_MOST])
{
	uint64_t id = world_id(w, (enum id_kind)kind, index);
	uint64_t more = world_bits(w, (enum id_kind)kind, index);

	snprintf(out, UUID_MOST, "%08llx-%04llx-%04llx-%04llx-%012llx",
		(unsigned long long)(id >> 32),
		(unsigned long long)(id >> 16 & 0xffff),
		(unsigned long long)(id & 0xffff),
		(unsigned long long)(more >> 48),
		(unsigned long long)(more & 0xffffffffffff));
}

bool market_uuid_index(const struct world *w, int kind, const char *uuid,
	uint64_t *index)
{
	char id[24], own[UUID_MOST];

	if (strlen(uuid) != UUID_MOST - 1)
		return false;
	snprintf(id, sizeof(id), "x0%.8s%.4s%.4s", uuid, uuid + 9, uuid + 14);
	if (!world_index(w, (enum id_kind)kind, "x", id, index))
		return false;
	market_uuid(w, kind, *index, own);
	return !strcmp(own, uuid);
}
