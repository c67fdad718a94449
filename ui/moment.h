/* SPDX-License-Identifier: MIT */
/*
 * Times as `set times` wants them: relative to now is what cells say by
 * themselves, local and UTC are absolute. Pure; no curses.
 */
#ifndef UI_MOMENT_H
#define UI_MOMENT_H

#include "cli/setting.h"

/* Appends the time of an ISO text in that form, to the minute; false: it is
 * to stay relative, or is no time. */
bool moment_add(enum times times, const char *iso, size_t len,
	struct str *out);

#endif
