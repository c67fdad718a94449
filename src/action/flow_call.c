/* SPDX-License-Identifier: MIT */
/* The calls of a step: sent, looked for, waited for. */
#include "action/flow_own.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/vec.h"
#include "catalogue/check.h"
#include "doc/path.h"
#include "fetch/location.h"

#include <stdlib.h>
#include <string.h>

#define LOOK_PAUSE 2000
#define POLL_LEAST 1000      /* the first time; longer each time, up to … */
#define POLL_MOST 5000
#define WAIT_MS 3600000      /* a snapshot of a big volume takes its time */
#define SETTLE_MS 12000      /* until what was made is in the listings */
#define GONE_AFTER 3
#define ADDRESS_MS 10000

struct texts {
	const struct doc *doc;
	struct str text;
	bool all;
};

static bool add_text(void *data, uint32_t node)
{
	struct texts *t = data;
	const char *text = doc_text(t->doc, node, NULL);

	if (*text)
		str_addf(&t->text, "%s%s", t->text.len ? " " : "", text);
	return t->all || !*text;
}

/* What is at the result's path, made to what is kept; "" : nothing. */
static bool read_result(const struct flow *f, const struct step_result *r,
	const struct doc *doc, struct str *out, struct error *err)
{
	struct texts t = { doc, STR_INIT, r->make != NULL };
	struct str source = STR_INIT;
	struct path *path = NULL;

	if (flow_expand(f, r->path, &source)) {
		path = path_compile(NULL, source.p, err);
		if (path && doc)
			path_each(path, doc, 0, add_text, &t);
	}
	if (r->make)
		r->make(t.text.p, out);
	else
		str_add(out, t.text.p);
	path_free(path);
	str_clear(&source);
	str_clear(&t.text);
	return err->kind == ERR_NONE;
}

/* The last one of a wait is its state, which is only looked at. */
static bool take_results(struct flow *f, const struct work_step *step,
	const struct doc *doc, struct str *state, struct error *err)
{
	bool ok = true;

	for (const struct step_result *r = step->results; ok && r && r->name;
	     r++) {
		struct str text = STR_INIT;
		bool is_state = state && !r[1].name;

		ok = read_result(f, r, doc, &text, err);
		if (ok && is_state)
			str_add(state, text.p);
		else if (ok && text.len && !*flow_get(f, r->name))
			flow_set(f, r->name, text.p);
		str_clear(&text);
	}
	return ok;
}

static bool check_needs(const struct flow *f, const struct work_step *step,
	struct error *err)
{
	struct str text = STR_INIT;
	bool missing = step->need && !*flow_get(f, step->need);

	if (!missing && !(step->refuse && *flow_get(f, step->refuse)))
		return true;
	if (step->missing)
		flow_expand(f, step->missing, &text);
	else
		str_addf(&text, "the answer has no %s", step->need);
	error_set(err, ERR_USAGE, "%s", text.p);
	str_clear(&text);
	return false;
}

struct words {
	struct { struct argument *items; size_t count, room; } arguments;
	struct { char **items; size_t count, room; } owned;
};

static void words_clear(struct words *w)
{
	for (size_t i = 0; i < w->owned.count; i++)
		free(w->owned.items[i]);
	VEC_FREE(&w->owned);
	VEC_FREE(&w->arguments);
}

/* "Groups[]" takes a word of the value each. */
static void add_argument(struct words *w, const struct step_argument *a,
	const char *value)
{
	bool many = str_ends(a->parameter, "[]");
	size_t n = 0;

	while (*value) {
		size_t len = many ? strcspn(value, " ") : strlen(value);
		struct argument one = { 0 };
		char *path = location_parameter(a->parameter, one.index);
		char *text = xstrndup(value, len);

		*VEC_PUSH(&w->owned) = path;
		*VEC_PUSH(&w->owned) = text;
		one.path = path;
		one.value = text;
		if (many)
			one.index[strchr(path, '[') + 1 !=
				strrchr(path, ']')] = (unsigned)n++;
		*VEC_PUSH(&w->arguments) = one;
		value += len;
		value += strspn(value, " ");
	}
}

static void add_arguments(const struct flow *f, const struct work_step *step,
	struct words *w)
{
	for (const struct step_argument *a = step->arguments; a &&
	     a->parameter; a++) {
		struct str value = STR_INIT;

		if (flow_expand(f, a->value, &value))
			add_argument(w, a, value.p);
		str_clear(&value);
	}
}

static bool send(struct flow *f, const struct work_step *step,
	const struct flow_hands *hands, struct reply *reply,
	struct error *err)
{
	const char *region = flow_get(f, "region");
	struct words words = { 0 };
	struct session_call call = {
		.service = catalogue_service_find(f->workflow->service),
		.operation = workflow_operation(hands->catalogue, f->workflow,
			step->operation),
		.region = *region ? region : NULL, .cancel = hands->cancel };
	bool ok;

	if (!call.operation)
		return error_set(err, ERR_USAGE, "nothing here is called %s",
			step->operation);
	add_arguments(f, step, &words);
	call.arguments = words.arguments.items;
	call.argument_count = words.arguments.count;
	ok = session_run(hands->session, &call, reply, err);
	words_clear(&words);
	return ok;
}

static bool look_once(struct flow *f, const struct work_step *step,
	const struct flow_hands *hands, bool *found, struct error *err)
{
	const struct work_step *look = step->look;
	struct reply reply = { 0 };
	bool ok = send(f, look, hands, &reply, err);

	if (ok) {
		ok = take_results(f, look, reply.doc, NULL, err);
		*found = *flow_get(f, step->need) != '\0';
	} else if (err->kind == ERR_NOT_FOUND) {
		error_reset(err);
		ok = true;
	}
	reply_clear(&reply);
	return ok;
}

/* What was made a moment ago may not be in the listings yet. */
static bool look(struct flow *f, const struct work_step *step,
	const struct flow_hands *hands, bool *found, struct error *err)
{
	int64_t until = flow_mark(f, step->name)->at + SETTLE_MS;

	for (*found = false;;) {
		if (!look_once(f, step, hands, found, err))
			return false;
		if (*found || clock_wall() >= until)
			return true;
		if (!pool_sleep(hands->pool, clock_now() + LOOK_PAUSE,
		    hands->cancel))
			return error_set(err, ERR_CANCELLED, "parked");
	}
}

static bool has_word(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = words; len && p && *p; p += strspn(p, " ")) {
		size_t n = strcspn(p, " ");

		if (n == len && !strncmp(p, word, n))
			return true;
		p += n;
	}
	return false;
}

/* Refused, because it is as it should be. */
static bool is_fine(struct flow *f, const struct work_step *step,
	const struct error *err)
{
	bool fine = has_word(step->fine, err->code) ||
		(f->cleaning && err->kind == ERR_NOT_FOUND);

	if (fine && step->fine_sets)
		flow_set(f, step->fine_sets, "true");
	return fine;
}

static bool send_and_take(struct flow *f, const struct work_step *step,
	const struct flow_hands *hands, struct error *err)
{
	struct reply reply = { 0 };
	bool ok = send(f, step, hands, &reply, err), found = false;

	if (ok) {
		ok = take_results(f, step, reply.doc, NULL, err) &&
			check_needs(f, step, err);
	} else if (is_fine(f, step, err)) {
		error_reset(err);
		ok = true;
	} else if (err->kind == ERR_UNKNOWN && step->look) {
		struct error why = ERROR_INIT;

		ok = look(f, step, hands, &found, &why) && found;
		if (ok)
			error_reset(err);
	}
	reply_clear(&reply);
	return ok;
}

bool flow_call(struct flow *f, const struct work_step *step,
	const struct flow_hands *hands, struct error *err)
{
	const struct operation *op = workflow_operation(hands->catalogue,
		f->workflow, step->operation);
	bool changes = op && op->effect != EFFECT_READ, found = false;

	if (changes && step->look && !step->token &&
	    flow_mark(f, step->name)->state == MARK_BEGUN) {
		if (!look(f, step, hands, &found, err) || found)
			return found;
	}
	if (changes && !flow_write(f, "begin", step->name, NULL, err))
		return false;
	return send_and_take(f, step, hands, err);
}

bool flow_settle(struct flow *f, const struct flow_hands *hands,
	struct error *err)
{
	for (const struct work_step *s = f->workflow->steps; s->name; s++) {
		bool found;

		if (s->kind != STEP_CALL || !s->look ||
		    flow_mark(f, s->name)->state != MARK_BEGUN)
			continue;
		if (!look(f, s, hands, &found, err))
			return false;
		if (found && !flow_write(f, "done", s->name, NULL, err))
			return false;
	}
	return true;
}

/* False: not yet. err: never. */
static bool is_reached(const struct flow *f, const struct work_step *step,
	const char *state, struct error *err)
{
	struct str title = STR_INIT;

	if (has_word(step->until, state))
		return true;
	if (has_word(step->bad, state)) {
		flow_words(f, step->title, &title);
		error_set(err, ERR_AWS, "%s: it is %s", title.p, state);
		str_clear(&title);
	}
	return false;
}

/* A later poll may bring what this one did not. */
static bool may_pass(const struct error *err)
{
	return err->kind == ERR_NETWORK || err->kind == ERR_TIMEOUT ||
		err->kind == ERR_SERVER || err->kind == ERR_THROTTLED;
}

/* What is gone is in no state; one that AWS does not know yet neither. */
static bool poll_once(struct flow *f, const struct work_step *step,
	const struct flow_hands *hands, unsigned *missing, struct error *err)
{
	struct reply reply = { 0 };
	struct str state = STR_INIT;
	bool ok = send(f, step, hands, &reply, err);

	if (ok) {
		*missing = 0;
		ok = take_results(f, step, reply.doc, &state, err) &&
			is_reached(f, step, state.p, err);
	} else if (err->kind == ERR_NOT_FOUND) {
		ok = f->cleaning;
		if (ok || ++*missing < GONE_AFTER)
			error_reset(err);
	} else if (may_pass(err)) {
		error_reset(err);
	}
	reply_clear(&reply);
	str_clear(&state);
	return ok;
}

bool flow_wait(struct flow *f, const struct work_step *step,
	const struct flow_hands *hands, struct error *err)
{
	int64_t deadline = clock_now() + WAIT_MS, pause = POLL_LEAST;
	unsigned missing = 0;

	while (!poll_once(f, step, hands, &missing, err)) {
		int64_t next = clock_now() + pause +
			(int64_t)random_below(POLL_LEAST);

		if (err->kind != ERR_NONE)
			return false;
		if (next > deadline)
			return error_set(err, ERR_TIMEOUT, "it was not %s "
				"within an hour; resume it to wait on",
				step->until);
		if (!pool_sleep(hands->pool, next, hands->cancel))
			return error_set(err, ERR_CANCELLED, "parked");
		pause = pause * 3 / 2 > POLL_MOST ? POLL_MOST : pause * 3 / 2;
	}
	return true;
}

/* Such a page is a line of text with the address that asked for it. */
bool flow_find_address(struct flow *f, const struct work_step *step,
	const struct flow_hands *hands, struct error *err)
{
	const char *url = flow_get(f, "address_url");
	const struct http_request request = { .method = "GET", .url = url,
		.connect_ms = ADDRESS_MS, .total_ms = ADDRESS_MS };
	struct str body = STR_INIT_CAP(4096), address = STR_INIT;
	int status = 0;
	bool ok = door_plain(session_door(hands->session), &request,
		EFFECT_READ, hands->cancel, &status, &body, err);

	if (ok) {
		str_truncate(&body, strcspn(body.p, " \t\r\n"));
		ok = status == 200 && check_address(body.p, &address, err);
	}
	str_reset(&address);
	if (ok && check_cidr(body.p, &address, err))
		flow_set(f, step->results->name, address.p);
	else if (err->kind != ERR_CANCELLED)
		ok = error_set(err, ERR_USAGE, "%s did not say which address "
			"is ours: say it yourself, %s=ADDRESS", url,
			step->results->name);
	str_clear(&body);
	str_clear(&address);
	return ok;
}
