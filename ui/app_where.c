/* SPDX-License-Identifier: MIT */
/* Whose account and which regions: changed, chosen, remembered. */
#include "ui/app_own.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REGIONS_MOST 128

struct choices {
	struct choice *items;
	size_t count, room;
};

/* A region that was shown alone goes to the front of the recent ones. */
static void remember(struct app *app, const char *region)
{
	char **recent = app->own->recent;
	char *name = xstrdup(region);
	size_t at = 0;

	while (at < FAVOURITES - 1 && recent[at] && !str_eq(recent[at], name))
		at++;
	free(recent[at]);
	memmove(recent + 1, recent, at * sizeof(*recent));
	recent[0] = name;
}

/* Takes the strings; the array stays the caller's. */
void app_use_regions(struct app *app, char **regions, size_t count, bool all)
{
	for (size_t i = 0; i < app->region_count; i++)
		free(app->regions[i]);
	app->region_count = count;
	app->all_regions = all;
	if (count) {
		app->regions = xreallocarray(app->regions, count,
			sizeof(*app->regions));
		memcpy(app->regions, regions, count * sizeof(*regions));
	}
	if (count == 1)
		remember(app, regions[0]);
}

void app_use_all_regions(struct app *app)
{
	const char *names[REGIONS_MOST];
	char *regions[REGIONS_MOST];
	size_t count = runtime_first_regions(app->runtime, app->sessions[0],
		names, REGIONS_MOST);

	for (size_t i = 0; i < count; i++)
		regions[i] = xstrdup(names[i]);
	app_use_regions(app, regions, count, true);
	app_opt_in(app);
}

void app_set_regions(struct app *app, char **regions, size_t count, bool all)
{
	app_use_regions(app, regions, count, all);
	app_reopen(app);
}

static bool add_session(struct app *app, const char *name,
	struct session **sessions, size_t *count, size_t room,
	struct error *err)
{
	struct session *s;

	if (*count == room)
		return error_set(err, ERR_USAGE, "at most %zu profiles", room);
	s = runtime_session(app->runtime, name, err);
	if (s)
		sessions[(*count)++] = s;
	return s != NULL;
}

static bool add_sessions(struct app *app, const char *names,
	struct session **sessions, size_t *count, size_t room,
	struct error *err)
{
	bool ok = true;

	while (ok && *names) {
		size_t len = strcspn(names, ",");
		char *name = xstrndup(names, len);

		ok = !len || add_session(app, name, sessions, count, room,
			err);
		free(name);
		names += len + (names[len] == ',');
	}
	return ok && (*count || error_set(err, ERR_USAGE, "which profile?"));
}

/* Names, and sets of them, separated by commas. A profile's own region comes
 * with it. */
bool app_use_profile(struct app *app, const char *names, struct error *err)
{
	struct session *sessions[32];
	struct str list = STR_INIT;
	size_t count = 0;
	const char *region;
	char *own;
	bool ok;

	saved_expand(&app->runtime->saved, names, true, &list);
	ok = add_sessions(app, list.p, sessions, &count,
		sizeof(sessions) / sizeof(sessions[0]), err);
	str_clear(&list);
	if (!ok)
		return false;
	app->sessions = xreallocarray(app->sessions, count,
		sizeof(*app->sessions));
	memcpy(app->sessions, sessions, count * sizeof(*sessions));
	app->session_count = count;
	region = session_config(sessions[0])->region;
	app_profiles_changed(app);
	if (!app->all_regions && !app_profile_regions(app) && region) {
		own = xstrdup(region);
		app_use_regions(app, &own, 1, false);
	}
	app->own->expired = false;
	app_identify(app);
	return true;
}

bool app_set_profile(struct app *app, const char *names, struct error *err)
{
	if (!app_use_profile(app, names, err))
		return false;
	app_reopen(app);
	return true;
}

/* What was to be opened when nobody had said a region. */
struct pending {
	struct location *location;   /* NULL: nothing, reopen */
	struct session *session;
};

/* Those marked, else the one under the cursor; sets are what they are of. */
static size_t regions_of(const struct app *app, const struct choice *choices,
	size_t count, size_t cursor, char **regions)
{
	struct str list = STR_INIT, names = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; cursor < count && i < count; i++)
		if (choices[i].marked)
			str_addf(&list, "%s%s", list.len ? "," : "",
				choices[i].label);
	if (cursor < count && !list.len)
		str_add(&list, choices[cursor].label);
	saved_expand(&app->runtime->saved, list.p, false, &names);
	for (const char *p = names.p; *p && n < REGIONS_MOST;) {
		size_t len = strcspn(p, ",");

		regions[n++] = xstrndup(p, len);
		p += len + (p[len] == ',');
	}
	str_clear(&list);
	str_clear(&names);
	return n;
}

static void regions_chosen(struct app *app, const struct choice *choices,
	size_t count, size_t cursor, void *data)
{
	struct pending *then = data;
	char *regions[REGIONS_MOST];
	size_t n = regions_of(app, choices, count, cursor, regions);

	if (n && then->location) {
		app_use_regions(app, regions, n, false);
		app_open(app, location_ref(then->location), then->session,
			NULL);
	} else if (n)
		app_set_regions(app, regions, n, false);
	if (then->location)
		location_unref(then->location);
	free(then);
}

static bool is_shown(const struct app *app, const char *region)
{
	for (size_t i = 0; i < app->region_count; i++)
		if (str_eq(app->regions[i], region))
			return true;
	return false;
}

/* Takes the reference to `then`, which may be NULL. */
void app_pick_regions(struct app *app, struct location *then,
	struct session *session)
{
	const struct partition *partition = app->region_count ?
		region_partition(app->regions[0]) : NULL;
	struct pending *pending = xcalloc(1, sizeof(*pending));
	const struct saved_all *sets = &app->runtime->saved;
	struct choices choices = { 0 };
	size_t count;
	const struct region *r = region_list(&count);

	pending->location = then;
	pending->session = session;
	for (size_t i = 0; i < sets->sets.count; i++)
		if (!sets->sets.items[i].of_profiles)
			*VEC_PUSH(&choices) = (struct choice){
				xstrdup(sets->sets.items[i].name),
				xstrdup(sets->sets.items[i].list), false };
	for (size_t i = 0; i < count; i++) {
		struct str detail = STR_INIT;

		if (partition && r[i].partition != partition)
			continue;
		str_addf(&detail, "%s%s%s", r[i].title,
			r[i].opt_in ? " · to be opted in" : "",
			is_shown(app, r[i].name) ? " · shown now" : "");
		*VEC_PUSH(&choices) = (struct choice){ xstrdup(r[i].name),
			str_take(&detail), false };
	}
	app_push(app, pane_choice_new(app, then ?
		"No region is set: which?" : "Regions", choices.items,
		choices.count, true, regions_chosen, pending));
}
