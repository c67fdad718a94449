/* SPDX-License-Identifier: MIT */
/*
 * What is about to be done: an action with its form, bound to what was
 * chosen when the key was pressed, whatever the table shows since. It passes
 * from the menu to the form, to the question, to the run; whoever has it
 * clears it. UI thread.
 */
#ifndef UI_PROPOSAL_H
#define UI_PROPOSAL_H

#include "action/bulk.h"
#include "ui/app.h"

struct proposal {
	struct form form;
	struct targets targets;
	struct row row;          /* a reference: the one under the cursor; its
				    segment is NULL where there is none */
	size_t hidden;           /* of the targets, by the filter */
};

/* The resource that actions here are of: the row's, else the table's; NULL:
 * none. */
const struct compiled *proposal_compiled(const struct app *app);

/* Binds it: what is marked of that resource, else the row. */
void proposal_bind(struct proposal *p, const struct app *app,
	const struct compiled *compiled);

/* For an action of it, which takes what it needs of what is bound. */
void proposal_use(struct proposal *p, const struct action *action);

/* Moves it; from is empty afterwards. */
void proposal_move(struct proposal *to, struct proposal *from);
void proposal_clear(struct proposal *p);

/* Whether a form of what is bound would be refused as a whole, by the door or
 * by what locks its profiles. Where one of several is free the door refuses
 * the others. */
bool proposal_permits(const struct proposal *bound, const struct form *form,
	const struct app *app, struct error *err);

/* Is any of it in a profile that is marked as production? */
bool proposal_is_production(const struct proposal *p, const struct app *app);

/* The places of ON_PLACES: regions by name, in the row's session or else the
 * app's first. ERR_USAGE: not the name of a region. */
bool proposal_places(struct proposal *p, struct app *app,
	const struct words *regions, struct error *err);

/* Where it would make something, unless people say otherwise: appends. */
void proposal_region(const struct proposal *p, const struct app *app,
	struct str *out);

/* "web-3", "14 instances (2 hidden by the filter)"; appends. */
void proposal_subject(const struct proposal *p, struct str *out);

/* "web-3 (i-0f3a9c…)" of one target; appends. */
void target_words(const struct target *t, struct str *out);

/* One step on: the form if there is something to fill in, else the question,
 * else it runs. Takes the contents of p. */
void proposal_begin(struct app *app, struct proposal *p);

/* Behind the form. */
void proposal_ask(struct app *app, struct proposal *p);

/* Behind the question: it is done. ERR: nothing was sent, p is as it was. */
bool proposal_run(struct app *app, struct proposal *p, struct error *err);

#endif
