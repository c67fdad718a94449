/* SPDX-License-Identifier: MIT */
/*
 * The test harness's door. If TUCUXI_CONTROL names an open descriptor (one
 * end of a socketpair), lines come in on it and each is answered by one:
 *
 *	idle [BYTES [MARK]]
 *	                "ok" as soon as the program has read BYTES bytes from
 *	                the terminal since it began, no job is in flight, no
 *	                view is being built and the frame that shows it all
 *	                is drawn. A lone Esc is taken for the key: nothing
 *	                follows it. With MARK, ESC ] 7777 ; MARK ESC \ stands
 *	                behind that frame in the terminal's output.
 *	advance MS      moves virtual time (TUCUXI_CLOCK) on: "ok"
 *	step            moves it to the next moment for which anything but
 *	                the screen waits (a retry, a slow reply): "ok"
 *	fault SPEC      adds a fault to the demo's simulator: "ok"
 *	operations      that were asked of it so far: "ok DescribeInstances …"
 *
 * What cannot be done is answered "error: why". Only an `idle` waits; lines
 * behind it are answered before it. Without the variable there is no door.
 * UI thread.
 */
#ifndef UI_CONTROL_H
#define UI_CONTROL_H

#include "ui/app.h"

struct control;

/* The demo's simulator, as far as the harness looks into it. */
struct app_sim {
	void *sim;
	bool (*fault)(void *sim, const char *spec, struct error *err);
	char *(*operations)(void *sim);      /* heap */
};


struct control *control_open(void);      /* NULL: no harness */
void control_close(struct control *c);
int control_fd(const struct control *c); /* -1: none */
void control_read(struct app *app);

/* A frame is drawn: the moment in which `idle` may be answered. */
void control_frame(struct app *app);

#endif
