/* SPDX-License-Identifier: MIT */
/* The words of `do` become rows: each looked up by its id, wherever the
 * line says that it may be. */
#include "cli/do.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"
#include "cli/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REGIONS_MAX 64
#define FRESH_MS 5000

struct places {
	struct { char **items; size_t count, room; } regions;
};

static void add_region(struct places *p, const char *name)
{
	for (size_t i = 0; i < p->regions.count; i++)
		if (!strcmp(p->regions.items[i], name))
			return;
	*VEC_PUSH(&p->regions) = xstrdup(name);
}

static void places_clear(struct places *p)
{
	for (size_t i = 0; i < p->regions.count; i++)
		free(p->regions.items[i]);
	VEC_FREE(&p->regions);
}

/* "all": those that need no asking, and what the account opted in to. */
static void add_all(struct places *p, struct runtime *rt,
	struct session *session)
{
	const char *names[REGIONS_MAX];
	size_t count = runtime_first_regions(rt, session, names,
		REGIONS_MAX);
	struct error err = ERROR_INIT;
	char **opted = NULL;
	size_t more = 0;

	for (size_t i = 0; i < count; i++)
		add_region(p, names[i]);
	if (!runtime_opted_regions(rt, session, NULL, &opted, &more, &err))
		batch_complain("opt-in regions", &err);
	for (size_t i = 0; i < more; i++) {
		add_region(p, opted[i]);
		free(opted[i]);
	}
	free(opted);
}

static bool places_of(struct places *p, struct runtime *rt,
	struct session *session, struct error *err)
{
	if (rt->all_regions)
		add_all(p, rt, session);
	for (size_t i = 0; i < rt->region_count; i++)
		add_region(p, rt->regions[i]);
	return p->regions.count || batch_no_region(err);
}

static void ask_word(struct doing *d, struct lookup *l,
	struct session *session, const struct places *places,
	const struct do_word *w)
{
	const struct resource *r = d->form.compiled->resource;
	struct location *location = location_new(r);

	if (*w->arn.scope && r->scope[0])
		location_set(location, r->scope[0], w->arn.scope);
	if (r->global)
		lookup_add(l, session, location, NULL, w->id);
	else if (*w->arn.region)
		lookup_add(l, session, location, w->arn.region, w->id);
	for (size_t i = 0; !r->global && !*w->arn.region &&
	     i < places->regions.count; i++)
		lookup_add(l, session, location, places->regions.items[i],
			w->id);
	location_unref(location);
}

static bool needs_region(const struct doing *d)
{
	if (d->form.compiled->resource->global)
		return false;
	for (size_t i = 0; i < d->words.count; i++)
		if (!*d->words.items[i].arn.region)
			return true;
	return false;
}

static bool ask_all(struct doing *d, struct lookup *l, struct error *err)
{
	struct runtime *rt = d->runtime;
	bool ok = true;

	for (size_t s = 0; ok && s < rt->session_count; s++) {
		struct places places = { 0 };

		if (needs_region(d))
			ok = places_of(&places, rt, rt->sessions[s], err);
		for (size_t i = 0; ok && i < d->words.count; i++)
			ask_word(d, l, rt->sessions[s], &places,
				&d->words.items[i]);
		places_clear(&places);
	}
	return ok;
}

static bool is_of_word(const struct lookup_answer *a,
	const struct do_word *w)
{
	char account[64];

	if (strcmp(a->id, w->id) ||
	    (*w->arn.region && *a->region && strcmp(a->region,
			w->arn.region)))
		return false;
	return !a->row.segment || !*w->arn.account ||
		!*row_account(a->row, account) ||
		!strcmp(account, w->arn.account);
}

/* The most telling reason: that it is not there comes last. */
static bool tells_more(const struct error *a, const struct error *b)
{
	bool absent = a->kind == ERR_NOT_FOUND || a->kind == ERR_DISABLED;

	return b->kind == ERR_NONE || (!absent && b->kind == ERR_NOT_FOUND);
}

static void add_missing(struct doing *d, const struct do_word *w,
	const struct lookup_answer *answer)
{
	const struct resource *r = d->form.compiled->resource;
	struct do_missing *m = VEC_PUSH(&d->missing);

	*m = (struct do_missing){ .id = xstrdup(w->id),
		.region = xstrdup(answer ? answer->region : "") };
	if (answer && answer->error.kind != ERR_NOT_FOUND)
		m->error = answer->error;
	else
		error_set(&m->error, ERR_NOT_FOUND, "no %s '%s' there — is "
			"it in another region? (-r all looks everywhere)",
			r->one, w->id);
}

/* Names are not unique over regions and accounts as ids are. */
static bool ambiguous(const struct doing *d, const struct do_word *w,
	struct error *err)
{
	const struct target *a = &d->targets.items[d->targets.count - 2];
	const struct target *b = a + 1;
	char first[64], second[64];

	return error_set(err, ERR_USAGE, "'%s' is in %s (account %s) and in "
		"%s (account %s): say which by -r, -p or its ARN", w->id,
		row_region(a->row, first), a->account,
		row_region(b->row, second), b->account);
}

static bool take_word(struct doing *d, const struct lookup *l,
	const struct do_word *w, const struct path *state, struct error *err)
{
	const struct lookup_answer *why = NULL;
	size_t found = 0;
	bool known = false;

	for (size_t i = 0; i < lookup_count(l); i++) {
		const struct lookup_answer *a = lookup_at(l, i);

		if (!is_of_word(a, w))
			continue;
		if (a->row.segment) {
			known = true;
			found += targets_add(&d->targets, a->row, state);
		} else if (!why || tells_more(&a->error, &why->error)) {
			why = a;
		}
	}
	if (found > 1)
		return ambiguous(d, w, err);
	if (!known)
		add_missing(d, w, why);
	return true;
}

static void cancel_lookup(void *task)
{
	lookup_cancel(task);
}

static void await_lookup(struct doing *d, struct lookup *l)
{
	lookup_start(l);
	while (do_take(d, cancel_lookup, l)->index != TASK_END)
		continue;
}

static void add_place(struct doing *d, struct session *session,
	const char *region)
{
	struct location *location =
		location_new(d->form.compiled->resource);

	targets_add_id(&d->targets, session, location, region, "");
	location_unref(location);
}

/* Where something new is made: every region and profile that is named. */
static bool add_places(struct doing *d, struct error *err)
{
	struct runtime *rt = d->runtime;
	bool ok = true;

	for (size_t s = 0; ok && s < rt->session_count; s++) {
		struct places places = { 0 };

		if (d->form.compiled->resource->global)
			add_place(d, rt->sessions[s], NULL);
		else
			ok = places_of(&places, rt, rt->sessions[s], err);
		for (size_t i = 0; i < places.regions.count; i++)
			add_place(d, rt->sessions[s],
				places.regions.items[i]);
		places_clear(&places);
	}
	return ok;
}

/* The one that the new one is to be like fills what is not said. */
static bool take_model(struct doing *d, struct error *err)
{
	struct target *model = d->targets.count ? &d->targets.items[0] :
		NULL;

	if (d->words.count && !model)
		return error_set(err, d->missing.items[0].error.kind, "%s",
			d->missing.items[0].error.text);
	if (model)
		form_fill(&d->form, model->row);
	targets_clear(&d->targets);
	return form_check(&d->form, err) && add_places(d, err);
}

/* As a form on the screen begins: with what the one row has. */
static bool take_row(struct doing *d, struct error *err)
{
	if (d->targets.count == 1)
		form_fill(&d->form, d->targets.items[0].row);
	return !d->targets.count || form_check(&d->form, err);
}

bool do_find(struct doing *d, struct error *err)
{
	const char *where = action_follows_made(d->form.action) ? NULL :
		d->form.action->wait_path;
	struct path *state = where ? path_compile(NULL, where, err) : NULL;
	struct lookup *l = lookup_new(d->runtime->pool, d->box,
		d->form.compiled);
	bool ok = (!where || state) && ask_all(d, l, err);

	if (ok)
		await_lookup(d, l);
	for (size_t i = 0; ok && i < d->words.count; i++)
		ok = take_word(d, l, &d->words.items[i], state, err);
	lookup_free(l);
	path_free(state);
	if (ok && d->form.action->on == ON_PLACES)
		ok = take_model(d, err);
	if (ok && d->form.action->on == ON_ROW)
		ok = take_row(d, err);
	return ok;
}

static bool is_fresh(const struct targets *targets)
{
	for (size_t i = 0; i < targets->count; i++) {
		const struct segment *s = targets->items[i].row.segment;

		if (s && clock_wall() - s->fetched > FRESH_MS)
			return false;
	}
	return true;
}

static bool same(const struct target *t, const struct lookup_answer *a,
	struct error *err)
{
	struct str text = STR_INIT;
	bool ok = a->row.segment != NULL;

	if (!ok)
		error_set(err, ERR_NEED_CONFIRM, "%s: %s", t->id,
			a->error.text);
	else if (row_differences(t->row, a->row, &text))
		ok = error_set(err, ERR_NEED_CONFIRM,
			"%s is not what it was: %s; nothing was sent", t->id,
			text.p);
	str_clear(&text);
	return ok;
}

bool do_review(struct doing *d, struct error *err)
{
	struct lookup *l;
	bool ok = true;

	if (!form_needs_fresh_rows(&d->form) || is_fresh(&d->targets))
		return true;
	l = lookup_new(d->runtime->pool, d->box, d->form.compiled);
	lookup_add_targets(l, &d->targets);
	await_lookup(d, l);
	for (size_t i = 0; ok && i < d->targets.count; i++)
		ok = same(&d->targets.items[i], lookup_at(l, i), err);
	lookup_free(l);
	return ok;
}
