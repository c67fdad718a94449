/* SPDX-License-Identifier: MIT */
/*
 * What the app itself asks of AWS beside the lists: whose account this is,
 * and which regions it has opted in to. Jobs on the pool; their answers come
 * back by mail, and none of them delays or fails a list.
 */
#include "ui/app_job.h"


#include "base/log.h"
#include "base/mem.h"
#include "ui/app_own.h"
#include "ui/save.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct app_job *job_new(struct app *app, struct session *session,
	void (*run)(struct pool_job *job),
	void (*done)(struct app *app, struct app_job *job))
{
	struct app_job *j = xcalloc(1, sizeof(*j));

	j->job.run = run;
	j->job.lane = POOL_BACKGROUND;
	j->box = app->own->mail;
	j->runtime = app->runtime;
	j->cancel = cancel_ref(app->own->cancel);
	j->session = session_ref(session);
	j->done = done;
	return j;
}

static void job_free(struct app_job *j)
{
	for (size_t i = 0; i < j->count; i++)
		free(j->names[i]);
	free(j->names);
	session_unref(j->session);
	cancel_unref(j->cancel);
	free(j);
}

static void job_send(struct app *app, struct app_job *j)
{
	app->own->jobs++;
	pool_send(app->runtime->pool, &j->job);
}

struct app_job *app_job_start(struct app *app, struct session *session,
	void (*run)(struct pool_job *job),
	void (*done)(struct app *app, struct app_job *job),
	void (*drop)(void *data), void *data)
{
	struct app_job *j = job_new(app, session, run, done);

	j->drop = drop;
	j->data = data;
	job_send(app, j);
	return j;
}

void app_job_answer(struct app_job *job)
{
	mailbox_post(job->box, &job->mail);
}

static struct app_job *job_of_mail(struct mail *mail)
{
	return (struct app_job *)((char *)mail -
		offsetof(struct app_job, mail));
}

static void run_identify(struct pool_job *job)
{
	struct app_job *j = (struct app_job *)job;

	j->ok = session_identify(j->session, j->region, NULL, j->cancel,
		&j->err);
	app_job_answer(j);
}

/* What hinders it hinders the lists too, and they say it. */
static void done_identify(struct app *app, struct app_job *j)
{
	if (!j->ok)
		LOG("%s: %s", session_name(j->session), j->err.text);
	app_profiles_changed(app);
}

void app_identify(struct app *app)
{
	for (size_t i = 0; i < app->session_count; i++) {
		struct session *s = app->sessions[i];
		const char *region = session_config(s)->region;
		struct app_job *j;
		char account[16];

		session_account(s, account);
		if (*account)
			continue;
		if (!region && app->region_count)
			region = app->regions[0];
		if (!region)     /* any will do: the answer is the same */
			region = region_partition("")->global_region;
		j = job_new(app, s, run_identify, done_identify);
		snprintf(j->region, sizeof(j->region), "%s", region);
		job_send(app, j);
	}
}

static void run_opted(struct pool_job *job)
{
	struct app_job *j = (struct app_job *)job;

	j->ok = runtime_opted_regions(j->runtime, j->session, j->cancel,
		&j->names, &j->count, &j->err);
	app_job_answer(j);
}

static bool has_region(const struct app *app, const char *name)
{
	for (size_t i = 0; i < app->region_count; i++)
		if (str_eq(app->regions[i], name))
			return true;
	return false;
}

/* Who has gone further already is not called back for them. */
static void more_regions(struct app *app, char **regions, size_t count)
{
	size_t more = count - app->region_count;

	if (app->top->below && !app->top->below->below && app_table(app)) {
		app_set_regions(app, regions, count, true);
		return;
	}
	app_use_regions(app, regions, count, true);
	if (app->top->below)
		app_message(app, MESSAGE_INFO, "%zu more %s opted in: the "
			"next list has %s", more, more == 1 ? "region is" :
			"regions are", more == 1 ? "it" : "them");
}

/* Regions opted in to follow those that everybody has. */
static void done_opted(struct app *app, struct app_job *j)
{
	char **regions;
	size_t count = 0;

	if (!j->ok) {
		LOG("%s: %s", session_name(j->session), j->err.text);
		return;
	}
	if (!app->all_regions)
		return;
	regions = xcalloc(app->region_count + j->count + 1,
		sizeof(*regions));
	for (size_t i = 0; i < app->region_count; i++)
		regions[count++] = xstrdup(app->regions[i]);
	for (size_t i = 0; i < j->count; i++)
		if (!has_region(app, j->names[i]))
			regions[count++] = xstrdup(j->names[i]);
	if (count > app->region_count)
		more_regions(app, regions, count);
	else
		for (size_t i = 0; i < count; i++)
			free(regions[i]);
	free(regions);
}

void app_opt_in(struct app *app)
{
	if (app->session_count)
		job_send(app, job_new(app, app->sessions[0], run_opted,
			done_opted));
}

void app_mail(struct app *app)
{
	struct mail *mail;

	while ((mail = mailbox_take(app->own->mail))) {
		struct app_job *j = job_of_mail(mail);

		app->own->jobs--;
		j->done(app, j);
		job_free(j);
	}
}

/* Cancels what is under way and waits for it. */
void app_jobs_end(struct app *app)
{
	cancel_set(app->own->cancel);
	save_cancel(app);
	while (app->own->jobs) {
		struct app_job *j = job_of_mail(mailbox_wait(app->own->mail));

		if (j->drop)
			j->drop(j->data);
		job_free(j);
		app->own->jobs--;
	}
}
