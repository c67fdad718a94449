/* SPDX-License-Identifier: MIT */
/* What people give a name: views, bookmarks, sets of regions and profiles. */
#include "ui/command_rows.h"

#include "base/mem.h"
#include "base/vec.h"
#include "ui/app_own.h"
#include "ui/pane_table.h"
#include "ui/table_columns.h"

#include <stdlib.h>
#include <string.h>

/* Filter, sort and columns of the table on top, for this once. */
static bool apply(struct app *app, const struct saved *v,
	const char *filter, struct error *err)
{
	struct pane_table *t = pane_table_of(app->top);
	bool ok = true;

	if (!t || t->location->resource != v->resource)
		return true;             /* a picker stands before it */
	free(t->view);
	t->view = xstrdup(v->name);
	if (v->columns)
		ok = table_choose_columns(t, v->columns, err);
	if (ok && v->sort)
		ok = table_sort(t, v->sort, err);
	if (ok && filter)
		table_filter(&t->pane, filter, true, err);
	return ok && err->kind == ERR_NONE;
}

static bool use_where(struct app *app, const struct saved *v,
	struct error *err)
{
	struct words words = { 0 };
	bool ok;

	if (v->profile && !app->runtime->demo &&
	    !app_use_profile(app, v->profile, err))
		return false;
	if (!v->regions)
		return true;
	for (const char *p = v->regions; *p;) {
		size_t len = strcspn(p, ",");

		*VEC_PUSH(&words) = xstrndup(p, len);
		p += len + (p[len] == ',');
	}
	ok = go_use_regions(app, &words, 0, err);
	words_clear(&words);
	return ok;
}

/* "view NAME [/FILTER]": another filter than its own. */
bool go_view(struct app *app, const struct words *words, size_t first,
	struct error *err)
{
	const struct saved *v = saved_find(&app->runtime->saved,
		words->items[first], err);
	const char *filter = v ? v->filter : NULL;
	bool travelling = app->own->travelling;
	bool ok;

	if (!v)
		return false;
	for (size_t i = first + 1; i < words->count; i++) {
		if (*words->items[i] != '/')
			return error_set(err, ERR_USAGE, "view NAME "
				"[/FILTER], or view save NAME, view delete "
				"NAME");
		filter = words->items[i] + 1;
	}
	if (!app->own->landing && !use_where(app, v, err))
		return false;
	app->own->travelling = true;     /* noted once it is complete */
	app_open(app, location_new(v->resource), NULL, NULL);
	ok = apply(app, v, filter, err);
	app->own->travelling = travelling;
	history_note(app);
	return ok;
}

bool go_is_view(const struct app *app, const char *name)
{
	struct error ignored = ERROR_INIT;

	return saved_find(&app->runtime->saved, name, &ignored) != NULL;
}

static char *join_regions(const struct app *app)
{
	struct str out = STR_INIT;

	for (size_t i = 0; i < app->region_count && !app->all_regions; i++)
		str_addf(&out, "%s%s", i ? "," : "", app->regions[i]);
	if (app->all_regions)
		str_add(&out, "all");
	return out.len ? str_take(&out) : NULL;
}

static char *join_profiles(const struct app *app)
{
	struct str out = STR_INIT;

	for (size_t i = 0; app->session_count > 1 &&
	     i < app->session_count; i++)
		str_addf(&out, "%s%s", i ? "," : "",
			session_name(app->sessions[i]));
	return out.len ? str_take(&out) : NULL;
}

static char *taken(struct str *s)
{
	if (s->len)
		return str_take(s);
	str_clear(s);
	return NULL;
}

/* What the table on top is like now; profiles, where there are several. */
static void take_table(const struct pane_table *t, struct saved *v)
{
	const struct app *app = t->pane.app;
	const char *kept = app->own->kept.text;
	struct str filter = STR_INIT, sort = STR_INIT, columns = STR_INIT;

	v->resource = t->location->resource;
	filter_join(kept ? kept : "", table_filter_text(&t->pane), &filter);
	table_sort_names(t, &sort);
	if (t->chosen_count)
		table_column_names(t, &columns);
	v->filter = taken(&filter);
	v->sort = taken(&sort);
	v->columns = taken(&columns);
	v->profile = join_profiles(app);
	if (!v->resource->global)
		v->regions = join_regions(app);
}

static bool is_free(struct app *app, const char *name, struct error *err)
{
	struct error ignored = ERROR_INIT;
	const struct saved *old = saved_find(&app->runtime->saved, name,
		&ignored);

	if (command_find(name) || go_is_place(app, name))
		return error_set(err, ERR_USAGE,
			"%.40s is a command or a resource already", name);
	return !old || old->from != SAVED_FILE || app->own->language.source ||
		!app->top || error_set(err, ERR_USAGE,
		"%.40s is in your tucuxirc, where its line can be changed",
		name);
}

static bool save(struct app *app, const char *name, struct error *err)
{
	struct saved_all *all = &app->runtime->saved;
	const struct pane_table *t = pane_table_of(app->top);
	struct saved v = { .from = SAVED_STATE };
	struct str line = STR_INIT;

	if (!t)
		return error_set(err, ERR_USAGE,
			"only a table can be saved as a view");
	if (t->location->argument_count)
		return error_set(err, ERR_USAGE, "these are %s of something: "
			"B bookmarks them", t->location->resource->name);
	if (!is_free(app, name, err))
		return false;
	v.name = xstrdup(name);
	take_table(t, &v);
	saved_line(&v, &line);
	if (!saved_put(all, app->runtime->catalogue, &v, err)) {
		str_clear(&line);
		return false;
	}
	state_set(app->own->state, "view", name, line.p);
	app_message(app, MESSAGE_INFO, "saved as view %s: %s", name, line.p);
	str_clear(&line);
	app_renew_index(app);
	return true;
}

static bool forget(struct app *app, const char *name, struct error *err)
{
	if (!saved_delete(&app->runtime->saved, name, err))
		return false;
	state_set(app->own->state, "view", name, NULL);
	app_renew_index(app);
	app_message(app, MESSAGE_INFO, "view %s is deleted", name);
	return true;
}

static void show_views(struct app *app)
{
	const struct saved_all *all = &app->runtime->saved;
	struct str text = STR_INIT;

	for (size_t i = 0; i < all->views.count; i++) {
		str_addf(&text, "view %s ", all->views.items[i].name);
		saved_line(&all->views.items[i], &text);
		str_addc(&text, '\n');
	}
	app_push(app, pane_text_new(app, "Views", str_take(&text)));
}

/* "view NAME RESOURCE …": what a file says stays there, what is typed is
 * kept. */
static bool define(struct app *app, const struct words *words,
	struct error *err)
{
	bool typed = app->top && !app->own->language.source;
	struct str line = STR_INIT;

	if (words->count > 1 && !is_free(app, words->items[1], err))
		return false;
	if (!saved_view(&app->runtime->saved, app->runtime->catalogue, words,
	    1, typed ? SAVED_STATE : SAVED_FILE, err))
		return false;
	if (typed) {
		saved_line(saved_find(&app->runtime->saved, words->items[1],
			err), &line);
		state_set(app->own->state, "view", words->items[1], line.p);
	}
	str_clear(&line);
	if (app->top)
		app_renew_index(app);
	return true;
}

bool do_view(struct app *app, const struct words *words, struct error *err)
{
	const char *verb = words->count > 1 ? words->items[1] : "";

	if (!app->top || (words->count > 2 && *words->items[2] != '/' &&
	    !str_eq(verb, "save") && !str_eq(verb, "delete")))
		return define(app, words, err);
	if (words->count == 1) {
		show_views(app);
		return true;
	}
	if (words->count == 3 && str_eq(verb, "save"))
		return save(app, words->items[2], err);
	if (words->count == 3 && str_eq(verb, "delete"))
		return forget(app, words->items[2], err);
	if (str_eq(verb, "save") || str_eq(verb, "delete"))
		return error_set(err, ERR_USAGE, "view %s NAME", verb);
	return go_view(app, words, 1, err);
}

void complete_view(struct app *app, const struct words *words,
	struct vocabulary *out)
{
	const struct saved_all *all = &app->runtime->saved;
	bool deletes = words->count == 3 && str_eq(words->items[1], "delete");

	if (words->count == 2) {
		vocabulary_add(out, "save");
		vocabulary_add(out, "delete");
	}
	for (size_t i = 0; (words->count == 2 || deletes) &&
	     i < all->views.count; i++)
		if (!deletes || all->views.items[i].from == SAVED_STATE)
			vocabulary_add(out, all->views.items[i].name);
}

static void show_sets(struct app *app, bool of_profiles)
{
	const struct saved_all *all = &app->runtime->saved;
	struct str text = STR_INIT;

	for (size_t i = 0; i < all->sets.count; i++) {
		const struct saved_set *s = &all->sets.items[i];

		if (s->of_profiles == of_profiles)
			str_addf(&text, "%s: %s\n", s->name, s->list);
	}
	if (!text.len)
		str_addf(&text, "There are none: %s\n", of_profiles ?
			"profileset NAME PROFILE…" : "regionset NAME REGION…");
	app_push(app, pane_text_new(app, of_profiles ? "Sets of profiles" :
		"Sets of regions", str_take(&text)));
}

bool do_set_of(struct app *app, const struct words *words, struct error *err)
{
	if (words->count > 1 || !app->top)
		return saved_set_words(&app->runtime->saved, words, err);
	show_sets(app, str_eq(words->items[0], "profileset"));
	return true;
}
