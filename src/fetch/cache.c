/* SPDX-License-Identifier: MIT */
/*
 * Closed tables are kept while there is room: the one closed longest ago
 * goes first. Those that are open count, but stay.
 */
#include "fetch/table_parts.h"

#include <string.h>

#define CLOSED_MOST 256

static bool same_shards(const struct table *t, const struct shards *shards)
{
	bool global = t->location->resource->global;
	size_t regions = global ? 1 : shards->region_count, n = 0;

	if (t->part_count != shards->session_count * regions)
		return false;
	for (size_t i = 0; i < shards->session_count; i++)
		for (size_t j = 0; j < regions; j++, n++)
			if (t->parts[n].session != shards->sessions[i] ||
			    (!global && strcmp(t->parts[n].region,
			    shards->regions[j]) != 0))
				return false;
	return true;
}

struct table *cache_find(struct fetch *f, const struct location *location,
	const struct shards *shards)
{
	for (struct table *t = f->tables; t; t = t->next)
		if (!t->open && location_equal(t->location, location) &&
		    same_shards(t, shards))
			return t;
	return NULL;
}

static struct table **oldest_closed(struct fetch *f)
{
	struct table **oldest = NULL;

	for (struct table **link = &f->tables; *link; link = &(*link)->next)
		if (!(*link)->open && !(*link)->jobs && (!oldest ||
		    (*link)->closed_at < (*oldest)->closed_at))
			oldest = link;
	return oldest;
}

/* Tables whose jobs are still out go when these are back. */
void cache_trim(struct fetch *f)
{
	size_t bytes = 0, closed = 0;

	for (struct table *t = f->tables; t; t = t->next) {
		bytes += table_bytes(t);
		closed += !t->open;
	}
	while (bytes > f->options.cache_bytes || closed > CLOSED_MOST) {
		struct table **link = oldest_closed(f);
		struct table *t;

		if (!link)
			return;
		t = *link;
		*link = t->next;
		bytes -= table_bytes(t);
		closed--;
		table_free(t);
	}
}
