/* SPDX-License-Identifier: MIT */
/* What hangs on a thing, and what AWS refuses because of it. */
#ifndef SIM_EC2_USE_H
#define SIM_EC2_USE_H

#include "sim/ec2/things.h"

/* A kind whose things name another at a path; a row without a kind ends. */
struct thing_use {
	const struct thing_kind *(*kind)(void);
	const char *pattern;
};

/* The first thing of the store whose text at the pattern is that. */
struct thing *things_where(const struct world *w,
	const struct thing_kind *kind, const char *pattern, const char *text,
	int64_t now);

/* Is there any, those of .make too? */
bool things_used(struct call *c, const struct thing_kind *kind,
	const char *pattern, const char *text);

/* Answers DependencyViolation if something uses it. */
bool ec2_check_unused(struct call *c, const struct thing *t,
	const struct thing_use *uses);

/* The whole of a Delete operation; uses may be NULL. */
void ec2_delete(struct call *c, const struct thing_kind *kind,
	const char *param, const struct thing_use *uses);

/* Another id for a part of a thing: "rtbassoc-0…". */
void ec2_part_id(struct world *w, const char *prefix,
	char out[EC2_ID_MOST]);

/* The VPC of a parameter, or the default one without. NULL: answered. */
struct thing *ec2_vpc(struct call *c, const char *param);

#endif
