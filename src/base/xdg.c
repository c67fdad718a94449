/* SPDX-License-Identifier: MIT */
#include "base/xdg.h"

#include "base/mem.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *xdg_home(void)
{
	const char *home = getenv("HOME");
	struct passwd entry, *found = NULL;
	char buffer[4096];

	if (home && *home)
		return xstrdup(home);
	if (getpwuid_r(getuid(), &entry, buffer, sizeof(buffer), &found) == 0
	    && found && found->pw_dir && *found->pw_dir)
		return xstrdup(found->pw_dir);
	return xstrdup("/");
}

/* The specification: a relative path in the variable is to be ignored. */
static char *place(const char *variable, const char *fallback,
	const char *name)
{
	const char *base = getenv(variable);
	struct str path = STR_INIT;

	if (base && *base == '/') {
		str_add(&path, base);
	} else {
		char *home = xdg_home();

		str_addf(&path, "%s/%s", home, fallback);
		free(home);
	}
	str_addf(&path, "/tucuxi/%s", name);
	return str_take(&path);
}

char *xdg_config(const char *name)
{
	return place("XDG_CONFIG_HOME", ".config", name);
}

char *xdg_state(const char *name)
{
	return place("XDG_STATE_HOME", ".local/state", name);
}

char *xdg_cache(const char *name)
{
	return place("XDG_CACHE_HOME", ".cache", name);
}

/* Asks first: making one that is there may be refused for another reason, on
 * a read-only file system. */
static bool make_folder(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return mkdir(path, 0700) == 0 || errno == EEXIST;
	errno = ENOTDIR;
	return S_ISDIR(st.st_mode);
}

bool xdg_make_parent(const char *path, struct error *err)
{
	char *copy = xstrdup(path);
	bool ok = true;

	for (char *p = copy + 1; *copy && (p = strchr(p, '/')); p++) {
		*p = '\0';
		if (!make_folder(copy)) {
			ok = error_set(err, ERR_IO, "%s: %s", copy,
				strerror(errno));
			break;
		}
		*p = '/';
	}
	free(copy);
	return ok;
}

/* Reads until the end, whatever size the file had when it was looked at. */
static bool read_all(int fd, const char *path, struct str *data,
	struct error *err)
{
	char buffer[16384];

	for (;;) {
		ssize_t n = read(fd, buffer, sizeof(buffer));

		if (n == 0)
			return true;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_set(err, ERR_IO, "%s: %s", path,
				strerror(errno));
		if (!str_addn(data, buffer, (size_t)n))
			return error_set(err, ERR_LIMIT,
				"%s: more than %zu bytes", path, data->cap);
	}
}

bool xdg_read_file(const char *path, size_t max, char **data, size_t *len,
	struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct str text = STR_INIT_CAP(max);
	struct stat st;
	bool ok = false;

	if (fd < 0)
		return error_set(err, errno == ENOENT || errno == ENOTDIR ?
			ERR_NOT_FOUND : ERR_IO, "%s: %s", path,
			strerror(errno));
	if (fstat(fd, &st) != 0)
		error_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	else if (!S_ISREG(st.st_mode))
		error_set(err, ERR_IO, "%s: not a regular file", path);
	else
		ok = read_all(fd, path, &text, err);
	close(fd);
	if (ok) {
		*len = text.len;
		*data = str_take(&text);
	}
	str_wipe(&text);
	return ok;
}

static bool write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		data += n;
		len -= (size_t)n;
	}
	return true;
}

/* The new name itself must reach the disk too; not all file systems can. */
static void sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = !slash ? xstrdup(".") :
		xstrndup(path, slash == path ? 1 : (size_t)(slash - path));
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

/* A link, as dotfile keepers make them, stays: what it names is replaced. */
bool xdg_write_file(const char *path, const char *data, size_t len,
	struct error *err)
{
	char *real = realpath(path, NULL);
	struct str temporary = STR_INIT;
	bool ok = false, made = false;
	int fd;

	if (!real)
		real = xstrdup(path);
	str_addf(&temporary, "%s.XXXXXX", real);
	fd = mkostemp(temporary.p, O_CLOEXEC);
	if (fd < 0)
		goto out;
	made = true;
	ok = write_all(fd, data, len) && fsync(fd) == 0;
	if (close(fd) != 0 || !ok || rename(temporary.p, real) != 0) {
		ok = false;
		goto out;
	}
	sync_folder(real);
out:
	if (!ok) {
		error_set(err, ERR_IO, "%s: %s", path, strerror(errno));
		if (made)
			unlink(temporary.p);
	}
	str_clear(&temporary);
	free(real);
	return ok;
}
