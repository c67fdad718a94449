/* SPDX-License-Identifier: MIT */
/*
 * Files of command lines: the start-up file and what `source` names. A
 * mistake is told with its place and stops nothing. UI thread.
 */
#ifndef UI_APP_SOURCE_H
#define UI_APP_SOURCE_H

#include "cli/rcfile.h"
#include "ui/alias.h"

struct app;

/* What the lines of a run have added to the language. */
struct language {
	struct aliases aliases;
	unsigned alias_depth;        /* of the one that runs now */
	const struct rc_source *source;  /* that runs now; NULL: none */
};

/* False: it cannot be read. Mistakes in it become messages. */
bool app_source(struct app *app, const char *path, struct error *err);

#endif
