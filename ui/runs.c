/* SPDX-License-Identifier: MIT */
#include "ui/runs.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"
#include "ui/app_own.h"
#include "ui/pane_run.h"

#include <stdlib.h>
#include <string.h>

#define REFRESH_MS 3000

struct runs {
	struct ran **items;
	size_t count, room;
};

size_t runs_count(const struct app *app)
{
	return app->own->runs ? app->own->runs->count : 0;
}

struct ran *runs_at(const struct app *app, size_t i)
{
	return app->own->runs->items[i];
}

size_t runs_going(const struct app *app)
{
	size_t n = 0;

	for (size_t i = 0; i < runs_count(app); i++)
		n += !runs_at(app, i)->ended;
	return n;
}

static void ran_free(struct ran *r)
{
	if (r->run)
		run_free(r->run);
	if (r->wait)
		wait_free(r->wait);
	free(r->waited);
	free(r->run_told);
	free(r->wait_told);
	free(r->title);
	free(r);
}

void runs_free(struct runs *runs)
{
	if (!runs)
		return;
	for (size_t i = 0; i < runs->count; i++)
		ran_free(runs->items[i]);
	VEC_FREE(runs);
	free(runs);
}

static const struct compiled *made_compiled(const struct ran *r)
{
	const struct form *form = run_form(r->run);
	const struct catalogue *c = r->app->runtime->catalogue;
	struct error err = ERROR_INIT;
	const struct resource *made = form->action->makes ?
		catalogue_find(c, form->action->makes, &err) : NULL;

	return made ? catalogue_compiled(c, made) : form->compiled;
}

/* Lists that show what was changed are asked anew. */
static void refresh_lists(struct ran *r)
{
	const struct resource *own = run_form(r->run)->compiled->resource;
	const struct resource *made = made_compiled(r)->resource;

	r->refreshed = clock_now();
	fetch_outdate(r->app->fetch, own);
	fetch_outdate(r->app->fetch, made);
	for (struct pane *p = r->app->top; p; p = p->below) {
		struct table *t = p->ops->table ? p->ops->table(p) : NULL;
		const struct resource *shown = t ?
			table_compiled(t)->resource : NULL;

		if (t && (shown == own || shown == made))
			table_reread(t);
	}
}

static void sheet_changed(struct ran *r)
{
	if (r->app->top)
		pane_run_changed(r);
}

/* One target: what became of it, in a line. */
static void tell_one(struct ran *r)
{
	const struct run_result *one = run_result(r->run, 0);
	struct error err = one->error;

	if (one->end == RUN_DONE && one->made)
		app_message(r->app, MESSAGE_INFO, "%s: made %s", r->title,
			one->made);
	else if (one->end == RUN_DONE)
		app_message(r->app, MESSAGE_INFO, "%s: %s%s%s", r->title,
			run_form(r->run)->dry_run ? "dry run passed" : "done",
			*one->state ? ", now " : "", one->state);
	if (one->end != RUN_DONE) {
		error_prefix(&err, "%s", r->title);
		app_error(r->app, &err);
	}
}

static void tell(struct ran *r)
{
	size_t counts[RUN_ENDS];
	struct str text = STR_INIT;

	run_counts(r->run, counts);
	if (counts[RUN_FAILED] + counts[RUN_UNKNOWN])
		app_bell(r->app);
	if (run_targets(r->run)->count == 1) {
		tell_one(r);
		return;
	}
	ran_counts(r, &text);
	app_message(r->app, counts[RUN_FAILED] + counts[RUN_UNKNOWN] ?
		MESSAGE_ERROR : MESSAGE_INFO, "%s: %s", r->title, text.p);
	str_clear(&text);
}

/* What was asked for to be read opens as a text. */
static void show_texts(struct ran *r)
{
	const struct targets *t = run_targets(r->run);

	for (size_t i = 0; r->app->top && i < t->count; i++) {
		const char *text = run_result(r->run, i)->text;

		if (text)
			app_push(r->app, pane_text_new(r->app, r->title,
				xstrdup(text)));
	}
}

static void add_error(const struct error *err, struct str *detail)
{
	char line[ERROR_LINE];

	error_line(err, line);
	str_add(detail, line);
}

/* Nobody knows what became of it: what was looked up since stands before
 * people until they leave it. */
static void show_found(struct ran *r)
{
	const struct targets *t = run_targets(r->run);

	for (size_t i = 0; r->app->top && i < t->count; i++) {
		const struct run_result *one = run_result(r->run, i);
		struct str text = STR_INIT;

		if (!one->found)
			continue;
		str_addf(&text, "%s\n\n", r->title);
		add_error(&one->error, &text);
		str_addf(&text, "\n\nLooked up since: %s\n", one->found);
		app_push(r->app, pane_text_new(r->app, r->title,
			str_take(&text)));
	}
}

static void wait_ended(struct ran *r)
{
	const struct wait_result *one = wait_result(r->wait, 0);
	struct error err = one->error;

	r->waiting = false;
	refresh_lists(r);
	if (wait_targets(r->wait)->count != 1 || one->end == WAIT_CANCELLED)
		return;
	if (one->end == WAIT_REACHED) {
		app_message(r->app, MESSAGE_INFO, "%s: %s", r->title,
			one->state);
	} else {
		error_prefix(&err, "%s", r->title);
		app_bell(r->app);
		app_error(r->app, &err);
	}
}

static void wait_mail(void *data, const struct task_mail *mail)
{
	struct ran *r = data;

	if (mail->index == TASK_END)
		wait_ended(r);
	else
		r->wait_told[mail->index] = true;
	if (r->waiting && clock_now() - r->refreshed >= REFRESH_MS)
		refresh_lists(r);
	sheet_changed(r);
}

static void cancel_wait(void *task)
{
	wait_cancel(task);
}

/* What was made, else what was done; r->waited leads from the run's. */
static void waited_targets(struct ran *r, const struct compiled *made,
	struct targets *out)
{
	const struct targets *all = run_targets(r->run);

	r->waited = xcalloc(all->count + 1, sizeof(*r->waited));
	for (size_t i = 0; i < all->count; i++)
		r->waited[i] = SIZE_MAX;
	if (run_made(r->run, made, out)) {
		if (out->count == all->count)
			for (size_t i = 0; i < all->count; i++)
				r->waited[i] = i;
		return;
	}
	for (size_t i = 0; i < all->count; i++)
		if (run_result(r->run, i)->end == RUN_DONE &&
		    *all->items[i].id) {
			r->waited[i] = out->count;
			targets_copy(out, &all->items[i]);
		}
}

static void follow(struct ran *r)
{
	const struct form *form = run_form(r->run);
	const struct compiled *made = made_compiled(r);
	const struct task_listener listener = { .data = r,
		.mail = wait_mail, .cancel = cancel_wait, .quiet = true };
	struct targets targets = { 0 };

	if (form->dry_run || !action_is_followed(form->action) ||
	    r->app->quit)
		return;
	waited_targets(r, made, &targets);
	if (!targets.count)
		return;
	r->wait_told = xcalloc(targets.count, sizeof(*r->wait_told));
	r->wait = wait_start(r->app->runtime->pool, app_task_box(r->app),
		made, form->action, &targets, 0);
	r->waiting = true;
	app_task_listen(r->app, r->wait, &listener);
}

static void run_mail(void *data, const struct task_mail *mail)
{
	struct ran *r = data;

	if (mail->index != TASK_END) {
		r->run_told[mail->index] = true;
	} else {
		r->ended = true;
		r->end = clock_now();
		tell(r);
		show_texts(r);
		show_found(r);
		if (!effect_is_read(form_kind(run_form(r->run))))
			refresh_lists(r);
		follow(r);
	}
	sheet_changed(r);
}

static void cancel_run(void *task)
{
	run_cancel(task);
}

void ran_cancel(struct ran *r)
{
	if (!r->ended)
		run_cancel(r->run);
	else if (r->waiting)
		wait_cancel(r->wait);
}

static char *title_of(struct proposal *p)
{
	struct str title = STR_INIT;

	p->hidden = 0;           /* what was hidden was said before */
	str_addf(&title, "%s: ", p->form.action->title);
	proposal_subject(p, &title);
	return str_take(&title);
}

bool runs_start(struct app *app, struct proposal *p, struct error *err)
{
	struct app_own *own = app->own;
	size_t count = p->targets.count;
	struct ran *r = xcalloc(1, sizeof(*r));
	const struct task_listener listener = { .data = r,
		.mail = run_mail, .cancel = cancel_run };

	r->app = app;
	r->title = title_of(p);
	r->began = clock_now();
	r->run = run_start(app->runtime->pool, app_task_box(app), &p->form,
		&p->targets, err);
	if (!r->run) {
		ran_free(r);
		return false;
	}
	if (!own->runs)
		own->runs = xcalloc(1, sizeof(*own->runs));
	*VEC_PUSH(own->runs) = r;
	r->number = (unsigned)own->runs->count;
	r->run_told = xcalloc(count, sizeof(*r->run_told));
	app_task_listen(app, r->run, &listener);
	if (count > 1)
		app_push(app, pane_run_new(app, r));
	else
		app_message(app, MESSAGE_INFO, "%s …", r->title);
	return true;
}

bool ran_retry(struct ran *r)
{
	struct proposal p = { 0 };

	if (!r->ended || !run_failed(r->run, &p.form, &p.targets))
		return false;
	proposal_ask(r->app, &p);
	return true;
}

void ran_counts(const struct ran *r, struct str *out)
{
	static const enum run_end order[] = { RUN_DONE, RUN_FAILED,
		RUN_UNKNOWN, RUN_CANCELLED, RUN_PENDING };
	size_t counts[RUN_ENDS], from = out->len;

	run_counts(r->run, counts);
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (counts[order[i]])
			str_addf(out, "%s%zu %s", out->len > from ? ", " :
				"", counts[order[i]], run_end_name(order[i]));
}

static enum role followed_state(const struct ran *r, size_t target,
	struct str *word, struct str *detail)
{
	const struct wait_result *w =
		wait_result(r->wait, r->waited[target]);

	if (!r->wait_told[r->waited[target]]) {
		str_add(word, "waiting");
		str_add(detail, run_result(r->run, target)->state);
		return ROLE_WARN;
	}
	str_add(detail, w->state);
	switch (w->end) {
	case WAIT_REACHED:
		str_add(word, "done");
		return ROLE_GOOD;
	case WAIT_CANCELLED:
		str_add(word, "sent");
		return ROLE_TEXT;
	default:
		str_reset(detail);
		str_add(word, w->end == WAIT_TIMED_OUT ? "timeout" :
			"failed");
		add_error(&w->error, detail);
		return ROLE_BAD;
	}
}

enum role ran_state(const struct ran *r, size_t target, struct str *word,
	struct str *detail)
{
	const struct run_result *one = run_result(r->run, target);

	if (!r->run_told[target]) {
		str_add(word, run_end_name(RUN_PENDING));
		return ROLE_DIM;
	}
	if (one->end == RUN_DONE && r->wait &&
	    r->waited[target] != SIZE_MAX)
		return followed_state(r, target, word, detail);
	str_add(word, one->end == RUN_DONE && run_form(r->run)->dry_run ?
		"passed" : run_end_name(one->end));
	if (one->error.kind != ERR_NONE)
		add_error(&one->error, detail);
	else if (one->made)
		str_addf(detail, "made %s", one->made);
	else
		str_add(detail, one->state);
	return one->end == RUN_DONE ? ROLE_GOOD :
		one->end == RUN_CANCELLED ? ROLE_TEXT : ROLE_BAD;
}
