/* SPDX-License-Identifier: MIT */
/* What a row says of itself to those who log in to it. */
#include "cli/connect.h"

#include "base/map.h"
#include "base/mem.h"

#include <stdlib.h>

static void keep(struct connect_facts *facts, const char *name,
	const char *value)
{
	if (*value)
		free(map_set(facts->values, name, xstrdup(value)));
}

void connect_facts_init(struct connect_facts *facts, struct row row)
{
	const struct resource *r = row.segment->compiled->resource;
	const struct connect_fact *f = r->connect ? r->connect()->facts :
		NULL;
	struct error err = ERROR_INIT;
	struct str id = STR_INIT;
	char region[64];

	facts->values = map_new();
	for (; f && f->name; f++) {
		struct path *path = path_compile(NULL, f->path, &err);

		if (path)
			keep(facts, f->name, row_text(row, path, NULL));
		path_free(path);
	}
	row_id(row, &id);
	keep(facts, "id", id.p);
	keep(facts, "region", row_region(row, region));
	keep(facts, "profile", session_name(row.segment->session));
	str_clear(&id);
}

void connect_facts_clear(struct connect_facts *facts)
{
	map_free(facts->values, free);
}

const char *connect_fact_of(void *facts, const char *name)
{
	const struct connect_facts *f = facts;
	const char *value = map_get(f->values, name);

	return value ? value : "";
}
