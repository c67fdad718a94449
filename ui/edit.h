/* SPDX-License-Identifier: MIT */
/*
 * One line of text under the hands, with readline's keys (Ctrl-A E B F U K W
 * Y D, Alt-B F D, arrows, Home, End, Del, Backspace). Pure; no curses.
 */
#ifndef UI_EDIT_H
#define UI_EDIT_H

#include "base/str.h"

struct edit {
	struct str text;         /* UTF-8 */
	size_t cursor;           /* a byte, at the start of a character */
	struct str killed;       /* by Ctrl-U K W, for Ctrl-Y */
};

void edit_init(struct edit *e, const char *text);    /* cursor at the end */
void edit_clear(struct edit *e);                     /* wipes */
void edit_set(struct edit *e, const char *text);

/* False: not a key of the line. *changed: the text is another one. */
bool edit_key(struct edit *e, int key, bool *changed);

/* A paste: line ends and tabs become blanks, other controls go. */
void edit_insert(struct edit *e, const char *text, size_t len);

/* Puts text in place of the bytes from `from` to the cursor. */
void edit_replace(struct edit *e, size_t from, const char *text);

#endif
