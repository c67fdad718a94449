/* SPDX-License-Identifier: MIT */
/*
 * What several tables of EC2 use (API 2016-11-15; each table that includes
 * this has its own copy).
 */
#ifndef CATALOGUE_EC2_EC2_H
#define CATALOGUE_EC2_EC2_H

#include "catalogue/tables.h"

/* ec2/connect.c */
const struct connect *ec2_connect(void);

#define EC2_CONSOLE "https://{region}.{console}/ec2/home?region={region}#"

/* MaxResults may not go together with ids: listing.c leaves it out then. */
#define EC2_PAGING { .token_in = "NextToken", .token_out = "nextToken", \
	.size = "MaxResults", .size_value = "1000" }

#define EC2_FILTERS \
	{ .path = "Filters[].Name", .wire = "Filter.N.Name" }, \
	{ .path = "Filters[].Values[]", .wire = "Filter.N.Value.N" }

/* As the second filter of a join with instances. */
#define EC2_NOT_TERMINATED \
	{ .path = "Filters[].Name", .value = "instance-state-name", \
	  .index = { 1 } }, \
	{ .path = "Filters[].Values[]", .value = "pending", \
	  .index = { 1, 0 } }, \
	{ .path = "Filters[].Values[]", .value = "running", \
	  .index = { 1, 1 } }, \
	{ .path = "Filters[].Values[]", .value = "stopping", \
	  .index = { 1, 2 } }, \
	{ .path = "Filters[].Values[]", .value = "stopped", \
	  .index = { 1, 3 } }

#define EC2_DRY_RUN { .path = "DryRun", .type = VALUE_BOOLEAN }

/* Tags of what is made; TAGS_OF(x) is the constant that goes with them. */
#define EC2_TAG_SPECIFICATIONS \
	{ .path = "TagSpecifications[].ResourceType", \
	  .wire = "TagSpecification.N.ResourceType" }, \
	{ .path = "TagSpecifications[].Tags[].Key", \
	  .wire = "TagSpecification.N.Tag.N.Key" }, \
	{ .path = "TagSpecifications[].Tags[].Value", \
	  .wire = "TagSpecification.N.Tag.N.Value" }

#define EC2_TAGS_FIELD(type_arguments) \
	{ .name = "tags", .title = "Tags", .type = FIELD_PAIR, \
	  .parameter = "TagSpecifications[0].Tags[].Key", \
	  .pair = "TagSpecifications[0].Tags[].Value", \
	  .with = (type_arguments) }

#define EC2_CLIENT_TOKEN { .path = "ClientToken", .token = true }

static const struct parameter describe_instances_parameters[] = {
	EC2_FILTERS,
	{ .path = "InstanceIds[]", .wire = "InstanceId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe_instances = {
	.name = "DescribeInstances",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = describe_instances_parameters,
	.paging = EC2_PAGING
};

/* Seven metrics at 0.30 USD each a month (CloudWatch's price list,
 * us-east-1, November 2026). */
#define MONITORING_PRICE "Detailed monitoring costs about 2.10 USD a month " \
	"for each instance (7 metrics, CloudWatch's list for us-east-1)"

#define DESCRIBE_INSTANCES_ROWS "reservationSet/item/instancesSet/item"

#endif
