/* SPDX-License-Identifier: MIT */
#include "ui/command_rows.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/vec.h"
#include "ui/app_own.h"
#include "ui/dialog.h"
#include "ui/keymap.h"
#include "ui/prompt.h"
#include "ui/runs.h"
#include "ui/save.h"
#include "ui/works.h"

#include <stdlib.h>
#include <string.h>

#define QUIT_MS 2000
#define WRITE_MS (30 * 60 * 1000)

static const char *argument(const struct words *words)
{
	return words->count > 1 ? words->items[1] : NULL;
}

/* All words behind the name, as they were typed but for the quotes. */
void command_text(const struct words *words, struct str *out)
{
	for (size_t i = 1; i < words->count; i++)
		str_addf(out, "%s%s", i > 1 ? " " : "", words->items[i]);
}

bool do_prompt(struct app *app, const struct words *words, struct error *err)
{
	struct str text = STR_INIT;

	(void)err;
	command_text(words, &text);
	if (text.len)
		str_addc(&text, ' ');
	prompt_open_command(app, text.p);
	str_clear(&text);
	return true;
}

bool do_filter(struct app *app, const struct words *words, struct error *err)
{
	struct str text = STR_INIT;

	if (!app->top->ops->filter)
		return error_set(err, ERR_USAGE,
			"there is nothing to filter here");
	if (words->count == 1) {
		prompt_open_filter(app);
		return true;
	}
	command_text(words, &text);
	app->top->ops->filter(app->top, text.p, true, err);
	str_clear(&text);
	return err->kind == ERR_NONE;
}

bool do_help(struct app *app, const struct words *words, struct error *err)
{
	struct str context = STR_INIT;

	app->own->newcomer = false;
	if (!argument(words))
		app_context(app, &context);
	else if (!find_context(app, argument(words), &context, err))
		return false;
	app_push(app, pane_help_new(app, context.p));
	str_clear(&context);
	return true;
}

bool do_messages(struct app *app, const struct words *words,
	struct error *err)
{
	(void)words, (void)err;
	app->own->message_seen = app->messages.count;
	app->own->message_until = 0;
	app_push(app, pane_messages_new(app));
	return true;
}

static void quit_answered(struct app *app, bool yes, void *data)
{
	(void)data;
	app->quit = yes;
}

/* Asks only while something is being sent: what was sent is done whatever
 * the console does, what was not is lost. */
bool do_quit(struct app *app, const struct words *words, struct error *err)
{
	struct dialog_options ask = {
		.title = "Quit", .yes = "Cancel the rest and quit",
		.no = "Stay", .look = LOOK_WARN, .answered = quit_answered,
	};
	size_t going = runs_going(app), works = works_going(app);
	struct str text = STR_INIT;

	(void)words, (void)err;
	app->quit = !going && !works;
	if (app->quit)
		return true;
	if (going)
		str_addf(&text, "%zu %s still being sent (J shows).\nWhat was "
			"not sent yet would be cancelled.%s", going,
			going == 1 ? "job is" : "jobs are", works ? "\n" :
			"");
	if (works)
		str_addf(&text, "%zu piece%s of work would be parked: `tucuxi "
			"jobs` goes on.", works, works == 1 ? "" : "s");
	ask.text = text.p;
	dialog_open(app, &ask);
	str_clear(&text);
	return true;
}

/* What runs in front is the pane's to stop and it was asked first. */
bool do_cancel(struct app *app, const struct words *words, struct error *err)
{
	struct app_own *own = app->own;

	if (save_cancel(app))
		return true;
	if (clock_now() < own->quit_until)
		return do_quit(app, words, err);
	own->quit_until = clock_now() + QUIT_MS;
	app_message(app, MESSAGE_INFO, "press it again to quit");
	return true;
}

bool do_refresh(struct app *app, const struct words *words,
	struct error *err)
{
	struct table *table = app_table(app);

	(void)words;
	if (!table)
		return error_set(err, ERR_USAGE,
			"there is nothing to refresh here");
	table_retry(table);
	app_refreshed(app);
	return true;
}

bool do_pause(struct app *app, const struct words *words, struct error *err)
{
	(void)words, (void)err;
	app->paused = !app->paused;
	app_message(app, MESSAGE_INFO, app->paused ?
		"refreshing is paused" : "refreshing goes on");
	return true;
}

/* The session of a shard that waits for somebody's code. */
static struct session *wants_code(const struct app *app)
{
	const struct table *table = app_table(app);
	struct shard shard;

	for (size_t i = 0; table && table_shard(table, i, &shard); i++) {
		if (shard.state != SHARD_FAILED ||
		    shard.err.kind != ERR_NEED_INPUT ||
		    !str_eq(shard.err.code, "MFA"))
			continue;
		for (size_t j = 0; j < app->session_count; j++)
			if (app->sessions[j] == shard.session)
				return app->sessions[j];
	}
	return NULL;
}

static void ask_again(struct app *app)
{
	struct table *table = app_table(app);

	app_refreshed(app);
	if (table)
		table_retry(table);
	app_identify(app);
}

static void code_answered(struct app *app, const char *answer, void *data)
{
	struct session *s = data;
	struct error err = ERROR_INIT;

	if (answer && !credential_answer(session_store(s), answer, &err))
		app_error(app, &err);
	else if (answer)
		ask_again(app);
	session_unref(s);
}

bool do_renew(struct app *app, const struct words *words, struct error *err)
{
	struct session *s = wants_code(app);
	struct str label = STR_INIT;

	(void)words, (void)err;
	for (size_t i = 0; i < app->session_count; i++)
		credential_forget(session_store(app->sessions[i]), NULL);
	if (s) {
		str_addf(&label, "MFA code for %s: ", session_name(s));
		prompt_ask(app, label.p, false, code_answered,
			session_ref(s));
		str_clear(&label);
		return true;
	}
	app_message(app, MESSAGE_INFO, "credentials are fetched anew");
	ask_again(app);
	return true;
}

bool do_log(struct app *app, const struct words *words, struct error *err)
{
	if (words->count != 2)
		return error_set(err, ERR_USAGE, "log FILE, or log none");
	log_close();
	if (!str_eq(words->items[1], "none") &&
	    !log_open(words->items[1], err))
		return false;
	app_message(app, MESSAGE_INFO, "the log is %s", words->items[1]);
	return true;
}

bool do_read_only(struct app *app, const struct words *words,
	struct error *err)
{
	(void)words, (void)err;
	if (app->runtime->options->write && !app->top)
		return true;     /* --write stands above the file */
	door_set_read_only(app->runtime->door, true);
	app->own->write_until = CLOCK_NEVER;
	app_message(app, MESSAGE_INFO, "read-only: nothing changes AWS");
	return true;
}

static void write_answered(struct app *app, bool yes, void *data)
{
	(void)data;
	if (!yes)
		return;
	door_set_read_only(app->runtime->door, false);
	app->own->write_until = clock_now() + WRITE_MS;
	app_message(app, MESSAGE_WARN,
		"actions may change AWS for 30 minutes%s",
		app_is_read_only(app, NULL) ?
		"; locked profiles stay read-only" : "");
}

/* Never where the command line or a profile's line has locked it. */
bool do_write(struct app *app, const struct words *words, struct error *err)
{
	static const struct dialog_options ask = {
		.title = "Leave read-only",
		.text = "Let actions change AWS for the next 30 minutes?",
		.yes = "Allow changes", .no = "Stay read-only",
		.answered = write_answered,
	};

	(void)words;
	if (!door_is_read_only(app->runtime->door) &&
	    app_is_read_only(app, NULL))
		return error_set(err, ERR_READ_ONLY, "the start-up file locks "
			"this profile: it holds until the program ends");
	if (!door_is_read_only(app->runtime->door)) {
		app_message(app, MESSAGE_INFO, "it is not read-only");
		return true;
	}
	if (app->runtime->options->read_only)
		return error_set(err, ERR_READ_ONLY, "--read-only was given: "
			"it holds until the program ends");
	dialog_open(app, &ask);
	return true;
}

bool do_redraw(struct app *app, const struct words *words, struct error *err)
{
	(void)words, (void)err;
	screen_redraw(app->screen);
	app->redraw = true;
	return true;
}

bool do_suspend(struct app *app, const struct words *words,
	struct error *err)
{
	(void)words, (void)err;
	screen_suspend(app->screen);
	app->redraw = true;
	return true;
}
