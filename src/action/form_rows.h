/* SPDX-License-Identifier: MIT */
/*
 * What a form takes from rows besides their values: suggestions, and the
 * regions that its calls go to. Same ownership as the form.
 */
#ifndef ACTION_FORM_ROWS_H
#define ACTION_FORM_ROWS_H

#include "action/action.h"
#include "action/target.h"

/* Suggestions for fields that have no value: of the row that the FIELD_LIVE
 * of that name has, whenever it is chosen; from NULL: of the row that the
 * form is about. */
void form_suggest(struct form *form, const char *from, struct row row);

/* Each target once for each region that the form sends its call to. */
void form_spread(const struct form *form, struct targets *targets);

#endif
