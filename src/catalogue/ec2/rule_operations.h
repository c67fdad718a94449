/* SPDX-License-Identifier: MIT */
/* What AWS can do to the rules of security groups; for the table of rules alone. */
#ifndef CATALOGUE_EC2_RULE_OPERATIONS_H
#define CATALOGUE_EC2_RULE_OPERATIONS_H

#include "catalogue/ec2/network.h"

static const struct parameter authorize_parameters[] = {
	{ .path = "GroupId" },
	{ .path = "IpPermissions[].IpProtocol" },
	{ .path = "IpPermissions[].FromPort", .type = VALUE_INTEGER },
	{ .path = "IpPermissions[].ToPort", .type = VALUE_INTEGER },
	{ .path = "IpPermissions[].IpRanges[].CidrIp" },
	{ .path = "IpPermissions[].IpRanges[].Description" },
	{ .path = "IpPermissions[].Ipv6Ranges[].CidrIpv6" },
	{ .path = "IpPermissions[].Ipv6Ranges[].Description" },
	{ .path = "IpPermissions[].UserIdGroupPairs[].GroupId", .wire = "IpPermissions.N.Groups.N.GroupId" },
	{ .path = "IpPermissions[].UserIdGroupPairs[].Description", .wire = "IpPermissions.N.Groups.N.Description" },
	{ .path = "IpPermissions[].PrefixListIds[].PrefixListId" },
	DRY_RUN,
	{ 0 }
};

/* A second one is refused as a duplicate: nothing is done twice. */
static const struct operation authorize_in = {
	.name = "AuthorizeSecurityGroupIngress", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = authorize_parameters
};

static const struct operation authorize_out = {
	.name = "AuthorizeSecurityGroupEgress", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = authorize_parameters
};

static const struct parameter revoke_parameters[] = {
	{ .path = "GroupId" },
	{ .path = "SecurityGroupRuleIds[]", .wire = "SecurityGroupRuleId.N" },
	DRY_RUN,
	{ 0 }
};

/* Who came in by it is locked out. */
static const struct operation revoke_in = {
	.name = "RevokeSecurityGroupIngress", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = revoke_parameters
};

static const struct operation revoke_out = {
	.name = "RevokeSecurityGroupEgress", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = revoke_parameters
};

#define RULE "SecurityGroupRules[].SecurityGroupRule."
#define WIRE "SecurityGroupRule.N.SecurityGroupRule."

static const struct parameter modify_parameters[] = {
	{ .path = "GroupId" },
	{ .path = "SecurityGroupRules[].SecurityGroupRuleId", .wire = "SecurityGroupRule.N.SecurityGroupRuleId" },
	{ .path = RULE "IpProtocol", .wire = WIRE "IpProtocol" },
	{ .path = RULE "FromPort", .wire = WIRE "FromPort", .type = VALUE_INTEGER },
	{ .path = RULE "ToPort", .wire = WIRE "ToPort", .type = VALUE_INTEGER },
	{ .path = RULE "CidrIpv4", .wire = WIRE "CidrIpv4" },
	{ .path = RULE "CidrIpv6", .wire = WIRE "CidrIpv6" },
	{ .path = RULE "PrefixListId", .wire = WIRE "PrefixListId" },
	{ .path = RULE "ReferencedGroupId", .wire = WIRE "ReferencedGroupId" },
	{ .path = RULE "Description", .wire = WIRE "Description" },
	DRY_RUN,
	{ 0 }
};

static const struct operation modify = {
	.name = "ModifySecurityGroupRules", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = modify_parameters
};

#undef RULE
#undef WIRE

#endif
