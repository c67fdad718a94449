/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = TAG_NAME, .format = FORMAT_NATURAL,
	  .w80 = 16, .w132 = 24, .grow = 1, .keep = true },
	{ .name = "gateway", .title = "Gateway", .path = "vpnGatewayId", .w80 = 21, .w132 = 21, .keep = true },
	{ .name = "state", .title = "State", .path = "state", .format = FORMAT_STATE, .w80 = 11, .w132 = 11,
	  .keep = true },
	{ .name = "vpc", .title = "VPC", .path = "attachments/item/vpcId",
	  .derive = derive_tagged_name, .join = "vpc", .w80 = 21, .w132 = 21 },
	{ .name = "attachment", .title = "Attachment", .path = "attachments/item/state", .format = FORMAT_STATE,
	  .w132 = 11 },
	{ .name = "asn", .title = "ASN", .path = "amazonSideAsn", .w132 = 10 },
	{ .name = "type", .title = "Type", .path = "type" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "VpnGatewayIds[]", .wire = "VpnGatewayId.N" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeVpnGateways", .effect = EFFECT_READ, .repeat = REPEAT_SAFE, .parameters = parameters
};

static const struct join joins[] = {
	VPC_JOIN("attachments/item/vpcId"),
	{ 0 }
};

static const struct drill drills[] = {
	ENTER_BY("VPN connections", "vpn-connections", "vpn-gateway-id", "vpnGatewayId"),
	DRILL_TO("VPC", "vpcs", "VpcIds[0]", "attachments/item/vpcId"),
	USED_BY("Routes to it", "routes", "route.gateway-id", "vpnGatewayId"),
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "vpnGatewaySet/item" },
	{ 0 }
};

static const struct parameter create_parameters[] = {
	{ .path = "Type" },
	{ .path = "AmazonSideAsn", .type = VALUE_INTEGER },
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

static const struct operation create = {
	.name = "CreateVpnGateway", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = create_parameters
};

static const struct parameter attach_parameters[] = {
	{ .path = "VpnGatewayId" },
	{ .path = "VpcId" },
	DRY_RUN,
	{ 0 }
};

static const struct operation attach = {
	.name = "AttachVpnGateway", .effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE, .parameters = attach_parameters
};

static const struct operation detach = {
	.name = "DetachVpnGateway", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE, .parameters = attach_parameters
};

static const struct parameter delete_parameters[] = ONE_ID("VpnGatewayId");

static const struct operation delete = {
	.name = "DeleteVpnGateway", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE, .parameters = delete_parameters
};

static const struct field_list vpc_list = { .resource = "vpcs" };
static const struct argument tagged[] = TAGGED("vpn-gateway");
static const struct argument ipsec[] = { { .path = "Type", .value = "ipsec.1" }, { 0 } };

static const struct action_field create_fields[] = {
	{ .name = "asn", .title = "AWS's side of BGP", .help = "Without: 64512.", .type = FIELD_NUMBER,
	  .low = 1, .high = 4294967294, .parameter = "AmazonSideAsn" },
	TAG_FIELD(tagged),
	{ 0 }
};

static const struct action_field attach_fields[] = {
	{ .name = "vpc", .title = "VPC", .type = FIELD_LIVE, .live = &vpc_list, .parameter = "VpcId",
	  .required = true },
	{ 0 }
};

static const struct row_argument attachment[] = {
	{ "VpnGatewayId", "vpnGatewayId" },
	{ "VpcId", "attachments/item/vpcId" },
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New VPN gateway", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &create, .arguments = ipsec, .fields = create_fields,
	  .answer = { .made = "vpnGateway/vpnGatewayId" } },
	{ .name = "attach", .title = "Attach to a VPC", .key = 'a', .kind = EFFECT_CHANGE, .on = ON_ROW,
	  .operation = &attach, .target = "VpnGatewayId", .fields = attach_fields,
	  .wait_path = "attachments/item/state", .wait_value = "attached", .undo = "detach" },
	{ .name = "detach", .title = "Detach", .key = 'd', .kind = EFFECT_DISRUPT, .operation = &detach,
	  .row_arguments = attachment },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete,
	  .target = "VpnGatewayId" },
	{ 0 }
};

static const struct resource vpn_gateways = {
	.name = "vpn-gateways", .aliases = "vgw", .title = "VPN gateways", .one = "VPN gateway",
	.list = &describe, .rows = rows, .identity = { "vpnGatewayId" }, .label = TAG_NAME,
	.columns = columns, .sort = "name,gateway", .joins = joins, .drills = drills, .actions = actions, .tags = TAGS,
	.get = "VpnGatewayIds[]", .id_prefix = "vgw-", .arn = EC2_ARN("vpn-gateway"),
	.console = VPC_CONSOLE "VpnGatewayDetails:vpnGatewayId={id}"
};

const struct resource *ec2_vpn_gateways(void)
{
	return &vpn_gateways;
}
