/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/ec2.h"

static const struct column columns[] = {
	{ .name = "type", .title = "Type", .path = "instanceType", .format = FORMAT_NATURAL,
	  .w80 = 17, .w132 = 20, .grow = 1, .keep = true },
	{ .name = "vcpu", .title = "vCPU", .path = "vCpuInfo/defaultVCpus", .format = FORMAT_NUMBER,
	  .w80 = 4, .w132 = 4, .keep = true },
	{ .name = "gib", .title = "GiB", .path = "memoryInfo/sizeInMiB", .derive = derive_type_memory,
	  .format = FORMAT_NUMBER, .w80 = 6, .w132 = 6, .keep = true },
	{ .name = "architecture", .title = "Arch", .path = "processorInfo/supportedArchitectures/item",
	  .w80 = 6, .w132 = 10 },
	{ .name = "network", .title = "Network", .path = "networkInfo/networkPerformance", .format = FORMAT_NATURAL,
	  .w80 = 19, .w132 = 19 },
	{ .name = "ebs", .title = "EBS Mb/s", .path = "ebsInfo/ebsOptimizedInfo/maximumBandwidthInMbps",
	  .format = FORMAT_NUMBER, .w80 = 8, .w132 = 8 },
	{ .name = "gpu", .title = "GPU", .path = "gpuInfo/gpus/item/name", .w80 = 5, .w132 = 10 },
	{ .name = "disk", .title = "Disk GB", .path = "instanceStorageInfo/totalSizeInGB", .format = FORMAT_NUMBER,
	  .w132 = 7 },
	{ .name = "ghz", .title = "GHz", .path = "processorInfo/sustainedClockSpeedInGhz", .w132 = 4 },
	{ .name = "cores", .title = "Cores", .path = "vCpuInfo/defaultCores", .format = FORMAT_NUMBER, .w132 = 5 },
	{ .name = "hypervisor", .title = "Hyperv.", .path = "hypervisor", .w132 = 7 },
	{ .name = "current", .title = "Current", .path = "currentGeneration", .format = FORMAT_BOOL, .w132 = 7 },
	{ .name = "burstable", .title = "Burst", .path = "burstablePerformanceSupported", .format = FORMAT_BOOL },
	{ .name = "bare_metal", .title = "Metal", .path = "bareMetal", .format = FORMAT_BOOL },
	{ .name = "free_tier", .title = "Free", .path = "freeTierEligible", .format = FORMAT_BOOL },
	{ .name = "usage", .title = "Usage", .path = "supportedUsageClasses/item" },
	{ .name = "interfaces", .title = "Interfaces", .path = "networkInfo/maximumNetworkInterfaces",
	  .format = FORMAT_NUMBER },
	{ .name = "addresses", .title = "IPs/interface", .path = "networkInfo/ipv4AddressesPerInterface",
	  .format = FORMAT_NUMBER },
	{ .name = "ebs_iops", .title = "EBS IOPS", .path = "ebsInfo/ebsOptimizedInfo/maximumIops",
	  .format = FORMAT_NUMBER },
	{ .name = "ebs_baseline", .title = "EBS base Mb/s",
	  .path = "ebsInfo/ebsOptimizedInfo/baselineBandwidthInMbps", .format = FORMAT_NUMBER },
	{ .name = "hibernation", .title = "Hibernates", .path = "hibernationSupported", .format = FORMAT_BOOL },
	{ .name = "boot", .title = "Boot", .path = "supportedBootModes/item" },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "InstanceTypes[]", .wire = "InstanceType.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe_instance_types = {
	.name = "DescribeInstanceTypes",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters,
	.paging = { .token_in = "NextToken", .token_out = "nextToken",
		.size = "MaxResults", .size_value = "100" }
};

static const struct drill drills[] = {
	{ .title = "Document", .enter = true },
	{ .title = "Instances of this type", .resource = "instances", .up = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "instance-type" },
		{ .parameter = "Filters[0].Values[0]", .path = "instanceType" } } },
	{ .title = "Reservations of this type", .resource = "reserved-instances", .up = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "instance-type" },
		{ .parameter = "Filters[0].Values[0]", .path = "instanceType" } } },
	{ .title = "Spot prices", .resource = "spot-prices", .arguments = {
		{ .parameter = "InstanceTypes[0]", .path = "instanceType" } } },
	{ .title = "Reserved offerings", .resource = "reserved-offerings", .arguments = {
		{ .parameter = "InstanceType", .path = "instanceType" } } },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "instanceTypeSet/item" },
	{ 0 }
};

static const struct resource instance_types = {
	.name = "instance-types", .aliases = "types", .title = "Instance types", .one = "instance type",
	.list = &describe_instance_types, .rows = rows,
	.identity = { "instanceType" }, .columns = columns, .sort = "type", .drills = drills,
	.get = "InstanceTypes[]",
	.console = EC2_CONSOLE "InstanceTypeDetails:instanceType={id}"
};

const struct resource *ec2_instance_types(void)
{
	return &instance_types;
}
