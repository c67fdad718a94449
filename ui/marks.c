/* SPDX-License-Identifier: MIT */
#include "ui/marks.h"

#include "base/mem.h"
#include "base/vec.h"

#include <string.h>

/* The first place whose identity is not below. */
static size_t marks_place(const struct marks *m, uint64_t identity)
{
	size_t low = 0, high = m->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (m->items[middle] < identity)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool marks_has(const struct marks *m, uint64_t identity)
{
	size_t at = marks_place(m, identity);

	return at < m->count && m->items[at] == identity;
}

void marks_set(struct marks *m, uint64_t identity, bool on)
{
	size_t at = marks_place(m, identity);
	bool there = at < m->count && m->items[at] == identity;

	if (on == there)
		return;
	if (on) {
		VEC_RESERVE(m, m->count + 1);
		memmove(m->items + at + 1, m->items + at,
			(m->count - at) * sizeof(*m->items));
		m->items[at] = identity;
		m->count++;
		return;
	}
	memmove(m->items + at, m->items + at + 1,
		(m->count - at - 1) * sizeof(*m->items));
	m->count--;
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

void marks_add(struct marks *m, const uint64_t *identities, size_t count)
{
	size_t kept = 0;

	if (!count)
		return;
	VEC_RESERVE(m, m->count + count);
	memcpy(m->items + m->count, identities,
		count * sizeof(*identities));
	m->count += count;
	qsort(m->items, m->count, sizeof(*m->items), compare);
	for (size_t i = 0; i < m->count; i++)
		if (!kept || m->items[i] != m->items[kept - 1])
			m->items[kept++] = m->items[i];
	m->count = kept;
}

void marks_drop(struct marks *m)
{
	if (!m->count)
		return;
	free(m->last);
	m->last = m->items;
	m->last_count = m->count;
	m->items = NULL;
	m->count = m->room = 0;
}

void marks_restore(struct marks *m)
{
	marks_add(m, m->last, m->last_count);
}

void marks_reset(struct marks *m)
{
	VEC_FREE(m);
	free(m->last);
	m->last = NULL;
	m->last_count = 0;
}
