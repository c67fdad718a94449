/* SPDX-License-Identifier: MIT */
/*
 * Which place has the row of an identity: a set of places, open addressing,
 * 8 bytes an entry and 10 to 15 a row. The identities themselves stay in the
 * segments. It is made of shares that grow one after another, so that a
 * million rows never make one insertion long. One owner, no locking.
 *
 * And struct lookup: the plain case, 64-bit numbers to 32-bit ones.
 */
#ifndef FETCH_IDS_H
#define FETCH_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct place {
	uint32_t segment, row;
};

#define PLACE_NONE ((struct place){ UINT32_MAX, UINT32_MAX })

#define IDS_SHARES 64

struct ids {
	/* The identity of the row at a place that is in the set. */
	uint64_t (*identity)(const void *owner, struct place place);
	const void *owner;
	struct ids_share {
		struct place *items;     /* segment UINT32_MAX: empty */
		uint32_t count, room;
	} shares[IDS_SHARES];
};

void ids_clear(struct ids *ids);

/* NULL: not there. The pointer is good until the next change. */
struct place *ids_find(const struct ids *ids, uint64_t identity);

/* Of an identity that is not there. */
void ids_add(struct ids *ids, uint64_t identity, struct place place);
void ids_remove(struct ids *ids, uint64_t identity);
size_t ids_count(const struct ids *ids);
size_t ids_bytes(const struct ids *ids);

struct lookup {
	uint64_t *keys;
	uint32_t *values;        /* LOOKUP_NONE: empty */
	size_t count, room;
};

#define LOOKUP_NONE UINT32_MAX

uint32_t lookup_get(const struct lookup *l, uint64_t key);
void lookup_set(struct lookup *l, uint64_t key, uint32_t value);
void lookup_clear(struct lookup *l);

#endif
