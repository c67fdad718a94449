/* SPDX-License-Identifier: MIT */
/*
 * A form as the arguments of one call. Part of action.h, which includes it.
 */
#ifndef ACTION_ARGUMENTS_H
#define ACTION_ARGUMENTS_H

#include "aws/service.h"

struct form;
/* The arguments of one call; they point into the form and ids, or are owned
 * by it. */
struct arguments {
	struct argument *items;
	size_t count, room;
	const struct operation *operation;
	bool places;             /* some stand at a place of a list */
	struct { char **items; size_t count, room; } owned;
};
struct target;
void form_arguments(const struct form *form, const struct target *target,
	const char *const *ids, size_t count, struct arguments *out);
void arguments_clear(struct arguments *a);       /* copies are wiped */

#endif
