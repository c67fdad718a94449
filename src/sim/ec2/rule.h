/* SPDX-License-Identifier: MIT */
/* Rules of security groups, one for each peer. */
#ifndef SIM_EC2_RULE_H
#define SIM_EC2_RULE_H

#include "sim/ec2/things.h"

struct rule {
	bool egress;
	char protocol[16];       /* "tcp", "-1" */
	long from, to;           /* -1: all, or none */
	const char *cidr4, *cidr6, *list, *group;   /* one of them */
	const char *note;        /* NULL: none */
};

struct rules {
	struct rule *items;
	size_t count, room;
};

/* Those that the call asks for, checked; false: answered. */
bool rules_read(struct call *c, bool egress, struct rules *out);

/* From SecurityGroupRule.N.SecurityGroupRule.* . */
bool rule_read_change(struct call *c, unsigned n, struct rule *out);

/* The group's rule that lets the same through; NULL: none. */
struct thing *rule_find(const struct world *w, const struct thing *group,
	const struct rule *rule, int64_t now);

/* Fills the members of a rule of that group. */
void rule_set(struct thing *t, const struct thing *group,
	const struct rule *rule);

/* Its rules have changed: so has what filters find of the group. */
void rules_changed(const struct world *w, struct thing *group, int64_t now);

/* A new one, in the store. */
struct thing *rule_add(struct world *w, const struct thing *group,
	const struct rule *rule);

#endif
