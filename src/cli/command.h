/* SPDX-License-Identifier: MIT */
/*
 * The one command language: key bindings, the `:` prompt, rc and state
 * files and test scripts are lines of it. A line is words separated by
 * blanks; '…' takes all as it is, "…" knows \" \\ \n \t, a backslash quotes
 * the next character; # starts a comment where a word would begin, but an
 * argument #rrggbb is a colour; ; ends one command and starts the next. No
 * curses here; any thread.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/error.h"
#include "base/str.h"

struct words {
	char **items;
	size_t count, room;
};

/* Splits one command off *line, which moves behind it (NULL: was the last).
 * count 0: an empty command. ERR_USAGE: open quote. */
bool words_split(struct words *w, const char **line, struct error *err);
void words_clear(struct words *w);

/* Appends a word quoted so that words_split reads it back. */
void words_quote(struct str *out, const char *word);

/* Letters, then digits, hyphens and underscores too. */
bool words_are_name(const char *text);

/* Nearest of n names by edit distance; NULL if none is near. */
const char *words_nearest(const char *word, const char *const *names,
	size_t n);

#endif
