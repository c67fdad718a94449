/* SPDX-License-Identifier: MIT */
/*
 * Instances that RunInstances has made: what of them never changes. They
 * stand behind the fleet; everything else about them is laid over as it is
 * for the fleet, and their volumes are disks like those that CreateVolume
 * makes. Under the world's lock.
 */
#ifndef SIM_EC2_LAUNCH_H
#define SIM_EC2_LAUNCH_H

#include "sim/ec2/traits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct launches;

struct launch {
	uint64_t image, vpc, subnet, reservation;
	const char *platform;    /* NULL: Linux */
	char root[24];           /* the image's root device */
	char key[256];           /* "": none */
	char token[65];
	char zone[24];
	unsigned index;          /* in its reservation */
	unsigned address, public_address;
	int64_t at;
	int64_t seen;            /* until then nobody is told of it */
	bool spot;
};

struct launches *launches_new(void);
void launches_free(struct launches *l);
uint64_t launch_count(const struct world *w);
const struct launch *launch_at(const struct world *w, uint64_t n);

/* Takes the slot after the last; its traits are there already. */
void launch_add(struct world *w, const struct launch *launch);

/* For instance_fill(): all but what requests change; its Name. */
void launch_fill(struct instance *i);
void launch_name(struct instance *i);

#endif
