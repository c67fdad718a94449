/* SPDX-License-Identifier: MIT */
/* The sheet of a run, a row a target. UI thread. */
#ifndef UI_PANE_RUN_H
#define UI_PANE_RUN_H

#include "ui/runs.h"

struct pane *pane_run_new(struct app *app, struct ran *ran);

/* A sheet that shows it is drawn anew. */
void pane_run_changed(const struct ran *ran);

#endif
