/* SPDX-License-Identifier: MIT */
/*
 * Entries stand in an array in order of insertion. Beside it a table of
 * slots, open addressing with linear probing, at most half full, says where
 * a hash is; a removal moves later slots back instead of leaving marks.
 */
#include "base/map.h"

#include "base/mem.h"
#include "base/vec.h"

#include <string.h>

struct entry {
	char *key;          /* NULL: removed */
	size_t len;
	void *value;
};

struct slot {
	uint32_t hash;
	uint32_t entry;     /* index + 1; 0: free */
};

struct map {
	struct entry *items;
	size_t count, room; /* count: with the removed ones */
	size_t live;
	struct slot *slots;
	size_t mask;        /* slots - 1; 0: no slots yet */
};

struct map *map_new(void)
{
	return xcalloc(1, sizeof(struct map));
}

void map_free(struct map *m, void (*free_value)(void *value))
{
	if (!m)
		return;
	for (size_t i = 0; i < m->count; i++) {
		if (m->items[i].key && free_value)
			free_value(m->items[i].value);
		free(m->items[i].key);
	}
	free(m->items);
	free(m->slots);
	free(m);
}

/* The slot that holds the key, or the free one where it would go. */
static struct slot *probe(const struct map *m, const char *key, size_t len,
	uint32_t hash)
{
	size_t i = hash & m->mask;

	for (;; i = (i + 1) & m->mask) {
		struct slot *slot = &m->slots[i];
		const struct entry *e;

		if (!slot->entry)
			return slot;
		if (slot->hash != hash)
			continue;
		e = &m->items[slot->entry - 1];
		if (e->len == len && !memcmp(e->key, key, len))
			return slot;
	}
}

static struct entry *find(const struct map *m, const char *key, size_t len)
{
	const struct slot *slot;

	if (!m->live)
		return NULL;
	slot = probe(m, key, len, (uint32_t)map_hash(key, len));
	return slot->entry ? &m->items[slot->entry - 1] : NULL;
}

void *map_get(const struct map *m, const char *key)
{
	return map_getn(m, key, strlen(key));
}

void *map_getn(const struct map *m, const char *key, size_t len)
{
	const struct entry *e = find(m, key, len);

	return e ? e->value : NULL;
}

bool map_has(const struct map *m, const char *key)
{
	return find(m, key, strlen(key));
}

/* Closes the gaps in the entries and makes a table with place for more. */
static void rebuild(struct map *m)
{
	size_t size = 16, kept = 0;

	while (size < m->live * 4 + 4)
		size *= 2;
	free(m->slots);
	m->slots = xcalloc(size, sizeof(*m->slots));
	m->mask = size - 1;
	for (size_t i = 0; i < m->count; i++) {
		const struct entry e = m->items[i];
		uint32_t hash;
		struct slot *slot;

		if (!e.key)
			continue;
		m->items[kept++] = e;
		hash = (uint32_t)map_hash(e.key, e.len);
		slot = &m->slots[hash & m->mask];
		while (slot->entry)
			slot = slot < m->slots + m->mask ? slot + 1 : m->slots;
		*slot = (struct slot){ hash, (uint32_t)kept };
	}
	m->count = kept;
}

void *map_set(struct map *m, const char *key, void *value)
{
	return map_setn(m, key, strlen(key), value);
}

void *map_setn(struct map *m, const char *key, size_t len, void *value)
{
	uint32_t hash = (uint32_t)map_hash(key, len);
	struct slot *slot;
	char *copy;

	/* Gaps count as well, or set and remove in turn would never end. */
	if (!m->mask || m->count * 2 > m->mask) {
		if (find(m, key, len) == NULL)
			rebuild(m);
	}
	slot = probe(m, key, len, hash);
	if (slot->entry) {
		void *old = m->items[slot->entry - 1].value;

		m->items[slot->entry - 1].value = value;
		return old;
	}
	copy = xmalloc(len + 1);
	memcpy(copy, key, len);
	copy[len] = '\0';
	*VEC_PUSH(m) = (struct entry){ copy, len, value };
	*slot = (struct slot){ hash, (uint32_t)m->count };
	m->live++;
	return NULL;
}

/* Frees a slot and moves those after it back to where a look-up finds them. */
static void vacate(struct map *m, size_t hole)
{
	for (size_t i = hole;;) {
		size_t home;

		i = (i + 1) & m->mask;
		if (!m->slots[i].entry)
			break;
		home = m->slots[i].hash & m->mask;
		if (((i - home) & m->mask) < ((i - hole) & m->mask))
			continue;
		m->slots[hole] = m->slots[i];
		hole = i;
	}
	m->slots[hole].entry = 0;
}

void *map_remove(struct map *m, const char *key)
{
	size_t len = strlen(key);
	struct slot *slot;
	struct entry *e;

	if (!m->live)
		return NULL;
	slot = probe(m, key, len, (uint32_t)map_hash(key, len));
	if (!slot->entry)
		return NULL;
	e = &m->items[slot->entry - 1];
	vacate(m, (size_t)(slot - m->slots));
	free(e->key);
	e->key = NULL;
	m->live--;
	return e->value;
}

size_t map_count(const struct map *m)
{
	return m->live;
}

bool map_next(const struct map *m, size_t *cursor, const char **key,
	void **value)
{
	while (*cursor < m->count) {
		const struct entry *e = &m->items[(*cursor)++];

		if (!e->key)
			continue;
		if (key)
			*key = e->key;
		if (value)
			*value = e->value;
		return true;
	}
	return false;
}
