/* SPDX-License-Identifier: MIT */
#include "fetch/snapshot.h"

#include "base/mem.h"
#include "fetch/table_parts.h"

#include <stdlib.h>
#include <string.h>

struct snapshot_part {
	struct segment *segment;     /* a reference, or NULL */
	size_t shard;
};

struct snapshot {
	struct snapshot_part *parts;
	size_t part_count;
	struct place *rows;
	size_t count;
	struct joined *joined;       /* a reference, or NULL */
};

struct snapshot *snapshot_new(const struct table *t)
{
	const struct view *v = t->view;
	struct snapshot *s = xcalloc(1, sizeof(*s));

	if (!v)
		return s;
	s->part_count = v->part_count;
	s->parts = xcalloc(v->part_count + 1, sizeof(*s->parts));
	for (size_t i = 0; i < v->part_count; i++) {
		struct segment *segment = v->parts[i].segment;

		if (!segment)
			continue;
		s->parts[i].segment = segment_ref(segment);
		s->parts[i].shard = part_of_row(t,
			(struct row){ segment, 0 });
	}
	s->count = v->count;
	s->rows = xreallocarray(NULL, v->count + 1, sizeof(*s->rows));
	if (v->count)
		memcpy(s->rows, v->rows, v->count * sizeof(*s->rows));
	if (t->joined)
		s->joined = joined_ref(t->joined);
	return s;
}

void snapshot_free(struct snapshot *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->part_count; i++)
		if (s->parts[i].segment)
			segment_unref(s->parts[i].segment);
	joined_unref(s->joined);
	free(s->parts);
	free(s->rows);
	free(s);
}

size_t snapshot_rows(const struct snapshot *s)
{
	return s->count;
}

struct row snapshot_row(const struct snapshot *s, size_t i)
{
	return (struct row){ s->parts[s->rows[i].segment].segment,
		s->rows[i].row };
}

struct row snapshot_joined(const struct snapshot *s, size_t i, int join,
	bool *pending)
{
	enum answer_state state = ANSWER_NONE;
	struct row found = { 0 };

	*pending = false;
	if (join < 0 || !s->joined)
		return found;
	found = joined_find(s->joined, s->parts[s->rows[i].segment].shard,
		(size_t)join, snapshot_row(s, i), &state);
	*pending = state == ANSWER_NONE || state == ANSWER_PENDING;
	return found;
}
