/* SPDX-License-Identifier: MIT */
/*
 * Places that were visited, as lines that lead there again. UI thread.
 */
#ifndef UI_HISTORY_H
#define UI_HISTORY_H

#include "ui/app.h"

void history_note(struct app *app);          /* a new place */
void history_refresh(struct app *app);       /* before leaving it */
bool history_step(struct app *app, int by, struct error *err);
bool history_last(struct app *app, struct error *err);
void history_clear(struct app *app);

#endif
