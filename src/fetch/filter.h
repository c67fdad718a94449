/* SPDX-License-Identifier: MIT */
/*
 * A filter inside: a tree of terms. filter_parse.c makes it, filter.c asks
 * it, filter_tree.c reasons about it. A new form of the language is a new
 * term type, its token and its line in test(). Immutable once parsed; any
 * thread. What a row answers depends on that row alone: ages count from
 * when it was fetched.
 */
#ifndef FETCH_FILTER_H
#define FETCH_FILTER_H

#include "fetch/filter_subject.h"
#include "fetch/query.h"

#include <regex.h>

enum term_type {
	TERM_ALL,                /* every child */
	TERM_ANY,                /* at least one child */
	TERM_NOT,                /* not its one child */
	TERM_WORD,               /* from here on: asked of a subject's texts */
	TERM_REGEX,
	TERM_FUZZY,              /* these letters in this order */
	TERM_COMPARE
};

struct term {
	enum term_type type;
	struct subject subject;
	char *text;              /* lower case; or the regex's source */
	size_t len;
	regex_t regex;
	char *must;              /* what each of its matches has; or NULL */
	bool each;               /* asked of each cell of a line alone */
	struct operand operand;
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

/* Makes a TERM_REGEX of its text; false with err: that is wrong, or would
 * need all memory. */
bool regex_compile(struct term *term, struct error *err);

/* Like filter_match; scratch is the caller's to reuse. f may be NULL. */
bool filter_evaluate(const struct filter *f, struct row row,
	const struct row *joined, struct str *scratch);

/* Where a word, regex or fuzzy stands in a text, at or after `from`. */
bool term_find(const struct term *term, const char *text, size_t len,
	size_t from, size_t *start, size_t *end);

/* A word, lower case, that every match has somewhere in its row's line;
 * NULL if there is none. *enough: every row that has it matches. */
const char *filter_driver(const struct filter *f, size_t *len, bool *enough);

/* The index of the column of that name ("-" may stand for "_"); -1 with err
 * naming the nearest. */
int query_find_column(const struct compiled *compiled, const char *name,
	size_t len, struct error *err);

#endif
