/* SPDX-License-Identifier: MIT */
#include "sim/ec2/use.h"

#include "sim/ec2/kinds.h"

#include <string.h>

struct thing *things_where(const struct world *w,
	const struct thing_kind *kind, const char *pattern, const char *text,
	int64_t now)
{
	size_t cursor = 0;
	struct thing *t;

	while ((t = things_next(w, kind, now, &cursor)))
		if (thing_item(t, pattern, text, now))
			return t;
	return NULL;
}

bool things_used(struct call *c, const struct thing_kind *kind,
	const char *pattern, const char *text)
{
	uint64_t slots = kind->made ? kind->made(c->world) : 0;

	if (things_where(c->world, kind, pattern, text, c->now))
		return true;
	/* On the heap, one after the other: there may be very many. */
	for (uint64_t slot = 0; slot < slots; slot++) {
		struct thing *t = things_make(c, kind, slot, false);
		bool found = t && thing_item(t, pattern, text, c->now);

		thing_free(t);
		if (found)
			return true;
	}
	return false;
}

bool ec2_check_unused(struct call *c, const struct thing *t,
	const struct thing_use *uses)
{
	for (; uses && uses->kind; uses++)
		if (things_used(c, uses->kind(), uses->pattern, t->id))
			return call_error(c, 400, "DependencyViolation",
				"The %s '%s' has dependencies and cannot be "
				"deleted.", t->kind->type, t->id);
	return true;
}

void ec2_delete(struct call *c, const struct thing_kind *kind,
	const char *param, const struct thing_use *uses)
{
	struct thing *t = things_need(c, kind, param);

	if (!t || !ec2_check_unused(c, t, uses) || ec2_dry_run(c))
		return;
	things_remove(t, c->now);
	ec2_reply_true(c);
}

void ec2_part_id(struct world *w, const char *prefix, char out[EC2_ID_MOST])
{
	world_id_text(prefix, world_id(w, ID_OTHER, ++w->made), out);
}

struct thing *ec2_vpc(struct call *c, const char *param)
{
	struct thing *t;

	if (call_param(c, param))
		return things_need(c, vpc_kind(), param);
	t = things_where(c->world, vpc_kind(), "isDefault", "true", c->now);
	if (!t)
		call_error(c, 400, "VPCIdNotSpecified", "No default VPC for "
			"this user");
	return t;
}
