/* SPDX-License-Identifier: MIT */
#include "sim/world.h"

#include "base/mem.h"
#include "base/random.h"
#include "sim/ec2/ami.h"
#include "sim/ec2/disk.h"
#include "sim/ec2/share.h"
#include "sim/ec2/shot.h"
#include "sim/ec2/launch.h"
#include "sim/ec2/store.h"
#include "sim/ec2/tags.h"
#include "sim/ec2/traits.h"
#include "sim/rds/rds.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_INSTANCES 240

struct atlas {
	pthread_mutex_t lock;
	struct map *worlds;      /* "account/region" */
	struct map *commons;     /* by region */
	struct sim_options options;
	int64_t born;
};

static const struct region_row regions[] = {
	{ "ap-northeast-1", "acd", "apne1", OPTIN_DEFAULT },
	{ "ap-northeast-2", "abcd", "apne2", OPTIN_DEFAULT },
	{ "ap-northeast-3", "abc", "apne3", OPTIN_DEFAULT },
	{ "ap-south-1", "abc", "aps1", OPTIN_DEFAULT },
	{ "ap-southeast-1", "abc", "apse1", OPTIN_DEFAULT },
	{ "ap-southeast-2", "abc", "apse2", OPTIN_DEFAULT },
	{ "ca-central-1", "abd", "cac1", OPTIN_DEFAULT },
	{ "eu-central-1", "abc", "euc1", OPTIN_DEFAULT },
	{ "eu-north-1", "abc", "eun1", OPTIN_DEFAULT },
	{ "eu-west-1", "abc", "euw1", OPTIN_DEFAULT },
	{ "eu-west-2", "abc", "euw2", OPTIN_DEFAULT },
	{ "eu-west-3", "abc", "euw3", OPTIN_DEFAULT },
	{ "sa-east-1", "abc", "sae1", OPTIN_DEFAULT },
	{ "us-east-1", "abcdef", "use1", OPTIN_DEFAULT },
	{ "us-east-2", "abc", "use2", OPTIN_DEFAULT },
	{ "us-west-1", "ac", "usw1", OPTIN_DEFAULT },
	{ "us-west-2", "abcd", "usw2", OPTIN_DEFAULT },
	{ "af-south-1", "abc", "afs1", OPTIN_NO },
	{ "ap-east-1", "abc", "ape1", OPTIN_NO },
	{ "ap-south-2", "abc", "aps2", OPTIN_NO },
	{ "ap-southeast-3", "abc", "apse3", OPTIN_NO },
	{ "ap-southeast-4", "abc", "apse4", OPTIN_NO },
	{ "ca-west-1", "abc", "caw1", OPTIN_NO },
	{ "eu-central-2", "abc", "euc2", OPTIN_NO },
	{ "eu-south-1", "abc", "eus1", OPTIN_YES },
	{ "eu-south-2", "abc", "eus2", OPTIN_NO },
	{ "il-central-1", "abc", "ilc1", OPTIN_NO },
	{ "me-central-1", "abc", "mec1", OPTIN_NO },
	{ "me-south-1", "abc", "mes1", OPTIN_NO },
	{ "mx-central-1", "abc", "mxc1", OPTIN_NO },
};

const struct region_row *region_at(size_t index)
{
	return index < sizeof(regions) / sizeof(*regions) ? &regions[index]
		: NULL;
}

const struct region_row *region_row_find(const char *name)
{
	for (size_t i = 0; name && region_at(i); i++)
		if (!strcmp(regions[i].name, name))
			return &regions[i];
	return NULL;
}

/* Ids: an odd multiplier and its inverse modulo 2^64, around a shift that
 * undoes itself. */
#define MULTIPLY 0xd6e8feb86659fd93u
#define DIVIDE 0xcfee444d8b59a89bu
#define INDEX_BITS 56

static uint64_t encipher(uint64_t key, uint64_t x)
{
	x ^= key;
	x *= MULTIPLY;
	x ^= x >> 32;
	x *= MULTIPLY;
	return x ^ x >> 32;
}

static uint64_t decipher(uint64_t key, uint64_t x)
{
	x ^= x >> 32;
	x *= DIVIDE;
	x ^= x >> 32;
	x *= DIVIDE;
	return x ^ key;
}

uint64_t world_id(const struct world *w, enum id_kind kind, uint64_t index)
{
	return encipher(w->key, (uint64_t)(kind + 1) << INDEX_BITS | index);
}

void world_id_text(const char *prefix, uint64_t id, char out[32])
{
	char *end = stpncpy(out, prefix, 12);

	*end++ = '0';
	for (int shift = 60; shift >= 0; shift -= 4)
		*end++ = "0123456789abcdef"[id >> shift & 15];
	*end = '\0';
}

uint64_t world_bits(const struct world *w, enum id_kind kind, uint64_t index)
{
	uint64_t state = w->key ^ (uint64_t)(kind + 100) << INDEX_BITS ^ index;

	return random_next(&state);
}

bool world_id_valid(const char *prefix, const char *id)
{
	size_t len = strlen(prefix), digits;

	if (strncmp(id, prefix, len) != 0)
		return false;
	digits = strspn(id + len, "0123456789abcdef");
	return !id[len + digits] && (digits == 8 || digits == 17);
}

bool world_index(const struct world *w, enum id_kind kind,
	const char *prefix, const char *id, uint64_t *index)
{
	size_t len = strlen(prefix);
	uint64_t x;

	if (!world_id_valid(prefix, id) || strlen(id) != len + 17 ||
		id[len] != '0')
		return false;
	x = decipher(w->key, strtoull(id + len + 1, NULL, 16));
	*index = x & (((uint64_t)1 << INDEX_BITS) - 1);
	return x >> INDEX_BITS == (uint64_t)kind + 1 && *index < 1u << 30;
}

static size_t fleet_size(const struct atlas *a, const struct world *w)
{
	size_t most = a->options.instances ? a->options.instances :
		DEFAULT_INSTANCES;
	size_t some = 5 + world_bits(w, ID_OTHER, 0) % 56;

	if (!strcmp(w->region->name, "us-east-1") &&
		!strcmp(w->account, ACCOUNT_HOME))
		return most;
	return some;
}

static struct world *world_new(const struct atlas *a, const char *account,
	const struct region_row *region, const char *name)
{
	struct world *w = xcalloc(1, sizeof(*w));
	uint64_t state = a->options.seed ^ map_hash(name, strlen(name));

	w->region = region;
	snprintf(w->account, sizeof(w->account), "%s", account);
	w->key = random_next(&state);
	w->seed = a->options.seed;
	w->born = a->born;
	w->instances = fleet_size(a, w);
	w->states = map_new();
	w->disks = disks_new();
	w->shots = shots_new();
	w->amis = amis_new();
	w->traits = map_new();
	w->launches = launches_new();
	w->tags = map_new();
	w->elastic = map_new();
	w->things = things_new();
	things_seed(w);
	w->rds = rds_new(w);
	return w;
}

static void world_free(void *value)
{
	struct world *w = value;

	map_free(w->states, free);
	disks_free(w->disks);
	shots_free(w->shots);
	amis_free(w->amis);
	map_free(w->traits, traits_free);
	launches_free(w->launches);
	map_free(w->tags, tag_changes_free);
	map_free(w->elastic, NULL);
	things_free(w->things);
	rds_free(w->rds);
	free(w);
}

struct atlas *atlas_new(const struct sim_options *options, int64_t born)
{
	struct atlas *a = xcalloc(1, sizeof(*a));

	pthread_mutex_init(&a->lock, NULL);
	a->worlds = map_new();
	a->commons = map_new();
	a->options = *options;
	a->born = born;
	return a;
}

void atlas_free(struct atlas *a)
{
	map_free(a->worlds, world_free);
	map_free(a->commons, commons_free);
	pthread_mutex_destroy(&a->lock);
	free(a);
}

static struct commons *commons_of(struct atlas *a, const char *region)
{
	struct commons *c = map_get(a->commons, region);

	if (!c) {
		c = commons_new();
		map_set(a->commons, region, c);
	}
	return c;
}

struct world *atlas_world(struct atlas *a, const char *account,
	const char *region)
{
	const struct region_row *row = region_row_find(region);
	struct world *w;
	char name[96];

	if (!row)
		return NULL;
	snprintf(name, sizeof(name), "%s/%s", account, region);
	pthread_mutex_lock(&a->lock);
	w = map_get(a->worlds, name);
	if (!w) {
		w = world_new(a, account, row, name);
		w->commons = commons_of(a, region);
		map_set(a->worlds, name, w);
	}
	pthread_mutex_unlock(&a->lock);
	return w;
}
