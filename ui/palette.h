/* SPDX-License-Identifier: MIT */
/*
 * Themes as data: how each role looks on a dark and on a light ground, with
 * many colours, with sixteen, with none; and what the user's `color` lines
 * change. theme.c turns it into curses. Pure; one owner.
 *
 * default, colour-blind and high-contrast fit the terminal's ground where
 * it tells; dark and light are made for one. Every role is held to a
 * contrast of 4.5:1 (high-contrast: 7:1) by a test.
 */
#ifndef UI_PALETTE_H
#define UI_PALETTE_H

#include "cli/command.h"
#include "ui/colour.h"

enum look {
	LOOK_TEXT, LOOK_DIM, LOOK_GOOD, LOOK_WARN, LOOK_BAD, LOOK_MONEY,
	LOOK_LINK,            /* the first are those of enum role */
	LOOK_TITLE, LOOK_HEADER, LOOK_KEY, LOOK_SELECTED, LOOK_MARKED,
	LOOK_CHANGED, LOOK_MATCH, LOOK_DANGER, LOOK_CHIP, LOOK_BORDER,
	LOOK_COUNT
};

enum {
	STYLE_BOLD = 1, STYLE_DIM = 2, STYLE_UNDERLINE = 4,
	STYLE_REVERSE = 8
};

struct style {
	int fg, bg;              /* as colour.h has them */
	unsigned attributes;
};

/* What the user has said of roles. Zero: nothing. */
struct palette {
	struct style looks[LOOK_COUNT];
	bool set[LOOK_COUNT];
};

/* What it is asked for: theme by name; depth 0 (no colour), 8, 16, 256 or
 * COLOUR_EXACT; whether the ground is light; own may be NULL. */
struct palette_want {
	const char *theme;
	int depth;
	bool light;
	const struct palette *own;
};

bool palette_has(const char *theme);
const char *palette_themes(void);        /* "default dark …" */
const char *look_name(enum look look);   /* "text", "dim" … */

/* With colours that such a terminal has. */
struct style palette_style(const struct palette_want *want, enum look look);

/* That role on a ground of that colour, in black or white, whichever can be
 * read better. */
void palette_ground(struct palette *p, enum look look, int colour);

/* The same on the bar of the selected row: the role's colour stays. */
struct style palette_bar(const struct palette_want *want, enum look look);

/* color ROLE [bold] [dim] [underline] [reverse] [FG] [on BG], or
 * color ROLE reset: as the theme has it. */
bool palette_words(struct palette *p, const struct words *words,
	struct error *err);

/* Appends "color ROLE …" as palette_words reads it. */
void palette_line(enum look look, const struct style *style,
	struct str *out);

#endif
