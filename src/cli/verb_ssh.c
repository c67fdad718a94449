/* SPDX-License-Identifier: MIT */
/* `tucuxi ssh`: the one instance that is meant, found, and logged in to. */
#include "base/mem.h"
#include "base/vec.h"
#include "base/xdg.h"
#include "cli/batch.h"
#include "cli/child.h"
#include "cli/connect.h"
#include "cli/verb.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

struct seeking {
	const struct resource *resource;
	const char *word;
	bool by_id;
	struct { struct row *items; size_t count, room; } found, down;
	struct error failure;
};

static bool is_live(const struct connect *c, struct row row)
{
	struct connect_facts facts;
	bool live;

	connect_facts_init(&facts, row);
	live = str_eq(connect_fact_of(&facts, c->state), c->live);
	connect_facts_clear(&facts);
	return live;
}

static void keep(struct seeking *s, struct row row)
{
	segment_ref(row.segment);
	if (is_live(s->resource->connect(), row))
		*VEC_PUSH(&s->found) = row;
	else
		*VEC_PUSH(&s->down) = row;
}

static bool take_segment(void *data, struct segment *segment)
{
	struct seeking *s = data;
	struct str text = STR_INIT;

	for (uint32_t i = 0; i < segment->count; i++) {
		struct row row = { segment, i };

		str_reset(&text);
		if (s->by_id)
			row_id(row, &text);
		else
			row_label(row, &text);
		if (str_eq(text.p, s->word))
			keep(s, row);
	}
	str_clear(&text);
	segment_unref(segment);
	return true;
}

static void take_done(void *data, struct session *session,
	const char *region, const struct listing_result *result)
{
	struct seeking *s = data;

	(void)session;
	(void)region;
	if (result->err.kind != ERR_NONE &&
	    result->err.kind != ERR_NOT_FOUND)
		s->failure = result->err;
}

/* The id, or the name that people gave it. */
static struct location *locate(const struct seeking *s)
{
	const struct resource *r = s->resource;
	const struct connect_fact *f = r->connect()->named;
	struct location *location = location_new(r);

	if (s->by_id && r->get)
		location_set(location, r->get, s->word);
	for (; !s->by_id && f && f->name; f++)
		location_set(location, f->name,
			strcmp(f->path, "{name}") ? f->path : s->word);
	return location;
}

static bool one_of_many(const struct seeking *s, struct error *err)
{
	struct str ids = STR_INIT;

	for (size_t i = 0; i < s->found.count && i < 10; i++) {
		str_add(&ids, i ? ", " : "");
		row_id(s->found.items[i], &ids);
	}
	error_set(err, ERR_USAGE, "%zu %s are called '%s': say which by its "
		"id (%s%s)", s->found.count, s->resource->name, s->word,
		ids.p, s->found.count > 10 ? " …" : "");
	str_clear(&ids);
	return false;
}

static bool not_found(const struct seeking *s, const struct connect *c,
	struct error *err)
{
	struct connect_facts facts;

	if (s->failure.kind != ERR_NONE) {
		*err = s->failure;
		return false;
	}
	if (!s->down.count)
		return error_set(err, ERR_NOT_FOUND, "no %s '%s' there — is "
			"it in another region? (-r all looks everywhere)",
			s->resource->one, s->word);
	connect_facts_init(&facts, s->down.items[0]);
	error_set(err, ERR_USAGE, "%s is %s, not %s", s->word,
		connect_fact_of(&facts, c->state), c->live);
	connect_facts_clear(&facts);
	return false;
}

static bool seek(struct runtime *rt, struct seeking *s, struct error *err)
{
	struct batch_request request = { .location = locate(s) };
	const struct batch_hooks hooks = { .data = s,
		.segment = take_segment, .done = take_done };
	bool ok = batch_run(rt, &request, &hooks, err);

	location_unref(request.location);
	if (!ok)
		return false;
	if (s->found.count > 1)
		return one_of_many(s, err);
	return s->found.count ? true :
		not_found(s, s->resource->connect(), err);
}

/* Of the id's kind; a name is of what people log in to. */
static bool choose_resource(const struct runtime *rt, struct seeking *s,
	struct error *err)
{
	const struct catalogue *c = rt->catalogue;

	s->resource = catalogue_of_id(c, s->word);
	s->by_id = s->resource != NULL;
	for (size_t i = 0; !s->resource && i < catalogue_count(c); i++)
		if (catalogue_at(c, i)->connect)
			s->resource = catalogue_at(c, i);
	if (s->resource && s->resource->connect)
		return true;
	return error_set(err, ERR_USAGE, "nobody logs in to %s",
		s->resource ? s->resource->name : s->word);
}

/* ssh's own status, as a shell would tell it. */
static int run(struct runtime *rt, struct row row, const struct words *argv)
{
	struct error err = ERROR_INIT;
	struct environment env;
	char region[64];
	int status = 0;
	bool ok;

	environment_make(&env, rt, row_region(row, region),
		session_name(row.segment->session));
	ok = child_run(argv->items, env.items, &status, &err);
	environment_clear(&env);
	if (!ok)
		return verb_fail(&err);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) :
		WEXITSTATUS(status);
}

static bool may_log_in(struct row row, struct error *err)
{
	return !session_is_read_only(row.segment->session) ||
		error_set(err, ERR_READ_ONLY, "read-only: ssh is refused");
}

static bool make(struct runtime *rt, struct row row,
	const struct connect_choice *choice, struct words *argv,
	struct error *err)
{
	const struct options *o = rt->options;
	size_t from = o->plain_from < o->argument_count ? o->plain_from :
		o->argument_count;
	struct connect_rules rules = { 0 };
	struct connect_facts facts;
	struct connect_request request = { .rules = &rules,
		.choice = choice, .command = o->arguments + from,
		.command_count = o->argument_count - from,
		.connect = row.segment->compiled->resource->connect(),
		.data = &facts, .fact = connect_fact_of };
	char *path = xdg_config("tucuxirc");
	bool ok = may_log_in(row, err) && (rt->demo ||
		connect_rules_load(&rules, path, err));

	connect_facts_init(&facts, row);
	ok = ok && connect_make(&request, argv, err);
	connect_facts_clear(&facts);
	connect_rules_clear(&rules);
	free(path);
	return ok;
}

static bool read_choice(const struct options *o,
	struct connect_choice *choice, struct error *err)
{
	struct words line = { 0 };
	bool ok;

	for (size_t i = 0; i < o->argument_count && i < o->plain_from; i++)
		*VEC_PUSH(&line) = xstrdup(o->arguments[i]);
	ok = connect_read(choice, NULL, &line, 1, err);
	words_clear(&line);
	return ok;
}

static bool check_line(const struct runtime *rt, struct error *err)
{
	const struct options *o = rt->options;

	if (!o->argument_count || !o->plain_from || !*o->arguments[0])
		return error_set(err, ERR_USAGE, "ssh: say to which, as in "
			"`tucuxi ssh web-3` or `tucuxi ssh i-0f3a9c2b7d1e4a"
			"5b6 user=ubuntu`");
	return !door_is_read_only(rt->door) || error_set(err, ERR_READ_ONLY,
		"read-only: ssh is refused");
}

int verb_ssh(struct runtime *rt)
{
	const struct options *o = rt->options;
	struct seeking s = { .word = o->arguments[0] };
	struct connect_choice choice = { 0 };
	struct error err = ERROR_INIT;
	struct words argv = { 0 };
	int status = -1;

	if (check_line(rt, &err) && read_choice(o, &choice, &err) &&
	    choose_resource(rt, &s, &err) && seek(rt, &s, &err) &&
	    make(rt, s.found.items[0], &choice, &argv, &err))
		status = run(rt, s.found.items[0], &argv);
	if (status < 0)
		status = verb_fail(&err);
	for (size_t i = 0; i < s.found.count; i++)
		segment_unref(s.found.items[i].segment);
	for (size_t i = 0; i < s.down.count; i++)
		segment_unref(s.down.items[i].segment);
	VEC_FREE(&s.found);
	VEC_FREE(&s.down);
	connect_choice_clear(&choice);
	words_clear(&argv);
	return status;
}
