/* SPDX-License-Identifier: MIT */
/*
 * What the rows of command.c run: command_go.c (places, profiles, regions),
 * column_names.c, command_set.c (what the user can change) and command_do.c
 * (the rest). UI thread.
 */
#ifndef UI_COMMAND_ROWS_H
#define UI_COMMAND_ROWS_H

#include "ui/command.h"

typedef bool command_function(struct app *app, const struct words *words,
	struct error *err);
typedef void complete_function(struct app *app, const struct words *words,
	struct vocabulary *out);

/* command_go.c */
command_function go_open, go_home, go_back, go_previous, go_next,
	go_last_view, go_regions, go_favourite, go_profiles;
complete_function complete_place, complete_regions,
	complete_profiles;

/* A resource, id or address with /FILTER, @PROFILE, regions behind it. False
 * with ERR_NONE: words[0] is none of these. */
bool go_is_place(struct app *app, const char *word);
bool go_use_regions(struct app *app, const struct words *words,
	size_t first, struct error *err);    /* opens nothing */
bool go_place(struct app *app, const struct words *words, size_t first,
	struct error *err);

/* command_saved.c */
command_function do_view, do_set_of;
complete_function complete_view;
bool go_view(struct app *app, const struct words *words, size_t first,
	struct error *err);
bool go_is_view(const struct app *app, const char *name);

/* save.c */
command_function do_save;

/* command_bookmark.c */
command_function do_bookmark, do_bookmarks;
complete_function complete_bookmarks;

/* table_filter.c */
command_function do_keep_filter;

/* column_names.c */
complete_function complete_columns;

/* command_do.c */
command_function do_prompt, do_filter, do_help, do_messages, do_quit,
	do_cancel, do_refresh, do_pause, do_renew, do_log, do_read_only,
	do_write, do_redraw, do_suspend;

/* command_journal.c */
command_function do_journal;

/* command_act.c */
command_function do_actions, do_action, do_jobs;
complete_function complete_actions;

/* All words behind the name, as they were typed but for the quotes. */
void command_text(const struct words *words, struct str *out);

/* app_profile.c */
command_function do_profile;
complete_function complete_profile;

/* command_connect.c */
command_function do_ssh, do_connect, do_forward;

/* command_exec.c */
command_function do_exec;

/* Whether each %{…} of an exec line is something that its rows have; compiled
 * NULL: there is no row. */
bool exec_check(const struct compiled *compiled, const struct words *words,
	struct error *err);

/* command_set.c: a context of keys by its name; a resource's own name or
 * alias means its tables, "table/instances"; appends. */
bool find_context(struct app *app, const char *name, struct str *out,
	struct error *err);
command_function do_times, do_set, do_color, do_bind, do_alias,
	do_source;
complete_function complete_set, complete_color, complete_bind,
	complete_alias;

#endif
