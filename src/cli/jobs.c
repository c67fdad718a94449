/* SPDX-License-Identifier: MIT */
#include "cli/jobs.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/xdg.h"
#include "cli/child.h"
#include "cli/setting.h"
#include "cli/startup.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KEEP_MS ((int64_t)7 * 86400 * 1000)

char *jobs_folder(const struct runtime *rt)
{
	return rt->demo ? NULL : xdg_state("work");
}

/* As AWS takes it in descriptions and tags. */
static void add_who(struct str *out)
{
	const struct passwd *pw = getpwuid(geteuid());
	char host[256] = "";
	size_t from = out->len;

	gethostname(host, sizeof(host) - 1);
	str_addf(out, "%.40s@%.80s", pw ? pw->pw_name : "somebody", host);
	for (char *p = out->p + from; *p; p++)
		if (!((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
		    (*p >= '0' && *p <= '9') || strchr("._-@", *p)))
			*p = '_';
}

static bool take_setting(void *url, const struct words *words,
	struct error *err)
{
	(void)err;
	if (words->count == 3 && str_eq(words->items[1], "address-url")) {
		str_reset(url);
		str_add(url, words->items[2]);
	}
	return true;
}

/* Who says which address is ours; a demo asks nobody, and has one that is
 * for examples. */
static void set_address(struct flow *f, const struct runtime *rt)
{
	char *path = xdg_config("tucuxirc");
	struct error ignored = ERROR_INIT;
	struct str url = STR_INIT;

	str_add(&url, ADDRESS_URL);
	if (rt->demo)
		flow_set(f, "cidr", "203.0.113.7/32");
	else
		startup_each(path, "set", take_setting, &url, &ignored);
	flow_set(f, "address_url", url.p);
	str_clear(&url);
	free(path);
}

static void set_fields(struct flow *f, const struct form *form)
{
	const struct action_field *field = form->action->fields;

	for (; field && field->name; field++) {
		struct str text = STR_INIT;
		const char *value;

		if (field->secret || !form_wants(form, field))
			continue;
		for (size_t n = 0; (value = form_value(form, field, n)); n++)
			str_addf(&text, "%s%s", n ? " " : "", value);
		if (!text.len && field->value)
			str_add(&text, field->value);
		if (text.len && strcmp(text.p, "false"))
			flow_set(f, field->name, text.p);
		str_clear(&text);
	}
}

static void set_target(struct flow *f, const struct form *form,
	const struct target *t)
{
	const struct resource *r = form->compiled->resource;
	const char *endpoint = session_config(t->session)->endpoint_url;
	char region[64];
	struct str who = STR_INIT;

	flow_set(f, "profile", session_name(t->session));
	flow_set(f, "region", t->row.segment ? row_region(t->row, region) :
		t->region);
	flow_set(f, "endpoint", endpoint ? endpoint : "");
	if (*t->account)
		flow_set(f, "account", t->account);
	add_who(&who);
	flow_set(f, "who", who.p);
	if (*t->id) {
		flow_set(f, "id", t->id);
		flow_set(f, r->one, t->id);
	}
	str_clear(&who);
}

/* A demo's world ends with the program: nothing is left to look after. */
static bool watch(const struct runtime *rt, const struct flow *f,
	struct error *err)
{
	if (!flow_workflow(f)->fleeting || rt->demo ||
	    child_guard(rt, flow_id(f), err))
		return true;
	return error_prefix(err, "nobody could look after it");
}

/* What ended long ago and left nothing is of no use to anybody. */
static void forget_old(const char *folder)
{
	struct error ignored = ERROR_INIT;
	size_t count = 0, wrong;
	struct flow **flows = flow_list(folder, &count, &wrong, &ignored);

	for (size_t i = 0; i < count; i++) {
		bool ended = flow_state(flows[i]) == FLOW_DONE ||
			flow_state(flows[i]) == FLOW_CANCELLED;
		struct flow *f = NULL;

		if (ended && !flow_left(flows[i], false, NULL) &&
		    clock_wall() - flow_begun(flows[i]) > KEEP_MS)
			f = flow_open(folder, flow_id(flows[i]), false,
				&ignored);
		if (f)
			flow_forget(f, &ignored);
		flow_close(f);
		flow_close(flows[i]);
	}
	free(flows);
}

struct flow *jobs_begin(struct runtime *rt, const struct form *form,
	const struct target *target, struct error *err)
{
	const char *name = form->action->workflow;
	const struct workflow *w = workflow_find(name);
	char *folder = jobs_folder(rt);
	struct flow *f = NULL;

	if (!w)
		error_set(err, ERR_USAGE, "there is no work called %s", name);
	else
		f = flow_new(folder, w, err);
	if (f && folder)
		forget_old(folder);
	free(folder);
	if (!f)
		return NULL;
	set_address(f, rt);
	set_target(f, form, target);
	set_fields(f, form);
	if (flow_begin(f, err) && watch(rt, f, err))
		return f;
	flow_close(f);
	return NULL;
}

struct session *jobs_session(struct runtime *rt, const struct flow *f,
	struct error *err)
{
	const char *endpoint = flow_get(f, "endpoint");
	struct session *s = runtime_session(rt, flow_get(f, "profile"), err);
	const char *now;

	if (!s)
		return NULL;
	now = session_config(s)->endpoint_url;
	if (session_is_read_only(s)) {
		error_set(err, ERR_READ_ONLY, "read-only: work does not go "
			"on");
		return NULL;
	}
	if (str_eq(now ? now : "", endpoint))
		return s;
	error_set(err, ERR_USAGE, "work %.8s was begun at %s: %s%s",
		flow_id(f), *endpoint ? endpoint : "AWS itself", *endpoint ?
		"give --endpoint-url " : "not with --endpoint-url", endpoint);
	return NULL;
}

/* What the work knows of the thing that is logged in to. */
struct known {
	const struct flow *flow;
	const struct resource *resource;
};

static const char *fact(void *data, const char *name)
{
	const struct known *k = data;

	return flow_get(k->flow, strcmp(name, "id") ? name :
		k->resource->one);
}

static bool find_known(const struct runtime *rt, struct known *k,
	struct error *err)
{
	for (size_t i = 0; i < catalogue_count(rt->catalogue); i++) {
		k->resource = catalogue_at(rt->catalogue, i);
		if (k->resource->connect &&
		    *flow_get(k->flow, k->resource->one))
			return true;
	}
	return error_set(err, ERR_USAGE, "there is nothing to log in to");
}

/* That of ssh itself, or what rules say, needs no saying. */
static const char *port_of(const struct flow *f)
{
	const char *port = flow_get(f, "port");

	return *port && strcmp(port, "22") ? port : NULL;
}

bool jobs_program(const struct runtime *rt, const struct flow *f,
	const struct connect_rules *rules, struct words *argv,
	struct error *err)
{
	struct known known = { .flow = f };
	struct connect_choice choice = { .values = {
		[CONNECT_PORT] = (char *)port_of(f) } };
	struct connect_request request = { .rules = rules, .fact = fact,
		.choice = &choice, .data = &known };

	if (!find_known(rt, &known, err))
		return false;
	request.connect = known.resource->connect();
	return connect_make(&request, argv, err);
}

void jobs_step(const struct flow *f, struct str *out)
{
	size_t number, count;
	const struct work_step *step = flow_at(f, &number, &count);

	if (!step)
		return;
	str_addf(out, "%zu/%zu ", number, count);
	flow_words(f, step->title, out);
}

void jobs_title(const struct flow *f, struct str *out)
{
	flow_words(f, flow_workflow(f)->title, out);
}

void jobs_advice(const struct flow *f, struct str *out)
{
	const char *id = flow_id(f);

	switch (flow_state(f)) {
	case FLOW_RUNNING:
		str_add(out, "Another tucuxi has it open.");
		break;
	case FLOW_PARKED:
		str_addf(out, "`tucuxi jobs resume %.8s` goes on with it.",
			id);
		break;
	case FLOW_WAITING:
		str_addf(out, "When that is done: `tucuxi jobs resume %.8s "
			"--yes`.", id);
		break;
	case FLOW_FAILED:
		str_addf(out, "`tucuxi jobs resume %.8s` tries again, `tucuxi "
			"jobs cancel %.8s` takes back what was made.", id,
			id);
		break;
	case FLOW_CANCELLED:
	case FLOW_DONE:
		if (flow_left(f, false, NULL))
			str_addf(out, "`tucuxi jobs clean %.8s` removes what "
				"is no longer needed.\n", id);
		if (flow_workflow(f)->after && flow_state(f) == FLOW_DONE)
			flow_expand(f, flow_workflow(f)->after, out);
		break;
	}
}

static void add_steps(const struct flow *f, struct str *out)
{
	const struct workflow *w = flow_workflow(f);
	const struct work_step *steps = flow_is_cleaning(f) ? w->clean :
		w->steps, *now;
	size_t number = 0, at, count;

	now = flow_at(f, &at, &count);
	for (const struct work_step *s = steps; s->name; s++) {
		if (!flow_has(f, s))
			continue;
		str_addf(out, "  %-5s %2zu  ", s == now ? "now" :
			flow_is_done(f, s) ? "done" : "", ++number);
		flow_words(f, s->title, out);
		str_addc(out, '\n');
	}
}

bool jobs_text(const struct flow *f, struct str *out)
{
	size_t at, count;
	const struct work_step *now = flow_at(f, &at, &count);

	return now && now->text && flow_expand(f, now->text, out) &&
		str_addc(out, '\n');
}

void jobs_describe(const struct flow *f, struct str *out)
{
	struct str left = STR_INIT;

	jobs_title(f, out);
	str_addf(out, "\n%s, %s\n", flow_id(f),
		flow_state_name(flow_state(f)));
	if (*flow_error(f))
		str_addf(out, "%s\n", flow_error(f));
	add_steps(f, out);
	str_addc(out, '\n');
	if (jobs_text(f, out))
		str_addc(out, '\n');
	if (flow_left(f, false, &left))
		str_addf(out, "\nNo longer needed then:\n%s\n", left.p);
	str_addc(out, '\n');
	jobs_advice(f, out);
	str_addc(out, '\n');
	str_clear(&left);
}

bool jobs_left(const struct runtime *rt, struct str *out)
{
	char *folder = jobs_folder(rt);
	struct error err = ERROR_INIT;
	size_t count = 0, wrong = 0, open = 0;
	struct flow **flows = folder ? flow_list(folder, &count, &wrong,
		&err) : NULL;

	for (size_t i = 0; i < count; i++) {
		enum flow_state state = flow_state(flows[i]);

		open += state == FLOW_PARKED || state == FLOW_WAITING ||
			state == FLOW_FAILED;
		flow_close(flows[i]);
	}
	free(flows);
	free(folder);
	if (open)
		str_addf(out, "%zu piece%s of work left unfinished: J shows "
			"%s, as does `tucuxi jobs`", open, open > 1 ? "s" :
			"", open > 1 ? "them" : "it");
	else if (wrong)
		str_add(out, err.text);
	return open || wrong;
}
