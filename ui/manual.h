/* SPDX-License-Identifier: MIT */
/*
 * The manual page: share/tucuxi.1.in, its lines @OPTIONS@, @KEYS@ … made
 * from the live tables. man(7) macros. Main thread.
 */
#ifndef UI_MANUAL_H
#define UI_MANUAL_H

#include "base/error.h"
#include "base/str.h"

struct catalogue;

struct manual {
	struct str *out;
	const struct catalogue *catalogue;
	const struct keymap *keymap;
	const char *version;
	const char *faults;      /* rows of "  kind   sentence" */
};

/* Fills the template. False with err: it names a table that is not there. */
bool manual_write(const struct manual *m, const char *template,
	struct error *err);

#endif
