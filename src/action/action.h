/* SPDX-License-Identifier: MIT */
/*
 * An action with its fields filled in: found by name in the catalogue's
 * tables, checked, and turned into the arguments of a call. Knows no service
 * and no screen. One owner; what is running has taken the form over.
 */
#ifndef ACTION_ACTION_H
#define ACTION_ACTION_H

#include "aws/session.h"
#include "catalogue/catalogue.h"
#include "fetch/segment.h"

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

/* form_values.c */
bool field_is_list(const struct action_field *field);

/* Is text a value for the field? normal (may be NULL) gets it as AWS wants
 * it. ERR_USAGE says why not, without the field's name: "is 12 digits". */
bool field_check(const struct action_field *field, const char *text,
	struct str *normal, struct error *err);

/* Again: another value where the field takes many, else instead. ERR_USAGE:
 * not a value for this field. */
bool form_set(struct form *form, const struct action_field *field,
	const char *text, struct error *err);
void form_unset(struct form *form, const struct action_field *field);
/* The nth value that people gave; NULL: there is none. */
const char *form_value(const struct form *form,
	const struct action_field *field, size_t n);

/* What holds: the first value, else the table's; NULL: neither. */
const char *form_text(const struct form *form, const char *name);

/* "spot=true", "size|type" (field.when): is it so? */
bool form_holds(const struct form *form, const char *condition);

/* As AWS is to have it. */
const char *field_sends(const struct action_field *field, const char *text);

/* Does the rest of the form ask people for this field? (field.when) */
bool form_wants(const struct form *form, const struct action_field *field);

/* The operation that the fields choose; NULL: it is none. */
const struct operation *form_operation(const struct form *form);

/* What the row has at the fields' paths, else what its listing was told
 * (field.listed), in fields that have no value, as far as they take it. */
void form_fill(struct form *form, struct row row);

/* Where the values of a FIELD_LIVE are listed; row may have no segment. The
 * caller's reference. */
struct location *form_list(const struct form *form,
	const struct field_list *list, struct row row,
	const struct resource *target);

/* Is everything there that must be? */
bool form_check(const struct form *form, struct error *err);
bool form_has_dry_run(const struct form *form);

/* By how much it asks of people (ux.md 1.2); reads are the weakest. */
int effect_strength(enum effect effect);
enum effect form_kind(const struct form *form);  /* the highest in it */
/* Does it need rows that were just read? (ux.md 1.3) */
bool form_needs_fresh_rows(const struct form *form);

/* ERR_READ_ONLY where the door would refuse it: asked before anything is
 * looked up. */
bool form_permits(const struct form *form, struct session *session,
	struct error *err);

/* Is the action for such a row? why gets what it has to be: "stopped". */
bool action_is_for(const struct action *action, struct row row,
	struct str *why);

/* form_words.c. What people type to destroy: the one's label or the last
 * four of its id, "stop 14" for several; to spend: "YES". Appends. */
void form_challenge(const struct form *form, size_t targets,
	const char *label, const char *id, struct str *out);

/* "StopInstances Force=true", secrets hidden; appends. */
void form_describe(const struct form *form, struct str *out);
/* What people must know of the row, a line each; appends. */
void form_notes(const struct form *form, struct row row, struct str *out);
/* What it costs for one target; false: nothing, or not known. */
bool form_cost(const struct form *form, struct row row, struct cost *out);

#include "action/arguments.h"

#endif
