/* SPDX-License-Identifier: MIT */
/*
 * What is on the screen into a file: asked for its name, never over another
 * file without asking, written by a worker. UI thread.
 */
#ifndef UI_SAVE_H
#define UI_SAVE_H

#include "cli/export.h"
#include "ui/app.h"

struct saving;

/* What is being written now, in percent; -1: nothing. */
int save_percent(const struct app *app);

/* False: nothing is being written. */
bool save_cancel(struct app *app);

#endif
