/* SPDX-License-Identifier: MIT */
/* How the store of things is made, listed and asked: for world.c, list.c and
 * ec2.c. Kinds see things.h only. */
#ifndef SIM_EC2_STORE_H
#define SIM_EC2_STORE_H

#include "sim/ec2/list.h"

struct sim_action;
struct thing_member;
struct things;

struct things *things_new(void);
void things_seed(struct world *w);
void things_free(struct things *s);
struct map *things_tokens(const struct world *w);

/* An action of some kind; NULL: none of that name. */
const struct sim_action *things_action(const char *name);

/* For list.c. The ids of what parameters name are added; false: answered. */
bool things_named(struct call *c, const struct ec2_list *l,
	struct call_pairs *ids);
const struct thing_member *things_members(const struct ec2_list *l);
uint64_t things_slots(const struct world *w, const struct ec2_list *l);
bool things_fill(struct call *c, const struct ec2_list *l, uint64_t slot,
	void *row);
bool things_row(struct call *c, const struct ec2_list *l, const char *id,
	void *row);
void things_write(struct call *c, const struct ec2_list *l,
	const void *row);

/* Runs the action, or answers again as to the same ClientToken before. */
void things_run(struct call *c);

#endif
