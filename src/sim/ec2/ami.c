/* SPDX-License-Identifier: MIT */
#include "sim/ec2/ami.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

struct amis {
	struct map *slots;
	uint64_t made;
};

static void ami_free(void *value)
{
	struct ami *a = value;

	share_clear(&a->share);
	VEC_FREE(&a->disks);
	free(a);
}

struct amis *amis_new(void)
{
	struct amis *a = xcalloc(1, sizeof(*a));

	a->slots = map_new();
	return a;
}

void amis_free(struct amis *a)
{
	map_free(a->slots, ami_free);
	free(a);
}

uint64_t amis_made(const struct world *w)
{
	return w->amis->made;
}

static void add(struct world *w, struct ami *a)
{
	map_setn(w->amis->slots, (const char *)&a->slot, sizeof(a->slot), a);
}

struct ami *ami_make(struct world *w, const struct ami *like, int64_t now)
{
	struct ami *a = xmalloc(sizeof(*a));

	*a = *like;
	a->slot = image_born(w) + w->amis->made++;
	a->made = true;
	a->created = now;
	add(w, a);
	return a;
}

const struct ami *ami_find(const struct world *w, uint64_t slot)
{
	if (!map_count(w->amis->slots))
		return NULL;
	return map_getn(w->amis->slots, (const char *)&slot, sizeof(slot));
}

struct ami *ami_edit(struct world *w, const struct image *of)
{
	struct ami *a = map_getn(w->amis->slots, (const char *)&of->slot,
		sizeof(of->slot));

	if (a)
		return a;
	a = xcalloc(1, sizeof(*a));
	a->slot = of->slot;
	a->deprecates = of->deprecates;
	memcpy(a->description, of->description, sizeof(a->description));
	a->share.all = of->share.all;
	for (size_t i = 0; i < of->share.users.count; i++)
		share_add(&a->share, of->share.users.items[i]);
	add(w, a);
	return a;
}
