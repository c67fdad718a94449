/* SPDX-License-Identifier: MIT */
/*
 * A cursor in a scrolled list of lines, moved by the commands that all
 * panes share (down, page-up, top …). Pure; no curses.
 */
#ifndef UI_LIST_H
#define UI_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct list {
	size_t cursor, top;
	size_t count;            /* lines there are */
	size_t page;             /* lines on screen */
	bool free;               /* no cursor: the page itself moves */
};

/* False: name is not a movement. */
bool list_command(struct list *l, const char *name);

/* After count or page have changed: cursor and top are valid again. */
void list_settle(struct list *l);
void list_move(struct list *l, size_t cursor);

#endif
