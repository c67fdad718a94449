/* SPDX-License-Identifier: MIT */
/*
 * Files of command lines: the start-up file and what `source` names in it.
 * They are the user's and only read. One thread.
 */
#ifndef CLI_RCFILE_H
#define CLI_RCFILE_H

#include "base/error.h"
#include "base/str.h"

#include <stddef.h>

/* A file that is being read, and the one that named it. */
struct rc_source {
	const char *path;
	const struct rc_source *outer;
};

struct rc_reader {
	void *data;
	/* One line of it; nested files are read with `source` as the outer
	 * one. False with err: a mistake, which stops nothing. */
	bool (*line)(void *data, char *line, const struct rc_source *source,
		struct error *err);
	/* A mistake, its place before it. */
	void (*wrong)(void *data, const struct error *err);
};

/* "~/…" is below the home, another relative name beside the outer file.
 * False: it cannot be read (ERR_NOT_FOUND: is not there). mistakes may be
 * NULL; shown (may be NULL) gets the name as people write it. */
bool rcfile_read(const char *name, const struct rc_source *outer,
	const struct rc_reader *reader, size_t *mistakes, struct str *shown,
	struct error *err);

#endif
