/* SPDX-License-Identifier: MIT */
/*
 * The form engine: the fields of an action's table, filled in and checked
 * as people type, with what will be sent below them. What was filled in
 * survives Esc. UI thread.
 */
#ifndef UI_PANE_FORM_H
#define UI_PANE_FORM_H

#include "ui/proposal.h"

/* Takes the contents of p, whose form may hold values already. */
void pane_form_open(struct app *app, struct proposal *p);

/* What the form on top was for is on its way: it goes, and its draft. */
void pane_form_done(struct app *app);

/* Forms that were given up, by action and what they were about. */
struct drafts;
void drafts_free(struct drafts *d);      /* may be NULL; wipes */

#endif
