/* SPDX-License-Identifier: MIT */
/* Regions, zones, VPCs, subnets and security groups. */
#include "sim/ec2/calls.h"
#include "sim/ec2/ec2.h"
#include "sim/xml.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct network {
	struct ec2_row row;
	const struct world *world;
	uint64_t vpc;
	unsigned vpc_index, zone_index, address, bits;
	bool is_default;
	const char *name, *description, *state;
	char zone[24];
	char zone_id[24];
	char cidr[24];
	char title[48];
};

static void set_cidr(struct network *n, unsigned address, unsigned bits)
{
	n->address = address;
	n->bits = bits;
	snprintf(n->cidr, sizeof(n->cidr), "%u.%u.%u.%u/%u",
		address >> 24, address >> 16 & 255, address >> 8 & 255,
		address & 255, bits);
}

static void begin(struct network *n, struct call *c, const char *prefix,
	enum id_kind kind, uint64_t slot, uint64_t vpc)
{
	n->world = c->world;
	n->row.tags.count = 0;
	n->vpc_index = (unsigned)vpc;
	n->vpc = world_id(c->world, ID_VPC, vpc);
	n->is_default = vpc == 0;
	n->state = "available";
	world_id_text(prefix, world_id(c->world, kind, slot), n->row.id);
}

static const char *vpc_name(unsigned vpc, char *text, size_t room)
{
	if (vpc < 3)
		return vpc == 0 ? NULL : vpc == 1 ? "stage" : "prod";
	snprintf(text, room, "prod-%u", vpc - 1);
	return text;
}

static uint64_t vpc_slots(const struct world *w)
{
	return vpc_count(w);
}

static bool vpc_fill(struct call *c, uint64_t slot, void *row)
{
	struct network *n = row;

	begin(n, c, "vpc-", ID_VPC, slot, slot);
	set_cidr(n, vpc_address((unsigned)slot), 16);
	tags_add(&n->row.tags, "Name", vpc_name(n->vpc_index, n->title,
		sizeof(n->title)));
	tags_apply(c->world, n->row.id, &n->row.tags);
	return true;
}

static void vpc_write(struct call *c, const void *row, const void *previous)
{
	const struct network *n = row;

	(void)previous;
	xml_add(c->out, "<item><vpcId>%r</vpcId><ownerId>%r</ownerId>"
		"<state>%r</state><cidrBlock>%r</cidrBlock>"
		"<cidrBlockAssociationSet><item><cidrBlock>%r</cidrBlock>"
		"<associationId>vpc-cidr-assoc-%i</associationId>"
		"<cidrBlockState><state>associated</state></cidrBlockState>"
		"</item></cidrBlockAssociationSet>"
		"<dhcpOptionsId>dopt-%i</dhcpOptionsId>", n->row.id,
		n->world->account, n->state, n->cidr, n->cidr,
		world_id(n->world, ID_CIDR, n->vpc_index),
		world_id(n->world, ID_DHCP, 0));
	tags_write(c->out, &n->row.tags);
	xml_add(c->out, "<instanceTenancy>default</instanceTenancy>"
		"<isDefault>%b</isDefault></item>", (int)n->is_default);
}

static uint64_t subnet_slots(const struct world *w)
{
	return (uint64_t)vpc_count(w) * zone_count(w);
}

static bool subnet_fill(struct call *c, uint64_t slot, void *row)
{
	const struct world *w = c->world;
	struct network *n = row;
	unsigned zones = zone_count(w);
	char name[32];

	begin(n, c, "subnet-", ID_SUBNET, slot, slot / zones);
	n->zone_index = (unsigned)(slot % zones);
	zone_name(w, n->zone_index, n->zone);
	snprintf(n->zone_id, sizeof(n->zone_id), "%s-az%u",
		w->region->zone_id, n->zone_index + 1);
	set_cidr(n, vpc_address(n->vpc_index) + n->zone_index * 4096, 20);
	if (!n->is_default) {
		snprintf(n->title, sizeof(n->title), "%s-%c",
			vpc_name(n->vpc_index, name, sizeof(name)),
			w->region->zones[n->zone_index]);
		tags_add(&n->row.tags, "Name", n->title);
	}
	tags_apply(w, n->row.id, &n->row.tags);
	return true;
}

static void subnet_write(struct call *c, const void *row,
	const void *previous)
{
	const struct network *n = row;

	(void)previous;
	xml_add(c->out, "<item><subnetId>%r</subnetId><subnetArn>arn:aws:ec2:"
		"%r:%r:subnet/%r</subnetArn><state>%r</state>"
		"<ownerId>%r</ownerId><vpcId>vpc-%i</vpcId>"
		"<cidrBlock>%r</cidrBlock><ipv6CidrBlockAssociationSet/>"
		"<availableIpAddressCount>%u</availableIpAddressCount>"
		"<availabilityZone>%r</availabilityZone>"
		"<availabilityZoneId>%r</availabilityZoneId>"
		"<defaultForAz>%b</defaultForAz>"
		"<mapPublicIpOnLaunch>%b</mapPublicIpOnLaunch>"
		"<assignIpv6AddressOnCreation>false"
		"</assignIpv6AddressOnCreation>", n->row.id,
		n->world->region->name, n->world->account, n->row.id,
		n->state, n->world->account, n->vpc, n->cidr,
		(unsigned)(4091 - n->world->instances % 700), n->zone,
		n->zone_id, (int)n->is_default, (int)n->is_default);
	tags_write(c->out, &n->row.tags);
	str_add(c->out, "<enableDns64>false</enableDns64>"
		"<ipv6Native>false</ipv6Native></item>");
}

static uint64_t group_slots(const struct world *w)
{
	return (uint64_t)vpc_count(w) * GROUPS_PER_VPC;
}

static bool group_fill(struct call *c, uint64_t slot, void *row)
{
	static const struct { const char *name, *description; } names[] = {
		{ "default", "default VPC security group" },
		{ "internal", "Servers that only the company reaches" },
		{ "public-web", "Open to the world" },
	};
	struct network *n = row;

	begin(n, c, "sg-", ID_GROUP, slot, slot / GROUPS_PER_VPC);
	n->name = names[slot % GROUPS_PER_VPC].name;
	n->description = names[slot % GROUPS_PER_VPC].description;
	tags_apply(c->world, n->row.id, &n->row.tags);
	return true;
}

static void group_write(struct call *c, const void *row,
	const void *previous)
{
	const struct network *n = row;

	(void)previous;
	xml_add(c->out, "<item><ownerId>%r</ownerId><groupId>%r</groupId>"
		"<groupName>%r</groupName><groupDescription>%r"
		"</groupDescription><vpcId>vpc-%i</vpcId><ipPermissions><item>"
		"<ipProtocol>tcp</ipProtocol><fromPort>443</fromPort>"
		"<toPort>443</toPort><groups/><ipRanges><item>"
		"<cidrIp>0.0.0.0/0</cidrIp><description>https</description>"
		"</item></ipRanges><ipv6Ranges/><prefixListIds/></item>"
		"</ipPermissions><ipPermissionsEgress><item>"
		"<ipProtocol>-1</ipProtocol><groups/><ipRanges><item>"
		"<cidrIp>0.0.0.0/0</cidrIp></item></ipRanges><ipv6Ranges/>"
		"<prefixListIds/></item></ipPermissionsEgress>",
		n->world->account, n->row.id, n->name, n->description, n->vpc);
	tags_write(c->out, &n->row.tags);
	str_add(c->out, "</item>");
}

#define AT(member) offsetof(struct network, member)

static const struct ec2_field vpc_filters[] = {
	{ "cidr", FIELD_CHARS, AT(cidr), NULL, NULL },
	{ "is-default", FIELD_BOOL, AT(is_default), NULL, NULL },
	{ "isDefault", FIELD_BOOL, AT(is_default), NULL, NULL },
	{ "state", FIELD_TEXT, AT(state), NULL, NULL },
	{ "vpc-id", FIELD_CHARS, AT(row.id), NULL, NULL },
	{ .name = NULL }
};

static const struct ec2_field subnet_filters[] = {
	{ "availability-zone", FIELD_CHARS, AT(zone), NULL, NULL },
	{ "availability-zone-id", FIELD_CHARS, AT(zone_id), NULL, NULL },
	{ "cidr-block", FIELD_CHARS, AT(cidr), NULL, NULL },
	{ "default-for-az", FIELD_BOOL, AT(is_default), NULL, NULL },
	{ "state", FIELD_TEXT, AT(state), NULL, NULL },
	{ "subnet-id", FIELD_CHARS, AT(row.id), NULL, NULL },
	{ "vpc-id", FIELD_ID, AT(vpc), "vpc-", NULL },
	{ .name = NULL }
};

static const struct ec2_field group_filters[] = {
	{ "description", FIELD_TEXT, AT(description), NULL, NULL },
	{ "group-id", FIELD_CHARS, AT(row.id), NULL, NULL },
	{ "group-name", FIELD_TEXT, AT(name), NULL, NULL },
	{ "vpc-id", FIELD_ID, AT(vpc), "vpc-", NULL },
	{ .name = NULL }
};

static const struct ec2_list vpcs = {
	"vpcSet", "VpcId", "vpc ID", "vpc-", "InvalidVpcID.Malformed",
	"InvalidVpcID.NotFound", ID_VPC, vpc_filters, 1000, vpc_slots,
	vpc_fill, vpc_write, NULL
};

static const struct ec2_list subnets = {
	"subnetSet", "SubnetId", "subnet ID", "subnet-",
	"InvalidSubnetID.Malformed", "InvalidSubnetID.NotFound", ID_SUBNET,
	subnet_filters, 1000, subnet_slots, subnet_fill, subnet_write, NULL
};

static const struct ec2_list groups = {
	"securityGroupInfo", "GroupId", "security group", "sg-",
	"InvalidGroupId.Malformed", "InvalidGroup.NotFound", ID_GROUP,
	group_filters, 1000, group_slots, group_fill, group_write, NULL
};

_Static_assert(sizeof(struct network) <= EC2_ROW_MOST, "row room");

const struct ec2_list *vpc_list(void) { return &vpcs; }
const struct ec2_list *subnet_list(void) { return &subnets; }
const struct ec2_list *group_list(void) { return &groups; }

void ec2_describe_vpcs(struct call *c) { ec2_list_run(c, &vpcs); }
void ec2_describe_subnets(struct call *c) { ec2_list_run(c, &subnets); }
void ec2_describe_groups(struct call *c) { ec2_list_run(c, &groups); }
