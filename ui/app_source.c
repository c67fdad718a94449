/* SPDX-License-Identifier: MIT */
#include "ui/app_own.h"

#include "base/mem.h"
#include "base/xdg.h"

#include <stdlib.h>
#include <string.h>

#define FILE_MOST ((size_t)1 << 20)
#define DEPTH_MOST 8

/* A file that is being run, and the one that named it. */
struct source {
	const char *path;
	const struct source *outer;
};

/* As people write it: below their home it begins with a tilde. */
static void add_name(const char *path, struct str *out)
{
	char *home = xdg_home();
	size_t len = home ? strlen(home) : 0;

	if (len && !strncmp(path, home, len) && path[len] == '/')
		str_addf(out, "~%s", path + len);
	else
		str_add(out, path);
	free(home);
}

/* "~/…" is below the home, another relative one beside the file that names
 * it. */
static char *find_file(const struct app *app, const char *name)
{
	const struct source *source = app->own->language.source;
	const char *from = source ? source->path : NULL;
	const char *slash = from ? strrchr(from, '/') : NULL;
	struct str path = STR_INIT;
	char *home = xdg_home();

	if (str_starts(name, "~/") && home)
		str_addf(&path, "%s%s", home, name + 1);
	else if (*name != '/' && slash)
		str_addf(&path, "%.*s%s", (int)(slash + 1 - from), from, name);
	else
		str_add(&path, name);
	free(home);
	return str_take(&path);
}

/* How many of its lines were wrong. */
static size_t run_lines(struct app *app, char *data, const char *name)
{
	size_t number = 1, mistakes = 0;

	for (char *line = data, *end; line && !app->quit; line = end) {
		struct error err = ERROR_INIT;

		end = strchr(line, '\n');
		if (end)
			*end++ = '\0';
		if (!app_command(app, line, &err)) {
			error_prefix(&err, "%s:%zu", name, number);
			app_error(app, &err);
			mistakes++;
		}
		number++;
	}
	return mistakes;
}

static bool is_running(const struct app *app, const char *path)
{
	size_t depth = 0;

	for (const struct source *s = app->own->language.source; s;
	     s = s->outer)
		if (str_eq(s->path, path) || ++depth == DEPTH_MOST)
			return true;
	return false;
}

bool app_source(struct app *app, const char *path, struct error *err)
{
	char *found = find_file(app, path), *data = NULL;
	struct source source = { found, app->own->language.source };
	struct str name = STR_INIT;
	size_t len, mistakes;

	add_name(found, &name);
	if (is_running(app, found)) {
		error_set(err, ERR_USAGE, "%s is being read already", name.p);
		goto out;
	}
	if (!xdg_read_file(found, FILE_MOST, &data, &len, err))
		goto out;
	if (memchr(data, '\0', len)) {
		error_set(err, ERR_PARSE, "%s is no text", name.p);
	} else {
		app->own->language.source = &source;
		mistakes = run_lines(app, data, name.p);
		app->own->language.source = source.outer;
		if (mistakes > 1)
			app_message(app, MESSAGE_ERROR, "%zu mistakes, "
				"! shows them: %s", mistakes, name.p);
	}
out:
	str_clear(&name);
	free(data);
	free(found);
	return err->kind == ERR_NONE;
}
