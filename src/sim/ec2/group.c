/* SPDX-License-Identifier: MIT */
/* Security groups. */
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/parts.h"
#include "sim/ec2/rule.h"
#include "sim/ec2/use.h"
#include "sim/xml.h"

#include <string.h>

#define NAME_BYTES "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" \
	"0123456789. _-:/()#,@[]+=&;{}!$*"

static struct thing *born(struct world *w, const char *name,
	const char *description, const char *vpc)
{
	struct thing *t = things_born(w, group_kind(), w->born);

	thing_set(t, "groupName", "%s", name);
	thing_set(t, "groupDescription", "%s", description);
	thing_set(t, "vpcId", "%s", vpc);
	return t;
}

static void seed(struct world *w)
{
	static const struct { const char *name, *description; } names[] = {
		{ "default", "default VPC security group" },
		{ "internal", "Servers that only the company reaches" },
		{ "public-web", "Open to the world" },
	};
	const struct thing *vpc;
	size_t cursor = 0;

	while ((vpc = things_next(w, vpc_kind(), w->born, &cursor)))
		for (unsigned n = 0; n < GROUPS_PER_VPC; n++)
			born(w, names[n].name, names[n].description, vpc->id);
}

static void add_egress(struct world *w, const struct thing *group)
{
	const struct rule all = { .egress = true, .protocol = "-1",
		.from = -1, .to = -1, .cidr4 = "0.0.0.0/0" };

	rule_add(w, group, &all);
}

void group_add_default(struct call *c, const char *vpc)
{
	struct thing *t = born(c->world, "default",
		"default VPC security group", vpc);
	const struct rule self = { .protocol = "-1", .from = -1, .to = -1,
		.group = t->id };

	rule_add(c->world, t, &self);
	add_egress(c->world, t);
	rules_changed(c->world, t, c->now);
}

static bool is_of(const struct thing *rule, const struct thing *group,
	bool egress, int64_t now)
{
	return thing_is(rule, "groupId", group->id, now) &&
		thing_is(rule, "isEgress", egress ? "true" : "false", now);
}

static bool is_same_range(const struct thing *a, const struct thing *b,
	int64_t now)
{
	static const char *const paths[] = {
		"ipProtocol", "fromPort", "toPort"
	};

	for (size_t i = 0; i < 3; i++)
		if (!thing_is(a, paths[i], thing_get(b, paths[i], now), now))
			return false;
	return true;
}

/* The rules' peers of one kind, for the range of the first rule. */
static void write_peers(struct call *c, const struct thing *group,
	const struct thing *first, bool egress, const char *list,
	const char *path, const char *element)
{
	const struct thing *t;
	size_t cursor = 0;

	xml_add(c->out, "<%r>", list);
	while ((t = things_next(c->world, rule_kind(), c->now, &cursor))) {
		const char *peer = thing_get(t, path, c->now);
		const char *note = thing_get(t, "description", c->now);

		if (!peer || !is_of(t, group, egress, c->now) ||
			!is_same_range(t, first, c->now))
			continue;
		xml_add(c->out, "<item><%r>%s</%r>", element, peer, element);
		if (note)
			xml_add(c->out, "<description>%s</description>", note);
		if (!strcmp(element, "groupId"))
			xml_add(c->out, "<userId>%r</userId>",
				c->world->account);
		str_add(c->out, "</item>");
	}
	xml_add(c->out, "</%r>", list);
}

/* Is a rule of the same range before it? */
static bool is_told(struct call *c, const struct thing *group,
	const struct thing *rule, bool egress)
{
	const struct thing *t;
	size_t cursor = 0;

	while ((t = things_next(c->world, rule_kind(), c->now, &cursor)) &&
		t != rule)
		if (is_of(t, group, egress, c->now) &&
			is_same_range(t, rule, c->now))
			return true;
	return false;
}

static void write_direction(struct call *c, const struct thing *group,
	bool egress)
{
	const struct thing *t;
	size_t cursor = 0;

	while ((t = things_next(c->world, rule_kind(), c->now, &cursor))) {
		const char *protocol = thing_get(t, "ipProtocol", c->now);

		if (!is_of(t, group, egress, c->now) ||
			is_told(c, group, t, egress))
			continue;
		xml_add(c->out, "<item><ipProtocol>%s</ipProtocol>",
			protocol);
		if (strcmp(protocol, "-1") != 0)
			xml_add(c->out, "<fromPort>%r</fromPort><toPort>%r"
				"</toPort>", thing_get(t, "fromPort", c->now),
				thing_get(t, "toPort", c->now));
		write_peers(c, group, t, egress, "groups",
			"referencedGroupInfo/groupId", "groupId");
		write_peers(c, group, t, egress, "ipRanges", "cidrIpv4",
			"cidrIp");
		write_peers(c, group, t, egress, "ipv6Ranges", "cidrIpv6",
			"cidrIpv6");
		write_peers(c, group, t, egress, "prefixListIds",
			"prefixListId", "prefixListId");
		str_add(c->out, "</item>");
	}
}

static void write_rules(struct call *c, const struct thing *t)
{
	str_add(c->out, "<ipPermissions>");
	write_direction(c, t, false);
	str_add(c->out, "</ipPermissions><ipPermissionsEgress>");
	write_direction(c, t, true);
	str_add(c->out, "</ipPermissionsEgress>");
}

static bool check_name(struct call *c, const struct thing *vpc)
{
	const char *name = ec2_need(c, "GroupName");
	const struct thing *t;
	size_t cursor = 0;

	if (!name)
		return false;
	if (!strcmp(name, "default"))
		return call_error(c, 400, "InvalidParameterValue", "Cannot "
			"use reserved security group name: %s", name);
	if (str_starts(name, "sg-") || strlen(name) > 255 ||
		name[strspn(name, NAME_BYTES)])
		return call_error(c, 400, "InvalidParameterValue", "Invalid "
			"security group name '%s'", name);
	while ((t = things_next(c->world, group_kind(), c->now, &cursor)))
		if (thing_is(t, "groupName", name, c->now) &&
			thing_is(t, "vpcId", vpc->id, c->now))
			return call_error(c, 400, "InvalidGroup.Duplicate",
				"The security group '%s' already exists for "
				"VPC '%s'", name, vpc->id);
	return true;
}

static void create(struct call *c)
{
	struct thing *vpc = ec2_vpc(c, "VpcId");
	struct thing *t = vpc && check_name(c, vpc) ?
		things_draft(c, group_kind()) : NULL;
	struct thing_row row;

	if (!t)
		return;
	thing_set(t, "vpcId", "%s", vpc->id);
	if (!things_add(c, t))
		return;
	add_egress(c->world, t);
	rules_changed(c->world, t, c->now);
	thing_row_fill(c->world, t, c->now, &row);
	call_open(c);
	xml_add(c->out, "<groupId>%r</groupId>", t->id);
	tags_write(c->out, &row.row.tags);
	call_close(c);
}

void group_remove(struct call *c, struct thing *t)
{
	struct thing *rule;
	size_t cursor = 0;

	while ((rule = things_next(c->world, rule_kind(), c->now, &cursor)))
		if (thing_is(rule, "groupId", t->id, c->now))
			things_remove(rule, c->now);
	things_remove(t, c->now);
}

/* By rules of other groups, or by interfaces. */
static bool is_used(struct call *c, const struct thing *t)
{
	const struct thing *rule;
	size_t cursor = 0;

	while ((rule = things_next(c->world, rule_kind(), c->now, &cursor)))
		if (thing_is(rule, "referencedGroupInfo/groupId", t->id,
			c->now) && !thing_is(rule, "groupId", t->id, c->now))
			return true;
	return things_used(c, interface_kind(), "groupSet/N/groupId", t->id);
}

static void delete(struct call *c)
{
	struct thing *t = things_need(c, group_kind(), "GroupId");

	if (!t)
		return;
	if (thing_is(t, "groupName", "default", c->now)) {
		call_error(c, 400, "CannotDelete", "the specified group: "
			"\"%s\" name: \"default\" cannot be deleted by a "
			"user", t->id);
		return;
	}
	if (is_used(c, t)) {
		call_error(c, 400, "DependencyViolation", "resource %s has a "
			"dependent object", t->id);
		return;
	}
	if (ec2_dry_run(c))
		return;
	group_remove(c, t);
	ec2_reply_true(c);
}

static const struct thing_member members[] = {
	{ "ownerId", "owner-id", FROM_OWNER, NULL, NULL },
	{ "groupId", "group-id", FROM_ID, NULL, NULL },
	{ "groupName", "group-name", FROM_NEEDED, "GroupName", NULL },
	{ "groupDescription", "description", FROM_NEEDED, "GroupDescription", NULL },
	{ "vpcId", "vpc-id", FROM_PARAM, "VpcId", NULL },
	{ ".in/N/cidrIpv4", "ip-permission.cidr", FROM_NOTHING, NULL, NULL },
	{ ".in/N/cidrIpv6", "ip-permission.ipv6-cidr", FROM_NOTHING, NULL, NULL },
	{ ".in/N/fromPort", "ip-permission.from-port", FROM_NOTHING, NULL, NULL },
	{ ".in/N/toPort", "ip-permission.to-port", FROM_NOTHING, NULL, NULL },
	{ ".in/N/ipProtocol", "ip-permission.protocol", FROM_NOTHING, NULL, NULL },
	{ ".in/N/referencedGroupInfo/groupId", "ip-permission.group-id", FROM_NOTHING, NULL, NULL },
	{ ".in/N/prefixListId", "ip-permission.prefix-list-id", FROM_NOTHING, NULL, NULL },
	{ ".out/N/cidrIpv4", "egress.ip-permission.cidr", FROM_NOTHING, NULL, NULL },
	{ ".out/N/fromPort", "egress.ip-permission.from-port", FROM_NOTHING, NULL, NULL },
	{ ".out/N/toPort", "egress.ip-permission.to-port", FROM_NOTHING, NULL, NULL },
	{ ".out/N/ipProtocol", "egress.ip-permission.protocol", FROM_NOTHING, NULL, NULL },
	{ ".out/N/referencedGroupInfo/groupId", "egress.ip-permission.group-id", FROM_NOTHING, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "CreateSecurityGroup", .run = create, .write = true,
	  .parameters = EC2_TAGS "GroupName GroupDescription VpcId" },
	{ .name = "DeleteSecurityGroup", .run = delete, .write = true, .parameters = "GroupId" },
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
	.most = 500, .most_code = "SecurityGroupLimitExceeded",
	.most_text = "The maximum number of security groups has been reached.",
};

const struct thing_kind *group_kind(void)
{
	return &kind;
}
