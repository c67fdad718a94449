/* SPDX-License-Identifier: MIT */
/*
 * Operations of EC2 that several tables read with (each has its own copy).
 */
#ifndef CATALOGUE_EC2_READS_H
#define CATALOGUE_EC2_READS_H

#include "catalogue/ec2/ec2.h"

#define EC2_BY_VOLUME \
	EC2_FILTERS, \
	{ .path = "VolumeIds[]", .wire = "VolumeId.N" }, \
	{ .path = "MaxResults", .type = VALUE_INTEGER }, \
	{ .path = "NextToken" }

static const struct parameter by_volume_parameters[] = {
	EC2_BY_VOLUME,
	{ 0 }
};

static const struct operation describe_volumes = {
	.name = "DescribeVolumes",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = by_volume_parameters,
	.paging = EC2_PAGING
};

static const struct operation describe_volume_status = {
	.name = "DescribeVolumeStatus",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = by_volume_parameters,
	.paging = EC2_PAGING
};

/* 500 is the most it takes. */
static const struct operation describe_volume_changes = {
	.name = "DescribeVolumesModifications",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = by_volume_parameters,
	.paging = { .token_in = "NextToken", .token_out = "nextToken",
		.size = "MaxResults", .size_value = "500" }
};

#define DESCRIBE_CHANGES_ROWS "volumeModificationSet/item"

/* Where volumes that are not there shall not make the whole call fail. */
static const struct argument with_volume_ids[] = {
	{ .path = "Filters[].Name", .value = "volume-id" },
	{ 0 }
};

static const struct parameter instance_status_parameters[] = {
	EC2_FILTERS,
	{ .path = "InstanceIds[]", .wire = "InstanceId.N" },
	{ .path = "IncludeAllInstances", .type = VALUE_BOOLEAN },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe_instance_status = {
	.name = "DescribeInstanceStatus",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = instance_status_parameters,
	.paging = EC2_PAGING
};

#endif
