/* SPDX-License-Identifier: MIT */
/*
 * What was done in this session: each run of an action with its targets, and
 * what became of them while they were followed. Kept until the program ends.
 * UI thread.
 */
#ifndef UI_RUNS_H
#define UI_RUNS_H

#include "action/wait.h"
#include "ui/proposal.h"

struct runs;

/* One run, as its sheet shows it. */
struct ran {
	struct app *app;
	unsigned number;             /* from 1 */
	char *title;                 /* "Stop 3 instances" */
	struct run *run;
	struct wait *wait;           /* follows what was done; or NULL */
	size_t *waited;              /* target of the run → of the wait */
	bool *run_told, *wait_told;  /* whose mail has come */
	bool ended, waiting;
	int64_t began, end;          /* clock_now() */
	int64_t refreshed;           /* when tables were last asked anew */
};

/* Takes form and targets of p (they are empty then). False: nothing was
 * sent and nothing taken. Its sheet opens by itself where there is more
 * than one target. */
bool runs_start(struct app *app, struct proposal *p, struct error *err);
void runs_free(struct runs *runs);       /* may be NULL; none is out */

size_t runs_count(const struct app *app);
struct ran *runs_at(const struct app *app, size_t i);
size_t runs_going(const struct app *app);    /* not ended */

void ran_cancel(struct ran *r);

/* The failed ones again, asked about as at first; false: there are none. */
bool ran_retry(struct ran *r);

/* "180 done, 20 failed"; appends. */
void ran_counts(const struct ran *r, struct str *out);

/* How the target is now: a sign's role, a word, and why or what state. */
enum role ran_state(const struct ran *r, size_t target, struct str *word,
	struct str *detail);

#endif
