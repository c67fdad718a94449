/* SPDX-License-Identifier: MIT */
#include "ui/app_own.h"

static bool run_line(void *data, char *line, const struct rc_source *source,
	struct error *err)
{
	struct app *app = data;
	const struct rc_source *outer = app->own->language.source;
	bool ok;

	if (app->quit)
		return true;
	app->own->language.source = source;
	ok = app_command(app, line, err);
	app->own->language.source = outer;
	return ok;
}

static void tell(void *data, const struct error *err)
{
	app_error(data, err);
}

bool app_source(struct app *app, const char *path, struct error *err)
{
	const struct rc_reader reader = { app, run_line, tell };
	struct str name = STR_INIT;
	size_t mistakes;
	bool ok = rcfile_read(path, app->own->language.source, &reader,
		&mistakes, &name, err);

	if (mistakes > 1)
		app_message(app, MESSAGE_ERROR, "%zu mistakes, "
			"! shows them: %s", mistakes, name.p);
	str_clear(&name);
	return ok;
}
