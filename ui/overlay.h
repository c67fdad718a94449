/* SPDX-License-Identifier: MIT */
/*
 * What panes that lie over the foot of another have in common: a box at the
 * bottom, so that the row it is about is rarely hidden, and 300 ms in which
 * they hear nothing, for keys that were meant for what was there before. UI
 * thread.
 */
#ifndef UI_OVERLAY_H
#define UI_OVERLAY_H

#include "ui/draw.h"

#include <stdint.h>

/* From then on a new one hears: clock_now(). */
int64_t overlay_hears(void);

/* A box of so many lines inside, as wide as wanted or as there is room,
 * drawn with its edges; out is its inside. title is cut where it must be. */
void overlay_box(const struct area *area, int rows, int columns,
	const char *title, const char *foot, struct area *out);

/* Buttons in a row, the focused one on the bar; focus -1: none. */
void overlay_buttons(const struct area *area, int y,
	const char *const *labels, int count, int focus);

/* Which of them stands at x; -1: none. */
int overlay_button_at(const struct area *area, const char *const *labels,
	int count, int x);

/* A click at y, x of area becomes one of inside, which is a part of it;
 * false: it is not in there. */
bool overlay_click(const struct area *area, const struct area *inside,
	int *y, int *x);

/* Text in lines of at most that many columns, broken at blanks; draws those
 * from `skip` on, at most `rows` of them. Returns how many lines there are.
 * rows 0: only counts. */
int overlay_text(const struct area *area, int y, int x, int columns,
	int skip, int rows, enum look look, const char *text);

#endif
