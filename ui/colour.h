/* SPDX-License-Identifier: MIT */
/*
 * Colours as numbers: the terminal's own, one of the 256 that xterm knows,
 * or red, green and blue. Pure; no curses.
 */
#ifndef UI_COLOUR_H
#define UI_COLOUR_H

#include "base/error.h"
#include "base/str.h"

#include <stdint.h>

#define COLOUR_OWN (-1)           /* the terminal's own text or ground */
#define COLOUR_RGB 0x1000000      /* | 0xrrggbb; below: one of the 256 */
#define COLOUR_EXACT (1 << 24)    /* a depth: any colour there is */

/* "red", "bright-red", "grey", "default", 0 to 255, "#rrggbb". */
bool colour_parse(const char *text, int *colour, struct error *err);

/* Appends it so that colour_parse reads it back. */
void colour_text(int colour, struct str *out);

/* 0xrrggbb as xterm shows it unless told otherwise. Not for COLOUR_OWN. */
uint32_t colour_rgb(int colour);

/* The colour nearest to it that a terminal of 8, 16, 256 or COLOUR_EXACT
 * colours has. */
int colour_nearest(int colour, int depth);

/* From 1 to 21, of two 0xrrggbb: the Web Content Accessibility Guidelines
 * 2.1, "contrast ratio". */
double colour_contrast(uint32_t a, uint32_t b);

#endif
