/* SPDX-License-Identifier: MIT */
/*
 * A theme as curses has it, on the terminal there is: exact colours where
 * it can show them, else the nearest of 256, 16 or 8; without colour
 * (NO_COLOR, TERM) roles are bold, dim, underline and reverse. UI thread.
 */
#ifndef UI_THEME_H
#define UI_THEME_H

#include "base/error.h"
#include "catalogue/format.h"
#include "ui/palette.h"

struct theme;

/* After the terminal is set up. name NULL: the default. own: what the user
 * changed, may be NULL. light: the terminal's ground, if it told. */
struct theme *theme_new(const char *name, const struct palette *own,
	bool light, struct error *err);
void theme_free(struct theme *t);

/* What the terminal must be told again when somebody else has used it. */
void theme_restore(const struct theme *t);

/* Colours that this terminal shows: 0, 8, 16, 256, COLOUR_EXACT. */
int theme_depth(const struct theme *t);

/* curses attributes; selected puts the bar under it, the role's colour
 * stays. */
unsigned long theme_attributes(const struct theme *t, enum look look,
	bool selected);

/* COLORFGBG, as rxvt and Konsole set it, says that the ground is light. */
bool theme_is_light(void);

#endif
