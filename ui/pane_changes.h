/* SPDX-License-Identifier: MIT */
/* The list of what refreshes have found. UI thread. */
#ifndef UI_PANE_CHANGES_H
#define UI_PANE_CHANGES_H

#include "ui/command_rows.h"

struct pane *pane_changes_new(struct app *app);
command_function do_changes;

#endif
