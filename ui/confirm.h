/* SPDX-License-Identifier: MIT */
/*
 * The inside of the question, shared by its files: pane_confirm.c (keys,
 * life), confirm_review.c (reading again, dry run, what hangs on it) and
 * confirm_draw.c. UI thread.
 */
#ifndef UI_CONFIRM_H
#define UI_CONFIRM_H

#include "action/lookup.h"
#include "action/review.h"
#include "fetch/fetch.h"
#include "ui/edit.h"
#include "ui/pane_confirm.h"

enum { CONFIRM_CANCEL, CONFIRM_DRY_RUN, CONFIRM_DO, CONFIRM_BUTTONS };
#define CONFIRM_INPUT (-1)       /* the focus is on what is typed */

/* What hangs on the one row, while it is being listed. */
struct dependent {
	const struct drill *drill;
	struct table *table;
};

struct pane_confirm {
	struct pane pane;            /* first: a pane_confirm is its pane */
	struct proposal proposal;
	enum effect kind;
	bool typed;                  /* words must be typed … */
	struct str challenge;        /* … these */
	struct edit answer;
	int focus;
	int64_t hears;
	int skip;                    /* lines of the text scrolled away */
	int lines, page;             /* as last drawn */
	struct area area, in;
	struct lookup *lookup;       /* out: the rows are being read again */
	struct str review;           /* what that found; lines */
	struct review *spend;        /* EFFECT_SPEND: all of it, … */
	bool reviewed;               /* … once it has come */
	struct run *dry;             /* out: the dry run */
	struct str dry_result;       /* "passed", or why not */
	struct { struct dependent *items; size_t count, room; } dependents;
};

/* pane_confirm.c: what is to be typed, of the targets as they are now. */
void confirm_challenge(struct pane_confirm *p);

/* confirm_review.c */
void confirm_review(struct pane_confirm *p);     /* starts what is needed */
void confirm_dry_run(struct pane_confirm *p);
void confirm_find_dependents(struct pane_confirm *p);
bool confirm_dependents_changed(struct pane_confirm *p);
void confirm_clear_review(struct pane_confirm *p);

/* confirm_spend.c: instead of these for what buys. */
void confirm_spend_begin(struct pane_confirm *p);
void confirm_spend_end(struct pane_confirm *p);
bool confirm_spend_ready(struct pane_confirm *p);    /* else it says why */
void confirm_spend_draw(struct pane_confirm *p, const struct area *area,
	const char *title);

/* confirm_draw.c */
void confirm_draw(struct pane *pane, const struct area *area);
bool confirm_has(const struct pane_confirm *p, int button);
void confirm_draw_buttons(const struct pane_confirm *p, const struct area *in,
	int y);

/* The buttons that there are, in order; returns how many. */
int confirm_buttons(const struct pane_confirm *p, int which[CONFIRM_BUTTONS],
	const char *labels[CONFIRM_BUTTONS]);

#endif
