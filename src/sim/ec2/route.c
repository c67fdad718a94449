/* SPDX-License-Identifier: MIT */
#include "sim/ec2/route.h"

#include "sim/ec2/cidr.h"
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/parts.h"
#include "sim/ec2/use.h"

#include <stdio.h>
#include <string.h>

#define ROUTES_MOST 50

static const char *const targets[][2] = {
	{ "GatewayId", "gatewayId" }, { "NatGatewayId", "natGatewayId" },
	{ "InstanceId", "instanceId" },
	{ "NetworkInterfaceId", "networkInterfaceId" },
	{ "VpcPeeringConnectionId", "vpcPeeringConnectionId" },
};

#define TARGETS (sizeof(targets) / sizeof(*targets))

static void set(struct thing *t, unsigned n, const char *member,
	const char *text)
{
	char path[80];

	snprintf(path, sizeof(path), "routeSet/%u/%s", n, member);
	thing_set(t, path, "%s", text);
}

static void put(struct thing *t, unsigned n, const char *destination,
	const char *member, const char *target, const char *origin)
{
	set(t, n, strchr(destination, ':') ? "destinationIpv6CidrBlock" :
		"destinationCidrBlock", destination);
	set(t, n, member, target);
	set(t, n, "state", "active");
	set(t, n, "origin", origin);
}

void route_put(struct thing *table, const char *destination,
	const char *member, const char *target, const char *origin)
{
	put(table, thing_next_item(table, "routeSet"), destination, member,
		target, origin);
}

void table_blackhole(struct world *w, const char *target, int64_t now)
{
	size_t cursor = 0;
	struct thing *t;

	while ((t = things_next(w, table_kind(), now, &cursor)))
		for (size_t i = 0; i < TARGETS; i++) {
			char pattern[64];
			unsigned n;

			snprintf(pattern, sizeof(pattern), "routeSet/N/%s",
				targets[i][1]);
			n = thing_item(t, pattern, target, now);
			if (n)
				set(t, n, "state", "blackhole");
		}
}

/* What the route leads to; false: answered. */
static bool check_target(struct call *c, const struct thing *table, size_t i,
	const char *id)
{
	const struct thing_kind *kind = str_starts(id, "igw-") ?
		gateway_kind() : str_starts(id, "vgw-") ? vgw_kind() :
		str_starts(id, "nat-") ? nat_kind() : str_starts(id, "eni-") ?
		interface_kind() : str_starts(id, "pcx-") ? peering_kind() :
		NULL;
	const char *vpc = thing_get(table, "vpcId", c->now);
	struct thing_row row;
	struct instance instance;

	if (!strcmp(targets[i][0], "InstanceId"))
		return ec2_list_find(c, instance_list(), id, &instance);
	if (!kind || (i == 0) != (kind == gateway_kind() ||
		kind == vgw_kind()))
		return call_error(c, 400, "InvalidGatewayID.NotFound", "The "
			"gateway ID '%s' does not exist", id);
	if (!ec2_list_find(c, &kind->list, id, &row))
		return false;
	if (kind == gateway_kind() && !thing_item(row.thing,
		"attachmentSet/N/vpcId", vpc, c->now))
		return call_error(c, 400, "InvalidParameterValue", "route "
			"table %s and network gateway %s belong to different "
			"networks", table->id, id);
	return true;
}

static bool find_target(struct call *c, const struct thing *table,
	size_t *index)
{
	size_t count = 0;

	for (size_t i = 0; i < TARGETS; i++) {
		if (!call_param(c, targets[i][0]))
			continue;
		*index = i;
		count++;
	}
	if (count != 1)
		return call_error(c, 400, count ?
			"InvalidParameterCombination" : "MissingParameter",
			"The request must contain exactly one of gatewayId, "
			"natGatewayId, networkInterfaceId, "
			"vpcPeeringConnectionId or instanceId");
	return check_target(c, table, *index,
		call_param(c, targets[*index][0]));
}

static bool find_destination(struct call *c, const char **out)
{
	const char *v6 = call_param(c, "DestinationIpv6CidrBlock");
	struct cidr cidr;
	char text[24];

	*out = v6;
	if (v6)
		return true;
	*out = ec2_need(c, "DestinationCidrBlock");
	if (!*out)
		return false;
	if (!cidr_parse(*out, &cidr))
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter destinationCidrBlock is invalid. "
			"This is not a valid CIDR block.", *out);
	cidr_text(&cidr, text);
	*out = call_textf(c, "%s", text);
	return true;
}

static unsigned find_route(const struct thing *t, const char *destination,
	int64_t now)
{
	return thing_item(t, strchr(destination, ':') ?
		"routeSet/N/destinationIpv6CidrBlock" :
		"routeSet/N/destinationCidrBlock", destination, now);
}

static bool is_local(const struct thing *t, unsigned n, int64_t now)
{
	char path[64];

	snprintf(path, sizeof(path), "routeSet/%u/gatewayId", n);
	return thing_is(t, path, "local", now);
}

static bool no_route(struct call *c, const struct thing *t,
	const char *destination)
{
	return call_error(c, 400, "InvalidRoute.NotFound", "no route with "
		"destination-cidr-block %s in route table %s", destination,
		t->id);
}

void route_create(struct call *c)
{
	struct thing *t = things_need(c, table_kind(), "RouteTableId");
	const char *destination;
	size_t i = 0;

	if (!t || !find_destination(c, &destination) ||
		!find_target(c, t, &i))
		return;
	if (find_route(t, destination, c->now)) {
		call_error(c, 400, "RouteAlreadyExists", "The route "
			"identified by %s already exists.", destination);
		return;
	}
	if (thing_next_item(t, "routeSet") > ROUTES_MOST) {
		call_error(c, 400, "RouteLimitExceeded", "The maximum number "
			"of routes per route table has been reached.");
		return;
	}
	if (ec2_dry_run(c))
		return;
	route_put(t, destination, targets[i][1],
		call_param(c, targets[i][0]), "CreateRoute");
	ec2_reply_true(c);
}

void route_replace(struct call *c)
{
	struct thing *t = things_need(c, table_kind(), "RouteTableId");
	const char *destination;
	char path[64];
	unsigned n;
	size_t i = 0;

	if (!t || !find_destination(c, &destination) ||
		!find_target(c, t, &i))
		return;
	n = find_route(t, destination, c->now);
	if (!n) {
		no_route(c, t, destination);
		return;
	}
	if (ec2_dry_run(c))
		return;
	snprintf(path, sizeof(path), "routeSet/%u", n);
	thing_drop(t, path);
	put(t, n, destination, targets[i][1], call_param(c, targets[i][0]),
		"CreateRoute");
	ec2_reply_true(c);
}

void route_delete(struct call *c)
{
	struct thing *t = things_need(c, table_kind(), "RouteTableId");
	const char *destination;
	char path[64];
	unsigned n;

	if (!t || !find_destination(c, &destination))
		return;
	n = find_route(t, destination, c->now);
	if (!n) {
		no_route(c, t, destination);
		return;
	}
	if (is_local(t, n, c->now)) {
		call_error(c, 400, "InvalidParameterValue", "cannot remove "
			"local route %s in route table %s", destination,
			t->id);
		return;
	}
	if (ec2_dry_run(c))
		return;
	snprintf(path, sizeof(path), "routeSet/%u", n);
	thing_drop(t, path);
	ec2_reply_true(c);
}
