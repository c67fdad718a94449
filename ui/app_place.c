/* SPDX-License-Identifier: MIT */
/* The stack of panes, the index at its bottom, and opening listings. */
#include "ui/app_own.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

#define PANES_MOST 32

const char *app_context(const struct app *app, struct str *out)
{
	const struct pane_ops *ops = app->top->ops;
	const char *subject = ops->subject ? ops->subject(app->top) : NULL;

	str_add(out, ops->context);
	if (subject && *subject)
		str_addf(out, "/%s", subject);
	return out->p;
}

void app_update(struct app *app)
{
	for (struct pane *p = app->top, *below; p; p = below) {
		below = p->below;
		if (p->ops->update)
			p->ops->update(p);
	}
	app_profiles_changed(app);
}

static void show(struct pane *pane, bool on_top)
{
	if (pane->ops->shown)
		pane->ops->shown(pane, on_top);
	pane->dirty |= on_top;
}

/* Out of the stack at once, freed when nobody can be inside it any more. */
static void retire(struct app *app, struct pane *pane)
{
	pane->below = app->own->closed;
	app->own->closed = pane;
}

void app_free_closed(struct app *app)
{
	struct pane *pane;

	while ((pane = app->own->closed)) {
		app->own->closed = pane->below;
		pane->ops->close(pane);
	}
}

void app_close_panes(struct app *app)
{
	struct pane *pane;

	while ((pane = app->top)) {
		app->top = pane->below;
		pane->ops->close(pane);
	}
	app_free_closed(app);
}

/* The deepest but the index goes, so that a day's walk holds no more. */
static void limit_depth(struct app *app)
{
	struct pane **at = &app->top;
	struct pane *deepest;
	size_t depth = 0;

	for (; *at && depth < PANES_MOST; depth++)
		at = &(*at)->below;
	while (*at && (*at)->below) {
		deepest = *at;
		*at = deepest->below;
		retire(app, deepest);
	}
}

void app_push(struct app *app, struct pane *pane)
{
	if (app->top) {
		history_refresh(app);
		show(app->top, false);
	}
	pane->app = app;
	pane->below = app->top;
	app->top = pane;
	limit_depth(app);
	show(pane, true);
	app->redraw = true;
	history_note(app);
}

static struct pane *index_new(struct app *app);

void app_pop(struct app *app)
{
	struct pane *pane = app->top;

	if (!pane->below) {      /* the index: a new one in its place */
		app->top = index_new(app);
		app->top->app = app;
	} else
		app->top = pane->below;
	retire(app, pane);
	show(app->top, true);
	app->redraw = true;
	history_note(app);
}

void app_home(struct app *app)
{
	bool travelling = app->own->travelling;

	app->own->travelling = true;     /* what is passed is not visited */
	while (app->top->below)
		app_pop(app);
	app->own->travelling = travelling;
	app->top->dirty = true;
}

/* What to type to come back here. */
void app_place(const struct app *app, struct str *out)
{
	const struct pane *pane = app_ground(app);
	const struct pane_ops *ops = pane->ops;
	const char *filter = ops->filter_text ? ops->filter_text(pane) : NULL;
	struct str word = STR_INIT;
	size_t before = out->len;

	if (ops->line)
		ops->line(pane, out);
	if (out->len > before && filter && *filter) {
		str_addf(&word, "/%s", filter);
		str_addc(out, ' ');
		words_quote(out, word.p);
	}
	str_clear(&word);
}

/* The index: every listing that stands alone, and every view, by name. */
static void index_chosen(struct app *app, const struct choice *choices,
	size_t count, size_t cursor, void *data)
{
	struct error err = ERROR_INIT;

	(void)data;
	if (cursor < count && !app_command(app, choices[cursor].label, &err))
		app_error(app, &err);
}

static struct pane *index_new(struct app *app)
{
	const struct catalogue *c = app->runtime->catalogue;
	const struct saved_all *all = &app->runtime->saved;
	struct {
		struct choice *items;
		size_t count, room;
	} choices = { 0 };

	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct resource *r = catalogue_at(c, i);
		struct str detail = STR_INIT;

		if (r->scope[0])
			continue;
		str_addf(&detail, "%s · %s", r->service->title, r->title);
		if (r->aliases && *r->aliases)
			str_addf(&detail, " · also: %s", r->aliases);
		*VEC_PUSH(&choices) = (struct choice){ xstrdup(r->name),
			str_take(&detail), false };
	}
	for (size_t i = 0; i < all->views.count; i++) {
		const struct saved *v = &all->views.items[i];
		struct str detail = STR_INIT;

		str_addf(&detail, "view · %s%s%s", v->resource->title,
			v->title ? " · " : "", v->title ? v->title : "");
		*VEC_PUSH(&choices) = (struct choice){ xstrdup(v->name),
			str_take(&detail), false };
	}
	return pane_choice_new(app, "Resources", choices.items,
		choices.count, false, index_chosen, NULL);
}

void app_renew_index(struct app *app)
{
	struct pane **at = &app->top, *old;

	while ((*at)->below)
		at = &(*at)->below;
	old = *at;
	if (!str_eq(old->ops->context, "choice"))
		return;
	*at = index_new(app);
	retire(app, old);
	if (at == &app->top)
		show(app->top, true);
	app->redraw = true;
}

void app_open(struct app *app, struct location *location,
	struct session *session, const char *region)
{
	if (!app->region_count && !(region && *region) &&
	    !location->resource->global) {
		app_pick_regions(app, location, session);
		return;
	}
	app_push(app, pane_table_new(app, location, session, region));
}

/* After the profile or the regions have changed: the same place, there.
 * Rows of other places do not stay under it. */
void app_reopen(struct app *app)
{
	struct str line = STR_INIT;
	struct error err = ERROR_INIT;

	while (app->top->below && !app->top->ops->line)
		app_pop(app);
	app_place(app, &line);
	app->own->travelling = true;
	app_home(app);
	if (line.len && !app_command(app, line.p, &err))
		app_error(app, &err);
	app->own->travelling = false;
	app->redraw = true;
	str_clear(&line);
}

void app_remember(struct app *app, const char *kind, const char *resource,
	const char *value)
{
	if (!app->own->landing)
		state_set(app->own->state, kind, resource, value);
}

const char *app_recall(const struct app *app, const char *kind,
	const char *resource)
{
	return state_get(app->own->state, kind, resource);
}

static void run_option(struct app *app, const char *command,
	const char *value, struct error *err)
{
	struct str line = STR_INIT;

	if (!value || err->kind != ERR_NONE)
		return;
	str_addf(&line, "%s ", command);
	words_quote(&line, value);
	app_command(app, line.p, err);
	str_clear(&line);
}

/* Beside the filter of the view that was named. */
static void land_filter(struct app *app, const char *filter,
	struct error *err)
{
	const struct pane_ops *ops = app->top->ops;
	struct str both = STR_INIT;

	filter_join(app->runtime->options->view ? ops->filter_text(app->top) :
		"", filter, &both);
	ops->filter(app->top, both.p, true, err);
	str_clear(&both);
}

/* A word and its option of the command line, where it begins. */
static void land_with_options(struct app *app)
{
	const struct options *o = app->runtime->options;
	struct error err = ERROR_INIT;

	if (!app->top->ops->line)        /* a picker stands before it */
		return;
	if (o->filter && app->top->ops->filter)
		land_filter(app, o->filter, &err);
	run_option(app, "sort", o->sort, &err);
	run_option(app, "columns", o->columns, &err);
	app_error(app, &err);
}

/* What was chosen here last time, when nobody says which now. */
static void take_last_regions(struct app *app, const char *profile)
{
	const char *last = state_get(app->own->state, "regions", profile);
	struct error err = ERROR_INIT;
	struct str line = STR_INIT;

	if (!last)
		return;
	str_addf(&line, "regions %s", last);
	if (!app_command(app, line.p, &err))
		app_error(app, &err);
	str_clear(&line);
}

/* Where the screen begins: the command line's target, else the last place
 * of this profile, else the index. */
void app_land(struct app *app)
{
	const struct options *o = app->runtime->options;
	const char *profile = session_name(app->sessions[0]);
	const char *place = state_get(app->own->state, "place", profile);
	struct str line = STR_INIT;
	struct error err = ERROR_INIT;

	app->top = index_new(app);
	show(app->top, true);
	app->redraw = true;
	app_profiles_changed(app);
	if ((o->region || !app_profile_regions(app)) && !app->region_count)
		take_last_regions(app, profile);
	if (o->view)
		str_addf(&line, "view %s", o->view);
	else if (o->argument_count)
		words_quote(&line, o->arguments[0]);
	else if (place)
		str_add(&line, place);
	app->own->landing = true;
	if (line.len && !app_command(app, line.p, &err))
		app_error(app, &err);
	else if (line.len)
		land_with_options(app);
	app->own->landing = false;
	str_clear(&line);
	app_identify(app);
}
