/* SPDX-License-Identifier: MIT */
#include "aws/region.h"

#include <string.h>

enum {
	AWS, CHINA, GOVCLOUD, EUROPE, ISO, ISO_B, ISO_E, ISO_F, PARTITIONS
};

static const struct partition partitions[PARTITIONS] = {
	[AWS] = { "aws", "amazonaws.com", "api.aws", "us-east-1", "console.aws.amazon.com" },
	[CHINA] = { "aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1",
		"console.amazonaws.cn" },
	[GOVCLOUD] = { "aws-us-gov", "amazonaws.com", "api.aws", "us-gov-west-1", "console.amazonaws-us-gov.com" },
	[EUROPE] = { "aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1",
		"console.amazonaws-eusc.eu" },
	[ISO] = { "aws-iso", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1", "console.c2shome.ic.gov" },
	[ISO_B] = { "aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1", "console.sc2shome.sgov.gov" },
	[ISO_E] = { "aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1",
		"console.csphome.adc-e.uk" },
	[ISO_F] = { "aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1",
		"console.csphome.hci.ic.gov" },
};

static const struct {
	const char *start;
	const struct partition *partition;
} patterns[] = {
	{ "cn-", &partitions[CHINA] },
	{ "us-gov-", &partitions[GOVCLOUD] },
	{ "eusc-", &partitions[EUROPE] },
	{ "us-iso-", &partitions[ISO] },
	{ "us-isob-", &partitions[ISO_B] },
	{ "eu-isoe-", &partitions[ISO_E] },
	{ "us-isof-", &partitions[ISO_F] },
};

/* In the order of AWS's own list: by part of the world, then by title. */
static const struct region regions[] = {
	{ "us-east-1", "US East (N. Virginia)", &partitions[AWS], false },
	{ "us-east-2", "US East (Ohio)", &partitions[AWS], false },
	{ "us-west-1", "US West (N. California)", &partitions[AWS], false },
	{ "us-west-2", "US West (Oregon)", &partitions[AWS], false },
	{ "af-south-1", "Africa (Cape Town)", &partitions[AWS], true },
	{ "ap-east-1", "Asia Pacific (Hong Kong)", &partitions[AWS], true },
	{ "ap-south-2", "Asia Pacific (Hyderabad)", &partitions[AWS], true },
	{ "ap-southeast-3", "Asia Pacific (Jakarta)", &partitions[AWS], true },
	{ "ap-southeast-5", "Asia Pacific (Malaysia)", &partitions[AWS], true },
	{ "ap-southeast-4", "Asia Pacific (Melbourne)", &partitions[AWS], true },
	{ "ap-south-1", "Asia Pacific (Mumbai)", &partitions[AWS], false },
	{ "ap-southeast-6", "Asia Pacific (New Zealand)", &partitions[AWS], true },
	{ "ap-northeast-3", "Asia Pacific (Osaka)", &partitions[AWS], false },
	{ "ap-northeast-2", "Asia Pacific (Seoul)", &partitions[AWS], false },
	{ "ap-southeast-1", "Asia Pacific (Singapore)", &partitions[AWS], false },
	{ "ap-southeast-2", "Asia Pacific (Sydney)", &partitions[AWS], false },
	{ "ap-east-2", "Asia Pacific (Taipei)", &partitions[AWS], true },
	{ "ap-southeast-7", "Asia Pacific (Thailand)", &partitions[AWS], true },
	{ "ap-northeast-1", "Asia Pacific (Tokyo)", &partitions[AWS], false },
	{ "ca-central-1", "Canada (Central)", &partitions[AWS], false },
	{ "ca-west-1", "Canada West (Calgary)", &partitions[AWS], true },
	{ "eu-central-1", "Europe (Frankfurt)", &partitions[AWS], false },
	{ "eu-west-1", "Europe (Ireland)", &partitions[AWS], false },
	{ "eu-west-2", "Europe (London)", &partitions[AWS], false },
	{ "eu-south-1", "Europe (Milan)", &partitions[AWS], true },
	{ "eu-west-3", "Europe (Paris)", &partitions[AWS], false },
	{ "eu-south-2", "Europe (Spain)", &partitions[AWS], true },
	{ "eu-north-1", "Europe (Stockholm)", &partitions[AWS], false },
	{ "eu-central-2", "Europe (Zurich)", &partitions[AWS], true },
	{ "il-central-1", "Israel (Tel Aviv)", &partitions[AWS], true },
	{ "mx-central-1", "Mexico (Central)", &partitions[AWS], true },
	{ "me-south-1", "Middle East (Bahrain)", &partitions[AWS], true },
	{ "me-central-1", "Middle East (UAE)", &partitions[AWS], true },
	{ "sa-east-1", "South America (Sao Paulo)", &partitions[AWS], false },
	{ "cn-north-1", "China (Beijing)", &partitions[CHINA], false },
	{ "cn-northwest-1", "China (Ningxia)", &partitions[CHINA], false },
	{ "us-gov-east-1", "AWS GovCloud (US-East)", &partitions[GOVCLOUD], false },
	{ "us-gov-west-1", "AWS GovCloud (US-West)", &partitions[GOVCLOUD], false },
	{ "eusc-de-east-1", "AWS European Sovereign Cloud (Germany)", &partitions[EUROPE], false },
	{ "us-iso-east-1", "US ISO East", &partitions[ISO], false },
	{ "us-iso-west-1", "US ISO West", &partitions[ISO], false },
	{ "us-isob-east-1", "US ISOB East (Ohio)", &partitions[ISO_B], false },
	{ "us-isob-west-1", "US ISOB West", &partitions[ISO_B], false },
	{ "eu-isoe-west-1", "EU ISOE West", &partitions[ISO_E], false },
	{ "us-isof-east-1", "US ISOF East", &partitions[ISO_F], false },
	{ "us-isof-south-1", "US ISOF South", &partitions[ISO_F], false },
};

const struct region *region_list(size_t *count)
{
	*count = sizeof(regions) / sizeof(*regions);
	return regions;
}

const struct region *region_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(regions) / sizeof(*regions); i++)
		if (strcmp(regions[i].name, name) == 0)
			return &regions[i];
	return NULL;
}

const struct partition *region_partition(const char *region)
{
	size_t i;

	for (i = 0; i < sizeof(patterns) / sizeof(*patterns); i++)
		if (strncmp(region, patterns[i].start,
				strlen(patterns[i].start)) == 0)
			return patterns[i].partition;
	return &partitions[AWS];
}

const struct partition *partition_find(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < PARTITIONS; i++)
		if (strlen(partitions[i].name) == len &&
				memcmp(partitions[i].name, name, len) == 0)
			return &partitions[i];
	return NULL;
}

bool region_valid(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
	size_t len = strlen(name);

	return len && len < 64 && strspn(name, letters) == len &&
		name[0] != '-' && name[len - 1] != '-';
}
