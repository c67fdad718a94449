/* SPDX-License-Identifier: MIT */
#include "ui/draw.h"

#include "base/text.h"
#include "ui/term.h"

#include <curses.h>

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define CELLS_MOST 1024       /* of one line */
#define UNSHOWN 0xfffd

/* A line being made, from characters to curses' cells. */
struct run {
	const struct screen *screen;
	unsigned long attributes;
	cchar_t cells[CELLS_MOST];
	wchar_t last[CCHARW_MAX + 1];    /* of the newest cell */
	size_t last_count;
	int count;               /* cells */
	int columns, room;
	bool cut;                /* there was more than fits */
};

/* What our own texts are drawn with where there is only ASCII. */
static const struct {
	uint32_t from;
	char to;
} plain[] = {
	{ 0x2026, '~' }, { 0x203a, '>' }, { 0x00b7, '.' }, { 0x2013, '-' },
	{ 0x2014, '-' }, { 0x2190, '<' }, { 0x2191, '^' }, { 0x2192, '>' },
	{ 0x2193, 'v' }, { 0x23ce, '<' }, { 0x2500, '-' }, { 0x2502, '|' },
	{ 0x250c, '+' }, { 0x2510, '+' }, { 0x2514, '+' }, { 0x2518, '+' },
	{ 0x251c, '+' }, { 0x2524, '+' }, { 0x258c, '>' }, { 0x25b2, '^' },
	{ 0x25b4, '^' }, { 0x25b8, '>' }, { 0x25bc, 'v' }, { 0x25be, 'v' }, { 0x25cb, 'o' },
	{ 0x25cf, '*' }, { 0x25d0, '~' }, { 0x2716, 'x' }, { 0x2018, '\'' },
	{ 0x2019, '\'' }, { 0x201c, '"' }, { 0x201d, '"' }, { 0x00d7, 'x' },
	{ 0x2588, '#' }, { 0x2591, '.' }, { 0x2593, '#' }, { 0x00a0, ' ' },
};

static uint32_t to_plain(uint32_t cp)
{
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (plain[i].from == cp)
			return (unsigned char)plain[i].to;
	return 0;
}

/*
 * What can be drawn for cp, in *width columns. curses keeps its place by
 * wcwidth(): where that has another opinion of a character than we have,
 * or where the terminal may, a sign stands for it. 0: nothing.
 */
static uint32_t drawable(const struct screen *s, uint32_t cp, int *width)
{
	uint32_t ascii;

	*width = 1;
	if (cp < 0x7f)
		return cp;
	ascii = s->unicode ? 0 : to_plain(cp);
	if (ascii)
		return ascii;
	*width = text_cp_width(cp, 1);
	if (s->utf8 && wcwidth((wchar_t)cp) == *width &&
	    text_cp_width(cp, s->ambiguous) == *width)
		return cp;
	if (*width == 0)
		return 0;
	return s->unicode ? UNSHOWN : '?';
}

static void set_cell(struct run *r, int at)
{
	r->last[r->last_count] = L'\0';
	setcchar(&r->cells[at], r->last, (attr_t)(r->attributes &
		~(unsigned long)A_COLOR), (short)PAIR_NUMBER(r->attributes),
		NULL);
}

/* False: no room. */
static bool add(struct run *r, uint32_t cp)
{
	int width;

	cp = drawable(r->screen, cp, &width);
	if (width == 0) {
		if (cp && r->count && r->last_count < CCHARW_MAX) {
			r->last[r->last_count++] = (wchar_t)cp;
			set_cell(r, r->count - 1);
		}
		return true;
	}
	if (width == 2 && (cp == UNSHOWN || cp == '?'))
		return add(r, cp) && add(r, ' ');  /* as wide as the hidden */
	if (r->columns + width > r->room || r->count == CELLS_MOST)
		return false;
	r->last[0] = (wchar_t)cp;
	r->last_count = 1;
	set_cell(r, r->count++);
	r->columns += width;
	return true;
}

static void run_init(struct run *r, const struct area *a, int room,
	enum look look, bool selected)
{
	r->screen = a->screen;
	r->attributes = theme_attributes(a->screen->theme, look, selected);
	r->last_count = 0;
	r->count = r->columns = 0;
	r->room = room < CELLS_MOST ? room : CELLS_MOST;
	r->cut = false;
}

/* As much of text as fits, sanitised. */
static void add_text(struct run *r, const char *text, size_t len)
{
	struct str clean = STR_INIT;
	const char *p;
	uint32_t cp;
	size_t n;

	/* no character is more than four bytes, nor has more than four
	 * marks: the rest could not be shown */
	if (len > (size_t)CELLS_MOST * 20)
		len = (size_t)CELLS_MOST * 20;
	text_sanitise(&clean, text, len, false);  /* add() knows ASCII */
	p = clean.p;
	len = clean.len;
	while ((n = text_decode(p, len, &cp)) && add(r, cp)) {
		p += n;
		len -= n;
	}
	r->cut = len > 0;
	str_clear(&clean);
}

/* Blanks carry no line under them. */
static void pad(struct run *r, int columns)
{
	r->attributes &= ~(unsigned long)A_UNDERLINE;
	while (r->columns < columns && add(r, ' '))
		;
}

/* The last column becomes `…`; half of a wide character, a blank. */
static void end_with_sign(struct run *r)
{
	int room = r->room;

	while (r->count && r->columns > room - 1) {
		wchar_t wide[CCHARW_MAX + 1];
		attr_t attributes;
		short pair;

		getcchar(&r->cells[--r->count], wide, &attributes, &pair,
			NULL);
		r->columns -= wcwidth(wide[0]) == 2 ? 2 : 1;
	}
	pad(r, room - 1);
	add(r, 0x2026);
}

/* Makes y, x the screen's, and room what is inside; false: nothing is. */
static bool clip(const struct area *a, int *y, int *x, int *room)
{
	if (*y < 0 || *y >= a->rows || *x < 0 || *x >= a->columns)
		return false;
	if (*room > a->columns - *x)
		*room = a->columns - *x;
	*y += a->y;
	*x += a->x;
	if (*x >= a->screen->columns || *y >= a->screen->rows)
		return false;
	if (*room > a->screen->columns - *x)
		*room = a->screen->columns - *x;
	return *room > 0;
}

static void put(const struct run *r, int y, int x)
{
	if (r->count)
		mvadd_wchnstr(y, x, r->cells, r->count);
}

struct area area_cut(const struct area *a, int y, int x, int rows,
	int columns)
{
	struct area b = *a;

	if (y < 0)
		y = 0;
	if (x < 0)
		x = 0;
	b.y += y;
	b.x += x;
	b.rows = rows < a->rows - y ? rows : a->rows - y;
	b.columns = columns < a->columns - x ? columns : a->columns - x;
	if (b.rows < 0)
		b.rows = 0;
	if (b.columns < 0)
		b.columns = 0;
	return b;
}

void draw_clear(const struct area *a)
{
	for (int y = 0; y < a->rows; y++)
		draw_fill(a, y, 0, a->columns, LOOK_TEXT, false);
}

int draw_cell(const struct area *a, int y, int x, int width, bool right,
	enum look look, bool selected, const char *text, size_t len)
{
	struct run r;
	int used;

	if (!clip(a, &y, &x, &width))
		return 0;
	run_init(&r, a, width, look, selected);
	add_text(&r, text, len);
	if (r.cut)
		end_with_sign(&r);
	used = r.columns;
	if (right && used < r.room) {
		struct run blank;

		run_init(&blank, a, r.room - used, look, selected);
		pad(&blank, blank.room);
		put(&blank, y, x);
		x += blank.columns;
	} else
		pad(&r, r.room);
	put(&r, y, x);
	return used;
}

int draw_text(const struct area *a, int y, int x, enum look look,
	const char *text)
{
	int room = a->columns;
	struct run r;

	if (!clip(a, &y, &x, &room))
		return 0;
	run_init(&r, a, room, look, false);
	add_text(&r, text, strlen(text));
	put(&r, y, x);
	return r.columns;
}

int draw_textf(const struct area *a, int y, int x, enum look look,
	const char *format, ...)
{
	struct str text = STR_INIT;
	va_list args;
	int used;

	va_start(args, format);
	str_addvf(&text, format, args);
	va_end(args);
	used = draw_text(a, y, x, look, text.p);
	str_clear(&text);
	return used;
}

void draw_mark(const struct area *a, int y, int x, int width,
	enum look look, bool selected)
{
	unsigned long attributes = theme_attributes(a->screen->theme, look,
		selected);

	if (clip(a, &y, &x, &width))
		mvchgat(y, x, width, (attr_t)(attributes &
			~(unsigned long)A_COLOR),
			(short)PAIR_NUMBER(attributes), NULL);
}

void draw_fill(const struct area *a, int y, int x, int width,
	enum look look, bool selected)
{
	struct run r;

	if (!clip(a, &y, &x, &width))
		return;
	run_init(&r, a, width, look, selected);
	pad(&r, r.room);
	put(&r, y, x);
}

static void draw_edge(const struct area *a, int y, const char *left,
	const char *middle, const char *right)
{
	struct str line = STR_INIT;

	str_add(&line, left);
	for (int i = 2; i < a->columns; i++)
		str_add(&line, middle);
	str_add(&line, right);
	draw_text(a, y, 0, LOOK_BORDER, line.p);
	str_clear(&line);
}

/* A word on the edge, with a blank each side. */
static void draw_label(const struct area *a, int y, bool right,
	const char *text)
{
	int width = draw_width(a, text, strlen(text));
	struct area inside = area_cut(a, y, 2, 1, a->columns - 4);
	int x = right && width + 2 < inside.columns ?
		inside.columns - width - 2 : 0;

	if (!*text)
		return;
	draw_fill(&inside, 0, x, width + 2, LOOK_TEXT, false);
	draw_text(&inside, 0, x + 1, right ? LOOK_DIM : LOOK_HEADER, text);
}

void draw_box(const struct area *a, const char *title, const char *foot)
{
	if (a->rows < 2 || a->columns < 2)
		return;
	draw_clear(a);
	draw_edge(a, 0, "┌", "─", "┐");
	for (int y = 1; y < a->rows - 1; y++) {
		draw_text(a, y, 0, LOOK_BORDER, "│");
		draw_text(a, y, a->columns - 1, LOOK_BORDER, "│");
	}
	draw_edge(a, a->rows - 1, "└", "─", "┘");
	if (title)
		draw_label(a, 0, false, title);
	if (foot)
		draw_label(a, a->rows - 1, true, foot);
}

void draw_cursor(const struct area *a, int y, int x)
{
	int room = 1;

	if (!clip(a, &y, &x, &room))
		return;
	a->screen->cursor = true;
	a->screen->cursor_y = y;
	a->screen->cursor_x = x;
}

/* As draw_text would draw it, were there room. */
int draw_width(const struct area *a, const char *text, size_t len)
{
	struct str clean = STR_INIT;
	const char *p;
	uint32_t cp;
	size_t n, left;
	int columns = 0;

	text_sanitise(&clean, text, len, !a->screen->utf8);
	p = clean.p;
	left = clean.len;
	while ((n = text_decode(p, left, &cp))) {
		int width;

		drawable(a->screen, cp, &width);
		columns += width;
		p += n;
		left -= n;
	}
	str_clear(&clean);
	return columns;
}

const struct signs *draw_signs(const struct area *a)
{
	return a->screen->signs;
}

bool draw_is_unicode(const struct area *a)
{
	return a->screen->unicode;
}

void draw_scroll(const struct area *a, int y, int rows, int by)
{
	scrollok(stdscr, TRUE);
	setscrreg(a->y + y, a->y + y + rows - 1);
	scrl(by);
	setscrreg(0, a->screen->rows - 1);
	scrollok(stdscr, FALSE);
}
