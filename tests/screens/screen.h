/* SPDX-License-Identifier: MIT */
/*
 * The screen tests' terminal: a program on a pseudo terminal whose output
 * goes into a real terminal emulator (libvterm), and the control line of
 * ui/control.h beside it. Everything waits for an event, nothing sleeps:
 * `idle` is answered in the output stream itself, behind the last frame.
 */
#ifndef TESTS_SCREEN_H
#define TESTS_SCREEN_H

#include "base/str.h"

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* ^ and $ are those of the screen's lines. */
#define SCREEN_REGEX (REG_EXTENDED | REG_NEWLINE | REG_NOSUB)

struct screen_test {
	pid_t pid;
	int tty, control;
	struct VTerm *vt;
	struct VTermScreen *vts;
	int rows, columns;
	size_t written;          /* bytes sent to the program's terminal */
	unsigned question;       /* number of the last `idle` */
	struct str tail;         /* output not yet given to the emulator */
	struct str answer;       /* control line's answer so far */
	unsigned owed;           /* answers to `idle` that are yet to come */
	bool answered, marked, ended;
	int status;              /* exit status once ended, 128 + signal */
	bool alternate;          /* the alternate screen is on */
	bool bell;
	char clock[32];
};

/* argv ends with NULL; env are NAME=VALUE pairs over a clean environment. */
bool screen_start(struct screen_test *t, char *const *argv,
	char *const *env, int rows, int columns);
bool screen_write_file(const char *path, const struct str *text);
bool screen_read_file(const char *path, struct str *text);
void screen_remove(const char *folder);  /* with all that is in it */
void screen_end(struct screen_test *t);
void screen_send(struct screen_test *t, const char *bytes, size_t len);
void screen_resize(struct screen_test *t, int rows, int columns);

/* False after 20 s of real time, or when the program ended. */
bool screen_await_idle(struct screen_test *t);
bool screen_await_exit(struct screen_test *t);
bool screen_await_text(struct screen_test *t, const char *regex);

/* The same, while those who sleep in virtual time are woken one by one. */
bool screen_await_until(struct screen_test *t, const char *regex);

/* A control command; the answer is in t->answer. */
bool screen_control(struct screen_test *t, const char *line);

/* What stands there: lines without trailing blanks, each ended. */
void screen_text(const struct screen_test *t, struct str *out);

/* The same with colours, as one SVG picture. */
void screen_svg(const struct screen_test *t, struct str *out,
	const char *title, bool light);

#endif
