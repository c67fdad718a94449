/* SPDX-License-Identifier: MIT */
/*
 * Volumes, snapshots and images for those who have to do with them: what is
 * attached to an instance, what one starts from. Under the world's lock.
 */
#ifndef SIM_EC2_STORAGE_H
#define SIM_EC2_STORAGE_H

#include "sim/ec2/ec2.h"

struct sim_action;

/* What is done with them; NULL: no action of that name. */
const struct sim_action *storage_action(const char *name);

/* What is attached to an instance: id, device, states and times of it. */
void instance_volumes(struct call *c, const struct instance *i,
	void (*each)(void *data, const struct volume *v), void *data);

/* What an instance starts from; false: answered. */
struct image_facts {
	const char *architecture, *platform, *root_device;
	uint64_t snapshot;
	unsigned gib;
};

bool image_need(struct call *c, const char *id, struct image_facts *out);

/* A snapshot that a volume was made of. */
uint64_t snapshot_of_volume(const struct world *w, uint64_t bits);

/* The ARN of a KMS key, however it is given; "": the account's default key
 * for EBS. */
const char *kms_key_arn(struct call *c, const char *key);

#endif
