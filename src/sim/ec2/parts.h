/* SPDX-License-Identifier: MIT */
/* What comes and goes along with other things. */
#ifndef SIM_EC2_PARTS_H
#define SIM_EC2_PARTS_H

#include "sim/ec2/things.h"

/* The default ones of a new VPC. */
void group_add_default(struct call *c, const char *vpc);
void table_add_main(struct world *w, const struct thing *vpc);
struct thing *acl_add_default(struct world *w, const char *vpc);

/* The group and its rules. */
void group_remove(struct call *c, struct thing *t);

/* The subnet gets the default ACL of its VPC. */
void acl_join(struct world *w, const struct thing *subnet);
void acl_leave(struct world *w, const char *subnet, int64_t now);

/* Routes to what is gone lead into a black hole. */
void table_blackhole(struct world *w, const char *target, int64_t now);

/* An address gets or loses what it stands for; association may be NULL. */
void address_bind(struct world *w, struct thing *address,
	const char *interface, const char *instance, const char *private_ip);
void address_unbind(struct world *w, struct thing *address);

/* Elastic address of an instance; 0: none. */
unsigned address_of_instance(const struct world *w, const char *instance,
	int64_t now);

/* An interface of AWS's own in a subnet, for a gateway or endpoint. */
struct thing *interface_add(struct world *w, const struct thing *subnet,
	const char *description, const char *type);

/* Has the VPC an internet gateway? */
bool gateway_is_attached(const struct world *w, const char *vpc,
	int64_t now);

#endif
