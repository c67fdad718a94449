/* SPDX-License-Identifier: MIT */
/*
 * `set bell on`: the terminal's bell where something has gone wrong that
 * nobody may be looking at; never twice in two seconds. UI thread.
 */
#ifndef UI_APP_BELL_H
#define UI_APP_BELL_H

#include <stdint.h>

struct app;

struct app_bell {
	uint64_t problems;       /* as many as were seen last */
	int64_t deaf_until;      /* clock_now() */
};

/* Something failed. */
void app_bell(struct app *app);

/* After a dispatch: has a row become a problem? */
void app_bell_rows(struct app *app);

#endif
