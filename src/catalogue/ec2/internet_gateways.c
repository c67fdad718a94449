/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = TAG_NAME, .format = FORMAT_NATURAL,
	  .w80 = 20, .w132 = 30, .grow = 1, .keep = true },
	{ .name = "gateway", .title = "Gateway", .path = "internetGatewayId", .w80 = 21, .w132 = 21, .keep = true },
	{ .name = "state", .title = "State", .path = "attachmentSet/item/state", .derive = derive_gateway_state,
	  .format = FORMAT_STATE, .w80 = 11, .w132 = 11, .keep = true },
	{ .name = "vpc", .title = "VPC", .path = "attachmentSet/item/vpcId",
	  .derive = derive_tagged_name, .join = "vpc", .w80 = 21, .w132 = 21 },
	{ .name = "owner", .title = "Owner", .path = "ownerId" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "InternetGatewayIds[]", .wire = "InternetGatewayId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeInternetGateways", .effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters, .paging = EC2_PAGING
};

static const struct join joins[] = {
	VPC_JOIN("attachmentSet/item/vpcId"),
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "VPC", .resource = "vpcs", .enter = true, .arguments = {
		{ .parameter = "VpcIds[0]", .path = "attachmentSet/item/vpcId" } } },
	USED_BY("Routes to it", "routes", "route.gateway-id", "internetGatewayId"),
	USED_BY("Route tables that use it", "route-tables", "route.gateway-id", "internetGatewayId"),
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "internetGatewaySet/item" },
	{ 0 }
};

static const struct parameter create_parameters[] = {
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

static const struct operation create = {
	.name = "CreateInternetGateway", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = create_parameters
};

static const struct parameter attach_parameters[] = {
	{ .path = "InternetGatewayId" },
	{ .path = "VpcId" },
	DRY_RUN,
	{ 0 }
};

static const struct operation attach = {
	.name = "AttachInternetGateway", .effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = attach_parameters
};

static const struct operation detach = {
	.name = "DetachInternetGateway", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = attach_parameters
};

static const struct parameter delete_parameters[] = ONE_ID("InternetGatewayId");

static const struct operation delete = {
	.name = "DeleteInternetGateway", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = delete_parameters
};

static const struct field_list vpc_list = { .resource = "vpcs" };
static const struct argument tagged[] = TAGGED("internet-gateway");

static const struct action_field create_fields[] = {
	TAG_FIELD(tagged),
	{ 0 }
};

static const struct action_field attach_fields[] = {
	{ .name = "vpc", .title = "VPC", .type = FIELD_LIVE, .live = &vpc_list, .parameter = "VpcId",
	  .required = true },
	{ 0 }
};

static const struct row_argument attachment[] = {
	{ "InternetGatewayId", "internetGatewayId" },
	{ "VpcId", "attachmentSet/item/vpcId" },
	{ 0 }
};

static const struct action_note detach_notes[] = {
	{ .path = "attachmentSet/item/vpcId", .text = "{} loses the Internet." },
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New gateway", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &create, .fields = create_fields,
	  .answer = { .made = "internetGateway/internetGatewayId" } },
	{ .name = "attach", .title = "Attach to a VPC", .key = 'a', .kind = EFFECT_CHANGE, .on = ON_ROW,
	  .operation = &attach, .target = "InternetGatewayId", .fields = attach_fields, .undo = "detach" },
	{ .name = "detach", .title = "Detach", .key = 'd', .kind = EFFECT_DISRUPT, .operation = &detach,
	  .row_arguments = attachment, .notes = detach_notes },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete,
	  .target = "InternetGatewayId" },
	{ 0 }
};

static const struct resource internet_gateways = {
	.name = "internet-gateways", .aliases = "igw", .title = "Internet gateways", .one = "internet gateway",
	.list = &describe, .rows = rows, .identity = { "internetGatewayId" }, .label = TAG_NAME,
	.columns = columns, .sort = "name,gateway", .joins = joins, .drills = drills, .actions = actions, .tags = TAGS,
	.account_path = "ownerId", .get = "InternetGatewayIds[]", .id_prefix = "igw-",
	.arn = EC2_ARN("internet-gateway"), .console = VPC_CONSOLE "InternetGateway:internetGatewayId={id}"
};

const struct resource *ec2_internet_gateways(void)
{
	return &internet_gateways;
}
