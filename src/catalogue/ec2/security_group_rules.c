/* SPDX-License-Identifier: MIT */
/* Rules of security groups, one row each. */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/rule_fields.h"
#include "catalogue/ec2/rule_operations.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "group", .title = "Group", .path = "groupName", .join = "group", .format = FORMAT_NATURAL,
	  .w80 = 18, .w132 = 22, .grow = 1, .keep = true },
	{ .name = "dir", .title = "Dir", .path = "isEgress", .derive = derive_rule_direction, .w80 = 3, .w132 = 3 },
	{ .name = "proto", .title = "Proto", .path = "ipProtocol", .derive = derive_rule_protocol,
	  .w80 = 5, .w132 = 5 },
	{ .name = "ports", .title = "Ports", .path = "fromPort", .derive = derive_rule_ports,
	  .format = FORMAT_NATURAL, .w80 = 11, .w132 = 11 },
	{ .name = "peer", .title = "Peer", .path = "cidrIpv4|cidrIpv6|prefixListId|referencedGroupInfo/groupId",
	  .derive = derive_rule_peer, .join = "peer", .format = FORMAT_STATE, .w80 = 20, .w132 = 26, .keep = true },
	{ .name = "note", .title = "Note", .path = "description", .w80 = 14, .w132 = 30 },
	{ .name = "rule", .title = "Rule", .path = "securityGroupRuleId", .w132 = 21 },
	{ .name = "group_id", .title = "Group id", .path = "groupId" },
	{ .name = "vpc", .title = "VPC", .path = "vpcId", .join = "group" },
	{ .name = "from", .title = "From", .path = "fromPort", .format = FORMAT_NUMBER },
	{ .name = "to", .title = "To", .path = "toPort", .format = FORMAT_NUMBER },
	{ .name = "owner", .title = "Owner", .path = "groupOwnerId" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "SecurityGroupRuleIds[]", .wire = "SecurityGroupRuleId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeSecurityGroupRules", .effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters, .paging = EC2_PAGING
};

static const struct parameter group_parameters[] = {
	{ .path = "GroupIds[]", .wire = "GroupId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe_groups = {
	.name = "DescribeSecurityGroups", .effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = group_parameters, .paging = EC2_PAGING
};

/* Rules are sorted by the name of their group: it is wanted of all. */
static const struct join joins[] = {
	{ .name = "group", .operation = &describe_groups, .rows = "securityGroupInfo/item", .key = "groupId",
	  .here = "groupId", .ids = "GroupIds[]", .batch = 100, .scope = JOIN_ALL },
	{ .name = "peer", .operation = &describe_groups, .rows = "securityGroupInfo/item", .key = "groupId",
	  .here = "referencedGroupInfo/groupId", .ids = "GroupIds[]", .batch = 100, .scope = JOIN_VISIBLE },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Group", .resource = "security-groups", .enter = true, .arguments = {
		{ .parameter = "GroupIds[0]", .path = "groupId" } } },
	DRILL_BY("Rules of the same group", "security-group-rules", "group-id", "groupId"),
	DRILL_TO("The group it lets in", "security-groups", "GroupIds[0]", "referencedGroupInfo/groupId"),
	USED_BY("Instances behind it", "instances", "instance.group-id", "groupId"),
	USED_BY("Network interfaces behind it", "network-interfaces", "group-id", "groupId"),
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "securityGroupRuleSet/item" },
	{ 0 }
};

static const struct action_note revoke_notes[] = {
	{ .path = "cidrIpv4", .text = "For {}" },
	{ .path = "cidrIpv6", .text = "For {}" },
	{ .path = "referencedGroupInfo/groupId", .text = "For the group {}" },
	{ .path = "prefixListId", .text = "For the prefix list {}" },
	{ .path = "description", .text = "Its note: {}" },
	{ 0 }
};

#define MADE { .made = "securityGroupRuleSet/item/securityGroupRuleId" }

static const struct action actions[] = {
	{ .name = "add", .title = "Add: who may come in", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &authorize_in, .fields = add_fields, .answer = MADE },
	{ .name = "add-out", .title = "Add: where it may go out", .key = 'o', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &authorize_out, .fields = add_fields, .answer = MADE },
	{ .name = "let-in", .title = "Let one address in", .key = 'f', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &authorize_in, .arguments = address_arguments, .fields = address_fields, .answer = MADE },
	{ .name = "copy", .title = "Copy to another group", .key = 'c', .kind = EFFECT_CHANGE,
	  .where = "isEgress=false", .operation = &authorize_in, .row_arguments = copy_row, .fields = copy_fields,
	  .answer = MADE },
	{ .name = "edit", .title = "Change note, peer or ports", .key = 'm', .kind = EFFECT_DISRUPT, .on = ON_ROW,
	  .operation = &modify, .row_arguments = edit_row, .fields = edit_fields },
	{ .name = "revoke-out", .title = "Revoke a way out", .key = 'w', .kind = EFFECT_DISRUPT,
	  .where = "isEgress=true", .operation = &revoke_out, .row_arguments = revoke_row,
	  .notes = revoke_notes },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "revoke", .title = "Revoke a way in", .key = 'x', .kind = EFFECT_DISRUPT,
	  .where = "isEgress=false", .operation = &revoke_in, .row_arguments = revoke_row,
	  .notes = revoke_notes },
	{ 0 }
};

static const struct resource security_group_rules = {
	.name = "security-group-rules", .aliases = "sgr", .title = "Security group rules", .one = "rule",
	.list = &describe, .rows = rows, .identity = { "securityGroupRuleId" },
	.columns = columns, .sort = "group,dir,ports", .joins = joins, .drills = drills, .actions = actions,
	.tags = TAGS, .account_path = "groupOwnerId", .get = "SecurityGroupRuleIds[]", .id_prefix = "sgr-",
	.arn = EC2_ARN("security-group-rule"), .console = EC2_CONSOLE "SecurityGroupRules:securityGroupRuleId={id}"
};

const struct resource *ec2_security_group_rules(void)
{
	return &security_group_rules;
}
