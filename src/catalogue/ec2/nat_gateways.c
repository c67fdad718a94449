/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

#define FIRST "natGatewayAddressSet/item/"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = TAG_NAME, .format = FORMAT_NATURAL,
	  .w80 = 14, .w132 = 20, .grow = 1, .keep = true },
	{ .name = "gateway", .title = "Gateway", .path = "natGatewayId", .w80 = 21, .w132 = 21 },
	{ .name = "state", .title = "State", .path = "state", .format = FORMAT_STATE, .w80 = 11, .w132 = 11,
	  .keep = true },
	{ .name = "public_ip", .title = "Public IP", .path = FIRST "publicIp", .format = FORMAT_ADDRESS,
	  .w80 = 15, .w132 = 15 },
	{ .name = "private_ip", .title = "Private IP", .path = FIRST "privateIp", .format = FORMAT_ADDRESS,
	  .w132 = 15 },
	{ .name = "type", .title = "Type", .path = "connectivityType", .w80 = 7, .w132 = 7 },
	{ .name = "age", .title = "Age", .path = "createTime", .format = FORMAT_AGE, .w80 = 5, .w132 = 5 },
	{ .name = "vpc", .title = "VPC", .path = "vpcId",
	  .derive = derive_tagged_name, .join = "vpc", .w132 = 21 },
	{ .name = "subnet", .title = "Subnet", .path = "subnetId" },
	{ .name = "failure", .title = "Failure", .path = "failureMessage" },
	{ .name = "interface", .title = "Interface", .path = FIRST "networkInterfaceId" },
	{ .name = "allocation", .title = "Allocation", .path = FIRST "allocationId" },
	{ .name = "created", .title = "Created", .path = "createTime", .format = FORMAT_TIME },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

/* AWS calls it Filter here alone. */
static const struct parameter parameters[] = {
	{ .path = "Filter[].Name", .wire = "Filter.N.Name" },
	{ .path = "Filter[].Values[]", .wire = "Filter.N.Value.N" },
	{ .path = "NatGatewayIds[]", .wire = "NatGatewayId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeNatGateways", .effect = EFFECT_READ, .repeat = REPEAT_SAFE, .parameters = parameters,
	.paging = EC2_PAGING
};

static const struct join joins[] = {
	VPC_JOIN("vpcId"),
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Routes to it", .resource = "routes", .enter = true, .up = true, .arguments = {
		FILTER_IS("route.nat-gateway-id", "natGatewayId") } },
	DRILL_TO("Subnet", "subnets", "SubnetIds[0]", "subnetId"),
	DRILL_TO("VPC", "vpcs", "VpcIds[0]", "vpcId"),
	DRILL_TO("Address", "addresses", "AllocationIds[0]", FIRST "allocationId"),
	DRILL_TO("Network interface", "network-interfaces", "NetworkInterfaceIds[0]", FIRST "networkInterfaceId"),
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "natGatewaySet/item" },
	{ 0 }
};

static const struct parameter create_parameters[] = {
	{ .path = "SubnetId" },
	{ .path = "AllocationId" },
	{ .path = "ConnectivityType" },
	CLIENT_TOKEN,
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

static const struct operation create = {
	.name = "CreateNatGateway", .effect = EFFECT_CHANGE, .repeat = REPEAT_TOKEN,
	.parameters = create_parameters
};

static const struct parameter delete_parameters[] = ONE_ID("NatGatewayId");

static const struct operation delete = {
	.name = "DeleteNatGateway", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE, .parameters = delete_parameters
};

static const struct field_list subnet_list = { .resource = "subnets" };
static const struct field_list address_list = { .resource = "addresses" };
static const struct argument tagged[] = TAGGED("natgateway");

static const struct action_field create_fields[] = {
	{ .name = "subnet", .title = "Subnet, one that the Internet reaches", .type = FIELD_LIVE,
	  .live = &subnet_list, .parameter = "SubnetId", .path = "subnetId", .required = true },
	{ .name = "type", .title = "For", .type = FIELD_CHOICE, .choices = "public private", .value = "public",
	  .parameter = "ConnectivityType" },
	{ .name = "address", .title = "Elastic address, a free one", .type = FIELD_LIVE, .live = &address_list,
	  .parameter = "AllocationId", .when = "type=public", .required = true },
	TAG_FIELD(tagged),
	{ 0 }
};

static const struct action_note create_notes[] = {
	{ .text = "AWS charges for it by the hour and by the byte." },
	{ 0 }
};

static const struct action_note delete_notes[] = {
	{ .text = "What goes out through it is cut off at once; routes to it become black holes." },
	{ .path = FIRST "publicIp", .text = "Its address {} stays yours, and is charged until released." },
	{ 0 }
};

static const struct drill dependents[] = {
	DRILL_BY("Routes to it", "routes", "route.nat-gateway-id", "natGatewayId"),
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New NAT gateway", .key = 'n', .notes = create_notes,
	  .kind = EFFECT_CHANGE, .on = ON_PLACES, .operation = &create, .fields = create_fields,
	  .answer = { .made = "natGateway/natGatewayId" }, .wait_path = "state", .wait_value = "available",
	  .wait_bad = "failed deleting deleted" },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete,
	  .target = "NatGatewayId", .wait_path = "state", .wait_value = "deleted", .notes = delete_notes,
	  .dependents = dependents },
	{ 0 }
};

static const struct resource nat_gateways = {
	.name = "nat-gateways", .aliases = "nat", .title = "NAT gateways", .one = "NAT gateway",
	.list = &describe, .rows = rows, .identity = { "natGatewayId" }, .label = TAG_NAME,
	.columns = columns, .sort = "name,gateway", .joins = joins, .drills = drills, .actions = actions, .tags = TAGS,
	.get = "NatGatewayIds[]", .id_prefix = "nat-", .arn = EC2_ARN("natgateway"),
	.console = VPC_CONSOLE "NatGatewayDetails:natGatewayId={id}"
};

const struct resource *ec2_nat_gateways(void)
{
	return &nat_gateways;
}
