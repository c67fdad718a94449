/* SPDX-License-Identifier: MIT */
#include "action/wait.h"

#include "action/read.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

#define POLL_LEAST 3000
#define POLL_MOST 5000
#define GONE_AFTER 3         /* polls that do not know it (aws.md 7) */

/* What is known of a target while it is followed. */
struct followed {
	size_t target;           /* its number in the wait */
	bool moved;              /* it has been in another state */
	unsigned missing;        /* polls in a row */
};

struct follower {
	struct pool_job job;     /* first: a follower is its job */
	struct wait *wait;
	const struct target_group *group;
	struct { struct followed *items; size_t count, room; } left;
	struct error last;       /* why the last poll failed */
};

struct wait {
	struct task task;
	const struct compiled *compiled;
	const struct action *action;
	struct path *state;
	struct targets targets;
	struct target_groups groups;
	struct wait_result *results;
	struct { struct follower **items; size_t count, room; } followers;
	int64_t deadline;
};

bool action_is_followed(const struct action *action)
{
	return action->wait_path && (action->wait_value || action->wait_gone);
}

bool action_follows_made(const struct action *action)
{
	return action_is_followed(action) && action->answer.made;
}

static void finish(struct wait *w, const struct followed *f,
	enum wait_end end, const struct error *err)
{
	struct wait_result *r = &w->results[f->target];

	r->end = end;
	if (err)
		r->error = *err;
	task_post(&w->task, &r->mail, f->target);
}

static const char *goal(const struct wait *w)
{
	return w->action->wait_value ? w->action->wait_value : "gone";
}

static bool has_word(const char *words, const char *text)
{
	size_t len = strlen(text);

	for (const char *p = words; len && p && *p; p += strspn(p, " ")) {
		size_t n = strcspn(p, " ");

		if (n == len && !strncmp(p, text, n))
			return true;
		p += n;
	}
	return false;
}

/* Right after a change AWS may still tell the state of before: only a state
 * that it came to is bad. */
static bool check_state(struct wait *w, struct followed *f, const char *state)
{
	const struct target *t = &w->targets.items[f->target];
	struct wait_result *r = &w->results[f->target];
	struct error err = ERROR_INIT;
	size_t len = strlen(state);

	f->missing = 0;
	if (len >= sizeof(r->state))
		len = sizeof(r->state) - 1;
	memcpy(r->state, state, len);
	r->state[len] = '\0';
	f->moved = f->moved || strcmp(state, t->state);
	if (str_eq(state, w->action->wait_value)) {
		finish(w, f, WAIT_REACHED, NULL);
		return true;
	}
	if (!f->moved || !has_word(w->action->wait_bad, state))
		return false;
	error_set(&err, ERR_AWS, "%s is %s, not %s", t->id, state,
		goal(w));
	finish(w, f, WAIT_FAILED, &err);
	return true;
}

static void take_row(void *data, size_t index, struct row row)
{
	struct follower *f = data;
	struct followed *one = &f->left.items[index];

	if (check_state(f->wait, one, row_text(row, f->wait->state, NULL)))
		one->target = SIZE_MAX;
}

/* What a later poll may not bring either ends it. */
static void take_failed(void *data, size_t index, const struct error *err)
{
	struct follower *f = data;
	struct followed *one = &f->left.items[index];
	bool over = error_is_hopeless(err) || err->kind == ERR_DENIED;

	f->last = *err;
	if (err->kind == ERR_NOT_FOUND)
		over = ++one->missing >= GONE_AFTER ||
			f->wait->action->wait_gone;
	if (!over)
		return;
	if (err->kind == ERR_NOT_FOUND && f->wait->action->wait_gone) {
		finish(f->wait, one, WAIT_REACHED, NULL);
		one->target = SIZE_MAX;
		return;
	}
	finish(f->wait, one, err->kind == ERR_CANCELLED ? WAIT_CANCELLED :
		WAIT_FAILED, err);
	one->target = SIZE_MAX;
}

static void drop_finished(struct follower *f)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->left.count; i++)
		if (f->left.items[i].target != SIZE_MAX)
			f->left.items[kept++] = f->left.items[i];
	f->left.count = kept;
}

static void poll_group(struct follower *f)
{
	struct wait *w = f->wait;
	const struct target *first =
		&w->targets.items[f->left.items[0].target];
	const char **ids = xcalloc(f->left.count, sizeof(*ids));
	struct location *scope = target_scope(first->location);
	const struct read read = {
		.compiled = w->compiled,
		.session = first->session, .location = scope,
		.region = target_region(first), .ids = ids,
		.count = f->left.count, .cancel = w->task.cancel, .data = f,
		.row = take_row, .failed = take_failed };

	for (size_t i = 0; i < f->left.count; i++)
		ids[i] = w->targets.items[f->left.items[i].target].id;
	read_rows(&read);
	free(ids);
	location_unref(scope);
	drop_finished(f);
}

static void finish_left(struct follower *f)
{
	struct wait *w = f->wait;
	bool cancelled = cancel_is_set(w->task.cancel);
	struct error err = ERROR_INIT;

	if (cancelled)
		error_set(&err, ERR_CANCELLED, "no longer waited for");
	else if (f->last.kind != ERR_NONE)
		error_set(&err, ERR_TIMEOUT, "not %s in time (%s)", goal(w),
			f->last.text);
	else
		error_set(&err, ERR_TIMEOUT, "not %s in time", goal(w));
	for (size_t i = 0; i < f->left.count; i++)
		finish(w, &f->left.items[i], cancelled ? WAIT_CANCELLED :
			WAIT_TIMED_OUT, &err);
}

static void follow(struct pool_job *job)
{
	struct follower *f = (struct follower *)job;
	struct wait *w = f->wait;

	while (f->left.count && clock_now() < w->deadline) {
		int64_t next = clock_now() + POLL_LEAST +
			(int64_t)random_below(POLL_MOST - POLL_LEAST + 1);

		if (next > w->deadline)
			next = w->deadline;
		if (!pool_sleep(w->task.pool, next, w->task.cancel))
			break;
		f->last.kind = ERR_NONE;
		poll_group(f);
	}
	finish_left(f);
	task_leave(&w->task);
}

static void add_follower(struct wait *w, const struct target_group *group)
{
	struct follower *f = xcalloc(1, sizeof(*f));

	f->job.run = follow;
	f->job.lane = POOL_ACTION;
	f->wait = w;
	f->group = group;
	for (size_t i = group->from; i < group->to; i++)
		*VEC_PUSH(&f->left) = (struct followed){
			.target = w->groups.order[i] };
	*VEC_PUSH(&w->followers) = f;
}

struct wait *wait_start(struct pool *pool, struct mailbox *box,
	const struct compiled *compiled, const struct action *action,
	struct targets *targets, int64_t timeout)
{
	struct wait *w = xcalloc(1, sizeof(*w));
	struct error err = ERROR_INIT;

	task_init(&w->task, w, pool, box);
	w->compiled = compiled;
	w->action = action;
	w->targets = *targets;
	*targets = (struct targets){ 0 };
	w->state = path_compile(NULL, action->wait_path, &err);
	w->deadline = clock_now() + (timeout ? timeout : WAIT_MS);
	w->results = xcalloc(w->targets.count + 1, sizeof(*w->results));
	groups_init(&w->groups, &w->targets);
	for (size_t i = 0; i < w->groups.count; i++)
		add_follower(w, &w->groups.items[i]);
	task_send(&w->task, (struct pool_job *const *)w->followers.items,
		w->followers.count);
	return w;
}

void wait_cancel(struct wait *wait)
{
	cancel_set(wait->task.cancel);
}

const struct targets *wait_targets(const struct wait *wait)
{
	return &wait->targets;
}

const struct wait_result *wait_result(const struct wait *wait, size_t target)
{
	return &wait->results[target];
}

void wait_free(struct wait *wait)
{
	for (size_t i = 0; i < wait->followers.count; i++) {
		VEC_FREE(&wait->followers.items[i]->left);
		free(wait->followers.items[i]);
	}
	VEC_FREE(&wait->followers);
	groups_clear(&wait->groups);
	targets_clear(&wait->targets);
	free(wait->results);
	path_free(wait->state);
	task_clear(&wait->task);
	free(wait);
}
