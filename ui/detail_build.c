/* SPDX-License-Identifier: MIT */
#include "ui/detail.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "ui/pane_table.h"
#include "ui/term.h"

#include <stdlib.h>
#include <string.h>

#define VALUE_LEAST 12       /* columns that a value is begun in */
#define OPEN_DEPTH 2         /* levels that are open at first */

static void read_fields(struct detail *d, const struct table *table)
{
	const struct compiled *c = d->row.segment->compiled;
	struct cell_options options = { .now = d->row.segment->fetched,
		.signs = d->pane.app->screen->signs };

	for (size_t i = 0; i < c->column_count &&
	     d->field_count < DETAIL_FIELDS; i++) {
		struct detail_field *f = &d->fields[d->field_count];
		const struct compiled_column *column = &c->columns[i];

		/* A stand-in where there is no room, as the zone's letter. */
		if (column->column->w80 && !column->column->w132)
			continue;
		str_init(&f->value, 0);
		f->title = column->column->title;
		f->role = table ? table_cell(table, d->row, column,
			options.signs, &f->value) :
			row_cell(d->row, column, &options, &f->value);
		if (f->value.len)
			d->field_count++;
		else
			str_clear(&f->value);
	}
}

/* Those for which the row has a value. */
static void add_drills(struct detail *d, const struct drill *drill)
{
	for (; drill && drill->title; drill++)
		if (drill->resource && d->drill_count < DETAIL_DRILLS &&
		    table_drill_leads(d->pane.app, d->row, drill))
			d->drills[d->drill_count++] = drill;
}

static void read_drills(struct detail *d)
{
	const struct segment *s = d->row.segment;
	const struct resource *r = s->compiled->resource;
	size_t kind = s->kinds ? s->kinds[d->row.index] : 0;

	add_drills(d, r->rows[kind].drills);
	add_drills(d, r->drills);
}

void detail_read(struct detail *d, const struct table *table)
{
	const struct segment *s = d->row.segment;

	if (d->sections) {
		read_fields(d, table);
		read_drills(d);
	}
	out_lines_build(&d->nodes, s->doc, s->nodes[d->row.index],
		s->compiled->resource->lists);
	d->folded = xcalloc(d->nodes.count + 1, sizeof(*d->folded));
	for (size_t i = 0; i < d->nodes.count; i++)
		d->folded[i] = d->nodes.items[i].depth > OPEN_DEPTH &&
			d->nodes.items[i].subtree > 8;
}

/* How much of the value stands on one line: to a line's end, or to a
 * blank near the edge. */
static size_t piece(const struct detail *d, const char *p, size_t len, int x)
{
	int ambiguous = d->pane.app->screen->ambiguous;
	const char *end = memchr(p, '\n', len);
	size_t n = end ? (size_t)(end - p) : len, used, fit;

	if (d->columns - x < 2)
		return n;
	fit = text_fit(p, n, (size_t)(d->columns - x), ambiguous, &used);
	if (fit >= n)
		return n;
	for (size_t i = fit; i > fit / 2; i--)
		if (p[i - 1] == ' ')
			return i;
	return fit ? fit : 1;
}

static void add_line(struct detail *d, enum detail_kind kind, size_t index)
{
	struct detail_line l = { .kind = kind, .index = index };
	struct detail_slice value = { NULL, 0 };
	int room = d->columns - detail_value_x(d, &l);

	detail_line_value(d, &l, &value);
	l.len = value.len;
	if (!d->wrap || !d->columns || !value.len) {
		*VEC_PUSH(&d->lines) = l;
		return;
	}
	if (room < VALUE_LEAST && value.len > (size_t)(room > 0 ? room : 0)) {
		l.len = 0;       /* it begins below its key */
		*VEC_PUSH(&d->lines) = l;
		l.more = true;
	}
	while (l.from < value.len) {
		l.len = piece(d, value.p + l.from, value.len - l.from,
			detail_value_x(d, &l));
		*VEC_PUSH(&d->lines) = l;
		l.more = true;
		l.from += l.len + (value.p[l.from + l.len] == '\n' &&
			l.from + l.len < value.len);
	}
}

static void add_section(struct detail *d, size_t title)
{
	if (d->lines.count)
		add_line(d, DETAIL_BLANK, 0);
	add_line(d, DETAIL_TITLE, title);
}

static void tree_lines(struct detail *d)
{
	if (d->sections) {
		for (size_t i = 0; i < d->field_count; i++)
			add_line(d, DETAIL_FIELD, i);
		if (d->drill_count)
			add_section(d, 0);
		for (size_t i = 0; i < d->drill_count; i++)
			add_line(d, DETAIL_DRILL, i);
		add_section(d, 1);
	}
	/* The first node is the row itself: its name says nothing. */
	for (size_t i = d->nodes.count > 1 ? 1 : 0; i < d->nodes.count; i++) {
		add_line(d, DETAIL_NODE, i);
		if (d->folded[i])
			i += d->nodes.items[i].subtree;
	}
}

static void text_lines(struct detail *d)
{
	static const enum out_format formats[] = {
		[DETAIL_YAML] = OUT_YAML, [DETAIL_JSON] = OUT_JSON,
		[DETAIL_XML] = OUT_XML };
	const struct segment *s = d->row.segment;

	str_reset(&d->text);
	out_doc(&d->text, formats[d->mode], s->doc,
		s->nodes[d->row.index], s->compiled->resource->lists);
	d->texts.count = 0;
	for (const char *p = d->text.p; *p; ) {
		size_t len = strcspn(p, "\n");

		*VEC_PUSH(&d->texts) = (struct detail_slice){ p, len };
		add_line(d, DETAIL_TEXT, d->texts.count - 1);
		p += len + (p[len] == '\n');
	}
}

/* The cursor stays on what it was on, or on what that is folded into. */
static void find_again(struct detail *d, const struct detail_line *was)
{
	size_t at = 0;

	for (size_t i = 0; i < d->lines.count; i++) {
		const struct detail_line *l = &d->lines.items[i];

		if (l->kind == was->kind && l->index <= was->index &&
		    (l->index < was->index || l->from <= was->from))
			at = i;
	}
	list_move(&d->list, at);
}

void detail_lines(struct detail *d)
{
	bool again = d->lines.count > 0;
	struct detail_line was = again ? d->lines.items[d->list.cursor] :
		(struct detail_line){ .kind = DETAIL_BLANK };

	d->lines.count = 0;
	if (d->mode == DETAIL_TREE)
		tree_lines(d);
	else
		text_lines(d);
	d->list.count = d->lines.count;
	if (again)
		find_again(d, &was);
	list_settle(&d->list);
	d->pane.dirty = true;
}

bool detail_line_value(const struct detail *d, const struct detail_line *l,
	struct detail_slice *out)
{
	const struct out_line *n;

	switch (l->kind) {
	case DETAIL_FIELD:
		out->p = d->fields[l->index].value.p;
		out->len = d->fields[l->index].value.len;
		return true;
	case DETAIL_TEXT:
		*out = d->texts.items[l->index];
		return true;
	case DETAIL_NODE:
		n = &d->nodes.items[l->index];
		out->p = n->text;
		out->len = n->text ? n->text_len : 0;
		return n->text != NULL;
	default:
		return false;
	}
}

/* Two columns a level, but values keep at least half of the screen. */
int detail_value_x(const struct detail *d, const struct detail_line *l)
{
	const struct out_line *n;
	int x, label;

	if (l->kind == DETAIL_FIELD || l->kind == DETAIL_DRILL)
		return DETAIL_GUTTER + DETAIL_TITLE_WIDTH + 1;
	if (l->kind != DETAIL_NODE)
		return DETAIL_GUTTER;
	n = &d->nodes.items[l->index];
	label = n->label_len ? (int)text_width(n->label, n->label_len,
		d->pane.app->screen->ambiguous) + 2 : 2;
	x = DETAIL_GUTTER + 2 * (int)(n->depth ? n->depth - 1 : 0);
	if (d->columns && x > d->columns / 3)
		x = d->columns / 3;
	return l->more ? x + 4 : x + 2 + label;
}

void detail_line_text(const struct detail *d, const struct detail_line *l,
	struct str *out)
{
	struct detail_slice value = { NULL, 0 };
	const struct out_line *n;

	if (l->kind == DETAIL_FIELD) {
		str_addf(out, "%s ", d->fields[l->index].title);
	} else if (l->kind == DETAIL_DRILL) {
		str_add(out, d->drills[l->index]->title);
	} else if (l->kind == DETAIL_NODE) {
		n = &d->nodes.items[l->index];
		str_addn(out, n->label, n->label_len);
		str_add(out, n->label_len ? ": " : "");
	}
	if (detail_line_value(d, l, &value))
		str_addn(out, value.p, value.len);
}

/* How many elements of the same array stand before it. */
static size_t place_in_array(const struct detail *d, size_t node)
{
	const struct out_line *items = d->nodes.items;
	size_t place = 0;

	for (size_t i = node; i-- > 0 &&
	     items[i].depth >= items[node].depth; )
		place += items[i].depth == items[node].depth;
	return place;
}

void detail_path(const struct detail *d, size_t node, struct str *out)
{
	const struct out_line *items = d->nodes.items;
	size_t chain[160], n = 0;
	unsigned depth = items[node].depth + 1;

	for (size_t i = node + 1; i-- > 1 && n < 160; )
		if (items[i].depth < depth) {
			chain[n++] = i;
			depth = items[i].depth;
		}
	while (n--) {
		const struct out_line *l = &items[chain[n]];

		if (out->len)
			str_addc(out, '/');
		if (l->in_array)
			str_addf(out, "[%zu]",
				place_in_array(d, chain[n]));
		else
			str_addn(out, l->label, l->label_len);
	}
}
