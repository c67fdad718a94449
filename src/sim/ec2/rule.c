/* SPDX-License-Identifier: MIT */
/* Rules as things, and as groups tell them. */
#include "sim/ec2/rule.h"

#include "sim/ec2/kinds.h"
#include "sim/ec2/rule_calls.h"

#include <stdio.h>
#include <string.h>

static void set_or_drop(struct thing *t, const char *path, const char *text)
{
	if (text && *text)
		thing_set(t, path, "%s", text);
	else
		thing_drop(t, path);
}

void rule_set(struct thing *t, const struct thing *group,
	const struct rule *rule)
{
	const char *owner = thing_get(group, "ownerId", 0);

	thing_set(t, "groupId", "%s", group->id);
	thing_set(t, "isEgress", rule->egress ? "true" : "false");
	thing_set(t, "ipProtocol", "%s", rule->protocol);
	thing_set(t, "fromPort", "%ld", rule->from);
	thing_set(t, "toPort", "%ld", rule->to);
	set_or_drop(t, "cidrIpv4", rule->cidr4);
	set_or_drop(t, "cidrIpv6", rule->cidr6);
	set_or_drop(t, "prefixListId", rule->list);
	set_or_drop(t, "referencedGroupInfo/groupId", rule->group);
	set_or_drop(t, "referencedGroupInfo/userId", rule->group ? owner :
		NULL);
	set_or_drop(t, "description", rule->note);
}

struct thing *rule_add(struct world *w, const struct thing *group,
	const struct rule *rule)
{
	struct thing *t = things_born(w, rule_kind(), w->born);

	rule_set(t, group, rule);
	return t;
}

/* ".in/3/cidrIpv4" of the group is what its third rule says. */
void rules_changed(const struct world *w, struct thing *group, int64_t now)
{
	static const char *const paths[] = {
		"ipProtocol", "fromPort", "toPort", "cidrIpv4", "cidrIpv6",
		"referencedGroupInfo/groupId", "prefixListId"
	};
	size_t cursor = 0, n = 0;
	struct thing *t;

	thing_drop(group, ".in");
	thing_drop(group, ".out");
	while ((t = things_next(w, rule_kind(), now, &cursor))) {
		bool out = thing_is(t, "isEgress", "true", now);

		if (!thing_is(t, "groupId", group->id, now))
			continue;
		n++;
		for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
			const char *text = thing_get(t, paths[i], now);
			char path[64];

			snprintf(path, sizeof(path), ".%s/%zu/%s", out ?
				"out" : "in", n, paths[i]);
			if (text)
				thing_set(group, path, "%s", text);
		}
	}
}

static bool is_same(const struct thing *t, const char *path,
	const char *text, int64_t now)
{
	const char *has = thing_get(t, path, now);

	return text && *text ? has && !strcmp(has, text) : !has;
}

struct thing *rule_find(const struct world *w, const struct thing *group,
	const struct rule *rule, int64_t now)
{
	char from[24], to[24];
	size_t cursor = 0;
	struct thing *t;

	snprintf(from, sizeof(from), "%ld", rule->from);
	snprintf(to, sizeof(to), "%ld", rule->to);
	while ((t = things_next(w, rule_kind(), now, &cursor)))
		if (thing_is(t, "groupId", group->id, now) &&
			thing_is(t, "isEgress", rule->egress ? "true" :
				"false", now) &&
			thing_is(t, "ipProtocol", rule->protocol, now) &&
			thing_is(t, "fromPort", from, now) &&
			thing_is(t, "toPort", to, now) &&
			is_same(t, "cidrIpv4", rule->cidr4, now) &&
			is_same(t, "cidrIpv6", rule->cidr6, now) &&
			is_same(t, "prefixListId", rule->list, now) &&
			is_same(t, "referencedGroupInfo/groupId",
				rule->group, now))
			return t;
	return NULL;
}

/* Groups of the simulated company: ssh for all of the world is what people
 * look for, and find in one of them. */
static const struct {
	const char *group;
	unsigned vpc;            /* 9: any */
	struct rule rule;
} born[] = {
	{ "default", 9, { false, "-1", -1, -1, NULL, NULL, NULL, "self", NULL } },
	{ "internal", 9, { false, "tcp", 22, 22, "10.0.0.0/8", NULL, NULL, NULL, "ssh from the offices" } },
	{ "internal", 9, { false, "tcp", 5432, 5432, "10.0.0.0/8", NULL, NULL, NULL, NULL } },
	{ "internal", 9, { false, "tcp", 8080, 8090, NULL, NULL, NULL, "public-web", "from the web servers" } },
	{ "internal", 9, { false, "icmp", -1, -1, "10.0.0.0/8", NULL, NULL, NULL, NULL } },
	{ "public-web", 9, { false, "tcp", 443, 443, "0.0.0.0/0", NULL, NULL, NULL, "https" } },
	{ "public-web", 9, { false, "tcp", 443, 443, NULL, "::/0", NULL, NULL, "https" } },
	{ "public-web", 9, { false, "tcp", 80, 80, "0.0.0.0/0", NULL, NULL, NULL, NULL } },
	{ "public-web", 1, { false, "tcp", 22, 22, "0.0.0.0/0", NULL, NULL, NULL, "only for today" } },
};

static struct thing *sibling(struct world *w, const struct thing *group,
	const char *name)
{
	const char *vpc = thing_get(group, "vpcId", w->born);
	size_t cursor = 0;
	struct thing *t;

	while ((t = things_next(w, group_kind(), w->born, &cursor)))
		if (thing_is(t, "vpcId", vpc, w->born) &&
			thing_is(t, "groupName", name, w->born))
			return t;
	return NULL;
}

static void seed_group(struct world *w, struct thing *group,
	unsigned vpc)
{
	const struct rule all = { .egress = true, .protocol = "-1",
		.from = -1, .to = -1, .cidr4 = "0.0.0.0/0" };
	const char *name = thing_get(group, "groupName", w->born);

	for (size_t i = 0; i < sizeof(born) / sizeof(*born); i++) {
		struct rule rule = born[i].rule;

		if (strcmp(born[i].group, name) != 0 ||
			(born[i].vpc != 9 && born[i].vpc != vpc))
			continue;
		if (rule.group)
			rule.group = !strcmp(rule.group, "self") ? group->id :
				sibling(w, group, rule.group)->id;
		rule_add(w, group, &rule);
	}
	rule_add(w, group, &all);
	rules_changed(w, group, w->born);
}

static void seed(struct world *w)
{
	const struct thing *vpc;
	struct thing *group;
	size_t cursor = 0;

	for (unsigned n = 0; (vpc = things_next(w, vpc_kind(), w->born,
		&cursor)); n++) {
		size_t at = 0;

		while ((group = things_next(w, group_kind(), w->born, &at)))
			if (thing_is(group, "vpcId", vpc->id, w->born))
				seed_group(w, group, n);
	}
}

static const struct thing_member members[] = {
	{ "securityGroupRuleId", "security-group-rule-id", FROM_ID, NULL, NULL },
	{ "groupId", "group-id", FROM_NOTHING, NULL, NULL },
	{ "groupOwnerId", NULL, FROM_OWNER, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "AuthorizeSecurityGroupEgress", .run = rule_authorize_egress, .write = true,
	  .parameters = RULE_PARAMETERS },
	{ .name = "AuthorizeSecurityGroupIngress", .run = rule_authorize_ingress, .write = true,
	  .parameters = RULE_PARAMETERS },
	{ .name = "DescribeSecurityGroupRules", .run = things_describe,
	  .parameters = EC2_FILTERS EC2_PAGE "SecurityGroupRuleId.N" },
	{ .name = "ModifySecurityGroupRules", .run = rule_modify, .write = true, .parameters = "GroupId "
		"SecurityGroupRule.N.SecurityGroupRuleId SecurityGroupRule.N.SecurityGroupRule.IpProtocol "
		"SecurityGroupRule.N.SecurityGroupRule.FromPort SecurityGroupRule.N.SecurityGroupRule.ToPort "
		"SecurityGroupRule.N.SecurityGroupRule.CidrIpv4 SecurityGroupRule.N.SecurityGroupRule.CidrIpv6 "
		"SecurityGroupRule.N.SecurityGroupRule.PrefixListId "
		"SecurityGroupRule.N.SecurityGroupRule.ReferencedGroupId "
		"SecurityGroupRule.N.SecurityGroupRule.Description" },
	{ .name = "RevokeSecurityGroupEgress", .run = rule_revoke_egress, .write = true,
	  .parameters = RULE_PARAMETERS "SecurityGroupRuleId.N" },
	{ .name = "RevokeSecurityGroupIngress", .run = rule_revoke_ingress, .write = true,
	  .parameters = RULE_PARAMETERS "SecurityGroupRuleId.N" },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "securityGroupRuleSet", .id_param = "SecurityGroupRuleId", .id_name = "security group rule ID",
		.prefix = "sgr-", .malformed = "InvalidSecurityGroupRuleId.Malformed",
		.not_found = "InvalidSecurityGroupRuleId.NotFound", .page_most = 1000, .stored = true },
	.type = "security-group-rule", .describe = "DescribeSecurityGroupRules", .members = members,
	.actions = actions, .seed = seed,
};

const struct thing_kind *rule_kind(void)
{
	return &kind;
}
