/* SPDX-License-Identifier: MIT */
/* DescribeNetworkAcls gives two tables: of ACLs, and of their entries. */
#ifndef CATALOGUE_EC2_NETWORK_ACLS_H
#define CATALOGUE_EC2_NETWORK_ACLS_H

#include "catalogue/ec2/network.h"

static const struct parameter describe_parameters[] = {
	EC2_FILTERS,
	{ .path = "NetworkAclIds[]", .wire = "NetworkAclId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeNetworkAcls", .effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = describe_parameters, .paging = EC2_PAGING
};

#endif
