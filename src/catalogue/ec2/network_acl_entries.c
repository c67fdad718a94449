/* SPDX-License-Identifier: MIT */
/* One row an entry; the lowest number that fits decides. */
#include "catalogue/ec2/network_acls.h"

static const struct column columns[] = {
	{ .name = "acl", .title = "Network ACL", .path = "../../networkAclId", .w80 = 21, .w132 = 21, .keep = true },
	{ .name = "name", .title = "Name", .path = "../../" TAG_NAME, .format = FORMAT_NATURAL, .w132 = 20,
	  .grow = 1 },
	{ .name = "dir", .title = "Dir", .path = "egress", .derive = derive_rule_direction, .w80 = 3, .w132 = 3 },
	{ .name = "number", .title = "No.", .path = "ruleNumber", .derive = derive_acl_number,
	  .format = FORMAT_NUMBER, .w80 = 5, .w132 = 5 },
	{ .name = "action", .title = "Action", .path = "ruleAction", .w80 = 6, .w132 = 6, .keep = true },
	{ .name = "proto", .title = "Proto", .path = "protocol", .derive = derive_rule_protocol, .w80 = 6,
	  .w132 = 6 },
	{ .name = "ports", .title = "Ports", .path = "portRange/from", .derive = derive_rule_ports,
	  .format = FORMAT_NATURAL, .w80 = 11, .w132 = 13 },
	{ .name = "cidr", .title = "CIDR", .path = "cidrBlock|ipv6CidrBlock", .format = FORMAT_ADDRESS,
	  .w80 = 18, .w132 = 24 },
	{ .name = "vpc", .title = "VPC", .path = "../../vpcId", .w132 = 21 },
	{ .name = "default", .title = "Default ACL", .path = "../../default", .format = FORMAT_BOOL },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Network ACL", .resource = "network-acls", .enter = true, .arguments = {
		{ .parameter = "NetworkAclIds[0]", .path = "../../networkAclId" } } },
	DRILL_TO("VPC", "vpcs", "VpcIds[0]", "../../vpcId"),
	{ .title = "First subnet of the ACL", .resource = "subnets", .up = true, .arguments = {
		{ .parameter = "SubnetIds[0]", .path = "../../associationSet/item/subnetId" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "networkAclSet/item/entrySet/item" },
	{ 0 }
};

static const struct parameter entry_parameters[] = {
	{ .path = "NetworkAclId" },
	{ .path = "RuleNumber", .type = VALUE_INTEGER },
	{ .path = "Egress", .type = VALUE_BOOLEAN },
	{ .path = "Protocol" },
	{ .path = "RuleAction" },
	{ .path = "CidrBlock" },
	{ .path = "PortRange.From", .type = VALUE_INTEGER },
	{ .path = "PortRange.To", .type = VALUE_INTEGER },
	{ .path = "IcmpTypeCode.Type", .wire = "Icmp.Type", .type = VALUE_INTEGER },
	{ .path = "IcmpTypeCode.Code", .wire = "Icmp.Code", .type = VALUE_INTEGER },
	DRY_RUN,
	{ 0 }
};

/* A second one is refused: the number is there. */
static const struct operation create = {
	.name = "CreateNetworkAclEntry", .effect = EFFECT_DISRUPT, .repeat = REPEAT_NEVER,
	.parameters = entry_parameters
};

static const struct operation replace = {
	.name = "ReplaceNetworkAclEntry", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = entry_parameters
};

static const struct parameter delete_parameters[] = {
	{ .path = "NetworkAclId" },
	{ .path = "RuleNumber", .type = VALUE_INTEGER },
	{ .path = "Egress", .type = VALUE_BOOLEAN },
	DRY_RUN,
	{ 0 }
};

static const struct operation delete = {
	.name = "DeleteNetworkAclEntry", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = delete_parameters
};

static const struct field_list acl_list = { .resource = "network-acls" };

/* By AWS's numbers: 6 TCP, 17 UDP, 1 ICMP, -1 all. */
#define ENTRY_FIELDS \
	{ .name = "action", .title = "Action", .type = FIELD_CHOICE, .choices = "allow deny", \
	  .parameter = "RuleAction", .path = "ruleAction", .required = true }, \
	{ .name = "protocol", .title = "Protocol number", .help = "6 TCP, 17 UDP, 1 ICMP, -1 all.", \
	  .type = FIELD_NUMBER, .low = -1, .high = 255, .parameter = "Protocol", .path = "protocol", \
	  .required = true }, \
	{ .name = "cidr", .title = "IPv4 block", .parameter = "CidrBlock", .path = "cidrBlock", \
	  .check = check_cidr4, .required = true }, \
	{ .name = "from", .title = "From port", .type = FIELD_NUMBER, .low = 0, .high = 65535, \
	  .parameter = "PortRange.From", .path = "portRange/from", .when = "protocol=6 17", .required = true }, \
	{ .name = "to", .title = "To port", .type = FIELD_NUMBER, .low = 0, .high = 65535, \
	  .parameter = "PortRange.To", .path = "portRange/to", .when = "protocol=6 17", .required = true }, \
	{ .name = "type", .title = "ICMP type", .type = FIELD_NUMBER, .low = -1, .high = 255, .value = "-1", \
	  .parameter = "IcmpTypeCode.Type", .when = "protocol=1 58" }, \
	{ .name = "code", .title = "ICMP code", .type = FIELD_NUMBER, .low = -1, .high = 255, .value = "-1", \
	  .parameter = "IcmpTypeCode.Code", .when = "protocol=1 58" }

static const struct action_field create_fields[] = {
	{ .name = "acl", .title = "Network ACL", .type = FIELD_LIVE, .live = &acl_list, .parameter = "NetworkAclId",
	  .path = "../../networkAclId", .required = true },
	{ .name = "out", .title = "For what goes out", .type = FIELD_SWITCH, .parameter = "Egress",
	  .path = "egress", .required = true },
	{ .name = "number", .title = "Number", .help = "The lowest one that fits decides.", .type = FIELD_NUMBER,
	  .low = 1, .high = 32766, .parameter = "RuleNumber", .required = true },
	ENTRY_FIELDS,
	{ 0 }
};

static const struct action_field replace_fields[] = {
	ENTRY_FIELDS,
	{ 0 }
};

static const struct row_argument entry[] = {
	{ "NetworkAclId", "../../networkAclId" },
	{ "RuleNumber", "ruleNumber" },
	{ "Egress", "egress" },
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New entry", .key = 'n', .kind = EFFECT_DISRUPT, .on = ON_PLACES,
	  .operation = &create, .fields = create_fields },
	{ .name = "replace", .title = "Change", .key = 'm', .kind = EFFECT_DISRUPT, .on = ON_ROW,
	  .operation = &replace, .row_arguments = entry, .fields = replace_fields },
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DISRUPT, .operation = &delete,
	  .row_arguments = entry },
	{ 0 }
};

static const struct resource network_acl_entries = {
	.name = "network-acl-entries", .aliases = "acle", .title = "Network ACL entries", .one = "entry",
	.list = &describe, .rows = rows, .identity = { "../../networkAclId", "egress", "ruleNumber" },
	.composite = true, .label = "ruleNumber", .columns = columns, .sort = "acl,dir,number", .drills = drills,
	.actions = actions, .account_path = "../../ownerId"
};

const struct resource *ec2_network_acl_entries(void)
{
	return &network_acl_entries;
}
