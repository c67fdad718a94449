/* SPDX-License-Identifier: MIT */
/* What is asked of AWS while the question stands: is it still so, would it
 * be allowed, what hangs on it. */
#include "ui/confirm.h"

#include "base/mem.h"
#include "base/vec.h"
#include "ui/app_task.h"

#include <stdlib.h>
#include <string.h>

static void note(struct pane_confirm *p, const char *name, const char *text)
{
	if (p->review.len)
		str_addc(&p->review, '\n');
	str_addf(&p->review, "▲ %s: ", name);
	for (; *text; text++)
		str_addf(&p->review, "%.*s", *text == '\n' ? 2 : 1,
			*text == '\n' ? ", " : text);
}

/* The row as it was just read takes the place of the old one. */
static void take_fresh(struct pane_confirm *p, struct target *t,
	const struct lookup_answer *a)
{
	struct str text = STR_INIT;
	const char *name = *t->label ? t->label : t->id;

	if (t->row.segment && row_differences(t->row, a->row, &text))
		note(p, name, text.p);
	segment_ref(a->row.segment);
	segment_unref(t->row.segment);
	t->row = a->row;
	str_clear(&text);
}

/* Those that are gone are no targets any more. */
static void take_review(struct pane_confirm *p)
{
	struct targets *t = &p->proposal.targets;
	struct targets kept = { 0 };

	for (size_t i = 0; i < t->count; i++) {
		const struct lookup_answer *a = lookup_at(p->lookup, i);
		struct target *one = &t->items[i];

		if (a->row.segment) {
			take_fresh(p, one, a);
			targets_copy(&kept, one);
			continue;
		}
		note(p, *one->label ? one->label : one->id,
			a->error.kind == ERR_NOT_FOUND ?
			"is not there any more: left out" : a->error.text);
		if (a->error.kind != ERR_NOT_FOUND)
			targets_copy(&kept, one);
	}
	targets_clear(t);
	*t = kept;
}

static void review_mail(void *data, const struct task_mail *mail)
{
	struct pane_confirm *p = data;

	if (mail->index != TASK_END)
		return;
	take_review(p);
	lookup_free(p->lookup);
	p->lookup = NULL;
	str_reset(&p->challenge);
	confirm_challenge(p);
	p->pane.dirty = true;
}

static void cancel_lookup(void *task)
{
	lookup_cancel(task);
}

static void free_lookup(void *task)
{
	lookup_free(task);
}

void confirm_review(struct pane_confirm *p)
{
	const struct task_listener listener = { .data = p,
		.mail = review_mail, .cancel = cancel_lookup };
	struct app *app = p->pane.app;
	const struct form *form = &p->proposal.form;

	if (p->kind == EFFECT_SPEND) {
		confirm_spend_begin(p);
		return;
	}
	if (!form_needs_fresh_rows(form) || form->action->on == ON_PLACES)
		return;
	p->lookup = lookup_new(app->runtime->pool, app_task_box(app),
		form->compiled);
	lookup_add_targets(p->lookup, &p->proposal.targets);
	lookup_start(p->lookup);
	app_task_listen(app, p->lookup, &listener);
}

static void take_dry_run(struct pane_confirm *p)
{
	size_t counts[RUN_ENDS], count = run_targets(p->dry)->count;
	char line[ERROR_LINE];

	str_reset(&p->dry_result);
	run_counts(p->dry, counts);
	if (counts[RUN_DONE] == count) {
		str_add(&p->dry_result, "passed");
		return;
	}
	if (count > 1)
		str_addf(&p->dry_result, "%zu of %zu passed; ",
			counts[RUN_DONE], count);
	for (size_t i = 0; i < count; i++) {
		const struct run_result *r = run_result(p->dry, i);

		if (r->end == RUN_DONE)
			continue;
		error_line(&r->error, line);
		str_add(&p->dry_result, line);
		return;
	}
}

static void dry_mail(void *data, const struct task_mail *mail)
{
	struct pane_confirm *p = data;

	if (mail->index != TASK_END)
		return;
	take_dry_run(p);
	run_free(p->dry);
	p->dry = NULL;
	p->pane.dirty = true;
}

static void cancel_run(void *task)
{
	run_cancel(task);
}

static void free_run(void *task)
{
	run_free(task);
}

/* The same request with DryRun: of copies, for the question stands. */
void confirm_dry_run(struct pane_confirm *p)
{
	const struct task_listener listener = { .data = p, .mail = dry_mail,
		.cancel = cancel_run };
	const struct targets *all = &p->proposal.targets;
	struct app *app = p->pane.app;
	struct targets targets = { 0 };
	struct error err = ERROR_INIT;
	struct form form;

	if (p->dry)
		return;
	form_copy(&form, &p->proposal.form);
	form.dry_run = true;
	for (size_t i = 0; i < all->count; i++)
		targets_copy(&targets, &all->items[i]);
	p->dry = run_start(app->runtime->pool, app_task_box(app), &form,
		&targets, &err);
	if (p->dry) {
		app_task_listen(app, p->dry, &listener);
	} else {
		app_error(app, &err);
		form_clear(&form);
		targets_clear(&targets);
	}
	p->pane.dirty = true;
}

static void add_dependent(struct pane_confirm *p, const struct target *t,
	const struct drill *drill)
{
	struct app *app = p->pane.app;
	struct error err = ERROR_INIT;
	const struct resource *r = catalogue_find(app->runtime->catalogue,
		drill->resource, &err);
	struct location *location = r ? row_drill(t->row, drill, r) : NULL;
	struct session *session = t->session;
	const char *region = t->region;
	const struct shards shards = { .sessions = &session,
		.session_count = 1, .regions = &region, .region_count = 1 };

	if (location)
		*VEC_PUSH(&p->dependents) = (struct dependent){ drill,
			table_open(app->fetch, location, &shards) };
}

void confirm_find_dependents(struct pane_confirm *p)
{
	const struct drill *d = p->proposal.form.action->dependents;
	const struct targets *t = &p->proposal.targets;

	if (t->count != 1 || !t->items[0].row.segment)
		return;
	for (; d && d->title; d++)
		add_dependent(p, &t->items[0], d);
}

bool confirm_dependents_changed(struct pane_confirm *p)
{
	bool changed = false;

	for (size_t i = 0; i < p->dependents.count; i++)
		changed |= table_take_changed(p->dependents.items[i].table);
	return changed;
}

void confirm_clear_review(struct pane_confirm *p)
{
	struct app *app = p->pane.app;

	confirm_spend_end(p);
	if (p->lookup)
		app_task_abandon(app, p->lookup, free_lookup);
	if (p->dry)
		app_task_abandon(app, p->dry, free_run);
	for (size_t i = 0; i < p->dependents.count; i++)
		table_close(p->dependents.items[i].table);
	VEC_FREE(&p->dependents);
	str_clear(&p->review);
	str_clear(&p->dry_result);
}
