/* SPDX-License-Identifier: MIT */
/*
 * Second operations, as data: part of the tables of resource.h.
 */
#ifndef CATALOGUE_JOIN_H
#define CATALOGUE_JOIN_H

#include "aws/service.h"

enum join_scope { JOIN_VISIBLE, JOIN_ALL };

/* A second operation, its rows glued to ours by key. */
struct join {
	const char *name;
	const struct operation *operation;   /* of the resource's service */
	const struct argument *arguments;    /* constants */
	const char *rows;        /* row path in its reply */
	const char *key;         /* path in its row …; NULL: one id a call, and
				    the reply's first row is its */
	const char *here;        /* … equals this path in ours (may find
				    several) */
	const char *ids;         /* parameter that takes the keys, the last []
				    counting: "Filters[].Values[]" */
	const char *absent;      /* AWS's error code for "there is none": the
				    answer is then an empty row */
	unsigned batch;          /* ids a call; 0: 1 */
	enum join_scope scope;
	unsigned refresh;        /* seconds; 0: with the list */
};

#endif
