/* SPDX-License-Identifier: MIT */
#include "ui/app_bell.h"

#include "base/clock.h"
#include "fetch/change.h"
#include "ui/app_own.h"

#define DEAF_MS 2000

void app_bell(struct app *app)
{
	struct app_bell *bell = &app->own->bell;

	if (!app->settings->bell || !app->screen ||
	    clock_now() < bell->deaf_until)
		return;
	bell->deaf_until = clock_now() + DEAF_MS;
	screen_write(app->screen, "\a", 1);
}

void app_bell_rows(struct app *app)
{
	uint64_t problems = fetch_problems_ever(app->fetch);
	bool more = problems > app->own->bell.problems;

	app->own->bell.problems = problems;
	if (more)
		app_bell(app);
}
