/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = TAG_NAME, .format = FORMAT_NATURAL,
	  .w80 = 14, .w132 = 18, .grow = 1, .keep = true },
	{ .name = "peering", .title = "Peering", .path = "vpcPeeringConnectionId", .w80 = 21, .w132 = 21 },
	{ .name = "state", .title = "State", .path = "status/code", .format = FORMAT_STATE, .w80 = 20, .w132 = 20,
	  .keep = true },
	{ .name = "from_cidr", .title = "From", .path = "requesterVpcInfo/cidrBlock", .format = FORMAT_ADDRESS,
	  .w80 = 13, .w132 = 18 },
	{ .name = "to_cidr", .title = "To", .path = "accepterVpcInfo/cidrBlock", .format = FORMAT_ADDRESS,
	  .w132 = 18 },
	{ .name = "to_region", .title = "To region", .path = "accepterVpcInfo/region", .w132 = 14 },
	{ .name = "expires", .title = "Expires", .path = "expirationTime", .format = FORMAT_AGE, .w132 = 7 },
	{ .name = "from_vpc", .title = "From VPC", .path = "requesterVpcInfo/vpcId" },
	{ .name = "to_vpc", .title = "To VPC", .path = "accepterVpcInfo/vpcId" },
	{ .name = "from_owner", .title = "From account", .path = "requesterVpcInfo/ownerId" },
	{ .name = "to_owner", .title = "To account", .path = "accepterVpcInfo/ownerId" },
	{ .name = "message", .title = "Message", .path = "status/message" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "VpcPeeringConnectionIds[]", .wire = "VpcPeeringConnectionId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeVpcPeeringConnections", .effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters, .paging = EC2_PAGING
};

static const struct drill drills[] = {
	{ .title = "Routes to it", .resource = "routes", .enter = true, .up = true, .arguments = {
		FILTER_IS("route.vpc-peering-connection-id", "vpcPeeringConnectionId") } },
	DRILL_TO("VPC that asked", "vpcs", "VpcIds[0]", "requesterVpcInfo/vpcId"),
	DRILL_TO("VPC that was asked", "vpcs", "VpcIds[0]", "accepterVpcInfo/vpcId"),
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "vpcPeeringConnectionSet/item" },
	{ 0 }
};

static const struct parameter create_parameters[] = {
	{ .path = "VpcId" },
	{ .path = "PeerVpcId" },
	{ .path = "PeerOwnerId" },
	{ .path = "PeerRegion" },
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

static const struct operation create = {
	.name = "CreateVpcPeeringConnection", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = create_parameters
};

static const struct parameter one_parameters[] = ONE_ID("VpcPeeringConnectionId");

static const struct operation accept = {
	.name = "AcceptVpcPeeringConnection", .effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = one_parameters
};

static const struct operation reject = {
	.name = "RejectVpcPeeringConnection", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = one_parameters
};

static const struct operation delete = {
	.name = "DeleteVpcPeeringConnection", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = one_parameters
};

static const struct field_list vpc_list = { .resource = "vpcs" };
static const struct argument tagged[] = TAGGED("vpc-peering-connection");

static const struct action_field create_fields[] = {
	{ .name = "vpc", .title = "VPC here", .type = FIELD_LIVE, .live = &vpc_list, .parameter = "VpcId",
	  .required = true },
	{ .name = "peer", .title = "The other VPC", .help = "Of another account or region: its id.",
	  .type = FIELD_LIVE, .live = &vpc_list, .parameter = "PeerVpcId", .required = true },
	{ .name = "account", .title = "Its account, if another", .parameter = "PeerOwnerId",
	  .check = check_account },
	{ .name = "region", .title = "Its region, if another", .parameter = "PeerRegion" },
	TAG_FIELD(tagged),
	{ 0 }
};

#define ID "VpcPeeringConnectionId"
#define STATE "status/code"

static const struct action actions[] = {
	{ .name = "new", .title = "Ask for a peering", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &create, .fields = create_fields,
	  .answer = { .made = "vpcPeeringConnection/vpcPeeringConnectionId" } },
	{ .name = "accept", .title = "Accept", .key = 'a', .kind = EFFECT_CHANGE,
	  .where = STATE "=pending-acceptance", .operation = &accept, .target = ID, .wait_path = STATE,
	  .wait_value = "active", .wait_bad = "failed expired rejected deleted" },
	{ .name = "reject", .title = "Reject", .key = 'd', .kind = EFFECT_DISRUPT,
	  .where = STATE "=pending-acceptance", .operation = &reject, .target = ID, .wait_path = STATE,
	  .wait_value = "rejected" },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete,
	  .target = ID, .wait_path = STATE, .wait_value = "deleted" },
	{ 0 }
};

static const struct resource vpc_peerings = {
	.name = "vpc-peerings", .aliases = "pcx peering", .title = "VPC peerings", .one = "VPC peering",
	.list = &describe, .rows = rows, .identity = { "vpcPeeringConnectionId" }, .label = TAG_NAME,
	.columns = columns, .sort = "name,peering", .drills = drills, .actions = actions, .tags = TAGS,
	.get = "VpcPeeringConnectionIds[]", .id_prefix = "pcx-", .arn = EC2_ARN("vpc-peering-connection"),
	.console = VPC_CONSOLE "PeeringConnectionDetails:vpcPeeringConnectionId={id}"
};

const struct resource *ec2_vpc_peerings(void)
{
	return &vpc_peerings;
}
