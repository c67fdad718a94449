/* SPDX-License-Identifier: MIT */
#include "action/bulk.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

#define LANES 4              /* calls at once within a group */

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
	struct path *rows, *id, *state;      /* of the answer; or NULL */
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
struct answer {
	struct run *run;
	const struct doc *doc;
	size_t from, count;
};

static void copy_state(struct run_result *r, const char *text)
{
	size_t len = strlen(text);

	if (len >= sizeof(r->state))
		len = sizeof(r->state) - 1;
	memcpy(r->state, text, len);
	r->state[len] = '\0';
}

static bool read_row(void *data, uint32_t node)
{
	struct answer *a = data;
	struct run *run = a->run;
	size_t len;
	const char *id = path_text(run->id, a->doc, node, &len);
	const char *state = path_text(run->state, a->doc, node, &len);

	for (size_t i = a->from; id && state && i < a->from + a->count; i++) {
		size_t n = run->groups.order[i];

		if (!strcmp(run->targets.items[n].id, id))
			copy_state(&run->results[n], state);
	}
	return true;
}

static void read_answer(struct run *run, const struct reply *reply,
	size_t from, size_t count)
{
	struct answer a = { .run = run, .doc = reply->doc, .from = from,
		.count = count };

	if (reply->doc && run->rows && run->id && run->state)
		path_each(run->rows, reply->doc, 0, read_row, &a);
}

static bool call(struct run *run, size_t from, size_t count,
	struct reply *reply, struct error *err)
{
	const struct target *first =
		&run->targets.items[run->groups.order[from]];
	const char **ids = xcalloc(count, sizeof(*ids));
	struct arguments arguments = { 0 };
	struct session_call c = {
		.service = run->form.compiled->resource->service,
		.operation = run->form.action->operation,
		.region = target_region(first), .cancel = run->task.cancel };
	bool ok;

	for (size_t i = 0; i < count; i++)
		ids[i] = run->targets.items[run->groups.order[from + i]].id;
	form_arguments(&run->form, first->row.segment->location, ids, count,
		&arguments);
	c.arguments = arguments.items;
	c.argument_count = arguments.count;
	ok = session_run(first->row.segment->session, &c, reply, err);
	VEC_FREE(&arguments);
	free(ids);
	return ok;
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

static void send_batch(struct lane *lane, size_t from, size_t count)
{
	struct run *run = lane->run;
	struct reply reply = { 0 };
	struct error err = ERROR_INIT;

	if (is_over(lane, &err)) {
		finish_all(run, from, count, end_of(&err), &err, NULL);
		return;
	}
	if (call(run, from, count, &reply, &err)) {
		read_answer(run, &reply, from, count);
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

static bool compile(struct path **path, const char *text, struct error *err)
{
	if (text)
		*path = path_compile(NULL, text, err);
	return !text || *path;
}

/* Rows of another resource, or of a kind that it is not for. */
static bool check_rows(const struct form *form, const struct targets *t,
	struct error *err)
{
	const char *kind = form->action->row_kind;

	for (size_t i = 0; i < t->count; i++) {
		struct row row = t->items[i].row;

		if (row.segment->compiled->resource ==
		    form->compiled->resource && (!kind ||
		    str_eq(kind, row_kind(row))))
			continue;
		return error_set(err, ERR_USAGE, "%s.%s cannot be done to %s",
			form->compiled->resource->name, form->action->name,
			t->items[i].id);
	}
	return true;
}

static bool check(const struct form *form, const struct targets *t,
	struct error *err)
{
	if (!t->count)
		return error_set(err, ERR_USAGE, "%s: nothing to do it to",
			form->action->name);
	if (form->dry_run && !form_has_dry_run(form))
		return error_set(err, ERR_USAGE, "%s has no dry run",
			form->action->operation->name);
	return form_check(form, err) && check_rows(form, t, err);
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
	if (!compile(&run->rows, action->answer.rows, err) ||
	    !compile(&run->id, action->answer.id, err) ||
	    !compile(&run->state, action->answer.state, err)) {
		run_free(run);
		return NULL;
	}
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
	free(run->results);
	form_clear(&run->form);
	targets_clear(&run->targets);
	path_free(run->rows);
	path_free(run->id);
	path_free(run->state);
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

const char *run_end_name(enum run_end end)
{
	static const char *const names[RUN_ENDS] = {
		[RUN_PENDING] = "pending", [RUN_DONE] = "done",
		[RUN_FAILED] = "failed", [RUN_UNKNOWN] = "unknown",
		[RUN_CANCELLED] = "cancelled",
	};

	return names[end];
}
