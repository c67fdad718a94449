/* SPDX-License-Identifier: MIT */
/*
 * The inside of the app, shared by the files that make it: app.c (loop),
 * app_frame.c (what is drawn), app_keys.c (what came from the terminal),
 * app_place.c (panes), app_where.c (profiles, regions), app_message.c,
 * app_refresh.c, app_profile.c, app_job.c, history.c, control.c, commands.
 */
#ifndef UI_APP_OWN_H
#define UI_APP_OWN_H

#include "cli/connect.h"
#include "cli/setting.h"
#include "cli/state.h"
#include "ui/app.h"
#include "ui/app_bell.h"
#include "ui/app_mouse.h"
#include "ui/app_places.h"
#include "ui/app_profile.h"
#include "ui/app_source.h"
#include "ui/app_task.h"
#include "ui/key.h"
#include "ui/table_filter.h"
#include "ui/term.h"

#define FAVOURITES 9

struct control;

struct app_own {
	struct settings settings;
	struct palette palette;      /* `color` */
	bool light;                  /* the terminal's ground */
	const char *title;           /* colour that a profile gives it */
	char *keymap;                /* that is loaded; NULL: none */
	struct language language;
	struct state *state;         /* in a demo it is never on disk */
	struct key_decoder *keys;
	struct app_mouse mouse;
	struct app_bell bell;
	int signals;                 /* descriptor */
	struct control *control;     /* NULL: no test harness */
	const struct app_sim *sim;   /* NULL: no demo */
	struct pane *closed;         /* freed when the turn is over */
	bool head_dirty;             /* head and foot lines */
	int64_t frame_due, pane_due; /* as the last poll() was told */

	struct mailbox *mail;        /* from the app's own jobs */
	struct cancel *cancel;
	size_t jobs;                 /* sent, not yet back */
	struct app_tasks tasks;      /* app_task.c */
	struct runs *runs;           /* runs.c: what was done here */
	struct works *works;         /* works.c: what goes on in steps */
	struct connect_rules rules;  /* `ssh` */
	struct drafts *drafts;       /* pane_form.c: forms given up */
	struct saving *saving;       /* one of them: save.c's; NULL: none */

	int64_t focused;             /* when the terminal got the focus */
	int64_t quit_until;          /* Ctrl-C again quits */
	int64_t write_until;         /* read-only again then; CLOCK_NEVER */

	size_t message_seen;         /* `!` has shown those before */
	int64_t message_until;       /* the newest is shown till then */

	const struct table *refreshed;   /* whose times these are: */
	int64_t refresh_started;
	bool expired;                /* its credentials: told once */

	uint64_t errors;             /* of the door, when last looked */
	int64_t troubled;            /* when there was one more */

	struct kept_filter kept;     /* across views */

	bool newcomer;               /* is told the first keys */
	bool travelling;             /* `[` and `]` are no new places */
	bool landing;                /* by what the command line says */
	char *last_place;            /* for `-` */
	char *recent[FAVOURITES];    /* regions shown lately */
};

/* app_frame.c */
struct pane *app_ground(const struct app *app);  /* under the overlays */
void app_draw(struct app *app);
bool app_is_drawn(const struct app *app);
int64_t app_frame_due(struct app *app);
struct area app_pane_area(const struct app *app);

/* app_keys.c */
bool app_read_keys(struct app *app);         /* false: the line is gone */
void app_take_keys(struct app *app);
void app_press(struct app *app, int key);    /* as if from the keyboard */

/* app_message.c */
const struct message *app_shown_message(const struct app *app);

/* app_refresh.c */
struct table *app_table(const struct app *app);      /* the top one's */
void app_refresh(struct app *app);           /* if it is time */
int64_t app_refresh_due(const struct app *app);
void app_refreshed(struct app *app);         /* by hand, just now */

/* app_job.c */
void app_identify(struct app *app);          /* account numbers */
void app_opt_in(struct app *app);            /* regions of "all" */
void app_mail(struct app *app);
void app_jobs_end(struct app *app);

/* app.c */
void app_apply_settings(struct app *app, struct error *err);

#endif
