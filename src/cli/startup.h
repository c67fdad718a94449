/* SPDX-License-Identifier: MIT */
/*
 * The start-up file as verbs read it: the lines of one command, without
 * running any. The screen runs them all (ui/app_source.c). Main thread.
 */
#ifndef CLI_STARTUP_H
#define CLI_STARTUP_H

#include "cli/command.h"

/* take(data, words) for each line of that command. False: it could not be
 * read, or take said so; err then begins with file and line. A file that is
 * not there has no lines. */
bool startup_each(const char *path, const char *command,
	bool (*take)(void *data, const struct words *words,
		struct error *err), void *data, struct error *err);

#endif
