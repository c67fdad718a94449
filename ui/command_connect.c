/* SPDX-License-Identifier: MIT */
/* Logging in to the row: `connect`, and the rules of `ssh`. */
#include "ui/command_rows.h"

#include "cli/child.h"
#include "cli/connect.h"
#include "ui/app_own.h"
#include "ui/prompt.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

bool do_ssh(struct app *app, const struct words *words, struct error *err)
{
	return connect_rules_add(&app->own->rules, words, err);
}

static bool find_row(struct app *app, struct row *row, struct error *err)
{
	const struct pane *pane = app_ground(app);

	if (!pane->ops->row || !pane->ops->row(pane, row))
		return error_set(err, ERR_USAGE, "there is nothing here to "
			"log in to");
	if (!row->segment->compiled->resource->connect)
		return error_set(err, ERR_USAGE, "nobody logs in to %s",
			row->segment->compiled->resource->name);
	return true;
}

static bool is_live(const struct connect *c, struct connect_facts *facts,
	struct error *err)
{
	const char *state = connect_fact_of(facts, c->state);

	return str_eq(state, c->live) || error_set(err, ERR_USAGE, "%s is "
		"%s, not %s", connect_fact_of(facts, "id"), state, c->live);
}

static bool make(struct app *app, struct row row,
	const struct connect_choice *choice, struct words *argv,
	struct error *err)
{
	const struct connect *c = row.segment->compiled->resource->connect();
	struct connect_facts facts;
	const struct connect_request request = { .connect = c,
		.rules = &app->own->rules, .choice = choice, .data = &facts,
		.fact = connect_fact_of };
	bool ok;

	connect_facts_init(&facts, row);
	ok = is_live(c, &facts, err) && connect_make(&request, argv, err);
	connect_facts_clear(&facts);
	return ok;
}

static bool run(struct app *app, struct row row, const struct words *argv,
	struct error *err)
{
	struct environment env;
	char region[64];
	int status = 0;
	bool ok;

	environment_make(&env, app->runtime, row_region(row, region),
		session_name(row.segment->session));
	ok = screen_run(app->screen, argv->items, env.items, false, &status,
		err);
	environment_clear(&env);
	app->redraw = true;
	if (ok && WIFEXITED(status) && WEXITSTATUS(status))
		app_message(app, MESSAGE_WARN, "%s ended with %d",
			argv->items[0], WEXITSTATUS(status));
	return ok;
}

static bool may_log_in(const struct app *app, struct row row,
	struct error *err)
{
	return !app_is_read_only(app, row.segment->session) || error_set(err,
		ERR_READ_ONLY, "read-only: nobody logs in; :write allows it");
}

bool do_connect(struct app *app, const struct words *words,
	struct error *err)
{
	struct connect_choice choice = { 0 };
	struct words argv = { 0 };
	struct row row;
	bool ok;

	ok = find_row(app, &row, err) && may_log_in(app, row, err) &&
		connect_read(&choice, NULL, words, 1, err) &&
		make(app, row, &choice, &argv, err) &&
		run(app, row, &argv, err);
	connect_choice_clear(&choice);
	words_clear(&argv);
	return ok;
}

bool do_forward(struct app *app, const struct words *words,
	struct error *err)
{
	struct row row;

	(void)words;
	if (!find_row(app, &row, err))
		return false;
	prompt_open_command(app, "connect forward=");
	return true;
}
