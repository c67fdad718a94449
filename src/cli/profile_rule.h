/* SPDX-License-Identifier: MIT */
/*
 * What the user's start-up file says of profiles and accounts:
 *
 *	profile GLOB [read-only] [production] [color COLOUR] [regions R…]
 *
 * GLOB is held against the profile's name and its account number, with
 * hyphens or without. Rules add up: none takes away what another has said,
 * so a lock holds until the program ends; of two colours or lists of regions
 * the later one counts. A line that is wrong behind its GLOB locks it: who
 * mistypes "read-only" must not find out by changing something.
 *
 * Rules are added by their owner; asked from any thread.
 */
#ifndef CLI_PROFILE_RULE_H
#define CLI_PROFILE_RULE_H

#include "aws/session.h"
#include "cli/command.h"

struct profile_rules;

enum { PROFILE_READ_ONLY = 1, PROFILE_PRODUCTION = 2 };

/* Strings live as long as the rules; NULL: nothing is said. */
struct profile_say {
	unsigned flags;
	const char *colour;
	const char *regions;     /* separated by blanks, or "all" */
	/* A rule that locks may mean its account, which is not known yet. */
	bool unsure;
};

struct profile_rules *profile_rules_new(void);
void profile_rules_free(struct profile_rules *r);

/* The words of a `profile` line, its name first. */
bool profile_rules_words(struct profile_rules *r, const struct words *words,
	struct error *err);

/* Locks what the glob means. */
void profile_rules_lock(struct profile_rules *r, const char *glob);

/* account: "" while it is unknown. */
void profile_rules_ask(struct profile_rules *r, const char *profile,
	const char *account, struct profile_say *say);

/* The rules as lines that could stand in the file. */
void profile_rules_lines(struct profile_rules *r, struct str *out);

/* For session_set_guard(): data is the rules. */
enum session_lock profile_rules_guard(void *data, const char *profile,
	const char *account);

/* profile_read.c: the `profile` lines of a start-up file, and of those that it
 * names by `source`, for those who run no other line of it. told() is given
 * each mistake. A file that is there and cannot be read locks everything. */
void profile_rules_read(struct profile_rules *r, const char *path,
	void (*told)(const struct error *err));

#endif
