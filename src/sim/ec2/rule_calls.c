/* SPDX-License-Identifier: MIT */
/* Authorize, revoke and modify. All or nothing. */
#include "sim/ec2/rule_calls.h"

#include "base/vec.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/rule.h"
#include "sim/ec2/use.h"
#include "sim/xml.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define RULES_MOST 60        /* of a group and direction */

static struct thing *find_group(struct call *c)
{
	const char *name = call_param(c, "GroupName");
	struct thing *t = NULL;

	if (call_param(c, "GroupId") || !name)
		return things_need(c, group_kind(), "GroupId");
	t = things_where(c->world, group_kind(), "groupName", name, c->now);
	if (!t)
		call_error(c, 400, "InvalidGroup.NotFound", "The security "
			"group '%s' does not exist in default VPC", name);
	return t;
}

static bool duplicate(struct call *c, const struct rule *r)
{
	const char *peer = r->cidr4 ? r->cidr4 : r->cidr6 ? r->cidr6 :
		r->group ? r->group : r->list;
	char protocol[16];

	snprintf(protocol, sizeof(protocol), "%s", r->protocol);
	for (char *p = protocol; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	if (r->from < 0)
		return call_error(c, 400, "InvalidPermission.Duplicate",
			"the specified rule \"peer: %s, %s, ALLOW\" already "
			"exists", peer, strcmp(protocol, "-1") ? protocol :
			"ALL");
	return call_error(c, 400, "InvalidPermission.Duplicate", "the "
		"specified rule \"peer: %s, %s, from port: %ld, to port: %ld, "
		"ALLOW\" already exists", peer, protocol, r->from, r->to);
}

static bool fits(struct call *c, const struct thing *group, bool egress,
	size_t more)
{
	size_t cursor = 0;
	struct thing *t;

	while ((t = things_next(c->world, rule_kind(), c->now, &cursor)))
		more += thing_is(t, "groupId", group->id, c->now) &&
			thing_is(t, "isEgress", egress ? "true" : "false",
				c->now);
	return more <= RULES_MOST || call_error(c, 400,
		"RulesPerSecurityGroupLimitExceeded", "The maximum number of "
		"rules per security group has been reached.");
}

static void authorize(struct call *c, bool egress)
{
	struct thing *group = find_group(c);
	struct rules rules = { 0 };
	struct thing *first = NULL;

	if (!group || !rules_read(c, egress, &rules) ||
		!fits(c, group, egress, rules.count))
		goto out;
	for (size_t i = 0; i < rules.count; i++)
		if (rule_find(c->world, group, &rules.items[i], c->now) &&
			!duplicate(c, &rules.items[i]))
			goto out;
	first = things_draft(c, rule_kind());     /* are the tags good? */
	if (!first || ec2_dry_run(c))
		goto out;
	call_open(c);
	str_add(c->out, "<return>true</return><securityGroupRuleSet>");
	for (size_t i = 0; i < rules.count; i++) {
		struct thing_row row;

		struct thing *t = things_draft(c, rule_kind());

		rule_set(t, group, &rules.items[i]);
		things_add(c, t);
		thing_row_fill(c->world, t, c->now, &row);
		str_add(c->out, "<item>");
		thing_write(c->out, &row);
		str_add(c->out, "</item>");
	}
	str_add(c->out, "</securityGroupRuleSet>");
	call_close(c);
	rules_changed(c->world, group, c->now);
out:
	thing_free(first);
	VEC_FREE(&rules);
}

void rule_authorize_egress(struct call *c)
{
	authorize(c, true);
}

void rule_authorize_ingress(struct call *c)
{
	authorize(c, false);
}

static struct thing *rule_of_id(struct call *c, const struct thing *group,
	const char *id)
{
	struct thing_row row;
	struct thing *t;

	if (!ec2_list_find(c, &rule_kind()->list, id, &row))
		return NULL;
	t = things_find(c->world, rule_kind(), id, c->now);
	if (thing_is(t, "groupId", group->id, c->now))
		return t;
	call_error(c, 400, "InvalidSecurityGroupRuleId.NotFound", "The "
		"security group rule ID '%s' does not exist", id);
	return NULL;
}

struct found {
	struct thing **items;
	size_t count, room;
};

static bool find_rules(struct call *c, const struct thing *group, bool egress,
	struct found *out)
{
	struct call_pairs ids = { 0 };
	struct rules rules = { 0 };
	bool ok = true;

	call_list(c, "SecurityGroupRuleId", &ids);
	for (size_t i = 0; ok && i < ids.count; i++) {
		struct thing *t = rule_of_id(c, group, ids.items[i].value);

		ok = t != NULL;
		*VEC_PUSH(out) = t;
	}
	if (ids.count == 0)
		ok = rules_read(c, egress, &rules);
	for (size_t i = 0; ok && i < rules.count; i++) {
		struct thing *t = rule_find(c->world, group, &rules.items[i],
			c->now);

		ok = t || call_error(c, 400, "InvalidPermission.NotFound",
			"The specified rule does not exist in this security "
			"group.");
		*VEC_PUSH(out) = t;
	}
	VEC_FREE(&ids);
	VEC_FREE(&rules);
	return ok;
}

static void revoke(struct call *c, bool egress)
{
	struct thing *group = find_group(c);
	struct found found = { 0 };

	if (group && find_rules(c, group, egress, &found) &&
		!ec2_dry_run(c)) {
		for (size_t i = 0; i < found.count; i++)
			things_remove(found.items[i], c->now);
		rules_changed(c->world, group, c->now);
		ec2_reply_true(c);
	}
	VEC_FREE(&found);
}

void rule_revoke_egress(struct call *c)
{
	revoke(c, true);
}

void rule_revoke_ingress(struct call *c)
{
	revoke(c, false);
}

/* Another rule in the place of the old one, with its id. */
static bool change(struct call *c, const struct thing *group, unsigned n,
	const char *id, bool apply)
{
	struct thing *t = rule_of_id(c, group, id), *same;
	struct rule rule;

	if (!t || !rule_read_change(c, n, &rule))
		return false;
	rule.egress = thing_is(t, "isEgress", "true", c->now);
	same = rule_find(c->world, group, &rule, c->now);
	if (same && same != t)
		return duplicate(c, &rule);
	if (apply)
		rule_set(t, group, &rule);
	return true;
}

void rule_modify(struct call *c)
{
	struct thing *group = find_group(c);
	const char *id;

	for (int apply = 0; group && apply < 2; apply++) {
		unsigned n = 1;

		for (; (id = call_param(c, call_textf(c,
			"SecurityGroupRule.%u.SecurityGroupRuleId", n))); n++)
			if (!change(c, group, n, id, apply))
				return;
		if (n == 1) {
			call_error(c, 400, "MissingParameter", "The request "
				"must contain the parameter "
				"securityGroupRules");
			return;
		}
		if (!apply && ec2_dry_run(c))
			return;
	}
	if (!group)
		return;
	rules_changed(c->world, group, c->now);
	ec2_reply_true(c);
}
