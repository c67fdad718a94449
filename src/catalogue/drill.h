/* SPDX-License-Identifier: MIT */
/*
 * From a row to another listing, as data: part of the tables of resource.h.
 */
#ifndef CATALOGUE_DRILL_H
#define CATALOGUE_DRILL_H

#include <stdbool.h>

/* A value handed to the listing that is opened: from the row, or inherited
 * from the parent's own argument of that name when nothing else is said. */
struct drill_argument {
	const char *parameter;   /* "Bucket", "Filters[0].Values[0]" */
	const char *path;
	const char *value;       /* a constant instead */
	const char *field;       /* of a form: what was filled in there */
};

#define DRILL_ARGUMENTS 12

/* As a drill's resource: what the id at arguments[0].path is an id of. */
#define DRILL_ANY "*"

struct drill {
	const char *title;       /* "Volumes" */
	const char *resource;    /* NULL: the document of the row */
	bool enter;              /* what Enter does; else under `related` */
	bool up;                 /* `u`: who uses this */
	struct drill_argument arguments[DRILL_ARGUMENTS];
};

#endif
