/* SPDX-License-Identifier: MIT */
/*
 * Growing arrays: any struct with `items`, `count` and `room`.
 *
 *	struct { struct row *items; size_t count, room; } rows = { 0 };
 *	*VEC_PUSH(&rows) = row;
 *	VEC_FREE(&rows);
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>
#include <stdlib.h>

void *vec_grow(void *items, size_t *room, size_t need, size_t size);

#define VEC_RESERVE(v, n) \
	((v)->items = vec_grow((v)->items, &(v)->room, (n), \
		sizeof(*(v)->items)))
#define VEC_PUSH(v) \
	(VEC_RESERVE((v), (v)->count + 1), &(v)->items[(v)->count++])
#define VEC_FREE(v) \
	(free((v)->items), (v)->items = NULL, (v)->count = (v)->room = 0)

#endif
