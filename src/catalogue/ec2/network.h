/* SPDX-License-Identifier: MIT */
/* What the tables of EC2's network have in common. */
#ifndef CATALOGUE_EC2_NETWORK_H
#define CATALOGUE_EC2_NETWORK_H

#include "catalogue/check.h"
#include "catalogue/ec2/ec2.h"

/* Rows of another resource that have this one's value: by a filter, or as
 * what a parameter takes. */
#define FILTER_IS(filter, of) \
	{ .parameter = "Filters[0].Name", .value = (filter) }, \
	{ .parameter = "Filters[0].Values[0]", .path = (of) }
#define DRILL_BY(name, to, filter, of) \
	{ .title = (name), .resource = (to), \
	  .arguments = { FILTER_IS(filter, of) } }
#define DRILL_TO(name, to, takes, of) \
	{ .title = (name), .resource = (to), \
	  .arguments = { { .parameter = (takes), .path = (of) } } }
#define USED_BY(name, to, filter, of) \
	{ .title = (name), .resource = (to), .up = true, \
	  .arguments = { FILTER_IS(filter, of) } }
#define ENTER_BY(name, to, filter, of) \
	{ .title = (name), .resource = (to), .enter = true, \
	  .arguments = { FILTER_IS(filter, of) } }

#define TAG_NAME "tagSet/[key=Name]/value"
#define TAGS { "tagSet/item", "key", "value" }
#define EC2_ARN(kind) "arn:{partition}:ec2:{region}:{account}:" kind "/{id}"
#define VPC_CONSOLE "https://{region}.{console}/vpcconsole/home" \
	"?region={region}#"

/* A VPC by its name. here: the path of its id. */
static const struct parameter named_vpc_parameters[] = {
	{ .path = "VpcIds[]", .wire = "VpcId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe_named_vpcs = {
	.name = "DescribeVpcs", .effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = named_vpc_parameters, .paging = EC2_PAGING
};

#define VPC_JOIN(at) \
	{ .name = "vpc", .operation = &describe_named_vpcs, \
	  .rows = "vpcSet/item", .key = "vpcId", .here = (at), \
	  .ids = "VpcIds[]", .batch = 100, .scope = JOIN_VISIBLE }

/* Parameters of most of them. */
#define DRY_RUN { .path = "DryRun", .type = VALUE_BOOLEAN }
#define TAG_PARAMETERS \
	{ .path = "TagSpecifications[].ResourceType", \
	  .wire = "TagSpecification.N.ResourceType" }, \
	{ .path = "TagSpecifications[].Tags[].Key", \
	  .wire = "TagSpecification.N.Tag.N.Key" }, \
	{ .path = "TagSpecifications[].Tags[].Value", \
	  .wire = "TagSpecification.N.Tag.N.Value" }
#define CLIENT_TOKEN { .path = "ClientToken", .token = true }

/* KEY=VALUE of a new one; of: its struct argument, see TAGGED. */
#define TAG_FIELD(of) \
	{ .name = "tags", .title = "Tags, such as Name=web", \
	  .type = FIELD_PAIR, .parameter = "TagSpecifications[0].Tags[].Key", \
	  .pair = "TagSpecifications[0].Tags[].Value", .with = (of) }
#define TAGGED(type) \
	{ { .path = "TagSpecifications[].ResourceType", .value = (type) }, \
	  { 0 } }

/* One id, nothing else. */
#define ONE_ID(id) { { .path = (id) }, DRY_RUN, { 0 } }

#endif
