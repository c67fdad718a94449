/* SPDX-License-Identifier: MIT */
/* VPN gateways, and the gateways of customers at the other end. */
#include "sim/ec2/cidr.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/parts.h"
#include "sim/ec2/use.h"
#include "sim/xml.h"

#include <string.h>

#define MOVE_MS 20000
#define HOUR_MS ((int64_t)3600000)

/* What has been deleted is listed for a while; a VPN hangs on it before. */
static bool is_in_use(struct call *c, const struct thing *t,
	const char *path)
{
	size_t cursor = 0;
	const struct thing *vpn;

	while ((vpn = things_next(c->world, vpn_kind(), c->now, &cursor)))
		if (thing_is(vpn, path, t->id, c->now) &&
			!thing_is(vpn, "state", "deleted", c->now) &&
			!thing_is(vpn, "state", "deleting", c->now))
			return !call_error(c, 400, "IncorrectState", "The "
				"gateway '%s' is in use.", t->id);
	return false;
}

static void end(struct call *c, struct thing *t)
{
	if (ec2_dry_run(c))
		return;
	thing_set(t, "state", "deleted");
	things_remove(t, c->now + HOUR_MS);
	ec2_reply_true(c);
}

static void seed_vgw(struct world *w)
{
	struct thing *t = things_born(w, vgw_kind(), w->born), *vpc = NULL;
	size_t cursor = 0;

	for (int n = 0; n < 3; n++)
		vpc = things_next(w, vpc_kind(), w->born, &cursor);
	thing_set(t, "attachments/1/vpcId", "%s", vpc->id);
	thing_set(t, "attachments/1/state", "attached");
	thing_tag(t, "Name", "office");
}

static void create_vgw(struct call *c)
{
	struct thing *t = things_draft(c, vgw_kind());

	if (t && things_add(c, t))
		things_reply(c, t, "vpnGateway");
}

static void attach(struct call *c)
{
	struct thing *t = things_need(c, vgw_kind(), "VpnGatewayId");
	struct thing *vpc = t ? things_need(c, vpc_kind(), "VpcId") : NULL;

	if (!vpc)
		return;
	if (thing_get(t, "attachments/1/vpcId", c->now)) {
		call_error(c, 400, "VpnGatewayAttachmentLimitExceeded", "The "
			"maximum number of VPCs for %s has been reached.",
			t->id);
		return;
	}
	if (things_where(c->world, vgw_kind(), "attachments/N/vpcId", vpc->id,
		c->now)) {
		call_error(c, 400, "InvalidParameterValue", "Network %s "
			"already has a virtual private gateway attached",
			vpc->id);
		return;
	}
	if (ec2_dry_run(c))
		return;
	thing_set(t, "attachments/1/vpcId", "%s", vpc->id);
	thing_set(t, "attachments/1/state", "attaching");
	thing_later(t, c->now + MOVE_MS, "attachments/1/state", "attached");
	call_open(c);
	xml_add(c->out, "<attachment><vpcId>%r</vpcId><state>attaching"
		"</state></attachment>", vpc->id);
	call_close(c);
}

static void detach(struct call *c)
{
	struct thing *t = things_need(c, vgw_kind(), "VpnGatewayId");
	struct thing *vpc = t ? things_need(c, vpc_kind(), "VpcId") : NULL;

	if (!vpc)
		return;
	if (!thing_is(t, "attachments/1/vpcId", vpc->id, c->now)) {
		call_error(c, 400, "InvalidVpnGatewayAttachment.NotFound",
			"The attachment with vpn gateway ID '%s' and vpc ID "
			"'%s' does not exist.", t->id, vpc->id);
		return;
	}
	if (ec2_dry_run(c))
		return;
	thing_set(t, "attachments/1/state", "detaching");
	thing_later(t, c->now + MOVE_MS, "attachments/1/state", NULL);
	thing_later(t, c->now + MOVE_MS, "attachments/1/vpcId", NULL);
	table_blackhole(c->world, t->id, c->now);
	ec2_reply_true(c);
}

static void delete_vgw(struct call *c)
{
	struct thing *t = things_need(c, vgw_kind(), "VpnGatewayId");

	if (!t)
		return;
	if (thing_get(t, "attachments/1/vpcId", c->now))
		call_error(c, 400, "IncorrectState", "The vpnGateway '%s' is "
			"in use.", t->id);
	else if (!is_in_use(c, t, "vpnGatewayId"))
		end(c, t);
}

static void seed_cgw(struct world *w)
{
	struct thing *t = things_born(w, cgw_kind(), w->born);

	thing_set(t, "ipAddress", "203.0.113.17");
	thing_set(t, "bgpAsn", "65000");
	thing_tag(t, "Name", "office-router");
}

static void create_cgw(struct call *c)
{
	const char *ip = call_param(c, "IpAddress");
	const char *asn = ec2_need(c, "BgpAsn");
	unsigned address;
	struct thing *t;
	long number;

	if (!asn)
		return;
	if (!ip)
		ip = call_param(c, "PublicIp");
	if (!ip || !address_parse(ip, &address)) {
		call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
			"parameter ipAddress is invalid. Invalid IP address.",
			ip ? ip : "");
		return;
	}
	if (!str_int(asn, 1, 2147483647, &number)) {
		call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
			"parameter bgpAsn is invalid.", asn);
		return;
	}
	t = things_draft(c, cgw_kind());
	if (!t)
		return;
	thing_set(t, "ipAddress", "%s", ip);
	thing_set(t, "state", "pending");
	thing_later(t, c->now + MOVE_MS, "state", "available");
	if (things_add(c, t))
		things_reply(c, t, "customerGateway");
}

static void delete_cgw(struct call *c)
{
	struct thing *t = things_need(c, cgw_kind(), "CustomerGatewayId");

	if (t && !is_in_use(c, t, "customerGatewayId"))
		end(c, t);
}

static const struct thing_member vgw_members[] = {
	{ "vpnGatewayId", "vpn-gateway-id", FROM_ID, NULL, NULL },
	{ "state", "state", FROM_TEXT, "available", NULL },
	{ "type", "type", FROM_NEEDED, "Type", "ipsec.1" },
	{ "amazonSideAsn", "amazon-side-asn", FROM_PARAM, "AmazonSideAsn", "64512" },
	{ "attachments/N/vpcId", "attachment.vpc-id", FROM_NOTHING, NULL, NULL },
	{ "attachments/N/state", "attachment.state", FROM_NOTHING, NULL, NULL },
	{ .path = NULL }
};

static const struct thing_member cgw_members[] = {
	{ "customerGatewayId", "customer-gateway-id", FROM_ID, NULL, NULL },
	{ "state", "state", FROM_TEXT, "available", NULL },
	{ "type", "type", FROM_NEEDED, "Type", "ipsec.1" },
	{ "ipAddress", "ip-address", FROM_NOTHING, NULL, NULL },
	{ "bgpAsn", "bgp-asn", FROM_PARAM, "BgpAsn", NULL },
	{ "deviceName", "device-name", FROM_PARAM, "DeviceName", NULL },
	{ .path = NULL }
};

static const struct sim_action vgw_actions[] = {
	{ .name = "AttachVpnGateway", .run = attach, .write = true, .parameters = "VpnGatewayId VpcId" },
	{ .name = "CreateVpnGateway", .run = create_vgw, .write = true, .parameters = EC2_TAGS "Type AmazonSideAsn" },
	{ .name = "DeleteVpnGateway", .run = delete_vgw, .write = true, .parameters = "VpnGatewayId" },
	{ .name = "DescribeVpnGateways", .run = things_describe, .parameters = EC2_FILTERS "VpnGatewayId.N" },
	{ .name = "DetachVpnGateway", .run = detach, .write = true, .parameters = "VpnGatewayId VpcId" },
	{ .name = NULL }
};

static const struct sim_action cgw_actions[] = {
	{ .name = "CreateCustomerGateway", .run = create_cgw, .write = true,
	  .parameters = EC2_TAGS "Type IpAddress PublicIp BgpAsn DeviceName" },
	{ .name = "DeleteCustomerGateway", .run = delete_cgw, .write = true, .parameters = "CustomerGatewayId" },
	{ .name = "DescribeCustomerGateways", .run = things_describe, .parameters = EC2_FILTERS "CustomerGatewayId.N" },
	{ .name = NULL }
};

static const struct thing_kind vgws = {
	.list = { .set = "vpnGatewaySet", .id_param = "VpnGatewayId", .id_name = "vpnGateway ID", .prefix = "vgw-",
		.malformed = "InvalidVpnGatewayId.Malformed", .not_found = "InvalidVpnGatewayID.NotFound",
		.stored = true },
	.type = "vpn-gateway", .describe = "DescribeVpnGateways", .members = vgw_members,
	.actions = vgw_actions, .seed = seed_vgw,
	.most = 5, .most_code = "VpnGatewayLimitExceeded",
	.most_text = "The maximum number of virtual private gateways has been reached.",
};

static const struct thing_kind cgws = {
	.list = { .set = "customerGatewaySet", .id_param = "CustomerGatewayId", .id_name = "customerGateway ID",
		.prefix = "cgw-", .malformed = "InvalidCustomerGatewayId.Malformed",
		.not_found = "InvalidCustomerGatewayID.NotFound", .stored = true },
	.type = "customer-gateway", .describe = "DescribeCustomerGateways", .members = cgw_members,
	.actions = cgw_actions, .seed = seed_cgw,
	.most = 50, .most_code = "CustomerGatewayLimitExceeded",
	.most_text = "The maximum number of customer gateways has been reached.",
};

const struct thing_kind *vgw_kind(void)
{
	return &vgws;
}

const struct thing_kind *cgw_kind(void)
{
	return &cgws;
}
