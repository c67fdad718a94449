/* SPDX-License-Identifier: MIT */
/* What people may say to the work that instances have; for their table. */
#ifndef CATALOGUE_EC2_WORK_FIELDS_H
#define CATALOGUE_EC2_WORK_FIELDS_H

#include "catalogue/check.h"
#include "catalogue/field.h"

static const struct field_list work_groups = { .resource = "security-groups", .arguments = {
	{ .parameter = "Filters[0].Name", .value = "vpc-id" },
	{ .parameter = "Filters[0].Values[0]", .path = "vpcId" } } };

static const struct action_field firewall_fields[] = {
	{ .name = "cidr", .title = "Address that may come in", .check = check_cidr,
	  .help = "Empty: our own, as the world sees it (set address-url says who is asked)." },
	{ .name = "port", .title = "Port", .type = FIELD_NUMBER, .low = 1, .high = 65535, .value = "22" },
	{ .name = "group", .title = "Security group", .type = FIELD_LIVE, .live = &work_groups,
	  .path = "groupSet/item/groupId", .help = "One of the instance's." },
	{ .name = "hours", .title = "Taken for a leftover after", .type = FIELD_NUMBER, .low = 1, .high = 8760,
	  .unit = "hours", .value = "8" },
	{ 0 }
};

#define CONVERT_FIELDS \
	{ .name = "image_name", .title = "Name of the image", .required = true, .check = check_image_name, \
	  .help = "No other image of yours may have it." }, \
	{ .name = "size", .title = "Volume", .type = FIELD_NUMBER, .low = 1, .high = 16384, .unit = "GiB", \
	  .value = "10", .help = "No less than the disk that it is copied from." }, \
	{ .name = "description", .title = "Description", .check = check_description }, \
	{ .name = "encrypted", .title = "Encrypted: cannot be shared with everyone", .type = FIELD_SWITCH }, \
	{ .name = "proof", .title = "Launch it as the proof", .type = FIELD_SWITCH, .value = "true" }

static const struct field_list work_subnets = { .resource = "subnets" };

static const struct action_field convert_image_fields[] = {
	CONVERT_FIELDS,
	{ .name = "type", .title = "Type of the instance it is copied on", .required = true,
	  .help = "One of the image's architecture." },
	{ .name = "subnet", .title = "Subnet", .type = FIELD_LIVE, .live = &work_subnets,
	  .help = "Empty: that of the default VPC." },
	{ .name = "key", .title = "Key pair", .help = "To log in with." },
	{ 0 }
};

static const struct action_field convert_fields[] = {
	CONVERT_FIELDS,
	{ 0 }
};

#endif
