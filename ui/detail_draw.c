/* SPDX-License-Identifier: MIT */
#include "ui/detail.h"

#include "base/text.h"

#include <string.h>

#define TITLE_WIDTH 18

/* Does the value name something that can be opened? */
static bool is_link(const struct detail *d, const char *text)
{
	return text && *text && catalogue_of_id(
		d->pane.app->runtime->catalogue, text) != NULL;
}

static void draw_field(const struct detail *d, const struct area *a, int y,
	const struct detail_field *f, bool selected)
{
	int width = a->columns - TITLE_WIDTH - 2;

	draw_cell(a, y, 1, TITLE_WIDTH, false, LOOK_DIM, selected, f->title,
		strlen(f->title));
	draw_cell(a, y, TITLE_WIDTH + 2, width, false,
		is_link(d, f->value.p) ? LOOK_LINK : (enum look)f->role,
		selected, f->value.p, f->value.len);
}

static void draw_drill(const struct detail *d, const struct area *a, int y,
	const struct drill *drill, bool selected)
{
	(void)d;
	draw_cell(a, y, 1, TITLE_WIDTH, false, LOOK_LINK, selected,
		drill->title, strlen(drill->title));
	draw_cell(a, y, TITLE_WIDTH + 2, a->columns - TITLE_WIDTH - 2, false,
		LOOK_DIM, selected, drill->resource,
		strlen(drill->resource));
}

static const char *fold_sign(const struct detail *d, const struct area *a,
	size_t node)
{
	bool unicode = draw_is_unicode(a);

	if (d->nodes.items[node].text || !d->nodes.items[node].subtree)
		return " ";
	if (d->folded[node])
		return unicode ? "▸" : "+";
	return unicode ? "▾" : "-";
}

static void draw_value(const struct detail *d, const struct area *a, int y,
	int x, const struct out_line *n, bool folded, bool selected)
{
	struct str more = STR_INIT;

	if (n->text) {
		draw_cell(a, y, x, a->columns - x, false,
			is_link(d, n->text) ? LOOK_LINK : LOOK_TEXT,
			selected, n->text, n->text_len);
	} else if (folded || !n->subtree) {
		str_addf(&more, n->is_array ? "[%zu]" : "{%zu}",
			n->children);
		draw_cell(a, y, x, a->columns - x, false, LOOK_DIM, selected,
			more.p, more.len);
	}
	str_clear(&more);
}

static void draw_node(const struct detail *d, const struct area *a, int y,
	size_t node, bool selected)
{
	const struct out_line *n = &d->nodes.items[node];
	const char *sign = fold_sign(d, a, node);
	int x = 1 + 2 * (int)(n->depth ? n->depth - 1 : 0);
	int width = draw_width(a, n->label, n->label_len);

	if (x > a->columns / 2)
		x = a->columns / 2;
	draw_cell(a, y, x, 1, false, LOOK_KEY, selected, sign, strlen(sign));
	x += 2;
	if (n->label_len) {
		draw_cell(a, y, x, width, false, LOOK_DIM, selected,
			n->label, n->label_len);
		x += width + 2;
	} else {
		draw_cell(a, y, x, 1, false, LOOK_DIM, selected, "-", 1);
		x += 2;
	}
	if (x < a->columns)
		draw_value(d, a, y, x, n, d->folded[node], selected);
}

static void draw_title(const struct area *a, int y, size_t index)
{
	static const char *const titles[] = { "Related", "Document" };

	draw_fill(a, y, 0, a->columns, LOOK_HEADER, false);
	draw_text(a, y, 1, LOOK_HEADER, titles[index]);
}

static void draw_line(const struct detail *d, const struct area *a, int y,
	const struct detail_line *l, bool selected)
{
	const struct detail_slice *s;

	if (selected)
		draw_fill(a, y, 0, a->columns, LOOK_TEXT, true);
	switch (l->kind) {
	case DETAIL_BLANK:
		break;
	case DETAIL_TITLE:
		draw_title(a, y, l->index);
		break;
	case DETAIL_FIELD:
		draw_field(d, a, y, &d->fields[l->index], selected);
		break;
	case DETAIL_DRILL:
		draw_drill(d, a, y, d->drills[l->index], selected);
		break;
	case DETAIL_NODE:
		draw_node(d, a, y, l->index, selected);
		break;
	case DETAIL_TEXT:
		s = &d->texts.items[l->index];
		draw_cell(a, y, 1, a->columns - 1, false, LOOK_TEXT,
			selected, s->p, s->len);
		break;
	}
}

/* A match is shown on the whole line: where in it depends on the look. */
static void mark_match(const struct detail *d, const struct area *a, int y,
	const struct detail_line *l)
{
	struct str text = STR_INIT;

	if (!d->needle.len)
		return;
	detail_line_text(d, l, &text);
	if (text_find(text.p, text.len, d->needle.p, d->needle.len))
		draw_cell(a, y, 0, 1, false, LOOK_MATCH, false,
			draw_is_unicode(a) ? "›" : ">",
			draw_is_unicode(a) ? strlen("›") : 1);
	str_clear(&text);
}

void detail_draw(struct pane *pane, const struct area *area)
{
	struct detail *d = (struct detail *)pane;

	d->list.page = (size_t)area->rows;
	list_settle(&d->list);
	draw_clear(area);
	for (int y = 0; y < area->rows; y++) {
		size_t i = d->list.top + (size_t)y;

		if (i >= d->lines.count)
			break;
		draw_line(d, area, y, &d->lines.items[i],
			i == d->list.cursor);
		mark_match(d, area, y, &d->lines.items[i]);
	}
}
