/* SPDX-License-Identifier: MIT */
#include "ui/pane_jobs.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "cli/jobs.h"
#include "ui/app_own.h"
#include "ui/pane_run.h"
#include "ui/pane_work.h"

#include <stdlib.h>
#include <string.h>

/* What a choice stands for: a run, or a piece of work. */
struct job {
	struct ran *ran;
	char id[37];
};

struct jobs {
	struct { struct choice *items; size_t count, room; } choices;
	struct job *items;
	size_t count, room;
};

static struct choice *add(struct jobs *jobs, const struct job *job)
{
	*VEC_PUSH(jobs) = *job;
	return memset(VEC_PUSH(&jobs->choices), 0, sizeof(struct choice));
}

static void add_run(struct jobs *jobs, struct ran *r)
{
	struct choice *choice = add(jobs, &(struct job){ .ran = r });
	struct str detail = STR_INIT;

	ran_counts(r, &detail);
	str_addf(&detail, " · %s", !r->ended ? "running" : r->waiting ?
		"waiting for the new state" : "ended");
	if (r->ended) {
		str_add(&detail, " ");
		text_add_age(&detail, clock_now() - r->end);
		str_add(&detail, " ago");
	}
	choice->label = xstrdup(r->title);
	choice->detail = str_take(&detail);
}

static void add_work(struct jobs *jobs, const char *id, const char *title,
	enum flow_state state, const char *step)
{
	struct job job = { .ran = NULL };
	struct choice *choice;
	struct str detail = STR_INIT;

	memcpy(job.id, id, sizeof(job.id));
	choice = add(jobs, &job);
	str_addf(&detail, "%s%s%s", flow_state_name(state), *step ? " · " :
		"", step);
	choice->label = xstrdup(title);
	choice->detail = str_take(&detail);
}

static bool is_ours(const struct app *app, const char *id)
{
	for (size_t i = 0; i < works_count(app); i++)
		if (!strcmp(works_at(app, i)->id, id))
			return true;
	return false;
}

/* Those of this console as they are now, then what lies in the folder. */
static void add_works(struct jobs *jobs, struct app *app)
{
	char *folder = jobs_folder(app->runtime);
	struct error err = ERROR_INIT;
	size_t count = 0, wrong = 0;
	struct flow **flows = folder ? flow_list(folder, &count, &wrong,
		&err) : NULL;

	for (size_t i = works_count(app); i-- > 0;) {
		const struct working *w = works_at(app, i);

		add_work(jobs, w->id, w->title, w->state, w->task && w->step ?
			w->step : "");
	}
	for (size_t i = count; i-- > 0;) {
		struct str title = STR_INIT, step = STR_INIT;

		jobs_title(flows[i], &title);
		jobs_step(flows[i], &step);
		if (!is_ours(app, flow_id(flows[i])))
			add_work(jobs, flow_id(flows[i]), title.p,
				flow_state(flows[i]), step.p);
		str_clear(&title);
		str_clear(&step);
		flow_close(flows[i]);
	}
	if (wrong)
		app_error(app, &err);
	free(flows);
	free(folder);
}

static void open_job(struct app *app, const struct job *job)
{
	struct error err = ERROR_INIT;
	struct working *w;

	if (job->ran) {
		app_push(app, pane_run_new(app, job->ran));
		return;
	}
	w = works_open(app, job->id, &err);
	if (w)
		app_push(app, pane_work_new(app, w));
	else
		app_error(app, &err);
}

static void chosen(struct app *app, const struct choice *choices,
	size_t count, size_t cursor, void *data)
{
	struct jobs *jobs = data;

	(void)choices;
	if (cursor < count)
		open_job(app, &jobs->items[cursor]);
	VEC_FREE(jobs);
	free(jobs);
}

bool pane_jobs_open(struct app *app, struct error *err)
{
	struct jobs *jobs = xcalloc(1, sizeof(*jobs));

	add_works(jobs, app);
	for (size_t i = runs_count(app); i-- > 0;)
		add_run(jobs, runs_at(app, i));
	if (!jobs->count) {
		free(jobs);
		return error_set(err, ERR_USAGE, "nothing was done in this "
			"session yet: a in a table shows what can be");
	}
	app_push(app, pane_choice_new(app, "Jobs", jobs->choices.items,
		jobs->choices.count, false, chosen, jobs));
	return true;
}
