/* SPDX-License-Identifier: MIT */
/*
 * What can be done to a row, as data: part of the tables of resource.h.
 */
#ifndef CATALOGUE_ACTION_H
#define CATALOGUE_ACTION_H

#include "aws/service.h"

struct field;                    /* form fields: with the form engine */

struct action {
	const char *name;        /* "start": called instances.start */
	const char *title;
	char key;                /* in the actions menu */
	enum effect kind;
	const char *row_kind;    /* NULL: all */
	const struct operation *operation;
	const struct argument *arguments;    /* constants */
	const char *target;      /* parameter that takes the row's id */
	unsigned batch;          /* targets a call; 0: 1 */
	const char *wait_path;   /* followed until it has wait_value */
	const char *wait_value;
	const char *undo;        /* action that takes it back */
	const struct field *fields;
};

#endif
