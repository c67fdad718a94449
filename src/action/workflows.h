/* SPDX-License-Identifier: MIT */
/*
 * The tables of work in several steps (catalogue/workflow.h) that there are,
 * by workflows.def. Immutable; any thread.
 */
#ifndef ACTION_WORKFLOWS_H
#define ACTION_WORKFLOWS_H

#include "catalogue/catalogue.h"
#include "catalogue/workflow.h"

/* NULL: there is none of that name. */
const struct workflow *workflow_find(const char *name);
const struct workflow *workflow_at(size_t i);    /* NULL behind the last */

/* The operations that it sends and that change something. Appends. */
void workflow_describe(const char *name, struct str *out);

/* The row of an operation that the workflow names; NULL: there is none. */
const struct operation *workflow_operation(const struct catalogue *c,
	const struct workflow *w, const char *name);

#endif
