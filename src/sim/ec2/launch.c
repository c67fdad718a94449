/* SPDX-License-Identifier: MIT */
#include "sim/ec2/launch.h"

#include "base/mem.h"
#include "base/vec.h"
#include "sim/ec2/ec2.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct launches {
	struct launch **items;
	size_t count, room;
};

struct launches *launches_new(void)
{
	return xcalloc(1, sizeof(struct launches));
}

void launches_free(struct launches *l)
{
	for (size_t i = 0; i < l->count; i++)
		free(l->items[i]);
	VEC_FREE(l);
	free(l);
}

uint64_t launch_count(const struct world *w)
{
	return w->launches->count;
}

const struct launch *launch_at(const struct world *w, uint64_t n)
{
	return w->launches->items[n];
}

void launch_add(struct world *w, const struct launch *launch)
{
	struct launch *kept = xmalloc(sizeof(*kept));

	*kept = *launch;
	*VEC_PUSH(w->launches) = kept;
}

void launch_fill(struct instance *i)
{
	static const struct fleet_role role = { .name = NULL };
	const struct launch *l = i->launch;

	i->role = &role;
	i->image = l->image;
	i->vpc = l->vpc;
	i->subnet = l->subnet;
	i->reservation = l->reservation;
	i->launch_index = l->index;
	i->platform = l->platform;
	i->lifecycle = l->spot ? "spot" : NULL;
	i->key_name = *l->key ? l->key : NULL;
	i->address = l->address;
	i->public_address = l->public_address;
	i->data_volumes = 0;
	i->state = STATE_RUNNING;
	i->launched = i->changed = l->at;
	memcpy(i->zone, l->zone, sizeof(i->zone));
	i->name[0] = '\0';
}

void launch_name(struct instance *i)
{
	const char *name = tags_get(&i->row.tags, "Name");

	snprintf(i->name, sizeof(i->name), "%s", name ? name : "");
}
