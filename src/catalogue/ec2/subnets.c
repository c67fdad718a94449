/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = TAG_NAME, .format = FORMAT_NATURAL,
	  .w80 = 12, .w132 = 20, .grow = 1, .keep = true },
	{ .name = "subnet", .title = "Subnet", .path = "subnetId", .w80 = 24, .w132 = 24, .wmany = 255 },
	{ .name = "state", .title = "State", .path = "state", .format = FORMAT_STATE, .w80 = 11, .w132 = 11,
	  .keep = true },
	{ .name = "cidr", .title = "CIDR", .path = "cidrBlock", .format = FORMAT_ADDRESS, .w80 = 18, .w132 = 18 },
	{ .name = "z", .title = "Z", .path = "availabilityZone", .derive = derive_zone_letter, .w80 = 2,
	  .wmany = 255 },
	{ .name = "zone", .title = "Zone", .path = "availabilityZone", .w132 = 15, .wmany = 15, .zone = true },
	{ .name = "free", .title = "Free", .path = "availableIpAddressCount", .format = FORMAT_NUMBER,
	  .w80 = 6, .w132 = 6 },
	{ .name = "public", .title = "Pub", .path = "mapPublicIpOnLaunch", .format = FORMAT_BOOL, .w132 = 3 },
	{ .name = "vpc", .title = "VPC", .path = "vpcId",
	  .derive = derive_tagged_name, .join = "vpc", .w132 = 21 },
	{ .name = "default", .title = "Def", .path = "defaultForAz", .format = FORMAT_BOOL },
	{ .name = "zone_id", .title = "Zone id", .path = "availabilityZoneId" },
	{ .name = "cidr6", .title = "IPv6", .path = "ipv6CidrBlockAssociationSet/item/ipv6CidrBlock" },
	{ .name = "owner", .title = "Owner", .path = "ownerId" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "SubnetIds[]", .wire = "SubnetId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeSubnets", .effect = EFFECT_READ, .repeat = REPEAT_SAFE, .parameters = parameters,
	.paging = EC2_PAGING
};

static const struct join joins[] = {
	VPC_JOIN("vpcId"),
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Instances", .resource = "instances", .enter = true, .up = true, .arguments = {
		FILTER_IS("subnet-id", "subnetId") } },
	USED_BY("Network interfaces", "network-interfaces", "subnet-id", "subnetId"),
	DRILL_TO("VPC", "vpcs", "VpcIds[0]", "vpcId"),
	DRILL_BY("Its route table, if not the main one", "route-tables", "association.subnet-id", "subnetId"),
	DRILL_BY("Routes, if not the main table's", "routes", "association.subnet-id", "subnetId"),
	DRILL_BY("Network ACL", "network-acls", "association.subnet-id", "subnetId"),
	DRILL_BY("ACL entries", "network-acl-entries", "association.subnet-id", "subnetId"),
	{ .title = "NAT gateways", .resource = "nat-gateways", .arguments = {
		{ .parameter = "Filter[0].Name", .value = "subnet-id" },
		{ .parameter = "Filter[0].Values[0]", .path = "subnetId" } } },
	DRILL_BY("Subnets of the same VPC", "subnets", "vpc-id", "vpcId"),
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "subnetSet/item" },
	{ 0 }
};

static const struct parameter create_parameters[] = {
	{ .path = "VpcId" },
	{ .path = "CidrBlock" },
	{ .path = "AvailabilityZone" },
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

/* A second one is refused: the block is taken. */
static const struct operation create = {
	.name = "CreateSubnet", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER, .parameters = create_parameters
};

static const struct parameter modify_parameters[] = {
	{ .path = "SubnetId" },
	{ .path = "MapPublicIpOnLaunch.Value", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation modify = {
	.name = "ModifySubnetAttribute", .effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = modify_parameters
};

static const struct parameter delete_parameters[] = ONE_ID("SubnetId");

static const struct operation delete = {
	.name = "DeleteSubnet", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE, .parameters = delete_parameters
};

static const struct field_list vpc_list = { .resource = "vpcs" };
static const struct field_list zone_list = { .resource = "zones", .column = "name" };
static const struct argument tagged[] = TAGGED("subnet");

static const struct action_field create_fields[] = {
	{ .name = "vpc", .title = "VPC", .type = FIELD_LIVE, .live = &vpc_list, .parameter = "VpcId",
	  .path = "vpcId", .required = true },
	{ .name = "cidr", .title = "IPv4 block, /16 to /28", .parameter = "CidrBlock", .check = check_vpc_cidr,
	  .required = true },
	{ .name = "zone", .title = "Zone", .help = "Without: AWS chooses one.", .type = FIELD_LIVE,
	  .live = &zone_list, .parameter = "AvailabilityZone" },
	TAG_FIELD(tagged),
	{ 0 }
};

static const struct action_field modify_fields[] = {
	{ .name = "public", .title = "Public addresses for what is launched in it", .type = FIELD_SWITCH,
	  .parameter = "MapPublicIpOnLaunch.Value", .path = "mapPublicIpOnLaunch", .required = true },
	{ 0 }
};

static const struct drill dependents[] = {
	DRILL_BY("Network interfaces", "network-interfaces", "subnet-id", "subnetId"),
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New subnet", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &create, .fields = create_fields, .answer = { .made = "subnet/subnetId" } },
	{ .name = "modify", .title = "Public addresses", .key = 'm', .kind = EFFECT_CHANGE, .operation = &modify,
	  .target = "SubnetId", .fields = modify_fields },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete,
	  .target = "SubnetId", .dependents = dependents },
	{ 0 }
};

static const struct resource subnets = {
	.name = "subnets", .aliases = "subnet", .title = "Subnets", .one = "subnet",
	.list = &describe, .rows = rows, .identity = { "subnetId" }, .label = TAG_NAME,
	.columns = columns, .sort = "name,subnet", .joins = joins, .drills = drills, .actions = actions, .tags = TAGS,
	.account_path = "ownerId", .get = "SubnetIds[]", .id_prefix = "subnet-", .arn = EC2_ARN("subnet"),
	.console = VPC_CONSOLE "SubnetDetails:subnetId={id}"
};

const struct resource *ec2_subnets(void)
{
	return &subnets;
}
