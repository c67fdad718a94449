/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;                 /* under lock */
static atomic_bool enabled;
static atomic_uint threads;
static _Thread_local unsigned int thread_number;

bool log_open(const char *path, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC |
		O_NOCTTY, 0600);
	struct stat st;

	if (fd < 0)
		return error_set(err, ERR_IO, "log %s: %s", path,
			strerror(errno));
	/* One that was there before may have been open to all. */
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (st.st_mode & 077) && fchmod(fd, 0600) != 0) {
		error_set(err, ERR_IO, "log %s: cannot make it private: %s",
			path, strerror(errno));
		close(fd);
		return false;
	}
	log_close();
	pthread_mutex_lock(&lock);
	log_fd = fd;
	atomic_store(&enabled, true);
	pthread_mutex_unlock(&lock);
	return true;
}

static void close_locked(void)
{
	atomic_store(&enabled, false);
	if (log_fd >= 0)
		close(log_fd);
	log_fd = -1;
}

void log_close(void)
{
	pthread_mutex_lock(&lock);
	close_locked();
	pthread_mutex_unlock(&lock);
}

bool log_enabled(void)
{
	return atomic_load_explicit(&enabled, memory_order_relaxed);
}

/* 2026-11-23T00:14:00.123Z t2 function: */
static void add_head(struct str *line, const char *function)
{
	int64_t wall = clock_wall();
	char stamp[32];

	if (!thread_number)
		thread_number = atomic_fetch_add(&threads, 1) + 1;
	clock_format_iso(wall, stamp);
	stamp[strcspn(stamp, "Z")] = '\0';
	str_addf(line, "%s.%03dZ t%u %s: ", stamp, (int)(wall % 1000),
		thread_number, function);
}

void log_write(const char *function, const char *format, ...)
{
	struct str raw = STR_INIT, line = STR_INIT;
	int saved = errno;
	va_list args;

	va_start(args, format);
	str_addvf(&raw, format, args);
	va_end(args);
	add_head(&line, function);
	text_sanitise(&line, raw.p, raw.len, false);
	str_addc(&line, '\n');

	pthread_mutex_lock(&lock);
	if (log_fd >= 0 &&
	    write(log_fd, line.p, line.len) != (ssize_t)line.len)
		close_locked();
	pthread_mutex_unlock(&lock);
	str_clear(&raw);
	str_clear(&line);
	errno = saved;
}
