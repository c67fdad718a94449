/* SPDX-License-Identifier: MIT */
/* Every tag of EC2's things, one row each. */
#include "catalogue/ec2/ec2.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "key", .title = "Key", .path = "key", .format = FORMAT_NATURAL, .w80 = 20, .w132 = 30,
	  .keep = true },
	{ .name = "value", .title = "Value", .path = "value", .format = FORMAT_NATURAL, .w80 = 18, .w132 = 50,
	  .grow = 1, .keep = true },
	{ .name = "type", .title = "Of", .path = "resourceType", .w80 = 14, .w132 = 22 },
	{ .name = "resource", .title = "Resource", .path = "resourceId", .w80 = 23, .w132 = 23 },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe_tags = {
	.name = "DescribeTags",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters,
	.paging = EC2_PAGING
};

static const struct drill drills[] = {
	{ .title = "What bears it", .resource = DRILL_ANY, .enter = true, .up = true, .arguments = {
		{ .path = "resourceId" } } },
	{ .title = "The same key", .resource = "tags", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "key" },
		{ .parameter = "Filters[0].Values[0]", .path = "key" } } },
	{ .title = "The same key and value", .resource = "tags", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "key" },
		{ .parameter = "Filters[0].Values[0]", .path = "key" },
		{ .parameter = "Filters[1].Name", .value = "value" },
		{ .parameter = "Filters[1].Values[0]", .path = "value" } } },
	{ .title = "All tags of the same resource", .resource = "tags", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "resource-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "resourceId" } } },
	{ .title = "Instances that bear this key", .resource = "instances", .up = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "tag-key" },
		{ .parameter = "Filters[0].Values[0]", .path = "key" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_argument whose[] = {
	{ .parameter = "Resources[0]", .path = "resourceId" },
	{ .parameter = "Tags[0].Key", .path = "key" },
	{ 0 }
};

static const struct action_field value_fields[] = {
	{ .name = "value", .title = "Value", .parameter = "Tags[0].Value", .path = "value", .check = check_tag_value,
	  .required = true },
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "set", .title = "Change the value", .key = 'm', .kind = EFFECT_CHANGE, .operation = &create_tags,
	  .row_arguments = whose, .fields = value_fields, .undo = "set" },
	{ .name = "delete", .title = "Remove", .key = 'x', .kind = EFFECT_CHANGE, .operation = &delete_tags,
	  .row_arguments = whose },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "tagSet/item" },
	{ 0 }
};

static const struct resource tags = {
	.name = "tags", .aliases = "ec2-tags", .title = "Tags", .one = "tag",
	.list = &describe_tags, .rows = rows,
	.identity = { "resourceId", "key" }, .composite = true,
	.columns = columns, .sort = "key,value,resource", .drills = drills,
	.actions = actions, .console = EC2_CONSOLE "Tags:"
};

const struct resource *ec2_tags(void)
{
	return &tags;
}
