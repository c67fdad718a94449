/* SPDX-License-Identifier: MIT */
/*
 * What stands on one line when there is less and less room: pieces go, the
 * least important first. Pure; no curses.
 */
#ifndef UI_FIT_H
#define UI_FIT_H

#include <stdbool.h>
#include <stddef.h>

#define FIT_ALWAYS 100

struct fit_piece {
	int width;
	int priority;            /* the higher, the longer it stays */
	bool right;              /* flush right, in the order given */
	bool shown;              /* out */
	int x;                   /* out */
};

/* Places the pieces on a line of `columns` with a margin of one blank on
 * both sides and gap blanks between two. False: what always stays is wider
 * than the line; it is then placed from the left and may be cut. */
bool fit_line(struct fit_piece *pieces, size_t count, int columns, int gap);

#endif
