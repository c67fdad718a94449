/* SPDX-License-Identifier: MIT */
#include "ui/theme.h"

#include "base/mem.h"

#include <curses.h>
#include <term.h>
#undef columns
#undef lines

#include <stdlib.h>
#include <string.h>

#define COLOURS 256

struct theme {
	unsigned long looks[LOOK_COUNT], bars[LOOK_COUNT];
	int depth;
	bool own;                /* the terminal's own colours can be kept */
	bool mixed;              /* colours can be mixed … */
	uint32_t mixes[COLOURS]; /* … to this; 0: left as they are */
};

bool theme_is_light(void)
{
	const char *colours = getenv("COLORFGBG");
	const char *bg = colours ? strrchr(colours, ';') : NULL;

	return str_eq(bg, ";15") || str_eq(bg, ";7");
}

static bool says_true_colour(void)
{
	const char *says = getenv("COLORTERM");

	return str_eq(says, "truecolor") || str_eq(says, "24bit");
}

/* Either its colours are numbered by what they are (TERM=xterm-direct), or
 * those of the 256 that are needed can be mixed anew: where that is not
 * heard, the nearest one stands there anyway. */
static void take_depth(struct theme *t)
{
	const char *no_color = getenv("NO_COLOR");

	t->depth = 0;
	if ((no_color && *no_color) || !has_colors() || start_color() != OK)
		return;
	t->depth = COLORS >= COLOUR_EXACT ? COLOUR_EXACT :
		COLORS >= COLOURS ? COLOURS : COLORS >= 16 ? 16 :
		COLORS >= 8 ? 8 : 0;
	if (t->depth == COLOURS && says_true_colour() && can_change_color()) {
		t->mixed = true;
		t->depth = COLOUR_EXACT;
	}
	t->own = t->depth && use_default_colors() == OK;
}

static void mix(const struct theme *t, int slot)
{
	uint32_t rgb = t->mixes[slot];

	init_color((short)slot, (short)((rgb >> 16) * 1000 / 255),
		(short)((rgb >> 8 & 255) * 1000 / 255),
		(short)((rgb & 255) * 1000 / 255));
}

void theme_restore(const struct theme *t)
{
	for (int i = 0; i < COLOURS; i++)
		if (t->mixes[i])
			mix(t, i);
}

/* The number that curses has for a colour of the theme. */
static int slot_of(struct theme *t, int colour, int otherwise)
{
	int slot;

	if (colour == COLOUR_OWN)
		return t->own ? -1 : otherwise;
	if (t->depth < COLOUR_EXACT)
		return colour;
	if (!t->mixed)           /* the first eight are the named ones */
		return colour < 8 ? colour : (int)colour_rgb(colour) < 8 ? 0 :
			(int)colour_rgb(colour);
	slot = colour_nearest(colour, COLOURS);
	if (!(colour & COLOUR_RGB) || t->mixes[slot] ||
	    colour_rgb(slot) == colour_rgb(colour))
		return slot;
	t->mixes[slot] = colour_rgb(colour);
	mix(t, slot);
	return slot;
}

static bool has_dim(void)
{
	const char *dim = tigetstr("dim");

	return dim && dim != (char *)-1;
}

static unsigned long attributes(const struct style *s)
{
	static const struct {
		unsigned ours;
		attr_t curses;
	} pairs[] = {
		{ STYLE_BOLD, A_BOLD }, { STYLE_DIM, A_DIM },
		{ STYLE_UNDERLINE, A_UNDERLINE },
		{ STYLE_REVERSE, A_REVERSE },
	};
	attr_t out = A_NORMAL;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (s->attributes & pairs[i].ours)
			out |= pairs[i].curses;
	return has_dim() ? out : out & ~(attr_t)A_DIM;
}

static unsigned long to_curses(struct theme *t, const struct style *s,
	int pair)
{
	unsigned long out = attributes(s);

	if (s->fg == COLOUR_OWN && s->bg == COLOUR_OWN)
		return out;
	init_extended_pair(pair, slot_of(t, s->fg, COLOR_WHITE),
		slot_of(t, s->bg, COLOR_BLACK));
	return out | (unsigned long)COLOR_PAIR(pair);
}

struct theme *theme_new(const char *name, const struct palette *own,
	bool light, struct error *err)
{
	struct palette_want want = { .theme = name ? name : "default",
		.light = light, .own = own };
	struct theme *t;

	if (!palette_has(want.theme)) {
		error_set(err, ERR_USAGE, "no theme %.40s: there are %s",
			name, palette_themes());
		return NULL;
	}
	t = xcalloc(1, sizeof(*t));
	take_depth(t);
	want.depth = t->depth;
	for (int i = 0; i < LOOK_COUNT; i++) {
		struct style look = palette_style(&want, (enum look)i);
		struct style bar = palette_bar(&want, (enum look)i);

		t->looks[i] = to_curses(t, &look, i + 1);
		t->bars[i] = to_curses(t, &bar, LOOK_COUNT + i + 1);
	}
	return t;
}

void theme_free(struct theme *t)
{
	free(t);
}

int theme_depth(const struct theme *t)
{
	return t->depth;
}

unsigned long theme_attributes(const struct theme *t, enum look look,
	bool selected)
{
	return selected ? t->bars[look] : t->looks[look];
}
