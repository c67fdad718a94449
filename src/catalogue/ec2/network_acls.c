/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network_acls.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = TAG_NAME, .format = FORMAT_NATURAL,
	  .w80 = 20, .w132 = 28, .grow = 1, .keep = true },
	{ .name = "acl", .title = "Network ACL", .path = "networkAclId", .w80 = 21, .w132 = 21, .keep = true },
	{ .name = "default", .title = "Def", .path = "default", .format = FORMAT_BOOL, .w80 = 3, .w132 = 3 },
	{ .name = "subnets", .title = "Subnets", .derive = derive_table_subnets, .format = FORMAT_NUMBER,
	  .w80 = 7, .w132 = 7 },
	{ .name = "vpc", .title = "VPC", .path = "vpcId",
	  .derive = derive_tagged_name, .join = "vpc", .w80 = 21, .w132 = 21 },
	{ .name = "owner", .title = "Owner", .path = "ownerId" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct join joins[] = {
	VPC_JOIN("vpcId"),
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Entries", .resource = "network-acl-entries", .enter = true, .arguments = {
		{ .parameter = "NetworkAclIds[0]", .path = "networkAclId" } } },
	DRILL_TO("VPC", "vpcs", "VpcIds[0]", "vpcId"),
	{ .title = "First of its subnets", .resource = "subnets", .up = true, .arguments = {
		{ .parameter = "SubnetIds[0]", .path = "associationSet/item/subnetId" } } },
	DRILL_BY("ACLs of the same VPC", "network-acls", "vpc-id", "vpcId"),
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "networkAclSet/item" },
	{ 0 }
};

static const struct parameter create_parameters[] = {
	{ .path = "VpcId" },
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

static const struct operation create = {
	.name = "CreateNetworkAcl", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = create_parameters
};

static const struct parameter associate_parameters[] = {
	{ .path = "NetworkAclId" },
	{ .path = "AssociationId" },
	DRY_RUN,
	{ 0 }
};

static const struct operation associate = {
	.name = "ReplaceNetworkAclAssociation", .effect = EFFECT_DISRUPT, .repeat = REPEAT_NEVER,
	.parameters = associate_parameters
};

static const struct parameter delete_parameters[] = ONE_ID("NetworkAclId");

static const struct operation delete = {
	.name = "DeleteNetworkAcl", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE, .parameters = delete_parameters
};

static const struct field_list vpc_list = { .resource = "vpcs" };
static const struct argument tagged[] = TAGGED("network-acl");

static const struct action_field create_fields[] = {
	{ .name = "vpc", .title = "VPC", .type = FIELD_LIVE, .live = &vpc_list, .parameter = "VpcId",
	  .path = "vpcId", .required = true },
	TAG_FIELD(tagged),
	{ 0 }
};

static const struct action_field associate_fields[] = {
	{ .name = "association", .title = "In place of which: aclassoc-…",
	  .help = "The association of the ACL that the subnet has now, as its document says.",
	  .parameter = "AssociationId", .required = true },
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New ACL", .help = "It denies everything until it has entries.", .key = 'n',
	  .kind = EFFECT_CHANGE, .on = ON_PLACES, .operation = &create, .fields = create_fields,
	  .answer = { .made = "networkAcl/networkAclId" } },
	{ .name = "associate", .title = "Use for a subnet", .key = 'a', .kind = EFFECT_DISRUPT, .on = ON_ROW,
	  .operation = &associate, .target = "NetworkAclId", .fields = associate_fields },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .where = "default=false",
	  .operation = &delete, .target = "NetworkAclId" },
	{ 0 }
};

static const struct resource network_acls = {
	.name = "network-acls", .aliases = "acl nacl", .title = "Network ACLs", .one = "network ACL",
	.list = &describe, .rows = rows, .identity = { "networkAclId" }, .label = TAG_NAME,
	.columns = columns, .sort = "name,acl", .joins = joins, .drills = drills, .actions = actions, .tags = TAGS,
	.account_path = "ownerId", .get = "NetworkAclIds[]", .id_prefix = "acl-", .arn = EC2_ARN("network-acl"),
	.console = VPC_CONSOLE "NetworkAclDetails:networkAclId={id}"
};

const struct resource *ec2_network_acls(void)
{
	return &network_acls;
}
