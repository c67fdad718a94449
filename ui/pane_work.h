/* SPDX-License-Identifier: MIT */
/* The sheet of a piece of work in several steps. UI thread. */
#ifndef UI_PANE_WORK_H
#define UI_PANE_WORK_H

#include "ui/works.h"

struct pane *pane_work_new(struct app *app, struct working *w);

/* Sheets that show it are drawn anew. */
void pane_work_changed(const struct working *w);

#endif
