/* SPDX-License-Identifier: MIT */
/* What is done to the rules of security groups. */
#ifndef SIM_EC2_RULE_CALLS_H
#define SIM_EC2_RULE_CALLS_H

#include "sim/ec2/things.h"

#define RULE_PERMISSION "IpPermissions.N."
#define RULE_PARAMETERS EC2_TAGS "GroupId GroupName CidrIp FromPort ToPort " \
	"IpProtocol " RULE_PERMISSION "IpProtocol " RULE_PERMISSION \
	"FromPort " RULE_PERMISSION "ToPort " RULE_PERMISSION \
	"IpRanges.N.CidrIp " RULE_PERMISSION "IpRanges.N.Description " \
	RULE_PERMISSION "Ipv6Ranges.N.CidrIpv6 " RULE_PERMISSION \
	"Ipv6Ranges.N.Description " RULE_PERMISSION "Groups.N.GroupId " \
	RULE_PERMISSION "Groups.N.UserId " RULE_PERMISSION \
	"Groups.N.Description " RULE_PERMISSION \
	"PrefixListIds.N.PrefixListId " RULE_PERMISSION \
	"PrefixListIds.N.Description "

void rule_authorize_egress(struct call *c);
void rule_authorize_ingress(struct call *c);
void rule_revoke_egress(struct call *c);
void rule_revoke_ingress(struct call *c);
void rule_modify(struct call *c);

#endif
