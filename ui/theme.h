/* SPDX-License-Identifier: MIT */
/*
 * Colours by role. The default theme uses the terminal's own 16 colours and
 * is legible on light and dark; without colour (NO_COLOR, TERM) roles are
 * bold, dim, underline and reverse. UI thread.
 */
#ifndef UI_THEME_H
#define UI_THEME_H

#include "base/error.h"
#include "catalogue/format.h"

enum look {
	LOOK_TEXT, LOOK_DIM, LOOK_GOOD, LOOK_WARN, LOOK_BAD, LOOK_MONEY,
	LOOK_LINK,            /* the first are those of enum role */
	LOOK_TITLE, LOOK_HEADER, LOOK_KEY, LOOK_SELECTED, LOOK_MARKED,
	LOOK_CHANGED, LOOK_MATCH, LOOK_DANGER, LOOK_CHIP, LOOK_BORDER,
	LOOK_COUNT
};

struct theme;

/* After the terminal is set up. name NULL: the default. */
struct theme *theme_new(const char *name, struct error *err);
void theme_free(struct theme *t);

/* curses attributes; selected puts the bar under it, the role's colour
 * stays. */
unsigned long theme_attributes(const struct theme *t, enum look look,
	bool selected);

#endif
