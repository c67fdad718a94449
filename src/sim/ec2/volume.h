/* SPDX-License-Identifier: MIT */
/* Volumes as the calls about them write them. Under the world's lock. */
#ifndef SIM_EC2_VOLUME_H
#define SIM_EC2_VOLUME_H

#include "sim/ec2/ec2.h"

/* All elements, without one around them. */
void volume_write(struct call *c, const struct volume *v);
void volume_write_attachment(struct call *c, const struct volume *v);

/* The volume that a parameter names; false: answered. */
bool volume_need(struct call *c, struct volume *out);

/* A number; without the parameter out stays. False: answered. */
bool ec2_read_number(struct call *c, const char *param, unsigned *out);

void ec2_attach_volume(struct call *c);
void ec2_create_volume(struct call *c);
void ec2_delete_volume(struct call *c);
void ec2_describe_volume_attribute(struct call *c);
void ec2_describe_volume_changes(struct call *c);
void ec2_detach_volume(struct call *c);
void ec2_enable_volume_io(struct call *c);
void ec2_modify_volume(struct call *c);
void ec2_modify_volume_attribute(struct call *c);

#endif
