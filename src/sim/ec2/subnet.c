/* SPDX-License-Identifier: MIT */
#include "sim/ec2/cidr.h"
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/parts.h"
#include "sim/ec2/use.h"

#include <stdio.h>
#include <string.h>

static void set_zone(const struct world *w, struct thing *t, unsigned zone)
{
	char name[24];

	zone_name(w, zone, name);
	thing_set(t, "availabilityZone", "%s", name);
	thing_set(t, "availabilityZoneId", "%s-az%u", w->region->zone_id,
		zone + 1);
}

static void seed_one(struct world *w, const struct thing *vpc, unsigned n,
	unsigned zone)
{
	struct thing *t = things_born(w, subnet_kind(), w->born);
	struct cidr cidr = { vpc_address(n) + zone * 4096, 20 };
	const char *name = vpc->tags.count ? vpc->tags.items[0].value : NULL;
	char text[64];

	cidr_text(&cidr, text);
	thing_set(t, "vpcId", "%s", vpc->id);
	thing_set(t, "cidrBlock", "%s", text);
	thing_set(t, "availableIpAddressCount", "%u",
		(unsigned)(4091 - w->instances % 700));
	set_zone(w, t, zone);
	thing_set(t, "defaultForAz", name ? "false" : "true");
	thing_set(t, "mapPublicIpOnLaunch", name ? "false" : "true");
	if (!name)
		return;
	snprintf(text, sizeof(text), "%s-%c", name, w->region->zones[zone]);
	thing_tag(t, "Name", text);
}

static void seed(struct world *w)
{
	const struct thing *vpc;
	size_t cursor = 0;

	for (unsigned n = 0; (vpc = things_next(w, vpc_kind(), w->born,
		&cursor)); n++)
		for (unsigned zone = 0; zone < zone_count(w); zone++)
			seed_one(w, vpc, n, zone);
}

/* 0 and up by name or id of the zone; -1: answered. Without, the first. */
static int find_zone(struct call *c)
{
	const char *name = call_param(c, "AvailabilityZone");
	const char *id = call_param(c, "AvailabilityZoneId");

	for (unsigned n = 0; n < zone_count(c->world); n++) {
		char has[24];

		zone_name(c->world, n, has);
		if ((!name || !strcmp(name, has)) && (!id || !strcmp(id,
			call_textf(c, "%s-az%u", c->world->region->zone_id,
			n + 1))))
			return (int)n;
	}
	call_error(c, 400, "InvalidParameterValue", "Value (%s) for parameter "
		"availabilityZone is invalid. Subnets can currently only be "
		"created in the following availability zones: %s%c-%c.",
		name ? name : id, c->world->region->name,
		c->world->region->zones[0],
		c->world->region->zones[zone_count(c->world) - 1]);
	return -1;
}

static bool check_cidr(struct call *c, const struct thing *vpc,
	const char *given, struct cidr *cidr)
{
	struct cidr whole, other;
	const struct thing *t;
	size_t cursor = 0;

	if (!cidr_parse(given, cidr))
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter cidrBlock is invalid. This is not "
			"a valid CIDR block.", given);
	cidr_parse(thing_get(vpc, "cidrBlock", c->now), &whole);
	if (cidr->bits < 16 || cidr->bits > 28 ||
		!cidr_within(cidr, &whole))
		return call_error(c, 400, "InvalidSubnet.Range", "The CIDR "
			"'%s' is invalid.", given);
	while ((t = things_next(c->world, subnet_kind(), c->now, &cursor)))
		if (thing_is(t, "vpcId", vpc->id, c->now) &&
			cidr_parse(thing_get(t, "cidrBlock", c->now),
				&other) && cidr_overlap(cidr, &other))
			return call_error(c, 400, "InvalidSubnet.Conflict",
				"The CIDR '%s' conflicts with another subnet",
				given);
	return true;
}

static void create(struct call *c)
{
	struct thing *vpc = things_need(c, vpc_kind(), "VpcId");
	const char *given = vpc ? ec2_need(c, "CidrBlock") : NULL;
	struct cidr cidr;
	struct thing *t;
	char text[24];
	int zone;

	if (!given || !check_cidr(c, vpc, given, &cidr))
		return;
	zone = find_zone(c);
	t = zone < 0 ? NULL : things_draft(c, subnet_kind());
	if (!t)
		return;
	cidr_text(&cidr, text);
	thing_set(t, "cidrBlock", "%s", text);
	thing_set(t, "availableIpAddressCount", "%u",
		(1u << (32 - cidr.bits)) - 5);
	set_zone(c->world, t, (unsigned)zone);
	if (!things_add(c, t))
		return;
	acl_join(c->world, t);
	things_reply(c, t, "subnet");
}

static void delete(struct call *c)
{
	static const struct thing_use uses[] = {
		{ interface_kind, "subnetId" }, { NULL, NULL }
	};
	struct thing *t = things_need(c, subnet_kind(), "SubnetId"), *table;
	char path[48];

	if (!t || !ec2_check_unused(c, t, uses) || ec2_dry_run(c))
		return;
	acl_leave(c->world, t->id, c->now);
	table = things_where(c->world, table_kind(),
		"associationSet/N/subnetId", t->id, c->now);
	if (table) {
		snprintf(path, sizeof(path), "associationSet/%u", thing_item(
			table, "associationSet/N/subnetId", t->id, c->now));
		thing_drop(table, path);
	}
	things_remove(t, c->now);
	ec2_reply_true(c);
}

static void modify(struct call *c)
{
	struct thing *t = things_need(c, subnet_kind(), "SubnetId");
	const char *value = call_param(c, "MapPublicIpOnLaunch.Value");

	if (!t)
		return;
	if (value)
		thing_set(t, "mapPublicIpOnLaunch", "%s",
			!strcmp(value, "true") ? "true" : "false");
	ec2_reply_true(c);
}

static const struct thing_member members[] = {
	{ "subnetId", "subnet-id", FROM_ID, NULL, NULL },
	{ "subnetArn", "subnet-arn", FROM_ARN, "subnet/", NULL },
	{ "state", "state", FROM_TEXT, "available", NULL },
	{ "ownerId", "owner-id", FROM_OWNER, NULL, NULL },
	{ "vpcId", "vpc-id vpcId", FROM_NEEDED, "VpcId", NULL },
	{ "cidrBlock", "cidr cidrBlock cidr-block", FROM_NEEDED, "CidrBlock", NULL },
	{ "ipv6CidrBlockAssociationSet", NULL, FROM_TEXT, "", NULL },
	{ "availableIpAddressCount", "available-ip-address-count", FROM_NOTHING, NULL, NULL },
	{ "availabilityZone", "availability-zone availabilityZone", FROM_NOTHING, NULL, NULL },
	{ "availabilityZoneId", "availability-zone-id availabilityZoneId", FROM_NOTHING, NULL, NULL },
	{ "defaultForAz", "default-for-az defaultForAz", FROM_TEXT, "false", NULL },
	{ "mapPublicIpOnLaunch", "map-public-ip-on-launch", FROM_TEXT, "false", NULL },
	{ "assignIpv6AddressOnCreation", NULL, FROM_TEXT, "false", NULL },
	{ "enableDns64", "enable-dns64", FROM_TEXT, "false", NULL },
	{ "ipv6Native", "ipv6-native", FROM_TEXT, "false", NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "CreateSubnet", .run = create, .write = true,
	  .parameters = EC2_TAGS "VpcId CidrBlock AvailabilityZone AvailabilityZoneId" },
	{ .name = "DeleteSubnet", .run = delete, .write = true, .parameters = "SubnetId" },
	{ .name = "DescribeSubnets", .run = things_describe, .parameters = EC2_FILTERS EC2_PAGE "SubnetId.N" },
	{ .name = "ModifySubnetAttribute", .run = modify, .write = true,
	  .parameters = "SubnetId MapPublicIpOnLaunch.Value" },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "subnetSet", .id_param = "SubnetId", .id_name = "subnet ID", .prefix = "subnet-",
		.malformed = "InvalidSubnetID.Malformed", .not_found = "InvalidSubnetID.NotFound",
		.kind = ID_SUBNET, .page_most = 1000, .stored = true },
	.type = "subnet", .describe = "DescribeSubnets", .members = members,
	.actions = actions, .seed = seed,
	.most = 200, .most_code = "SubnetLimitExceeded",
	.most_text = "The maximum number of subnets has been reached.",
};

const struct thing_kind *subnet_kind(void)
{
	return &kind;
}
