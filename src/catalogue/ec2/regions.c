/* SPDX-License-Identifier: MIT */
/* Regions and their zones. `regions` itself is a verb of the program. */
#include "catalogue/ec2/ec2.h"

static const struct column region_columns[] = {
	{ .name = "name", .title = "Region", .path = "regionName", .format = FORMAT_NATURAL,
	  .w80 = 16, .w132 = 16, .grow = 1, .keep = true },
	{ .name = "title", .title = "Where", .path = "regionName", .derive = derive_region_title,
	  .w80 = 28, .w132 = 28 },
	{ .name = "state", .title = "State", .path = "optInStatus", .format = FORMAT_STATE,
	  .derive = derive_region_status, .w80 = 10, .w132 = 22, .keep = true },
	{ .name = "endpoint", .title = "Endpoint", .path = "regionEndpoint", .w132 = 40 },
	{ 0 }
};

static const struct parameter region_parameters[] = {
	EC2_FILTERS,
	{ .path = "RegionNames[]", .wire = "RegionName.N" },
	{ .path = "AllRegions", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation describe_regions = {
	.name = "DescribeRegions",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = region_parameters
};

static const struct argument region_arguments[] = {
	{ .path = "AllRegions", .value = "true" },
	{ 0 }
};

static const struct row_kind region_rows[] = {
	{ .path = "regionInfo/item" },
	{ 0 }
};

static const struct drill region_drills[] = {
	{ .title = "Zones", .resource = "zones", .enter = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "region-name" },
		{ .parameter = "Filters[0].Values[0]", .path = "regionName" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct resource regions = {
	.name = "ec2-regions", .aliases = "aws-regions", .title = "Regions", .one = "region",
	.list = &describe_regions, .arguments = region_arguments, .rows = region_rows,
	.identity = { "regionName" }, .columns = region_columns, .sort = "name", .drills = region_drills,
	.region_path = "regionName", .get = "RegionNames[]", .global = true
};

static const struct column zone_columns[] = {
	{ .name = "name", .title = "Zone", .path = "zoneName", .w80 = 20, .w132 = 24, .grow = 1, .keep = true,
	  .zone = true },
	{ .name = "zone_id", .title = "Zone id", .path = "zoneId", .w80 = 16, .w132 = 18 },
	{ .name = "state", .title = "State", .path = "zoneState", .format = FORMAT_STATE,
	  .w80 = 13, .w132 = 13, .keep = true },
	{ .name = "type", .title = "Type", .path = "zoneType", .w80 = 17, .w132 = 17 },
	{ .name = "opt_in", .title = "Opt-in", .path = "optInStatus", .format = FORMAT_STATE,
	  .derive = derive_region_status, .w132 = 22 },
	{ .name = "parent", .title = "Parent", .path = "parentZoneName", .w132 = 15 },
	{ .name = "group", .title = "Group", .path = "groupName" },
	{ .name = "border_group", .title = "Border group", .path = "networkBorderGroup" },
	{ 0 }
};

static const struct parameter zone_parameters[] = {
	EC2_FILTERS,
	{ .path = "ZoneNames[]", .wire = "ZoneName.N" },
	{ .path = "AllAvailabilityZones", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation describe_zones = {
	.name = "DescribeAvailabilityZones",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = zone_parameters
};

static const struct row_kind zone_rows[] = {
	{ .path = "availabilityZoneInfo/item" },
	{ 0 }
};

static const struct drill zone_drills[] = {
	{ .title = "Instances", .resource = "instances", .enter = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "availability-zone" },
		{ .parameter = "Filters[0].Values[0]", .path = "zoneName" } } },
	{ .title = "Volumes", .resource = "volumes", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "availability-zone" },
		{ .parameter = "Filters[0].Values[0]", .path = "zoneName" } } },
	{ .title = "Subnets", .resource = "subnets", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "availability-zone" },
		{ .parameter = "Filters[0].Values[0]", .path = "zoneName" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct resource zones = {
	.name = "zones", .aliases = "availability-zones az", .title = "Availability zones", .one = "zone",
	.list = &describe_zones, .rows = zone_rows,
	.identity = { "zoneName" }, .columns = zone_columns, .sort = "name", .drills = zone_drills,
	.get = "ZoneNames[]"
};

const struct resource *ec2_regions(void)
{
	return &regions;
}

const struct resource *ec2_zones(void)
{
	return &zones;
}
