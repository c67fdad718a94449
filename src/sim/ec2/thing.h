/* SPDX-License-Identifier: MIT */
/*
 * A thing of EC2 that requests make, change and delete: a VPC, a rule, a
 * key pair. It is what AWS would write about it, flat: element paths with
 * their texts, items of a list by number ("routeSet/2/gatewayId"). A text
 * may hold only from a time on; so states move with the clock, and nothing
 * has to be woken for it. Changes under the exclusive lock of the world.
 */
#ifndef SIM_EC2_THING_H
#define SIM_EC2_THING_H

#include "base/str.h"
#include "sim/ec2/list.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define THING_EVER INT64_MAX

struct thing_value {
	const char *path;        /* ".x": for filters, never written */
	const char *text;        /* NULL: from then on there is none */
	int64_t from;
};

struct thing {
	char id[EC2_ID_MOST];
	const struct thing_kind *kind;
	struct thing_value *items;
	size_t count, room;
	struct {
		struct tag *items;   /* that it is born with */
		size_t count, room;
	} tags;
	int64_t gone;            /* not listed from then on */
	bool timed;              /* some texts hold from a time on */
	struct call *call;       /* lives as long as that; NULL: heap */
};

/* What a filter and a writer of rows get. */
struct thing_row {
	struct ec2_row row;
	const struct thing *thing;
	int64_t now;
};

/* call: whose memory it takes; NULL: the heap, for thing_free(). */
struct thing *thing_new(const struct thing_kind *kind, struct call *call);
void thing_free(struct thing *t);

/* Instead of all that the path has held. */
void thing_set(struct thing *t, const char *path, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* From a time on; text NULL: there is none any more. */
void thing_later(struct thing *t, int64_t from, const char *path,
	const char *text);

/* Drops the path and all under it. */
void thing_drop(struct thing *t, const char *path);

/* NULL: none. */
const char *thing_get(const struct thing *t, const char *path, int64_t now);
bool thing_is(const struct thing *t, const char *path, const char *text,
	int64_t now);

/* N in a pattern stands for the number of any item. The next text, NULL
 * after the last; *cursor starts at 0. */
const char *thing_each(const struct thing *t, const char *pattern,
	int64_t now, size_t *cursor);

/* The number of the item whose text at the pattern is that; 0: none. */
unsigned thing_item(const struct thing *t, const char *pattern,
	const char *text, int64_t now);

/* A number that no item of the list has. */
unsigned thing_next_item(const struct thing *t, const char *list);
void thing_tag(struct thing *t, const char *key, const char *value);

/* All elements, tags too, without one around them. */
void thing_write(struct str *out, const struct thing_row *row);

/* The row of a thing; its tags as they are now. */
void thing_row_fill(const struct world *w, const struct thing *t,
	int64_t now, struct thing_row *out);

#endif
