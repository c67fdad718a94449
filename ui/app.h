/* SPDX-License-Identifier: MIT */
/*
 * The full-screen program: one context struct, one poll() on terminal, wake
 * descriptor and signals, one pane stack. UI thread only.
 */
#ifndef UI_APP_H
#define UI_APP_H

#include "cli/runtime.h"
#include "fetch/fetch.h"
#include "ui/choice.h"
#include "ui/pane.h"

struct keymap;
struct screen;
struct prompt;
struct app_sim;              /* ui/control.h */
struct dialog;
struct settings;             /* cli/setting.h */
struct app_own;

enum message_level { MESSAGE_INFO, MESSAGE_WARN, MESSAGE_ERROR };

struct message {
	enum message_level level;
	int64_t at;              /* wall ms */
	char *text;              /* sanitised, full */
	char *detail;            /* request id, code; may be NULL */
};

struct app {
	struct runtime *runtime;
	struct fetch *fetch;
	struct screen *screen;
	struct keymap *keymap;
	struct pane *top;
	struct prompt *prompt;       /* NULL: none open */
	struct dialog *dialog;       /* NULL: none open */
	struct {
		struct message *items;
		size_t count, room;
	} messages;
	struct {
		char **items;        /* lines, for `[` and `]` */
		size_t count, room, at;
	} history;
	struct session **sessions;   /* those shown now; borrowed */
	size_t session_count;
	char **regions;
	size_t region_count;
	bool all_regions;
	int64_t refresh;             /* ms; 0: off; -1: by table */
	int64_t last_key;            /* clock_now() */
	bool paused, quit, redraw;
	int exit_status;
	struct settings *settings;   /* `:set`: times, mouse … */
	struct app_own *own;         /* app.c's */
};

/* First thing in main(), before any thread: signals are blocked for the
 * loop's descriptor, no cores, not dumpable. */
void app_prepare(void);

/* Runs until quit; the exit status. Errors before the screen is up are
 * told on standard error. sim may be NULL (no demo). */
int app_run(struct runtime *runtime, const struct app_sim *sim);

void app_push(struct app *app, struct pane *pane);   /* takes it */
void app_pop(struct app *app);       /* never the last */
void app_message(struct app *app, enum message_level level,
	const char *format, ...) __attribute__((format(printf, 3, 4)));
void app_error(struct app *app, const struct error *err);

/* A line of the command language, as typed at `:` or bound to a key. */
bool app_command(struct app *app, const char *line, struct error *err);

/* Opens a listing in the app's sessions and regions. location is a
 * reference given away. */
void app_open(struct app *app, struct location *location,
	struct session *session, const char *region);
void app_set_regions(struct app *app, char **regions, size_t count,
	bool all);           /* takes the strings */
bool app_set_profile(struct app *app, const char *names, struct error *err);

/* What a resource's tables had last time, by kind ("sort"); NULL: nothing,
 * and to forget it. What the command line asks for is for one run. */
void app_remember(struct app *app, const char *kind, const char *resource,
	const char *value);
const char *app_recall(const struct app *app, const char *kind,
	const char *resource);

/* To the terminal's clipboard (OSC 52); what names it in the message. */
void app_copy(struct app *app, const char *what, const char *text);

/* pane constructors, one a kind */
struct pane *pane_table_new(struct app *app, struct location *location,
	struct session *session, const char *region);
/* sections: the row's columns and what is related stand before the tree;
 * table (may be NULL) knows the joined cells. */
struct pane *pane_detail_new(struct app *app, const struct table *table,
	struct row row, bool sections);
struct pane *pane_text_new(struct app *app, const char *title, char *text);
struct pane *pane_help_new(struct app *app, const char *context);
struct pane *pane_messages_new(struct app *app);

#endif
