/* SPDX-License-Identifier: MIT */
/* One row a route. */
#include "catalogue/ec2/tables_of_routes.h"

#define DESTINATION "destinationCidrBlock|destinationIpv6CidrBlock|destinationPrefixListId"
#define TARGET "gatewayId|natGatewayId|transitGatewayId|vpcPeeringConnectionId|networkInterfaceId|instanceId|" \
	"egressOnlyInternetGatewayId|carrierGatewayId|localGatewayId|coreNetworkArn"

static const struct column columns[] = {
	{ .name = "name", .title = "Table", .path = "../../" TAG_NAME, .format = FORMAT_NATURAL,
	  .w80 = 14, .w132 = 22, .grow = 1, .keep = true },
	{ .name = "destination", .title = "Destination", .path = DESTINATION, .format = FORMAT_ADDRESS,
	  .w80 = 18, .w132 = 24, .keep = true },
	{ .name = "target", .title = "Target", .path = TARGET, .w80 = 21, .w132 = 23 },
	{ .name = "state", .title = "State", .path = "state", .format = FORMAT_STATE, .w80 = 11, .w132 = 11,
	  .keep = true },
	{ .name = "origin", .title = "Origin", .path = "origin", .w80 = 9, .w132 = 16 },
	{ .name = "table", .title = "Route table", .path = "../../routeTableId", .w132 = 21 },
	{ .name = "vpc", .title = "VPC", .path = "../../vpcId" },
	{ .name = "main", .title = "Main", .path = "../../associationSet/[main=true]/main", .format = FORMAT_BOOL },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Route table", .resource = "route-tables", .enter = true, .arguments = {
		{ .parameter = "RouteTableIds[0]", .path = "../../routeTableId" } } },
	DRILL_TO("VPC", "vpcs", "VpcIds[0]", "../../vpcId"),
	{ .title = "Target", .resource = DRILL_ANY, .arguments = { { .path = TARGET } } },
	{ .title = "First subnet of the table", .resource = "subnets", .up = true, .arguments = {
		{ .parameter = "SubnetIds[0]", .path = "../../associationSet/item/subnetId" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "routeTableSet/item/routeSet/item" },
	{ 0 }
};

static const struct parameter route_parameters[] = {
	{ .path = "RouteTableId" },
	{ .path = "DestinationCidrBlock" },
	{ .path = "DestinationIpv6CidrBlock" },
	{ .path = "GatewayId" },
	{ .path = "NatGatewayId" },
	{ .path = "InstanceId" },
	{ .path = "NetworkInterfaceId" },
	{ .path = "VpcPeeringConnectionId" },
	{ .path = "TransitGatewayId" },
	DRY_RUN,
	{ 0 }
};

/* A second one is refused: the destination is there. */
static const struct operation create = {
	.name = "CreateRoute", .effect = EFFECT_DISRUPT, .repeat = REPEAT_NEVER, .parameters = route_parameters
};

static const struct operation replace = {
	.name = "ReplaceRoute", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE, .parameters = route_parameters
};

static const struct parameter delete_parameters[] = {
	{ .path = "RouteTableId" },
	{ .path = "DestinationCidrBlock" },
	{ .path = "DestinationIpv6CidrBlock" },
	DRY_RUN,
	{ 0 }
};

static const struct operation delete = {
	.name = "DeleteRoute", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE, .parameters = delete_parameters
};

#define IN_VPC(filter) .arguments = { FILTER_IS(filter, "../../vpcId") }

static const struct field_list table_list = { .resource = "route-tables" };
static const struct field_list gateway_list = { .resource = "internet-gateways", IN_VPC("attachment.vpc-id") };
static const struct field_list interface_list = { .resource = "network-interfaces", IN_VPC("vpc-id") };
static const struct field_list instance_list = { .resource = "instances", IN_VPC("vpc-id") };
static const struct field_list nat_list = { .resource = "nat-gateways", .arguments = {
	{ .parameter = "Filter[0].Name", .value = "vpc-id" },
	{ .parameter = "Filter[0].Values[0]", .path = "../../vpcId" } } };
static const struct field_list peering_list = { .resource = "vpc-peerings" };

#define TARGET_FIELDS \
	{ .name = "to", .title = "Through", .type = FIELD_CHOICE, .value = "gateway", \
	  .choices = "gateway nat instance interface peering transit" }, \
	{ .name = "gateway", .title = "Internet or VPN gateway", .type = FIELD_LIVE, .live = &gateway_list, \
	  .parameter = "GatewayId", .when = "to=gateway", .required = true }, \
	{ .name = "nat", .title = "NAT gateway", .type = FIELD_LIVE, .live = &nat_list, .parameter = "NatGatewayId", \
	  .when = "to=nat", .required = true }, \
	{ .name = "instance", .title = "Instance", .type = FIELD_LIVE, .live = &instance_list, \
	  .parameter = "InstanceId", .when = "to=instance", .required = true }, \
	{ .name = "interface", .title = "Network interface", .type = FIELD_LIVE, .live = &interface_list, \
	  .parameter = "NetworkInterfaceId", .when = "to=interface", .required = true }, \
	{ .name = "peering", .title = "Peering", .type = FIELD_LIVE, .live = &peering_list, \
	  .parameter = "VpcPeeringConnectionId", .when = "to=peering", .required = true }, \
	{ .name = "transit", .title = "Transit gateway", .parameter = "TransitGatewayId", .when = "to=transit", \
	  .required = true }

static const struct action_field create_fields[] = {
	{ .name = "table", .title = "Route table", .type = FIELD_LIVE, .live = &table_list,
	  .parameter = "RouteTableId", .path = "../../routeTableId", .required = true },
	{ .name = "destination", .title = "Destination", .help = "0.0.0.0/0 is all that has no route of its own.",
	  .parameter = "DestinationCidrBlock", .check = check_cidr4, .required = true },
	TARGET_FIELDS,
	{ 0 }
};

static const struct action_field replace_fields[] = {
	TARGET_FIELDS,
	{ 0 }
};

static const struct row_argument route[] = {
	{ "RouteTableId", "../../routeTableId" },
	{ "DestinationCidrBlock", "destinationCidrBlock" },
	{ "DestinationIpv6CidrBlock", "destinationIpv6CidrBlock" },
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New route", .key = 'n', .kind = EFFECT_DISRUPT, .on = ON_PLACES,
	  .operation = &create, .fields = create_fields },
	{ .name = "replace", .title = "Another target", .key = 'm', .kind = EFFECT_DISRUPT, .on = ON_ROW,
	  .where = "origin=CreateRoute", .operation = &replace, .row_arguments = route, .fields = replace_fields },
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DISRUPT, .where = "origin=CreateRoute",
	  .operation = &delete, .row_arguments = route },
	{ 0 }
};

static const struct resource routes = {
	.name = "routes", .aliases = "route", .title = "Routes", .one = "route",
	.list = &describe, .rows = rows, .identity = { "../../routeTableId", DESTINATION }, .composite = true,
	.label = DESTINATION, .columns = columns, .sort = "name,table,destination", .drills = drills,
	.actions = actions, .account_path = "../../ownerId"
};

const struct resource *ec2_routes(void)
{
	return &routes;
}
