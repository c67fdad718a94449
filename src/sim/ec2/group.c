/* SPDX-License-Identifier: MIT */
/* Security groups. */
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/things.h"

static void seed(struct world *w)
{
	static const struct { const char *name, *description; } names[] = {
		{ "default", "default VPC security group" },
		{ "internal", "Servers that only the company reaches" },
		{ "public-web", "Open to the world" },
	};
	const struct thing *vpc;
	size_t cursor = 0;

	while ((vpc = things_next(w, vpc_kind(), w->born, &cursor))) {
		for (unsigned n = 0; n < GROUPS_PER_VPC; n++) {
			struct thing *t = things_born(w, group_kind(),
				w->born);

			thing_set(t, "groupName", "%s", names[n].name);
			thing_set(t, "groupDescription", "%s",
				names[n].description);
			thing_set(t, "vpcId", "%s", vpc->id);
		}
	}
}

static void write_rules(struct call *c, const struct thing *t)
{
	(void)t;
	str_add(c->out, "<ipPermissions><item>"
		"<ipProtocol>tcp</ipProtocol><fromPort>443</fromPort>"
		"<toPort>443</toPort><groups/><ipRanges><item>"
		"<cidrIp>0.0.0.0/0</cidrIp><description>https</description>"
		"</item></ipRanges><ipv6Ranges/><prefixListIds/></item>"
		"</ipPermissions><ipPermissionsEgress><item>"
		"<ipProtocol>-1</ipProtocol><groups/><ipRanges><item>"
		"<cidrIp>0.0.0.0/0</cidrIp></item></ipRanges><ipv6Ranges/>"
		"<prefixListIds/></item></ipPermissionsEgress>");
}

static const struct thing_member members[] = {
	{ "ownerId", "owner-id", FROM_OWNER, NULL, NULL },
	{ "groupId", "group-id", FROM_ID, NULL, NULL },
	{ "groupName", "group-name", FROM_NEEDED, "GroupName", NULL },
	{ "groupDescription", "description", FROM_NEEDED, "GroupDescription", NULL },
	{ "vpcId", "vpc-id", FROM_PARAM, "VpcId", NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "DescribeSecurityGroups", .run = things_describe,
	  .parameters = EC2_FILTERS EC2_PAGE "GroupId.N GroupName.N" },
	{ .name = NULL }
};

static const struct thing_name names[] = {
	{ "GroupName", "groupName", "InvalidGroup.NotFound", NULL },
	{ .param = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "securityGroupInfo", .id_param = "GroupId", .id_name = "security group", .prefix = "sg-",
		.malformed = "InvalidGroupId.Malformed", .not_found = "InvalidGroup.NotFound",
		.kind = ID_GROUP, .page_most = 1000, .stored = true },
	.type = "security-group", .describe = "DescribeSecurityGroups", .members = members,
	.names = names, .actions = actions, .seed = seed, .more = write_rules,
};

const struct thing_kind *group_kind(void)
{
	return &kind;
}
