/* SPDX-License-Identifier: MIT */
#include "sim/ec2/cidr.h"
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/things.h"

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
	{ .name = "DescribeSubnets", .run = things_describe, .parameters = EC2_FILTERS EC2_PAGE "SubnetId.N" },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "subnetSet", .id_param = "SubnetId", .id_name = "subnet ID", .prefix = "subnet-",
		.malformed = "InvalidSubnetID.Malformed", .not_found = "InvalidSubnetID.NotFound",
		.kind = ID_SUBNET, .page_most = 1000, .stored = true },
	.type = "subnet", .describe = "DescribeSubnets", .members = members,
	.actions = actions, .seed = seed,
};

const struct thing_kind *subnet_kind(void)
{
	return &kind;
}
