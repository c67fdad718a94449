/* SPDX-License-Identifier: MIT */
/* Bookmarks: places under a name, in the state file. */
#include "ui/command_rows.h"

#include "base/mem.h"
#include "base/vec.h"
#include "ui/app_own.h"
#include "ui/prompt.h"

#include <stdlib.h>
#include <string.h>

/* The line that leads here again, wherever it is asked from. */
static void place_line(const struct app *app, struct str *out)
{
	app_place(app, out);
	if (!out->len)
		return;
	if (!app->runtime->demo) {
		str_add(out, " @");
		for (size_t i = 0; i < app->session_count; i++)
			str_addf(out, "%s%s", i ? "," : "",
				session_name(app->sessions[i]));
	}
	if (app->all_regions)
		str_add(out, " all");
	for (size_t i = 0; i < app->region_count && !app->all_regions; i++)
		str_addf(out, " %s", app->regions[i]);
}

static void keep(struct app *app, const char *name, const char *line)
{
	state_set(app->own->state, "bookmark", name, line);
	app_message(app, MESSAGE_INFO, "bookmarked as %s", name);
}

/* The name was asked for while the place was on the screen. */
static void named(struct app *app, const char *answer, void *data)
{
	char *line = data;

	if (answer && *answer)
		keep(app, answer, line);
	free(line);
}

bool do_bookmark(struct app *app, const struct words *words,
	struct error *err)
{
	struct str line = STR_INIT, name = STR_INIT;

	if (words->count > 2)
		return error_set(err, ERR_USAGE, "bookmark [NAME]; one with "
			"blanks is quoted");
	place_line(app, &line);
	if (!line.len)
		return error_set(err, ERR_USAGE,
			"this is no place to come back to");
	if (words->count == 2) {
		keep(app, words->items[1], line.p);
		str_clear(&line);
		return true;
	}
	app_place(app, &name);
	prompt_ask_text(app, "bookmark as: ", name.p, named,
		str_take(&line));
	str_clear(&name);
	return true;
}

static void chosen(struct app *app, const struct choice *choices,
	size_t count, size_t cursor, void *data)
{
	const char *line = cursor < count ? state_get(app->own->state,
		"bookmark", choices[cursor].label) : NULL;
	struct error err = ERROR_INIT;
	char *copy = line ? xstrdup(line) : NULL;

	(void)data;
	if (copy && !app_command(app, copy, &err))
		app_error(app, &err);
	free(copy);
}

static void deleted(struct app *app, const struct choice *choice, void *data)
{
	(void)data;
	app_message(app, MESSAGE_INFO, "bookmark %s is gone", choice->label);
	state_set(app->own->state, "bookmark", choice->label, NULL);
}

bool do_bookmarks(struct app *app, const struct words *words,
	struct error *err)
{
	struct {
		struct choice *items;
		size_t count, room;
	} choices = { 0 };
	const char *name, *line;
	size_t cursor = 0;
	struct pane *pane;

	if (words->count == 2) {
		line = state_get(app->own->state, "bookmark", words->items[1]);
		return line ? app_command(app, line, err) : error_set(err,
			ERR_USAGE, "no bookmark %.40s", words->items[1]);
	}
	if (words->count > 2)
		return error_set(err, ERR_USAGE, "bookmarks [NAME]");
	while (state_next(app->own->state, "bookmark", &cursor, &name, &line))
		*VEC_PUSH(&choices) = (struct choice){ xstrdup(name),
			xstrdup(line), false };
	if (!choices.count)
		return error_set(err, ERR_USAGE,
			"there are no bookmarks yet: B makes one");
	pane = pane_choice_new(app, "Bookmarks", choices.items, choices.count,
		false, chosen, NULL);
	pane_choice_deletes(pane, "bookmarks", deleted);
	app_push(app, pane);
	return true;
}

void complete_bookmarks(struct app *app, const struct words *words,
	struct vocabulary *out)
{
	const char *name, *line;
	size_t cursor = 0;

	while (words->count == 2 && state_next(app->own->state, "bookmark",
	    &cursor, &name, &line))
		vocabulary_add(out, name);
}
