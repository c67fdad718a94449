/* SPDX-License-Identifier: MIT */
#include "base/vec.h"

#include "base/mem.h"

#include <stdint.h>

void *vec_grow(void *items, size_t *room, size_t need, size_t size)
{
	size_t more = *room;

	if (need <= *room)
		return items;
	more = more < 8 ? 8 : more > SIZE_MAX / 2 ? need : more + more / 2;
	*room = more < need ? need : more;
	return xreallocarray(items, *room, size);
}
