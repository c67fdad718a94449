/* SPDX-License-Identifier: MIT */
/*
 * What people read before they spend (ux.md 1.2): the row is read again,
 * what the action wants to know beside it is listed, and AWS is asked by a
 * dry run whether it would do it. One job on the action lane; its end is
 * posted to the owner's mailbox, and after that it never changes.
 */
#ifndef ACTION_REVIEW_H
#define ACTION_REVIEW_H

#include "action/action.h"
#include "action/target.h"
#include "action/task.h"

struct review;

/* Copies form and target. */
struct review *review_start(struct pool *pool, struct mailbox *box,
	const struct form *form, const struct target *target);
void review_cancel(struct review *review);

/* After its end was taken, and only then. */
void review_free(struct review *review);

/* After the end. */
const struct review_lines *review_lines(const struct review *review);

/* May it be sent, once people said so? The row as it is now is then what
 * they say yes to. */
bool review_allows(const struct review *review, struct error *err);
struct row review_row(const struct review *review);
bool review_cost(const struct review *review, struct cost *out);

/* Exactly what has to be typed: "YES"; "YES again" where one like it began
 * within the last minutes, which may be the same wish (a line says which). */
const char *review_challenge(const struct review *review);

/* "Type YES to spend two thousand and thirty-two dollars", in figures where
 * there is no room for words; appends. */
void review_prompt(const struct review *review, bool figures,
	struct str *out);

#endif
