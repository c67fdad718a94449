/* SPDX-License-Identifier: MIT */
#include "sim/ec2/calls.h"
#include "sim/ec2/ec2.h"
#include "sim/service.h"

#include <string.h>

#define PAGE "MaxResults NextToken "
#define FILTERS "Filter.N.Name Filter.N.Value.N "

static const struct sim_action actions[] = {
	{ "CreateTags", ec2_create_tags, true, "ResourceId.N Tag.N.Key Tag.N.Value" },
	{ "DeleteTags", ec2_delete_tags, true, "ResourceId.N Tag.N.Key Tag.N.Value" },
	{ "DescribeAvailabilityZones", ec2_describe_zones, false, FILTERS "ZoneName.N ZoneId.N AllAvailabilityZones" },
	{ "DescribeImages", ec2_describe_images, false, FILTERS PAGE "ImageId.N Owner.N ExecutableBy.N "
		"IncludeDeprecated IncludeDisabled" },
	{ "DescribeInstanceStatus", ec2_describe_instance_status, false,
		FILTERS PAGE "InstanceId.N IncludeAllInstances" },
	{ "DescribeInstances", ec2_describe_instances, false, FILTERS PAGE "InstanceId.N" },
	{ "DescribeRegions", ec2_describe_regions, false, FILTERS "RegionName.N AllRegions" },
	{ "DescribeSecurityGroups", ec2_describe_groups, false, FILTERS PAGE "GroupId.N GroupName.N" },
	{ "DescribeSnapshots", ec2_describe_snapshots, false, FILTERS PAGE "SnapshotId.N Owner.N RestorableBy.N" },
	{ "DescribeSubnets", ec2_describe_subnets, false, FILTERS PAGE "SubnetId.N" },
	{ "DescribeTags", ec2_describe_tags, false, FILTERS PAGE },
	{ "DescribeVolumeStatus", ec2_describe_volume_status, false, FILTERS PAGE "VolumeId.N" },
	{ "DescribeVolumes", ec2_describe_volumes, false, FILTERS PAGE "VolumeId.N" },
	{ "DescribeVpcs", ec2_describe_vpcs, false, FILTERS PAGE "VpcId.N" },
	{ "RebootInstances", ec2_reboot_instances, true, "InstanceId.N" },
	{ "StartInstances", ec2_start_instances, true, "InstanceId.N AdditionalInfo" },
	{ "StopInstances", ec2_stop_instances, true, "InstanceId.N Force Hibernate" },
	{ "TerminateInstances", ec2_terminate_instances, true, "InstanceId.N" },
	{ .name = NULL }
};

static const struct sim_service service = {
	.name = "ec2", .style = STYLE_EC2, .version = "2016-11-15",
	.namespace = "http://ec2.amazonaws.com/doc/%s/", .actions = actions,
	.find = service_find_query,
};

const struct sim_service *service_ec2(void)
{
	return &service;
}
