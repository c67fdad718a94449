/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "groupName", .format = FORMAT_NATURAL,
	  .w80 = 20, .w132 = 26, .grow = 1, .keep = true },
	{ .name = "group", .title = "Group", .path = "groupId", .w80 = 20, .w132 = 20, .wmany = 255 },
	{ .name = "open", .title = "Open", .derive = derive_group_open, .format = FORMAT_STATE,
	  .w80 = 10, .w132 = 12, .keep = true },
	{ .name = "in", .title = "In", .derive = derive_group_in, .w80 = 3, .w132 = 3 },
	{ .name = "out", .title = "Out", .derive = derive_group_out, .w80 = 3, .w132 = 3 },
	{ .name = "vpc", .title = "VPC", .path = "vpcId",
	  .derive = derive_tagged_name, .join = "vpc", .w132 = 21 },
	{ .name = "description", .title = "Description", .path = "groupDescription", .w80 = 17, .w132 = 34 },
	{ .name = "owner", .title = "Owner", .path = "ownerId" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "GroupIds[]", .wire = "GroupId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeSecurityGroups", .effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters, .paging = EC2_PAGING
};

static const struct join joins[] = {
	VPC_JOIN("vpcId"),
	{ 0 }
};

static const struct drill drills[] = {
	ENTER_BY("Rules", "security-group-rules", "group-id", "groupId"),
	USED_BY("Instances", "instances", "instance.group-id", "groupId"),
	USED_BY("Network interfaces", "network-interfaces", "group-id", "groupId"),
	USED_BY("Groups that name it", "security-groups", "ip-permission.group-id", "groupId"),
	DRILL_TO("VPC", "vpcs", "VpcIds[0]", "vpcId"),
	DRILL_BY("Groups of the same VPC", "security-groups", "vpc-id", "vpcId"),
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "securityGroupInfo/item" },
	{ 0 }
};

/* A second one is refused: the name is there. */
static const struct parameter create_parameters[] = {
	{ .path = "GroupName" },
	{ .path = "Description", .wire = "GroupDescription" },
	{ .path = "VpcId" },
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

static const struct operation create = {
	.name = "CreateSecurityGroup", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = create_parameters
};

static const struct parameter delete_parameters[] = ONE_ID("GroupId");

static const struct operation delete = {
	.name = "DeleteSecurityGroup", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = delete_parameters
};

static const struct field_list vpcs = { .resource = "vpcs" };
static const struct argument tagged[] = TAGGED("security-group");

static const struct action_field create_fields[] = {
	{ .name = "name", .title = "Name", .help = "For ever: a group cannot be renamed. Not \"default\", not sg-…",
	  .parameter = "GroupName", .required = true, .check = check_group_name },
	{ .name = "description", .title = "What it is for", .help = "For ever, as the name is.",
	  .parameter = "Description", .required = true, .check = check_group_text },
	{ .name = "vpc", .title = "VPC", .help = "Without: the default VPC.", .type = FIELD_LIVE, .live = &vpcs,
	  .parameter = "VpcId", .path = "vpcId" },
	TAG_FIELD(tagged),
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New group", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &create, .fields = create_fields, .answer = { .made = "groupId" } },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete,
	  .target = "GroupId" },
	{ 0 }
};

static const struct resource security_groups = {
	.name = "security-groups", .aliases = "sg", .title = "Security groups", .one = "security group",
	.list = &describe, .rows = rows, .identity = { "groupId" }, .label = "groupName",
	.columns = columns, .sort = "name,group", .joins = joins, .drills = drills, .actions = actions, .tags = TAGS,
	.account_path = "ownerId", .get = "GroupIds[]", .id_prefix = "sg-", .arn = EC2_ARN("security-group"),
	.console = EC2_CONSOLE "SecurityGroup:groupId={id}"
};

const struct resource *ec2_security_groups(void)
{
	return &security_groups;
}
