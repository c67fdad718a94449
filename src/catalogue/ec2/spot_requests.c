/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/ec2.h"

#define LAUNCH "launchSpecification/"

static const struct column columns[] = {
	{ .name = "request", .title = "Request", .path = "spotInstanceRequestId", .w80 = 12, .w132 = 12, .grow = 1,
	  .keep = true },
	{ .name = "state", .title = "State", .path = "state", .format = FORMAT_STATE,
	  .w80 = 11, .w132 = 11, .keep = true },
	{ .name = "type", .title = "Type", .path = LAUNCH "instanceType", .format = FORMAT_NATURAL,
	  .w80 = 13, .w132 = 13 },
	{ .name = "price", .title = "Most", .path = "spotPrice", .format = FORMAT_MONEY, .w80 = 8, .w132 = 8 },
	{ .name = "status", .title = "Status", .path = "status/code", .w132 = 22 },
	{ .name = "kind", .title = "Kind", .path = "type", .w132 = 10 },
	{ .name = "instance", .title = "Instance", .path = "instanceId", .w80 = 19, .w132 = 19 },
	{ .name = "zone", .title = "Zone", .path = "launchedAvailabilityZone|" LAUNCH "placement/availabilityZone",
	  .w132 = 15, .wmany = 15, .zone = true },
	{ .name = "age", .title = "Age", .path = "createTime", .format = FORMAT_AGE, .w80 = 5, .w132 = 5 },
	{ .name = "name", .title = "Name", .path = "tagSet/[key=Name]/value", .format = FORMAT_NATURAL },
	{ .name = "image", .title = "Image", .path = LAUNCH "imageId" },
	{ .name = "key", .title = "Key", .path = LAUNCH "keyName" },
	{ .name = "product", .title = "Product", .path = "productDescription" },
	{ .name = "message", .title = "Message", .path = "fault/message|status/message" },
	{ .name = "updated", .title = "Updated", .path = "status/updateTime", .format = FORMAT_AGE },
	{ .name = "until", .title = "Until", .path = "validUntil", .format = FORMAT_AGE },
	{ .name = "interruption", .title = "Interruption", .path = "instanceInterruptionBehavior" },
	{ .name = "created", .title = "Created", .path = "createTime", .format = FORMAT_TIME },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "SpotInstanceRequestIds[]", .wire = "SpotInstanceRequestId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe_spot_requests = {
	.name = "DescribeSpotInstanceRequests",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters,
	.paging = EC2_PAGING
};

static const struct drill drills[] = {
	{ .title = "Instance", .resource = "instances", .enter = true, .arguments = {
		{ .parameter = "InstanceIds[0]", .path = "instanceId" } } },
	{ .title = "Instances it launched", .resource = "instances", .up = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "spot-instance-request-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "spotInstanceRequestId" } } },
	{ .title = "Prices of its type", .resource = "spot-prices", .arguments = {
		{ .parameter = "InstanceTypes[0]", .path = LAUNCH "instanceType" } } },
	{ .title = "Image", .resource = "images", .arguments = {
		{ .parameter = "ImageIds[0]", .path = LAUNCH "imageId" } } },
	{ .title = "Key pair", .resource = "key-pairs", .arguments = {
		{ .parameter = "KeyNames[0]", .path = LAUNCH "keyName" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "spotInstanceRequestSet/item" },
	{ 0 }
};

static const struct resource spot_requests = {
	.name = "spot-requests", .aliases = "sir", .title = "Spot requests", .one = "spot request",
	.list = &describe_spot_requests, .rows = rows,
	.identity = { "spotInstanceRequestId" }, .label = "tagSet/[key=Name]/value",
	.columns = columns, .sort = "state,request", .drills = drills,
	.tags = { "tagSet/item", "key", "value" },
	.get = "SpotInstanceRequestIds[]", .id_prefix = "sir-",
	.arn = "arn:{partition}:ec2:{region}:{account}:spot-instances-request/{id}",
	.console = EC2_CONSOLE "SpotInstancesDetails:id={id}",
	.refresh = 60
};

const struct resource *ec2_spot_requests(void)
{
	return &spot_requests;
}
