/* SPDX-License-Identifier: MIT */
#include "cli/rcfile.h"

#include "base/mem.h"
#include "base/xdg.h"

#include <stdlib.h>
#include <string.h>

#define FILE_MOST ((size_t)1 << 20)
#define DEPTH_MOST 8

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

static char *find_file(const char *name, const struct rc_source *outer)
{
	const char *from = outer ? outer->path : NULL;
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
static size_t read_lines(char *data, const char *name,
	const struct rc_source *source, const struct rc_reader *reader)
{
	size_t number = 1, mistakes = 0;

	for (char *line = data, *end; line; line = end) {
		struct error err = ERROR_INIT;

		end = strchr(line, '\n');
		if (end)
			*end++ = '\0';
		if (!reader->line(reader->data, line, source, &err)) {
			error_prefix(&err, "%s:%zu", name, number);
			reader->wrong(reader->data, &err);
			mistakes++;
		}
		number++;
	}
	return mistakes;
}

static bool is_open(const struct rc_source *outer, const char *path)
{
	size_t depth = 0;

	for (const struct rc_source *s = outer; s; s = s->outer)
		if (str_eq(s->path, path) || ++depth == DEPTH_MOST)
			return true;
	return false;
}

bool rcfile_read(const char *name, const struct rc_source *outer,
	const struct rc_reader *reader, size_t *mistakes, struct str *shown,
	struct error *err)
{
	char *path = find_file(name, outer), *data = NULL;
	struct rc_source source = { path, outer };
	struct str own = STR_INIT;
	size_t len, count = 0;
	bool ok = false;

	add_name(path, &own);
	if (is_open(outer, path))
		error_set(err, ERR_USAGE, "%s is being read already", own.p);
	else if (xdg_read_file(path, FILE_MOST, &data, &len, err))
		ok = !memchr(data, '\0', len) || error_set(err, ERR_PARSE,
			"%s is no text", own.p);
	if (ok)
		count = read_lines(data, own.p, &source, reader);
	if (mistakes)
		*mistakes = count;
	if (shown)
		str_add(shown, own.p);
	str_clear(&own);
	free(data);
	free(path);
	return ok;
}
