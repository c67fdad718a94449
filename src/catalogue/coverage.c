/* SPDX-License-Identifier: MIT */
#include "catalogue/coverage.h"

#include "base/vec.h"
#include "catalogue/derive.h"
#include "catalogue/derive_node.h"
#include "catalogue/price.h"

#include <string.h>

#define COUNT_MOST 1000000

/* One that runs, and how much of it nobody has reserved. */
struct machine {
	const char *type, *zone, *platform, *tenancy;
	unsigned size;           /* 1 where sizes are not known */
	unsigned left;
};

struct fleet {
	struct machine *items;
	size_t count, room;
};

static const char *platform_of(const struct cell *row)
{
	const char *details = derive_leaf(row->doc, row->node,
		"platformDetails");
	const char *platform = derive_leaf(row->doc, row->node, "platform");

	if (*details)
		return details;
	return str_ieq(platform, "windows") ? "Windows" : "Linux/UNIX";
}

/* Spot instances have a price of their own. */
static bool can_be_reserved(const struct cell *row)
{
	return str_eq(derive_leaf(row->doc, row->node, "instanceState/name"),
			"running") &&
		!*derive_leaf(row->doc, row->node, "instanceLifecycle");
}

static int by_size(const void *a, const void *b)
{
	const struct machine *x = a, *y = b;

	return (x->size > y->size) - (x->size < y->size);
}

static void read_fleet(const struct review_rows *rows, struct fleet *fleet)
{
	for (size_t i = 0; i < rows->count; i++) {
		const struct cell *row = &rows->items[i];
		struct machine *m;

		if (!can_be_reserved(row))
			continue;
		m = VEC_PUSH(fleet);
		*m = (struct machine){
			.type = derive_leaf(row->doc, row->node,
				"instanceType"),
			.zone = derive_leaf(row->doc, row->node,
				"placement/availabilityZone"),
			.platform = platform_of(row),
			.tenancy = derive_leaf(row->doc, row->node,
				"placement/tenancy") };
		m->size = price_size(m->type);
		m->size = m->size ? m->size : 1;
		m->left = m->size;
	}
	if (fleet->count)
		qsort(fleet->items, fleet->count, sizeof(*fleet->items),
			by_size);
}

static bool is_flexible(const struct offering *o)
{
	return !*o->zone && str_eq(o->platform, "Linux/UNIX") &&
		str_eq(o->tenancy, "default") && price_is_flexible(o->type);
}

/* May it serve this one, the size aside? */
static bool is_alike(const struct offering *o, const struct machine *m)
{
	return str_eq(o->platform, m->platform) &&
		str_eq(o->tenancy, *m->tenancy ? m->tenancy : "default") &&
		(!*o->zone || str_eq(o->zone, m->zone));
}

static bool is_family(const struct offering *o, const struct machine *m)
{
	unsigned len = price_family(o->type);

	return len == price_family(m->type) &&
		!strncmp(o->type, m->type, len) && is_alike(o, m);
}

static bool is_same(const struct offering *o, const struct machine *m)
{
	return str_eq(o->type, m->type) && is_alike(o, m);
}

static void apply_units(struct fleet *fleet, const struct offering *o,
	uint64_t units)
{
	for (size_t i = 0; units && i < fleet->count; i++) {
		struct machine *m = &fleet->items[i];
		unsigned some = m->left < units ? m->left : (unsigned)units;

		if (!price_size(m->type) || !is_family(o, m))
			continue;
		m->left -= some;
		units -= some;
	}
}

static void apply_whole(struct fleet *fleet, const struct offering *o,
	size_t count)
{
	for (size_t i = 0; count && i < fleet->count; i++) {
		struct machine *m = &fleet->items[i];

		if (m->left != m->size || !is_same(o, m))
			continue;
		m->left = 0;
		count--;
	}
}

static void apply_one(struct fleet *fleet, const struct cell *row, bool zonal)
{
	const char *state = derive_leaf(row->doc, row->node, "state");
	struct offering o;
	long count;

	offering_read(row, &o);
	if (!str_eq(state, "active") || (*o.zone != '\0') != zonal ||
	    !str_int(derive_leaf(row->doc, row->node, "instanceCount"), 1,
			COUNT_MOST, &count))
		return;
	if (is_flexible(&o))
		apply_units(fleet, &o, (uint64_t)count * price_size(o.type));
	else
		apply_whole(fleet, &o, (size_t)count);
}

static void count_family(const struct fleet *fleet, const struct offering *o,
	size_t count, struct coverage *out)
{
	uint64_t left = 0, units = count * (uint64_t)price_size(o->type);

	for (size_t i = 0; i < fleet->count; i++) {
		const struct machine *m = &fleet->items[i];

		if (!price_size(m->type) || !is_family(o, m))
			continue;
		out->units += m->size;
		left += m->left;
	}
	out->units_reserved = out->units - left;
	out->units_more = units < left ? units : left;
}

void coverage_compute(const struct offering *o, size_t count,
	const struct review_rows *instances,
	const struct review_rows *reserved, struct coverage *out)
{
	struct fleet fleet = { 0 };
	size_t open;

	*out = (struct coverage){ .flexible = is_flexible(o) };
	read_fleet(instances, &fleet);
	for (size_t i = 0; i < reserved->count; i++)
		apply_one(&fleet, &reserved->items[i], true);
	for (size_t i = 0; i < reserved->count; i++)
		apply_one(&fleet, &reserved->items[i], false);
	for (size_t i = 0; i < fleet.count; i++) {
		if (!is_same(o, &fleet.items[i]))
			continue;
		out->running++;
		out->reserved += !fleet.items[i].left;
	}
	open = out->running - out->reserved;
	out->more = count < open ? count : open;
	if (out->flexible)
		count_family(&fleet, o, count, out);
	VEC_FREE(&fleet);
}

/* Instances of the reservations of a reservationSet. */
struct joined {
	struct cell *items;
	size_t count, room;
};

static void read_joined(const struct doc *d, uint32_t set,
	struct joined *rows)
{
	uint32_t n = doc_child(d, set);

	for (; n != DOC_NONE; n = doc_next(d, n)) {
		uint32_t i = derive_child(d, n, "instancesSet");

		if (i == DOC_NONE)
			continue;
		for (i = doc_child(d, i); i != DOC_NONE; i = doc_next(d, i))
			*VEC_PUSH(rows) = (struct cell){ .doc = d,
				.node = i };
	}
}

/* How many of yours it could serve, whatever is reserved already. */
enum role derive_offering_running(const struct cell *cell, struct str *out)
{
	const struct review_rows none = { 0 };
	struct review_rows instances = { 0 };
	struct joined rows = { 0 };
	struct coverage coverage;
	struct offering o;

	if (cell->join_pending || cell->join_refused) {
		str_add(out, cell->join_pending ? "\342\200\246" : "?");
		return ROLE_DIM;
	}
	if (cell->joined)
		read_joined(cell->joined, cell->joined_node, &rows);
	instances.items = rows.items;
	instances.count = rows.count;
	offering_read(cell, &o);
	coverage_compute(&o, 1, &instances, &none, &coverage);
	VEC_FREE(&rows);
	str_addf(out, "%zu", coverage.running);
	return coverage.running ? ROLE_TEXT : ROLE_DIM;
}
