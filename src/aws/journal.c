/* SPDX-License-Identifier: MIT */
#include "aws/journal.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/xdg.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct journal {
	char *path;
	int fd;
	pthread_mutex_t lock;   /* flock() is the process's, not a thread's */
};

static bool fail(struct error *err, const struct journal *j)
{
	return error_set(err, ERR_IO, "journal %s: %s", j->path,
		strerror(errno));
}

struct journal *journal_open(const char *path, struct error *err)
{
	struct journal *j = xcalloc(1, sizeof(*j));
	struct stat st;

	j->path = xstrdup(path);
	j->fd = -1;
	pthread_mutex_init(&j->lock, NULL);
	if (!xdg_make_parent(path, err))
		goto out;
	j->fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC |
		O_NOFOLLOW | O_NOCTTY | O_NONBLOCK, 0600);
	if (j->fd < 0 || fstat(j->fd, &st) != 0) {
		fail(err, j);
		goto out;
	}
	if (!S_ISREG(st.st_mode)) {
		error_set(err, ERR_IO, "journal %s: not a regular file",
			path);
		goto out;
	}
	return j;
out:
	journal_close(j);
	return NULL;
}

void journal_close(struct journal *j)
{
	if (!j)
		return;
	if (j->fd >= 0)
		close(j->fd);
	pthread_mutex_destroy(&j->lock);
	free(j->path);
	free(j);
}

const char *journal_path(const struct journal *j)
{
	return j->path;
}

/* A line that was cut by a full disk is taken back. */
static bool write_line(struct journal *j, const char *line, size_t len)
{
	off_t end = lseek(j->fd, 0, SEEK_END);
	ssize_t written;

	do {
		written = write(j->fd, line, len);
	} while (written < 0 && errno == EINTR);
	if (written == (ssize_t)len)
		return true;
	if (written > 0) {
		errno = ENOSPC;
		if (end >= 0 && ftruncate(j->fd, end) != 0)
			errno = EIO;
	}
	return false;
}

static bool add(struct journal *j, const char *record, bool sync,
	struct error *err)
{
	struct str line = STR_INIT;
	bool ok;

	str_addf(&line, "%s\n", record);
	pthread_mutex_lock(&j->lock);
	ok = flock(j->fd, LOCK_EX) == 0;
	if (ok) {
		ok = write_line(j, line.p, line.len) &&
			(!sync || fsync(j->fd) == 0);
		if (!ok)
			fail(err, j);
		flock(j->fd, LOCK_UN);
	} else {
		fail(err, j);
	}
	pthread_mutex_unlock(&j->lock);
	str_wipe(&line);
	return ok;
}

static bool write_intent(void *data, const char *id, const char *record,
	struct error *err)
{
	(void)id;
	return add(data, record, true, err);
}

static void write_outcome(void *data, const char *id, const char *record)
{
	struct error err;

	if (!add(data, record, false, &err))
		LOG("%s: %s", id, err.text);
}

struct door_journal journal_hooks(struct journal *j)
{
	return (struct door_journal){ .data = j, .intent = write_intent,
		.outcome = write_outcome };
}
