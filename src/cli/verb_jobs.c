/* SPDX-License-Identifier: MIT */
/*
 * `tucuxi jobs`: work in several steps that this user has begun, whichever
 * tucuxi runs it; going on with it, taking it back. `guard` is what looks
 * after a piece of work whose owner may die.
 */
#include "base/clock.h"
#include "base/mem.h"
#include "cli/batch.h"
#include "cli/do.h"
#include "cli/jobs.h"
#include "cli/verb.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GUARD_TRIES 120
#define GUARD_PAUSE 30000

enum {
	CELL_ID, CELL_STATE, CELL_WHAT, CELL_STEP, CELL_ACCOUNT, CELL_REGION,
	CELL_BEGUN, CELL_WORK, CELL_MADE, CELL_LEFT, CELL_WHY, CELLS
};

static struct output_column columns[CELLS] = {
	[CELL_ID] = { .name = "id", .title = "ID" },
	[CELL_STATE] = { .name = "state", .title = "STATE" },
	[CELL_WHAT] = { .name = "what", .title = "WHAT" },
	[CELL_STEP] = { .name = "step", .title = "STEP" },
	[CELL_ACCOUNT] = { .name = "account", .title = "ACCOUNT", .machine_only = true },
	[CELL_REGION] = { .name = "region", .title = "REGION" },
	[CELL_BEGUN] = { .name = "begun", .title = "BEGUN" },
	[CELL_WORK] = { .name = "work", .title = "WORK", .machine_only = true },
	[CELL_MADE] = { .name = "made", .title = "MADE" },
	[CELL_LEFT] = { .name = "left", .title = "LEFT", .type = OUTPUT_NUMBER, .right = true },
	[CELL_WHY] = { .name = "error", .title = "WHY" },
};

static void write_flow(struct sheet *s, const struct flow *f, bool people)
{
	const struct workflow *w = flow_workflow(f);
	char begun[32];

	clock_format_iso(flow_begun(f), begun);
	str_addf(&s->cells[CELL_ID], "%.*s", people ? 8 : 36, flow_id(f));
	str_add(&s->cells[CELL_STATE], flow_state_name(flow_state(f)));
	jobs_title(f, &s->cells[CELL_WHAT]);
	jobs_step(f, &s->cells[CELL_STEP]);
	str_add(&s->cells[CELL_ACCOUNT], flow_get(f, "account"));
	str_add(&s->cells[CELL_REGION], flow_get(f, "region"));
	str_add(&s->cells[CELL_BEGUN], begun);
	str_add(&s->cells[CELL_WORK], w->name);
	str_add(&s->cells[CELL_MADE], w->makes ? flow_get(f, w->makes) : "");
	str_addf(&s->cells[CELL_LEFT], "%zu", flow_left(f, false, NULL));
	str_add(&s->cells[CELL_WHY], flow_error(f));
	sheet_row(s);
}

static int list(struct runtime *rt)
{
	char *folder = jobs_folder(rt);
	struct error err = ERROR_INIT;
	struct sheet s = { 0 };
	size_t count = 0, wrong = 0;
	struct flow **flows = NULL;
	int status;

	if (!sheet_open(&s, rt, columns, CELLS, &err)) {
		free(folder);
		return verb_fail(&err);
	}
	if (folder)
		flows = flow_list(folder, &count, &wrong, &err);
	for (size_t i = 0; i < count; i++) {
		write_flow(&s, flows[i], s.writer.format == OUTPUT_TABLE);
		flow_close(flows[i]);
	}
	status = sheet_close(&s, 0);
	if (!status && wrong)
		status = verb_fail(&err);
	free(flows);
	free(folder);
	return status;
}

static int show(struct runtime *rt, const char *folder, const char *id)
{
	struct error err = ERROR_INIT;
	struct flow *f = flow_peek(folder, id, &err);
	struct str text = STR_INIT;
	int status;

	(void)rt;
	if (!f)
		return verb_fail(&err);
	jobs_describe(f, &text);
	status = verb_print(text.p);
	str_clear(&text);
	flow_close(f);
	return status;
}

/* How it stands now, on standard output; the exit status. */
static int tell(struct runtime *rt, struct flow *f, const struct error *err)
{
	struct error ignored = ERROR_INIT;
	struct sheet s = { 0 };
	int status = err->kind == ERR_NONE ? 0 :
		err->kind == ERR_NEED_INPUT ? 3 : batch_status(err);

	if (!sheet_open(&s, rt, columns, CELLS, &ignored))
		return verb_fail(&ignored);
	write_flow(&s, f, s.writer.format == OUTPUT_TABLE);
	if (err->kind != ERR_NONE)
		runtime_complain(err);
	return sheet_close(&s, status);
}

static int drive(struct runtime *rt, struct flow *f)
{
	struct error err = ERROR_INIT;
	struct mailbox *box = mailbox_new();
	int status;

	f = jobs_drive(rt, box, f, &err);
	status = tell(rt, f, &err);
	flow_close(f);
	mailbox_free(box);
	return status;
}

/* What waits for a person goes on only when told that it is done. */
static bool answer(struct runtime *rt, struct flow *f, struct error *err)
{
	size_t number, count;
	const struct work_step *step = flow_at(f, &number, &count);

	if (flow_state(f) != FLOW_WAITING || step->kind != STEP_PERSON)
		return true;
	if (rt->options->yes)
		return flow_answer(f, err);
	return error_set(err, ERR_NEED_CONFIRM, "work %.8s waits for a "
		"person: `tucuxi jobs show %.8s` says for what, --yes that it "
		"is done", flow_id(f), flow_id(f));
}

static int resume(struct runtime *rt, const char *folder, const char *id)
{
	struct error err = ERROR_INIT;
	struct flow *f = flow_open(folder, id, false, &err);

	if (f && answer(rt, f, &err))
		return drive(rt, f);
	flow_close(f);
	return verb_fail(&err);
}

/* What is destroyed is counted, and the count is said. */
static bool confirm(const struct runtime *rt, const struct flow *f,
	bool cancelled, struct error *err)
{
	struct str left = STR_INIT, answer = STR_INIT;
	size_t count = flow_left(f, cancelled, &left);
	const char *given = rt->options->confirm;
	bool ok;

	str_addf(&answer, "clean %zu", count);
	ok = !count || (given && !strcmp(given, answer.p));
	if (!ok) {
		for (char *p = left.p; *p; p++)
			*p = *p == '\n' ? ';' : *p;
		error_set(err, ERR_NEED_CONFIRM, "%s — say so with "
			"--confirm='%s'", left.p, answer.p);
	}
	str_clear(&left);
	str_clear(&answer);
	return ok;
}

static int take_back(struct runtime *rt, const char *folder, const char *id,
	bool cancelled)
{
	struct error err = ERROR_INIT;
	struct flow *f = flow_open(folder, id, false, &err);
	bool ended = f && (flow_state(f) == FLOW_DONE ||
		flow_state(f) == FLOW_CANCELLED);

	if (f && !cancelled && !ended)
		error_set(&err, ERR_USAGE, "work %.8s is not done: cancel "
			"takes it back", flow_id(f));
	else if (f && confirm(rt, f, cancelled, &err) &&
	    flow_clean(f, cancelled, &err))
		return drive(rt, f);
	flow_close(f);
	return verb_fail(&err);
}

static int cancel_work(struct runtime *rt, const char *folder, const char *id)
{
	return take_back(rt, folder, id, true);
}

static int clean_work(struct runtime *rt, const char *folder, const char *id)
{
	return take_back(rt, folder, id, false);
}

static int forget(struct runtime *rt, const char *folder, const char *id)
{
	struct error err = ERROR_INIT;
	struct flow *f = flow_open(folder, id, false, &err);
	bool ended = f && (flow_state(f) == FLOW_DONE ||
		flow_state(f) == FLOW_CANCELLED);
	size_t left = f ? flow_left(f, !ended, NULL) : 0;
	bool ok = f && (!left || rt->options->yes ||
		error_set(&err, ERR_NEED_CONFIRM, "work %.8s has left %zu "
		"thing%s in AWS, which nobody will know of: --yes forgets "
		"it all the same", flow_id(f), left, left > 1 ? "s" : "")) &&
		flow_forget(f, &err);

	flow_close(f);
	return ok ? 0 : verb_fail(&err);
}

static const struct {
	const char *name;
	int (*run)(struct runtime *rt, const char *folder, const char *id);
	bool changes;
} words[] = {
	{ "show", show, false }, { "resume", resume, true },
	{ "cancel", cancel_work, true }, { "clean", clean_work, true },
	{ "forget", forget, false },
};

static int run_word(struct runtime *rt, size_t i, const char *id)
{
	char *folder = jobs_folder(rt);
	struct error err = ERROR_INIT;
	int status;

	if (!folder)
		error_set(&err, ERR_USAGE, "a demo has no work but its own");
	else if (words[i].changes && door_is_read_only(rt->door))
		error_set(&err, ERR_READ_ONLY, "read-only: jobs %s is "
			"refused", words[i].name);
	status = err.kind == ERR_NONE ? words[i].run(rt, folder, id) :
		verb_fail(&err);
	free(folder);
	return status;
}

int verb_jobs(struct runtime *rt)
{
	const struct options *o = rt->options;
	struct error err = ERROR_INIT;

	if (!o->argument_count)
		return list(rt);
	for (size_t i = 0; o->argument_count == 2 &&
	     i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i].name, o->arguments[0]))
			return run_word(rt, i, o->arguments[1]);
	error_set(&err, ERR_USAGE, "jobs: alone it lists; else show, resume, "
		"cancel, clean or forget, and an ID");
	return verb_fail(&err);
}

/* The network may be away for a while; nobody else will do it. */
static int drive_long(struct runtime *rt, struct flow *f)
{
	struct error err = ERROR_INIT;
	struct mailbox *box = mailbox_new();

	for (int i = 0; i < GUARD_TRIES; i++) {
		error_reset(&err);
		f = jobs_drive(rt, box, f, &err);
		if (err.kind != ERR_NETWORK && err.kind != ERR_TIMEOUT &&
		    err.kind != ERR_SERVER && err.kind != ERR_THROTTLED)
			break;
		pool_sleep(NULL, clock_now() + GUARD_PAUSE, NULL);
	}
	flow_close(f);
	mailbox_free(box);
	return err.kind == ERR_NONE ? 0 : 1;
}

/* Waits until nobody has the work open: its owner has ended it, or is dead.
 * Nobody reads what it says. */
int verb_guard(struct runtime *rt)
{
	const struct options *o = rt->options;
	char *folder = jobs_folder(rt);
	struct error err = ERROR_INIT;
	struct flow *f = NULL;
	int status = 0;

	signal(SIGHUP, SIG_IGN);
	if (folder && o->argument_count == 1)
		f = flow_open(folder, o->arguments[0], true, &err);
	if (f && flow_state(f) != FLOW_DONE &&
	    flow_state(f) != FLOW_CANCELLED && flow_workflow(f)->fleeting)
		status = drive_long(rt, f);
	else
		flow_close(f);
	free(folder);
	return status;
}
