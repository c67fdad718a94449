/* SPDX-License-Identifier: MIT */
/* `[` and `]` walk along the places, `-` goes to the one before. */
#include "ui/app_own.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

#define PLACES_MOST 100

static void forget(struct app *app, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		free(app->history.items[i]);
	memmove(app->history.items + from, app->history.items + to,
		(app->history.count - to) * sizeof(*app->history.items));
	app->history.count -= to - from;
}

static const char *current(const struct app *app)
{
	return app->history.count ? app->history.items[app->history.at] :
		NULL;
}

static void leave(struct app *app, const char *place)
{
	char *copy = xstrdup(place);

	free(app->own->last_place);
	app->own->last_place = copy;
}

static void arrive(struct app *app, struct str *place)
{
	if (app->history.count) {
		leave(app, current(app));
		forget(app, app->history.at + 1, app->history.count);
	}
	if (app->history.count == PLACES_MOST)
		forget(app, 0, 1);
	*VEC_PUSH(&app->history) = str_take(place);
	app->history.at = app->history.count - 1;
}

/* The filter may be another one by now. */
void history_refresh(struct app *app)
{
	const char *old = current(app);
	struct str place = STR_INIT;

	app_place(app, &place);
	if (old && place.len && !app->own->travelling &&
	    strcspn(old, " ") == strcspn(place.p, " ") &&
	    !strncmp(old, place.p, strcspn(old, " "))) {
		free(app->history.items[app->history.at]);
		app->history.items[app->history.at] = str_take(&place);
	}
	str_clear(&place);
}

void history_note(struct app *app)
{
	struct str place = STR_INIT;

	if (!app->own->travelling)
		app_place(app, &place);
	if (place.len && !str_eq(place.p, current(app)))
		arrive(app, &place);
	str_clear(&place);
}

/* Opens a place without making it a new one. */
static bool travel(struct app *app, const char *line, struct error *err)
{
	char *copy = xstrdup(line);
	bool ok;

	app->own->travelling = true;
	app_home(app);
	ok = app_command(app, copy, err);
	app->own->travelling = false;
	free(copy);
	return ok;
}

bool history_step(struct app *app, int by, struct error *err)
{
	size_t at = app->history.at;

	history_refresh(app);
	if (by < 0 && current(app) && !app->top->below)
		return travel(app, current(app), err);
	if (by < 0 ? !at : at + 1 >= app->history.count) {
		app_message(app, MESSAGE_INFO, by < 0 ?
			"nothing before this" : "nothing after this");
		return true;
	}
	leave(app, current(app));
	app->history.at = by < 0 ? at - 1 : at + 1;
	return travel(app, current(app), err);
}

bool history_last(struct app *app, struct error *err)
{
	const char *line = app->own->last_place;
	struct str here = STR_INIT;
	char *copy;
	bool ok;

	if (!line) {
		app_message(app, MESSAGE_INFO, "there was no view before");
		return true;
	}
	copy = xstrdup(line);
	app_place(app, &here);
	ok = travel(app, copy, err);
	if (ok) {
		history_note(app);
		if (here.len)
			leave(app, here.p);
	}
	str_clear(&here);
	free(copy);
	return ok;
}

void history_clear(struct app *app)
{
	for (size_t i = 0; i < app->history.count; i++)
		free(app->history.items[i]);
	VEC_FREE(&app->history);
	free(app->own->last_place);
	app->own->last_place = NULL;
}
