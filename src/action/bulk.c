/* SPDX-License-Identifier: MIT */
#include "action/bulk.h"

#include "action/answer.h"
#include "action/form_rows.h"
#include "action/present.h"
#include "action/verify.h"
#include "base/mem.h"
#include "base/vec.h"
#include "fetch/location.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LANES 4              /* calls at once within a group */
#define THROTTLED_MOST 10    /* times that a call is begun anew */

/* One group's targets, which its lanes take batch by batch. */
struct bunch {
	const struct target_group *group;
	size_t next;             /* of the order; under the task's lock */
	struct error hopeless;   /* why no more is sent; under it too */
};

struct lane {
	struct pool_job job;     /* first: a lane is its job */
	struct run *run;
	struct bunch *bunch;
};

struct run {
	struct task task;
	struct form form;
	struct targets targets;
	struct target_groups groups;
	struct bunch *bunches;
	struct run_result *results;
	size_t counts[RUN_ENDS]; /* under the task's lock */
	struct { struct lane **items; size_t count, room; } lanes;
	struct answer answer;
	size_t batch;
};

static void finish(struct run *run, size_t at, enum run_end end,
	const struct error *err, const char *request_id)
{
	size_t i = run->groups.order[at];
	struct run_result *r = &run->results[i];

	r->end = end;
	if (err)
		r->error = *err;
	memcpy(r->request_id, request_id ? request_id : r->error.request_id,
		sizeof(r->request_id));
	pthread_mutex_lock(&run->task.lock);
	run->counts[RUN_PENDING]--;
	run->counts[end]++;
	pthread_mutex_unlock(&run->task.lock);
	task_post(&run->task, &r->mail, i);
}

static void finish_all(struct run *run, size_t from, size_t count,
	enum run_end end, const struct error *err, const char *request_id)
{
	for (size_t i = from; i < from + count; i++)
		finish(run, i, end, err, request_id);
}

/* Where the answer's rows are told apart. */
struct batch_rows {
	struct run *run;
	size_t from, count;
};

static void take_row(void *data, const char *id, const char *state)
{
	const struct batch_rows *b = data;
	struct run *run = b->run;

	for (size_t i = b->from; i < b->from + b->count; i++) {
		size_t n = run->groups.order[i];

		if (!strcmp(run->targets.items[n].id, id))
			snprintf(run->results[n].state,
				sizeof(run->results[n].state), "%s", state);
	}
}

/* What was made, and what is to be read: of calls for one target. fd: of
 * the file that keeps it. False: AWS did it, but that did not work out. */
static bool take_answer(struct run *run, struct run_result *r,
	const struct doc *doc, int fd, const char *path, struct error *err)
{
	struct str text = STR_INIT;
	bool ok = true;

	answer_made(&run->answer, doc, &text);
	if (text.len)
		r->made = str_take(&text);
	if (run->answer.text && !run->form.dry_run)
		ok = answer_text(&run->answer, doc, &run->form, &text, err);
	if (fd >= 0 && ok)
		ok = answer_file_fill(fd, path, text.p, text.len, err);
	else if (fd >= 0)
		answer_file_drop(fd, path);
	else if (text.len)
		r->text = str_take(&text);
	str_wipe(&text);
	return ok;
}

static bool call(struct run *run, const struct form *form, size_t from,
	size_t count, struct reply *reply, struct error *err)
{
	const struct target *first =
		&run->targets.items[run->groups.order[from]];
	const char **ids = xcalloc(count, sizeof(*ids));
	struct arguments arguments = { 0 };
	struct session_call c = {
		.service = form->compiled->resource->service,
		.operation = form_operation(form),
		.region = target_region(first), .cancel = run->task.cancel };
	bool ok;

	for (size_t i = 0; i < count; i++)
		ids[i] = run->targets.items[run->groups.order[from + i]].id;
	form_arguments(form, first, ids, count, &arguments);
	c.arguments = arguments.items;
	c.argument_count = arguments.count;
	ok = session_run(first->session, &c, reply, err);
	arguments_clear(&arguments);
	free(ids);
	return ok;
}

/* A form of its own, with what has to be known of the one target. */
static bool call_read(struct run *run, size_t at, struct reply *reply,
	struct error *err)
{
	struct form form;
	bool ok;

	if (!present_is_needed(run->form.action))
		return call(run, &run->form, at, 1, reply, err);
	form_copy(&form, &run->form);
	ok = present_read(&form,
		&run->targets.items[run->groups.order[at]], false,
		run->task.cancel, err) && call(run, &form, at, 1, reply, err);
	form_clear(&form);
	return ok;
}

/* One target, with what is looked at before and after. */
static bool call_surely(struct run *run, size_t at, struct reply *reply,
	struct error *err)
{
	size_t i = run->groups.order[at];
	struct str found = STR_INIT;
	struct verify verify;
	bool ok = verify_open(&verify, &run->form, &run->targets.items[i],
		run->task.cancel, err) && call_read(run, at, reply, err);

	if (!ok && err->kind == ERR_UNKNOWN)
		verify_look(&verify, run->task.pool, &found);
	if (found.len)
		run->results[i].found = str_take(&found);
	verify_close(&verify);
	return ok;
}

/* One target: with the file that the answer goes to, if it goes to one. */
static bool call_one(struct run *run, size_t at, struct reply *reply,
	struct error *err)
{
	const struct action_field *file = answer_file_field(&run->form);
	struct run_result *r = &run->results[run->groups.order[at]];
	const char *path = NULL;
	int fd = -1;

	if (file && !run->form.dry_run) {
		path = form_value(&run->form, file, 0);
		fd = answer_file_open(path, err);
		if (fd < 0)
			return false;
	}
	if (call_surely(run, at, reply, err))
		return take_answer(run, r, reply->doc, fd, path, err);
	if (fd >= 0)
		answer_file_drop(fd, path);
	return false;
}

static enum run_end end_of(const struct error *err)
{
	switch (err->kind) {
	case ERR_CANCELLED:
		return RUN_CANCELLED;
	case ERR_UNKNOWN:
		return RUN_UNKNOWN;
	default:
		return RUN_FAILED;
	}
}

static void give_up(struct lane *lane, const struct error *err)
{
	pthread_mutex_lock(&lane->run->task.lock);
	lane->bunch->hopeless = *err;
	pthread_mutex_unlock(&lane->run->task.lock);
}

/* Is there a reason to send nothing more? */
static bool is_over(struct lane *lane, struct error *err)
{
	if (cancel_is_set(lane->run->task.cancel))
		return !error_set(err, ERR_CANCELLED, "cancelled");
	pthread_mutex_lock(&lane->run->task.lock);
	*err = lane->bunch->hopeless;
	pthread_mutex_unlock(&lane->run->task.lock);
	return err->kind != ERR_NONE;
}

/* What AWS had no time for was not done: it is sent again, as often as the
 * door does by itself each time, and no sooner than the limiter lets it.
 * What spends is sent once, whatever comes back. */
static bool call_patiently(struct run *run, size_t from, size_t count,
	struct reply *reply, struct error *err)
{
	bool once = form_kind(&run->form) == EFFECT_SPEND;

	for (unsigned n = 0;; n++) {
		if (count == 1 ? call_one(run, from, reply, err) :
		    call(run, &run->form, from, count, reply, err))
			return true;
		if (err->kind != ERR_THROTTLED || once ||
		    n == THROTTLED_MOST || cancel_is_set(run->task.cancel))
			return false;
		reply_clear(reply);
		error_reset(err);
	}
}

static void send_batch(struct lane *lane, size_t from, size_t count)
{
	struct run *run = lane->run;
	struct reply reply = { 0 };
	struct error err = ERROR_INIT;

	if (is_over(lane, &err)) {
		finish_all(run, from, count, end_of(&err), &err, NULL);
		return;
	}
	if (call_patiently(run, from, count, &reply, &err)) {
		answer_rows(&run->answer, reply.doc, take_row,
			&(struct batch_rows){ run, from, count });
		finish_all(run, from, count, RUN_DONE, NULL,
			reply.request_id);
	} else if (count > 1 && error_is_refusal(&err)) {
		send_batch(lane, from, count / 2);
		send_batch(lane, from + count / 2, count - count / 2);
	} else {
		if (error_is_hopeless(&err))
			give_up(lane, &err);
		finish_all(run, from, count, end_of(&err), &err, NULL);
	}
	reply_clear(&reply);
}

static bool take_batch(struct lane *lane, size_t *from, size_t *count)
{
	struct bunch *b = lane->bunch;
	size_t left;

	pthread_mutex_lock(&lane->run->task.lock);
	left = b->group->to - b->next;
	*from = b->next;
	*count = left < lane->run->batch ? left : lane->run->batch;
	b->next += *count;
	pthread_mutex_unlock(&lane->run->task.lock);
	return left > 0;
}

static void run_lane(struct pool_job *job)
{
	struct lane *lane = (struct lane *)job;
	size_t from, count;

	while (take_batch(lane, &from, &count))
		send_batch(lane, from, count);
	task_leave(&lane->run->task);
}

static void add_lanes(struct run *run, struct bunch *bunch)
{
	size_t targets = bunch->group->to - bunch->group->from;

	for (size_t i = 0; i < LANES && i * run->batch < targets; i++) {
		struct lane *lane = xcalloc(1, sizeof(*lane));

		lane->job.run = run_lane;
		lane->job.lane = POOL_ACTION;
		lane->run = run;
		lane->bunch = bunch;
		*VEC_PUSH(&run->lanes) = lane;
	}
}

/* Rows of another resource, or of a kind that it is not for. */
static bool check_rows(const struct form *form, const struct targets *t,
	struct error *err)
{
	const char *kind = form->action->row_kind;
	bool places = form->action->on == ON_PLACES;

	for (size_t i = 0; i < t->count; i++) {
		const struct target *one = &t->items[i];
		struct row row = one->row;

		if (one->location->resource == form->compiled->resource &&
		    places == !*one->id && (!kind || !row.segment ||
		    str_eq(kind, row_kind(row))))
			continue;
		return error_set(err, ERR_USAGE, "%s.%s cannot be done to %s",
			form->compiled->resource->name, form->action->name,
			*one->id ? one->id : "a region");
	}
	return true;
}

static bool check_count(const struct form *form, const struct targets *t,
	struct error *err)
{
	const struct action *a = form->action;

	if (!t->count)
		return error_set(err, ERR_USAGE, "%s: nothing to do it to",
			a->name);
	if (t->count > 1 && a->on == ON_ROW)
		return error_set(err, ERR_USAGE, "%s.%s is done to one at a "
			"time, not to %zu", form->compiled->resource->name,
			a->name, t->count);
	if (t->count > 1 && answer_file_field(form))
		return error_set(err, ERR_USAGE, "one file cannot keep what "
			"%zu answers hold: do them one at a time", t->count);
	return true;
}

static bool check(const struct form *form, const struct targets *t,
	struct error *err)
{
	if (!form->action->operation)
		return error_set(err, ERR_USAGE, "%s.%s is not sent: it is "
			"for the screen", form->compiled->resource->name,
			form->action->name);
	if (form->dry_run && !form_has_dry_run(form))
		return error_set(err, ERR_USAGE, "%s has no dry run",
			form_operation(form)->name);
	return check_count(form, t, err) && form_check(form, err) &&
		check_rows(form, t, err);
}

struct run *run_start(struct pool *pool, struct mailbox *box,
	struct form *form, struct targets *targets, struct error *err)
{
	const struct action *action = form->action;
	struct run *run;

	if (!check(form, targets, err))
		return NULL;
	run = xcalloc(1, sizeof(*run));
	task_init(&run->task, run, pool, box);
	if (!answer_open(&run->answer, action, err)) {
		run_free(run);
		return NULL;
	}
	form_spread(form, targets);
	run->form = *form;
	run->targets = *targets;
	*form = (struct form){ 0 };
	*targets = (struct targets){ 0 };
	run->batch = action->batch ? action->batch : 1;
	run->results = xcalloc(run->targets.count, sizeof(*run->results));
	run->counts[RUN_PENDING] = run->targets.count;
	groups_init(&run->groups, &run->targets);
	run->bunches = xcalloc(run->groups.count, sizeof(*run->bunches));
	for (size_t i = 0; i < run->groups.count; i++) {
		run->bunches[i].group = &run->groups.items[i];
		run->bunches[i].next = run->groups.items[i].from;
		add_lanes(run, &run->bunches[i]);
	}
	task_send(&run->task, (struct pool_job *const *)run->lanes.items,
		run->lanes.count);
	return run;
}

void run_free(struct run *run)
{
	for (size_t i = 0; i < run->lanes.count; i++)
		free(run->lanes.items[i]);
	VEC_FREE(&run->lanes);
	groups_clear(&run->groups);
	free(run->bunches);
	for (size_t i = 0; run->results && i < run->targets.count; i++) {
		free(run->results[i].made);
		free(run->results[i].found);
		if (run->results[i].text)
			mem_wipe_free(run->results[i].text);
	}
	free(run->results);
	form_clear(&run->form);
	targets_clear(&run->targets);
	answer_close(&run->answer);
	task_clear(&run->task);
	free(run);
}

void run_cancel(struct run *run)
{
	cancel_set(run->task.cancel);
}

const struct form *run_form(const struct run *run)
{
	return &run->form;
}

const struct targets *run_targets(const struct run *run)
{
	return &run->targets;
}

const struct run_result *run_result(const struct run *run, size_t target)
{
	return &run->results[target];
}

void run_counts(struct run *run, size_t counts[RUN_ENDS])
{
	pthread_mutex_lock(&run->task.lock);
	memcpy(counts, run->counts, sizeof(run->counts));
	pthread_mutex_unlock(&run->task.lock);
}

bool run_failed(const struct run *run, struct form *form,
	struct targets *targets)
{
	*targets = (struct targets){ 0 };
	for (size_t i = 0; i < run->targets.count; i++)
		if (run->results[i].end == RUN_FAILED)
			targets_copy(targets, &run->targets.items[i]);
	if (!targets->count)
		return false;
	form_copy(form, &run->form);
	return true;
}

/* Things that were made, each where its call went. */
bool run_made(const struct run *run, const struct compiled *made,
	struct targets *targets)
{
	struct location *location = location_new(made->resource);

	*targets = (struct targets){ 0 };
	for (size_t i = 0; i < run->targets.count; i++) {
		const struct target *t = &run->targets.items[i];
		const char *p = run->results[i].made;

		for (; p && *p; p += strspn(p, " ")) {
			char *id = xstrndup(p, strcspn(p, " "));

			p += strlen(id);
			targets_add_id(targets, t->session, location,
				target_region(t), id);
			free(id);
		}
	}
	location_unref(location);
	return targets->count > 0;
}

const char *run_end_name(enum run_end end)
{
	static const char *const names[RUN_ENDS] = {
		[RUN_PENDING] = "pending", [RUN_DONE] = "done",
		[RUN_FAILED] = "failed", [RUN_UNKNOWN] = "unknown",
		[RUN_CANCELLED] = "cancelled",
	};

	return names[end];
}
