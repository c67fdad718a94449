/* SPDX-License-Identifier: MIT */
#include "fetch/ids.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Identities are hashes already, but rows may be handed in by anybody. */
static uint64_t scatter(uint64_t identity)
{
	identity ^= identity >> 32;
	identity *= 0x9e3779b97f4a7c15u;
	return identity ^ identity >> 29;
}

static size_t share_of(uint64_t hash)
{
	return hash % IDS_SHARES;
}

/* Any room, not only powers of two: 32 bits of the hash scaled to it. */
static uint32_t home(const struct ids_share *share, uint64_t hash)
{
	return (uint32_t)((hash >> 32) * share->room >> 32);
}

static bool is_empty(struct place place)
{
	return place.segment == UINT32_MAX;
}

static uint32_t next(const struct ids_share *share, uint32_t i)
{
	return i + 1 == share->room ? 0 : i + 1;
}

void ids_clear(struct ids *ids)
{
	for (int i = 0; i < IDS_SHARES; i++)
		free(ids->shares[i].items);
	memset(ids->shares, 0, sizeof(ids->shares));
}

static struct place *find(const struct ids *ids, uint64_t hash,
	uint64_t identity)
{
	const struct ids_share *share = &ids->shares[share_of(hash)];

	if (!share->count)
		return NULL;
	for (uint32_t i = home(share, hash); !is_empty(share->items[i]);
	    i = next(share, i))
		if (ids->identity(ids->owner, share->items[i]) == identity)
			return &share->items[i];
	return NULL;
}

struct place *ids_find(const struct ids *ids, uint64_t identity)
{
	return find(ids, scatter(identity), identity);
}

static void put(struct ids_share *share, uint64_t hash, struct place place)
{
	uint32_t i = home(share, hash);

	while (!is_empty(share->items[i]))
		i = next(share, i);
	share->items[i] = place;
}

/* Shares begin with different rooms, so that they never all grow at once. */
static uint32_t first_room(const struct ids *ids,
	const struct ids_share *share)
{
	return 16 + (uint32_t)(share - ids->shares) / 8;
}

static void grow(const struct ids *ids, struct ids_share *share)
{
	struct ids_share old = *share;

	share->room = old.room ? old.room + old.room / 2 :
		first_room(ids, share);
	share->items = xreallocarray(NULL, share->room,
		sizeof(*share->items));
	memset(share->items, 0xff, share->room * sizeof(*share->items));
	for (uint32_t i = 0; i < old.room; i++)
		if (!is_empty(old.items[i]))
			put(share, scatter(ids->identity(ids->owner,
				old.items[i])), old.items[i]);
	free(old.items);
}

void ids_add(struct ids *ids, uint64_t identity, struct place place)
{
	uint64_t hash = scatter(identity);
	struct ids_share *share = &ids->shares[share_of(hash)];

	if ((share->count + 1) * 5 > share->room * 4)
		grow(ids, share);
	put(share, hash, place);
	share->count++;
}

/* Those behind the hole that would not be found any more move up. */
void ids_remove(struct ids *ids, uint64_t identity)
{
	uint64_t hash = scatter(identity);
	struct ids_share *share = &ids->shares[share_of(hash)];
	struct place *found = find(ids, hash, identity);
	uint32_t hole, i;

	if (!found)
		return;
	hole = (uint32_t)(found - share->items);
	for (i = next(share, hole); !is_empty(share->items[i]);
	    i = next(share, i)) {
		uint32_t at = home(share, scatter(ids->identity(ids->owner,
			share->items[i])));
		bool between = hole <= i ? at > hole && at <= i :
			at > hole || at <= i;

		if (between)
			continue;
		share->items[hole] = share->items[i];
		hole = i;
	}
	share->items[hole] = PLACE_NONE;
	share->count--;
}

size_t ids_count(const struct ids *ids)
{
	size_t count = 0;

	for (int i = 0; i < IDS_SHARES; i++)
		count += ids->shares[i].count;
	return count;
}

size_t ids_bytes(const struct ids *ids)
{
	size_t bytes = 0;

	for (int i = 0; i < IDS_SHARES; i++)
		bytes += ids->shares[i].room * sizeof(struct place);
	return bytes;
}

static size_t lookup_slot(const struct lookup *l, uint64_t key)
{
	size_t i = scatter(key) & (l->room - 1);

	while (l->values[i] != LOOKUP_NONE && l->keys[i] != key)
		i = (i + 1) & (l->room - 1);
	return i;
}

uint32_t lookup_get(const struct lookup *l, uint64_t key)
{
	return l->count ? l->values[lookup_slot(l, key)] : LOOKUP_NONE;
}

static void lookup_grow(struct lookup *l)
{
	struct lookup old = *l;

	l->room = old.room ? old.room * 2 : 16;
	l->keys = xcalloc(l->room, sizeof(*l->keys));
	l->values = xreallocarray(NULL, l->room, sizeof(*l->values));
	memset(l->values, 0xff, l->room * sizeof(*l->values));
	for (size_t i = 0; i < old.room; i++) {
		size_t slot;

		if (old.values[i] == LOOKUP_NONE)
			continue;
		slot = lookup_slot(l, old.keys[i]);
		l->keys[slot] = old.keys[i];
		l->values[slot] = old.values[i];
	}
	free(old.keys);
	free(old.values);
}

void lookup_set(struct lookup *l, uint64_t key, uint32_t value)
{
	size_t slot;

	if ((l->count + 1) * 4 > l->room * 3)
		lookup_grow(l);
	slot = lookup_slot(l, key);
	if (l->values[slot] == LOOKUP_NONE)
		l->count++;
	l->keys[slot] = key;
	l->values[slot] = value;
}

void lookup_clear(struct lookup *l)
{
	free(l->keys);
	free(l->values);
	memset(l, 0, sizeof(*l));
}
