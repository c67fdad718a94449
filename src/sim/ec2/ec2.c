/* SPDX-License-Identifier: MIT */
#include "sim/ec2/calls.h"
#include "sim/ec2/ec2.h"
#include "sim/ec2/storage.h"
#include "sim/ec2/store.h"
#include "sim/ec2/things.h"

#include <string.h>

#define PAGE "MaxResults NextToken "
#define FILTERS "Filter.N.Name Filter.N.Value.N "

static const struct sim_action actions[] = {
	{ .name = "CreateTags", .run = ec2_create_tags, .write = true,
	  .parameters = "ResourceId.N Tag.N.Key Tag.N.Value" },
	{ .name = "DeleteTags", .run = ec2_delete_tags, .write = true,
	  .parameters = "ResourceId.N Tag.N.Key Tag.N.Value" },
	{ .name = "DescribeAvailabilityZones", .run = ec2_describe_zones,
	  .parameters = FILTERS "ZoneName.N ZoneId.N AllAvailabilityZones" },
	{ .name = "DescribeImages", .run = ec2_describe_images,
	  .parameters = FILTERS PAGE "ImageId.N Owner.N ExecutableBy.N "
		"IncludeDeprecated IncludeDisabled" },
	{ .name = "DescribeInstanceStatus", .run = ec2_describe_instance_status,
	  .parameters = FILTERS PAGE "InstanceId.N IncludeAllInstances" },
	{ .name = "DescribeInstances", .run = ec2_describe_instances,
	  .parameters = FILTERS PAGE "InstanceId.N" },
	{ .name = "DescribeRegions", .run = ec2_describe_regions,
	  .parameters = FILTERS "RegionName.N AllRegions" },
	{ .name = "DescribeSnapshots", .run = ec2_describe_snapshots,
	  .parameters = FILTERS PAGE "SnapshotId.N Owner.N RestorableBy.N" },
	{ .name = "DescribeTags", .run = ec2_describe_tags,
	  .parameters = FILTERS PAGE },
	{ .name = "DescribeVolumeStatus", .run = ec2_describe_volume_status,
	  .parameters = FILTERS PAGE "VolumeId.N" },
	{ .name = "DescribeVolumes", .run = ec2_describe_volumes,
	  .parameters = FILTERS PAGE "VolumeId.N" },
	{ .name = "RebootInstances", .run = ec2_reboot_instances, .write = true,
	  .parameters = "InstanceId.N" },
	{ .name = "StartInstances", .run = ec2_start_instances, .write = true,
	  .parameters = "InstanceId.N AdditionalInfo" },
	{ .name = "StopInstances", .run = ec2_stop_instances, .write = true,
	  .parameters = "InstanceId.N Force Hibernate" },
	{ .name = "TerminateInstances", .run = ec2_terminate_instances, .write = true,
	  .parameters = "InstanceId.N" },
	{ .name = NULL }
};

static const struct sim_action *more(const char *name)
{
	const struct sim_action *action = storage_action(name);

	return action ? action : things_action(name);
}

static const struct sim_service service = {
	.name = "ec2", .style = STYLE_EC2, .version = "2016-11-15",
	.namespace = "http://ec2.amazonaws.com/doc/%s/", .actions = actions,
	.find = service_find_query, .more = more, .run = things_run,
};

const struct sim_service *service_ec2(void)
{
	return &service;
}
