/* SPDX-License-Identifier: MIT */
#include "ui/theme.h"

#include "base/mem.h"
#include "base/str.h"

#include <curses.h>
#include <term.h>
#undef columns
#undef lines

#include <stdlib.h>
#include <string.h>

#define NONE (-1)             /* the terminal's own */

struct style {
	short fg, bg;
	attr_t attributes;
};

struct theme {
	unsigned long looks[LOOK_COUNT];
};

/*
 * Colours are the terminal's own sixteen on its own background: who made
 * them legible for shells has made them legible here. Never blue for text.
 */
static const struct style coloured[LOOK_COUNT] = {
	[LOOK_TEXT] = { NONE, NONE, A_NORMAL },
	[LOOK_DIM] = { NONE, NONE, A_DIM },
	[LOOK_GOOD] = { COLOR_GREEN, NONE, A_NORMAL },
	[LOOK_WARN] = { COLOR_YELLOW, NONE, A_NORMAL },
	[LOOK_BAD] = { COLOR_RED, NONE, A_BOLD },
	[LOOK_MONEY] = { COLOR_MAGENTA, NONE, A_NORMAL },
	[LOOK_LINK] = { NONE, NONE, A_UNDERLINE },
	[LOOK_TITLE] = { NONE, NONE, A_REVERSE },
	[LOOK_HEADER] = { NONE, NONE, A_BOLD },
	[LOOK_KEY] = { NONE, NONE, A_BOLD },
	[LOOK_SELECTED] = { NONE, NONE, A_REVERSE },
	[LOOK_MARKED] = { COLOR_YELLOW, NONE, A_BOLD },
	[LOOK_CHANGED] = { COLOR_CYAN, NONE, A_BOLD },
	[LOOK_MATCH] = { NONE, NONE, A_BOLD | A_UNDERLINE },
	[LOOK_DANGER] = { COLOR_WHITE, COLOR_RED, A_BOLD },
	[LOOK_CHIP] = { COLOR_BLACK, COLOR_CYAN, A_NORMAL },
	[LOOK_BORDER] = { NONE, NONE, A_DIM },
};

/* What differs where the background is known. */
static const struct style light[LOOK_COUNT] = {
	[LOOK_WARN] = { COLOR_MAGENTA, NONE, A_NORMAL },
	[LOOK_MONEY] = { COLOR_BLUE, NONE, A_NORMAL },
	[LOOK_MARKED] = { COLOR_BLUE, NONE, A_BOLD },
	[LOOK_CHANGED] = { COLOR_BLUE, NONE, A_NORMAL },
	[LOOK_LINK] = { COLOR_BLUE, NONE, A_UNDERLINE },
};

static const struct style dark[LOOK_COUNT] = {
	[LOOK_HEADER] = { COLOR_CYAN, NONE, A_BOLD },
	[LOOK_KEY] = { COLOR_CYAN, NONE, A_BOLD },
	[LOOK_LINK] = { COLOR_CYAN, NONE, A_UNDERLINE },
};

static const attr_t mono[LOOK_COUNT] = {
	[LOOK_DIM] = A_DIM,
	[LOOK_WARN] = A_UNDERLINE,
	[LOOK_BAD] = A_BOLD | A_UNDERLINE,
	[LOOK_MONEY] = A_BOLD,
	[LOOK_LINK] = A_UNDERLINE,
	[LOOK_TITLE] = A_REVERSE,
	[LOOK_HEADER] = A_BOLD,
	[LOOK_KEY] = A_BOLD,
	[LOOK_SELECTED] = A_REVERSE,
	[LOOK_MARKED] = A_BOLD,
	[LOOK_CHANGED] = A_UNDERLINE,
	[LOOK_MATCH] = A_BOLD | A_UNDERLINE,
	[LOOK_DANGER] = A_REVERSE | A_BOLD,
	[LOOK_CHIP] = A_REVERSE,
	[LOOK_BORDER] = A_DIM,
};

static const struct variant {
	const char *name;
	const struct style *over;
} variants[] = {
	{ "default", coloured }, { "light", light }, { "dark", dark },
};

/* rxvt, Konsole and others tell the background: "0;15" is black on white. */
static bool is_light(void)
{
	const char *colours = getenv("COLORFGBG");
	const char *bg = colours ? strrchr(colours, ';') : NULL;

	return str_eq(bg, ";15") || str_eq(bg, ";7");
}

static bool has_colour(void)
{
	const char *no_color = getenv("NO_COLOR");

	return !(no_color && *no_color) && has_colors() &&
		start_color() == OK && COLORS >= 8;
}

static bool has_dim(void)
{
	const char *dim = tigetstr("dim");

	return dim && dim != (char *)-1;
}

static void fill_mono(struct theme *t)
{
	for (int i = 0; i < LOOK_COUNT; i++)
		t->looks[i] = mono[i];
}

static bool is_set(const struct style *s)
{
	return s->fg || s->bg || s->attributes;
}

/* Terminals whose own colours cannot be kept get white on black. */
static void fill_colours(struct theme *t, const struct style *over)
{
	bool own = use_default_colors() == OK;

	for (int i = 0; i < LOOK_COUNT; i++) {
		const struct style *s = is_set(&over[i]) ? &over[i] :
			&coloured[i];
		short fg = s->fg == NONE && !own ? COLOR_WHITE : s->fg;
		short bg = s->bg == NONE && !own ? COLOR_BLACK : s->bg;
		short pair = (short)(i + 1);

		t->looks[i] = s->attributes;
		if (s->fg == NONE && s->bg == NONE)
			continue;
		init_pair(pair, fg, bg);
		t->looks[i] |= (attr_t)COLOR_PAIR(pair);
	}
}

struct theme *theme_new(const char *name, struct error *err)
{
	struct theme *t = xcalloc(1, sizeof(*t));
	const struct variant *v = NULL;

	if (!name)
		name = "default";
	for (size_t i = 0; i < sizeof(variants) / sizeof(variants[0]); i++)
		if (str_eq(variants[i].name, name))
			v = &variants[i];
	if (!v && !str_eq(name, "mono")) {
		free(t);
		error_set(err, ERR_USAGE, "no theme %.40s: there are default, "
			"light, dark and mono", name);
		return NULL;
	}
	if (v && has_colour())
		fill_colours(t, v->over == coloured && is_light() ? light :
			v->over);
	else
		fill_mono(t);
	for (int i = 0; i < LOOK_COUNT && !has_dim(); i++)
		t->looks[i] &= ~(unsigned long)A_DIM;
	return t;
}

void theme_free(struct theme *t)
{
	free(t);
}

/* Reversing keeps the contrast that the terminal's owner chose, and the
 * role's colour becomes the ground its text stands on. */
unsigned long theme_attributes(const struct theme *t, enum look look,
	bool selected)
{
	unsigned long a = t->looks[look];

	return selected ? (a & ~(unsigned long)A_DIM) | A_REVERSE : a;
}
