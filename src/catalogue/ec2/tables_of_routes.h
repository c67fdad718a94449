/* SPDX-License-Identifier: MIT */
/* DescribeRouteTables gives two tables: of route tables, and of routes. */
#ifndef CATALOGUE_EC2_TABLES_OF_ROUTES_H
#define CATALOGUE_EC2_TABLES_OF_ROUTES_H

#include "catalogue/ec2/network.h"

static const struct parameter describe_parameters[] = {
	EC2_FILTERS,
	{ .path = "RouteTableIds[]", .wire = "RouteTableId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeRouteTables", .effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = describe_parameters,
	.paging = { .token_in = "NextToken", .token_out = "nextToken", .size = "MaxResults", .size_value = "100" }
};

#endif
