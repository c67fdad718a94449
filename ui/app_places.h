/* SPDX-License-Identifier: MIT */
/* The stack of panes, where they look, and the way that led here: the inside
 * of the app, see app_own.h. UI thread. */
#ifndef UI_APP_PLACES_H
#define UI_APP_PLACES_H

#include "ui/app.h"

/* app_place.c */
const char *app_context(const struct app *app, struct str *out);
void app_update(struct app *app);            /* all panes, after fetch */
void app_free_closed(struct app *app);
void app_close_panes(struct app *app);
void app_home(struct app *app);              /* back to the index */
void app_renew_index(struct app *app);       /* what it lists has changed */
void app_place(const struct app *app, struct str *out);  /* its line */
void app_land(struct app *app);

/* app_where.c: without opening anything anew */
bool app_use_profile(struct app *app, const char *names, struct error *err);
void app_use_regions(struct app *app, char **regions, size_t count,
	bool all);
void app_use_all_regions(struct app *app);   /* those opted in follow */
void app_reopen(struct app *app);            /* after changing either */
void app_pick_regions(struct app *app, struct location *then,
	struct session *session);

/* history.c */
void history_note(struct app *app);          /* a new place */
void history_refresh(struct app *app);       /* before leaving it */
bool history_step(struct app *app, int by, struct error *err);
bool history_last(struct app *app, struct error *err);
void history_clear(struct app *app);

#endif
