/* SPDX-License-Identifier: MIT */
/* What is offered to be reserved: a pure function of world and index. */
#ifndef SIM_EC2_OFFERING_H
#define SIM_EC2_OFFERING_H

#include "sim/ec2/market.h"

struct call;

#define CENT 10000               /* millionths of a dollar */
#define OFFERING_PLANS 12        /* years, class, payment; the slot's last
				    digit in that base */

struct sim_offering {
	const struct market_type *type;
	const char *product, *class, *payment, *tenancy;
	char id[UUID_MOST];
	char zone[24];           /* "": the region */
	int64_t seconds;
	int64_t fixed, hourly;   /* millionths of a dollar */
	bool marketplace;
	unsigned count;          /* that there are, on the marketplace */
};

uint64_t offering_slots(const struct world *w);

/* False: an empty slot. */
bool offering_fill(const struct world *w, uint64_t slot,
	struct sim_offering *out);

/* By its id; false: there is none. */
bool offering_find(const struct world *w, const char *id,
	struct sim_offering *out);

#endif
