/* SPDX-License-Identifier: MIT */
/* Placement groups. */
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/things.h"

#include <string.h>

#define DELETING_MS 2000
#define PARTITIONS_MOST 7

const char *instance_placement(const struct instance *i)
{
	const char *role = i->role && i->role->name ? i->role->name : "";

	return str_eq(role, "cache-%u") ? "cache-apart" :
		str_eq(role, "train-gpu-%u") ? "training" : NULL;
}

static void seed(struct world *w)
{
	static const struct { const char *name, *strategy; } groups[] = {
		{ "cache-apart", "spread" }, { "training", "cluster" },
		{ "hdfs-old", "partition" },
	};

	for (size_t i = 0; i < sizeof(groups) / sizeof(*groups); i++) {
		struct thing *t = things_born(w, placement_kind(), w->born);

		thing_set(t, "groupName", "%s", groups[i].name);
		thing_set(t, "strategy", "%s", groups[i].strategy);
		thing_set(t, "groupArn", "arn:aws:ec2:%s:%s:placement-group/"
			"%s", w->region->name, w->account, groups[i].name);
		if (str_eq(groups[i].strategy, "partition"))
			thing_set(t, "partitionCount", "3");
		if (str_eq(groups[i].strategy, "spread"))
			thing_set(t, "spreadLevel", "rack");
	}
}

static struct thing *find(struct call *c, const char *name)
{
	size_t cursor = 0;
	struct thing *t;

	while ((t = things_next(c->world, placement_kind(), c->now,
		&cursor)))
		if (thing_is(t, "groupName", name, c->now))
			return t;
	return NULL;
}

static bool check_strategy(struct call *c, const char *strategy)
{
	const char *count = call_param(c, "PartitionCount");
	const char *level = call_param(c, "SpreadLevel");
	long n;

	if (!str_eq(strategy, "cluster") && !str_eq(strategy, "spread") &&
		!str_eq(strategy, "partition"))
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter strategy is invalid. Invalid "
			"placement strategy", strategy);
	if (count && !str_eq(strategy, "partition"))
		return call_error(c, 400, "InvalidParameterCombination", "The "
			"parameter PartitionCount is only valid with the "
			"'partition' placement strategy.");
	if (count && !str_int(count, 1, PARTITIONS_MOST, &n))
		return call_error(c, 400, "InvalidParameterValue", "The "
			"partition count '%s' is invalid. A partition "
			"placement group may have 1 to %d partitions.",
			count, PARTITIONS_MOST);
	if (level && !str_eq(strategy, "spread"))
		return call_error(c, 400, "InvalidParameterCombination", "The "
			"parameter SpreadLevel is only valid with the "
			"'spread' placement strategy.");
	if (level && !str_eq(level, "host") && !str_eq(level, "rack"))
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter spreadLevel is invalid.", level);
	return true;
}

static void create(struct call *c)
{
	const char *name = ec2_need(c, "GroupName");
	const char *strategy = name ? ec2_need(c, "Strategy") : NULL;
	const char *count = call_param(c, "PartitionCount");
	const char *level = call_param(c, "SpreadLevel");
	struct thing *t;

	if (!strategy || !check_strategy(c, strategy))
		return;
	if (strlen(name) > 255) {
		call_error(c, 400, "InvalidParameterValue", "The name of a "
			"placement group may have 255 characters at most");
		return;
	}
	if (find(c, name)) {
		call_error(c, 400, "InvalidPlacementGroup.Duplicate", "The "
			"Placement Group '%s' already exists.", name);
		return;
	}
	t = things_draft(c, placement_kind());
	if (!t)
		return;
	thing_set(t, "groupArn", "arn:aws:ec2:%s:%s:placement-group/%s",
		c->world->region->name, c->world->account, name);
	if (str_eq(strategy, "partition"))
		thing_set(t, "partitionCount", "%s", count ? count : "2");
	if (str_eq(strategy, "spread"))
		thing_set(t, "spreadLevel", "%s", level ? level : "rack");
	if (things_add(c, t))
		things_reply(c, t, "placementGroup");
}

static bool is_in_use(struct call *c, const char *name)
{
	const struct ec2_list *list = instance_list();
	struct instance i;

	for (uint64_t slot = 0; slot < list->slots(c->world); slot++)
		if (instance_fill(c->world, slot, c->now, &i) &&
			!instance_is_gone(&i) && instance_placement(&i) &&
			str_eq(instance_placement(&i), name))
			return true;
	return false;
}

static void delete(struct call *c)
{
	const char *name = ec2_need(c, "GroupName");
	struct thing *t;

	if (!name)
		return;
	t = find(c, name);
	if (!t) {
		call_error(c, 400, "InvalidPlacementGroup.Unknown", "The "
			"Placement Group '%s' is unknown.", name);
		return;
	}
	if (is_in_use(c, name)) {
		call_error(c, 400, "InvalidPlacementGroup.InUse", "The "
			"placement group '%s' is in use and may not be "
			"deleted.", name);
		return;
	}
	if (ec2_dry_run(c))
		return;
	thing_later(t, c->now, "state", "deleting");
	things_remove(t, c->now + DELETING_MS);
	ec2_reply_true(c);
}

static const struct thing_member members[] = {
	{ "groupName", "group-name", FROM_PARAM, "GroupName", NULL },
	{ "groupId", NULL, FROM_ID, NULL, NULL },
	{ "groupArn", "group-arn", FROM_NOTHING, NULL, NULL },
	{ "strategy", "strategy", FROM_PARAM, "Strategy", NULL },
	{ "state", "state", FROM_TEXT, "available", NULL },
	{ "spreadLevel", "spread-level", FROM_NOTHING, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "CreatePlacementGroup", .run = create, .write = true,
	  .parameters = EC2_TAGS "GroupName Strategy PartitionCount SpreadLevel" },
	{ .name = "DeletePlacementGroup", .run = delete, .write = true, .parameters = "GroupName" },
	{ .name = "DescribePlacementGroups", .run = things_describe,
	  .parameters = EC2_FILTERS "GroupName.N GroupId.N" },
	{ .name = NULL }
};

static const struct thing_name names[] = {
	{ "GroupName", "groupName", "InvalidPlacementGroup.Unknown", NULL },
	{ .param = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "placementGroupSet", .id_param = "GroupId", .id_name = "placement group", .prefix = "pg-",
		.malformed = "InvalidPlacementGroupId.Malformed", .not_found = "InvalidPlacementGroup.Unknown",
		.stored = true },
	.type = "placement-group", .describe = "DescribePlacementGroups", .members = members,
	.names = names, .actions = actions, .seed = seed,
	.most = 500, .most_code = "PlacementGroupLimitExceeded",
	.most_text = "The maximum number of placement groups has been reached.",
};

const struct thing_kind *placement_kind(void)
{
	return &kind;
}
