/* SPDX-License-Identifier: MIT */
/*
 * Keys to lines of the command language. A context looks into itself, then
 * into its parent: table/instances → table → global. An unbound key hides
 * what the parent binds. One owner; no curses.
 */
#ifndef UI_KEYMAP_H
#define UI_KEYMAP_H

#include "base/error.h"
#include "cli/command.h"

#include <stddef.h>

struct keymap;

struct keymap *keymap_new(void);
void keymap_free(struct keymap *m);

/* Both replace what was there. key: as named by ui/key.h ("Ctrl-F"). What
 * people bind themselves stands above what is loaded, whichever came first. */
bool keymap_bind(struct keymap *m, const char *context, const char *key,
	const char *line, struct error *err);
bool keymap_unbind(struct keymap *m, const char *context, const char *key,
	struct error *err);

/* The words of a `bind` or `unbind` command, its name first. */
bool keymap_words(struct keymap *m, const struct words *words,
	struct error *err);

/* A text of such lines; errors say name and line, nothing after them is
 * read. */
bool keymap_load(struct keymap *m, const char *name, const char *text,
	struct error *err);

/* Forgets all that was loaded. */
void keymap_unload(struct keymap *m);

/* The line that key runs there; NULL: none. */
const char *keymap_find(const struct keymap *m, const char *context,
	int key);

/* What can be pressed there: the context's own bindings in the order they
 * were made, then its parents' that are not hidden. *cursor starts at 0. */
struct binding {
	const char *context;     /* that it comes from */
	int key;
	const char *line;
};
bool keymap_next(const struct keymap *m, const char *context,
	size_t *cursor, struct binding *binding);

/* The contexts that have keys of their own, in the order they were first
 * named; NULL past the last. */
const char *keymap_context(const struct keymap *m, size_t index);

/* The first key that runs exactly that line there; 0: none. */
int keymap_key(const struct keymap *m, const char *context,
	const char *line);

/* The first key that runs the command there, with whatever arguments; 0:
 * none. It is asked for at every frame. */
int keymap_command_key(const struct keymap *m, const char *context,
	const char *command);

/* "table/instances" becomes "table", that "global", that is the last; where
 * something is typed, "input/form", "input" is. */
bool keymap_parent(struct str *context);

#endif
