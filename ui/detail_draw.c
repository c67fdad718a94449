/* SPDX-License-Identifier: MIT */
#include "ui/detail.h"

#include "base/text.h"
#include "ui/term.h"

#include <string.h>

/* One line being drawn. */
struct stroke {
	const struct detail *d;
	const struct area *area;
	const struct detail_line *line;
	int y;
	bool selected;
};

/* Does the value name something that can be opened? */
static bool is_link(const struct detail *d, const char *text, size_t len)
{
	char id[256];

	if (!text || !len || len >= sizeof(id))
		return false;
	memcpy(id, text, len);
	id[len] = '\0';
	return catalogue_of_id(d->pane.app->runtime->catalogue, id) != NULL;
}

static void mark_matches(const struct stroke *s, int x, const char *p,
	size_t len)
{
	const struct str *needle = &s->d->needle;
	const char *at = p, *end = p + len;

	while (needle->len && (at = text_find(at, (size_t)(end - at),
	    needle->p, needle->len))) {
		int from = x + draw_width(s->area, p, (size_t)(at - p));
		int width = draw_width(s->area, at, needle->len);

		if (from + width > s->area->columns)
			return;
		draw_mark(s->area, s->y, from, width, LOOK_MATCH,
			s->selected);
		at += needle->len;
	}
}

static void put(const struct stroke *s, int x, int width, enum look look,
	const char *text, size_t len)
{
	if (x >= s->area->columns || width <= 0)
		return;
	draw_cell(s->area, s->y, x, width, false, look, s->selected, text,
		len);
	mark_matches(s, x, text, len);
}

/* How much of a value is scrolled away: no more than brings its end in. */
static size_t scrolled(const struct stroke *s, const char *p, int room)
{
	int over = draw_width(s->area, p, s->line->len) - room;
	size_t left = s->d->left, used;

	if (!left || over <= 0)
		return 0;
	if (left > (size_t)over)
		left = (size_t)over;
	return text_fit(p, s->line->len, left, s->area->screen->ambiguous,
		&used);
}

/* The part of a value that stands on this line. */
static void put_value(const struct stroke *s, enum look look)
{
	struct detail_slice value = { NULL, 0 };
	int x = detail_value_x(s->d, s->line);
	size_t skip;

	if (!detail_line_value(s->d, s->line, &value))
		return;
	if (is_link(s->d, value.p, value.len))
		look = LOOK_LINK;
	skip = scrolled(s, value.p + s->line->from, s->area->columns - x);
	put(s, x, s->area->columns - x, look, value.p + s->line->from + skip,
		s->line->len - skip);
}

static void draw_field(const struct stroke *s)
{
	const struct detail_field *f = &s->d->fields[s->line->index];

	if (!s->line->more)
		put(s, DETAIL_GUTTER, DETAIL_TITLE_WIDTH, LOOK_DIM, f->title,
			strlen(f->title));
	put_value(s, (enum look)f->role);
}

static void draw_drill(const struct stroke *s)
{
	const struct drill *drill = s->d->drills[s->line->index];

	put(s, DETAIL_GUTTER, s->area->columns - DETAIL_GUTTER, LOOK_LINK,
		drill->title, strlen(drill->title));
}

static const char *fold_sign(const struct detail *d, size_t node)
{
	if (d->nodes.items[node].text || !d->nodes.items[node].subtree)
		return " ";
	return d->folded[node] ? "▸" : "▾";
}

/* What is folded away, or is not there. */
static void draw_rest(const struct stroke *s, int x)
{
	const struct out_line *n = &s->d->nodes.items[s->line->index];
	struct str text = STR_INIT;

	if (n->subtree && s->d->folded[s->line->index])
		str_addf(&text, n->is_array ? "[%zu]" : "{%zu}",
			n->children);
	else if (!n->subtree && (!n->text || !n->text_len))
		str_addc(&text, '-');
	if (text.len)
		put(s, x, s->area->columns - x, LOOK_DIM, text.p, text.len);
	str_clear(&text);
}

static void draw_node(const struct stroke *s)
{
	const struct out_line *n = &s->d->nodes.items[s->line->index];
	const char *sign = fold_sign(s->d, s->line->index);
	int value = detail_value_x(s->d, s->line);
	int label = n->label_len ? draw_width(s->area, n->label,
		n->label_len) : 0;
	int x = value - (label ? label + 2 : 2);

	put_value(s, LOOK_TEXT);
	if (s->line->more)
		return;
	put(s, x - 2, 1, LOOK_KEY, sign, strlen(sign));
	if (label) {
		put(s, x, label, LOOK_DIM, n->label, n->label_len);
		put(s, x + label, 1, LOOK_DIM, ":", 1);
	} else {
		put(s, x, 1, LOOK_DIM, "-", 1);
	}
	draw_rest(s, value);
}

static void draw_title(const struct stroke *s)
{
	static const char *const titles[] = { "Related", "Document" };
	const char *title = titles[s->line->index];

	put(s, DETAIL_GUTTER, s->area->columns - DETAIL_GUTTER, LOOK_HEADER,
		title, strlen(title));
}

static void draw_line(const struct stroke *s)
{
	if (s->selected) {
		draw_fill(s->area, s->y, 0, s->area->columns, LOOK_TEXT,
			true);
		draw_cell(s->area, s->y, 0, 1, false, LOOK_KEY, false, "▌",
			strlen("▌"));
	}
	switch (s->line->kind) {
	case DETAIL_BLANK:
		break;
	case DETAIL_TITLE:
		draw_title(s);
		break;
	case DETAIL_FIELD:
		draw_field(s);
		break;
	case DETAIL_DRILL:
		draw_drill(s);
		break;
	case DETAIL_NODE:
		draw_node(s);
		break;
	case DETAIL_TEXT:
		put_value(s, LOOK_TEXT);
		break;
	}
}

void detail_draw(struct pane *pane, const struct area *area)
{
	struct detail *d = (struct detail *)pane;

	d->list.page = (size_t)area->rows;
	if (d->columns != area->columns) {
		d->columns = area->columns;
		detail_lines(d);
	}
	list_settle(&d->list);
	draw_clear(area);
	for (int y = 0; y < area->rows; y++) {
		size_t i = d->list.top + (size_t)y;
		struct stroke stroke = { .d = d, .area = area, .y = y,
			.selected = i == d->list.cursor };

		if (i >= d->lines.count)
			break;
		stroke.line = &d->lines.items[i];
		draw_line(&stroke);
	}
}
