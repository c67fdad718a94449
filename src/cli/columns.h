/* SPDX-License-Identifier: MIT */
/*
 * Which columns a batch verb writes, and the cells of a row in them: first
 * id, region and account (in machine formats; in tables where they tell
 * rows apart), then the resource's. One thread.
 */
#ifndef CLI_COLUMNS_H
#define CLI_COLUMNS_H

#include "catalogue/catalogue.h"
#include "cli/output.h"
#include "fetch/segment.h"

#define COLUMNS_MAX 64

struct columns {
	const struct compiled *compiled;
	struct output_column out[COLUMNS_MAX];
	int index[COLUMNS_MAX];      /* of compiled->columns; <0: below */
	struct str cells[COLUMNS_MAX];
	size_t count;
	bool plain;                  /* values as they are, not as shown */
};

/* list: "a,b", "all" or NULL for the default. several_*: more than one
 * region or account can be in the rows. ERR_USAGE names the nearest. */
bool columns_init(struct columns *c, const struct compiled *compiled,
	enum output format, const char *list, bool several_regions,
	bool several_accounts, struct error *err);
void columns_clear(struct columns *c);

/* Fills c->cells. joined(data, join) gives the joined row or none. */
void columns_fill(struct columns *c, struct row row, int64_t now,
	struct row (*joined)(void *data, struct row row, int join),
	void *data);

/* Does any chosen column come from a join? */
bool columns_need_join(const struct columns *c);

#endif
