/* SPDX-License-Identifier: MIT */
#include "ui/works.h"

#include "base/mem.h"
#include "base/vec.h"
#include "cli/child.h"
#include "cli/jobs.h"
#include "ui/app_own.h"
#include "ui/dialog.h"
#include "ui/pane_work.h"

#include <stdlib.h>
#include <string.h>

struct works {
	struct working **items;
	size_t count, room;
};

size_t works_count(const struct app *app)
{
	return app->own->works ? app->own->works->count : 0;
}

struct working *works_at(const struct app *app, size_t i)
{
	return app->own->works->items[i];
}

size_t works_going(const struct app *app)
{
	size_t n = 0;

	for (size_t i = 0; i < works_count(app); i++)
		n += works_at(app, i)->task != NULL;
	return n;
}

static void working_free(struct working *w)
{
	flow_close(w->flow);
	str_clear(&w->text);
	str_clear(&w->lines);
	free(w->title);
	free(w->step);
	free(w);
}

void works_free(struct works *works)
{
	if (!works)
		return;
	for (size_t i = 0; i < works->count; i++)
		working_free(works->items[i]);
	VEC_FREE(works);
	free(works);
}

/* While nobody else has it: what its sheet shows. */
static void describe(struct working *w)
{
	str_reset(&w->text);
	str_reset(&w->lines);
	jobs_describe(w->flow, &w->text);
	jobs_text(w->flow, &w->lines);
	w->state = flow_state(w->flow);
	pane_work_changed(w);
}

static struct working *keep(struct app *app, struct flow *f)
{
	struct working *w = xcalloc(1, sizeof(*w));
	struct str title = STR_INIT;

	jobs_title(f, &title);
	w->app = app;
	w->flow = f;
	w->title = str_take(&title);
	memcpy(w->id, flow_id(f), sizeof(w->id));
	str_init(&w->text, 0);
	str_init(&w->lines, 0);
	if (!app->own->works)
		app->own->works = xcalloc(1, sizeof(*app->own->works));
	*VEC_PUSH(app->own->works) = w;
	return w;
}

static bool wants_program(const struct flow *f, const struct error *err)
{
	size_t number, count;
	const struct work_step *step = flow_at(f, &number, &count);

	return err->kind == ERR_NEED_INPUT && step &&
		step->kind == STEP_PROGRAM;
}

/* ssh's own end is its own affair: its words stood on the terminal. */
static bool run_program(struct working *w, struct error *err)
{
	struct app *app = w->app;
	struct words argv = { 0 };
	struct environment env;
	int status;
	bool ok = jobs_program(app->runtime, w->flow, &app->own->rules,
		&argv, err);

	environment_make(&env, app->runtime, flow_get(w->flow, "region"),
		flow_get(w->flow, "profile"));
	ok = ok && screen_run(app->screen, argv.items, env.items, false,
		&status, err);
	environment_clear(&env);
	words_clear(&argv);
	app->redraw = true;
	return ok;
}

static void tell(struct working *w, const struct error *why)
{
	struct error err = *why;

	if (why->kind == ERR_NONE)
		app_message(w->app, MESSAGE_INFO, "%s: %s", w->title,
			flow_state_name(w->state));
	else if (why->kind == ERR_NEED_INPUT)
		app_message(w->app, MESSAGE_WARN, "%s: it waits for you, J "
			"shows for what", w->title);
	else if (why->kind != ERR_CANCELLED &&
	    (error_prefix(&err, "%s", w->title), true))
		app_error(w->app, &err);
}

static bool start(struct working *w, struct error *err);

/* The screen is gone when the console ends: then nothing more is begun. */
static void ended(struct working *w)
{
	struct error err = ERROR_INIT, why = ERROR_INIT;

	w->flow = flow_task_take(w->task, &err);
	flow_task_free(w->task);
	w->task = NULL;
	if (!w->app->top || w->app->quit)
		return;
	if (wants_program(w->flow, &err)) {
		error_reset(&err);
		if (!run_program(w, &why))
			app_error(w->app, &why);
		if (flow_answer(w->flow, &err) && start(w, &err))
			return;
	}
	describe(w);
	tell(w, &err);
}

static void take_mail(void *data, const struct task_mail *mail)
{
	const struct flow_news *news = (const struct flow_news *)mail;
	struct working *w = data;

	if (mail->index == TASK_END) {
		ended(w);
		return;
	}
	free(w->step);
	w->step = xstrdup(news->title);
	w->number = mail->index;
	w->count = news->count;
	pane_work_changed(w);
}

static void cancel_task(void *task)
{
	flow_task_cancel(task);
}

static bool start(struct working *w, struct error *err)
{
	const struct task_listener listener = { .data = w,
		.mail = take_mail, .cancel = cancel_task, .quiet = true };
	struct session *session = jobs_session(w->app->runtime, w->flow,
		err);

	if (!session)
		return false;
	w->state = FLOW_RUNNING;
	w->task = flow_task_start(w->app->runtime->pool,
		app_task_box(w->app), w->app->runtime->catalogue, session,
		w->flow);
	w->flow = NULL;
	app_task_listen(w->app, w->task, &listener);
	pane_work_changed(w);
	return true;
}

bool works_start(struct app *app, struct proposal *p, struct error *err)
{
	for (size_t i = 0; i < p->targets.count; i++) {
		struct flow *f = jobs_begin(app->runtime, &p->form,
			&p->targets.items[i], err);
		struct working *w;

		if (!f)
			return false;
		w = keep(app, f);
		describe(w);
		if (!flow_workflow(f)->fleeting)
			app_push(app, pane_work_new(app, w));
		if (!start(w, err))
			return false;
	}
	return true;
}

static struct flow *open_flow(const struct app *app, const char *id,
	struct error *err)
{
	char *folder = jobs_folder(app->runtime);
	struct flow *f = folder ? flow_open(folder, id, false, err) : NULL;

	free(folder);
	return f;
}

/* Again, for it may have gone on elsewhere. */
static bool take(struct working *w, struct error *err)
{
	if (w->flow || w->task)
		return true;
	w->flow = open_flow(w->app, w->id, err);
	if (w->flow)
		describe(w);
	return w->flow != NULL;
}

struct working *works_open(struct app *app, const char *id,
	struct error *err)
{
	struct flow *f;

	for (size_t i = 0; i < works_count(app); i++)
		if (!strcmp(works_at(app, i)->id, id))
			return take(works_at(app, i), err) ?
				works_at(app, i) : NULL;
	f = open_flow(app, id, err);
	if (!f)
		return NULL;
	describe(keep(app, f));
	return works_at(app, works_count(app) - 1);
}

void working_let_go(struct working *w)
{
	char *folder = jobs_folder(w->app->runtime);

	if (folder && !w->task) {
		flow_close(w->flow);
		w->flow = NULL;
	}
	free(folder);
}

static bool may_go(struct working *w, struct error *err)
{
	if (w->task)
		return error_set(err, ERR_USAGE, "it runs; Ctrl-C parks it");
	if (!take(w, err))
		return false;
	return jobs_session(w->app->runtime, w->flow, err) != NULL;
}

bool working_go_on(struct working *w, struct error *err)
{
	size_t number, count;
	const struct work_step *step;

	if (!may_go(w, err))
		return false;
	step = flow_at(w->flow, &number, &count);
	if (!step)
		return error_set(err, ERR_USAGE, "it has ended");
	if (flow_state(w->flow) == FLOW_WAITING &&
	    step->kind == STEP_PERSON && !flow_answer(w->flow, err))
		return false;
	return start(w, err);
}

bool working_connect(struct working *w, struct error *err)
{
	return may_go(w, err) && run_program(w, err);
}

static bool is_ended(const struct working *w)
{
	return w->state == FLOW_DONE || w->state == FLOW_CANCELLED;
}

static void take_back(struct app *app, bool yes, void *data)
{
	struct error err = ERROR_INIT;
	struct working *w = data;

	if (yes && may_go(w, &err) &&
	    flow_clean(w->flow, !is_ended(w), &err))
		start(w, &err);
	if (err.kind != ERR_NONE)
		app_error(app, &err);
}

bool working_take_back(struct working *w, struct error *err)
{
	struct str text = STR_INIT;
	struct dialog_options ask = { .title = "Take back", .yes = "Do it",
		.no = "Leave it", .answered = take_back, .data = w };

	if (!may_go(w, err))
		return false;
	if (!flow_left(w->flow, !is_ended(w), &text) && is_ended(w)) {
		str_clear(&text);
		return error_set(err, ERR_USAGE, "nothing is left of it");
	}
	if (!text.len)
		str_add(&text, "Nothing was made yet; it ends here.");
	ask.text = text.p;
	dialog_open(w->app, &ask);
	str_clear(&text);
	return true;
}

void works_tell(struct app *app)
{
	struct str text = STR_INIT;

	if (jobs_left(app->runtime, &text))
		app_message(app, MESSAGE_WARN, "%s", text.p);
	str_clear(&text);
}
