/* SPDX-License-Identifier: MIT */
/*
 * The parts of `tucuxi do`: words, look-ups, confirming, running, rows. All
 * on the main thread; what they start posts to one mailbox.
 */
#ifndef CLI_DO_H
#define CLI_DO_H

#include "action/bulk.h"
#include "action/lookup.h"
#include "action/wait.h"
#include "cli/sheet.h"

/* A target as it was named: an id, or what an ARN says. */
struct do_word {
	char *id;
	struct arn arn;          /* "" but for an ARN */
};

/* One that was named and cannot be a target. */
struct do_missing {
	char *id, *region;
	struct error error;
};

struct doing {
	struct runtime *runtime;
	struct form form;
	struct { struct do_word *items; size_t count, room; } words;
	struct targets targets;
	struct { struct do_missing *items; size_t count, room; } missing;
	struct mailbox *box;
	struct sheet sheet;
	bool open;               /* the sheet is */
	int status;
};

/* ACTION TARGET... FIELD=VALUE...; ERR_USAGE. */
bool do_read_words(struct doing *d, struct error *err);
void do_clear_words(struct doing *d);

/* The words become targets or missing ones. False: nothing can be sent. */
bool do_find(struct doing *d, struct error *err);

/* Fields that nobody has filled in get what rows suggest. False: one has to
 * be named. */
bool do_suggest(struct doing *d, struct error *err);

/* Rows that are not quite fresh, read again before people lose something:
 * false names what is different now. */
bool do_review(struct doing *d, struct error *err);

/* What spends: what people are to know goes to standard error, then both
 * answers have to be there (ux.md 1.2). False: nothing may be sent. */
bool do_spend(struct doing *d, struct error *err);

/* The next mail of a task; Ctrl-C cancels it, once. */
const struct task_mail *take_mail(struct mailbox *box,
	void (*cancel)(void *task), void *task);
const struct task_mail *do_take(struct doing *d, void (*cancel)(void *task),
	void *task);

/* `do --list` */
int do_list(struct runtime *rt);

#endif
