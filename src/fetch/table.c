/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"
#include "fetch/table_parts.h"

#include <stdlib.h>
#include <string.h>

void slots_push(struct slot_list *list, uint32_t slot)
{
	*VEC_PUSH(list) = slot;
}

static void part_init(struct part *p, struct session *session,
	const char *region)
{
	p->session = session ? session_ref(session) : NULL;
	p->region = region ? xstrdup(region) : NULL;
	p->shown.session = session;
	p->shown.region = region ? p->region : "";
	p->shown.state = SHARD_WAITING;
}

static struct table *table_new(struct fetch *f, struct location *location,
	const struct shards *shards)
{
	struct table *t = xcalloc(1, sizeof(*t));
	bool global = location->resource->global;
	size_t regions = global ? 1 : shards->region_count, n = 0;

	t->fetch = f;
	t->location = location;
	t->compiled = f->options.compile ?
		f->options.compile(location->resource) :
		catalogue_compiled(f->options.catalogue, location->resource);
	t->part_count = shards->session_count * regions;
	t->parts = xcalloc(t->part_count + 1, sizeof(*t->parts));
	for (size_t i = 0; i < shards->session_count; i++)
		for (size_t j = 0; j < regions; j++)
			part_init(&t->parts[n++], shards->sessions[i],
				global ? NULL : shards->regions[j]);
	t->want_due = t->leave_due = CLOCK_NEVER;
	rows_init(t);
	joins_init(t);
	t->next = f->tables;
	f->tables = t;
	return t;
}

void table_free(struct table *t)
{
	view_free(t->view);
	work_free(t->work);
	query_clear(&t->query);
	marks_clear(t);
	joins_clear(t);
	rows_clear(t);
	for (size_t i = 0; i < t->part_count; i++) {
		if (t->parts[i].session)
			session_unref(t->parts[i].session);
		free(t->parts[i].region);
	}
	free(t->parts);
	location_unref(t->location);
	free(t);
}

/* A table wrong in its own sort order is caught by the catalogue's test. */
static void set_default_sort(struct table *t)
{
	struct error err;

	if (t->compiled->resource->sort)
		query_parse_sort(&t->query, t->compiled,
			t->compiled->resource->sort, &err);
}

static bool is_to_load(const struct part *p)
{
	return !p->complete || (p->shown.state != SHARD_DONE &&
		p->shown.state != SHARD_DENIED && p->shown.state != SHARD_OFF);
}

struct table *table_open(struct fetch *f, struct location *location,
	const struct shards *shards)
{
	struct table *t = cache_find(f, location, shards);

	if (t) {
		location_unref(location);
	} else {
		t = table_new(f, location, shards);
		set_default_sort(t);
	}
	t->open = true;
	t->changed = true;
	for (size_t i = 0; i < t->part_count; i++)
		if (is_to_load(&t->parts[i]))
			part_start(t, (uint32_t)i);
	view_update(t);
	return t;
}

void table_cancel(struct table *t)
{
	for (size_t i = 0; i < t->part_count; i++)
		part_cancel(&t->parts[i]);
	joins_drop(t);
	view_abandon(t);
}

void table_close(struct table *t)
{
	if (!t)
		return;
	t->open = false;
	t->closed_at = ++t->fetch->closes;
	t->want_due = CLOCK_NEVER;
	t->want_count = 0;
	table_cancel(t);
	rows_let_go(t);
	marks_clear(t);
	work_free(t->work);
	t->work = NULL;
	t->work_bytes = 0;
	cache_trim(t->fetch);
}

static void refresh(struct table *t, bool all)
{
	t->generation++;
	for (size_t i = 0; i < t->part_count; i++) {
		enum shard_state state = t->parts[i].shown.state;

		if (all || (state != SHARD_DENIED && state != SHARD_OFF))
			part_start(t, (uint32_t)i);
	}
}

void table_refresh(struct table *t)
{
	refresh(t, false);
}

void table_reread(struct table *t)
{
	for (size_t i = 0; i < t->part_count; i++)
		t->parts[i].again |= t->parts[i].cancel != NULL;
	refresh(t, false);
}

void fetch_outdate(struct fetch *f, const struct resource *resource)
{
	for (struct table *t = f->tables; t; t = t->next)
		for (size_t i = 0; !t->open && i < t->part_count &&
		     t->compiled->resource == resource; i++)
			if (t->parts[i].shown.state == SHARD_DONE)
				t->parts[i].shown.state = SHARD_WAITING;
}

void table_retry(struct table *t)
{
	refresh(t, true);
}

void table_stop(struct table *t)
{
	for (size_t i = 0; i < t->part_count; i++)
		part_cancel(&t->parts[i]);
	joins_drop(t);
}

void table_set_query(struct table *t, const struct query *query)
{
	struct query old = t->query;
	bool same = query_same_rows(&old, query) &&
		query_same_order(&old, query);

	query_copy(&t->query, query);
	query_clear(&old);
	if (same)
		return;
	t->query_serial++;
	t->changed = true;
	joins_promote(t);
	view_abandon(t);
	view_update(t);
}

const struct query *table_query(const struct table *t)
{
	return &t->query;
}

const struct compiled *table_compiled(const struct table *t)
{
	return t->compiled;
}

struct location *table_location(const struct table *t)
{
	return t->location;
}

bool table_take_changed(struct table *t)
{
	bool changed = t->changed;

	t->changed = false;
	return changed;
}

size_t table_bytes(const struct table *t)
{
	return sizeof(*t) + t->segment_bytes + ids_bytes(&t->ids) +
		t->slot_room * sizeof(*t->slots) + view_bytes(t->view) +
		t->work_bytes + joined_bytes(t->joined) + marks_bytes(t);
}

bool table_shard(const struct table *t, size_t i, struct shard *shard)
{
	if (i >= t->part_count)
		return false;
	*shard = t->parts[i].shown;
	return true;
}

static void add_status(struct table_status *status, const struct part *p)
{
	const struct shard *s = &p->shown;
	bool refused = s->state == SHARD_DENIED || s->state == SHARD_OFF;

	status->loading += s->state == SHARD_LOADING;
	status->done += s->state == SHARD_DONE;
	status->failed += s->state == SHARD_FAILED;
	status->denied += s->state == SHARD_DENIED;
	status->off += s->state == SHARD_OFF;
	status->capped |= s->capped;
	if (s->capped || s->stale || (!p->complete && !refused))
		status->complete = false;
	if (p->complete || refused || s->state == SHARD_FAILED)
		status->first_load = false;
	if (s->fetched && (!status->oldest || s->fetched < status->oldest))
		status->oldest = s->fetched;
}

void table_status(const struct table *t, struct table_status *status)
{
	*status = (struct table_status){
		.shards = t->part_count, .rows = t->rows,
		.shown = table_rows(t) - (t->view ? t->view->leaving : 0),
		.bytes = table_bytes(t),
		.generation = t->generation,
		.complete = true, .first_load = true,
		.view_pending = t->view ? t->view_serial != t->query_serial :
			t->rows > 0
	};
	for (size_t i = 0; i < t->part_count; i++)
		add_status(status, &t->parts[i]);
}

size_t table_rows(const struct table *t)
{
	return t->view ? t->view->count : 0;
}

static struct row view_row(const struct view *v, struct place p)
{
	return (struct row){ v->parts[p.segment].segment, p.row };
}

struct row table_row(const struct table *t, size_t i)
{
	if (i >= table_rows(t))
		return (struct row){ 0 };
	return view_row(t->view, t->view->rows[i]);
}

uint64_t row_identity(struct row row)
{
	return row.segment->identities ? row.segment->identities[row.index] :
		0;
}

struct row table_lookup(const struct table *t, uint64_t identity)
{
	const struct place *place = t->compiled->identities ?
		ids_find(&t->ids, identity) : NULL;

	return place ? rows_at(t, *place) : (struct row){ 0 };
}

/* Outwards from the hint: a row seldom moves far. */
static size_t find_near(const struct view *v, size_t hint,
	bool (*is_it)(const struct view *v, size_t i, const void *what),
	const void *what)
{
	size_t low, high;

	if (hint >= v->count)
		hint = v->count - 1;
	low = hint + 1;
	high = hint + 1;
	while (low || high < v->count) {
		if (low && is_it(v, --low, what))
			return low;
		if (high < v->count && is_it(v, high++, what))
			return high - 1;
	}
	return SIZE_MAX;
}

static bool has_place(const struct view *v, size_t i, const void *what)
{
	const struct place *place = what;

	return v->rows[i].row == place->row &&
		v->rows[i].segment == place->segment;
}

static bool has_identity(const struct view *v, size_t i, const void *what)
{
	return row_identity(view_row(v, v->rows[i])) ==
		*(const uint64_t *)what;
}

/* A view that is as new as the table shows the row where the table has it;
 * an older one may show the row that this one has replaced, and one that is
 * gone may be leaving. */
size_t table_find(const struct table *t, uint64_t identity, size_t hint)
{
	const struct view *v = t->view;
	const struct place *place;
	size_t found;

	if (!v || !v->count || !t->compiled->identities)
		return SIZE_MAX;
	place = ids_find(&t->ids, identity);
	if (place && place->segment < v->part_count &&
	    v->parts[place->segment].segment ==
	    t->slots[place->segment].segment) {
		found = find_near(v, hint, has_place, place);
		if (found != SIZE_MAX || v->stamp == t->stamp)
			return found;
	} else if (v->stamp == t->stamp && !v->leaving) {
		return SIZE_MAX;
	}
	return find_near(v, hint, has_identity, &identity);
}
