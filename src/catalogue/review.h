/* SPDX-License-Identifier: MIT */
/*
 * What goes with a call that is sent once, as data: part of the tables of
 * resource.h. A cap on what it may cost, how to see what became of it, and
 * what people read before: lines made from the row, what was filled in, and
 * what else they have (action.beside). Pure functions; any thread.
 */
#ifndef CATALOGUE_REVIEW_H
#define CATALOGUE_REVIEW_H

#include "catalogue/cost.h"

/* A cap on what AWS may charge: cost.now goes with the call, for rows that
 * have that value at path. */
struct action_limit {
	const char *path, *value;
	const char *amount, *currency;       /* parameters */
};

/* How to see what became of a call that nobody answered: things of a
 * resource that were not there before it and have these values. */
struct action_match {
	const char *path;        /* in the thing */
	const char *row;         /* path in the row it was done to, … */
	const char *field;       /* … or a field of the form */
};

struct action_verify {
	const char *resource;
	const struct action_match *equal;    /* ends with a zero row */
	const char *began;       /* path of the time that it began */
};

/* Rows of one of the listings of action.beside. */
struct review_rows {
	const struct cell *items;
	size_t count;
	const char *why;         /* it could not be listed; NULL: all of it */
};

struct review_in {
	const struct cell *row;
	cost_field_function *field;
	const void *data;        /* of field */
	const struct cost *cost; /* NULL: not known */
	const struct review_rows *beside;
};

struct review_line {
	const char *label;       /* "Offering"; "": goes on */
	enum role role;
	char *text;
};

struct review_lines {
	struct review_line *items;
	size_t count, room;
};

typedef void review_function(const struct review_in *in,
	struct review_lines *out);

void review_line(struct review_lines *lines, const char *label,
	enum role role, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void review_lines_clear(struct review_lines *lines);

#endif
