/* SPDX-License-Identifier: MIT */
/* An image out of an instance: for the tables of both. */
#ifndef CATALOGUE_EC2_IMAGE_CREATE_H
#define CATALOGUE_EC2_IMAGE_CREATE_H

#include "catalogue/check.h"
#include "catalogue/ec2/ec2.h"

static const struct parameter create_parameters[] = {
	EC2_TAG_SPECIFICATIONS,
	{ .path = "InstanceId" },
	{ .path = "Name" },
	{ .path = "Description" },
	{ .path = "NoReboot", .type = VALUE_BOOLEAN },
	EC2_DRY_RUN,
	{ 0 }
};

/* A second one would be told that the name is taken. */
static const struct operation create_image = {
	.name = "CreateImage",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = create_parameters
};

#define IMAGE_FIELDS \
	{ .name = "name", .title = "Name of the image", .parameter = "Name", .check = check_image_name, \
	  .required = true }, \
	{ .name = "description", .title = "Description", .parameter = "Description", .check = check_description }, \
	{ .name = "no_reboot", .title = "Without a reboot", .type = FIELD_SWITCH, .parameter = "NoReboot", \
	  .value = "false", .raises = EFFECT_DISRUPT, .raises_at = "false", \
	  .help = "The disks are then taken while they are written to: the file system may not be whole." }

#endif
