/* SPDX-License-Identifier: MIT */
#include "ui/proposal.h"

#include "aws/region.h"
#include "base/mem.h"
#include "fetch/location.h"
#include "ui/app_own.h"
#include "ui/pane_confirm.h"
#include "ui/pane_form.h"
#include "ui/runs.h"
#include "ui/works.h"

#include <stdlib.h>
#include <string.h>

static bool row_here(const struct app *app, struct row *row)
{
	const struct pane *ground = app_ground(app);

	return ground->ops->row && ground->ops->row(ground, row);
}

const struct compiled *proposal_compiled(const struct app *app)
{
	const struct table *table = app_table(app);
	struct row row;

	if (row_here(app, &row))
		return row.segment->compiled;
	return table ? table_compiled(table) : NULL;
}

struct taking {
	struct targets *targets;
	const struct compiled *compiled;
};

static void take(void *data, struct row row)
{
	struct taking *t = data;

	if (row.segment->compiled == t->compiled)
		targets_add(t->targets, row, NULL);
}

void proposal_bind(struct proposal *p, const struct app *app,
	const struct compiled *compiled)
{
	const struct pane *ground = app_ground(app);
	struct taking t = { .targets = &p->targets, .compiled = compiled };
	struct row row;

	*p = (struct proposal){ 0 };
	form_init(&p->form, compiled, NULL);
	if (row_here(app, &row) && row.segment->compiled == compiled) {
		segment_ref(row.segment);
		p->row = row;
	}
	if (ground->ops->targets)
		p->hidden = ground->ops->targets(ground, take, &t);
	else if (p->row.segment)
		take(&t, p->row);
}

static void take_only_row(struct proposal *p)
{
	targets_clear(&p->targets);
	p->hidden = 0;
	if (p->row.segment)
		targets_add(&p->targets, p->row, NULL);
}

/* What they were before, for those who follow them. */
static void take_states(struct proposal *p, const char *where)
{
	struct error err = ERROR_INIT;
	struct path *path = path_compile(NULL, where, &err);

	for (size_t i = 0; path && i < p->targets.count; i++) {
		struct target *t = &p->targets.items[i];

		free(t->state);
		t->state = xstrdup(row_text(t->row, path, NULL));
	}
	path_free(path);
}

void proposal_use(struct proposal *p, const struct action *action)
{
	p->form.action = action;
	if (action->on == ON_PLACES) {
		targets_clear(&p->targets);
		p->hidden = 0;
	} else if (action->on == ON_ROW) {
		take_only_row(p);
	}
	if (action->wait_path && action->on != ON_PLACES)
		take_states(p, action->wait_path);
}

void proposal_move(struct proposal *to, struct proposal *from)
{
	*to = *from;
	*from = (struct proposal){ 0 };
}

void proposal_clear(struct proposal *p)
{
	form_clear(&p->form);
	targets_clear(&p->targets);
	segment_unref(p->row.segment);
	*p = (struct proposal){ 0 };
}

static struct session *session_of(const struct proposal *p,
	const struct app *app)
{
	return p->row.segment && p->row.segment->session ?
		p->row.segment->session : app->sessions[0];
}

bool proposal_permits(const struct proposal *bound, const struct form *form,
	const struct app *app, struct error *err)
{
	const struct targets *t = &bound->targets;
	struct session *own = session_of(bound, app);

	if (!t->count || form->action->on == ON_PLACES)
		return form_permits(form, own, err);
	for (size_t i = 0; i < t->count; i++)
		if (form_permits(form, t->items[i].session, err))
			return true;
	return false;
}

bool proposal_is_production(const struct proposal *p, const struct app *app)
{
	unsigned flags = app_profile_flags(app, session_of(p, app));

	for (size_t i = 0; i < p->targets.count; i++)
		flags |= app_profile_flags(app, p->targets.items[i].session);
	return flags & PROFILE_PRODUCTION;
}

void proposal_region(const struct proposal *p, const struct app *app,
	struct str *out)
{
	char region[64];

	if (p->form.compiled->resource->global)
		return;
	if (p->row.segment)
		str_add(out, row_region(p->row, region));
	else if (app->region_count)
		str_add(out, app->regions[0]);
}

bool proposal_places(struct proposal *p, struct app *app,
	const struct words *regions, struct error *err)
{
	const struct resource *r = p->form.compiled->resource;
	struct location *location;
	bool ok = true;

	targets_clear(&p->targets);
	location = location_new(r);
	if (r->global)
		targets_add_id(&p->targets, session_of(p, app), location,
			NULL, "");
	for (size_t i = 0; ok && !r->global && i < regions->count; i++) {
		const char *name = regions->items[i];

		ok = region_valid(name) || error_set(err, ERR_USAGE,
			"'%.40s' is not the name of a region", name);
		if (ok)
			targets_add_id(&p->targets, session_of(p, app),
				location, name, "");
	}
	if (ok && !p->targets.count)
		ok = error_set(err, ERR_USAGE, "say in which region");
	location_unref(location);
	return ok;
}

void target_words(const struct target *t, struct str *out)
{
	if (!*t->id)
		str_add(out, *t->region ? t->region : "the account");
	else if (*t->label)
		str_addf(out, "%s (%s)", t->label, t->id);
	else
		str_add(out, t->id);
}

void proposal_subject(const struct proposal *p, struct str *out)
{
	const struct resource *r = p->form.compiled->resource;

	if (p->targets.count == 1)
		target_words(&p->targets.items[0], out);
	else if (p->form.action->on == ON_PLACES)
		str_addf(out, "%zu regions", p->targets.count);
	else
		str_addf(out, "%zu %s", p->targets.count, r->name);
	if (p->hidden)
		str_addf(out, " (%zu hidden by the filter)", p->hidden);
}

static bool check_targets(const struct proposal *p, struct error *err)
{
	const struct action *a = p->form.action;
	const char *one = p->form.compiled->resource->one;

	if (a->on == ON_PLACES || p->targets.count)
		return true;
	return error_set(err, ERR_USAGE, "%s: there is no %s under the "
		"cursor, and none is marked", a->title, one);
}

void proposal_begin(struct app *app, struct proposal *p)
{
	const struct action *a = p->form.action;
	struct error err = ERROR_INIT;

	if (!proposal_permits(p, &p->form, app, &err) ||
	    !check_targets(p, &err)) {
		app_error(app, &err);
		proposal_clear(p);
	} else if ((a->fields && a->fields->name) || a->on == ON_PLACES) {
		pane_form_open(app, p);
	} else {
		proposal_ask(app, p);
	}
}

/* What only reads asks nobody. */
void proposal_ask(struct app *app, struct proposal *p)
{
	struct error err = ERROR_INIT;

	if (!effect_is_read(form_kind(&p->form))) {
		pane_confirm_open(app, p);
		return;
	}
	if (!proposal_run(app, p, &err)) {
		app_error(app, &err);
		proposal_clear(p);
	}
}

bool proposal_run(struct app *app, struct proposal *p, struct error *err)
{
	if (p->form.action->workflow ? !works_start(app, p, err) :
	    !runs_start(app, p, err))
		return false;
	proposal_clear(p);
	return true;
}
