/* SPDX-License-Identifier: MIT */
/* VPN connections: two tunnels each, of which the second may be down. */
#include "sim/ec2/kinds.h"
#include "sim/ec2/use.h"
#include "sim/xml.h"

#include <stdio.h>
#include <string.h>

#define PENDING_MS 60000
#define DELETING_MS 30000
#define HOUR_MS ((int64_t)3600000)

static void set_tunnel(struct thing *t, unsigned n, bool up, int64_t since)
{
	struct str at = STR_INIT;
	char path[64];

	xml_time(&at, since);
	snprintf(path, sizeof(path), "vgwTelemetry/%u/outsideIpAddress", n);
	thing_set(t, path, "52.95.%u.%u", 100 + n, 7 * n);
	snprintf(path, sizeof(path), "vgwTelemetry/%u/lastStatusChange", n);
	thing_set(t, path, "%s", at.p);
	snprintf(path, sizeof(path), "vgwTelemetry/%u/status", n);
	thing_set(t, path, up ? "UP" : "DOWN");
	snprintf(path, sizeof(path), "vgwTelemetry/%u/statusMessage", n);
	thing_set(t, path, up ? "" : "IPSEC IS DOWN");
	snprintf(path, sizeof(path), "vgwTelemetry/%u/acceptedRouteCount", n);
	thing_set(t, path, "0");
	str_clear(&at);
}

static void seed(struct world *w)
{
	struct thing *t = things_born(w, vpn_kind(), w->born);
	size_t cursor = 0;

	thing_set(t, "vpnGatewayId", "%s", things_next(w, vgw_kind(), w->born,
		&cursor)->id);
	cursor = 0;
	thing_set(t, "customerGatewayId", "%s", things_next(w, cgw_kind(),
		w->born, &cursor)->id);
	set_tunnel(t, 1, true, w->born - 9 * HOUR_MS);
	set_tunnel(t, 2, false, w->born - HOUR_MS);
	thing_set(t, "routes/1/destinationCidrBlock", "192.168.0.0/16");
	thing_set(t, "routes/1/state", "available");
	thing_tag(t, "Name", "office");
}

static void create(struct call *c)
{
	struct thing *cgw = things_need(c, cgw_kind(), "CustomerGatewayId");
	struct thing *vgw = cgw ? things_need(c, vgw_kind(), "VpnGatewayId") :
		NULL;
	struct thing *t = vgw ? things_draft(c, vpn_kind()) : NULL;

	if (!t)
		return;
	set_tunnel(t, 1, false, c->now);
	set_tunnel(t, 2, false, c->now);
	thing_set(t, "state", "pending");
	thing_later(t, c->now + PENDING_MS, "state", "available");
	if (things_add(c, t))
		things_reply(c, t, "vpnConnection");
}

static void delete(struct call *c)
{
	struct thing *t = things_need(c, vpn_kind(), "VpnConnectionId");

	if (!t || ec2_dry_run(c))
		return;
	thing_set(t, "state", "deleting");
	thing_later(t, c->now + DELETING_MS, "state", "deleted");
	things_remove(t, c->now + HOUR_MS);
	ec2_reply_true(c);
}

static const struct thing_member members[] = {
	{ "vpnConnectionId", "vpn-connection-id", FROM_ID, NULL, NULL },
	{ "state", "state", FROM_TEXT, "available", NULL },
	{ "customerGatewayId", "customer-gateway-id", FROM_PARAM, "CustomerGatewayId", NULL },
	{ "vpnGatewayId", "vpn-gateway-id", FROM_PARAM, "VpnGatewayId", NULL },
	{ "type", "type", FROM_NEEDED, "Type", "ipsec.1" },
	{ "category", NULL, FROM_TEXT, "VPN", NULL },
	{ "options/staticRoutesOnly", "option.static-routes-only", FROM_PARAM, "Options.StaticRoutesOnly", "false" },
	{ "routes/N/destinationCidrBlock", "route.destination-cidr-block", FROM_NOTHING, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "CreateVpnConnection", .run = create, .write = true,
	  .parameters = EC2_TAGS "Type CustomerGatewayId VpnGatewayId Options.StaticRoutesOnly" },
	{ .name = "DeleteVpnConnection", .run = delete, .write = true, .parameters = "VpnConnectionId" },
	{ .name = "DescribeVpnConnections", .run = things_describe, .parameters = EC2_FILTERS "VpnConnectionId.N" },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "vpnConnectionSet", .id_param = "VpnConnectionId", .id_name = "vpnConnection ID",
		.prefix = "vpn-", .malformed = "InvalidVpnConnectionId.Malformed",
		.not_found = "InvalidVpnConnectionID.NotFound", .stored = true },
	.type = "vpn-connection", .describe = "DescribeVpnConnections", .members = members,
	.actions = actions, .seed = seed,
	.most = 50, .most_code = "VpnConnectionLimitExceeded",
	.most_text = "The maximum number of VPN connections has been reached.",
};

const struct thing_kind *vpn_kind(void)
{
	return &kind;
}
