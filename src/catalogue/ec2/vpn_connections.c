/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = TAG_NAME, .format = FORMAT_NATURAL,
	  .w80 = 12, .w132 = 20, .grow = 1, .keep = true },
	{ .name = "vpn", .title = "VPN", .path = "vpnConnectionId", .w80 = 21, .w132 = 21 },
	{ .name = "state", .title = "State", .path = "state", .format = FORMAT_STATE, .w80 = 11, .w132 = 11,
	  .keep = true },
	{ .name = "tunnels", .title = "Tunnels", .derive = derive_vpn_tunnels, .format = FORMAT_STATE,
	  .w80 = 8, .w132 = 8, .keep = true },
	{ .name = "gateway", .title = "Gateway", .path = "vpnGatewayId|transitGatewayId", .w80 = 21, .w132 = 21 },
	{ .name = "customer", .title = "Customer gateway", .path = "customerGatewayId", .w132 = 21 },
	{ .name = "static", .title = "Static", .path = "options/staticRoutesOnly", .format = FORMAT_BOOL, .w132 = 6 },
	{ .name = "outside", .title = "First tunnel", .path = "vgwTelemetry/item/outsideIpAddress",
	  .format = FORMAT_ADDRESS },
	{ .name = "type", .title = "Type", .path = "type" },
	{ .name = "category", .title = "Category", .path = "category" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "VpnConnectionIds[]", .wire = "VpnConnectionId.N" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeVpnConnections", .effect = EFFECT_READ, .repeat = REPEAT_SAFE, .parameters = parameters
};

static const struct drill drills[] = {
	{ .title = "Document", .enter = true },
	DRILL_TO("VPN gateway", "vpn-gateways", "VpnGatewayIds[0]", "vpnGatewayId"),
	DRILL_TO("Customer gateway", "customer-gateways", "CustomerGatewayIds[0]", "customerGatewayId"),
	USED_BY("Routes to its gateway", "routes", "route.gateway-id", "vpnGatewayId"),
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "vpnConnectionSet/item" },
	{ 0 }
};

static const struct parameter create_parameters[] = {
	{ .path = "Type" },
	{ .path = "CustomerGatewayId" },
	{ .path = "VpnGatewayId" },
	{ .path = "Options.StaticRoutesOnly", .type = VALUE_BOOLEAN },
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

static const struct operation create = {
	.name = "CreateVpnConnection", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = create_parameters
};

static const struct parameter delete_parameters[] = ONE_ID("VpnConnectionId");

static const struct operation delete = {
	.name = "DeleteVpnConnection", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = delete_parameters
};

static const struct field_list cgw_list = { .resource = "customer-gateways" };
static const struct field_list vgw_list = { .resource = "vpn-gateways" };
static const struct argument tagged[] = TAGGED("vpn-connection");
static const struct argument ipsec[] = { { .path = "Type", .value = "ipsec.1" }, { 0 } };

static const struct action_field create_fields[] = {
	{ .name = "customer", .title = "Customer gateway", .type = FIELD_LIVE, .live = &cgw_list,
	  .parameter = "CustomerGatewayId", .path = "customerGatewayId", .required = true },
	{ .name = "gateway", .title = "VPN gateway", .type = FIELD_LIVE, .live = &vgw_list,
	  .parameter = "VpnGatewayId", .path = "vpnGatewayId", .required = true },
	{ .name = "static", .title = "Static routes, no BGP", .type = FIELD_SWITCH, .value = "false",
	  .parameter = "Options.StaticRoutesOnly" },
	TAG_FIELD(tagged),
	{ 0 }
};

static const struct action_note create_notes[] = {
	{ .text = "AWS charges for it by the hour." },
	{ 0 }
};

static const struct action_note delete_notes[] = {
	{ .text = "Its keys and addresses go for ever: a new one needs the other end set up again." },
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New VPN connection", .notes = create_notes, .key = 'n',
	  .kind = EFFECT_CHANGE, .on = ON_PLACES, .operation = &create, .arguments = ipsec, .fields = create_fields,
	  .answer = { .made = "vpnConnection/vpnConnectionId" }, .wait_path = "state", .wait_value = "available",
	  .wait_bad = "deleting deleted" },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete,
	  .target = "VpnConnectionId", .wait_path = "state", .wait_value = "deleted", .notes = delete_notes },
	{ 0 }
};

static const struct resource vpn_connections = {
	.name = "vpn-connections", .aliases = "vpn", .title = "VPN connections", .one = "VPN connection",
	.list = &describe, .rows = rows, .identity = { "vpnConnectionId" }, .label = TAG_NAME,
	.columns = columns, .sort = "name,vpn", .drills = drills, .actions = actions, .tags = TAGS,
	.get = "VpnConnectionIds[]", .id_prefix = "vpn-", .arn = EC2_ARN("vpn-connection"),
	.console = VPC_CONSOLE "VpnConnectionDetails:vpnConnectionId={id}"
};

const struct resource *ec2_vpn_connections(void)
{
	return &vpn_connections;
}
