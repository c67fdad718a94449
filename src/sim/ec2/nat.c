/* SPDX-License-Identifier: MIT */
/* NAT gateways; a deleted one is listed for an hour. */
#include "sim/ec2/kinds.h"
#include "sim/ec2/parts.h"
#include "sim/ec2/use.h"
#include "sim/xml.h"

#include <stdio.h>
#include <string.h>

#define PENDING_MS 60000
#define FAILING_MS 10000
#define DELETING_MS 40000
#define HOUR_MS ((int64_t)3600000)

static void open_in(struct world *w, struct thing *t,
	const struct thing *subnet, struct thing *address)
{
	struct thing *eni = interface_add(w, subnet, "Interface for NAT "
		"Gateway", "nat_gateway");
	const char *ip = thing_get(eni, "privateIpAddress", w->born);

	thing_set(t, "subnetId", "%s", subnet->id);
	thing_set(t, "vpcId", "%s", thing_get(subnet, "vpcId", w->born));
	thing_set(t, "natGatewayAddressSet/1/networkInterfaceId", "%s",
		eni->id);
	thing_set(t, "natGatewayAddressSet/1/privateIp", "%s", ip);
	thing_set(eni, "description", "Interface for NAT Gateway %s", t->id);
	if (!address)
		return;
	thing_set(t, "natGatewayAddressSet/1/allocationId", "%s",
		address->id);
	thing_set(t, "natGatewayAddressSet/1/publicIp", "%s",
		thing_get(address, "publicIp", w->born));
	address_bind(w, address, eni->id, NULL, ip);
}

/* In the first subnet of prod. */
static void seed(struct world *w)
{
	struct thing *address = things_born(w, address_kind(), w->born);
	struct thing *t = things_born(w, nat_kind(), w->born - HOUR_MS * 990);
	const struct thing *subnet;
	size_t cursor = 0;
	unsigned n = 0;

	thing_set(address, "publicIp", "52.%u.%u.9",
		(unsigned)(w->key >> 16 & 255), (unsigned)(w->key >> 8 & 255));
	thing_set(address, "networkBorderGroup", "%s", w->region->name);
	thing_tag(address, "Name", "nat-prod");
	thing_tag(t, "Name", "nat-prod");
	while ((subnet = things_next(w, subnet_kind(), w->born, &cursor)))
		if (n++ == 2 * strlen(w->region->zones))
			open_in(w, t, subnet, address);
}

static bool find_address(struct call *c, bool is_private,
	struct thing **out)
{
	const char *has;

	*out = NULL;
	if (is_private)
		return !call_param(c, "AllocationId") || call_error(c, 400,
			"InvalidParameterCombination", "The parameter "
			"AllocationId cannot be used with a private NAT "
			"gateway");
	*out = things_need(c, address_kind(), "AllocationId");
	if (!*out)
		return false;
	has = thing_get(*out, "associationId", c->now);
	return !has || call_error(c, 400, "Resource.AlreadyAssociated",
		"resource %s is already associated with associate-id %s",
		(*out)->id, has);
}

static void create(struct call *c)
{
	struct thing *subnet = things_need(c, subnet_kind(), "SubnetId");
	const char *type = call_param(c, "ConnectivityType");
	bool is_private = type && !strcmp(type, "private");
	struct thing *address, *t;
	const char *vpc;

	if (!subnet || !find_address(c, is_private, &address))
		return;
	t = things_draft(c, nat_kind());
	if (!t || !things_add(c, t))
		return;
	open_in(c->world, t, subnet, address);
	vpc = thing_get(subnet, "vpcId", c->now);
	thing_set(t, "state", "pending");
	if (is_private || gateway_is_attached(c->world, vpc, c->now)) {
		thing_later(t, c->now + PENDING_MS, "state", "available");
	} else {
		thing_later(t, c->now + FAILING_MS, "state", "failed");
		thing_later(t, c->now + FAILING_MS, "failureCode",
			"Gateway.NotAttached");
		thing_later(t, c->now + FAILING_MS, "failureMessage",
			"The VPC of the subnet has no Internet gateway "
			"attached");
		t->gone = c->now + HOUR_MS;
	}
	things_reply(c, t, "natGateway");
}

static void delete(struct call *c)
{
	struct thing *t = things_need(c, nat_kind(), "NatGatewayId");
	struct thing *address = NULL, *eni = NULL;
	struct str at = STR_INIT;

	if (!t || ec2_dry_run(c))
		return;
	if (!thing_is(t, "state", "deleting", c->now) &&
		!thing_is(t, "state", "deleted", c->now)) {
		address = things_where(c->world, address_kind(),
			"networkInterfaceId", thing_get(t,
			"natGatewayAddressSet/1/networkInterfaceId", c->now),
			c->now);
		eni = things_find(c->world, interface_kind(), thing_get(t,
			"natGatewayAddressSet/1/networkInterfaceId", c->now),
			c->now);
		if (address)
			address_unbind(c->world, address);
		if (eni)
			things_remove(eni, c->now + DELETING_MS);
		table_blackhole(c->world, t->id, c->now);
		thing_set(t, "state", "deleting");
		thing_later(t, c->now + DELETING_MS, "state", "deleted");
		xml_time(&at, c->now + DELETING_MS);
		thing_later(t, c->now + DELETING_MS, "deleteTime", at.p);
		things_remove(t, c->now + HOUR_MS);
		str_clear(&at);
	}
	call_open(c);
	xml_add(c->out, "<natGatewayId>%r</natGatewayId>", t->id);
	call_close(c);
}

static const struct thing_member members[] = {
	{ "natGatewayId", "nat-gateway-id", FROM_ID, NULL, NULL },
	{ "state", "state", FROM_TEXT, "available", NULL },
	{ "vpcId", "vpc-id", FROM_NOTHING, NULL, NULL },
	{ "subnetId", "subnet-id", FROM_NOTHING, NULL, NULL },
	{ "connectivityType", NULL, FROM_PARAM, "ConnectivityType", "public" },
	{ "createTime", NULL, FROM_TIME, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "CreateNatGateway", .run = create, .write = true,
	  .parameters = EC2_TAGS "SubnetId AllocationId ConnectivityType ClientToken" },
	{ .name = "DeleteNatGateway", .run = delete, .write = true, .parameters = "NatGatewayId" },
	{ .name = "DescribeNatGateways", .run = things_describe, .parameters = EC2_FILTERS EC2_PAGE "NatGatewayId.N" },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "natGatewaySet", .id_param = "NatGatewayId", .id_name = "NatGateway", .prefix = "nat-",
		.malformed = "NatGatewayMalformed", .not_found = "NatGatewayNotFound", .page_most = 1000,
		.stored = true },
	.type = "natgateway", .describe = "DescribeNatGateways", .members = members,
	.actions = actions, .seed = seed,
	.most = 20, .most_code = "NatGatewayLimitExceeded",
	.most_text = "The maximum number of NAT gateways has been reached.",
};

const struct thing_kind *nat_kind(void)
{
	return &kind;
}
