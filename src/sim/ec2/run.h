/* SPDX-License-Identifier: MIT */
/*
 * A request to launch instances while it is read: run.c begins and ends it,
 * run_read.c reads its parts. Each reader answers with false. Under the
 * world's lock, for writing.
 */
#ifndef SIM_EC2_RUN_H
#define SIM_EC2_RUN_H

#include "sim/ec2/disk.h"
#include "sim/ec2/launch.h"

#define RUN_DISKS_MOST 8

struct run_request {
	struct image_facts image;
	const struct thing *subnet;
	long least, most;
	struct launch launch;            /* what all of them have */
	struct disk disks[RUN_DISKS_MOST];   /* the root volume first */
	unsigned disk_count;
	struct instance_traits traits;   /* user_data is the call's */
};

bool run_read_network(struct call *c, struct run_request *r);
bool run_read_disks(struct call *c, struct run_request *r);
bool run_read_data(struct call *c, struct run_request *r);

/* Tags of TagSpecification.N for that type on a new thing; id NULL: they
 * are only checked. */
bool run_read_tags(struct call *c, const char *type, const char *id);

#endif
