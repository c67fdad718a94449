/* SPDX-License-Identifier: MIT */
/* The `profile` lines of a start-up file, for those who run no other line of
 * it. What cannot be read may have held a lock: then all is locked. */
#include "cli/profile_rule.h"
#include "cli/rcfile.h"

#include <string.h>

struct reading {
	struct profile_rules *rules;
	void (*told)(const struct error *err);
};

static void tell(void *data, const struct error *err)
{
	const struct reading *r = data;

	r->told(err);
}

static bool take_line(void *data, char *line, const struct rc_source *source,
	struct error *err);

static void read_inner(struct reading *r, const char *name,
	const struct rc_source *outer)
{
	const struct rc_reader reader = { r, take_line, tell };
	struct error err = ERROR_INIT;

	if (rcfile_read(name, outer, &reader, NULL, NULL, &err) ||
	    err.kind == ERR_USAGE || (err.kind == ERR_NOT_FOUND && !outer))
		return;
	profile_rules_lock(r->rules, "*");
	error_prefix(&err, "all is read-only");
	r->told(&err);
}

static bool take_words(struct reading *r, const struct words *w,
	const struct rc_source *source, struct error *err)
{
	if (w->count && str_eq(w->items[0], "profile"))
		return profile_rules_words(r->rules, w, err);
	if (w->count == 2 && str_eq(w->items[0], "source"))
		read_inner(r, w->items[1], source);
	return true;
}

/* A line that does not even fall into words may have been one of ours. */
static bool take_line(void *data, char *line, const struct rc_source *source,
	struct error *err)
{
	struct reading *r = data;
	bool ours = str_starts(line + strspn(line, " \t"), "profile ");
	const char *rest = line;
	bool ok = true;

	while (ok && rest) {
		struct words words = { 0 };
		struct error why = ERROR_INIT;
		bool split = words_split(&words, &rest, &why);

		if (split)
			ok = take_words(r, &words, source, err);
		else if (ours)
			profile_rules_lock(r->rules, "*");
		if (!split && ours) {
			*err = why;
			ok = false;
		}
		words_clear(&words);
		if (!split)
			break;
	}
	return ok;
}

void profile_rules_read(struct profile_rules *r, const char *path,
	void (*told)(const struct error *err))
{
	struct reading reading = { r, told };

	read_inner(&reading, path, NULL);
}
