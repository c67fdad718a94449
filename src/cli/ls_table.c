/* SPDX-License-Identifier: MIT */
/* `tucuxi ls` with a sort or joined columns: the screen's own table, held
 * until it is complete, then written in the view's order. */
#include "base/clock.h"
#include "base/mem.h"
#include "cli/batch.h"
#include "cli/ls.h"
#include "cli/verb.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#define REGIONS_MAX 128

static void settle(struct fetch *fetch)
{
	while (!fetch_idle(fetch) || fetch_due(fetch) != CLOCK_NEVER) {
		struct pollfd p = { .fd = fetch_fd(fetch), .events = POLLIN };

		poll(&p, 1, clock_poll_timeout(fetch_due(fetch)));
		fetch_dispatch(fetch);
	}
}

static bool is_named(const char **names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

static size_t choose_regions(struct ls *ls, const char **names,
	char ***opted, size_t *opted_count)
{
	struct runtime *rt = ls->runtime;
	struct error err = ERROR_INIT;
	size_t n;

	if (!rt->all_regions) {
		for (n = 0; n < rt->region_count && n < REGIONS_MAX; n++)
			names[n] = rt->regions[n];
		return n;
	}
	n = runtime_first_regions(rt, rt->sessions[0], names, REGIONS_MAX);
	if (!runtime_opted_regions(rt, rt->sessions[0], NULL, opted,
	    opted_count, &err))
		ls_failed(ls, "opt-in regions", &err);
	for (size_t i = 0; i < *opted_count && n < REGIONS_MAX; i++)
		if (!is_named(names, n, (*opted)[i]))
			names[n++] = (*opted)[i];
	return n;
}

struct row held_joined(void *table, struct row row, int join)
{
	return table_joined(table, row, join);
}

static void write_rows(struct ls *ls, struct table *table)
{
	struct shard shard;

	for (size_t i = 0; i < table_rows(table); i++)
		if (!ls_row(ls, table_row(table, i), held_joined, table))
			break;
	for (size_t i = 0; table_shard(table, i, &shard); i++)
		if (shard.err.kind != ERR_NONE)
			ls_failed(ls, shard.region, &shard.err);
}

bool held_open(struct held *h, struct ls *ls, struct location *location,
	struct error *err)
{
	struct runtime *rt = ls->runtime;
	struct fetch_options options = { .catalogue = rt->catalogue,
		.pool = rt->pool };
	const char *names[REGIONS_MAX];
	char **opted = NULL;
	size_t opted_count = 0;
	size_t count = choose_regions(ls, names, &opted, &opted_count);
	struct shards shards = { rt->sessions, rt->session_count, names,
		count };

	*h = (struct held){ .fetch = fetch_new(&options) };
	if (!count && !location->resource->global)
		error_set(err, ERR_USAGE, "no region: give -r REGION, set "
			"AWS_REGION, or run `aws configure set region "
			"REGION`");
	else
		h->table = table_open(h->fetch, location_ref(location),
			&shards);
	if (h->table) {
		ls->query.show_hidden = true;
		table_set_joins(h->table, table_joins_for(
			ls->columns.compiled, ls->columns.index,
			ls->columns.count));
		table_set_query(h->table, &ls->query);
	}
	for (size_t i = 0; i < opted_count; i++)
		free(opted[i]);
	free(opted);
	return h->table != NULL;
}

void held_close(struct held *h)
{
	if (h->table)
		table_close(h->table);
	fetch_free(h->fetch);
}

int ls_table(struct ls *ls, struct location *location)
{
	struct error err = ERROR_INIT;
	struct held held;

	if (held_open(&held, ls, location, &err)) {
		settle(held.fetch);
		table_want(held.table, 0, table_rows(held.table));
		settle(held.fetch);
		write_rows(ls, held.table);
	} else {
		ls->status = verb_fail(&err);
	}
	held_close(&held);
	return ls->status;
}
