/* SPDX-License-Identifier: MIT */
#include "ui/alias.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

void words_to_line(const struct words *words, size_t first, struct str *out)
{
	if (words->count == first + 1) {
		str_add(out, words->items[first]);
		return;
	}
	for (size_t i = first; i < words->count; i++) {
		if (i > first)
			str_addc(out, ' ');
		words_quote(out, words->items[i]);
	}
}

static struct alias *find(const struct aliases *a, const char *name)
{
	for (size_t i = 0; i < a->count; i++)
		if (str_eq(a->items[i].name, name))
			return &a->items[i];
	return NULL;
}

const char *aliases_find(const struct aliases *a, const char *name)
{
	const struct alias *found = find(a, name);

	return found ? found->line : NULL;
}

static bool set(struct aliases *a, const struct words *words,
	struct error *err)
{
	struct alias *found = find(a, words->items[1]);
	struct str line = STR_INIT;
	struct words first = { 0 };
	const char *rest;
	bool ok;

	words_to_line(words, 2, &line);
	rest = line.p;
	ok = words_split(&first, &rest, err) && (first.count ||
		error_set(err, ERR_USAGE, "alias NAME COMMAND…"));
	words_clear(&first);
	if (ok && !found) {
		found = VEC_PUSH(a);
		*found = (struct alias){ .name = xstrdup(words->items[1]) };
	}
	if (ok) {
		free(found->line);
		found->line = xstrdup(line.p);
	}
	str_clear(&line);
	return ok;
}

static bool unset(struct aliases *a, const char *name, struct error *err)
{
	struct alias *found = find(a, name);

	if (!found)
		return error_set(err, ERR_USAGE, "no alias %.40s", name);
	free(found->name);
	free(found->line);
	*found = a->items[--a->count];
	return true;
}

bool aliases_words(struct aliases *a, const struct words *words,
	bool (*taken)(void *data, const char *name), void *data,
	struct error *err)
{
	const char *name = words->count > 1 ? words->items[1] : "";

	if (str_eq(words->items[0], "unalias"))
		return words->count == 2 ? unset(a, name, err) :
			error_set(err, ERR_USAGE, "unalias NAME");
	if (words->count < 3)
		return error_set(err, ERR_USAGE, "alias NAME COMMAND…");
	if (!words_are_name(name))
		return error_set(err, ERR_USAGE, "%.40s is no name: letters, "
			"then digits and hyphens too", name);
	if (taken(data, name))
		return error_set(err, ERR_USAGE,
			"%.40s is a command or a resource already", name);
	return set(a, words, err);
}

void aliases_clear(struct aliases *a)
{
	for (size_t i = 0; i < a->count; i++) {
		free(a->items[i].name);
		free(a->items[i].line);
	}
	VEC_FREE(a);
}

bool aliases_expand(const struct aliases *a, const struct words *words,
	struct str *out)
{
	const char *line = aliases_find(a, words->items[0]);

	if (!line)
		return false;
	str_add(out, line);
	for (size_t i = 1; i < words->count; i++) {
		str_addc(out, ' ');
		words_quote(out, words->items[i]);
	}
	return true;
}
