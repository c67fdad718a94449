/* SPDX-License-Identifier: MIT */
/*
 * Instances: those of the fleet, which are pure functions of world and
 * index, and those that were launched, with what has been changed laid over
 * either. Under the world's lock.
 */
#ifndef SIM_EC2_INSTANCE_H
#define SIM_EC2_INSTANCE_H

#include "sim/ec2/list.h"
#include "sim/ec2/traits.h"

/* instanceState codes. */
enum instance_state {
	STATE_PENDING = 0, STATE_RUNNING = 16, STATE_SHUTTING_DOWN = 32,
	STATE_TERMINATED = 48, STATE_STOPPING = 64, STATE_STOPPED = 80
};

/* A kind of server; the fleet repeats a block of them. */
struct fleet_role {
	const char *name;        /* format for its number; NULL: no name */
	const char *env, *team;
	unsigned count;          /* in a block */
	const char *group;       /* auto scaling group, NULL: none */
	const char *types[3];
	unsigned image;
	unsigned data_volumes;
	bool is_public, is_spot, is_windows;
};

struct instance {
	struct ec2_row row;
	const struct world *world;
	const struct fleet_role *role;
	const struct launch *launch;     /* NULL: of the fleet */
	const struct market_type *type;   /* traits.type */
	struct instance_traits traits;
	uint64_t index, bits;
	uint64_t reservation, vpc, subnet, image, interface;
	int64_t launched, changed;
	unsigned state;
	const char *state_name, *architecture, *platform, *lifecycle;
	const char *type_name, *key_name, *reason_code, *reason;
	unsigned vpc_index, zone_index, address, public_address;
	unsigned data_volumes, launch_index;
	char zone[24];
	char name[256];
	bool elastic;            /* its public address stays */
};

struct instance_change {
	unsigned state;          /* now, until `at` */
	unsigned next;
	int64_t at;
	int64_t since;           /* when it was asked for */
	int64_t launched;        /* 0: as it was */
};

#define INSTANCE_PENDING_MS 20000

/* From now on in state, after ms in the next one. */
void instance_move(struct call *c, const char *id, unsigned state,
	unsigned next, unsigned ms);

/* False: a fault has used up all machines of that type. */
bool instance_capacity(struct call *c, const char *type, const char *zone);

bool instance_fill(const struct world *w, uint64_t index, int64_t now,
	struct instance *out);
const char *instance_state_name(unsigned state);
bool instance_is_gone(const struct instance *i);
void instance_write(struct call *c, const struct instance *i);
const struct ec2_list *instance_list(void);

/* Slots of instances: the fleet's, then those that were launched. */
uint64_t instance_slots(const struct world *w);

/* InstanceId of the call; false: answered. */
bool instance_need(struct call *c, struct instance *out);

struct instance_targets {
	struct instance *items;
	size_t count, room;
};

/* InstanceId.N of the call, each once; false: answered. The items are to
 * be freed in either case. */
bool instance_targets(struct call *c, struct instance_targets *t);

/* One more security group of that VPC; false: answered. */
bool instance_add_group(struct call *c, struct instance_traits *t,
	const char *id, const char *vpc);

/* Is it user data as AWS takes it? False: answered. */
bool user_data_check(struct call *c, const char *base64);

/* <groupSet> of its security groups. */
void instance_write_groups(struct call *c, const struct instance *i);

/* Its root device. */
const char *instance_root(const struct instance *i);

/* Its placement group; NULL: none. */
const char *instance_placement(const struct instance *i);

/* The place of a role in the fleet's block. */
const struct fleet_role *fleet_role_at(uint64_t index, uint64_t *number,
	uint64_t *first);

#endif
