/* SPDX-License-Identifier: MIT */
/* `jobs`: what was done in this session, and work in several steps, also of
 * other consoles. UI thread. */
#ifndef UI_PANE_JOBS_H
#define UI_PANE_JOBS_H

#include "ui/app.h"

bool pane_jobs_open(struct app *app, struct error *err);

#endif
