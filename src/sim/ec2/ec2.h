/* SPDX-License-Identifier: MIT */
/*
 * EC2 rows: pure functions of world and index, with what has been changed
 * laid over them. Under the world's lock.
 */
#ifndef SIM_EC2_EC2_H
#define SIM_EC2_EC2_H

#include "sim/ec2/list.h"

/* instanceState codes. */
enum instance_state {
	STATE_PENDING = 0, STATE_RUNNING = 16, STATE_SHUTTING_DOWN = 32,
	STATE_TERMINATED = 48, STATE_STOPPING = 64, STATE_STOPPED = 80
};

struct fleet_type {
	const char *name;
	bool arm;
	unsigned cores, threads;
	bool nitro;
};

/* A kind of server; the fleet repeats a block of them. */
struct fleet_role {
	const char *name;        /* format for its number; NULL: no name */
	const char *env, *team;
	unsigned count;          /* in a block */
	const char *group;       /* auto scaling group, NULL: none */
	const struct fleet_type *types[3];
	unsigned image;
	unsigned data_volumes;
	bool is_public, is_spot, is_windows;
};

#define FLEET_DATA_MOST 2
#define VOLUMES_PER_INSTANCE (1 + FLEET_DATA_MOST)

struct instance {
	struct ec2_row row;
	const struct world *world;
	const struct fleet_role *role;
	const struct fleet_type *type;
	uint64_t index, bits;
	uint64_t reservation, vpc, subnet, group, image, interface;
	int64_t launched, changed;
	unsigned state;
	const char *state_name, *architecture, *platform, *lifecycle;
	const char *type_name, *key_name, *reason_code, *reason;
	unsigned vpc_index, zone_index, address, public_address;
	unsigned data_volumes, launch_index;
	char zone[24];
	char name[256];
	char group_name[32];
	bool monitored, tokens_required;
	bool elastic;            /* its public address stays */
};

struct instance_change {
	unsigned state;          /* now, until `at` */
	unsigned next;
	int64_t at;
	int64_t since;           /* when it was asked for */
	int64_t launched;        /* 0: as it was */
};

bool instance_fill(const struct world *w, uint64_t index, int64_t now,
	struct instance *out);
const char *instance_state_name(unsigned state);
bool instance_is_gone(const struct instance *i);
void instance_write(struct call *c, const struct instance *i);
const struct ec2_list *instance_list(void);

/* Its placement group; NULL: none. */
const char *instance_placement(const struct instance *i);

/* The place of a role in the fleet's block. */
const struct fleet_role *fleet_role_at(uint64_t index, uint64_t *number,
	uint64_t *first);

#define GROUPS_PER_VPC 3   /* default, internal, public-web */

/* Network shape: VPC 0 is the default one, 1 stage, 2 and on prod. */
unsigned vpc_count(const struct world *w);
unsigned vpc_address(unsigned vpc);
unsigned zone_count(const struct world *w);
void zone_name(const struct world *w, unsigned zone, char out[24]);

struct volume {
	struct ec2_row row;
	const struct world *world;
	const char *type, *status, *device, *instance_status;
	uint64_t instance, snapshot;
	int64_t created, attached;
	unsigned gib, iops, throughput;
	bool encrypted, on_termination;
	uint64_t index;
	char zone[24];
	const char *key;         /* KMS; "": the default one */
	char name[300];
	bool impaired, multi, auto_io;
};

bool volume_fill(struct call *c, uint64_t slot, void *row);
const struct ec2_list *volume_list(void);

const struct ec2_list *image_list(void);
const struct ec2_list *snapshot_list(void);

#endif
