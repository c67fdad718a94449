/* SPDX-License-Identifier: MIT */
/*
 * A question over the pane: yes or no. It has no loop of its own; the table
 * behind goes on living. It opens deaf for 300 ms with the focus on no;
 * Enter is the focused button, y is yes, n and Esc are no. UI thread.
 */
#ifndef UI_DIALOG_H
#define UI_DIALOG_H

#include "ui/app.h"

struct dialog_options {
	const char *title;
	const char *text;        /* lines; copied */
	const char *yes, *no;    /* the buttons: "Quit", "Stay" */
	enum look look;          /* of the text */
	void (*answered)(struct app *app, bool yes, void *data);
	void *data;
};

/* One that is open is answered with no. */
void dialog_open(struct app *app, const struct dialog_options *options);
void dialog_close(struct app *app);      /* no, if one is open */
void dialog_key(struct app *app, int key);
void dialog_paste(struct app *app);
void dialog_draw(struct app *app, const struct area *area);

#endif
