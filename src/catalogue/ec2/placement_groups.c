/* SPDX-License-Identifier: MIT */
/* EC2 knows placement groups by name, but tags them by id. */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "groupName", .format = FORMAT_NATURAL,
	  .w80 = 26, .w132 = 40, .grow = 1, .keep = true },
	{ .name = "state", .title = "State", .path = "state", .format = FORMAT_STATE,
	  .w80 = 11, .w132 = 11, .keep = true },
	{ .name = "strategy", .title = "Strategy", .path = "strategy", .w80 = 9, .w132 = 9 },
	{ .name = "partitions", .title = "Parts", .path = "partitionCount", .format = FORMAT_NUMBER,
	  .w80 = 5, .w132 = 5 },
	{ .name = "spread", .title = "Spread", .path = "spreadLevel", .w132 = 6 },
	{ .name = "used", .title = "Used", .derive = derive_instance_count, .format = FORMAT_NUMBER,
	  .join = "instances", .w80 = 5, .w132 = 5 },
	{ .name = "group", .title = "Group", .path = "groupId", .w132 = 20 },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "GroupNames[]", .wire = "GroupName.N" },
	{ .path = "GroupIds[]", .wire = "GroupId.N" },
	{ 0 }
};

static const struct operation describe_placement_groups = {
	.name = "DescribePlacementGroups",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters
};

static const struct argument in_group[] = {
	{ .path = "Filters[].Name", .value = "placement-group-name" },
	EC2_NOT_TERMINATED,
	{ 0 }
};

static const struct join joins[] = {
	{ .name = "instances", .operation = &describe_instances, .arguments = in_group,
	  .rows = "reservationSet", .key = "item/instancesSet/item/placement/groupName", .here = "groupName",
	  .ids = "Filters[].Values[]", .scope = JOIN_VISIBLE, .refresh = 600 },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Instances in it", .resource = "instances", .enter = true, .up = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "placement-group-name" },
		{ .parameter = "Filters[0].Values[0]", .path = "groupName" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct parameter create_parameters[] = {
	{ .path = "GroupName" },
	{ .path = "Strategy" },
	{ .path = "PartitionCount", .type = VALUE_INTEGER },
	{ .path = "SpreadLevel" },
	TAG_PARAMETERS,
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation create_placement_group = {
	.name = "CreatePlacementGroup",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = create_parameters
};

static const struct parameter delete_parameters[] = {
	{ .path = "GroupName" },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation delete_placement_group = {
	.name = "DeletePlacementGroup",
	.effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = delete_parameters
};

static const struct argument tags_of_group[] = TAGGED("placement-group");

static const struct action_field create_fields[] = {
	{ .name = "name", .title = "Name", .parameter = "GroupName", .check = check_key_name, .required = true },
	{ .name = "strategy", .title = "Strategy", .type = FIELD_CHOICE, .parameter = "Strategy", .required = true,
	  .choices = "cluster spread partition",
	  .help = "cluster: close together, for speed. spread: each on its own hardware. partition: groups that "
		"share none." },
	{ .name = "partitions", .title = "Partitions", .type = FIELD_NUMBER, .parameter = "PartitionCount",
	  .low = 1, .high = 7, .when = "strategy=partition" },
	{ .name = "level", .title = "Apart by", .type = FIELD_CHOICE, .parameter = "SpreadLevel",
	  .choices = "rack host", .when = "strategy=spread", .help = "host is for Outposts alone." },
	TAG_FIELD(tags_of_group),
	{ 0 }
};

static const struct row_argument its_id[] = {
	{ .parameter = "Resources[0]", .path = "groupId" },
	{ 0 }
};

static const struct drill dependents[] = {
	{ .title = "Instances in it", .resource = "instances", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "placement-group-name" },
		{ .parameter = "Filters[0].Values[0]", .path = "groupName" } } },
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New placement group", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &create_placement_group, .fields = create_fields,
	  .answer = { .made = "placementGroup/groupName" } },
	EC2_TAG_ACTIONS_OF(its_id, 't', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY,
	  .operation = &delete_placement_group, .target = "GroupName", .dependents = dependents },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "placementGroupSet/item" },
	{ 0 }
};

static const struct resource placement_groups = {
	.name = "placement-groups", .aliases = "pg", .title = "Placement groups", .one = "placement group",
	.list = &describe_placement_groups, .rows = rows,
	.identity = { "groupName" }, .label = "groupName",
	.columns = columns, .sort = "name", .joins = joins, .drills = drills,
	.actions = actions,
	.tags = { "tagSet/item", "key", "value" }, .get = "GroupNames[]",
	.arn = "arn:{partition}:ec2:{region}:{account}:placement-group/{id}",
	.console = EC2_CONSOLE "PlacementGroups:groupName={id}"
};

const struct resource *ec2_placement_groups(void)
{
	return &placement_groups;
}
