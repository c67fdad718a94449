/* SPDX-License-Identifier: MIT */
/*
 * A script of screen_main.c while it runs, for the commands that have files
 * of their own. Each returns false when the script has failed.
 */
#ifndef TESTS_SCRIPT_H
#define TESTS_SCRIPT_H

#include "cli/command.h"
#include "tests/screens/screen.h"

struct script {
	const char *path;
	const char *program, *svg;
	bool update, started;
	unsigned line;
	int rows, columns;
	struct {
		char **items;
		size_t count, room;
	} env;
	struct screen_test test;
	char home[64];
};

/* Says why, and shows the screen. Always false. */
bool script_fail(struct script *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* screen_main.c: for what is started; heap path beside the script. */
void script_env(struct script *s, const char *name, const char *value);
char *script_beside(const struct script *s, const char *name,
	const char *suffix);

/* script_look.c */
bool script_straight(struct script *s, const struct words *w);
bool script_colours(struct script *s, const struct words *w);
bool script_terminal(struct script *s, const struct words *w);

/* script_check.c */
bool script_widths(struct script *s, const struct words *w);
bool script_bell(struct script *s, const struct words *w);
bool script_changes(struct script *s, const struct words *w);

/* chaos.c */
bool script_chaos(struct script *s, const struct words *w);

#endif
