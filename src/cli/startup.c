/* SPDX-License-Identifier: MIT */
#include "cli/startup.h"

#include "base/xdg.h"

#include <stdlib.h>
#include <string.h>

#define FILE_MOST ((size_t)1 << 20)

struct reading {
	const char *command;
	bool (*take)(void *data, const struct words *words,
		struct error *err);
	void *data;
};

static bool read_line(const struct reading *r, const char *line,
	struct error *err)
{
	bool ok = true;

	while (ok && line) {
		struct words words = { 0 };

		ok = words_split(&words, &line, err);
		if (ok && words.count && str_eq(words.items[0], r->command))
			ok = r->take(r->data, &words, err);
		words_clear(&words);
	}
	return ok;
}

bool startup_each(const char *path, const char *command,
	bool (*take)(void *data, const struct words *words,
		struct error *err), void *data, struct error *err)
{
	const struct reading r = { command, take, data };
	char *text = NULL, *end;
	size_t len, number = 1;
	bool ok = true;

	if (!xdg_read_file(path, FILE_MOST, &text, &len, err)) {
		if (err->kind != ERR_NOT_FOUND)
			return false;
		error_reset(err);
		return true;
	}
	for (char *line = text; ok && line; line = end, number++) {
		end = strchr(line, '\n');
		if (end)
			*end++ = '\0';
		ok = read_line(&r, line, err) ||
			error_prefix(err, "%s:%zu", path, number);
	}
	free(text);
	return ok;
}
