/* SPDX-License-Identifier: MIT */
/*
 * The line at the foot of the screen that takes text: `:` commands with
 * completion and history, `/` the live filter, or one question. UI thread.
 */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

#include "ui/app.h"

struct vocabulary;

void prompt_open_command(struct app *app, const char *text);
void prompt_open_filter(struct app *app);

/* answered gets NULL when it was given up; the text is wiped after. */
void prompt_ask(struct app *app, const char *label, bool secret,
	void (*answered)(struct app *app, const char *answer, void *data),
	void *data);

/* The same with a text to begin with. */
void prompt_ask_text(struct app *app, const char *label, const char *text,
	void (*answered)(struct app *app, const char *answer, void *data),
	void *data);

/* Tab asks complete() what may stand in place of the text from *start on. */
void prompt_ask_path(struct app *app, const char *label, const char *text,
	void (*complete)(struct app *app, const char *typed, size_t *start,
		struct vocabulary *out),
	void (*answered)(struct app *app, const char *answer, void *data),
	void *data);

/* Gives it up, if one is open. */
void prompt_close(struct app *app);

void prompt_key(struct app *app, int key);
void prompt_paste(struct app *app, const char *text, size_t len);
void prompt_draw(struct app *app, const struct area *area);

#endif
