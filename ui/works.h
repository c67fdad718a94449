/* SPDX-License-Identifier: MIT */
/*
 * Work in several steps (action/flow.h) of this console: each runs as a task
 * until it needs somebody. What wants the terminal gets it at once; what
 * wants a person has its sheet (pane_work.c). Parked when the console ends.
 * UI thread.
 */
#ifndef UI_WORKS_H
#define UI_WORKS_H

#include "action/flow_task.h"
#include "ui/proposal.h"

struct works;

struct working {
	struct app *app;
	char id[37];
	char *title;
	struct flow *flow;           /* NULL while its worker has it, and
					while nobody looks at it */
	struct flow_task *task;      /* NULL: it stands */
	char *step;                  /* where the worker is; NULL */
	size_t number, count;
	struct str text;             /* how it stood when it last did */
	struct str lines;            /* what a person is to paste; "" */
	enum flow_state state;
};

/* Takes form and targets of p (they are empty then); its sheet opens. */
bool works_start(struct app *app, struct proposal *p, struct error *err);
void works_free(struct works *works);    /* may be NULL; none is out */
size_t works_count(const struct app *app);
struct working *works_at(const struct app *app, size_t i);
size_t works_going(const struct app *app);

/* One of these, or one in the folder that nobody has open. */
struct working *works_open(struct app *app, const char *id,
	struct error *err);

/* Goes on; what waits for a person is done. */
bool working_go_on(struct working *w, struct error *err);

/* Nobody looks at it any more: others may have it. */
void working_let_go(struct working *w);

/* A shell on the instance that it is about. */
bool working_connect(struct working *w, struct error *err);

/* Asks first, naming what goes. */
bool working_take_back(struct working *w, struct error *err);

/* At the start: a message about what earlier consoles left. */
void works_tell(struct app *app);

#endif
