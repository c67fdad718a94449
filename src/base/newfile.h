/* SPDX-License-Identifier: MIT */
/*
 * A file that is there whole or not at all: written under another name
 * beside its place, and moved there at the end. Any thread.
 */
#ifndef BASE_NEWFILE_H
#define BASE_NEWFILE_H

#include "base/error.h"

struct newfile {
	int fd;
	char *path, *temporary;
};

/* What stands at path: ERR_NONE: nothing or a regular file, *exists says
 * which. What is no regular file is never replaced. */
bool newfile_check(const char *path, bool *exists, struct error *err);

/* False: nothing was made. Else it ends with commit or abandon. */
bool newfile_open(struct newfile *f, const char *path, struct error *err);

/* Synced, then moved to its place. replace false: not if one has come there
 * in the meantime (ERR_IO). On failure nothing is left. */
bool newfile_commit(struct newfile *f, bool replace, struct error *err);
void newfile_abandon(struct newfile *f);

#endif
