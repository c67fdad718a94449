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
	struct path *path;       /* NULL: there is none, see column.derive */
	int join;                /* index, -1: none */
	bool made;               /* by compiled_column_make: all found … */
	const char *tag;         /* … under this tag, else at path */
};

struct compiled_paging {
	struct path *token_out, *token_out2, *more;
};

struct compiled_join {
	const struct join *join;
	struct path *rows, *key, *here;
	struct compiled_paging paging;
};

#define ROW_KINDS 4
#define IDENTITIES 4
#define COLUMNS_TABLE 64     /* of a table … */
#define MADE_MOST 32         /* … and behind them those that were made */

struct made;

struct catalogue;

struct compiled {
	const struct catalogue *catalogue;   /* it is in; NULL: in none */
	const struct resource *resource;
	struct compiled_column *columns;
	size_t column_count;
	struct compiled_join *joins;
	size_t join_count;
	struct path *rows[ROW_KINDS];
	size_t row_kinds;
	struct path *identity[IDENTITIES];
	size_t identities;
	struct path *id, *label, *region, *account;
	struct compiled_paging paging;
	struct path *tag, *tag_key, *tag_value;
	struct made *made;       /* NULL: none can be */
};

/* Compiles every table; names becomes frozen. A table that is wrong ends
 * the program with its name: the unit test walks them all. */
struct catalogue *catalogue_open(struct doc_names *names);
void catalogue_close(struct catalogue *c);

/* Its parts, for tables that are not in services.def (those of tests).
 * NULL with err: the table is wrong. Both outlive the compiled form. */
struct compiled *compiled_new(const struct resource *resource,
	struct doc_names *names, struct error *err);
void compiled_free(struct compiled *c);

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

/* What an ARN says; "" where it says nothing. */
struct arn {
	char region[64], account[16];
	const char *id;          /* within the ARN, to its end */
	char scope[1024];        /* the part of a parent, {Bucket} */
};
const struct resource *catalogue_of_arn(const struct catalogue *c,
	const char *text, struct arn *arn);

size_t catalogue_service_count(void);
const struct service *catalogue_service(size_t i);
const struct service *catalogue_service_find(const char *name);

/* -1: there is none. */
int compiled_column_index(const struct compiled *c, const char *name);

/*
 * The column that "tag.KEY", tag."KEY" or ".document/path" names, made when
 * it is first asked for; it stays, its index is column_count or more. Main
 * thread: others know an index only from a query that was handed to them.
 * -1 without err: it is no such name; with err: it cannot be.
 */
int compiled_column_make(const struct compiled *c, const char *text,
	size_t len, struct error *err);
bool column_name_is_made(const char *name);

/* How long the first name of a list is: up to a comma outside of quotes and
 * brackets. */
size_t column_name_len(const char *list);

/* "name=20": 20, and *len becomes that of "name"; 0: no width is said. */
int column_name_width(const char *name, size_t *len);

/* Of the compiled form alone. */
void made_init(struct compiled *c);
void made_clear(struct compiled *c);

#endif
