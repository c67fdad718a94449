/* SPDX-License-Identifier: MIT */
/* What the start-up file says of the profiles that are shown: locks, a word
 * and a colour for the title line, their regions. */
#include "ui/app_own.h"

#include "base/mem.h"
#include "base/vec.h"
#include "cli/profile_rule.h"
#include "ui/command_rows.h"

#include <stdlib.h>
#include <string.h>

static void ask(const struct app *app, struct session *s,
	struct profile_say *say)
{
	char account[16];

	session_account(s, account);
	profile_rules_ask(app->runtime->rules, session_name(s), account, say);
}

unsigned app_profile_flags(const struct app *app, struct session *session)
{
	struct profile_say say;
	unsigned flags = 0;

	if (session) {
		ask(app, session, &say);
		return say.flags | (say.unsure ? PROFILE_READ_ONLY : 0u);
	}
	for (size_t i = 0; i < app->session_count; i++)
		flags |= app_profile_flags(app, app->sessions[i]);
	return flags;
}

bool app_is_read_only(const struct app *app, struct session *session)
{
	return door_is_read_only(app->runtime->door) ||
		(app_profile_flags(app, session) & PROFILE_READ_ONLY);
}

/* Of several profiles the one that is production, else the first. */
static const char *title_colour(const struct app *app)
{
	const char *found = NULL;

	for (size_t i = 0; i < app->session_count; i++) {
		struct profile_say say;

		ask(app, app->sessions[i], &say);
		if (say.colour && (say.flags & PROFILE_PRODUCTION))
			return say.colour;
		if (!found)
			found = say.colour;
	}
	return found;
}

void app_colour_title(const struct app *app, struct palette *palette)
{
	const char *text = title_colour(app);
	struct error ignored = ERROR_INIT;
	int colour;

	if (text && colour_parse(text, &colour, &ignored))
		palette_ground(palette, LOOK_TITLE, colour);
}

void app_profiles_changed(struct app *app)
{
	const char *colour = title_colour(app);
	struct error err = ERROR_INIT;

	app->own->head_dirty = true;
	if (str_eq(colour, app->own->title))
		return;
	app->own->title = colour;
	if (app->screen)
		app_apply_settings(app, &err);
	app_error(app, &err);
}

bool app_profile_regions(struct app *app)
{
	char *regions[64];
	struct profile_say say;
	size_t count = 0;

	ask(app, app->sessions[0], &say);
	if (!say.regions)
		return false;
	if (str_eq(say.regions, "all")) {
		app_use_all_regions(app);
		return true;
	}
	for (const char *p = say.regions; *p && count < 64;) {
		size_t len = strcspn(p, " ");

		regions[count++] = xstrndup(p, len);
		p += len + (p[len] == ' ');
	}
	app_use_regions(app, regions, count, false);
	return true;
}

static void show_rules(struct app *app)
{
	struct str text = STR_INIT;

	profile_rules_lines(app->runtime->rules, &text);
	if (!text.len)
		str_add(&text, "There are none: profile GLOB read-only\n");
	app_push(app, pane_text_new(app, "Profile rules", str_take(&text)));
}

/* The colour is looked at last: whatever it is, the locks hold. */
bool do_profile(struct app *app, const struct words *words,
	struct error *err)
{
	int colour;
	bool ok;

	if (words->count == 1 && app->top) {
		show_rules(app);
		return true;
	}
	ok = profile_rules_words(app->runtime->rules, words, err);
	for (size_t i = 2; ok && i + 1 < words->count; i++)
		if (str_eq(words->items[i], "color"))
			ok = colour_parse(words->items[i + 1], &colour, err);
	app_profiles_changed(app);
	return ok;
}

void complete_profile(struct app *app, const struct words *words,
	struct vocabulary *out)
{
	static const char *const more[] = { "read-only", "production",
		"color", "regions" };
	const char *before = words->items[words->count - 2];

	if (words->count == 2)
		complete_profiles(app, words, out);
	else if (str_eq(before, "color"))
		for (int i = 0; i < 16; i++) {
			struct str name = STR_INIT;

			colour_text(i, &name);
			vocabulary_add(out, name.p);
			str_clear(&name);
		}
	else if (str_eq(before, "regions") || region_valid(before))
		complete_regions(app, words, out);
	for (size_t i = 0; words->count > 2 && i < 4; i++)
		vocabulary_add(out, more[i]);
}
