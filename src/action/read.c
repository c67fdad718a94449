/* SPDX-License-Identifier: MIT */
#include "action/read.h"

#include "action/task.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

#define IDS_A_CALL 100

/* ids[from … from + count): one call and what it brought. */
struct part {
	const struct read *read;
	size_t from, count;
	bool *found;
	struct map *wanted;      /* id → its place in found */
};

static bool take_segment(void *data, struct segment *segment)
{
	struct part *p = data;
	struct str id = STR_INIT;

	for (uint32_t i = 0; i < segment->count; i++) {
		struct row row = { segment, i };
		bool *found;

		str_reset(&id);
		row_id(row, &id);
		found = map_get(p->wanted, id.p);
		if (!found || *found)
			continue;
		*found = true;
		p->read->row(p->read->data, p->from +
			(size_t)(found - p->found), row);
	}
	str_clear(&id);
	segment_unref(segment);
	return true;
}

static bool list(struct part *p, const struct argument *ids, size_t count,
	struct error *err)
{
	const struct read *r = p->read;
	struct listing_result result;
	const struct listing listing = {
		.compiled = r->compiled, .session = r->session,
		.location = r->location, .region = r->region,
		.extra = ids, .extra_count = count, .cancel = r->cancel,
		.data = p, .segment = take_segment,
	};
	bool ok = listing_run(&listing, &result);

	if (!ok)
		*err = result.err;
	return ok;
}

/* With the ids as arguments, where the listing takes any. */
static bool list_part(struct part *p, struct error *err)
{
	const char *get = p->read->compiled->resource->get;
	struct { struct argument *items; size_t count, room; } ids = { 0 };
	unsigned none[2];
	char *path = get ? location_parameter(get, none) : NULL;
	bool ok;

	for (size_t i = 0; path && i < p->count; i++)
		*VEC_PUSH(&ids) = (struct argument){ .path = path,
			.value = p->read->ids[p->from + i],
			.index = { (unsigned)i } };
	ok = list(p, ids.items, ids.count, err);
	VEC_FREE(&ids);
	free(path);
	return ok;
}

/* err kind ERR_NONE: the listing came without them. */
static void tell_missing(struct part *p, const struct error *err)
{
	const struct read *r = p->read;

	for (size_t i = 0; i < p->count; i++) {
		struct error own = *err;

		if (p->found[i])
			continue;
		if (own.kind == ERR_NONE)
			error_set(&own, ERR_NOT_FOUND, "no %s '%s' there",
				r->compiled->resource->one,
				r->ids[p->from + i]);
		r->failed(r->data, p->from + i, &own);
	}
}

static bool has_found(const struct part *p)
{
	return memchr(p->found, true, p->count) != NULL;
}

static void read_part(const struct read *read, size_t from, size_t count)
{
	struct part p = { .read = read, .from = from, .count = count,
		.found = xcalloc(count + 1, sizeof(bool)),
		.wanted = map_new() };
	struct error err = ERROR_INIT;
	bool ok, halves;

	for (size_t i = 0; i < count; i++)
		map_set(p.wanted, read->ids[from + i], &p.found[i]);
	ok = list_part(&p, &err);
	halves = !ok && read->compiled->resource->get && count > 1 &&
		!has_found(&p) && error_is_refusal(&err);
	if (!halves)
		tell_missing(&p, &err);
	map_free(p.wanted, NULL);
	free(p.found);
	if (!halves)
		return;
	read_part(read, from, count / 2);
	read_part(read, from + count / 2, count - count / 2);
}

void read_rows(const struct read *read)
{
	const char *get = read->compiled->resource->get;
	size_t step = !get ? read->count : strstr(get, "[]") ?
		IDS_A_CALL : 1;

	for (size_t i = 0; i < read->count; i += step) {
		size_t left = read->count - i;

		read_part(read, i, left < step ? left : step);
	}
}
