/* SPDX-License-Identifier: MIT */
/* `exec`: a program of the user's with values of the row. */
#include "ui/command_rows.h"

#include "base/mem.h"
#include "cli/child.h"
#include "ui/app_own.h"
#include "ui/dialog.h"
#include "ui/exec.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* What the placeholders are taken from; compiled alone: only whether they
 * could be is asked. */
struct subject {
	const struct compiled *compiled;
	struct table *table;
	struct row row;
};

static void add_region(struct row row, struct str *out)
{
	char buffer[64];

	str_add(out, row_region(row, buffer));
}

static void add_account(struct row row, struct str *out)
{
	char buffer[64];

	str_add(out, row_account(row, buffer));
}

static void add_profile(struct row row, struct str *out)
{
	str_add(out, session_name(row.segment->session));
}

static const struct {
	const char *name;
	void (*add)(struct row row, struct str *out);
} values[] = {
	{ "id", row_id }, { "region", add_region }, { "account", add_account },
	{ "profile", add_profile }, { "arn", row_arn },
};

static bool find_value(void *data, const char *name, struct str *out,
	struct error *err)
{
	const struct subject *s = data;
	const struct compiled_column *column;
	struct row joined = { 0 };
	int index;

	if (!s->compiled)
		return error_set(err, ERR_USAGE,
			"there is no row here to take %%{%.40s} from", name);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (str_eq(values[i].name, name)) {
			if (s->row.segment)
				values[i].add(s->row, out);
			return true;
		}
	index = compiled_column_index(s->compiled, name);
	if (index < 0)
		return error_set(err, ERR_USAGE, "%s have no %%{%.40s}: id, "
			"region, account, profile, arn or a column",
			s->compiled->resource->name, name);
	if (!s->row.segment)
		return true;
	column = &s->compiled->columns[index];
	if (s->table)
		joined = table_joined(s->table, s->row, column->join);
	row_plain(s->row, column, joined, out);
	return true;
}

/* Enough for exec_make to be content with every value. */
static bool could_be(void *data, const char *name, struct str *out,
	struct error *err)
{
	return find_value(data, name, out, err) && str_add(out, "x");
}

bool exec_check(const struct compiled *compiled, const struct words *words,
	struct error *err)
{
	struct subject subject = { .compiled = compiled };
	struct exec e;

	if (!exec_make(&e, words, could_be, &subject, err))
		return false;
	exec_clear(&e);
	return true;
}

/* That of AWS's own tools, of the same place as the row. */
static void make_environment(struct environment *e, const struct app *app,
	struct row row)
{
	char buffer[64];

	environment_make(e, app->runtime, row.segment ?
		row_region(row, buffer) : "", row.segment ?
		session_name(row.segment->session) : "");
}

/* What waits for its confirmation. */
struct pending {
	struct exec exec;
	struct environment env;
	struct session *session;     /* a reference; NULL: no row */
};

static void pending_free(struct pending *p)
{
	exec_clear(&p->exec);
	environment_clear(&p->env);
	session_unref(p->session);
	free(p);
}

static void run(struct app *app, struct pending *p)
{
	const char *name = p->exec.words.items[0];
	struct error err = ERROR_INIT;
	int status = 0;

	if (!screen_run(app->screen, p->exec.words.items, p->env.items,
	    p->exec.wait, &status, &err))
		app_error(app, &err);
	else if (WIFSIGNALED(status))
		app_message(app, MESSAGE_WARN, "%s was ended by signal %d",
			name, WTERMSIG(status));
	else if (WEXITSTATUS(status))
		app_message(app, MESSAGE_WARN, "%s ended with %d", name,
			WEXITSTATUS(status));
	app->redraw = true;
	pending_free(p);
}

static void confirmed(struct app *app, bool yes, void *data)
{
	const struct pending *pending = data;

	if (!yes)
		pending_free(data);
	else if (app_is_read_only(app, pending->session)) {
		app_message(app, MESSAGE_WARN, "read-only since: nothing ran");
		pending_free(data);
	} else
		run(app, data);
}

/* The row and its values are those of the moment the key was pressed. */
static void confirm(struct app *app, struct pending *p)
{
	struct str text = STR_INIT;
	const struct dialog_options ask = {
		.title = "Run a program", .yes = "Run", .no = "Cancel",
		.answered = confirmed, .data = p,
	};
	struct dialog_options options = ask;

	for (size_t i = 0; i < p->exec.words.count; i++) {
		str_add(&text, i ? " " : "");
		words_quote(&text, p->exec.words.items[i]);
	}
	options.text = text.p;
	dialog_open(app, &options);
	str_clear(&text);
}

bool do_exec(struct app *app, const struct words *words, struct error *err)
{
	const struct pane_ops *ops = app->top->ops;
	struct subject s = { .table = app_table(app) };
	struct session *session;
	struct pending *p;

	if (ops->row && ops->row(app->top, &s.row))
		s.compiled = s.row.segment->compiled;
	session = s.compiled ? s.row.segment->session : NULL;
	if (app_profile_flags(app, session) & PROFILE_READ_ONLY)
		return error_set(err, ERR_READ_ONLY, "read-only: no program "
			"is run, the start-up file locks this profile");
	if (app_is_read_only(app, session))
		return error_set(err, ERR_READ_ONLY,
			"read-only: no program is run; :write allows it");
	p = xcalloc(1, sizeof(*p));
	p->session = session ? session_ref(session) : NULL;
	if (!exec_make(&p->exec, words, find_value, &s, err)) {
		session_unref(p->session);
		free(p);
		return false;
	}
	make_environment(&p->env, app, s.row);
	if (p->exec.confirm)
		confirm(app, p);
	else
		run(app, p);
	return true;
}
