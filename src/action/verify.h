/* SPDX-License-Identifier: MIT */
/*
 * Around a call that is sent once: before it, what people said yes to is
 * read again, and what is there already is noted (struct action_verify);
 * after it, where nobody answered, what is new tells what became of it.
 * Straight-line code on workers.
 */
#ifndef ACTION_VERIFY_H
#define ACTION_VERIFY_H

#include "action/action.h"
#include "action/target.h"

struct verify {
	const struct form *form;
	const struct target *target;
	struct cancel *cancel;
	const struct compiled *compiled;     /* what is looked at */
	const char *region;      /* NULL where global */
	struct map *known;       /* ids that were there before; NULL: not
				    looked yet */
};

/* False with err: something is different now (ERR_NEED_CONFIRM), or what
 * comes of it could not be told: nothing may be sent. form and target
 * outlive it. Close it also after failure. */
bool verify_open(struct verify *v, const struct form *form,
	const struct target *target, struct cancel *cancel,
	struct error *err);

/* Nobody knows what became of it: what is there now that was not, in a
 * sentence for people; looks again for some seconds while there is nothing.
 * Appends. */
void verify_look(struct verify *v, struct pool *pool, struct str *out);
void verify_close(struct verify *v);

/* Things like the one that is about to be made which began since then (wall
 * ms), in words, one a line, out of rows of action.verify's resource.
 * Appends. */
void verify_add_recent(const struct form *form, const struct target *target,
	struct row row, int64_t since, struct str *out);

#endif
