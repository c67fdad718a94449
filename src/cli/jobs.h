/* SPDX-License-Identifier: MIT */
/*
 * Work in several steps (action/flow.h) as verbs and the screen use it: where
 * its files are, in which session it goes on, what an action's form says to
 * it, and who looks after what must not be left behind. Main thread.
 */
#ifndef CLI_JOBS_H
#define CLI_JOBS_H

#include "action/action.h"
#include "action/flow.h"
#include "action/target.h"
#include "cli/connect.h"
#include "cli/runtime.h"

/* $XDG_STATE_HOME/tucuxi/work, the caller's; NULL in a demo, whose work
 * ends with it. */
char *jobs_folder(const struct runtime *rt);

/* What an action with a workflow does to one target: written down, nothing
 * sent yet. What is to be taken back has its guard from here on. */
struct flow *jobs_begin(struct runtime *rt, const struct form *form,
	const struct target *target, struct error *err);

/* Of the profile that it was begun with; ERR_USAGE: it was begun somewhere
 * else. Borrowed. */
struct session *jobs_session(struct runtime *rt, const struct flow *f,
	struct error *err);

/* Goes on with it until it has ended or needs a person; programs that want
 * the terminal are run. What it comes to is told on standard error. Takes
 * the flow, and gives it back. err: why it stands, ERR_NONE: it has ended. */
struct flow *jobs_drive(struct runtime *rt, struct mailbox *box,
	struct flow *f, struct error *err);

/* The line of the program that a step with the terminal runs, from what the
 * work knows of the target. */
bool jobs_program(const struct runtime *rt, const struct flow *f,
	const struct connect_rules *rules, struct words *argv,
	struct error *err);

/* "3/12 Make a volume of 10 GiB"; "" at the end. Appends. */
void jobs_step(const struct flow *f, struct str *out);

/* What it does, its title with the names filled in. Appends. */
void jobs_title(const struct flow *f, struct str *out);

/* Why it stands, and what can be done then, a sentence each. Appends. */
void jobs_advice(const struct flow *f, struct str *out);

/* What a person is to do now, with lines to paste. Appends; false: nothing. */
bool jobs_text(const struct flow *f, struct str *out);

/* All that people want to know of it, in lines. Appends. */
void jobs_describe(const struct flow *f, struct str *out);

/* What a console is to say of the last run's at its start: "2 pieces of work
 * are unfinished…"; false: nothing. Appends. */
bool jobs_left(const struct runtime *rt, struct str *out);

#endif
