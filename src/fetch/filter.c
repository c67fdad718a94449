/* SPDX-License-Identifier: MIT */
/*
 * Rows against a filter. A row's text is one line of its segment's text
 * index, the cells that people see with tabs between; most rows are refused
 * there, without a look at the document.
 */
#include "fetch/filter.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct filter *filter_compile(const struct compiled *compiled,
	const char *text, struct error *err)
{
	struct term *root = filter_parse(compiled, text, err);
	struct filter *f;

	if (!root)
		return NULL;
	f = xcalloc(1, sizeof(*f));
	f->refs = 1;
	f->compiled = compiled;
	f->source = xstrdup(text);
	f->root = root;
	return f;
}

struct filter *filter_ref(struct filter *f)
{
	__atomic_add_fetch(&f->refs, 1, __ATOMIC_RELAXED);
	return f;
}

void filter_unref(struct filter *f)
{
	if (!f || __atomic_sub_fetch(&f->refs, 1, __ATOMIC_ACQ_REL))
		return;
	term_free(f->root);
	free(f->source);
	free(f);
}

const char *filter_source(const struct filter *f)
{
	return f->source;
}

/* One question: a term, a row, and the buffer for what must be made. */
struct probe {
	const struct filter *filter;
	struct row row;
	const struct row *joined;
	struct str *scratch;
};

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

static bool find_term(const struct term *term, const char *text, size_t len)
{
	size_t start, end;

	if (term->type == TERM_WORD)
		return text_find(text, len, term->text, term->len) != NULL;
	return find_regex(term, text, len, 0, &start, &end);
}

static bool find_in_line(const struct term *term, const char *line,
	size_t len)
{
	const char *end = line + len;

	if (!term->anchored)
		return find_term(term, line, len);
	for (;;) {
		const char *tab = memchr(line, '\t', (size_t)(end - line));
		const char *stop = tab ? tab : end;

		if (find_term(term, line, (size_t)(stop - line)))
			return true;
		if (!tab)
			return false;
		line = tab + 1;
	}
}

static const struct row *joined_row(const struct probe *p, int join)
{
	const struct row *row;

	if (join < 0 || !p->joined)
		return NULL;
	row = &p->joined[join];
	return row->segment ? row : NULL;
}

/* As programs have it ("2026-11-22T…"), or as people see it ("41d"). */
static bool find_in_cell(const struct probe *p, const struct term *term,
	const struct compiled_column *column)
{
	const struct row *joined = joined_row(p, column->join);
	struct cell_options options = { .now = p->row.segment->fetched };

	if (joined)
		options.joined = *joined;
	str_reset(p->scratch);
	row_plain(p->row, column, options.joined, p->scratch);
	if (find_term(term, p->scratch->p, p->scratch->len))
		return true;
	str_reset(p->scratch);
	row_cell(p->row, column, &options, p->scratch);
	return find_term(term, p->scratch->p, p->scratch->len);
}

/* The row's own line; without an index it is made as the index would. */
static const char *row_line(const struct probe *p, size_t *len)
{
	const struct segment *s = p->row.segment;
	const struct compiled *c = s->compiled;
	struct cell_options options = { .now = s->fetched };

	if (s->text) {
		const uint32_t *at = &s->text_at[p->row.index];

		*len = at[1] - at[0] - 1;
		return s->text + at[0];
	}
	str_reset(p->scratch);
	for (size_t i = 0; i < c->column_count; i++) {
		const struct column *column = c->columns[i].column;

		if (!column->w132 || format_is_volatile(column->format) ||
		    (c->columns[i].join >= 0 && !column->derive))
			continue;
		row_cell(p->row, &c->columns[i], &options, p->scratch);
		str_addc(p->scratch, '\t');
	}
	*len = p->scratch->len;
	return p->scratch->p;
}

static bool find_anywhere(const struct probe *p, const struct term *term)
{
	const struct compiled *c = p->filter->compiled;
	size_t len;
	const char *line = row_line(p, &len);

	if (find_in_line(term, line, len))
		return true;
	for (size_t i = 0; p->joined && i < c->column_count; i++)
		if (joined_row(p, c->columns[i].join) &&
		    find_in_cell(p, term, &c->columns[i]))
			return true;
	return false;
}

/* What people see of the column is in the row's line, and programs have the
 * same. A state's joined part is not. */
static bool is_in_line(const struct compiled_column *c)
{
	const struct column *column = c->column;

	if (!column->w132)
		return false;
	if (column->format == FORMAT_STATE)
		return c->join < 0 || column->derive;
	return c->join < 0 && !column->derive &&
		(column->format == FORMAT_TEXT ||
		column->format == FORMAT_NATURAL);
}

static bool find_in_column(const struct probe *p, const struct term *term)
{
	const struct compiled_column *column =
		&p->filter->compiled->columns[term->column];
	size_t len;

	if (p->row.segment->text && is_in_line(column) &&
	    !joined_row(p, column->join)) {
		const char *line = row_line(p, &len);

		if (!find_in_line(term, line, len))
			return false;
	}
	return find_in_cell(p, term, column);
}

static bool evaluate(const struct probe *p, const struct term *term)
{
	switch (term->type) {
	case TERM_ALL:
		for (term = term->first; term; term = term->next)
			if (!evaluate(p, term))
				return false;
		return true;
	case TERM_NOT:
		return !evaluate(p, term->first);
	case TERM_WORD:
	case TERM_REGEX:
		break;
	}
	return term->column < 0 ? find_anywhere(p, term) :
		find_in_column(p, term);
}

bool filter_evaluate(const struct filter *f, struct row row,
	const struct row *joined, struct str *scratch)
{
	struct probe probe = { f, row, joined, scratch };

	return !f || evaluate(&probe, f->root);
}

bool filter_match(const struct filter *f, struct row row,
	const struct row *joined)
{
	struct str scratch = STR_INIT;
	bool matches = filter_evaluate(f, row, joined, &scratch);

	str_clear(&scratch);
	return matches;
}

const struct term *filter_driver(const struct filter *f)
{
	const struct term *best = NULL;
	const struct term *t = f ? f->root->first : NULL;

	for (; t; t = t->next) {
		if (t->type != TERM_WORD || (t->column >= 0 &&
		    !is_in_line(&f->compiled->columns[t->column])))
			continue;
		if (!best || t->len > best->len)
			best = t;
	}
	return best;
}

static uint64_t term_joins(const struct filter *f, const struct term *term,
	uint64_t all)
{
	uint64_t joins = 0;

	if (term->type == TERM_WORD || term->type == TERM_REGEX) {
		const struct compiled_column *c;

		if (term->column < 0)
			return all;
		c = &f->compiled->columns[term->column];
		if (c->join < 0)
			return 0;
		return (uint64_t)1 << c->join &
			(c->column->derive ? all : UINT64_MAX);
	}
	for (term = term->first; term; term = term->next)
		joins |= term_joins(f, term, all);
	return joins;
}

uint64_t filter_joins(const struct filter *f, uint64_t all)
{
	return f ? term_joins(f, f->root, all) : 0;
}

/* Whatever `narrow` matches, `wide` matches. */
static bool implies(const struct term *narrow, const struct term *wide)
{
	if (narrow->type != wide->type)
		return false;
	if (narrow->type == TERM_NOT)
		return implies(wide->first, narrow->first);
	if (narrow->column != wide->column)
		return false;
	if (narrow->type == TERM_WORD)
		return text_find(narrow->text, narrow->len, wide->text,
			wide->len) != NULL;
	return narrow->type == TERM_REGEX && str_eq(narrow->text, wide->text);
}

bool filter_narrows(const struct filter *narrow, const struct filter *wide)
{
	if (!wide || narrow == wide)
		return true;
	for (struct term *w = wide->root->first; w; w = w->next) {
		struct term *n = narrow ? narrow->root->first : NULL;

		while (n && !implies(n, w))
			n = n->next;
		if (!n)
			return false;
	}
	return true;
}

bool filter_highlight(const struct filter *f, const char *cell, size_t len,
	size_t from, size_t *start, size_t *end)
{
	bool found = false;

	for (struct term *t = f ? f->root->first : NULL; t; t = t->next) {
		size_t at, stop;

		if (t->column >= 0 || from > len)
			continue;
		if (t->type == TERM_WORD) {
			const char *p = text_find(cell + from, len - from,
				t->text, t->len);

			if (!p)
				continue;
			at = (size_t)(p - cell);
			stop = at + t->len;
		} else if (t->type != TERM_REGEX ||
		    !find_regex(t, cell, len, from, &at, &stop) ||
		    at == stop) {
			continue;
		}
		if (!found || at < *start || (at == *start && stop > *end)) {
			*start = at;
			*end = stop;
			found = true;
		}
	}
	return found;
}
