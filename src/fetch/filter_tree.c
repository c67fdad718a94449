/* SPDX-License-Identifier: MIT */
/* What can be said of a filter without a row, and where its words are. */
#include "fetch/filter.h"

#include "base/str.h"
#include "base/text.h"

#include <string.h>

/* A word that each match of the term has in its row's line. */
static const char *needle(const struct term *t, size_t *len)
{
	const char *text = NULL;

	if (t->subject.type != SUBJECT_ROW &&
	    (t->subject.type != SUBJECT_COLUMN || t->subject.cell < 0))
		return NULL;
	if (t->type == TERM_WORD)
		text = t->text;
	else if (t->type == TERM_REGEX)
		text = t->must;
	else if (t->type == TERM_COMPARE &&
	    t->operand.type == OPERAND_TEXT &&
	    t->operand.operator == OPERATOR_EQUAL)
		text = t->operand.text;
	*len = text ? strlen(text) : 0;
	return *len ? text : NULL;
}

const char *filter_driver(const struct filter *f, size_t *len, bool *enough)
{
	const struct term *first = f ? f->root->first : NULL;
	const char *best = NULL;

	*len = 0;
	for (const struct term *t = first; t; t = t->next) {
		size_t own = 0;
		const char *text = needle(t, &own);

		if (!text || own <= *len)
			continue;
		best = text;
		*len = own;
	}
	*enough = best && !first->next && first->type == TERM_WORD &&
		first->subject.type == SUBJECT_ROW;
	return best;
}

/* A computed cell that reads the row too has something to say without the
 * join. */
static uint64_t term_joins(const struct filter *f, const struct term *term,
	uint64_t all)
{
	const struct compiled_column *c;
	uint64_t joins = 0;

	for (const struct term *t = term->first; t; t = t->next)
		joins |= term_joins(f, t, all);
	if (term->type < TERM_WORD)
		return joins;
	if (term->subject.type == SUBJECT_ROW)
		return all;
	if (term->subject.type != SUBJECT_COLUMN)
		return 0;
	c = &f->compiled->columns[term->subject.column];
	if (c->join < 0)
		return 0;
	return (uint64_t)1 << c->join &
		(c->column->derive && c->path ? all : UINT64_MAX);
}

uint64_t filter_joins(const struct filter *f, uint64_t all)
{
	return f ? term_joins(f, f->root, all) : 0;
}

static bool has_subsequence(const char *text, const char *letters)
{
	for (; *letters; letters++) {
		text = strchr(text, *letters);
		if (!text)
			return false;
		text++;
	}
	return true;
}

static bool test_implies(const struct term *narrow, const struct term *wide)
{
	if (!subject_equal(&narrow->subject, &wide->subject))
		return false;
	if (wide->type == TERM_FUZZY)
		return (narrow->type == TERM_FUZZY ||
			(narrow->type == TERM_WORD &&
			narrow->subject.type != SUBJECT_ROW)) &&
			has_subsequence(narrow->text, wide->text);
	if (narrow->type != wide->type)
		return false;
	if (narrow->type == TERM_WORD)
		return text_find(narrow->text, narrow->len, wide->text,
			wide->len) != NULL;
	if (narrow->type == TERM_REGEX)
		return str_eq(narrow->text, wide->text);
	return operand_equal(&narrow->operand, &wide->operand);
}

/* Whatever `narrow` matches, `wide` matches: true only where that is seen
 * within so many steps. */
static bool implies(const struct term *narrow, const struct term *wide,
	unsigned *steps)
{
	const struct term *t;

	if (!*steps)
		return false;
	--*steps;
	if (wide->type == TERM_ALL) {
		for (t = wide->first; t; t = t->next)
			if (!implies(narrow, t, steps))
				return false;
		return true;
	}
	if (narrow->type == TERM_ANY) {
		for (t = narrow->first; t; t = t->next)
			if (!implies(t, wide, steps))
				return false;
		return true;
	}
	for (t = wide->type == TERM_ANY ? wide->first : NULL; t; t = t->next)
		if (implies(narrow, t, steps))
			return true;
	for (t = narrow->type == TERM_ALL ? narrow->first : NULL; t;
	     t = t->next)
		if (implies(t, wide, steps))
			return true;
	if (narrow->type == TERM_NOT && wide->type == TERM_NOT)
		return implies(wide->first, narrow->first, steps);
	return narrow->type >= TERM_WORD && wide->type >= TERM_WORD &&
		test_implies(narrow, wide);
}

bool filter_narrows(const struct filter *narrow, const struct filter *wide)
{
	static const struct term everything = { .type = TERM_ALL };
	unsigned steps = 10000;

	return !wide || narrow == wide || implies(narrow ? narrow->root :
		&everything, wide->root, &steps);
}

static bool find_regex(const struct term *term, const char *text, size_t len,
	size_t from, size_t *start, size_t *end)
{
	regmatch_t match = { .rm_so = (regoff_t)from,
		.rm_eo = (regoff_t)len };

	if (regexec(&term->regex, text, 1, &match,
	    REG_STARTEND | (from ? REG_NOTBOL : 0)) != 0)
		return false;
	*start = (size_t)match.rm_so;
	*end = (size_t)match.rm_eo;
	return true;
}

/* The first run of its letters that ends behind `from`; all are there. */
static bool find_fuzzy(const struct term *term, const char *text, size_t len,
	size_t from, size_t *start, size_t *end)
{
	size_t i = 0, letter = 0;
	bool found = false;

	while (i < len && letter < term->len) {
		const char *p = text_find(text + i, len - i,
			term->text + letter, 1);

		if (!p)
			return false;
		i = (size_t)(p - text);
		if (!found || i == *end) {
			if (i >= from && (!found || i != *end))
				*start = i;
			found = i >= from;
			*end = i + 1;
		}
		i++;
		letter++;
	}
	return found && letter == term->len;
}

bool term_find(const struct term *term, const char *text, size_t len,
	size_t from, size_t *start, size_t *end)
{
	const char *p;

	if (from > len)
		return false;
	if (term->type == TERM_REGEX)
		return find_regex(term, text, len, from, start, end);
	if (term->type == TERM_FUZZY)
		return find_fuzzy(term, text, len, from, start, end);
	p = text_find(text + from, len - from, term->text, term->len);
	if (!p)
		return false;
	*start = (size_t)(p - text);
	*end = *start + term->len;
	return true;
}

struct highlight {
	int column;
	const char *cell;
	size_t len, from;
	size_t start, end;       /* the first so far; none: both 0 */
};

/* The leftmost of all terms that are asked for, the longest if several. */
static void highlight_term(struct highlight *h, const struct term *term)
{
	size_t start, end;

	if (term->type == TERM_ALL || term->type == TERM_ANY)
		for (term = term->first; term; term = term->next)
			highlight_term(h, term);
	if (!term || (term->type != TERM_WORD && term->type != TERM_REGEX &&
	    term->type != TERM_FUZZY))
		return;
	if (term->subject.type != SUBJECT_ROW &&
	    (term->subject.type != SUBJECT_COLUMN ||
	    term->subject.column != h->column))
		return;
	if (!term_find(term, h->cell, h->len, h->from, &start, &end) ||
	    start == end)
		return;
	if (!h->end || start < h->start ||
	    (start == h->start && end > h->end)) {
		h->start = start;
		h->end = end;
	}
}

bool filter_highlight_cell(const struct filter *f, int column,
	const char *cell, size_t len, size_t from, size_t *start, size_t *end)
{
	struct highlight h = { .column = column, .cell = cell, .len = len,
		.from = from };

	if (f)
		highlight_term(&h, f->root);
	if (!h.end)
		return false;
	*start = h.start;
	*end = h.end;
	return true;
}

bool filter_highlight(const struct filter *f, const char *cell, size_t len,
	size_t from, size_t *start, size_t *end)
{
	return filter_highlight_cell(f, -1, cell, len, from, start, end);
}
