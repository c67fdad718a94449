/* SPDX-License-Identifier: MIT */
/*
 * Bytes of a terminal to keys. Escape sequences are put together again for
 * up to 100 ms, and one that has started never falls apart into letters:
 * what is unknown is swallowed whole. One owner; no curses, no clock: the
 * caller says what time it is.
 */
#ifndef UI_KEY_H
#define UI_KEY_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A key is a Unicode character or one of these, with modifiers added. */
enum key {
	KEYCODE_NONE = 0,
	KEYCODE_TAB = 9,
	KEYCODE_ENTER = 13,
	KEYCODE_ESC = 27,
	KEYCODE_SPACE = 32,
	KEYCODE_BACKSPACE = 127,
	KEYCODE_UP = 0x110000,
	KEYCODE_DOWN,
	KEYCODE_LEFT,
	KEYCODE_RIGHT,
	KEYCODE_HOME,
	KEYCODE_END,
	KEYCODE_PGUP,
	KEYCODE_PGDN,
	KEYCODE_INSERT,
	KEYCODE_DEL,
	KEYCODE_F0,              /* F1 is KEYCODE_F0 + 1 … F20 */
	KEYCODE_LAST = KEYCODE_F0 + 21,
	KEYCODE_SHIFT = 0x1000000,   /* only where the character cannot say */
	KEYCODE_ALT = 0x2000000,
	KEYCODE_CTRL = 0x4000000     /* Ctrl-A: 'a' | KEYCODE_CTRL */
};

/* "Ctrl-A", "Alt-?", "F5", "Shift-Tab", "Space", "j": into 32 bytes. */
void key_to_text(int key, char out[32]);

/* Reads what key_to_text writes, modifiers in any order; 0: not a key. */
int key_parse(const char *name);

/* One key has one form: letters with Ctrl or Alt are small, Shift is in the
 * character itself where there is one. */
int key_normal(int key);

enum key_event_kind {
	KEY_EVENT_KEY,
	KEY_EVENT_PASTE,         /* bracketed: text of len bytes, raw */
	KEY_EVENT_FOCUS_IN,
	KEY_EVENT_FOCUS_OUT,
	KEY_EVENT_CURSOR,        /* answer to a question: key is the column */
	KEY_EVENT_GROUND,        /* an answer too: key is 0xrrggbb */
	KEY_EVENT_MOUSE          /* key is an enum mouse_action; y, x */
};

enum mouse_action {
	MOUSE_PRESS,
	MOUSE_PRESS_MORE,        /* with Shift or Ctrl */
	MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN
};

struct key_event {
	enum key_event_kind kind;
	int key;
	const char *text;        /* valid until the next call */
	size_t len;
	int y, x;                /* of the mouse, from 0 */
};

/* What the terminal's description says its keys send. */
struct key_sequence {
	const char *bytes;       /* heap, the decoder's */
	int key;
};

struct key_decoder;

/* Takes the sequences (ends with a zero row; may be NULL). */
struct key_decoder *key_decoder_new(struct key_sequence *sequences);
void key_decoder_free(struct key_decoder *d);
void key_feed(struct key_decoder *d, const char *bytes, size_t len,
	int64_t now);
bool key_next(struct key_decoder *d, int64_t now, struct key_event *event);

/* When key_next should be asked again though no byte came. */
int64_t key_due(const struct key_decoder *d);

/* What is waiting is taken as complete: nothing more will come. */
void key_flush(struct key_decoder *d);

/* The next answer of the form CSI row ; column R is a cursor's place. */
void key_expect_cursor(struct key_decoder *d);

/* Whether the mouse is heard (xterm's SGR 1006): the left button's press
 * and the wheel. Else its sequences are swallowed. */
void key_expect_mouse(struct key_decoder *d, bool on);

/* The next answer of the form OSC 11 ; rgb:… is the ground's colour. */
void key_expect_ground(struct key_decoder *d);

#endif
