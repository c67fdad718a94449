/* SPDX-License-Identifier: MIT */
/*
 * The lines around the pane. Head: who and where (account, regions,
 * READ-ONLY, calls a minute), then the place and how true it is. Foot: the
 * message line and the keys that matter here. UI thread.
 */
#ifndef UI_STATUSLINE_H
#define UI_STATUSLINE_H

#include "ui/app.h"

void statusline_head(struct app *app, const struct area *area);
void statusline_foot(struct app *app, const struct area *area);

/* When a head line says something else by itself: ages step. */
int64_t statusline_due(struct app *app);

#endif
