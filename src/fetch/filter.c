/* SPDX-License-Identifier: MIT */
/*
 * Rows against a filter. A row's text is one line of its segment's text
 * index, the cells that people see with tabs between; most rows are refused
 * there, without a look at the document.
 */
#include "fetch/filter.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Each line is a filter of its own; rows have to match them all. */
static struct term *parse_lines(const struct compiled *compiled,
	const char *text, struct error *err)
{
	struct term *root = NULL, **last = NULL;

	do {
		size_t len = strcspn(text, "\n");
		char *line = xstrndup(text, len);
		struct term *next = filter_parse(compiled, line, err);

		free(line);
		if (!next) {
			term_free(root);
			return NULL;
		}
		if (!root) {
			root = next;
			last = &root->first;
		} else {
			*last = next->first;
			next->first = NULL;
			term_free(next);
		}
		while (*last)
			last = &(*last)->next;
		text += len;
	} while (*text++);
	return root;
}

struct filter *filter_compile(const struct compiled *compiled,
	const char *text, struct error *err)
{
	struct term *root = parse_lines(compiled, text, err);
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

void filter_join(const char *a, const char *b, struct str *out)
{
	static const char simple[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.,:=<> ";
	bool one_line = !a[strspn(a, simple)] && !strchr(b, '|');

	str_add(out, a);
	if (*a && *b)
		str_addc(out, one_line ? ' ' : '\n');
	str_add(out, b);
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

/* One question: a row, and the buffer for what must be made of it: first its
 * line, if that was made, then the cell that is looked at. */
struct probe {
	const struct compiled *compiled;
	struct row row;
	const struct row *joined;
	struct str *scratch;
	size_t line_len;
	bool has_line;
	const struct term *term;
	bool found;
};

static bool test(const struct probe *p, const struct term *term,
	const char *text, size_t len)
{
	size_t start, end;

	if (term->type == TERM_COMPARE)
		return operand_holds(&term->operand, text, len,
			p->row.segment->fetched);
	if (term->type == TERM_WORD)
		return text_find(text, len, term->text, term->len) != NULL;
	return term_find(term, text, len, 0, &start, &end);
}

static bool test_line(const struct probe *p, const struct term *term,
	const char *line, size_t len)
{
	const char *end = line + len;

	if (!term->each)
		return test(p, term, line, len);
	for (;;) {
		const char *tab = memchr(line, '\t', (size_t)(end - line));
		const char *stop = tab ? tab : end;

		if (test(p, term, line, (size_t)(stop - line)))
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

/* Room for a cell, behind the line. */
static struct str *cell_begin(struct probe *p)
{
	if (p->has_line)
		str_truncate(p->scratch, p->line_len);
	else
		str_reset(p->scratch);
	return p->scratch;
}

static bool test_cell(const struct probe *p, const struct term *term)
{
	return test(p, term, p->scratch->p + p->line_len,
		p->scratch->len - p->line_len);
}

/* As programs have it ("2026-11-22T…"), or as people see it ("41d"); one
 * that is compared by its order only as programs have it. */
static bool test_made_cell(struct probe *p, const struct term *term,
	const struct compiled_column *column)
{
	const struct row *joined = joined_row(p, column->join);
	struct cell_options options = { .now = p->row.segment->fetched };

	if (joined)
		options.joined = *joined;
	row_plain(p->row, column, options.joined, cell_begin(p));
	if (test_cell(p, term))
		return true;
	if (term->type == TERM_COMPARE &&
	    (term->operand.type != OPERAND_TEXT ||
	    term->operand.operator != OPERATOR_EQUAL))
		return false;
	row_cell(p->row, column, &options, cell_begin(p));
	return test_cell(p, term);
}

/* The row's own line; without an index it is made as the index would. */
static const char *get_line(struct probe *p, size_t *len)
{
	const struct segment *s = p->row.segment;

	if (s->text) {
		const uint32_t *at = &s->text_at[p->row.index];

		*len = at[1] - at[0] - 1;
		return s->text + at[0];
	}
	if (!p->has_line) {
		str_reset(p->scratch);
		row_line(p->row, p->scratch);
		p->line_len = p->scratch->len;
		p->has_line = true;
	}
	*len = p->line_len;
	return p->scratch->p;
}

static bool test_row(struct probe *p, const struct term *term)
{
	const struct compiled *c = p->compiled;
	size_t len;
	const char *line = get_line(p, &len);

	if (test_line(p, term, line, len))
		return true;
	for (size_t i = 0; p->joined && i < c->column_count; i++)
		if (joined_row(p, c->columns[i].join) &&
		    test_made_cell(p, term, &c->columns[i]))
			return true;
	return false;
}

static bool test_cell_of_line(struct probe *p, const struct term *term)
{
	size_t len;
	const char *line = get_line(p, &len), *end = line + len, *tab;

	for (int i = 0; i < term->subject.cell; i++) {
		tab = memchr(line, '\t', (size_t)(end - line));
		if (!tab)
			return false;
		line = tab + 1;
	}
	tab = memchr(line, '\t', (size_t)(end - line));
	return test(p, term, line, (size_t)((tab ? tab : end) - line));
}

static bool test_column(struct probe *p, const struct term *term)
{
	const struct compiled_column *column =
		&p->compiled->columns[term->subject.column];
	const struct row *joined = joined_row(p, column->join);
	struct row none = { 0 };
	const char *text;
	size_t len;

	if (term->subject.cell >= 0 && p->row.segment->text && !joined)
		return test_cell_of_line(p, term);
	if (term->type != TERM_COMPARE || term->operand.type == OPERAND_TEXT ||
	    column->column->derive)
		return test_made_cell(p, term, column);
	text = row_sort_text(p->row, column, joined ? *joined : none,
		cell_begin(p), &len);
	return test(p, term, text, len);
}

static bool test_of_row(struct probe *p, const struct term *term)
{
	char buffer[64];
	const char *text;

	if (term->subject.type == SUBJECT_ID) {
		row_id(p->row, cell_begin(p));
		return test_cell(p, term);
	}
	text = term->subject.type == SUBJECT_REGION ?
		row_region(p->row, buffer) : row_account(p->row, buffer);
	return test(p, term, text, strlen(text));
}

static bool visit_tag(void *data, uint32_t node)
{
	struct probe *p = data;
	const struct doc *d = p->row.segment->doc;
	const char *key, *value;
	size_t len;

	key = path_text(p->compiled->tag_key, d, node, &len);
	if (key && strcasecmp(key, p->term->subject.tag) == 0) {
		value = path_text(p->compiled->tag_value, d, node, &len);
		p->found = test(p, p->term, value ? value : "",
			value ? len : 0);
	}
	return !p->found;
}

/* Any leaf at or below the node; a document is 128 deep at most. */
static bool visit_leaves(void *data, uint32_t node)
{
	struct probe *p = data;
	const struct doc *d = p->row.segment->doc;
	enum doc_kind kind = doc_kind(d, node);
	const char *text;
	size_t len;

	if (kind != DOC_OBJECT && kind != DOC_ARRAY) {
		text = doc_text(d, node, &len);
		p->found = test(p, p->term, text, len);
		return !p->found;
	}
	for (node = doc_child(d, node); node != DOC_NONE && !p->found;
	     node = doc_next(d, node))
		visit_leaves(p, node);
	return !p->found;
}

static bool test_document(struct probe *p, const struct term *term)
{
	const struct segment *s = p->row.segment;
	uint32_t node = s->nodes[p->row.index];

	p->term = term;
	p->found = false;
	if (term->subject.type == SUBJECT_TAG)
		path_each(p->compiled->tag, s->doc, node, visit_tag, p);
	else
		path_each(term->subject.path, s->doc, node, visit_leaves, p);
	return p->found;
}

static bool test_subject(struct probe *p, const struct term *term)
{
	switch (term->subject.type) {
	case SUBJECT_ROW:
		return test_row(p, term);
	case SUBJECT_COLUMN:
		return test_column(p, term);
	case SUBJECT_ID:
	case SUBJECT_REGION:
	case SUBJECT_ACCOUNT:
		return test_of_row(p, term);
	case SUBJECT_TAG:
	case SUBJECT_PATH:
		break;
	}
	return test_document(p, term);
}

static bool evaluate(struct probe *p, const struct term *term)
{
	bool is_any = term->type == TERM_ANY;

	if (term->type == TERM_NOT)
		return !evaluate(p, term->first);
	if (term->type != TERM_ALL && !is_any)
		return test_subject(p, term);
	for (term = term->first; term; term = term->next)
		if (evaluate(p, term) == is_any)
			return is_any;
	return !is_any;
}

bool filter_evaluate(const struct filter *f, struct row row,
	const struct row *joined, struct str *scratch)
{
	struct probe probe = { .row = row, .joined = joined,
		.scratch = scratch };

	if (!f)
		return true;
	probe.compiled = f->compiled;
	return evaluate(&probe, f->root);
}

bool filter_match(const struct filter *f, struct row row,
	const struct row *joined)
{
	struct str scratch = STR_INIT;
	bool matches = filter_evaluate(f, row, joined, &scratch);

	str_clear(&scratch);
	return matches;
}
