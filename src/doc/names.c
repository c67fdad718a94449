/* SPDX-License-Identifier: MIT */
#include "doc/names.h"

#include "base/mem.h"
#include "doc/bytes.h"

#include <stdlib.h>

void names_clear(struct names *t)
{
	free(t->bytes);
	free(t->starts);
	free(t->slots);
	*t = (struct names){ 0 };
}

const char *names_get(const struct names *t, uint32_t id, size_t *len)
{
	if (len)
		*len = t->starts[id + 1] - t->starts[id] - 1;
	return t->bytes + t->starts[id];
}

/* The slot that holds the name, or the free one where it belongs. */
static uint32_t names_slot(const struct names *t, const char *name,
	size_t len)
{
	uint32_t at = bytes_hash(t->seed, name, len) & t->slot_mask;

	for (; t->slots[at]; at = (at + 1) & t->slot_mask) {
		size_t have_len;
		const char *have = names_get(t, t->slots[at] - 1, &have_len);

		if (have_len == len && memcmp(have, name, len) == 0)
			break;
	}
	return at;
}

uint32_t names_find(const struct names *t, const char *name, size_t len)
{
	if (!t->slots)
		return DOC_NONE;
	return t->slots[names_slot(t, name, len)] - 1;
}

static void names_grow_slots(struct names *t)
{
	uint32_t size = t->slots ? (t->slot_mask + 1) * 2 : 64;

	free(t->slots);
	t->slots = xcalloc(size, sizeof(*t->slots));
	t->slot_mask = size - 1;
	t->seed = (uint32_t)((uintptr_t)t->slots >> 4);
	for (uint32_t id = 0; id < t->count; id++) {
		size_t len;
		const char *name = names_get(t, id, &len);

		t->slots[names_slot(t, name, len)] = id + 1;
	}
}

static bool names_reserve(struct names *t, size_t len)
{
	if (len >= INT32_MAX - t->len)
		return false;
	while (t->len + len + 1 > t->room) {
		t->room = t->room ? t->room * 2 : 512;
		t->bytes = xreallocarray(t->bytes, t->room, 1);
	}
	if (t->count + 2 > t->starts_room) {
		t->starts_room = t->starts_room ? t->starts_room * 2 : 32;
		t->starts = xreallocarray(t->starts, t->starts_room,
			sizeof(*t->starts));
		t->starts[0] = 0;
	}
	if (!t->slots || t->count >= t->slot_mask / 2)
		names_grow_slots(t);
	return true;
}

uint32_t names_add(struct names *t, const char *name, size_t len,
	uint32_t limit)
{
	uint32_t id = names_find(t, name, len);

	if (id != DOC_NONE)
		return id;
	if (t->count >= limit || !names_reserve(t, len))
		return DOC_NONE;
	id = t->count++;
	if (len)
		memcpy(t->bytes + t->len, name, len);
	t->bytes[t->len + len] = '\0';
	t->len += (uint32_t)len + 1;
	t->starts[t->count] = t->len;
	t->slots[names_slot(t, name, len)] = id + 1;
	return id;
}

size_t names_bytes(const struct names *t)
{
	size_t slots = t->slots ? (size_t)t->slot_mask + 1 : 0;

	return t->room + (t->starts_room + slots) * sizeof(uint32_t);
}

struct doc_names *doc_names_new(void)
{
	return xcalloc(1, sizeof(struct doc_names));
}

void doc_names_free(struct doc_names *names)
{
	if (!names)
		return;
	names_clear(&names->table);
	free(names);
}

uint32_t doc_names_add(struct doc_names *names, const char *name)
{
	size_t len = strlen(name);

	if (names->frozen)
		return names_find(&names->table, name, len);
	return names_add(&names->table, name, len, 1u << 23);
}

uint32_t doc_names_find(const struct doc_names *names, const char *name,
	size_t len)
{
	return names_find(&names->table, name, len);
}

void doc_names_freeze(struct doc_names *names)
{
	names->frozen = true;
}
