/* SPDX-License-Identifier: MIT */
#include "ui/palette.h"

#include <string.h>

#define OWN COLOUR_OWN
#define RGB(rrggbb) (COLOUR_RGB | 0x##rrggbb)
#define BOLD STYLE_BOLD
#define LINE STYLE_UNDERLINE
#define READABLE (-2)        /* as a text's colour: palette_ground */

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, BRIGHT = 8 };

static const char *const names[LOOK_COUNT] = {
	"text", "dim", "good", "warn", "bad", "money", "link", "title",
	"header", "key", "selected", "marked", "changed", "match", "danger",
	"chip", "border",
};

/* One table a theme, ground and number of colours. A role left out has the
 * look that it has in `plain`. */
static const struct style plain[LOOK_COUNT] = {
	[LOOK_TEXT] = { OWN, OWN, 0 },
	[LOOK_DIM] = { OWN, OWN, STYLE_DIM },
	[LOOK_GOOD] = { OWN, OWN, 0 },
	[LOOK_WARN] = { OWN, OWN, LINE },
	[LOOK_BAD] = { OWN, OWN, BOLD | LINE },
	[LOOK_MONEY] = { OWN, OWN, BOLD },
	[LOOK_LINK] = { OWN, OWN, LINE },
	[LOOK_TITLE] = { OWN, OWN, STYLE_REVERSE },
	[LOOK_HEADER] = { OWN, OWN, BOLD },
	[LOOK_KEY] = { OWN, OWN, BOLD },
	[LOOK_SELECTED] = { OWN, OWN, STYLE_REVERSE },
	[LOOK_MARKED] = { OWN, OWN, BOLD },
	[LOOK_CHANGED] = { OWN, OWN, LINE },
	[LOOK_MATCH] = { OWN, OWN, BOLD | LINE },
	[LOOK_DANGER] = { OWN, OWN, STYLE_REVERSE | BOLD },
	[LOOK_CHIP] = { OWN, OWN, STYLE_REVERSE },
	[LOOK_BORDER] = { OWN, OWN, STYLE_DIM },
};

/*
 * The terminal's own sixteen on its own ground: who made them legible for
 * shells has made them legible here. Never blue for text on dark.
 */
static const struct style sixteen_dark[LOOK_COUNT] = {
	[LOOK_GOOD] = { GREEN, OWN, 0 },
	[LOOK_WARN] = { YELLOW, OWN, 0 },
	[LOOK_BAD] = { BRIGHT | RED, OWN, BOLD },
	[LOOK_MONEY] = { BRIGHT | MAGENTA, OWN, 0 },
	[LOOK_MARKED] = { YELLOW, OWN, BOLD },
	[LOOK_CHANGED] = { CYAN, OWN, BOLD },
	[LOOK_DANGER] = { WHITE, RED, BOLD },
	[LOOK_CHIP] = { BLACK, CYAN, 0 },
};

/* None of the sixteen greens can be read on white: the sign says it. */
static const struct style sixteen_light[LOOK_COUNT] = {
	[LOOK_WARN] = { MAGENTA, OWN, 0 },
	[LOOK_BAD] = { RED, OWN, BOLD },
	[LOOK_MONEY] = { BLUE, OWN, 0 },
	[LOOK_LINK] = { BLUE, OWN, LINE },
	[LOOK_MARKED] = { BLUE, OWN, BOLD },
	[LOOK_CHANGED] = { BLUE, OWN, 0 },
	[LOOK_DANGER] = { WHITE, RED, BOLD },
	[LOOK_CHIP] = { BLACK, CYAN, 0 },
};

static const struct style dark[LOOK_COUNT] = {
	[LOOK_DIM] = { RGB(a8a8a8), OWN, 0 },
	[LOOK_GOOD] = { RGB(87d787), OWN, 0 },
	[LOOK_WARN] = { RGB(ffd75f), OWN, 0 },
	[LOOK_BAD] = { RGB(ff8787), OWN, BOLD },
	[LOOK_MONEY] = { RGB(d7afff), OWN, 0 },
	[LOOK_LINK] = { RGB(87c7ff), OWN, LINE },
	[LOOK_TITLE] = { RGB(ffffff), RGB(005f87), BOLD },
	[LOOK_HEADER] = { RGB(87d7ff), OWN, BOLD },
	[LOOK_KEY] = { RGB(87d7ff), OWN, BOLD },
	[LOOK_SELECTED] = { RGB(ffffff), RGB(303030), 0 },
	[LOOK_MARKED] = { RGB(ffd700), OWN, BOLD },
	[LOOK_CHANGED] = { RGB(5fd7d7), OWN, BOLD },
	[LOOK_MATCH] = { RGB(000000), RGB(ffd75f), BOLD },
	[LOOK_DANGER] = { RGB(ffffff), RGB(af0000), BOLD },
	[LOOK_CHIP] = { RGB(000000), RGB(87d7d7), 0 },
	[LOOK_BORDER] = { RGB(a8a8a8), OWN, 0 },
};

static const struct style light[LOOK_COUNT] = {
	[LOOK_DIM] = { RGB(585858), OWN, 0 },
	[LOOK_GOOD] = { RGB(005f00), OWN, 0 },
	[LOOK_WARN] = { RGB(6b4300), OWN, 0 },
	[LOOK_BAD] = { RGB(af0000), OWN, BOLD },
	[LOOK_MONEY] = { RGB(870087), OWN, 0 },
	[LOOK_LINK] = { RGB(0050b0), OWN, LINE },
	[LOOK_TITLE] = { RGB(ffffff), RGB(005f87), BOLD },
	[LOOK_HEADER] = { RGB(00507f), OWN, BOLD },
	[LOOK_KEY] = { RGB(00507f), OWN, BOLD },
	[LOOK_SELECTED] = { RGB(000000), RGB(d7d7ff), 0 },
	[LOOK_MARKED] = { RGB(7a2f00), OWN, BOLD },
	[LOOK_CHANGED] = { RGB(005f5f), OWN, BOLD },
	[LOOK_MATCH] = { RGB(000000), RGB(ffd75f), BOLD },
	[LOOK_DANGER] = { RGB(ffffff), RGB(af0000), BOLD },
	[LOOK_CHIP] = { RGB(ffffff), RGB(005f5f), 0 },
	[LOOK_BORDER] = { RGB(5f5f5f), OWN, 0 },
};

/*
 * Colours that differ in blue and in brightness, for eyes that do not tell
 * red from green (after Okabe and Ito, "Color Universal Design", 2008); bad
 * is underlined too.
 */
static const struct style blind_dark[LOOK_COUNT] = {
	[LOOK_DIM] = { RGB(a8a8a8), OWN, 0 },
	[LOOK_GOOD] = { RGB(5fafff), OWN, 0 },
	[LOOK_WARN] = { RGB(f0e442), OWN, 0 },
	[LOOK_BAD] = { RGB(ff9f50), OWN, BOLD | LINE },
	[LOOK_MONEY] = { RGB(e0a0d0), OWN, BOLD },
	[LOOK_SELECTED] = { RGB(ffffff), RGB(303030), 0 },
	[LOOK_MARKED] = { RGB(f0e442), OWN, BOLD },
	[LOOK_CHANGED] = { RGB(87d7ff), OWN, BOLD },
	[LOOK_DANGER] = { RGB(000000), RGB(ffaf5f), BOLD },
	[LOOK_CHIP] = { RGB(000000), RGB(87d7ff), 0 },
	[LOOK_BORDER] = { RGB(a8a8a8), OWN, 0 },
};

static const struct style blind_light[LOOK_COUNT] = {
	[LOOK_DIM] = { RGB(585858), OWN, 0 },
	[LOOK_GOOD] = { RGB(0050a0), OWN, 0 },
	[LOOK_WARN] = { RGB(6b5500), OWN, 0 },
	[LOOK_BAD] = { RGB(802b00), OWN, BOLD | LINE },
	[LOOK_MONEY] = { RGB(6a1f5f), OWN, BOLD },
	[LOOK_SELECTED] = { RGB(000000), RGB(d7d7ff), 0 },
	[LOOK_MARKED] = { RGB(6b5500), OWN, BOLD },
	[LOOK_CHANGED] = { RGB(0050a0), OWN, BOLD },
	[LOOK_DANGER] = { RGB(ffffff), RGB(802b00), BOLD },
	[LOOK_CHIP] = { RGB(ffffff), RGB(0050a0), 0 },
	[LOOK_BORDER] = { RGB(5f5f5f), OWN, 0 },
};

static const struct style blind_sixteen_dark[LOOK_COUNT] = {
	[LOOK_GOOD] = { CYAN, OWN, 0 },
	[LOOK_WARN] = { YELLOW, OWN, 0 },
	[LOOK_BAD] = { BRIGHT | RED, OWN, BOLD | LINE },
	[LOOK_MARKED] = { YELLOW, OWN, BOLD },
	[LOOK_CHANGED] = { CYAN, OWN, BOLD },
	[LOOK_DANGER] = { BLACK, YELLOW, BOLD },
	[LOOK_CHIP] = { BLACK, CYAN, 0 },
};

static const struct style blind_sixteen_light[LOOK_COUNT] = {
	[LOOK_GOOD] = { BLUE, OWN, 0 },
	[LOOK_WARN] = { MAGENTA, OWN, 0 },
	[LOOK_BAD] = { RED, OWN, BOLD | LINE },
	[LOOK_MARKED] = { BLUE, OWN, BOLD },
	[LOOK_CHANGED] = { BLUE, OWN, BOLD },
	[LOOK_DANGER] = { BLACK, YELLOW, BOLD },
	[LOOK_CHIP] = { BLACK, CYAN, 0 },
};

/* Nothing is faint here. */
static const struct style strong_dark[LOOK_COUNT] = {
	[LOOK_TEXT] = { RGB(ffffff), OWN, 0 },
	[LOOK_DIM] = { RGB(d0d0d0), OWN, 0 },
	[LOOK_GOOD] = { RGB(5fff5f), OWN, 0 },
	[LOOK_WARN] = { RGB(ffff00), OWN, 0 },
	[LOOK_BAD] = { RGB(ffafaf), OWN, BOLD | LINE },
	[LOOK_MONEY] = { RGB(ffafff), OWN, BOLD },
	[LOOK_TITLE] = { RGB(000000), RGB(ffffff), BOLD },
	[LOOK_MARKED] = { RGB(ffff00), OWN, BOLD },
	[LOOK_CHANGED] = { RGB(00ffff), OWN, BOLD },
	[LOOK_DANGER] = { RGB(000000), RGB(ffafaf), BOLD },
	[LOOK_CHIP] = { RGB(000000), RGB(ffff00), BOLD },
	[LOOK_BORDER] = { RGB(ffffff), OWN, 0 },
};

static const struct style strong_light[LOOK_COUNT] = {
	[LOOK_TEXT] = { RGB(000000), OWN, 0 },
	[LOOK_DIM] = { RGB(303030), OWN, 0 },
	[LOOK_GOOD] = { RGB(004b00), OWN, 0 },
	[LOOK_WARN] = { RGB(4b2d00), OWN, 0 },
	[LOOK_BAD] = { RGB(870000), OWN, BOLD | LINE },
	[LOOK_MONEY] = { RGB(5f005f), OWN, BOLD },
	[LOOK_TITLE] = { RGB(ffffff), RGB(000000), BOLD },
	[LOOK_MARKED] = { RGB(00005f), OWN, BOLD },
	[LOOK_CHANGED] = { RGB(00005f), OWN, BOLD | LINE },
	[LOOK_DANGER] = { RGB(ffffff), RGB(870000), BOLD },
	[LOOK_CHIP] = { RGB(ffffff), RGB(00005f), BOLD },
	[LOOK_BORDER] = { RGB(000000), OWN, 0 },
};

static const struct style strong_sixteen_dark[LOOK_COUNT] = {
	[LOOK_DIM] = { OWN, OWN, 0 },
	[LOOK_GOOD] = { BRIGHT | GREEN, OWN, 0 },
	[LOOK_WARN] = { BRIGHT | YELLOW, OWN, 0 },
	[LOOK_BAD] = { OWN, OWN, STYLE_REVERSE | BOLD },
	[LOOK_MARKED] = { BRIGHT | YELLOW, OWN, BOLD },
	[LOOK_CHANGED] = { BRIGHT | CYAN, OWN, BOLD },
	[LOOK_BORDER] = { OWN, OWN, 0 },
};

static const struct style strong_sixteen_light[LOOK_COUNT] = {
	[LOOK_DIM] = { OWN, OWN, 0 },
	[LOOK_BAD] = { OWN, OWN, STYLE_REVERSE | BOLD },
	[LOOK_MARKED] = { BLUE, OWN, BOLD },
	[LOOK_CHANGED] = { BLUE, OWN, BOLD | LINE },
	[LOOK_BORDER] = { OWN, OWN, 0 },
};

/* many: from 256 colours on. */
static const struct theme_row {
	const char *name;
	const struct style *dark_many, *dark_few, *light_many, *light_few;
} themes[] = {
	{ "default", sixteen_dark, sixteen_dark, light, sixteen_light },
	{ "dark", dark, sixteen_dark, dark, sixteen_dark },
	{ "light", light, sixteen_light, light, sixteen_light },
	{ "mono", NULL, NULL, NULL, NULL },
	{ "colour-blind", blind_dark, blind_sixteen_dark, blind_light,
	  blind_sixteen_light },
	{ "high-contrast", strong_dark, strong_sixteen_dark, strong_light,
	  strong_sixteen_light },
};

const char *palette_themes(void)
{
	return "default dark light mono colour-blind high-contrast";
}

static const struct theme_row *find_theme(const char *name)
{
	for (size_t i = 0; i < sizeof(themes) / sizeof(themes[0]); i++)
		if (str_eq(themes[i].name, name))
			return &themes[i];
	return NULL;
}

bool palette_has(const char *theme)
{
	return find_theme(theme) != NULL;
}

const char *look_name(enum look look)
{
	return names[look];
}

static bool is_set(const struct style *s)
{
	return s->fg || s->bg || s->attributes;
}

static struct style of_theme(const struct palette_want *w, enum look look)
{
	const struct theme_row *row = find_theme(w->theme);
	const struct style *few = NULL, *many = NULL;

	if (row && w->depth) {
		few = w->light ? row->light_few : row->dark_few;
		many = w->light ? row->light_many : row->dark_many;
	}
	if (many && w->depth >= 256)
		few = many;
	return few && is_set(&few[look]) ? few[look] : plain[look];
}

/* White or black, by what the ground has become. */
static int readable(int ground)
{
	uint32_t rgb = colour_rgb(ground);

	return colour_contrast(rgb, colour_rgb(BRIGHT | WHITE)) >=
		colour_contrast(rgb, colour_rgb(BLACK)) ? BRIGHT | WHITE :
		BLACK;
}

/* Terminals of eight colours show the brighter ones as bold ones, and bold
 * ones brighter: black as grey, and on white too bright. */
static void fit_eight(struct style *s, bool on_light)
{
	if (s->fg == BRIGHT) {
		s->fg = OWN;
		s->attributes |= STYLE_DIM;
	} else if (s->fg > BRIGHT && s->fg < 2 * BRIGHT) {
		s->fg -= BRIGHT;
		s->attributes |= STYLE_BOLD;
	}
	s->fg = colour_nearest(s->fg, 8);
	if ((s->fg == BLACK && s->bg != OWN) ||
	    (on_light && s->bg == OWN && s->fg != OWN))
		s->attributes &= ~(unsigned)STYLE_BOLD;
}

static void fit_depth(struct style *s, int depth, bool on_light)
{
	if (!depth) {
		s->attributes |= s->fg == READABLE ? STYLE_REVERSE : 0;
		s->fg = s->bg = OWN;
		return;
	}
	if (depth == 8 && s->bg >= BRIGHT && s->bg < 2 * BRIGHT)
		s->bg -= BRIGHT;
	s->bg = colour_nearest(s->bg, depth);
	if (s->fg == READABLE)
		s->fg = readable(s->bg);
	if (depth == 8)
		fit_eight(s, on_light);
	s->fg = colour_nearest(s->fg, depth);
}

static struct style unfit_style(const struct palette_want *w, enum look look)
{
	return w->own && w->own->set[look] ? w->own->looks[look] :
		of_theme(w, look);
}

struct style palette_style(const struct palette_want *want, enum look look)
{
	struct style s = unfit_style(want, look);

	fit_depth(&s, want->depth, want->light);
	return s;
}

void palette_ground(struct palette *p, enum look look, int colour)
{
	if (colour == OWN)
		return;
	p->looks[look] = (struct style){ READABLE, colour, BOLD };
	p->set[look] = true;
}

/* A bar that has no colour of its own reverses: that keeps the contrast, and
 * the role's colour becomes the ground its text stands on. */
struct style palette_bar(const struct palette_want *want, enum look look)
{
	struct style s = unfit_style(want, look);
	struct style bar = unfit_style(want, LOOK_SELECTED);

	s.attributes &= ~(unsigned)STYLE_DIM;
	if (bar.bg == OWN || !want->depth)
		s.attributes |= STYLE_REVERSE;
	else if (s.bg == OWN && !(s.attributes & STYLE_REVERSE)) {
		s.bg = bar.bg;
		s.fg = s.fg == OWN ? bar.fg : s.fg;
		s.attributes |= bar.attributes;
	}
	fit_depth(&s, want->depth, want->light);
	return s;
}

static const struct {
	const char *name;
	unsigned bit;
} attributes[] = {
	{ "bold", STYLE_BOLD }, { "dim", STYLE_DIM },
	{ "underline", STYLE_UNDERLINE }, { "reverse", STYLE_REVERSE },
};

#define ATTRIBUTES (sizeof(attributes) / sizeof(attributes[0]))

static unsigned find_attribute(const char *word)
{
	for (size_t i = 0; i < ATTRIBUTES; i++)
		if (str_eq(attributes[i].name, word))
			return attributes[i].bit;
	return 0;
}

static bool find_look(const char *name, enum look *look, struct error *err)
{
	const char *near = words_nearest(name, names, LOOK_COUNT);

	for (int i = 0; i < LOOK_COUNT; i++)
		if (str_eq(names[i], name)) {
			*look = (enum look)i;
			return true;
		}
	return error_set(err, ERR_USAGE, "no role %.40s%s%s%s", name,
		near ? ": did you mean " : "", near ? near : "",
		near ? "?" : "");
}

/* The words behind the role. */
static bool read_style(const struct words *w, struct style *s,
	struct error *err)
{
	bool fg = false;

	*s = (struct style){ OWN, OWN, 0 };
	for (size_t i = 2; i < w->count; i++) {
		unsigned bit = find_attribute(w->items[i]);

		s->attributes |= bit;
		if (bit)
			continue;
		if (str_eq(w->items[i], "on")) {
			if (i + 2 != w->count)
				return error_set(err, ERR_USAGE, "one colour "
					"stands behind on, and it is last");
			return colour_parse(w->items[i + 1], &s->bg, err);
		}
		if (fg)
			return error_set(err, ERR_USAGE, "%.40s: the text "
				"has a colour already", w->items[i]);
		if (!colour_parse(w->items[i], &s->fg, err))
			return false;
		fg = true;
	}
	return true;
}

bool palette_words(struct palette *p, const struct words *words,
	struct error *err)
{
	struct style style;
	enum look look = LOOK_COUNT;

	if (words->count < 3)
		return error_set(err, ERR_USAGE, "color ROLE [bold] [dim] "
			"[underline] [reverse] [COLOUR] [on COLOUR]");
	if (!find_look(words->items[1], &look, err))
		return false;
	if (words->count == 3 && str_eq(words->items[2], "reset")) {
		p->set[look] = false;
		return true;
	}
	if (!read_style(words, &style, err))
		return false;
	p->looks[look] = style;
	p->set[look] = true;
	return true;
}

void palette_line(enum look look, const struct style *style,
	struct str *out)
{
	str_addf(out, "color %s", names[look]);
	for (size_t i = 0; i < ATTRIBUTES; i++)
		if (style->attributes & attributes[i].bit)
			str_addf(out, " %s", attributes[i].name);
	str_addc(out, ' ');
	colour_text(style->fg, out);
	if (style->bg == OWN)
		return;
	str_add(out, " on ");
	colour_text(style->bg, out);
}
