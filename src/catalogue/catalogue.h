/* SPDX-License-Identifier: MIT */
/*
 * The tables, compiled: look-up of resources by name, alias and id, and
 * every path of a resource ready to use. Immutable once open; any thread.
 */
#ifndef CATALOGUE_CATALOGUE_H
#define CATALOGUE_CATALOGUE_H

#include "base/error.h"
#include "catalogue/resource.h"
#include "doc/path.h"

/* The compiled form: every path of a resource ready to use. */
struct compiled_column {
	const struct column *column;
	struct path *path;       /* NULL: derived */
	int join;                /* index, -1: none */
};

struct compiled_join {
	const struct join *join;
	struct path *rows, *key, *here;
};

struct compiled {
	const struct resource *resource;
	struct compiled_column *columns;
	size_t column_count;
	struct compiled_join *joins;
	size_t join_count;
	struct path *rows[4];
	size_t row_kinds;
	struct path *identity[4];
	size_t identities;
	struct path *id, *label, *region, *account;
	struct path *token_out, *token_out2, *more;
	struct path *tag, *tag_key, *tag_value;
};

struct catalogue;

/* Compiles every table; names becomes frozen. A table that is wrong ends
 * the program with its name: the unit test walks them all. */
struct catalogue *catalogue_open(struct doc_names *names);
void catalogue_close(struct catalogue *c);

size_t catalogue_count(const struct catalogue *c);
const struct resource *catalogue_at(const struct catalogue *c, size_t i);
const struct compiled *catalogue_compiled(const struct catalogue *c,
	const struct resource *resource);

/* By name or alias, then by unique beginning; NULL with err naming the
 * nearest ones. */
const struct resource *catalogue_find(const struct catalogue *c,
	const char *name, struct error *err);

/* "i-0abc…", an ARN: the resource it would belong to, NULL if unknown. */
const struct resource *catalogue_of_id(const struct catalogue *c,
	const char *id);

size_t catalogue_service_count(void);
const struct service *catalogue_service(size_t i);

int compiled_column_index(const struct compiled *c, const char *name);

#endif
