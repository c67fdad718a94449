/* SPDX-License-Identifier: MIT */
/*
 * With whom a snapshot or an image is shared, and what accounts of a region
 * share with each other. Under the world's lock.
 */
#ifndef SIM_EC2_SHARE_H
#define SIM_EC2_SHARE_H

#include "sim/call.h"
#include "sim/world.h"

#include <stdbool.h>
#include <stddef.h>

struct share {
	bool all;
	struct { char (*items)[13]; size_t count, room; } users;
};

void share_clear(struct share *s);
bool share_has(const struct share *s, const char *account);
void share_add(struct share *s, const char *account);

/* "all" and account numbers, as <item>… each. */
void share_write(struct str *out, const struct share *s);

/* What the request adds and removes; in the forms of Attribute=… with
 * OperationType, UserId.N, UserGroup.N, and of <member>.Add.N. */
struct share_change {
	bool removes, all;
	struct call_pairs users;
};

/* attribute: "createVolumePermission", member: "CreateVolumePermission".
 * False: answered. */
bool share_read(struct call *c, const char *attribute, const char *member,
	struct share_change *out);
void share_apply(struct share *s, const struct share_change *change);

/* Everything of a region that was ever shared by a request. */
struct commons;

struct common {
	struct world *owner;
	void *record;            /* struct shot or struct ami */
	const void *kind;        /* which: the owner's list of them */
};

struct commons *commons_new(void);
void commons_free(void *commons);
void commons_add(struct world *w, const void *kind, void *record);

size_t commons_count(const struct world *w);

/* NULL: that one is of another kind, or the world's own. */
const struct common *commons_at(const struct world *w, const void *kind,
	size_t n);

#endif
