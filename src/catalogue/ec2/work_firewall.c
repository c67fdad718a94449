/* SPDX-License-Identifier: MIT */
/*
 * The firewall for the moment: a rule for one address while somebody is
 * logged in. It says in its tags whose it is, so that it is found from
 * anywhere; an equal rule that was there before stays as it is.
 */
#include "catalogue/ec2/ec2.h"
#include "catalogue/ec2/work.h"

#include "base/clock.h"

#include <string.h>

static const struct parameter rules_parameters[] = {
	EC2_FILTERS,
	{ .path = "SecurityGroupRuleIds[]", .wire = "SecurityGroupRuleId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe_rules = {
	.name = "DescribeSecurityGroupRules",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = rules_parameters,
	.paging = EC2_PAGING
};

static const struct parameter authorize_parameters[] = {
	{ .path = "GroupId" },
	{ .path = "IpPermissions[].IpProtocol", .wire = "IpPermissions.N.IpProtocol" },
	{ .path = "IpPermissions[].FromPort", .wire = "IpPermissions.N.FromPort", .type = VALUE_INTEGER },
	{ .path = "IpPermissions[].ToPort", .wire = "IpPermissions.N.ToPort", .type = VALUE_INTEGER },
	{ .path = "IpPermissions[].IpRanges[].CidrIp", .wire = "IpPermissions.N.IpRanges.N.CidrIp" },
	{ .path = "IpPermissions[].IpRanges[].Description", .wire = "IpPermissions.N.IpRanges.N.Description" },
	{ .path = "IpPermissions[].Ipv6Ranges[].CidrIpv6", .wire = "IpPermissions.N.Ipv6Ranges.N.CidrIpv6" },
	{ .path = "IpPermissions[].Ipv6Ranges[].Description", .wire = "IpPermissions.N.Ipv6Ranges.N.Description" },
	EC2_TAG_SPECIFICATIONS,
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation authorize = {
	.name = "AuthorizeSecurityGroupIngress",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = authorize_parameters
};

static const struct parameter revoke_parameters[] = {
	{ .path = "GroupId" },
	{ .path = "SecurityGroupRuleIds[]", .wire = "SecurityGroupRuleId.N" },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

/* By the rule's own id: a second one finds nothing. */
static const struct operation revoke = {
	.name = "RevokeSecurityGroupIngress",
	.effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = revoke_parameters
};

static const struct operation *const operations[] = {
	&describe_rules, &authorize, &revoke, NULL
};

static const struct step_argument group_rules[] = {
	{ "Filters[0].Name", "group-id" },
	{ "Filters[0].Values[0]", "{group}" },
	{ NULL, NULL }
};

/* A rule from outside for that address and port, and nothing else. */
#define SAME_RULE(member, value) \
	"securityGroupRuleSet/item/" member "[.=\"" value "\"]/../fromPort[.={port}]/../toPort[.={port}]/../" \
	"ipProtocol[.=tcp]/../isEgress[.=false]/../securityGroupRuleId"

static const struct step_result same_rule[] = {
	{ "kept", SAME_RULE("cidrIpv4", "{cidr4}"), NULL },
	{ "kept", SAME_RULE("cidrIpv6", "{cidr6}"), NULL },
	{ NULL, NULL, NULL }
};

static const struct step_argument rule[] = {
	{ "GroupId", "{group}" },
	{ "IpPermissions[0].IpProtocol", "tcp" },
	{ "IpPermissions[0].FromPort", "{port}" },
	{ "IpPermissions[0].ToPort", "{port}" },
	{ "IpPermissions[0].IpRanges[0].CidrIp", "{cidr4}" },
	{ "IpPermissions[0].IpRanges[0].Description", "{note}" },
	{ "IpPermissions[0].Ipv6Ranges[0].CidrIpv6", "{cidr6}" },
	{ "IpPermissions[0].Ipv6Ranges[0].Description", "{note6}" },
	WORK_TAGS("security-group-rule", "open"),
	{ "TagSpecifications[0].Tags[1].Key", "tucuxi:who" },
	{ "TagSpecifications[0].Tags[1].Value", "{who}" },
	{ "TagSpecifications[0].Tags[2].Key", "tucuxi:until" },
	{ "TagSpecifications[0].Tags[2].Value", "{until}" },
	{ NULL, NULL }
};

static const struct step_result new_rule[] = {
	{ "rule", "securityGroupRuleSet/item/securityGroupRuleId", NULL },
	{ NULL, NULL, NULL }
};

static const struct step_argument own_rule[] = {
	WORK_FILTER("open"),
	{ NULL, NULL }
};

static const struct work_step look_rule = {
	.name = "look", .operation = "DescribeSecurityGroupRules", .arguments = own_rule, .results = new_rule
};

static const struct step_result group_of[] = {
	WORK_INSTANCE,
	{ "group", WORK_INSTANCES "/groupSet/item/groupId", NULL },
	{ "one_of", WORK_INSTANCES "/groupSet/item[groupId={group}]/groupId", NULL },
	{ NULL, NULL, NULL }
};

static const struct step_result own_address[] = {
	{ "cidr", "", NULL },
	{ NULL, NULL, NULL }
};

static const struct work_step steps[] = {
	{ .name = "address", .title = "Find our own address", .kind = STEP_ADDRESS, .when = "!cidr",
	  .results = own_address },
	{ .name = "instance", .title = "Look at {instance}", .operation = "DescribeInstances",
	  .arguments = work_instance, .results = group_of, .need = "one_of",
	  .missing = "{group} is not a security group of {instance}" },
	{ .name = "before", .title = "Look for an equal rule in {group}",
	  .operation = "DescribeSecurityGroupRules", .arguments = group_rules, .results = same_rule },
	{ .name = "open", .title = "Open port {port} of {group}", .when = "!kept",
	  .operation = "AuthorizeSecurityGroupIngress", .arguments = rule, .results = new_rule, .look = &look_rule,
	  .need = "rule", .fine = "InvalidPermission.Duplicate", .fine_sets = "kept" },
	{ .name = "connect", .title = "Log in to {instance}", .kind = STEP_PROGRAM },
	{ 0 }
};

static const struct step_argument close_rule[] = {
	{ "GroupId", "{group}" },
	{ "SecurityGroupRuleIds[0]", "{rule}" },
	{ NULL, NULL }
};

static const struct work_step clean[] = {
	{ .name = "close", .title = "Close port {port} of {group} ({rule})", .when = "rule",
	  .operation = "RevokeSecurityGroupIngress", .arguments = close_rule },
	{ 0 }
};

static void address_4(const char *text, struct str *out)
{
	str_add(out, strchr(text, ':') ? "" : text);
}

static void address_6(const char *text, struct str *out)
{
	str_add(out, strchr(text, ':') ? text : "");
}

static void until(const char *hours, struct str *out)
{
	char text[32];
	long n;

	if (!str_int(hours, 1, 8760, &n))
		return;
	clock_format_iso(clock_wall() + n * 3600000, text);
	str_add(out, text);
}

/* Each only where its address is. */
#define NOTE "tucuxi: {who} until {until}, from "

static const struct step_result values[] = {
	{ "port", "22", NULL },
	{ "cidr4", "{cidr}", address_4 },
	{ "cidr6", "{cidr}", address_6 },
	{ "until", "{hours}", until },
	{ "note", NOTE "{cidr4}", NULL },
	{ "note6", NOTE "{cidr6}", NULL },
	{ NULL, NULL, NULL }
};

static const struct step_argument tagged[] = {
	{ "Filters[0].Name", "tag-key" },
	{ "Filters[0].Values[0]", "tucuxi:work" },
	{ NULL, NULL }
};

static const struct work_leftovers leftovers = {
	.resource = "security-group-rules", .arguments = tagged, .work = "tagSet/[key=tucuxi:work]/value",
	.who = "tagSet/[key=tucuxi:who]/value", .until = "tagSet/[key=tucuxi:until]/value", .what = "description",
	.remove = "revoke"
};

static const struct workflow firewall = {
	.name = "firewall", .title = "Port {port} of {instance} open while logged in", .service = "ec2",
	.makes = "rule", .values = values, .steps = steps, .clean = clean, .fleeting = true,
	.leftovers = &leftovers,	.operations = operations
};

const struct workflow *workflow_firewall(void)
{
	return &firewall;
}
