/* SPDX-License-Identifier: MIT */
/*
 * What the console remembers from one run to the next: the lines of the `:`
 * prompt, and values by kind and key (the last place of a profile, a
 * table's columns). The file is in the command language:
 *
 *	state 1
 *	history 'instances /web'
 *	place acme-prod 'instances @acme-prod'
 *
 * Copies that run at once share it: saving locks, reads again, changes only
 * what this run changed, and replaces by rename. A file that cannot be read
 * is set aside, one of a newer version is left alone. One owner.
 */
#ifndef CLI_STATE_H
#define CLI_STATE_H

#include "base/error.h"

#include <stddef.h>

struct state;

struct state *state_new(const char *path);
void state_free(struct state *s);

/* A missing file is an empty one. False: it could not be read; the error
 * says what became of it, and the state is empty but usable. */
bool state_load(struct state *s, struct error *err);

/* Does nothing when nothing has changed. */
bool state_save(struct state *s, struct error *err);

/* NULL: nothing kept. kind is a word of letters and hyphens. */
const char *state_get(const struct state *s, const char *kind,
	const char *key);
void state_set(struct state *s, const char *kind, const char *key,
	const char *value);          /* NULL: forget it */

/* Those of a kind, one after the other; cursor begins at 0. */
bool state_next(const struct state *s, const char *kind, size_t *cursor,
	const char **key, const char **value);

/* Oldest first. A line that is there already moves to the end. */
size_t state_history_count(const struct state *s);
const char *state_history(const struct state *s, size_t i);
void state_history_add(struct state *s, const char *line);

/* Oldest lines go when there are more; 500 unless told. */
void state_history_limit(struct state *s, size_t most);

#endif
