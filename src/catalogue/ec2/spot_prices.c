/* SPDX-License-Identifier: MIT */
/*
 * What spot instances cost: now, one row for each zone, type and product;
 * and how that price moved, which AWS keeps for 90 days.
 */
#include "catalogue/ec2/ec2.h"

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "AvailabilityZone" },
	{ .path = "InstanceTypes[]", .wire = "InstanceType.N" },
	{ .path = "ProductDescriptions[]", .wire = "ProductDescription.N" },
	{ .path = "StartTime", .type = VALUE_TIMESTAMP },
	{ .path = "EndTime", .type = VALUE_TIMESTAMP },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe_prices = {
	.name = "DescribeSpotPriceHistory",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters,
	.paging = EC2_PAGING
};

/* From now to now: the prices in effect. */
static const struct argument now[] = {
	{ .path = "StartTime", .value = ARGUMENT_NOW },
	{ .path = "EndTime", .value = ARGUMENT_NOW },
	{ 0 }
};

static const struct column price_columns[] = {
	{ .name = "type", .title = "Type", .path = "instanceType", .format = FORMAT_NATURAL,
	  .w80 = 16, .w132 = 20, .grow = 1, .keep = true },
	{ .name = "zone", .title = "Zone", .path = "availabilityZone", .w80 = 15, .w132 = 15, .zone = true },
	{ .name = "price", .title = "$/hour", .path = "spotPrice", .format = FORMAT_MONEY, .w80 = 9, .w132 = 9,
	  .keep = true },
	{ .name = "product", .title = "Product", .path = "productDescription", .w80 = 24, .w132 = 24 },
	{ .name = "since", .title = "Since", .path = "timestamp", .format = FORMAT_AGE, .w80 = 5, .w132 = 5 },
	{ .name = "time", .title = "Time", .path = "timestamp", .format = FORMAT_TIME },
	{ 0 }
};

static const struct drill price_drills[] = {
	{ .title = "How it moved", .resource = "spot-price-history", .enter = true, .arguments = {
		{ .parameter = "AvailabilityZone", .path = "availabilityZone" },
		{ .parameter = "InstanceTypes[0]", .path = "instanceType" },
		{ .parameter = "ProductDescriptions[0]", .path = "productDescription" } } },
	{ .title = "The same type in other zones", .resource = "spot-prices", .arguments = {
		{ .parameter = "InstanceTypes[0]", .path = "instanceType" } } },
	{ .title = "Instance type", .resource = "instance-types", .arguments = {
		{ .parameter = "InstanceTypes[0]", .path = "instanceType" } } },
	{ .title = "Instances of this type", .resource = "instances", .up = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "instance-type" },
		{ .parameter = "Filters[0].Values[0]", .path = "instanceType" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "spotPriceHistorySet/item" },
	{ 0 }
};

static const struct resource spot_prices = {
	.name = "spot-prices", .aliases = "sp", .title = "Spot prices", .one = "spot price",
	.list = &describe_prices, .arguments = now, .rows = rows,
	.identity = { "instanceType", "availabilityZone", "productDescription" },
	.columns = price_columns, .sort = "type,zone,product", .drills = price_drills
};

static const struct column history_columns[] = {
	{ .name = "time", .title = "Time", .path = "timestamp", .format = FORMAT_TIME, .w80 = 19, .w132 = 19,
	  .keep = true },
	{ .name = "price", .title = "$/hour", .path = "spotPrice", .format = FORMAT_MONEY, .w80 = 9, .w132 = 9,
	  .keep = true },
	{ .name = "type", .title = "Type", .path = "instanceType", .format = FORMAT_NATURAL,
	  .w80 = 13, .w132 = 20, .grow = 1 },
	{ .name = "zone", .title = "Zone", .path = "availabilityZone", .w80 = 15, .w132 = 15, .zone = true },
	{ .name = "product", .title = "Product", .path = "productDescription", .w80 = 18, .w132 = 24 },
	{ .name = "age", .title = "Age", .path = "timestamp", .format = FORMAT_AGE, .w132 = 5 },
	{ 0 }
};

static const struct drill history_drills[] = {
	{ .title = "Document", .enter = true },
	{ .title = "Prices now", .resource = "spot-prices", .up = true, .arguments = {
		{ .parameter = "InstanceTypes[0]", .path = "instanceType" } } },
	{ 0 }
};

static const struct resource spot_price_history = {
	.name = "spot-price-history", .aliases = "sph", .title = "Spot price history", .one = "spot price",
	.list = &describe_prices, .rows = rows,
	.identity = { "instanceType", "availabilityZone", "productDescription", "timestamp" },
	.columns = history_columns, .sort = "-time,type,zone", .drills = history_drills
};

const struct resource *ec2_spot_prices(void)
{
	return &spot_prices;
}

const struct resource *ec2_spot_price_history(void)
{
	return &spot_price_history;
}
