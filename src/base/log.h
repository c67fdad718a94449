/* SPDX-License-Identifier: MIT */
/*
 * The debug log (--log FILE, mode 0600). Off unless opened. Every line is
 * sanitised: no control bytes leave here. Callers never pass secrets,
 * headers or bodies; requests are logged by operation, timing and request
 * id. A full disk closes the log, the program goes on. Any thread.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/error.h"

bool log_open(const char *path, struct error *err);
void log_close(void);
bool log_enabled(void);

/* 2026-11-23T00:14:00.123Z thread function: text */
#define LOG(...) \
	do { \
		if (log_enabled()) \
			log_write(__func__, __VA_ARGS__); \
	} while (0)

void log_write(const char *function, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
