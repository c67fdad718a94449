/* SPDX-License-Identifier: MIT */
/*
 * `tucuxi firewall`: what the firewall for the moment has left behind,
 * whoever opened it on whichever machine, found by its tags; and away with
 * it.
 */
#include "action/bulk.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"
#include "cli/batch.h"
#include "cli/do.h"
#include "cli/jobs.h"
#include "cli/verb.h"

#include <stdlib.h>
#include <string.h>

enum {
	CELL_ID, CELL_REGION, CELL_ACCOUNT, CELL_STATE, CELL_WHO, CELL_UNTIL,
	CELL_WHAT, CELL_WHY, CELLS
};

static struct output_column columns[CELLS] = {
	[CELL_ID] = { .name = "id", .title = "RULE" },
	[CELL_REGION] = { .name = "region", .title = "REGION" },
	[CELL_ACCOUNT] = { .name = "account", .title = "ACCOUNT", .machine_only = true },
	[CELL_STATE] = { .name = "state", .title = "STATE" },
	[CELL_WHO] = { .name = "who", .title = "WHO" },
	[CELL_UNTIL] = { .name = "until", .title = "UNTIL" },
	[CELL_WHAT] = { .name = "what", .title = "WHAT" },
	[CELL_WHY] = { .name = "error", .title = "WHY" },
};

struct seeking {
	struct runtime *runtime;
	const struct work_leftovers *table;
	const struct compiled *compiled;
	struct path *work, *who, *until, *what;
	struct targets found;
	struct sheet sheet;
	int status;
};

static bool take_segment(void *data, struct segment *segment)
{
	struct seeking *s = data;

	for (uint32_t i = 0; i < segment->count; i++)
		targets_add(&s->found, (struct row){ segment, i }, NULL);
	segment_unref(segment);
	return true;
}

static void take_done(void *data, struct session *session,
	const char *region, const struct listing_result *result)
{
	struct seeking *s = data;

	(void)session;
	if (result->err.kind == ERR_NONE)
		return;
	batch_complain(region, &result->err);
	s->status = 1;
}

/* Is the work in this folder, and does somebody here have it open? */
static bool find_work(const struct seeking *s, const struct target *t,
	bool *alive)
{
	const char *tag = row_text(t->row, s->work, NULL);
	char *id = xstrndup(tag, strcspn(tag, "/"));
	char *folder = jobs_folder(s->runtime);
	struct error ignored = ERROR_INIT;
	struct flow *f = folder && strlen(id) == 36 ?
		flow_peek(folder, id, &ignored) : NULL;

	*alive = f && flow_is_held(f);
	flow_close(f);
	free(folder);
	free(id);
	return f != NULL;
}

/* "open": somebody may well be logged in. */
static const char *state_of(const struct seeking *s, const struct target *t)
{
	const char *text = row_text(t->row, s->until, NULL);
	int64_t until;
	bool alive, ours = find_work(s, t, &alive);

	if (ours)
		return alive ? "open" : "left";
	return clock_parse(text, strlen(text), &until) &&
		until < clock_wall() ? "overdue" : "open";
}

static void write_row(struct seeking *s, const struct target *t,
	const char *state, const struct error *err)
{
	struct str *cells = s->sheet.cells;
	char region[64], line[ERROR_LINE];

	str_add(&cells[CELL_ID], t->id);
	str_add(&cells[CELL_REGION], row_region(t->row, region));
	str_add(&cells[CELL_ACCOUNT], t->account);
	str_add(&cells[CELL_STATE], state);
	str_add(&cells[CELL_WHO], row_text(t->row, s->who, NULL));
	str_add(&cells[CELL_UNTIL], row_text(t->row, s->until, NULL));
	str_add(&cells[CELL_WHAT], row_text(t->row, s->what, NULL));
	if (err && err->kind != ERR_NONE) {
		error_line(err, line);
		str_add(&cells[CELL_WHY], line);
		s->status = 1;
	}
	sheet_row(&s->sheet);
}

static bool seek(struct seeking *s, struct error *err)
{
	const struct work_leftovers *w = s->table;
	const struct resource *r = catalogue_find(s->runtime->catalogue,
		w->resource, err);
	struct batch_request request = { 0 };
	const struct batch_hooks hooks = { .data = s,
		.segment = take_segment, .done = take_done };
	bool ok;

	if (!r)
		return false;
	s->compiled = catalogue_compiled(s->runtime->catalogue, r);
	s->work = path_compile(NULL, w->work, err);
	s->who = path_compile(NULL, w->who, err);
	s->until = path_compile(NULL, w->until, err);
	s->what = path_compile(NULL, w->what, err);
	request.location = location_new(r);
	for (const struct step_argument *a = w->arguments; a->parameter; a++)
		location_set(request.location, a->parameter, a->value);
	ok = batch_run(s->runtime, &request, &hooks, err);
	location_unref(request.location);
	return ok;
}

static void list(struct seeking *s)
{
	for (size_t i = 0; i < s->found.count; i++)
		write_row(s, &s->found.items[i],
			state_of(s, &s->found.items[i]), NULL);
}

static bool is_named(const struct options *o, const char *id)
{
	for (size_t i = 1; i < o->argument_count; i++)
		if (!strcmp(o->arguments[i], id))
			return true;
	return false;
}

/* Those that are named, else those that nobody uses any more. */
static bool choose(struct seeking *s, struct targets *chosen,
	struct error *err)
{
	const struct options *o = s->runtime->options;

	for (size_t i = 0; i < s->found.count; i++) {
		const struct target *t = &s->found.items[i];

		if (o->argument_count > 1 ? is_named(o, t->id) :
		    strcmp(state_of(s, t), "open"))
			targets_copy(chosen, t);
	}
	if (o->argument_count > 1 && chosen->count < o->argument_count - 1)
		return error_set(err, ERR_NOT_FOUND, "%zu of the %zu rules "
			"named are not left by a firewall for the moment: "
			"`tucuxi firewall leftovers` lists them",
			o->argument_count - 1 - chosen->count,
			o->argument_count - 1);
	return true;
}

static void cancel(void *task)
{
	run_cancel(task);
}

static bool remove_all(struct seeking *s, struct targets *chosen,
	struct error *err)
{
	struct mailbox *box = mailbox_new();
	const struct task_mail *mail;
	struct str name = STR_INIT;
	struct form form = { 0 };
	struct run *run = NULL;

	str_addf(&name, "%s.%s", s->table->resource, s->table->remove);
	if (form_find(&form, s->runtime->catalogue, name.p, err))
		run = run_start(s->runtime->pool, box, &form, chosen, err);
	while (run && (mail = take_mail(box, cancel, run))->index !=
	    TASK_END) {
		const struct run_result *r = run_result(run, mail->index);

		write_row(s, &run_targets(run)->items[mail->index],
			r->end == RUN_DONE ? "removed" :
			run_end_name(r->end), &r->error);
	}
	if (run)
		run_free(run);
	form_clear(&form);
	str_clear(&name);
	mailbox_free(box);
	return run != NULL;
}

static bool reap(struct seeking *s, struct error *err)
{
	struct targets chosen = { 0 };
	bool ok = choose(s, &chosen, err);

	if (ok && chosen.count && !s->runtime->options->yes) {
		for (size_t i = 0; i < chosen.count; i++)
			write_row(s, &chosen.items[i], state_of(s,
				&chosen.items[i]), NULL);
		ok = error_set(err, ERR_NEED_CONFIRM, "%zu rule%s would be "
			"removed: say --yes to do it", chosen.count,
			chosen.count > 1 ? "s" : "");
	} else if (ok && chosen.count) {
		ok = remove_all(s, &chosen, err);
	}
	targets_clear(&chosen);
	return ok;
}

static void seeking_clear(struct seeking *s)
{
	targets_clear(&s->found);
	path_free(s->work);
	path_free(s->who);
	path_free(s->until);
	path_free(s->what);
}

static bool check_line(const struct runtime *rt, bool *reaps,
	struct error *err)
{
	const struct options *o = rt->options;
	const char *word = o->argument_count ? o->arguments[0] : "";

	*reaps = !strcmp(word, "reap");
	if (!*reaps && (strcmp(word, "leftovers") || o->argument_count > 1))
		return error_set(err, ERR_USAGE, "firewall: leftovers, or "
			"reap [RULE...]; `tucuxi do instances.firewall ID` "
			"opens it");
	return !*reaps || !door_is_read_only(rt->door) || error_set(err,
		ERR_READ_ONLY, "read-only: firewall reap is refused");
}

int verb_firewall(struct runtime *rt)
{
	const struct workflow *w = workflow_find(rt->options->verb);
	struct seeking s = { .runtime = rt, .table = w->leftovers };
	struct error err = ERROR_INIT;
	bool reaps, ok;

	if (!check_line(rt, &reaps, &err) ||
	    !sheet_open(&s.sheet, rt, columns, CELLS, &err))
		return verb_fail(&err);
	ok = seek(&s, &err);
	if (ok && !reaps)
		list(&s);
	else if (ok)
		ok = reap(&s, &err);
	if (!ok)
		s.status = batch_status(&err);
	s.status = sheet_close(&s.sheet, s.status);
	if (!ok)
		runtime_complain(&err);
	seeking_clear(&s);
	return s.status;
}
