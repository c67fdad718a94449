/* SPDX-License-Identifier: MIT */
/*
 * The rows of a table's view as they are at one moment, with what is joined
 * to them: taken by the owner, read by any thread, while the table goes on.
 */
#ifndef FETCH_SNAPSHOT_H
#define FETCH_SNAPSHOT_H

#include "fetch/fetch.h"

struct snapshot;

struct snapshot *snapshot_new(const struct table *t);
void snapshot_free(struct snapshot *s);      /* NULL is fine */
size_t snapshot_rows(const struct snapshot *s);
struct row snapshot_row(const struct snapshot *s, size_t i);

/* Of row i by a join's index; no segment: nothing. *pending: it may have
 * one that was not asked for. */
struct row snapshot_joined(const struct snapshot *s, size_t i, int join,
	bool *pending);

#endif
