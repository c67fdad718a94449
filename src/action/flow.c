/* SPDX-License-Identifier: MIT */
#include "action/flow_own.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *flow_state_name(enum flow_state state)
{
	static const char *const names[] = {
		[FLOW_RUNNING] = "running", [FLOW_PARKED] = "parked",
		[FLOW_WAITING] = "waiting", [FLOW_FAILED] = "failed",
		[FLOW_CANCELLED] = "cancelled", [FLOW_DONE] = "done",
	};

	return names[state];
}

struct flow *flow_alloc(void)
{
	struct flow *f = xcalloc(1, sizeof(*f));

	f->fd = -1;
	f->values = map_new();
	f->marks = map_new();
	f->unwritten = map_new();
	return f;
}

void flow_close(struct flow *f)
{
	if (!f)
		return;
	if (f->fd >= 0)
		close(f->fd);
	map_free(f->unwritten, NULL);
	map_free(f->values, free);
	map_free(f->marks, free);
	free(f->error);
	free(f->path);
	free(f);
}

void flow_set(struct flow *f, const char *name, const char *value)
{
	char *copy = xstrdup(value);

	map_set(f->unwritten, name, copy);
	free(map_set(f->values, name, copy));
}

const char *flow_get(const struct flow *f, const char *name)
{
	const char *value = map_get(f->values, name);

	return value ? value : "";
}

const char *flow_id(const struct flow *f)
{
	return f->id;
}

const struct workflow *flow_workflow(const struct flow *f)
{
	return f->workflow;
}

const char *flow_error(const struct flow *f)
{
	return f->error ? f->error : "";
}

int64_t flow_begun(const struct flow *f)
{
	return f->begun;
}

bool flow_is_held(const struct flow *f)
{
	return f->held || f->fd >= 0;
}

bool flow_is_cleaning(const struct flow *f)
{
	return f->cleaning;
}

/* "{name}": its length, brackets and all; 0: not such. A shell's ${name} in
 * lines to paste is its own. */
static size_t name_at(const char *text, char before)
{
	size_t len = *text == '{' && before != '$' ? strspn(text + 1,
		"abcdefghijklmnopqrstuvwxyz0123456789_") : 0;

	return len && text[len + 1] == '}' ? len + 2 : 0;
}

/* missing: stands for what is not there; NULL: then it ends. */
static bool expand(const struct flow *f, const char *text,
	const char *missing, struct str *out)
{
	char before = '\0';

	while (*text) {
		size_t len = name_at(text, before);
		const char *value;
		char *name;

		before = *text;
		if (!len) {
			str_addc(out, *text++);
			continue;
		}
		name = xstrndup(text + 1, len - 2);
		value = flow_get(f, name);
		free(name);
		if (!*value && !missing)
			return false;
		str_add(out, *value ? value : missing);
		text += len;
	}
	return true;
}

bool flow_expand(const struct flow *f, const char *text, struct str *out)
{
	return expand(f, text, NULL, out);
}

void flow_words(const struct flow *f, const char *text, struct str *out)
{
	expand(f, text, "…", out);
}

struct mark *flow_mark(const struct flow *f, const char *step)
{
	struct mark *m = map_get(f->marks, step);

	if (!m) {
		m = xcalloc(1, sizeof(*m));
		map_set(f->marks, step, m);
	}
	return m;
}

static void set_error(struct flow *f, const char *text)
{
	free(f->error);
	f->error = text ? xstrdup(text) : NULL;
}

/* A clean-up that is asked for again does all of it again: what is gone by
 * then is as good as cleaned. */
static void apply_clean(struct flow *f, const char *text)
{
	f->cleaning = true;
	f->ended = false;
	f->cancelled = f->cancelled || str_eq(text, "all");
}

void flow_apply(struct flow *f, const char *event, const char *step,
	const char *text, int64_t at)
{
	struct mark *m = step ? flow_mark(f, step) : NULL;

	f->waiting = false;
	if (str_eq(event, "new"))
		f->begun = at;
	else if (str_eq(event, "begin") && m)
		*m = (struct mark){ MARK_BEGUN, at };
	else if (str_eq(event, "done") && m)
		m->state = MARK_DONE;
	else if (str_eq(event, "refused") && m)
		*m = (struct mark){ MARK_NEW, 0 };
	else if (str_eq(event, "wait"))
		f->waiting = true;
	else if (str_eq(event, "clean"))
		apply_clean(f, text);
	else if (str_eq(event, "end"))
		f->ended = true;
	set_error(f, str_eq(event, "refused") || str_eq(event, "fail") ?
		text : NULL);
}

bool flow_is_done(const struct flow *f, const struct work_step *step)
{
	return flow_mark(f, step->name)->state == MARK_DONE;
}

static bool has_reason(const struct flow *f, const struct work_step *step)
{
	bool ok = true;

	for (const char *p = step->when; ok && p && *p; p += strspn(p, " ")) {
		bool not = *p == '!';
		size_t len = strcspn(p += not, " ");
		char *name = xstrndup(p, len);

		ok = not == !*flow_get(f, name);
		free(name);
		p += len;
	}
	return ok;
}

bool flow_has(const struct flow *f, const struct work_step *step)
{
	return flow_is_done(f, step) || ((!step->product || f->cancelled) &&
		has_reason(f, step));
}

const struct work_step *flow_next(const struct flow *f)
{
	const struct work_step *s = f->cleaning ? f->workflow->clean :
		f->workflow->steps;

	if (f->ended)
		return NULL;
	for (; s && s->name; s++)
		if (flow_mark(f, s->name)->state != MARK_DONE &&
		    flow_has(f, s))
			return s;
	return NULL;
}

const struct work_step *flow_at(const struct flow *f, size_t *number,
	size_t *count)
{
	const struct work_step *next = flow_next(f);
	const struct work_step *s = f->cleaning ? f->workflow->clean :
		f->workflow->steps;

	*number = *count = 0;
	for (; s && s->name; s++) {
		if (!flow_has(f, s))
			continue;
		*count += 1;
		if (s == next)
			*number = *count;
	}
	return next;
}

enum flow_state flow_state(const struct flow *f)
{
	if (f->ended)
		return f->cancelled ? FLOW_CANCELLED : FLOW_DONE;
	if (f->waiting)
		return FLOW_WAITING;
	if (f->error)
		return FLOW_FAILED;
	return flow_is_held(f) ? FLOW_RUNNING : FLOW_PARKED;
}

size_t flow_left(const struct flow *f, bool cancelled, struct str *out)
{
	size_t count = 0;

	const struct work_step *s = f->workflow->clean;

	for (; s && s->name; s++) {
		if (s->kind == STEP_WAIT || !has_reason(f, s) ||
		    (s->product && !cancelled) ||
		    flow_mark(f, s->name)->state == MARK_DONE)
			continue;
		if (count++ && out)
			str_addc(out, '\n');
		if (out)
			flow_words(f, s->title, out);
	}
	return count;
}

/* What went wrong stays in the file; what was to be taken back by itself is
 * then taken back. Credentials that want a code are not what a step waits
 * for. */
static bool failed(struct flow *f, const struct work_step *step,
	const struct error *why, struct error *err)
{
	struct error ignored = ERROR_INIT;
	char line[ERROR_LINE];
	bool refused = error_is_refusal(why) || why->kind == ERR_USAGE ||
		why->kind == ERR_READ_ONLY;

	*err = *why;
	if (why->kind == ERR_NEED_INPUT)
		err->kind = ERR_CREDENTIALS;
	if (why->kind == ERR_CANCELLED)
		return false;
	error_line(why, line);
	if (!flow_write(f, refused ? "refused" : "fail", step->name, line,
	    &ignored))
		*err = ignored;
	return false;
}

static bool need_somebody(struct flow *f, const struct work_step *step,
	struct error *err)
{
	if (!f->waiting && !flow_write(f, "wait", step->name, NULL, err))
		return false;
	return error_set(err, ERR_NEED_INPUT, "%s", step->kind ==
		STEP_PERSON ? "it waits for a person" :
		"it waits for a terminal");
}

static bool act(struct flow *f, const struct work_step *step,
	const struct flow_hands *hands, struct error *err)
{
	switch (step->kind) {
	case STEP_CALL:
		return flow_call(f, step, hands, err);
	case STEP_WAIT:
		return flow_wait(f, step, hands, err);
	case STEP_ADDRESS:
		return flow_find_address(f, step, hands, err);
	case STEP_PERSON:
	case STEP_PROGRAM:
		break;
	}
	return true;
}

static bool do_step(struct flow *f, const struct work_step *step,
	const struct flow_hands *hands, struct error *err)
{
	struct error why = ERROR_INIT;

	if (step->kind == STEP_PERSON || step->kind == STEP_PROGRAM)
		return need_somebody(f, step, err);
	if (cancel_is_set(hands->cancel))
		return error_set(err, ERR_CANCELLED, "parked");
	if (!act(f, step, hands, &why))
		return failed(f, step, &why, err);
	flow_set_values(f);
	return flow_write(f, "done", step->name, NULL, err);
}

/* Whose account is it? Told when the work begins, and held to it later. */
static bool check_account(struct flow *f, const struct flow_hands *hands,
	struct error *err)
{
	const char *region = flow_get(f, "region");
	const char *known = flow_get(f, "account");
	struct error why = ERROR_INIT;
	char account[16] = "";

	if (!session_identify(hands->session, *region ? region : NULL, NULL,
	    hands->cancel, &why) && error_is_hopeless(&why)) {
		*err = why;
		if (why.kind == ERR_NEED_INPUT)
			err->kind = ERR_CREDENTIALS;
		return false;
	}
	session_account(hands->session, account);
	if (!*account)
		return true;
	if (!*known)
		flow_set(f, "account", account);
	else if (strcmp(known, account))
		return error_set(err, ERR_CREDENTIALS, "it is of account %s, "
			"and these credentials are of %s: name the profile "
			"with -p", known, account);
	return true;
}

/* What is taken back by itself is so also after a failure, which is told
 * all the same. */
static bool run_steps(struct flow *f, const struct flow_hands *hands,
	struct error *err)
{
	const struct work_step *step;
	struct error first = ERROR_INIT;

	while ((step = flow_next(f)) || (f->workflow->fleeting &&
	    !f->cleaning)) {
		if (step && hands->told)
			hands->told(hands->data, f);
		if (step && do_step(f, step, hands, err))
			continue;
		if (step && (!f->workflow->fleeting || f->cleaning ||
		    err->kind == ERR_NEED_INPUT))
			return false;
		first = *err;
		error_reset(err);
		f->cleaning = true;
		if (!flow_settle(f, hands, err))
			return false;
	}
	if (!flow_write(f, "end", NULL, NULL, err))
		return false;
	*err = first;
	return first.kind == ERR_NONE;
}

bool flow_go(struct flow *f, const struct flow_hands *hands,
	struct error *err)
{
	if (!check_account(f, hands, err))
		return false;
	if (f->cleaning && !flow_settle(f, hands, err))
		return false;
	return run_steps(f, hands, err);
}

bool flow_answer(struct flow *f, struct error *err)
{
	const struct work_step *step = flow_next(f);

	if (!step || (step->kind != STEP_PERSON &&
	    step->kind != STEP_PROGRAM))
		return error_set(err, ERR_USAGE, "work %.8s waits for nobody",
			f->id);
	return flow_write(f, "done", step->name, NULL, err);
}

bool flow_clean(struct flow *f, bool cancelled, struct error *err)
{
	return flow_write(f, "clean", NULL, cancelled ? "all" : "left", err);
}
