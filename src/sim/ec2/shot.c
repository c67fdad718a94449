/* SPDX-License-Identifier: MIT */
#include "sim/ec2/shot.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct shots {
	struct map *slots;
	uint64_t made;
};

static void shot_free(void *value)
{
	struct shot *s = value;

	share_clear(&s->share);
	free(s);
}

struct shots *shots_new(void)
{
	struct shots *s = xcalloc(1, sizeof(*s));

	s->slots = map_new();
	return s;
}

void shots_free(struct shots *s)
{
	map_free(s->slots, shot_free);
	free(s);
}

uint64_t shots_made(const struct world *w)
{
	return w->shots->made;
}

static void add(struct world *w, struct shot *s)
{
	map_setn(w->shots->slots, (const char *)&s->slot, sizeof(s->slot),
		s);
}

struct shot *shot_make(struct world *w, const struct shot *like, int64_t now)
{
	struct shot *s = xmalloc(sizeof(*s));

	*s = *like;
	s->slot = snapshot_born(w) + w->shots->made++;
	s->made = true;
	s->started = now;
	add(w, s);
	return s;
}

const struct shot *shot_find(const struct world *w, uint64_t slot)
{
	if (!map_count(w->shots->slots))
		return NULL;
	return map_getn(w->shots->slots, (const char *)&slot, sizeof(slot));
}

struct shot *shot_edit(struct world *w, const struct snapshot *of)
{
	struct shot *s = map_getn(w->shots->slots, (const char *)&of->slot,
		sizeof(of->slot));

	if (s)
		return s;
	s = xcalloc(1, sizeof(*s));
	s->slot = of->slot;
	s->share.all = of->share.all;
	for (size_t i = 0; i < of->share.users.count; i++)
		share_add(&s->share, of->share.users.items[i]);
	add(w, s);
	return s;
}
