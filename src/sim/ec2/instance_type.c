/* SPDX-License-Identifier: MIT */
/* Instance types: the same in every region, each called by its name. */
#include "sim/ec2/kinds.h"
#include "sim/ec2/market.h"
#include "sim/ec2/things.h"

#include <stdio.h>
#include <string.h>

static void make_id(const struct world *w, uint64_t index,
	char out[EC2_ID_MOST])
{
	(void)w;
	snprintf(out, EC2_ID_MOST, "%s", market_type_at((size_t)index)->name);
}

static const char *truth(bool value)
{
	return value ? "true" : "false";
}

static void set_processor(struct thing *t, const struct market_type *type)
{
	unsigned threads = type->vcpus / type->cores;

	thing_set(t, "processorInfo/supportedArchitectures/1", "%s",
		type->arm ? "arm64" : "x86_64");
	thing_set(t, "processorInfo/sustainedClockSpeedInGhz",
		type->arm ? "2.5" : type->nitro ? "3.5" : "2.5");
	thing_set(t, "vCpuInfo/defaultVCpus", "%u", type->vcpus);
	thing_set(t, "vCpuInfo/defaultCores", "%u", type->cores);
	thing_set(t, "vCpuInfo/defaultThreadsPerCore", "%u", threads);
	thing_set(t, "memoryInfo/sizeInMiB", "%u", type->mib);
}

static void set_ebs(struct thing *t, const struct market_type *type)
{
#define EBS "ebsInfo/ebsOptimizedInfo/"
	thing_set(t, "ebsInfo/ebsOptimizedSupport", type->ebs_mbps ?
		"default" : "unsupported");
	thing_set(t, "ebsInfo/encryptionSupport", "supported");
	thing_set(t, "ebsInfo/nvmeSupport", type->nitro ? "required" :
		"unsupported");
	if (!type->ebs_mbps)
		return;
	thing_set(t, EBS "baselineBandwidthInMbps", "%u",
		type->vcpus > 16 ? type->ebs_mbps : type->ebs_mbps / 8);
	thing_set(t, EBS "maximumBandwidthInMbps", "%u", type->ebs_mbps);
	thing_set(t, EBS "maximumIops", "%u", type->ebs_iops);
}

static void set_network(struct thing *t, const struct market_type *type)
{
	unsigned interfaces = type->vcpus < 4 ? 3 : type->vcpus < 16 ? 4 : 8;

	thing_set(t, "networkInfo/networkPerformance", "%s", type->network);
	thing_set(t, "networkInfo/maximumNetworkInterfaces", "%u",
		interfaces);
	thing_set(t, "networkInfo/ipv4AddressesPerInterface", "%u",
		interfaces * 4);
	thing_set(t, "networkInfo/ipv6Supported", "true");
	thing_set(t, "networkInfo/enaSupport", type->nitro ? "required" :
		"unsupported");
}

static void set_extras(struct thing *t, const struct market_type *type)
{
	thing_set(t, "instanceStorageSupported", "%s",
		truth(type->disk_gb > 0));
	if (type->disk_gb)
		thing_set(t, "instanceStorageInfo/totalSizeInGB", "%u",
			type->disk_gb);
	if (type->gpu) {
		thing_set(t, "gpuInfo/gpus/1/name", "%s", type->gpu);
		thing_set(t, "gpuInfo/gpus/1/manufacturer", "NVIDIA");
		thing_set(t, "gpuInfo/gpus/1/count", "%u", type->gpus);
		thing_set(t, "gpuInfo/gpus/1/memoryInfo/sizeInMiB", "%u",
			type->gpu_mib);
	}
	thing_set(t, "hibernationSupported", "%s", truth(!type->gpu));
	thing_set(t, "burstablePerformanceSupported", "%s",
		truth(type->burstable));
	thing_set(t, "dedicatedHostsSupported", "%s",
		truth(!type->burstable));
	thing_set(t, "supportedBootModes/1", type->arm ? "uefi" :
		"legacy-bios");
	if (!type->arm && type->nitro)
		thing_set(t, "supportedBootModes/2", "uefi");
}

static void seed(struct world *w)
{
	for (size_t n = 0; n < market_types(); n++) {
		const struct market_type *type = market_type_at(n);
		struct thing *t = things_born(w, instance_type_kind(),
			w->born);
		bool small = str_eq(type->name, "t2.micro") ||
			str_eq(type->name, "t3.micro");

		thing_set(t, "currentGeneration", "%s",
			truth(type->nitro || type->burstable));
		thing_set(t, "freeTierEligible", "%s", truth(small));
		thing_set(t, "supportedUsageClasses/1", "on-demand");
		thing_set(t, "supportedUsageClasses/2", "spot");
		thing_set(t, "supportedRootDeviceTypes/1", "ebs");
		thing_set(t, "supportedVirtualizationTypes/1", "hvm");
		thing_set(t, "bareMetal", "false");
		thing_set(t, "hypervisor", type->nitro ? "nitro" : "xen");
		set_processor(t, type);
		set_ebs(t, type);
		set_network(t, type);
		set_extras(t, type);
	}
}

static const struct thing_member members[] = {
	{ "instanceType", "instance-type", FROM_ID, NULL, NULL },
	{ "currentGeneration", "current-generation", FROM_NOTHING, NULL, NULL },
	{ "freeTierEligible", "free-tier-eligible", FROM_NOTHING, NULL, NULL },
	{ "supportedUsageClasses/N", "supported-usage-class", FROM_NOTHING, NULL, NULL },
	{ "supportedRootDeviceTypes/N", "supported-root-device-type", FROM_NOTHING, NULL, NULL },
	{ "supportedVirtualizationTypes/N", "supported-virtualization-type", FROM_NOTHING, NULL, NULL },
	{ "supportedBootModes/N", "supported-boot-mode", FROM_NOTHING, NULL, NULL },
	{ "bareMetal", "bare-metal", FROM_NOTHING, NULL, NULL },
	{ "hypervisor", "hypervisor", FROM_NOTHING, NULL, NULL },
	{ "processorInfo/supportedArchitectures/N", "processor-info.supported-architecture",
	  FROM_NOTHING, NULL, NULL },
	{ "vCpuInfo/defaultVCpus", "vcpu-info.default-vcpus", FROM_NOTHING, NULL, NULL },
	{ "vCpuInfo/defaultCores", "vcpu-info.default-cores", FROM_NOTHING, NULL, NULL },
	{ "memoryInfo/sizeInMiB", "memory-info.size-in-mib", FROM_NOTHING, NULL, NULL },
	{ "instanceStorageSupported", "instance-storage-supported", FROM_NOTHING, NULL, NULL },
	{ "hibernationSupported", "hibernation-supported", FROM_NOTHING, NULL, NULL },
	{ "burstablePerformanceSupported", "burstable-performance-supported", FROM_NOTHING, NULL, NULL },
	{ "ebsInfo/ebsOptimizedSupport", "ebs-info.ebs-optimized-support", FROM_NOTHING, NULL, NULL },
	{ "networkInfo/networkPerformance", "network-info.network-performance", FROM_NOTHING, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "DescribeInstanceTypes", .run = things_describe,
	  .parameters = EC2_FILTERS EC2_PAGE "InstanceType.N" },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "instanceTypeSet", .id_param = "InstanceType", .id_name = "instance type", .prefix = "",
		.not_found = "InvalidInstanceType", .page_most = 100, .stored = true },
	.describe = "DescribeInstanceTypes", .members = members, .actions = actions, .seed = seed,
	.make_id = make_id,
};

const struct thing_kind *instance_type_kind(void)
{
	return &kind;
}
