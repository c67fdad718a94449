/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/tables_of_routes.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = TAG_NAME, .format = FORMAT_NATURAL,
	  .w80 = 20, .w132 = 28, .grow = 1, .keep = true },
	{ .name = "table", .title = "Route table", .path = "routeTableId", .w80 = 21, .w132 = 21 },
	{ .name = "main", .title = "Main", .path = "associationSet/[main=true]/main", .format = FORMAT_BOOL,
	  .w80 = 4, .w132 = 4 },
	{ .name = "subnets", .title = "Subnets", .derive = derive_table_subnets, .format = FORMAT_NUMBER,
	  .w80 = 7, .w132 = 7 },
	{ .name = "default_route", .title = "Default route", .derive = derive_table_default,
	  .format = FORMAT_STATE, .w80 = 21, .w132 = 23, .keep = true },
	{ .name = "vpc", .title = "VPC", .path = "vpcId",
	  .derive = derive_tagged_name, .join = "vpc", .w132 = 21 },
	{ .name = "owner", .title = "Owner", .path = "ownerId" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct join joins[] = {
	VPC_JOIN("vpcId"),
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Routes", .resource = "routes", .enter = true, .arguments = {
		{ .parameter = "RouteTableIds[0]", .path = "routeTableId" } } },
	DRILL_TO("VPC", "vpcs", "VpcIds[0]", "vpcId"),
	{ .title = "First of its subnets", .resource = "subnets", .up = true, .arguments = {
		{ .parameter = "SubnetIds[0]", .path = "associationSet/item/subnetId" } } },
	USED_BY("Endpoints", "vpc-endpoints", "vpc-id", "vpcId"),
	DRILL_BY("Route tables of the same VPC", "route-tables", "vpc-id", "vpcId"),
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "routeTableSet/item" },
	{ 0 }
};

static const struct parameter create_parameters[] = {
	{ .path = "VpcId" },
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

static const struct operation create = {
	.name = "CreateRouteTable", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = create_parameters
};

static const struct parameter associate_parameters[] = {
	{ .path = "RouteTableId" },
	{ .path = "SubnetId" },
	DRY_RUN,
	{ 0 }
};

static const struct operation associate = {
	.name = "AssociateRouteTable", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = associate_parameters
};

static const struct parameter disassociate_parameters[] = ONE_ID("AssociationId");

static const struct operation disassociate = {
	.name = "DisassociateRouteTable", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = disassociate_parameters
};

static const struct parameter delete_parameters[] = ONE_ID("RouteTableId");

static const struct operation delete = {
	.name = "DeleteRouteTable", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE, .parameters = delete_parameters
};

static const struct field_list vpc_list = { .resource = "vpcs" };
static const struct field_list subnet_list = { .resource = "subnets", .arguments = { FILTER_IS("vpc-id", "vpcId") } };
static const struct argument tagged[] = TAGGED("route-table");

static const struct action_field create_fields[] = {
	{ .name = "vpc", .title = "VPC", .type = FIELD_LIVE, .live = &vpc_list, .parameter = "VpcId",
	  .path = "vpcId", .required = true },
	TAG_FIELD(tagged),
	{ 0 }
};

static const struct action_field associate_fields[] = {
	{ .name = "subnet", .title = "Subnet", .type = FIELD_LIVE, .live = &subnet_list, .parameter = "SubnetId",
	  .required = true },
	{ 0 }
};

static const struct action_field disassociate_fields[] = {
	{ .name = "association", .title = "Association", .help = "Its subnet gets the main table of the VPC.",
	  .parameter = "AssociationId", .path = "associationSet/[main=false]/routeTableAssociationId",
	  .required = true },
	{ 0 }
};

/* Nothing of the row but what the field is filled with. */
static const struct row_argument no_id[] = { { 0 } };

static const struct action actions[] = {
	{ .name = "new", .title = "New route table", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &create, .fields = create_fields, .answer = { .made = "routeTable/routeTableId" } },
	{ .name = "associate", .title = "Associate with a subnet", .key = 'a', .kind = EFFECT_DISRUPT, .on = ON_ROW,
	  .operation = &associate, .target = "RouteTableId", .fields = associate_fields },
	{ .name = "disassociate", .title = "Take from a subnet", .key = 'd', .kind = EFFECT_DISRUPT, .on = ON_ROW,
	  .operation = &disassociate, .row_arguments = no_id, .fields = disassociate_fields },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete,
	  .target = "RouteTableId" },
	{ 0 }
};

static const struct resource route_tables = {
	.name = "route-tables", .aliases = "rtb", .title = "Route tables", .one = "route table",
	.list = &describe, .rows = rows, .identity = { "routeTableId" }, .label = TAG_NAME,
	.columns = columns, .sort = "name,table", .joins = joins, .drills = drills, .actions = actions, .tags = TAGS,
	.account_path = "ownerId", .get = "RouteTableIds[]", .id_prefix = "rtb-", .arn = EC2_ARN("route-table"),
	.console = VPC_CONSOLE "RouteTableDetails:RouteTableId={id}"
};

const struct resource *ec2_route_tables(void)
{
	return &route_tables;
}
