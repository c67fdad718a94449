/* SPDX-License-Identifier: MIT */
#include "sim/ec2/calls.h"
#include "sim/ec2/ec2.h"
#include "sim/ec2/storage.h"
#include "sim/ec2/store.h"
#include "sim/ec2/things.h"

#include <string.h>

#define PAGE "MaxResults NextToken "
#define FILTERS "Filter.N.Name Filter.N.Value.N "

#define PROFILE "IamInstanceProfile.Arn IamInstanceProfile.Name "
#define DISK "BlockDeviceMapping.N."
#define NIC "NetworkInterface.N."
#define METADATA "HttpTokens HttpPutResponseHopLimit HttpEndpoint " \
	"InstanceMetadataTags"

/* What RunInstances takes. */
#define LAUNCH \
	"ImageId InstanceType MinCount MaxCount KeyName SecurityGroupId.N " \
	"SecurityGroup.N SubnetId Placement.AvailabilityZone UserData " \
	"Monitoring.Enabled DisableApiTermination DisableApiStop " \
	"EbsOptimized InstanceInitiatedShutdownBehavior " \
	"HibernationOptions.Configured " \
	"CreditSpecification.CpuCredits ClientToken " EC2_TAGS PROFILE \
	DISK "DeviceName " DISK "Ebs.VolumeSize " DISK "Ebs.VolumeType " \
	DISK "Ebs.Encrypted " DISK "Ebs.DeleteOnTermination " \
	DISK "Ebs.Iops " \
	NIC "DeviceIndex " NIC "SubnetId " NIC "SecurityGroupId.N " \
	NIC "AssociatePublicIpAddress " \
	"MetadataOptions.HttpTokens MetadataOptions.HttpEndpoint " \
	"MetadataOptions.HttpPutResponseHopLimit " \
	"MetadataOptions.InstanceMetadataTags InstanceMarketOptions.MarketType " \
	"InstanceMarketOptions.SpotOptions.MaxPrice " \
	"InstanceMarketOptions.SpotOptions.SpotInstanceType"

#define ATTRIBUTE \
	"InstanceId Attribute Value InstanceType.Value UserData.Value " \
	"DisableApiTermination.Value DisableApiStop.Value " \
	"SourceDestCheck.Value EbsOptimized.Value GroupId.N " \
	"InstanceInitiatedShutdownBehavior.Value " DISK "DeviceName " \
	DISK "Ebs.DeleteOnTermination"

static const struct sim_action actions[] = {
	{ .name = "AssociateIamInstanceProfile", .run = ec2_associate_profile, .write = true,
	  .parameters = "InstanceId " PROFILE },
	{ .name = "CreateTags", .run = ec2_create_tags, .write = true,
	  .parameters = "ResourceId.N Tag.N.Key Tag.N.Value" },
	{ .name = "DeleteTags", .run = ec2_delete_tags, .write = true,
	  .parameters = "ResourceId.N Tag.N.Key Tag.N.Value" },
	{ .name = "DescribeAvailabilityZones", .run = ec2_describe_zones,
	  .parameters = FILTERS "ZoneName.N ZoneId.N AllAvailabilityZones" },
	{ .name = "DescribeIamInstanceProfileAssociations", .run = ec2_describe_profiles,
	  .parameters = FILTERS PAGE "AssociationId.N" },
	{ .name = "DescribeImages", .run = ec2_describe_images,
	  .parameters = FILTERS PAGE "ImageId.N Owner.N ExecutableBy.N "
		"IncludeDeprecated IncludeDisabled" },
	{ .name = "DescribeInstanceAttribute", .run = ec2_describe_attribute,
	  .parameters = "InstanceId Attribute" },
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
	{ .name = "DisassociateIamInstanceProfile", .run = ec2_disassociate_profile, .write = true,
	  .parameters = "AssociationId" },
	{ .name = "GetConsoleOutput", .run = ec2_get_console_output, .parameters = "InstanceId Latest" },
	{ .name = "GetPasswordData", .run = ec2_get_password_data, .parameters = "InstanceId" },
	{ .name = "ModifyInstanceAttribute", .run = ec2_modify_attribute, .write = true, .parameters = ATTRIBUTE },
	{ .name = "ModifyInstanceMetadataOptions", .run = ec2_modify_metadata, .write = true,
	  .parameters = "InstanceId " METADATA },
	{ .name = "MonitorInstances", .run = ec2_monitor_instances, .write = true, .parameters = "InstanceId.N" },
	{ .name = "RebootInstances", .run = ec2_reboot_instances, .write = true,
	  .parameters = "InstanceId.N" },
	{ .name = "ReplaceIamInstanceProfileAssociation", .run = ec2_replace_profile, .write = true,
	  .parameters = "AssociationId " PROFILE },
	{ .name = "RunInstances", .run = ec2_run_instances, .write = true, .parameters = LAUNCH },
	{ .name = "StartInstances", .run = ec2_start_instances, .write = true,
	  .parameters = "InstanceId.N AdditionalInfo" },
	{ .name = "StopInstances", .run = ec2_stop_instances, .write = true,
	  .parameters = "InstanceId.N Force Hibernate" },
	{ .name = "TerminateInstances", .run = ec2_terminate_instances, .write = true,
	  .parameters = "InstanceId.N" },
	{ .name = "UnmonitorInstances", .run = ec2_unmonitor_instances, .write = true,
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
