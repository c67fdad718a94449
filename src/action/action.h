/* SPDX-License-Identifier: MIT */
/*
 * An action with its fields filled in: found by name in the catalogue's
 * tables, checked, and turned into the arguments of a call. Knows no service
 * and no screen. One owner; what is running has taken the form over.
 */
#ifndef ACTION_ACTION_H
#define ACTION_ACTION_H

#include "aws/request.h"
#include "catalogue/catalogue.h"

struct form_value {
	const struct action_field *field;
	char *text;
};

struct form {
	const struct compiled *compiled;
	const struct action *action;
	struct { struct form_value *items; size_t count, room; } values;
	bool dry_run;
};

void form_init(struct form *form, const struct compiled *compiled,
	const struct action *action);
void form_copy(struct form *to, const struct form *from);
void form_clear(struct form *form);      /* values are wiped */

/* "instances.stop", by the resource's name or alias. ERR_USAGE names what
 * there is. The form is then set up. */
bool form_find(struct form *form, const struct catalogue *c,
	const char *name, struct error *err);

/* NULL with err: there is none of that name. */
const struct action_field *form_field(const struct form *form,
	const char *name, struct error *err);

/* Again: another value where the field takes many, else instead. ERR_USAGE:
 * not a value for this field. */
bool form_set(struct form *form, const struct action_field *field,
	const char *text, struct error *err);

/* Is everything there that must be? */
bool form_check(const struct form *form, struct error *err);
bool form_has_dry_run(const struct form *form);

/* By how much it asks of people (ux.md 1.2); reads are the weakest. */
int effect_strength(enum effect effect);

/* The highest of the action, its operation and its fields. */
enum effect form_kind(const struct form *form);

/* Does it need rows that were just read? (ux.md 1.3) */
bool form_needs_fresh_rows(const struct form *form);

/* ERR_READ_ONLY where the door would refuse it: asked before anything is
 * looked up. */
bool form_permits(const struct form *form, const struct door *door,
	struct error *err);

/* What people type to destroy: the one's label or the last four of its id,
 * "stop 14" for several; appends. */
void form_challenge(const struct form *form, size_t targets,
	const char *label, const char *id, struct str *out);

/* "StopInstances Force=true", secrets hidden; appends. */
void form_describe(const struct form *form, struct str *out);

/* The arguments of one call; they point into the form, ids and location. */
struct arguments {
	struct argument *items;
	size_t count, room;
};
struct location;
void form_arguments(const struct form *form, const struct location *at,
	const char *const *ids, size_t count, struct arguments *out);

#endif
