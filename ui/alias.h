/* SPDX-License-Identifier: MIT */
/*
 * Names that people give to lines of the command language. The words behind
 * an alias stand behind its line. Pure; one owner.
 */
#ifndef UI_ALIAS_H
#define UI_ALIAS_H

#include "cli/command.h"

struct alias {
	char *name, *line;
};

struct aliases {
	struct alias *items;
	size_t count, room;
};

/* alias NAME COMMAND…, unalias NAME: all words, the command's name first.
 * taken(data, name): something else has that name. */
bool aliases_words(struct aliases *a, const struct words *words,
	bool (*taken)(void *data, const char *name), void *data,
	struct error *err);
void aliases_clear(struct aliases *a);

/* NULL: no alias. */
const char *aliases_find(const struct aliases *a, const char *name);

/* Appends the line that the words mean. False: words[0] is no alias. */
bool aliases_expand(const struct aliases *a, const struct words *words,
	struct str *out);

/* Several words as one line; one word is a line already. */
void words_to_line(const struct words *words, size_t first, struct str *out);

#endif
