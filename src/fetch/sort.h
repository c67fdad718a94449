/* SPDX-License-Identifier: MIT */
/*
 * The order of a view: the query's columns one after the other, missing
 * values last both ways, ties by id, then as they came. A total order, so no
 * sorting here needs to be stable.
 */
#ifndef FETCH_SORT_H
#define FETCH_SORT_H

#include "fetch/view.h"

struct sorter {
	const struct build *build;
	struct {
		unsigned column;         /* of struct work */
		bool reverse;
	} levels[QUERY_SORTS + 1];
	unsigned count;
	struct item *spare;          /* while it sorts */
};

void sorter_init(struct sorter *s, const struct build *b);
int sorter_compare(const struct sorter *s, struct place a, struct place b);
void sorter_sort(struct sorter *s, struct place *places, size_t count);

/* Both are sorted; out has room for both. */
void sorter_merge(const struct sorter *s, const struct place *kept,
	size_t kept_count, const struct place *fresh, size_t fresh_count,
	struct place *out);

#endif
