/* SPDX-License-Identifier: MIT */
/*
 * Programs of others: the environment that they get, one in front of us on
 * our own terminal, and a copy of ourselves behind. Never through a shell.
 * Main thread.
 */
#ifndef CLI_CHILD_H
#define CLI_CHILD_H

#include "cli/runtime.h"

/* Ours with the region and profile in it ("": as they are), so that AWS's
 * own tools look at the same place. */
struct environment {
	char **items;            /* ends with a NULL */
	size_t count, room;
	char *own[3];
};

void environment_make(struct environment *e, const struct runtime *rt,
	const char *region, const char *profile);
void environment_clear(struct environment *e);

/* Until it has ended: *status is waitpid's. Ctrl-C is for it alone. */
bool child_run(char *const *argv, char *const *env, int *status,
	struct error *err);

/* This program once more, as a session of its own that outlives us and the
 * terminal, told to look after that piece of work. */
bool child_guard(const struct runtime *rt, const char *id,
	struct error *err);

#endif
