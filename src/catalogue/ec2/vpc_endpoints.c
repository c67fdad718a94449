/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = TAG_NAME, .format = FORMAT_NATURAL,
	  .w80 = 10, .w132 = 18, .grow = 1, .keep = true },
	{ .name = "endpoint", .title = "Endpoint", .path = "vpcEndpointId", .w80 = 22, .w132 = 22 },
	{ .name = "state", .title = "State", .path = "state", .format = FORMAT_STATE, .w80 = 11, .w132 = 11,
	  .keep = true },
	{ .name = "type", .title = "Type", .path = "vpcEndpointType", .w80 = 9, .w132 = 9 },
	{ .name = "service", .title = "Service", .path = "serviceName", .derive = derive_endpoint_service,
	  .w80 = 20, .w132 = 32 },
	{ .name = "vpc", .title = "VPC", .path = "vpcId",
	  .derive = derive_tagged_name, .join = "vpc", .w132 = 21 },
	{ .name = "age", .title = "Age", .path = "creationTimestamp", .format = FORMAT_AGE, .w132 = 5 },
	{ .name = "dns", .title = "Private DNS", .path = "privateDnsEnabled", .format = FORMAT_BOOL },
	{ .name = "subnet", .title = "First subnet", .path = "subnetIdSet/item" },
	{ .name = "table", .title = "First route table", .path = "routeTableIdSet/item" },
	{ .name = "groups", .title = "Groups", .derive = derive_interface_groups },
	{ .name = "host", .title = "Host", .path = "dnsEntrySet/item/dnsName" },
	{ .name = "error", .title = "Error", .path = "lastError/message" },
	{ .name = "created", .title = "Created", .path = "creationTimestamp", .format = FORMAT_TIME },
	{ .name = "owner", .title = "Owner", .path = "ownerId" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "VpcEndpointIds[]", .wire = "VpcEndpointId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeVpcEndpoints", .effect = EFFECT_READ, .repeat = REPEAT_SAFE, .parameters = parameters,
	.paging = EC2_PAGING
};

static const struct join joins[] = {
	VPC_JOIN("vpcId"),
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Document", .enter = true },
	DRILL_TO("VPC", "vpcs", "VpcIds[0]", "vpcId"),
	DRILL_TO("First interface", "network-interfaces", "NetworkInterfaceIds[0]", "networkInterfaceIdSet/item"),
	DRILL_TO("First subnet", "subnets", "SubnetIds[0]", "subnetIdSet/item"),
	DRILL_TO("First group", "security-groups", "GroupIds[0]", "groupSet/item/groupId"),
	{ .title = "First route table", .resource = "route-tables", .up = true, .arguments = {
		{ .parameter = "RouteTableIds[0]", .path = "routeTableIdSet/item" } } },
	DRILL_BY("Endpoints for the same service", "vpc-endpoints", "service-name", "serviceName"),
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "vpcEndpointSet/item" },
	{ 0 }
};

static const struct parameter create_parameters[] = {
	{ .path = "VpcEndpointType" },
	{ .path = "VpcId" },
	{ .path = "ServiceName" },
	{ .path = "RouteTableIds[]", .wire = "RouteTableId.N" },
	{ .path = "SubnetIds[]", .wire = "SubnetId.N" },
	{ .path = "SecurityGroupIds[]", .wire = "SecurityGroupId.N" },
	{ .path = "PrivateDnsEnabled", .type = VALUE_BOOLEAN },
	CLIENT_TOKEN,
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

static const struct operation create = {
	.name = "CreateVpcEndpoint", .effect = EFFECT_CHANGE, .repeat = REPEAT_TOKEN,
	.parameters = create_parameters
};

static const struct parameter delete_parameters[] = {
	{ .path = "VpcEndpointIds[]", .wire = "VpcEndpointId.N" },
	DRY_RUN,
	{ 0 }
};

static const struct operation delete = {
	.name = "DeleteVpcEndpoints", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = delete_parameters
};

#define IN_VPC(what) { .resource = (what), .arguments = { \
	{ .parameter = "Filters[0].Name", .value = "vpc-id" }, \
	{ .parameter = "Filters[0].Values[0]", .field = "vpc" } } }

static const struct field_list vpc_list = { .resource = "vpcs" };
static const struct field_list table_list = IN_VPC("route-tables");
static const struct field_list subnet_list = IN_VPC("subnets");
static const struct field_list group_list = IN_VPC("security-groups");
static const struct argument tagged[] = TAGGED("vpc-endpoint");

static const struct action_field create_fields[] = {
	{ .name = "vpc", .title = "VPC", .type = FIELD_LIVE, .live = &vpc_list, .parameter = "VpcId",
	  .path = "vpcId", .required = true },
	{ .name = "service", .title = "Service", .help = "Such as com.amazonaws.eu-west-1.s3.",
	  .parameter = "ServiceName", .required = true },
	{ .name = "type", .title = "Type", .help = "Gateways are free: S3 and DynamoDB have them.",
	  .type = FIELD_CHOICE, .choices = "Gateway Interface", .value = "Gateway", .parameter = "VpcEndpointType" },
	{ .name = "tables", .title = "Route tables that lead to it", .type = FIELD_LIVE, .live = &table_list,
	  .parameter = "RouteTableIds[]", .when = "type=Gateway" },
	{ .name = "subnets", .title = "Subnets", .type = FIELD_LIVE, .live = &subnet_list,
	  .parameter = "SubnetIds[]", .when = "type=Interface" },
	{ .name = "groups", .title = "Groups", .help = "Without: the default group.", .type = FIELD_LIVE,
	  .live = &group_list, .parameter = "SecurityGroupIds[]", .when = "type=Interface" },
	{ .name = "dns", .title = "The service's own name leads to it", .type = FIELD_SWITCH, .value = "true",
	  .parameter = "PrivateDnsEnabled", .when = "type=Interface" },
	TAG_FIELD(tagged),
	{ 0 }
};

static const struct action_note create_notes[] = {
	{ .field = "type=Interface", .text = "AWS charges for an interface in each subnet by the hour." },
	{ 0 }
};

/* One a call: the reply tells what was not deleted where all was well. */
static const struct action actions[] = {
	{ .name = "new", .title = "New endpoint", .key = 'n', .notes = create_notes,
	  .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &create, .fields = create_fields, .answer = { .made = "vpcEndpoint/vpcEndpointId" },
	  .wait_path = "state", .wait_value = "available", .wait_bad = "failed rejected deleting deleted" },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete,
	  .target = "VpcEndpointIds[]" },
	{ 0 }
};

static const struct resource vpc_endpoints = {
	.name = "vpc-endpoints", .aliases = "vpce", .title = "VPC endpoints", .one = "VPC endpoint",
	.list = &describe, .rows = rows, .identity = { "vpcEndpointId" }, .label = TAG_NAME,
	.columns = columns, .sort = "name,endpoint", .joins = joins, .drills = drills, .actions = actions, .tags = TAGS,
	.account_path = "ownerId", .get = "VpcEndpointIds[]", .id_prefix = "vpce-", .arn = EC2_ARN("vpc-endpoint"),
	.console = VPC_CONSOLE "EndpointDetails:vpcEndpointId={id}"
};

const struct resource *ec2_vpc_endpoints(void)
{
	return &vpc_endpoints;
}
