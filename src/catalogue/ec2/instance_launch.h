/* SPDX-License-Identifier: MIT */
/* Instances: RunInstances and its form. For instances.c. */
#ifndef CATALOGUE_EC2_INSTANCE_LAUNCH_H
#define CATALOGUE_EC2_INSTANCE_LAUNCH_H

#include "catalogue/check.h"
#include "catalogue/ec2/ec2.h"

#define DISK "BlockDeviceMapping.N."
#define NIC "NetworkInterfaces[]."
#define NIC_WIRE "NetworkInterface.N."
#define SPOT "InstanceMarketOptions.SpotOptions."

static const struct parameter run_parameters[] = {
	{ .path = "ImageId" }, { .path = "InstanceType" },
	{ .path = "MinCount", .type = VALUE_INTEGER }, { .path = "MaxCount", .type = VALUE_INTEGER },
	{ .path = "KeyName" }, { .path = "SubnetId" }, { .path = "Placement.AvailabilityZone" },
	{ .path = "SecurityGroupIds[]", .wire = "SecurityGroupId.N" },
	{ .path = NIC "DeviceIndex", .wire = NIC_WIRE "DeviceIndex", .type = VALUE_INTEGER },
	{ .path = NIC "SubnetId", .wire = NIC_WIRE "SubnetId" },
	{ .path = NIC "Groups[]", .wire = NIC_WIRE "SecurityGroupId.N" },
	{ .path = NIC "AssociatePublicIpAddress", .wire = NIC_WIRE "AssociatePublicIpAddress", .type = VALUE_BOOLEAN },
	{ .path = "BlockDeviceMappings[].DeviceName", .wire = DISK "DeviceName" },
	{ .path = "BlockDeviceMappings[].Ebs.VolumeSize", .wire = DISK "Ebs.VolumeSize", .type = VALUE_INTEGER },
	{ .path = "BlockDeviceMappings[].Ebs.VolumeType", .wire = DISK "Ebs.VolumeType" },
	{ .path = "BlockDeviceMappings[].Ebs.Iops", .wire = DISK "Ebs.Iops", .type = VALUE_INTEGER },
	{ .path = "BlockDeviceMappings[].Ebs.Encrypted", .wire = DISK "Ebs.Encrypted", .type = VALUE_BOOLEAN },
	{ .path = "BlockDeviceMappings[].Ebs.DeleteOnTermination", .wire = DISK "Ebs.DeleteOnTermination",
	  .type = VALUE_BOOLEAN },
	{ .path = "UserData", .type = VALUE_BLOB, .secret = true },
	{ .path = "IamInstanceProfile.Name" },
	{ .path = "Monitoring.Enabled", .type = VALUE_BOOLEAN },
	{ .path = "DisableApiTermination", .type = VALUE_BOOLEAN },
	{ .path = "InstanceInitiatedShutdownBehavior" },
	{ .path = "MetadataOptions.HttpTokens" },
	{ .path = "HibernationOptions.Configured", .type = VALUE_BOOLEAN },
	{ .path = "CreditSpecification.CpuCredits" },
	{ .path = "InstanceMarketOptions.MarketType" }, { .path = SPOT "MaxPrice" },
	{ .path = SPOT "SpotInstanceType" },
	{ .path = "TagSpecifications[].ResourceType", .wire = "TagSpecification.N.ResourceType" },
	{ .path = "TagSpecifications[].Tags[].Key", .wire = "TagSpecification.N.Tag.N.Key" },
	{ .path = "TagSpecifications[].Tags[].Value", .wire = "TagSpecification.N.Tag.N.Value" },
	{ .path = "ClientToken", .token = true },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation run_instances = {
	.name = "RunInstances",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_TOKEN,
	.parameters = run_parameters
};

/* The root device has the image's name for it. */
static const struct parameter root_parameters[] = {
	{ .path = "ImageIds[]", .wire = "ImageId.N" }, { 0 }
};

static const struct operation read_image = {
	.name = "DescribeImages",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = root_parameters
};

#define ROOT_ASKED "root_size|root_type|root_encrypted"

static const struct action_read launch_reads[] = {
	{ .operation = &read_image, .target = "ImageIds[0]", .field = "image", .when = ROOT_ASKED },
	{ 0 }
};

static const struct argument nic_with[] = { { .path = NIC "DeviceIndex", .value = "0" }, { 0 } };
static const struct argument spot_with[] = {
	{ .path = "InstanceMarketOptions.MarketType", .value = "spot" }, { 0 }
};
static const struct argument tags_with[] = {
	{ .path = "TagSpecifications[].ResourceType", .value = "instance" }, { 0 }
};
static const struct argument volume_tags_with[] = {
	{ .path = "TagSpecifications[].ResourceType", .value = "volume", .index = { 1, 0 } }, { 0 }
};

static const struct field_list launch_images = { .resource = "images" };
static const struct field_list launch_keys = { .resource = "key-pairs", .column = "name" };
static const struct field_list launch_types = { .resource = "instance-types", .arguments = {
	{ .parameter = "Filters[0].Name", .value = "processor-info.supported-architecture" },
	{ .parameter = "Filters[0].Values[0]", .path = "architecture" } } };
static const struct field_list launch_zones = { .resource = "zones" };
static const struct field_list launch_subnets = { .resource = "subnets", .arguments = {
	{ .parameter = "Filters[0].Name", .value = "availability-zone" },
	{ .parameter = "Filters[0].Values[0]", .field = "zone" } } };
static const struct field_list vpc_groups = { .resource = "security-groups", .arguments = {
	{ .parameter = "Filters[0].Name", .value = "vpc-id" },
	{ .parameter = "Filters[0].Values[0]", .path = "vpcId" } } };

#define EBS_TYPES "gp3 gp2 io1 io2 st1 sc1 standard"
#define ROOT "BlockDeviceMappings[0]."
#define EXTRA "BlockDeviceMappings[1]."

#include "catalogue/ec2/instance_launch_form.h"

#endif
