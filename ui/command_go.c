/* SPDX-License-Identifier: MIT */
#include "ui/command_rows.h"

#include "base/mem.h"
#include "base/vec.h"
#include "ui/app_own.h"

#include <stdlib.h>
#include <string.h>

#define REGIONS_MOST 128

/* What stands behind a place: /FILTER @PROFILE REGION… COLUMN=VALUE, and
 * what a drill leaves in history: PARAMETER=VALUE, Region=REGION. */
struct place {
	struct str filter;
	const char *profile;
	const char *region;      /* of this listing alone */
	struct words regions;    /* and sets of them */
	bool all_regions;
};

static bool add_filter(struct place *p, const struct resource *r,
	const struct compiled *compiled, const char *word, struct error *err)
{
	const char *equals = strchr(word, '=');
	char *name;
	int column;

	if (p->filter.len)
		str_addc(&p->filter, ' ');
	if (*word == '/' || !equals || column_name_is_made(word))
		return str_add(&p->filter, word + (*word == '/'));
	name = xstrndup(word, (size_t)(equals - word));
	column = compiled_column_index(compiled, name);
	if (column >= 0)
		str_addf(&p->filter, "%s:%s", name, equals + 1);
	else
		error_set(err, ERR_USAGE, "%s have no column %.40s", r->name,
			name);
	free(name);
	return column >= 0;
}

/* AWS's parameters begin with a capital, columns do not. */
static bool is_parameter(const char *word)
{
	return *word >= 'A' && *word <= 'Z' && strchr(word, '=');
}

static bool add_parameter(struct place *p, struct location *location,
	const char *word, struct error *err)
{
	if (!str_starts(word, "Region="))
		return location_add_word(location, word, err);
	p->region = word + strlen("Region=");
	return region_valid(p->region) || error_set(err, ERR_USAGE,
		"%.60s is no region", p->region);
}

static bool read_word(struct app *app, struct place *p,
	struct location *location, const char *word, struct error *err)
{
	const struct resource *r = location->resource;
	const struct compiled *compiled =
		catalogue_compiled(app->runtime->catalogue, r);

	if (*word == '@' && word[1])
		p->profile = word + 1;
	else if (str_eq(word, "all"))
		p->all_regions = true;
	else if (region_find(word) ||
	    saved_set_find(&app->runtime->saved, word, false))
		*VEC_PUSH(&p->regions) = xstrdup(word);
	else if (is_parameter(word))
		return add_parameter(p, location, word, err);
	else if (*word == '/' || strpbrk(word, "=:!"))
		return add_filter(p, r, compiled, word, err);
	else
		return error_set(err, ERR_USAGE, "what is %.60s? /filter, "
			"@profile, a region, all, or column=value", word);
	return true;
}

static bool go_to(struct app *app, struct place *p, struct location *location,
	struct error *err)
{
	struct pane *before = app->top;
	const struct pane_ops *ops;

	if (p->profile && !app_use_profile(app, p->profile, err))
		return false;
	if (p->all_regions)
		app_use_all_regions(app);
	else if (p->regions.count && !go_use_regions(app, &p->regions, 0,
	    err))
		return false;
	app_open(app, location_ref(location), NULL, p->region);
	ops = app->top->ops;
	if (!p->filter.len || app->top == before || !ops->line ||
	    !ops->filter)
		return true;
	ops->filter(app->top, p->filter.p, true, err);
	history_refresh(app);
	return err->kind == ERR_NONE;
}

bool go_is_place(struct app *app, const char *word)
{
	const struct catalogue *c = app->runtime->catalogue;
	struct error ignored = ERROR_INIT;

	return strstr(word, "://") || catalogue_of_id(c, word) ||
		catalogue_find(c, word, &ignored);
}

/* The word itself may name a place, be an id, or an address. */
static struct location *locate(struct app *app, const char *word,
	struct error *err)
{
	if (!go_is_place(app, word))
		return NULL;
	return runtime_locate(app->runtime, word, err);
}

bool go_place(struct app *app, const struct words *words, size_t first,
	struct error *err)
{
	struct location *location = locate(app, words->items[first], err);
	struct place p = { .filter = STR_INIT };
	bool ok = location != NULL;

	for (size_t i = first + 1; ok && i < words->count; i++)
		ok = read_word(app, &p, location, words->items[i], err);
	if (ok)
		ok = go_to(app, &p, location, err);
	words_clear(&p.regions);
	str_clear(&p.filter);
	if (location)
		location_unref(location);
	return ok;
}

bool go_open(struct app *app, const struct words *words, struct error *err)
{
	if (words->count < 2)
		return error_set(err, ERR_USAGE, "open what?");
	if (go_place(app, words, 1, err))
		return true;
	return err->kind == ERR_NONE && error_set(err, ERR_USAGE,
		"no resource, id or address %.60s", words->items[1]);
}

bool go_home(struct app *app, const struct words *words, struct error *err)
{
	(void)words, (void)err;
	history_refresh(app);
	app_home(app);
	return true;
}

/* Popup, filter, marks: the pane's own step first. Never quits. */
bool go_back(struct app *app, const struct words *words, struct error *err)
{
	(void)words, (void)err;
	app->own->newcomer = false;
	if (app->top->ops->back && app->top->ops->back(app->top)) {
		app->top->dirty = true;
		return true;
	}
	if (app->top->below)
		app_pop(app);
	else
		app_message(app, MESSAGE_INFO,
			"this is where it begins; Q quits");
	return true;
}

bool go_previous(struct app *app, const struct words *words,
	struct error *err)
{
	(void)words;
	return history_step(app, -1, err);
}

bool go_next(struct app *app, const struct words *words, struct error *err)
{
	(void)words;
	return history_step(app, 1, err);
}

bool go_last_view(struct app *app, const struct words *words,
	struct error *err)
{
	(void)words;
	return history_last(app, err);
}

/* Names and sets of them, a comma between. */
static bool use_region_list(struct app *app, const char *list,
	struct error *err)
{
	char *regions[REGIONS_MOST];
	size_t count = 0;
	bool ok = true;

	while (ok && *list) {
		size_t len = strcspn(list, ",");

		if (count == REGIONS_MOST) {
			ok = error_set(err, ERR_USAGE, "at most %d regions",
				REGIONS_MOST);
			break;
		}
		regions[count++] = xstrndup(list, len);
		ok = region_valid(regions[count - 1]) || error_set(err,
			ERR_USAGE, "%.60s is no region", regions[count - 1]);
		list += len + (list[len] == ',');
	}
	if (ok)
		app_use_regions(app, regions, count, false);
	for (size_t i = 0; !ok && i < count; i++)
		free(regions[i]);
	return ok;
}

bool go_use_regions(struct app *app, const struct words *words, size_t first,
	struct error *err)
{
	struct str list = STR_INIT, names = STR_INIT;
	bool ok = true;

	if (words->count == first + 1 && str_eq(words->items[first], "all")) {
		app_use_all_regions(app);
		return true;
	}
	for (size_t i = first; i < words->count; i++)
		str_addf(&list, "%s%s", i > first ? "," : "",
			words->items[i]);
	saved_expand(&app->runtime->saved, list.p, false, &names);
	ok = use_region_list(app, names.p, err);
	str_clear(&list);
	str_clear(&names);
	return ok;
}

bool go_regions(struct app *app, const struct words *words,
	struct error *err)
{
	if (words->count == 1) {
		app_pick_regions(app, NULL, NULL);
		return true;
	}
	if (!go_use_regions(app, words, 1, err))
		return false;
	app_reopen(app);
	return true;
}

/* Of the setting if it names that many, else of those shown lately. */
static char *favourite(const struct app *app, size_t n)
{
	const char *names = app->settings->favourites;
	const char *recent = app->own->recent[n - 1];

	for (size_t i = 1; *names; i++) {
		size_t len = strcspn(names, " ,");

		if (i == n)
			return xstrndup(names, len);
		names += len + strspn(names + len, " ,");
	}
	return recent && !*app->settings->favourites ? xstrdup(recent) : NULL;
}

bool go_favourite(struct app *app, const struct words *words,
	struct error *err)
{
	char *region;
	long n;

	if (words->count != 2 ||
	    !str_int(words->items[1], 1, FAVOURITES, &n))
		return error_set(err, ERR_USAGE, "favourite 1 to %d",
			FAVOURITES);
	region = favourite(app, (size_t)n);
	if (!region || !region_valid(region)) {
		free(region);
		app_message(app, MESSAGE_INFO, "no region %ld yet: r chooses "
			"one, `set favourites` names them", n);
		return true;
	}
	app_set_regions(app, &region, 1, false);
	return true;
}

static void profile_chosen(struct app *app, const struct choice *choices,
	size_t count, size_t cursor, void *data)
{
	struct str names = STR_INIT;
	struct error err = ERROR_INIT;

	(void)data;
	if (cursor >= count)
		return;
	for (size_t i = 0; i < count; i++)
		if (choices[i].marked)
			str_addf(&names, "%s%s", names.len ? "," : "",
				choices[i].label);
	if (!app_set_profile(app, names.len ? names.p :
	    choices[cursor].label, &err))
		app_error(app, &err);
	str_clear(&names);
}

static bool is_current(const struct app *app, const char *profile)
{
	for (size_t i = 0; i < app->session_count; i++)
		if (str_eq(session_name(app->sessions[i]), profile))
			return true;
	return false;
}

bool go_profiles(struct app *app, const struct words *words,
	struct error *err)
{
	const struct profiles *profiles = app->runtime->profiles;
	const struct saved_all *sets = &app->runtime->saved;
	size_t count = profiles_count(profiles), n = 0;
	struct choice *choices;

	if (words->count > 2)
		return error_set(err, ERR_USAGE,
			"profiles [PROFILE[,PROFILE…]]");
	if (words->count == 2)
		return app_set_profile(app, words->items[1], err);
	if (app->runtime->demo)
		return error_set(err, ERR_USAGE, "a demo reads no profiles: "
			"it is one of its own");
	if (!count)
		return error_set(err, ERR_CREDENTIALS, "there are no profiles "
			"in %s", profiles_config_file(profiles));
	choices = xcalloc(count + sets->sets.count, sizeof(*choices));
	for (size_t i = 0; i < sets->sets.count; i++)
		if (sets->sets.items[i].of_profiles)
			choices[n++] = (struct choice){
				xstrdup(sets->sets.items[i].name),
				xstrdup(sets->sets.items[i].list), false };
	for (size_t i = 0; i < count; i++) {
		const char *name = profiles_name(profiles, i);
		const char *region = profiles_get(profiles, name, "region");
		struct str detail = STR_INIT;

		str_addf(&detail, "%s%s", region ? region : "",
			is_current(app, name) ? "  shown now" : "");
		choices[n].label = xstrdup(name);
		choices[n++].detail = str_take(&detail);
	}
	app_push(app, pane_choice_new(app, "Profiles", choices, n, true,
		profile_chosen, NULL));
	return true;
}

static void add_sets(const struct app *app, const char *prefix,
	bool of_profiles, struct vocabulary *out)
{
	const struct saved_all *all = &app->runtime->saved;

	for (size_t i = 0; i < all->sets.count; i++) {
		struct str word = STR_INIT;

		str_addf(&word, "%s%s", prefix, all->sets.items[i].name);
		if (all->sets.items[i].of_profiles == of_profiles)
			vocabulary_add(out, word.p);
		str_clear(&word);
	}
}

void complete_regions(struct app *app, const struct words *words,
	struct vocabulary *out)
{
	size_t count;
	const struct region *r = region_list(&count);

	(void)words;
	vocabulary_add(out, "all");
	add_sets(app, "", false, out);
	for (size_t i = 0; i < count; i++)
		vocabulary_add(out, r[i].name);
}

static void add_profiles(const struct app *app, const char *prefix,
	struct vocabulary *out)
{
	const struct profiles *profiles = app->runtime->profiles;

	for (size_t i = 0; i < profiles_count(profiles); i++) {
		struct str word = STR_INIT;

		str_addf(&word, "%s%s", prefix, profiles_name(profiles, i));
		vocabulary_add(out, word.p);
		str_clear(&word);
	}
	add_sets(app, prefix, true, out);
}

void complete_profiles(struct app *app, const struct words *words,
	struct vocabulary *out)
{
	(void)words;
	add_profiles(app, "", out);
}

void complete_place(struct app *app, const struct words *words,
	struct vocabulary *out)
{
	const struct catalogue *c = app->runtime->catalogue;

	if (words->count == 2 && str_eq(words->items[0], "open")) {
		for (size_t i = 0; i < catalogue_count(c); i++)
			vocabulary_add(out, catalogue_at(c, i)->name);
		return;
	}
	complete_regions(app, words, out);
	add_profiles(app, "@", out);
}
