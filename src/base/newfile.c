/* SPDX-License-Identifier: MIT */
#include "base/newfile.h"

#include "base/mem.h"
#include "base/random.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TRIES 100

static bool fail(const char *path, int error, struct error *err)
{
	return error_set(err, ERR_IO, "%s: %s", path, strerror(error));
}

bool newfile_check(const char *path, bool *exists, struct error *err)
{
	struct stat st;
	size_t len = strlen(path);

	*exists = false;
	if (!len || path[len - 1] == '/')
		return error_set(err, ERR_USAGE,
			"%s is no file's name", len ? path : "an empty text");
	if (stat(path, &st) != 0)
		return errno == ENOENT || fail(path, errno, err);
	*exists = true;
	if (S_ISDIR(st.st_mode))
		return error_set(err, ERR_USAGE, "%s is a folder", path);
	return S_ISREG(st.st_mode) || error_set(err, ERR_USAGE,
		"%s is no regular file", path);
}

/* A link stays: what it names is replaced. */
static char *real_path(const char *path)
{
	char *real = realpath(path, NULL);

	return real ? real : xstrdup(path);
}

bool newfile_open(struct newfile *f, const char *path, struct error *err)
{
	char *real = real_path(path);

	f->fd = -1;
	for (int i = 0; i < TRIES && f->fd < 0; i++) {
		struct str name = STR_INIT;

		str_addf(&name, "%s.part-%08llx", real,
			(unsigned long long)random_below(1ULL << 32));
		f->fd = open(name.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			0666);
		if (f->fd >= 0)
			f->temporary = str_take(&name);
		str_clear(&name);
		if (f->fd < 0 && errno != EEXIST)
			break;
	}
	if (f->fd < 0) {
		fail(path, errno, err);
		free(real);
		return false;
	}
	f->path = real;
	return true;
}

static void forget(struct newfile *f)
{
	free(f->path);
	free(f->temporary);
	f->path = f->temporary = NULL;
}

/* A link is made only where there is nothing; file systems without links
 * are asked before the move instead. */
static bool place(const struct newfile *f, bool replace)
{
	if (!replace && link(f->temporary, f->path) == 0) {
		unlink(f->temporary);
		return true;
	}
	if (!replace && (errno == EEXIST || access(f->path, F_OK) == 0)) {
		errno = EEXIST;
		return false;
	}
	return rename(f->temporary, f->path) == 0;
}

bool newfile_commit(struct newfile *f, bool replace, struct error *err)
{
	bool ok = fsync(f->fd) == 0 || errno == EINVAL;
	int error = errno;

	if (close(f->fd) != 0 && ok) {
		ok = false;
		error = errno;
	}
	f->fd = -1;
	if (ok && !place(f, replace)) {
		ok = false;
		error = errno;
	}
	if (!ok) {
		fail(f->path, error, err);
		unlink(f->temporary);
	}
	forget(f);
	return ok;
}

void newfile_abandon(struct newfile *f)
{
	close(f->fd);
	unlink(f->temporary);
	forget(f);
}
