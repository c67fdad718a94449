/* SPDX-License-Identifier: MIT */
/*
 * The terminal: opened, read, flushed, suspended, and given back as it was
 * on every way out, crashes included. Together with theme.c and draw.c the
 * only code that knows curses. UI thread.
 */
#ifndef UI_TERM_H
#define UI_TERM_H

#include "catalogue/format.h"
#include "ui/key.h"
#include "ui/theme.h"

struct terminal;

struct screen {
	struct theme *theme;
	const struct signs *signs;
	bool utf8;
	bool unicode;            /* may signs and lines be more than ASCII? */
	int ambiguous;           /* columns of ambiguous characters: 1, 2 */
	int rows, columns;
	uint64_t bytes_read;     /* since it was opened */
	bool cursor;             /* shown, at: */
	int cursor_y, cursor_x;
	struct terminal *terminal;   /* term.c's */
};

/* Errors: not a terminal, TERM unknown or too simple; one line that says
 * what to do. */
struct screen *screen_open(struct error *err);
void screen_close(struct screen *s);
int screen_fd(const struct screen *s);

/* Bytes that are there; 0: the line is gone, -1: nothing now. */
long screen_read(struct screen *s, char *bytes, size_t room);

/* What its keys send, for key_decoder_new. */
struct key_sequence *screen_sequences(const struct screen *s);

/* Asks how wide ambiguous characters are; the answer is a key event. */
bool screen_measure(struct screen *s);

/* Asks which colour the ground has, where terminals know the question; the
 * answer is a key event. */
bool screen_ask_ground(struct screen *s);

/* Off when it is opened. Shift-drag selects, as terminals do then. */
void screen_set_mouse(struct screen *s, bool on);

/* ascii, ambiguous-width: 0 leaves the width as measured. */
void screen_set_signs(struct screen *s, bool ascii, int ambiguous);

/* Takes the size that the terminal has now; true: another one. */
bool screen_resize(struct screen *s);
void screen_begin(struct screen *s);     /* a frame: no cursor yet */
void screen_flush(struct screen *s);     /* one doupdate */
void screen_redraw(struct screen *s);    /* the next frame repaints all */

/* Stops the process group and returns when it goes on. */
void screen_suspend(struct screen *s);
void screen_resume(struct screen *s);    /* somebody else used the screen */

/* Gives the terminal back until screen_resume(). */
void screen_leave(struct screen *s);

/* Runs argv on the terminal and returns when it has ended; wait: not before
 * Enter, so that it can be read; so too when it failed. status: waitpid's.
 * False: it could not be started. */
bool screen_run(struct screen *s, char *const *argv, char *const *env,
	bool wait, int *status, struct error *err);

/* Bytes that are not part of a frame, behind what was flushed. */
void screen_write(struct screen *s, const char *bytes, size_t len);

/* To the clipboard (OSC 52). False: too long for terminals to take. */
bool screen_copy(struct screen *s, const char *text);

/* SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGTSTP and SIGCONT as a descriptor;
 * -1 with err. block is for before the first thread. */
void signals_block(void);
int signals_open(struct error *err);

/* The next one that came; 0: none. */
int signals_read(int fd);

#endif
