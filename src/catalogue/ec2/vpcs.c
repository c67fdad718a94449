/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = TAG_NAME, .format = FORMAT_NATURAL,
	  .w80 = 18, .w132 = 24, .grow = 1, .keep = true },
	{ .name = "vpc", .title = "VPC", .path = "vpcId", .w80 = 21, .w132 = 21 },
	{ .name = "state", .title = "State", .path = "state", .format = FORMAT_STATE, .w80 = 11, .w132 = 11,
	  .keep = true },
	{ .name = "cidr", .title = "CIDR", .path = "cidrBlock", .format = FORMAT_ADDRESS, .w80 = 18, .w132 = 18 },
	{ .name = "default", .title = "Def", .path = "isDefault", .format = FORMAT_BOOL, .w80 = 3, .w132 = 3 },
	{ .name = "cidr6", .title = "IPv6", .path = "ipv6CidrBlockAssociationSet/item/ipv6CidrBlock", .w132 = 19 },
	{ .name = "dhcp", .title = "DHCP options", .path = "dhcpOptionsId", .w132 = 22 },
	{ .name = "tenancy", .title = "Tenancy", .path = "instanceTenancy" },
	{ .name = "owner", .title = "Owner", .path = "ownerId" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "VpcIds[]", .wire = "VpcId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeVpcs", .effect = EFFECT_READ, .repeat = REPEAT_SAFE, .parameters = parameters,
	.paging = EC2_PAGING
};

#define IN_IT(name, to) DRILL_BY(name, to, "vpc-id", "vpcId")

static const struct drill drills[] = {
	ENTER_BY("Subnets", "subnets", "vpc-id", "vpcId"),
	IN_IT("Instances", "instances"),
	IN_IT("Security groups", "security-groups"),
	IN_IT("Route tables", "route-tables"),
	IN_IT("Routes", "routes"),
	IN_IT("Network ACLs", "network-acls"),
	IN_IT("Network interfaces", "network-interfaces"),
	IN_IT("Endpoints", "vpc-endpoints"),
	DRILL_BY("Internet gateway", "internet-gateways", "attachment.vpc-id", "vpcId"),
	DRILL_BY("VPN gateway", "vpn-gateways", "attachment.vpc-id", "vpcId"),
	{ .title = "NAT gateways", .resource = "nat-gateways", .arguments = {
		{ .parameter = "Filter[0].Name", .value = "vpc-id" },
		{ .parameter = "Filter[0].Values[0]", .path = "vpcId" } } },
	USED_BY("Peerings it asked for", "vpc-peerings", "requester-vpc-info.vpc-id", "vpcId"),
	USED_BY("Peerings it was asked for", "vpc-peerings", "accepter-vpc-info.vpc-id", "vpcId"),
	DRILL_TO("DHCP options", "dhcp-options", "DhcpOptionsIds[0]", "dhcpOptionsId"),
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "vpcSet/item" },
	{ 0 }
};

static const struct parameter create_parameters[] = {
	{ .path = "CidrBlock" },
	{ .path = "InstanceTenancy" },
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

/* Equal ones may stand side by side: a second one would be made. */
static const struct operation create = {
	.name = "CreateVpc", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER, .parameters = create_parameters
};

static const struct parameter delete_parameters[] = ONE_ID("VpcId");

static const struct operation delete = {
	.name = "DeleteVpc", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE, .parameters = delete_parameters
};

static const struct parameter dhcp_parameters[] = {
	{ .path = "VpcId" },
	{ .path = "DhcpOptionsId" },
	DRY_RUN,
	{ 0 }
};

static const struct operation set_dhcp = {
	.name = "AssociateDhcpOptions", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = dhcp_parameters
};

/* AWS takes one of them a call. */
static const struct parameter names_parameters[] = {
	{ .path = "VpcId" },
	{ .path = "EnableDnsHostnames.Value", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation set_names = {
	.name = "ModifyVpcAttribute", .effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = names_parameters
};

static const struct parameter support_parameters[] = {
	{ .path = "VpcId" },
	{ .path = "EnableDnsSupport.Value", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation set_support = {
	.name = "ModifyVpcAttribute", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = support_parameters
};

static const struct field_list dhcp_list = { .resource = "dhcp-options" };
static const struct argument tagged[] = TAGGED("vpc");

static const struct action_field create_fields[] = {
	{ .name = "cidr", .title = "IPv4 block, /16 to /28", .parameter = "CidrBlock", .check = check_vpc_cidr,
	  .required = true },
	{ .name = "tenancy", .title = "Tenancy of its instances", .type = FIELD_CHOICE,
	  .choices = "default dedicated", .parameter = "InstanceTenancy", .value = "default" },
	TAG_FIELD(tagged),
	{ 0 }
};

static const struct action_field dhcp_fields[] = {
	{ .name = "options", .title = "DHCP options", .help = "\"default\" means none.", .type = FIELD_LIVE,
	  .live = &dhcp_list, .parameter = "DhcpOptionsId", .path = "dhcpOptionsId", .required = true },
	{ 0 }
};

static const struct action_field names_fields[] = {
	{ .name = "on", .title = "DNS names for public addresses", .type = FIELD_SWITCH,
	  .parameter = "EnableDnsHostnames.Value", .required = true },
	{ 0 }
};

static const struct action_field support_fields[] = {
	{ .name = "on", .title = "Amazon's DNS server for the VPC", .help = "Without it nothing is resolved in it.",
	  .type = FIELD_SWITCH, .parameter = "EnableDnsSupport.Value", .required = true },
	{ 0 }
};

static const struct action_note delete_notes[] = {
	{ .path = "isDefault", .value = "true",
	  .text = "It is the default VPC: launches that name no subnet will fail." },
	{ .text = "Its default group, main route table and default ACL go with it." },
	{ 0 }
};

static const struct drill dependents[] = {
	IN_IT("Subnets", "subnets"),
	DRILL_BY("Internet gateway", "internet-gateways", "attachment.vpc-id", "vpcId"),
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New VPC", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES, .operation = &create,
	  .fields = create_fields, .answer = { .made = "vpc/vpcId" } },
	{ .name = "dhcp", .title = "DHCP options", .key = 'm', .kind = EFFECT_DISRUPT, .operation = &set_dhcp,
	  .target = "VpcId", .fields = dhcp_fields },
	{ .name = "dns-names", .title = "DNS names on/off", .key = 'o', .kind = EFFECT_CHANGE,
	  .operation = &set_names, .target = "VpcId", .fields = names_fields },
	{ .name = "dns", .title = "DNS on/off", .key = 'w', .kind = EFFECT_DISRUPT, .operation = &set_support,
	  .target = "VpcId", .fields = support_fields },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete,
	  .target = "VpcId", .notes = delete_notes, .dependents = dependents },
	{ 0 }
};

static const struct resource vpcs = {
	.name = "vpcs", .aliases = "vpc", .title = "VPCs", .one = "VPC",
	.list = &describe, .rows = rows, .identity = { "vpcId" }, .label = TAG_NAME,
	.columns = columns, .sort = "name,vpc", .drills = drills, .actions = actions, .tags = TAGS,
	.account_path = "ownerId", .get = "VpcIds[]", .id_prefix = "vpc-", .arn = EC2_ARN("vpc"),
	.console = VPC_CONSOLE "VpcDetails:VpcId={id}"
};

const struct resource *ec2_vpcs(void)
{
	return &vpcs;
}
