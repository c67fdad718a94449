/* SPDX-License-Identifier: MIT */
/* What can be done to the rows here: a letter each. UI thread. */
#ifndef UI_PANE_MENU_H
#define UI_PANE_MENU_H

#include "action/action.h"
#include "ui/app.h"

/* ERR_USAGE, ERR_READ_ONLY: there is nothing that can be done here. */
bool pane_menu_open(struct app *app, struct error *err);

/* "stop" is of the rows here, "volumes.create" of any resource. */
bool menu_find(struct app *app, const char *name, struct form *form,
	struct error *err);

/* `do ACTION [FIELD=VALUE…]`: one of them by name, fields filled in. */
bool menu_do(struct app *app, const struct words *words, struct error *err);

#endif
