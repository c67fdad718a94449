/* SPDX-License-Identifier: MIT */
/* The emulator's cells as one SVG picture: no fonts, no libraries. */
#include "base/text.h"
#include "tests/screens/screen.h"

#include <string.h>
#include <vterm.h>

#define CELL_WIDTH 8.4
#define CELL_HEIGHT 18
#define MARGIN 12

struct rgb {
	unsigned char r, g, b;
};

/* A calm rendering of the 16 colours, for dark and for light. */
static const struct rgb palettes[2][18] = {
	{ { 0x1e, 0x22, 0x2a }, { 0xe0, 0x6c, 0x75 }, { 0x98, 0xc3, 0x79 },
	  { 0xe5, 0xc0, 0x7b }, { 0x61, 0xaf, 0xef }, { 0xc6, 0x78, 0xdd },
	  { 0x56, 0xb6, 0xc2 }, { 0xc8, 0xcd, 0xd5 }, { 0x7f, 0x88, 0x98 },
	  { 0xff, 0x8a, 0x8f }, { 0xb5, 0xe0, 0x90 }, { 0xff, 0xd8, 0x8a },
	  { 0x8a, 0xc8, 0xff }, { 0xe0, 0x9a, 0xf5 }, { 0x7f, 0xd8, 0xe2 },
	  { 0xff, 0xff, 0xff }, { 0xc8, 0xcd, 0xd5 }, { 0x1e, 0x22, 0x2a } },
	{ { 0x20, 0x24, 0x2c }, { 0xb3, 0x1d, 0x28 }, { 0x22, 0x6e, 0x1c },
	  { 0x8a, 0x5a, 0x00 }, { 0x0b, 0x56, 0xb3 }, { 0x8a, 0x24, 0x9a },
	  { 0x0a, 0x6a, 0x76 }, { 0x9a, 0xa0, 0xa8 }, { 0x60, 0x68, 0x74 },
	  { 0xc9, 0x2a, 0x36 }, { 0x2b, 0x7d, 0x22 }, { 0x9a, 0x66, 0x00 },
	  { 0x14, 0x63, 0xc7 }, { 0x9c, 0x2f, 0xae }, { 0x0c, 0x77, 0x85 },
	  { 0xff, 0xff, 0xff }, { 0x24, 0x29, 0x33 }, { 0xfb, 0xfb, 0xf8 } },
};

struct painter {
	const struct screen_test *test;
	struct str *out;
	const struct rgb *palette;
};

static struct rgb resolve(const struct painter *p, VTermColor color,
	bool background)
{
	if (background ? VTERM_COLOR_IS_DEFAULT_BG(&color) :
	    VTERM_COLOR_IS_DEFAULT_FG(&color))
		return p->palette[background ? 17 : 16];
	if (VTERM_COLOR_IS_INDEXED(&color) && color.indexed.idx < 16)
		return p->palette[color.indexed.idx];
	vterm_screen_convert_color_to_rgb(p->test->vts, &color);
	return (struct rgb){ color.rgb.red, color.rgb.green,
		color.rgb.blue };
}

static void cell_colors(const struct painter *p, const VTermScreenCell *c,
	struct rgb *front, struct rgb *back)
{
	*front = resolve(p, c->fg, false);
	*back = resolve(p, c->bg, true);
	if (c->attrs.reverse) {
		struct rgb swap = *front;

		*front = *back;
		*back = swap;
	}
}

static void add_char(struct str *out, const VTermScreenCell *c)
{
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && c->chars[i]; i++) {
		char utf8[4];

		if (c->chars[i] == '<')
			str_add(out, "&lt;");
		else if (c->chars[i] == '&')
			str_add(out, "&amp;");
		else
			str_addn(out, utf8, text_encode(c->chars[i], utf8));
	}
}

/* Cells of one look that stand side by side. */
struct run {
	int x, columns;
	struct rgb front, back;
	VTermScreenCellAttrs attrs;
	struct str text;
	bool blank;
};

static void paint_run(struct painter *p, int y, struct run *r)
{
	double x = MARGIN + r->x * CELL_WIDTH;
	double width = r->columns * CELL_WIDTH;

	if (memcmp(&r->back, &p->palette[17], sizeof(r->back)))
		str_addf(p->out, "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" "
			"height=\"%d\" fill=\"#%02x%02x%02x\"/>\n", x,
			MARGIN + y * CELL_HEIGHT, width, CELL_HEIGHT,
			r->back.r, r->back.g, r->back.b);
	if (!r->blank)
		str_addf(p->out, "<text x=\"%.1f\" y=\"%d\" "
			"textLength=\"%.1f\" fill=\"#%02x%02x%02x\"%s%s>"
			"%s</text>\n", x, MARGIN + y * CELL_HEIGHT + 13,
			width, r->front.r, r->front.g, r->front.b,
			r->attrs.bold ? " font-weight=\"bold\"" : "",
			r->attrs.underline ?
				" text-decoration=\"underline\"" : "",
			r->text.p);
	str_reset(&r->text);
	r->columns = 0;
	r->blank = true;
}

static bool goes_on(const struct run *r, const VTermScreenCell *c,
	const struct rgb *front, const struct rgb *back)
{
	return !memcmp(&r->back, back, sizeof(*back)) &&
		!memcmp(&r->front, front, sizeof(*front)) &&
		r->attrs.bold == c->attrs.bold &&
		r->attrs.underline == c->attrs.underline;
}

static void paint_line(struct painter *p, int y)
{
	struct run r = { .text = STR_INIT, .blank = true };

	for (int x = 0; x < p->test->columns; x++) {
		VTermPos at = { .row = y, .col = x };
		VTermScreenCell c;
		struct rgb front, back;

		vterm_screen_get_cell(p->test->vts, at, &c);
		if (c.chars[0] == (uint32_t)-1)
			continue;
		cell_colors(p, &c, &front, &back);
		if (r.columns && !goes_on(&r, &c, &front, &back))
			paint_run(p, y, &r);
		if (!r.columns) {
			r.x = x;
			r.front = front;
			r.back = back;
			r.attrs = c.attrs;
		}
		r.columns += c.width;
		if (c.chars[0] && c.chars[0] != ' ')
			r.blank = false;
		if (c.chars[0])
			add_char(&r.text, &c);
		else
			str_addc(&r.text, ' ');
	}
	paint_run(p, y, &r);
	str_clear(&r.text);
}

void screen_svg(const struct screen_test *t, struct str *out,
	const char *title, bool light)
{
	struct painter p = { .test = t, .out = out,
		.palette = palettes[light] };
	const struct rgb *paper = &p.palette[17];
	double width = t->columns * CELL_WIDTH + 2 * MARGIN;
	int height = t->rows * CELL_HEIGHT + 2 * MARGIN;

	str_addf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" "
		"width=\"%.0f\" height=\"%d\" font-size=\"14\" "
		"font-family=\"DejaVu Sans Mono,Menlo,Consolas,monospace\" "
		"xml:space=\"preserve\">\n"
		"<title>%s</title>\n<rect width=\"100%%\" height=\"100%%\" "
		"rx=\"8\" fill=\"#%02x%02x%02x\"/>\n", width, height, title,
		paper->r, paper->g, paper->b);
	for (int y = 0; y < t->rows; y++)
		paint_line(&p, y);
	str_add(out, "</svg>\n");
}
