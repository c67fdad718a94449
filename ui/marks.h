/* SPDX-License-Identifier: MIT */
/*
 * A set of row identities: what people marked. Small, sorted, no curses.
 * One owner.
 */
#ifndef UI_MARKS_H
#define UI_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct marks {
	uint64_t *items;         /* sorted */
	size_t count, room;
	uint64_t *last;          /* what was there before the last clear */
	size_t last_count;
};

bool marks_has(const struct marks *m, uint64_t identity);
void marks_set(struct marks *m, uint64_t identity, bool on);

/* Many at once, in any order, doubles allowed. */
void marks_add(struct marks *m, const uint64_t *identities, size_t count);

/* Empties it; marks_restore brings back what was there. */
void marks_drop(struct marks *m);
void marks_restore(struct marks *m);
void marks_reset(struct marks *m);       /* frees */

#endif
