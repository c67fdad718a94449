/* SPDX-License-Identifier: MIT */
/*
 * What requests change about an instance besides its state: type, groups,
 * protection, user data. The fleet is born with some; a changed or launched
 * instance has a record of its own. Under the world's lock.
 */
#ifndef SIM_EC2_TRAITS_H
#define SIM_EC2_TRAITS_H

#include "sim/ec2/market.h"

#include <stdbool.h>
#include <stdint.h>

struct call;
struct instance;
struct world;

#define FLEET_DATA_MOST 2
#define VOLUMES_PER_INSTANCE (1 + FLEET_DATA_MOST)
#define INSTANCE_GROUPS_MOST 5
#define USER_DATA_MOST 16384     /* bytes, before base64 */
#define PROFILE_MOST 128

struct instance_traits {
	const struct market_type *type;
	uint64_t groups[INSTANCE_GROUPS_MOST];
	unsigned group_count;
	char profile[PROFILE_MOST + 1];  /* its name; "": none */
	uint64_t association;
	int64_t associated;
	char *user_data;                 /* base64, the record's; NULL */
	unsigned hops;
	bool monitored, tokens_required, endpoint_off, metadata_tags;
	bool any_address;                /* no source/destination check */
	bool no_terminate, no_stop, ends_on_shutdown;
	bool hibernates, ebs_optimized, unlimited;
};

/* The record of an instance, to be changed: made of what it is. */
struct instance_traits *traits_edit(struct world *w,
	const struct instance *i);

/* NULL: none, it is as it was born. */
const struct instance_traits *traits_find(const struct world *w,
	const char *id);
void traits_free(void *traits);

/* Instance profiles are not of EC2: these names are known. */
bool profile_is_known(const char *name);
unsigned profile_number(const char *name);

/* IamInstanceProfile.Name or .Arn of the call into name; "" if there is
 * none. False: answered. */
bool profile_read(struct call *c, char name[PROFILE_MOST + 1]);

#endif
