/* SPDX-License-Identifier: MIT */
/* Text to read: scrolled, wrapped on request, searched. Help and messages
 * are texts too. */
#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "ui/app.h"
#include "ui/list.h"

#include <stdlib.h>
#include <string.h>

/* A line on screen: what is broken off a longer one hangs below it. */
struct slice {
	const char *p;
	size_t len;
	size_t indent;
};

struct pane_text {
	struct pane pane;            /* first: a pane_text is its pane */
	char *title, *text;
	struct {
		struct slice *items; /* screen lines */
		size_t count, room;
	} lines;
	struct list list;
	size_t left;                 /* columns scrolled away */
	int columns;                 /* that lines were made for */
	bool wrap;
	struct str needle;           /* lower case */
	size_t hit;                  /* line of the last match */
};

static struct pane_text *self(struct pane *pane)
{
	return (struct pane_text *)pane;
}

/* A blank is the better place to break, if one is near the end. */
static size_t fit(const char *p, size_t len, int columns)
{
	size_t used, n = text_fit(p, len, (size_t)columns, 1, &used);

	if (n == len)
		return n;
	for (size_t i = n; i > n / 2; i--)
		if (p[i - 1] == ' ')
			return i;
	return n ? n : 1;
}

/* Where the last column of a line begins: behind its last wide gap. */
static size_t last_column(const char *p, size_t len)
{
	size_t at = 0;

	while (at < len && p[at] == ' ')
		at++;
	for (size_t i = at; i + 2 < len; i++)
		if (p[i] == ' ' && p[i + 1] == ' ' && p[i + 2] != ' ')
			at = i + 2;
	return text_width(p, at, 1);
}

static void add_lines(struct pane_text *t, const char *p, size_t len)
{
	size_t hang = last_column(p, len), indent = 0;

	if (t->columns > 0 && hang > (size_t)t->columns / 2)
		hang = 4;
	do {
		size_t n = t->wrap && t->columns > (int)indent ?
			fit(p, len, t->columns - (int)indent) : len;

		*VEC_PUSH(&t->lines) = (struct slice){ p, n, indent };
		p += n;
		len -= n;
		indent = hang;
	} while (len);
}

static void make_lines(struct pane_text *t, int columns)
{
	const char *p = t->text;

	if (t->columns == columns)
		return;
	t->columns = columns;
	t->lines.count = 0;
	while (*p) {
		size_t len = strcspn(p, "\n");

		add_lines(t, p, len);
		p += len + (p[len] == '\n');
	}
	t->list.count = t->lines.count;
	list_settle(&t->list);
}

static bool line_matches(const struct pane_text *t, size_t i)
{
	return text_find(t->lines.items[i].p, t->lines.items[i].len,
		t->needle.p, t->needle.len) != NULL;
}

static bool search(struct pane_text *t, size_t from, int step)
{
	size_t count = t->lines.count;

	for (size_t k = 0; t->needle.len && k < count; k++) {
		size_t i = step > 0 ? (from + k) % count :
			(from + count - k) % count;

		if (!line_matches(t, i))
			continue;
		t->hit = i;
		list_move(&t->list, i > t->list.page / 3 ?
			i - t->list.page / 3 : 0);
		t->pane.dirty = true;
		return true;
	}
	return false;
}

static void filter(struct pane *pane, const char *text, bool done,
	struct error *err)
{
	struct pane_text *t = self(pane);

	(void)done;
	str_reset(&t->needle);
	text_add_lower(&t->needle, text ? text : "");
	pane->dirty = true;
	if (t->needle.len && !search(t, t->list.top, 1))
		error_set(err, ERR_NOT_FOUND, "not found: %s", text);
}

static const char *filter_text(const struct pane *pane)
{
	return ((const struct pane_text *)pane)->needle.p;
}

static bool back(struct pane *pane)
{
	struct pane_text *t = self(pane);

	if (!t->needle.len)
		return false;
	str_reset(&t->needle);
	pane->dirty = true;
	return true;
}

static bool search_again(struct pane_text *t, int step, struct error *err)
{
	size_t count = t->lines.count;

	if (!t->needle.len)
		return error_set(err, ERR_USAGE, "/ searches");
	if (!count || !search(t, (t->hit + count +
	    (step > 0 ? 1 : count - 1)) % count, step))
		return error_set(err, ERR_NOT_FOUND, "not found: %s",
			t->needle.p);
	return true;
}

static bool scroll(struct pane_text *t, bool right, struct error *err)
{
	if (t->wrap)
		return error_set(err, ERR_USAGE,
			"long lines are broken; w cuts them, then they scroll");
	if (right)
		t->left += 8;
	else
		t->left -= t->left < 8 ? t->left : 8;
	return true;
}

static bool command(struct pane *pane, const struct words *words,
	struct error *err)
{
	struct pane_text *t = self(pane);
	const char *name = words->items[0];

	pane->dirty = true;
	if (list_command(&t->list, name))
		return true;
	if (!strcmp(name, "search-next"))
		return search_again(t, 1, err);
	if (!strcmp(name, "search-previous"))
		return search_again(t, -1, err);
	if (!strcmp(name, "left") || !strcmp(name, "right"))
		return scroll(t, *name == 'r', err);
	if (!strcmp(name, "wrap")) {
		t->wrap = !t->wrap;
		t->left = 0;
		t->columns = -1;
	} else {
		return false;
	}
	return true;
}

/* A line that ends in a colon is a heading; signs say what went wrong. */
static enum look look_of(const struct slice *line)
{
	if (line->len >= 3 && !strncmp(line->p, "✖", 3))
		return LOOK_BAD;
	if (line->len >= 3 && !strncmp(line->p, "▲", 3))
		return LOOK_WARN;
	if (line->len && line->p[0] != ' ' &&
	    line->p[line->len - 1] == ':')
		return LOOK_HEADER;
	return LOOK_TEXT;
}

static void draw_matches(struct pane_text *t, const struct area *area,
	int y, int x, const char *p, size_t len)
{
	const char *at = p, *end = p + len;

	while (t->needle.len && (at = text_find(at, (size_t)(end - at),
	    t->needle.p, t->needle.len))) {
		draw_mark(area, y, x + draw_width(area, p, (size_t)(at - p)),
			draw_width(area, at, t->needle.len), LOOK_MATCH,
			false);
		at += t->needle.len;
	}
}

static void draw(struct pane *pane, const struct area *area)
{
	struct pane_text *t = self(pane);
	struct area inner = area_cut(area, 0, 1, area->rows,
		area->columns - 2);

	make_lines(t, inner.columns);
	t->list.page = (size_t)inner.rows;
	list_settle(&t->list);
	draw_clear(area);
	for (int y = 0; y < inner.rows; y++) {
		size_t i = t->list.top + (size_t)y, skip, used;
		const struct slice *line;
		int x;

		if (i >= t->lines.count)
			break;
		line = &t->lines.items[i];
		skip = text_fit(line->p, line->len, t->left, 1, &used);
		x = (int)line->indent;
		draw_cell(&inner, y, x, inner.columns - x, false,
			look_of(line), false, line->p + skip,
			line->len - skip);
		draw_matches(t, &inner, y, x, line->p + skip,
			line->len - skip);
	}
}

static void crumb(const struct pane *pane, struct str *out)
{
	str_add(out, ((const struct pane_text *)pane)->title);
}

static void facts(const struct pane *pane, struct str *out)
{
	const struct pane_text *t = (const struct pane_text *)pane;
	size_t last = t->list.top + t->list.page;

	if (last > t->lines.count)
		last = t->lines.count;
	str_addf(out, "%zu-%zu of %zu", t->lines.count ? t->list.top + 1 : 0,
		last, t->lines.count);
}

static void close_text(struct pane *pane)
{
	struct pane_text *t = self(pane);

	VEC_FREE(&t->lines);
	str_clear(&t->needle);
	free(t->title);
	free(t->text);
	free(t);
}

static const struct pane_ops ops = {
	.context = "text",
	.close = close_text,
	.draw = draw,
	.command = command,
	.crumb = crumb,
	.facts = facts,
	.filter = filter,
	.filter_text = filter_text,
	.back = back,
};

struct pane *pane_text_new(struct app *app, const char *title, char *text)
{
	struct pane_text *t = xcalloc(1, sizeof(*t));

	t->pane = (struct pane){ .ops = &ops, .app = app, .dirty = true };
	t->title = xstrdup(title);
	t->text = text;
	t->columns = -1;
	t->wrap = true;
	t->list.free = true;
	str_init(&t->needle, 0);
	return &t->pane;
}
