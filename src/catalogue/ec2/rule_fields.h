/* SPDX-License-Identifier: MIT */
/* What people are asked about the rules of security groups; for the table of rules alone. */
#ifndef CATALOGUE_EC2_RULE_FIELDS_H
#define CATALOGUE_EC2_RULE_FIELDS_H

#include "catalogue/ec2/network.h"

static const struct field_list groups = { .resource = "security-groups" };

#define PROTOCOLS "tcp udp icmp icmpv6 -1"
#define WITH_PORTS "protocol=tcp udp icmp icmpv6"

/* What is in all of them. The kind of peer says which fields are asked. */
#define ADD_FIELDS \
	{ .name = "group", .title = "Group", .type = FIELD_LIVE, .live = &groups, .parameter = "GroupId", \
	  .path = "groupId", .required = true }, \
	{ .name = "protocol", .title = "Protocol", .help = "-1 is all of them.", .type = FIELD_CHOICE, \
	  .choices = PROTOCOLS, .parameter = "IpPermissions[0].IpProtocol", .value = "tcp" }, \
	{ .name = "from", .title = "From port", .help = "Of ICMP: the type, -1 for all.", .type = FIELD_NUMBER, \
	  .low = -1, .high = 65535, .parameter = "IpPermissions[0].FromPort", .when = WITH_PORTS, \
	  .required = true }, \
	{ .name = "to", .title = "To port", .help = "Of ICMP: the code, -1 for all.", .type = FIELD_NUMBER, \
	  .low = -1, .high = 65535, .parameter = "IpPermissions[0].ToPort", .when = WITH_PORTS, \
	  .required = true }, \
	{ .name = "peer", .title = "Peer", .type = FIELD_CHOICE, .choices = "ipv4 ipv6 group", .value = "ipv4" }, \
	{ .name = "cidr", .title = "IPv4 block", .help = "0.0.0.0/0 is everybody.", \
	  .parameter = "IpPermissions[0].IpRanges[0].CidrIp", .check = check_cidr4, .when = "peer=ipv4", \
	  .required = true, .raises = EFFECT_DISRUPT, .raises_at = "0.0.0.0/0" }, \
	{ .name = "note", .title = "Note", .parameter = "IpPermissions[0].IpRanges[0].Description", \
	  .check = check_group_text, .when = "peer=ipv4" }, \
	{ .name = "cidr6", .title = "IPv6 block", .help = "::/0 is everybody.", \
	  .parameter = "IpPermissions[0].Ipv6Ranges[0].CidrIpv6", .check = check_cidr, .when = "peer=ipv6", \
	  .required = true, .raises = EFFECT_DISRUPT, .raises_at = "::/0" }, \
	{ .name = "note6", .title = "Note", .parameter = "IpPermissions[0].Ipv6Ranges[0].Description", \
	  .check = check_group_text, .when = "peer=ipv6" }, \
	{ .name = "source", .title = "Group of the peers", .type = FIELD_LIVE, .live = &groups, \
	  .parameter = "IpPermissions[0].UserIdGroupPairs[0].GroupId", .when = "peer=group", .required = true }, \
	{ .name = "source_note", .title = "Note", \
	  .parameter = "IpPermissions[0].UserIdGroupPairs[0].Description", .check = check_group_text, \
	  .when = "peer=group" }

static const struct action_field add_fields[] = {
	ADD_FIELDS,
	{ 0 }
};

static const struct action_field address_fields[] = {
	{ .name = "group", .title = "Group", .type = FIELD_LIVE, .live = &groups, .parameter = "GroupId",
	  .path = "groupId", .required = true },
	{ .name = "address", .title = "Address, as the world sees it", .help = "A bare address is a block of one.",
	  .parameter = "IpPermissions[0].IpRanges[0].CidrIp", .check = check_cidr4, .required = true,
	  .raises = EFFECT_DISRUPT, .raises_at = "0.0.0.0/0" },
	{ .name = "from", .title = "From port", .type = FIELD_NUMBER, .low = 0, .high = 65535, .value = "22",
	  .parameter = "IpPermissions[0].FromPort" },
	{ .name = "to", .title = "To port", .type = FIELD_NUMBER, .low = 0, .high = 65535, .value = "22",
	  .parameter = "IpPermissions[0].ToPort" },
	{ .name = "note", .title = "Note", .parameter = "IpPermissions[0].IpRanges[0].Description",
	  .check = check_group_text },
	{ 0 }
};

static const struct argument address_arguments[] = {
	{ .path = "IpPermissions[].IpProtocol", .value = "tcp" },
	{ 0 }
};

/* All of the rule: what is left out is taken away. */
#define CHANGE "SecurityGroupRules[0].SecurityGroupRule."

static const struct action_field edit_fields[] = {
	{ .name = "protocol", .title = "Protocol", .help = "-1 is all of them.", .type = FIELD_CHOICE,
	  .choices = PROTOCOLS, .parameter = CHANGE "IpProtocol", .path = "ipProtocol", .required = true },
	{ .name = "from", .title = "From port", .type = FIELD_NUMBER, .low = -1, .high = 65535,
	  .parameter = CHANGE "FromPort", .path = "fromPort", .when = WITH_PORTS },
	{ .name = "to", .title = "To port", .type = FIELD_NUMBER, .low = -1, .high = 65535,
	  .parameter = CHANGE "ToPort", .path = "toPort", .when = WITH_PORTS },
	{ .name = "cidr", .title = "IPv4 block", .help = "One of block, list and group.",
	  .parameter = CHANGE "CidrIpv4", .path = "cidrIpv4", .check = check_cidr4 },
	{ .name = "cidr6", .title = "IPv6 block", .parameter = CHANGE "CidrIpv6", .path = "cidrIpv6",
	  .check = check_cidr },
	{ .name = "list", .title = "Prefix list", .parameter = CHANGE "PrefixListId", .path = "prefixListId" },
	{ .name = "source", .title = "Group of the peers", .type = FIELD_LIVE, .live = &groups,
	  .parameter = CHANGE "ReferencedGroupId", .path = "referencedGroupInfo/groupId" },
	{ .name = "note", .title = "Note", .parameter = CHANGE "Description", .path = "description",
	  .check = check_group_text },
	{ 0 }
};

static const struct row_argument edit_row[] = {
	{ "GroupId", "groupId" },
	{ "SecurityGroupRules[0].SecurityGroupRuleId", "securityGroupRuleId" },
	{ 0 }
};

#undef CHANGE

static const struct action_field copy_fields[] = {
	{ .name = "group", .title = "To group", .type = FIELD_LIVE, .live = &groups, .parameter = "GroupId",
	  .required = true },
	{ 0 }
};

static const struct row_argument copy_row[] = {
	{ "IpPermissions[0].IpProtocol", "ipProtocol" },
	{ "IpPermissions[0].FromPort", "fromPort" },
	{ "IpPermissions[0].ToPort", "toPort" },
	{ "IpPermissions[0].IpRanges[0].CidrIp", "cidrIpv4" },
	{ "IpPermissions[0].Ipv6Ranges[0].CidrIpv6", "cidrIpv6" },
	{ "IpPermissions[0].PrefixListIds[0].PrefixListId", "prefixListId" },
	{ "IpPermissions[0].UserIdGroupPairs[0].GroupId", "referencedGroupInfo/groupId" },
	{ 0 }
};

static const struct row_argument revoke_row[] = {
	{ "GroupId", "groupId" },
	{ "SecurityGroupRuleIds[0]", "securityGroupRuleId" },
	{ 0 }
};

#endif
