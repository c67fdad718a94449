/* SPDX-License-Identifier: MIT */
/*
 * Names and their numbers, 0 upwards: the frozen table of the catalogue and
 * the few names that only one document has are both this. Inside doc/ only.
 */
#ifndef DOC_NAMES_H
#define DOC_NAMES_H

#include "doc/doc.h"

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

#endif
