/* SPDX-License-Identifier: MIT */
/*
 * `tucuxi do`: read the line, refuse what read-only refuses, look the
 * targets up, have them confirmed, do it, and say of each what came of it.
 */
#include "action/answer.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/batch.h"
#include "cli/command.h"
#include "cli/do.h"
#include "cli/jobs.h"
#include "cli/verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	CELL_ID, CELL_REGION, CELL_ACCOUNT, CELL_NAME, CELL_RESULT,
	CELL_BEFORE, CELL_AFTER, CELL_MADE, CELL_REQUEST, CELL_WHY, CELLS
};

static void fill_target(struct doing *d, const struct target *t,
	const char *result)
{
	char region[64];
	struct str *cells = d->sheet.cells;

	str_add(&cells[CELL_ID], t->id);
	str_add(&cells[CELL_REGION], t->row.segment && !t->elsewhere ?
		row_region(t->row, region) : t->region);
	str_add(&cells[CELL_ACCOUNT], t->account);
	str_add(&cells[CELL_NAME], t->label);
	str_add(&cells[CELL_RESULT], result);
	str_add(&cells[CELL_BEFORE], t->state);
}

/* Tables take their widths from all rows; other rows go out at once. */
static void write_row(struct doing *d)
{
	sheet_row(&d->sheet);
	if (d->sheet.writer.format != OUTPUT_TABLE)
		writer_page(&d->sheet.writer);
}

static void add_error(struct doing *d, const struct error *err)
{
	char line[ERROR_LINE];

	if (err->kind == ERR_NONE)
		return;
	error_line(err, line);
	str_add(&d->sheet.cells[CELL_WHY], line);
}

/* The first failure decides how it ends: all of a kind are alike. */
static void note_failure(struct doing *d, const struct error *err)
{
	if (!d->status)
		d->status = err->kind == ERR_NONE ? 1 : batch_status(err);
}

static void write_missing(struct doing *d)
{
	for (size_t i = 0; i < d->missing.count; i++) {
		const struct do_missing *m = &d->missing.items[i];

		str_add(&d->sheet.cells[CELL_ID], m->id);
		str_add(&d->sheet.cells[CELL_REGION], m->region);
		str_add(&d->sheet.cells[CELL_RESULT], "failed");
		add_error(d, &m->error);
		write_row(d);
		note_failure(d, &m->error);
	}
}

static void write_result(struct doing *d, const struct run *run, size_t i)
{
	const struct run_result *r = run_result(run, i);
	bool dry = run_form(run)->dry_run && r->end == RUN_DONE;

	fill_target(d, &run_targets(run)->items[i], dry ? "dry-run" :
		run_end_name(r->end));
	str_add(&d->sheet.cells[CELL_AFTER], r->state);
	str_add(&d->sheet.cells[CELL_MADE], r->made ? r->made : "");
	str_add(&d->sheet.cells[CELL_REQUEST], r->request_id);
	add_error(d, &r->error);
	if (r->found)
		str_addf(&d->sheet.cells[CELL_WHY], " — %s", r->found);
	write_row(d);
	if (r->end != RUN_DONE)
		note_failure(d, &r->error);
}

static void cancel_run(void *task)
{
	run_cancel(task);
}

static void cancel_wait(void *task)
{
	wait_cancel(task);
}

static const char *const wait_words[] = {
	[WAIT_REACHED] = "done", [WAIT_FAILED] = "failed",
	[WAIT_TIMED_OUT] = "timeout", [WAIT_CANCELLED] = "sent",
};

/* from[i]: which of the run's targets is the wait's i-th, or has made it. */
static void write_waited(struct doing *d, const struct run *run,
	const struct wait *wait, const size_t *from, size_t i)
{
	const struct wait_result *w = wait_result(wait, i);
	const struct run_result *r = run_result(run, from[i]);
	const struct target *followed = &wait_targets(wait)->items[i];
	bool made = action_follows_made(run_form(run)->action);

	fill_target(d, made ? &run_targets(run)->items[from[i]] : followed,
		wait_words[w->end]);
	if (made)
		str_add(&d->sheet.cells[CELL_MADE], followed->id);
	str_add(&d->sheet.cells[CELL_AFTER], *w->state ? w->state : r->state);
	str_add(&d->sheet.cells[CELL_REQUEST], r->request_id);
	add_error(d, &w->error);
	write_row(d);
	if (w->end != WAIT_REACHED)
		note_failure(d, &w->error);
}

/* What is followed of what was done; from[i]: which target the i-th is of. */
static size_t *take_done(const struct run *run, struct targets *done)
{
	const struct targets *all = run_targets(run);
	size_t *from = xcalloc(all->count + 1, sizeof(*from));

	for (size_t i = 0; i < all->count; i++) {
		if (run_result(run, i)->end != RUN_DONE)
			continue;
		from[done->count] = i;
		targets_copy(done, &all->items[i]);
	}
	return from;
}

static size_t *take_made(const struct run *run, const struct compiled *made,
	struct targets *done)
{
	size_t count = run_targets(run)->count, n = 0;
	size_t *from;

	run_made(run, made, done);
	from = xcalloc(done->count + 1, sizeof(*from));
	for (size_t i = 0; i < count; i++) {
		const char *p = run_result(run, i)->made;

		for (; p && *p && n < done->count; p += strspn(p, " ")) {
			from[n++] = i;
			p += strcspn(p, " ");
		}
	}
	return from;
}

/* What was made may be of another resource. */
static const struct compiled *followed(const struct doing *d,
	const struct form *form)
{
	const struct catalogue *c = d->runtime->catalogue;
	struct error ignored = ERROR_INIT;

	if (!action_follows_made(form->action) || !form->action->makes)
		return form->compiled;
	return catalogue_compiled(c, catalogue_find(c, form->action->makes,
		&ignored));
}

static void follow(struct doing *d, const struct run *run)
{
	const struct form *form = run_form(run);
	const struct compiled *compiled = followed(d, form);
	struct targets done = { 0 };
	const struct task_mail *mail;
	struct wait *wait;
	size_t *from = action_follows_made(form->action) ?
		take_made(run, compiled, &done) : take_done(run, &done);

	wait = wait_start(d->runtime->pool, d->box, compiled, form->action,
		&done, 0);
	while ((mail = do_take(d, cancel_wait, wait))->index != TASK_END)
		write_waited(d, run, wait, from, mail->index);
	wait_free(wait);
	free(from);
}

static bool run_all(struct doing *d, struct error *err)
{
	const struct options *o = d->runtime->options;
	bool waits = o->wait && !o->dry_run &&
		action_is_followed(d->form.action);
	const struct task_mail *mail;
	struct run *run = run_start(d->runtime->pool, d->box, &d->form,
		&d->targets, err);

	if (!run)
		return false;
	while ((mail = do_take(d, cancel_run, run))->index != TASK_END)
		if (!waits || run_result(run, mail->index)->end != RUN_DONE)
			write_result(d, run, mail->index);
	if (waits)
		follow(d, run);
	run_free(run);
	return true;
}

static const char *work_result(const struct flow *f, const struct error *err)
{
	switch (err->kind) {
	case ERR_CANCELLED:
		return "parked";
	case ERR_NONE:
	case ERR_NEED_INPUT:
		return flow_state_name(flow_state(f));
	default:
		return "failed";
	}
}

/* Several steps: one target after the other, for some want the terminal. */
static bool run_work(struct doing *d, struct error *err)
{
	for (size_t i = 0; i < d->targets.count; i++) {
		const struct target *t = &d->targets.items[i];
		struct error why = ERROR_INIT;
		struct flow *f = jobs_begin(d->runtime, &d->form, t, err);

		if (!f)
			return false;
		f = jobs_drive(d->runtime, d->box, f, &why);
		fill_target(d, t, work_result(f, &why));
		str_add(&d->sheet.cells[CELL_MADE], flow_workflow(f)->makes ?
			flow_get(f, flow_workflow(f)->makes) : "");
		if (why.kind == ERR_NEED_INPUT)
			d->status = 3;
		else if (why.kind != ERR_NONE)
			note_failure(d, &why);
		add_error(d, &why);
		write_row(d);
		flow_close(f);
	}
	return true;
}

/* Nothing goes out; the rows say what would have. */
static void write_unsent(struct doing *d)
{
	for (size_t i = 0; i < d->targets.count; i++) {
		fill_target(d, &d->targets.items[i], "not-sent");
		write_row(d);
	}
}

static bool open_rows(struct doing *d, struct error *err)
{
	static struct output_column columns[CELLS] = {
		[CELL_ID] = { .name = "id", .title = "ID" },
		[CELL_REGION] = { .name = "region", .title = "REGION" },
		[CELL_ACCOUNT] = { .name = "account", .title = "ACCOUNT",
			.machine_only = true },
		[CELL_NAME] = { .name = "name", .title = "NAME" },
		[CELL_RESULT] = { .name = "result", .title = "RESULT" },
		[CELL_BEFORE] = { .name = "before", .title = "BEFORE" },
		[CELL_AFTER] = { .name = "after", .title = "AFTER" },
		[CELL_MADE] = { .name = "made", .title = "MADE" },
		[CELL_REQUEST] = { .name = "request_id",
			.title = "REQUEST" },
		[CELL_WHY] = { .name = "error", .title = "WHY" },
	};

	d->open = sheet_open(&d->sheet, d->runtime, columns, CELLS, err);
	return d->open;
}

/* A terminal gets no controls that others have written. */
static void show_text(const char *text)
{
	bool raw = !isatty(STDOUT_FILENO);
	struct str line = STR_INIT;

	if (raw)
		fputs(text, stdout);
	while (!raw && *text) {
		size_t len = strcspn(text, "\r\n");

		str_reset(&line);
		text_sanitise(&line, text, len, false);
		puts(line.p);
		text += len;
		text += strspn(text, "\r");
		text += *text == '\n';
	}
	str_wipe(&line);
}

/* What is asked for to be read goes out as it is, without rows. */
static bool write_texts(struct doing *d, struct error *err)
{
	const struct task_mail *mail;
	struct run *run = run_start(d->runtime->pool, d->box, &d->form,
		&d->targets, err);

	if (!run)
		return false;
	while ((mail = do_take(d, cancel_run, run))->index != TASK_END) {
		const struct run_result *r = run_result(run, mail->index);

		if (r->text)
			show_text(r->text);
		if (r->end == RUN_DONE)
			continue;
		batch_complain(run_targets(run)->items[mail->index].id,
			&r->error);
		note_failure(d, &r->error);
	}
	run_free(run);
	return true;
}

static bool is_only_read(const struct doing *d)
{
	return d->form.action->answer.text && !d->form.dry_run &&
		!answer_file_field(&d->form) && !d->missing.count;
}

static const char *targets_noun(const struct doing *d)
{
	const struct resource *r = d->form.compiled->resource;

	if (d->form.action->on == ON_PLACES)
		return r->global ? "account" : d->targets.count == 1 ?
			"region" : "regions";
	return d->targets.count == 1 ? r->one : r->name;
}

/* What `do` has to be told before it does that (ux.md 1.2). */
static bool is_confirmed(const struct doing *d, struct error *err)
{
	const struct options *o = d->runtime->options;
	const struct target *first = &d->targets.items[0];
	enum effect kind = form_kind(&d->form);
	struct str what = STR_INIT, answer = STR_INIT, quoted = STR_INIT;
	bool typed = effect_strength(kind) >= effect_strength(EFFECT_DESTROY);
	bool ok;

	if (effect_is_read(kind))
		return true;
	form_describe(&d->form, &what);
	form_challenge(&d->form, d->targets.count, first->label, first->id,
		&answer);
	words_quote(&quoted, answer.p);
	ok = typed ? o->confirm && !strcmp(o->confirm, answer.p) : o->yes;
	if (!ok)
		error_set(err, ERR_NEED_CONFIRM, "%s would be sent for %zu "
			"%s (%s): %s%s", what.p, d->targets.count,
			targets_noun(d), effect_name(kind),
			typed ? "confirm it with --confirm=" :
			"say --yes to do it", typed ? quoted.p : "");
	str_clear(&what);
	str_clear(&answer);
	str_clear(&quoted);
	return ok;
}

/* A dry run of what has none is only shown. */
static bool is_only_shown(const struct doing *d)
{
	struct str what = STR_INIT;

	if (!d->form.dry_run || form_has_dry_run(&d->form))
		return false;
	form_describe(&d->form, &what);
	fprintf(stderr, "tucuxi: %s has no dry run: nothing was sent\n",
		what.p);
	str_clear(&what);
	return true;
}

/* Is all said that has to be, and all still as it was? */
static bool is_agreed(struct doing *d, struct error *err)
{
	if (form_kind(&d->form) == EFFECT_SPEND)
		return do_spend(d, err);
	return (d->form.dry_run || is_confirmed(d, err)) && do_review(d, err);
}

static bool act(struct doing *d, struct error *err)
{
	if (!d->targets.count)
		return true;
	if (is_only_shown(d)) {
		write_unsent(d);
		return true;
	}
	if (do_suggest(d, err) && is_agreed(d, err))
		return d->form.action->workflow ? run_work(d, err) :
			run_all(d, err);
	write_unsent(d);
	return false;
}

/* Where every session is locked nothing is looked up; else the door refuses
 * those targets that are of one that is. */
static bool is_permitted(const struct doing *d, struct error *err)
{
	const struct runtime *rt = d->runtime;

	for (size_t i = 0; i < rt->session_count; i++)
		if (form_permits(&d->form, rt->sessions[i], err))
			return true;
	return false;
}

static void run_do(struct doing *d, struct error *err)
{
	bool ok = do_read_words(d, err) && is_permitted(d, err) &&
		do_find(d, err);

	if (ok && is_only_read(d)) {
		ok = is_confirmed(d, err) && write_texts(d, err);
	} else if (ok && (ok = open_rows(d, err))) {
		write_missing(d);
		ok = act(d, err);
	}
	if (!ok)
		d->status = batch_status(err);
}

int verb_do(struct runtime *rt)
{
	struct doing d = { .runtime = rt };
	struct error err = ERROR_INIT;

	if (rt->options->list)
		return do_list(rt);
	d.box = mailbox_new();
	run_do(&d, &err);
	if (d.open)
		d.status = sheet_close(&d.sheet, d.status);
	if (err.kind != ERR_NONE)
		runtime_complain(&err);
	targets_clear(&d.targets);
	form_clear(&d.form);
	do_clear_words(&d);
	mailbox_free(d.box);
	return d.status;
}
