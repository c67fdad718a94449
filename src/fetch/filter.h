/* SPDX-License-Identifier: MIT */
/*
 * A filter inside: a tree of terms. filter_parse.c makes it, filter.c asks
 * it. A new form of the language is a new term type, its token and its line
 * in evaluate(). Immutable once parsed; any thread.
 */
#ifndef FETCH_FILTER_H
#define FETCH_FILTER_H

#include "fetch/query.h"

#include <regex.h>

enum term_type {
	TERM_ALL,                /* every child */
	TERM_NOT,                /* not its one child */
	TERM_WORD,
	TERM_REGEX
};

struct term {
	enum term_type type;
	int column;              /* where it looks; -1: the whole row */
	char *text;              /* word, lower case; or the regex's source */
	size_t len;
	regex_t regex;
	bool anchored;           /* has ^ or $: asked of each cell alone */
	struct term *first, *next;
};

struct filter {
	unsigned refs;           /* atomic */
	const struct compiled *compiled;
	char *source;
	struct term *root;       /* a TERM_ALL */
};

/* NULL with err: says where and what. */
struct term *filter_parse(const struct compiled *compiled, const char *text,
	struct error *err);
void term_free(struct term *term);

/* Like filter_match; scratch is the caller's to reuse. f may be NULL. */
bool filter_evaluate(const struct filter *f, struct row row,
	const struct row *joined, struct str *scratch);

/* The longest word that every match has somewhere in its row's text; NULL
 * if there is none. */
const struct term *filter_driver(const struct filter *f);

/* Joins (a bit each) that the filter looks at, when those of `all` are known
 * for every row: words look at these too, and so do computed cells. */
uint64_t filter_joins(const struct filter *f, uint64_t all);

/* The index of the column of that name ("-" may stand for "_"); -1 with err
 * naming the nearest. */
int query_find_column(const struct compiled *compiled, const char *name,
	size_t len, struct error *err);

#endif
