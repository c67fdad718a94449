/* SPDX-License-Identifier: MIT */
/* Route tables and what they are associated with; routes: route.c. */
#include "sim/ec2/kinds.h"
#include "sim/ec2/parts.h"
#include "sim/ec2/route.h"
#include "sim/ec2/use.h"
#include "sim/xml.h"

#include <stdio.h>
#include <string.h>

static void join(struct world *w, struct thing *t, const char *subnet)
{
	unsigned n = thing_next_item(t, "associationSet");
	char path[80], id[EC2_ID_MOST];

	ec2_part_id(w, "rtbassoc-", id);
	snprintf(path, sizeof(path),
		"associationSet/%u/routeTableAssociationId", n);
	thing_set(t, path, "%s", id);
	snprintf(path, sizeof(path), "associationSet/%u/routeTableId", n);
	thing_set(t, path, "%s", t->id);
	snprintf(path, sizeof(path), "associationSet/%u/main", n);
	thing_set(t, path, subnet ? "false" : "true");
	snprintf(path, sizeof(path), "associationSet/%u/subnetId", n);
	if (subnet)
		thing_set(t, path, "%s", subnet);
	snprintf(path, sizeof(path),
		"associationSet/%u/associationState/state", n);
	thing_set(t, path, "associated");
}

static void begin(struct thing *t, const struct thing *vpc, int64_t now)
{
	thing_set(t, "vpcId", "%s", vpc->id);
	route_put(t, thing_get(vpc, "cidrBlock", now), "gatewayId", "local",
		"CreateRouteTable");
}

void table_add_main(struct world *w, const struct thing *vpc)
{
	struct thing *t = things_born(w, table_kind(), w->born);

	begin(t, vpc, w->born);
	join(w, t, NULL);
}

static void join_subnets(struct world *w, struct thing *t, const char *vpc)
{
	const struct thing *subnet;
	size_t cursor = 0;

	while ((subnet = things_next(w, subnet_kind(), w->born, &cursor)))
		if (thing_is(subnet, "vpcId", vpc, w->born))
			join(w, t, subnet->id);
}

/* A main table each; all but the default VPC have one of their own for
 * their subnets. In stage somebody took a gateway away. */
static void seed(struct world *w)
{
	const struct thing *vpc;
	size_t cursor = 0;

	for (unsigned n = 0; (vpc = things_next(w, vpc_kind(), w->born,
		&cursor)); n++) {
		const struct thing *gateway = things_where(w, gateway_kind(),
			"attachmentSet/N/vpcId", vpc->id, w->born);
		struct thing *t;

		table_add_main(w, vpc);
		t = things_where(w, table_kind(), "vpcId", vpc->id, w->born);
		if (n > 0) {
			t = things_born(w, table_kind(), w->born);
			begin(t, vpc, w->born);
			join_subnets(w, t, vpc->id);
			thing_tag(t, "Name", n == 1 ? "stage-public" :
				"prod-public");
		}
		route_put(t, "0.0.0.0/0", "gatewayId", gateway->id,
			"CreateRoute");
		if (n == 1) {
			route_put(t, "10.99.0.0/16", "natGatewayId",
				"nat-0deadbeef00000001", "CreateRoute");
			table_blackhole(w, "nat-0deadbeef00000001", w->born);
		}
	}
}

static void create(struct call *c)
{
	struct thing *vpc = things_need(c, vpc_kind(), "VpcId");
	struct thing *t = vpc ? things_draft(c, table_kind()) : NULL;

	if (!t)
		return;
	begin(t, vpc, c->now);
	if (things_add(c, t))
		things_reply(c, t, "routeTable");
}

static void delete(struct call *c)
{
	struct thing *t = things_need(c, table_kind(), "RouteTableId");

	if (!t)
		return;
	if (thing_item(t, "associationSet/N/routeTableId", t->id, c->now)) {
		call_error(c, 400, "DependencyViolation", "The routeTable "
			"'%s' has dependencies and cannot be deleted.",
			t->id);
		return;
	}
	ec2_delete(c, table_kind(), "RouteTableId", NULL);
}

static void reply(struct call *c, const char *element, const char *id)
{
	call_open(c);
	xml_add(c->out, "<%r>%r</%r><associationState><state>associated"
		"</state></associationState>", element, id, element);
	call_close(c);
}

static const char *association_of(const struct thing *t, unsigned n,
	int64_t now)
{
	char path[80];

	snprintf(path, sizeof(path),
		"associationSet/%u/routeTableAssociationId", n);
	return thing_get(t, path, now);
}

static void associate(struct call *c)
{
	struct thing *t = things_need(c, table_kind(), "RouteTableId");
	struct thing *subnet = t ? things_need(c, subnet_kind(), "SubnetId") :
		NULL;

	if (!subnet)
		return;
	if (!thing_is(subnet, "vpcId", thing_get(t, "vpcId", c->now),
		c->now)) {
		call_error(c, 400, "InvalidParameterValue", "Route table %s "
			"and subnet %s belong to different networks", t->id,
			subnet->id);
		return;
	}
	if (things_where(c->world, table_kind(), "associationSet/N/subnetId",
		subnet->id, c->now)) {
		call_error(c, 400, "Resource.AlreadyAssociated", "the "
			"specified association for route table %s conflicts "
			"with an existing association", t->id);
		return;
	}
	if (ec2_dry_run(c))
		return;
	join(c->world, t, subnet->id);
	reply(c, "associationId", association_of(t, thing_item(t,
		"associationSet/N/subnetId", subnet->id, c->now), c->now));
}

/* The table of AssociationId, and which one it is. NULL: answered. */
static struct thing *find_association(struct call *c, unsigned *n)
{
	const char *id = ec2_need(c, "AssociationId");
	struct thing *t;

	if (!id)
		return NULL;
	t = things_where(c->world, table_kind(),
		"associationSet/N/routeTableAssociationId", id, c->now);
	if (!t)
		call_error(c, 400, "InvalidAssociationID.NotFound", "The "
			"association ID '%s' does not exist", id);
	else
		*n = thing_item(t, "associationSet/N/routeTableAssociationId",
			id, c->now);
	return t;
}

static bool is_main(const struct thing *t, unsigned n, int64_t now)
{
	char path[80];

	snprintf(path, sizeof(path), "associationSet/%u/main", n);
	return thing_is(t, path, "true", now);
}

static void leave(struct thing *t, unsigned n)
{
	char path[80];

	snprintf(path, sizeof(path), "associationSet/%u", n);
	thing_drop(t, path);
}

static void disassociate(struct call *c)
{
	unsigned n = 0;
	struct thing *t = find_association(c, &n);

	if (!t)
		return;
	if (is_main(t, n, c->now)) {
		call_error(c, 400, "InvalidParameterValue", "cannot "
			"disassociate the main route table association %s",
			association_of(t, n, c->now));
		return;
	}
	if (ec2_dry_run(c))
		return;
	leave(t, n);
	ec2_reply_true(c);
}

static void replace(struct call *c)
{
	unsigned n = 0;
	struct thing *from = find_association(c, &n), *to;
	char path[80], *subnet;

	to = from ? things_need(c, table_kind(), "RouteTableId") : NULL;
	if (!to || ec2_dry_run(c))
		return;
	snprintf(path, sizeof(path), "associationSet/%u/subnetId", n);
	subnet = is_main(from, n, c->now) ? NULL : call_textf(c, "%s",
		thing_get(from, path, c->now));
	leave(from, n);
	n = thing_next_item(to, "associationSet");
	join(c->world, to, subnet);
	reply(c, "newAssociationId", association_of(to, n, c->now));
}

static const struct thing_member members[] = {
	{ "routeTableId", "route-table-id", FROM_ID, NULL, NULL },
	{ "vpcId", "vpc-id", FROM_NOTHING, NULL, NULL },
	{ "ownerId", "owner-id", FROM_OWNER, NULL, NULL },
	{ "routeSet/N/destinationCidrBlock", "route.destination-cidr-block", FROM_NOTHING, NULL, NULL },
	{ "routeSet/N/gatewayId", "route.gateway-id", FROM_NOTHING, NULL, NULL },
	{ "routeSet/N/natGatewayId", "route.nat-gateway-id", FROM_NOTHING, NULL, NULL },
	{ "routeSet/N/instanceId", "route.instance-id", FROM_NOTHING, NULL, NULL },
	{ "routeSet/N/vpcPeeringConnectionId", "route.vpc-peering-connection-id", FROM_NOTHING, NULL, NULL },
	{ "routeSet/N/state", "route.state", FROM_NOTHING, NULL, NULL },
	{ "routeSet/N/origin", "route.origin", FROM_NOTHING, NULL, NULL },
	{ "associationSet/N/main", "association.main", FROM_NOTHING, NULL, NULL },
	{ "associationSet/N/subnetId", "association.subnet-id", FROM_NOTHING, NULL, NULL },
	{ "associationSet/N/routeTableAssociationId", "association.route-table-association-id",
	  FROM_NOTHING, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "AssociateRouteTable", .run = associate, .write = true, .parameters = "RouteTableId SubnetId" },
	{ .name = "CreateRoute", .run = route_create, .write = true, .parameters = ROUTE_PARAMETERS },
	{ .name = "CreateRouteTable", .run = create, .write = true, .parameters = EC2_TAGS "VpcId" },
	{ .name = "DeleteRoute", .run = route_delete, .write = true,
	  .parameters = "RouteTableId DestinationCidrBlock DestinationIpv6CidrBlock" },
	{ .name = "DeleteRouteTable", .run = delete, .write = true, .parameters = "RouteTableId" },
	{ .name = "DescribeRouteTables", .run = things_describe, .parameters = EC2_FILTERS EC2_PAGE "RouteTableId.N" },
	{ .name = "DisassociateRouteTable", .run = disassociate, .write = true, .parameters = "AssociationId" },
	{ .name = "ReplaceRoute", .run = route_replace, .write = true, .parameters = ROUTE_PARAMETERS },
	{ .name = "ReplaceRouteTableAssociation", .run = replace, .write = true,
	  .parameters = "AssociationId RouteTableId" },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "routeTableSet", .id_param = "RouteTableId", .id_name = "routeTable ID", .prefix = "rtb-",
		.malformed = "InvalidRouteTableId.Malformed", .not_found = "InvalidRouteTableID.NotFound",
		.page_most = 100, .stored = true },
	.type = "route-table", .describe = "DescribeRouteTables", .members = members,
	.actions = actions, .seed = seed,
	.most = 200, .most_code = "RouteTableLimitExceeded",
	.most_text = "The maximum number of route tables has been reached.",
};

const struct thing_kind *table_kind(void)
{
	return &kind;
}
