/* SPDX-License-Identifier: MIT */
/*
 * The question before something is sent, in the strengths of ux.md 1.2: what
 * it is, to which, where, what goes with it, what it costs. It opens deaf
 * and with the focus on Cancel; before a DISRUPT and what is stronger the
 * rows are read again, and what differs is shown. UI thread.
 */
#ifndef UI_PANE_CONFIRM_H
#define UI_PANE_CONFIRM_H

#include "ui/proposal.h"

/* Takes the contents of p. */
void pane_confirm_open(struct app *app, struct proposal *p);

#endif
