/* SPDX-License-Identifier: MIT */
/*
 * Drawing: rectangles of the screen, text by role, nothing else of curses.
 * Every text is sanitised here, so no caller can reach the terminal with
 * raw bytes. UI thread.
 */
#ifndef UI_DRAW_H
#define UI_DRAW_H

#include "ui/theme.h"

#include <stddef.h>

struct screen;            /* term.h's: the terminal, theme, signs, widths */

/* A rectangle; coordinates below are relative to it, and clipped. */
struct area {
	struct screen *screen;
	int y, x, rows, columns;
};

struct area area_cut(const struct area *a, int y, int x, int rows,
	int columns);
void draw_clear(const struct area *a);

/* Writes text into exactly `width` columns from x (padded with blanks, cut
 * with `…` where too long); right: flush right. selected: on the bar.
 * Returns columns used by the text. */
int draw_cell(const struct area *a, int y, int x, int width, bool right,
	enum look look, bool selected, const char *text, size_t len);

/* Writes at most what fits, pads nothing; returns columns used. */
int draw_text(const struct area *a, int y, int x, enum look look,
	const char *text);
int draw_textf(const struct area *a, int y, int x, enum look look,
	const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Changes the look of cells already drawn (highlight of matches). */
void draw_mark(const struct area *a, int y, int x, int width,
	enum look look, bool selected);
void draw_fill(const struct area *a, int y, int x, int width,
	enum look look, bool selected);
void draw_box(const struct area *a, const char *title, const char *foot);

/* Moves what stands in those rows of the whole width: up by `by`, down if
 * it is negative. The rows that come free are blank. */
void draw_scroll(const struct area *a, int y, int rows, int by);
void draw_cursor(const struct area *a, int y, int x);   /* show it here */
int draw_width(const struct area *a, const char *text, size_t len);
const struct signs *draw_signs(const struct area *a);
bool draw_is_unicode(const struct area *a);

#endif
