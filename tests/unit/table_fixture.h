/* SPDX-License-Identifier: MIT */
/*
 * A resource of the tests' own, its rows made by hand, and a listing that
 * serves them from memory: what the fetch layer is tested with.
 */
#ifndef TESTS_TABLE_FIXTURE_H
#define TESTS_TABLE_FIXTURE_H

#include "fetch/fetch.h"
#include "fetch/listing.h"

struct thing {
	const char *id, *name, *state, *size, *made;
};

enum thing_column {
	THING_NAME, THING_ID, THING_STATE, THING_SIZE, THING_MADE,
	THING_NOTE, THING_CHECK, THING_OWNER, THING_COST
};

/* join 0 "checks" is VISIBLE, batches of 3; join 1 "owners" is too, unless
 * `things_all` is asked for; join 2 "bills" costs money. */
const struct resource *things(void);
const struct resource *things_all(void);     /* "owners" for ALL */
const struct resource *things_bare(void);    /* rows without identity */
const struct compiled *things_compiled(const struct resource *resource);
void things_clear(void);                     /* at the end */

struct segment *things_segment(const struct resource *resource,
	const char *region, const struct thing *rows, size_t count);

/*
 * The world that things_list answers from. Pages of a region, in turn; one
 * list of joined rows. Any thread: use the setters.
 */
struct things_world {
	struct {
		const char *region;
		const struct thing *rows;
		size_t count;
	} pages[64];
	size_t page_count;
	const char *failing_region;      /* after its pages */
	struct error failure;
	enum error_kind join_failure;
	const char *check;               /* of every thing; NULL: no row */
	size_t gate_page;                /* waits before this page, from 1 */
};

void world_set(const struct things_world *world);
void world_open_gate(void);
unsigned world_lists(void);              /* listings begun */
unsigned world_joins(void);              /* join calls */
unsigned world_keys(void);               /* keys asked for */
bool things_list(const struct listing *listing,
	struct listing_result *result);

/* Takes in what comes until nothing is in flight. */
void settle(struct fetch *f);

/* Until the table holds so many rows. */
void settle_rows(struct fetch *f, struct table *t, size_t rows);

/* "a b c": the names in the view's order. */
const char *names_shown(const struct table *t);

#endif
