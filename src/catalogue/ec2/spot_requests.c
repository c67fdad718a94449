/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

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

#define SPEC "LaunchSpecification."

static const struct parameter request_parameters[] = {
	{ .path = "ClientToken", .token = true },
	{ .path = "SpotPrice" },
	{ .path = "InstanceCount", .type = VALUE_INTEGER },
	{ .path = "Type" },
	{ .path = "ValidUntil", .type = VALUE_TIMESTAMP },
	{ .path = "InstanceInterruptionBehavior" },
	{ .path = SPEC "ImageId" },
	{ .path = SPEC "InstanceType" },
	{ .path = SPEC "KeyName" },
	{ .path = SPEC "SubnetId" },
	{ .path = SPEC "SecurityGroupIds[]", .wire = SPEC "SecurityGroupId.N" },
	{ .path = SPEC "Placement.AvailabilityZone" },
	{ .path = SPEC "IamInstanceProfile.Name" },
	{ .path = SPEC "Monitoring.Enabled", .type = VALUE_BOOLEAN },
	TAG_PARAMETERS,
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation request_spot = {
	.name = "RequestSpotInstances",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_TOKEN,
	.parameters = request_parameters
};

static const struct parameter cancel_parameters[] = {
	{ .path = "SpotInstanceRequestIds[]", .wire = "SpotInstanceRequestId.N" },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation cancel_spot = {
	.name = "CancelSpotInstanceRequests",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = cancel_parameters
};

static const struct argument tags_of_request[] = TAGGED("spot-instances-request");

static const struct field_list types = { .resource = "instance-types" };
static const struct field_list images = { .resource = "images" };
static const struct field_list keys = { .resource = "key-pairs", .column = "name" };
static const struct field_list zones = { .resource = "zones" };

static const struct action_field request_fields[] = {
	{ .name = "type", .title = "Instance type", .type = FIELD_LIVE, .live = &types,
	  .parameter = SPEC "InstanceType", .path = LAUNCH "instanceType", .required = true },
	{ .name = "image", .title = "Image", .type = FIELD_LIVE, .live = &images, .parameter = SPEC "ImageId",
	  .path = LAUNCH "imageId", .required = true, .help = "Yours are listed; any id may be typed." },
	{ .name = "price", .title = "At most", .parameter = "SpotPrice", .check = check_price, .unit = "$/h",
	  .help = "An hour, each. Without it: at most the price on demand." },
	{ .name = "count", .title = "How many", .type = FIELD_NUMBER, .parameter = "InstanceCount", .low = 1,
	  .high = 100, .value = "1" },
	{ .name = "kind", .title = "Kind", .type = FIELD_CHOICE, .parameter = "Type", .path = "type",
	  .choices = "one-time persistent", .value = "one-time",
	  .help = "persistent: asked for again after each interruption, until it is cancelled." },
	{ .name = "key", .title = "Key pair", .type = FIELD_LIVE, .live = &keys, .parameter = SPEC "KeyName",
	  .path = LAUNCH "keyName" },
	{ .name = "zone", .title = "Zone", .type = FIELD_LIVE, .live = &zones,
	  .parameter = SPEC "Placement.AvailabilityZone", .path = LAUNCH "placement/availabilityZone",
	  .help = "Without it: wherever there is one." },
	{ .name = "subnet", .title = "Subnet", .parameter = SPEC "SubnetId", .path = LAUNCH "subnetId" },
	{ .name = "groups", .title = "Security groups", .parameter = SPEC "SecurityGroupIds[]",
	  .path = LAUNCH "groupSet/item/groupId", .help = "By id. Without it: the default one." },
	{ .name = "role", .title = "Role", .parameter = SPEC "IamInstanceProfile.Name",
	  .path = LAUNCH "iamInstanceProfile/name", .help = "An instance profile, by name." },
	{ .name = "monitoring", .title = "Detailed monitoring", .type = FIELD_SWITCH,
	  .parameter = SPEC "Monitoring.Enabled", .help = "Metrics by the minute; they cost extra." },
	{ .name = "until", .title = "Valid until", .parameter = "ValidUntil", .check = check_time,
	  .when = "kind=persistent", .help = "As in 2026-12-01T18:00:00Z, or \"in 2d\"." },
	{ .name = "interrupted", .title = "When interrupted", .type = FIELD_CHOICE,
	  .parameter = "InstanceInterruptionBehavior", .choices = "terminate stop hibernate",
	  .when = "kind=persistent" },
	TAG_FIELD(tags_of_request),
	{ 0 }
};

static const struct action_note request_notes[] = {
	{ .text = "What it launches costs up to that price an hour, each, from then on" },
	{ .field = "kind=persistent", .text = "It launches again after each interruption, until it is cancelled" },
	{ 0 }
};

static const struct action_note cancel_notes[] = {
	{ .path = "instanceId", .text = "{} goes on running and costs: terminate it by itself" },
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "Request spot instances", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &request_spot, .fields = request_fields, .notes = request_notes,
	  .answer = { .made = "spotInstanceRequestSet/item/spotInstanceRequestId" } },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "cancel", .title = "Cancel", .key = 'x', .kind = EFFECT_CHANGE, .operation = &cancel_spot,
	  .target = "SpotInstanceRequestIds[]", .batch = 100, .where = "state=open active",
	  .answer = { .rows = "spotInstanceRequestSet/item", .id = "spotInstanceRequestId", .state = "state" },
	  .wait_path = "state", .wait_value = "cancelled", .notes = cancel_notes },
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
	.columns = columns, .sort = "state,request", .drills = drills, .actions = actions,
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
