/* SPDX-License-Identifier: MIT */
/* VPC peerings, between VPCs of one account or waiting for another. */
#include "sim/ec2/cidr.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/parts.h"
#include "sim/ec2/use.h"
#include "sim/xml.h"

#include <stdio.h>
#include <string.h>

#define HOUR_MS ((int64_t)3600000)
#define WEEK_MS (7 * 24 * HOUR_MS)

static void set_side(struct thing *t, const char *side, const char *vpc,
	const char *cidr, const char *owner, const char *region)
{
	const char *const members[][2] = {
		{ "cidrBlock", cidr }, { "cidrBlockSet/1/cidrBlock", cidr },
		{ "ownerId", owner }, { "vpcId", vpc }, { "region", region },
	};
	char path[80];

	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		snprintf(path, sizeof(path), "%s/%s", side, members[i][0]);
		if (members[i][1])
			thing_set(t, path, "%s", members[i][1]);
	}
}

static void set_status(struct thing *t, const char *code,
	const char *message)
{
	thing_set(t, "status/code", "%s", code);
	thing_set(t, "status/message", "%s", message);
}

/* stage with prod, and somebody outside who would like to. */
static void seed(struct world *w)
{
	struct thing *vpcs[3] = { NULL }, *t;
	size_t cursor = 0;

	for (int n = 0; n < 3; n++)
		vpcs[n] = things_next(w, vpc_kind(), w->born, &cursor);
	t = things_born(w, peering_kind(), w->born);
	set_side(t, "requesterVpcInfo", vpcs[1]->id, thing_get(vpcs[1],
		"cidrBlock", 0), w->account, w->region->name);
	set_side(t, "accepterVpcInfo", vpcs[2]->id, thing_get(vpcs[2],
		"cidrBlock", 0), w->account, w->region->name);
	set_status(t, "active", "Active");
	thing_tag(t, "Name", "stage-prod");
}

static const char *param_or(struct call *c, const char *name,
	const char *otherwise)
{
	const char *value = call_param(c, name);

	return value ? value : otherwise;
}

static struct thing *find_same(struct call *c, const char *a, const char *b)
{
	size_t cursor = 0;
	struct thing *t;

	while ((t = things_next(c->world, peering_kind(), c->now, &cursor))) {
		const char *code = thing_get(t, "status/code", c->now);

		if (thing_is(t, "requesterVpcInfo/vpcId", a, c->now) &&
			thing_is(t, "accepterVpcInfo/vpcId", b, c->now) &&
			(!strcmp(code, "active") ||
			!strcmp(code, "pending-acceptance")))
			return t;
	}
	return NULL;
}

static void request(struct call *c, const struct thing *vpc,
	const char *peer_id, const struct thing *peer)
{
	const char *owner = param_or(c, "PeerOwnerId", c->world->account);
	const char *region = param_or(c, "PeerRegion",
		c->world->region->name);
	struct thing *t = things_draft(c, peering_kind());
	struct cidr a = { 0 }, b = { 0, 32 };
	const char *theirs;
	struct str at = STR_INIT;

	if (!t)
		return;
	theirs = peer ? thing_get(peer, "cidrBlock", c->now) : NULL;
	set_side(t, "requesterVpcInfo", vpc->id, thing_get(vpc, "cidrBlock",
		c->now), c->world->account, c->world->region->name);
	set_side(t, "accepterVpcInfo", peer_id, theirs, owner, region);
	xml_time(&at, c->now + WEEK_MS);
	thing_set(t, "expirationTime", "%s", at.p);
	str_clear(&at);
	cidr_parse(thing_get(vpc, "cidrBlock", c->now), &a);
	if (theirs && cidr_parse(theirs, &b) && cidr_overlap(&a, &b)) {
		set_status(t, "failed", "Failed due to incorrect VPC-ID, "
			"Account ID, or overlapping CIDR range");
		t->gone = c->now + 2 * HOUR_MS;
	} else {
		set_status(t, "initiating-request", "Initiating Request to ");
		thing_later(t, c->now + 1000, "status/code",
			"pending-acceptance");
		thing_later(t, c->now + 1000, "status/message",
			"Pending Acceptance");
	}
	if (things_add(c, t))
		things_reply(c, t, "vpcPeeringConnection");
}

static void create(struct call *c)
{
	struct thing *vpc = things_need(c, vpc_kind(), "VpcId"), *peer = NULL;
	const char *peer_id = vpc ? ec2_need(c, "PeerVpcId") : NULL;
	bool here = !strcmp(param_or(c, "PeerOwnerId", c->world->account),
		c->world->account) && !strcmp(param_or(c, "PeerRegion",
		c->world->region->name), c->world->region->name);

	if (!peer_id)
		return;
	if (here && !(peer = things_need(c, vpc_kind(), "PeerVpcId")))
		return;
	if (find_same(c, vpc->id, peer_id))
		call_error(c, 400, "VpcPeeringConnectionAlreadyExists", "A "
			"VPC peering connection between %s and %s exists "
			"already", vpc->id, peer_id);
	else
		request(c, vpc, peer_id, peer);
}

/* NULL: answered. */
static struct thing *in_state(struct call *c, const char *states)
{
	struct thing *t = things_need(c, peering_kind(),
		"VpcPeeringConnectionId");
	const char *code = t ? thing_get(t, "status/code", c->now) : NULL;

	if (!t || strstr(states, code))
		return t;
	call_error(c, 400, "InvalidStateTransition", "Invalid state "
		"transition for %s, attempted to transition from %s", t->id,
		code);
	return NULL;
}

static void accept(struct call *c)
{
	struct thing *t = in_state(c, "pending-acceptance");

	if (!t || ec2_dry_run(c))
		return;
	set_status(t, "provisioning", "Provisioning");
	thing_later(t, c->now + 5000, "status/code", "active");
	thing_later(t, c->now + 5000, "status/message", "Active");
	thing_drop(t, "expirationTime");
	things_reply(c, t, "vpcPeeringConnection");
}

static void end(struct call *c, struct thing *t, const char *code,
	const char *message)
{
	if (!t || ec2_dry_run(c))
		return;
	set_status(t, code, message);
	table_blackhole(c->world, t->id, c->now);
	things_remove(t, c->now + 2 * HOUR_MS);
	ec2_reply_true(c);
}

static void reject(struct call *c)
{
	end(c, in_state(c, "pending-acceptance"), "rejected", "Rejected");
}

static void delete(struct call *c)
{
	end(c, in_state(c, "active pending-acceptance provisioning failed"),
		"deleted", "Deleted");
}

static const struct thing_member members[] = {
	{ "vpcPeeringConnectionId", "vpc-peering-connection-id", FROM_ID, NULL, NULL },
	{ "accepterVpcInfo/cidrBlock", "accepter-vpc-info.cidr-block", FROM_NOTHING, NULL, NULL },
	{ "accepterVpcInfo/ownerId", "accepter-vpc-info.owner-id", FROM_NOTHING, NULL, NULL },
	{ "accepterVpcInfo/vpcId", "accepter-vpc-info.vpc-id", FROM_NOTHING, NULL, NULL },
	{ "requesterVpcInfo/cidrBlock", "requester-vpc-info.cidr-block", FROM_NOTHING, NULL, NULL },
	{ "requesterVpcInfo/ownerId", "requester-vpc-info.owner-id", FROM_NOTHING, NULL, NULL },
	{ "requesterVpcInfo/vpcId", "requester-vpc-info.vpc-id", FROM_NOTHING, NULL, NULL },
	{ "status/code", "status-code", FROM_NOTHING, NULL, NULL },
	{ "status/message", "status-message", FROM_NOTHING, NULL, NULL },
	{ .path = NULL }
};

#define ID "VpcPeeringConnectionId"

static const struct sim_action actions[] = {
	{ .name = "AcceptVpcPeeringConnection", .run = accept, .write = true, .parameters = ID },
	{ .name = "CreateVpcPeeringConnection", .run = create, .write = true,
	  .parameters = EC2_TAGS "VpcId PeerVpcId PeerOwnerId PeerRegion" },
	{ .name = "DeleteVpcPeeringConnection", .run = delete, .write = true, .parameters = ID },
	{ .name = "DescribeVpcPeeringConnections", .run = things_describe,
	  .parameters = EC2_FILTERS EC2_PAGE ID ".N" },
	{ .name = "RejectVpcPeeringConnection", .run = reject, .write = true, .parameters = ID },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "vpcPeeringConnectionSet", .id_param = ID, .id_name = "vpcPeeringConnection ID",
		.prefix = "pcx-", .malformed = "InvalidVpcPeeringConnectionId.Malformed",
		.not_found = "InvalidVpcPeeringConnectionID.NotFound", .page_most = 1000, .stored = true },
	.type = "vpc-peering-connection", .describe = "DescribeVpcPeeringConnections", .members = members,
	.actions = actions, .seed = seed,
};

const struct thing_kind *peering_kind(void)
{
	return &kind;
}
