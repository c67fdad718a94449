/* SPDX-License-Identifier: MIT */
/*
 * EC2 rows: pure functions of world and index, with what has been changed
 * laid over them. Under the world's lock.
 */
#ifndef SIM_EC2_EC2_H
#define SIM_EC2_EC2_H

#include "sim/ec2/instance.h"

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
