/* SPDX-License-Identifier: MIT */
/* Snapshots: yours, those shared with you, and everybody's. */
#include "catalogue/ec2/reads.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "age", .title = "Age", .path = "startTime", .format = FORMAT_AGE, .w80 = 5, .w132 = 5 },
	{ .name = "snapshot", .title = "Snapshot", .path = "snapshotId", .w80 = 22, .w132 = 22, .keep = true },
	{ .name = "name", .title = "Name", .path = "tagSet/[key=Name]/value", .format = FORMAT_NATURAL, .w132 = 16 },
	{ .name = "state", .title = "State", .path = "status", .format = FORMAT_STATE, .derive = derive_snapshot_state,
	  .w80 = 11, .w132 = 11, .keep = true },
	{ .name = "gib", .title = "GiB", .path = "volumeSize", .format = FORMAT_NUMBER, .w80 = 6, .w132 = 6 },
	{ .name = "shared", .title = "Shared", .derive = derive_snapshot_shared, .join = "permissions",
	  .w80 = 6, .w132 = 6 },
	{ .name = "encrypted", .title = "Enc", .path = "encrypted", .format = FORMAT_BOOL, .w132 = 3 },
	{ .name = "volume", .title = "Volume", .path = "volumeId", .derive = derive_snapshot_volume, .join = "volume",
	  .w132 = 21 },
	{ .name = "description", .title = "Description", .path = "description", .w80 = 22, .w132 = 28, .grow = 1 },
	{ .name = "owner", .title = "Owner", .path = "ownerAlias|ownerId" },
	{ .name = "tier", .title = "Tier", .path = "storageTier" },
	{ .name = "key", .title = "Key", .path = "kmsKeyId", .derive = derive_arn_name },
	{ .name = "started", .title = "Started", .path = "startTime", .format = FORMAT_TIME },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "SnapshotIds[]", .wire = "SnapshotId.N" },
	{ .path = "OwnerIds[]", .wire = "Owner.N" },
	{ .path = "RestorableByUserIds[]", .wire = "RestorableBy.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe_snapshots = {
	.name = "DescribeSnapshots",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters,
	.paging = EC2_PAGING
};

/* Without it AWS lists every public snapshot of the world. */
static const struct argument own[] = {
	{ .path = "OwnerIds[]", .value = "self" },
	{ 0 }
};

static const struct parameter permission_parameters[] = {
	{ .path = "Attribute" },
	{ .path = "SnapshotId" },
	{ 0 }
};

static const struct operation describe_permissions = {
	.name = "DescribeSnapshotAttribute",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = permission_parameters
};

static const struct argument permissions[] = {
	{ .path = "Attribute", .value = "createVolumePermission" },
	{ 0 }
};

/* One call a snapshot: those on the screen, once an hour. */
static const struct join joins[] = {
	{ .name = "permissions", .operation = &describe_permissions, .arguments = permissions,
	  .rows = "createVolumePermission", .here = "snapshotId", .ids = "SnapshotId",
	  .scope = JOIN_VISIBLE, .refresh = 3600 },
	{ .name = "volume", .operation = &describe_volumes, .arguments = with_volume_ids,
	  .rows = "volumeSet/item", .key = "volumeId", .here = "volumeId", .ids = "Filters[].Values[]",
	  .batch = 100, .scope = JOIN_VISIBLE, .refresh = 600 },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Document", .enter = true },
	{ .title = "Its volume", .resource = "volumes", .up = true, .arguments = {
		{ .parameter = "VolumeIds[0]", .path = "volumeId" } } },
	{ .title = "Volumes made of it", .resource = "volumes", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "snapshot-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "snapshotId" } } },
	{ .title = "Images made of it", .resource = "images", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "block-device-mapping.snapshot-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "snapshotId" } } },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "snapshotSet/item" },
	{ 0 }
};

static const struct action actions[] = {
	EC2_TAG_ACTIONS('t', 'y'),
	{ 0 }
};

static const struct resource snapshots = {
	.name = "snapshots", .aliases = "snap", .title = "Snapshots", .one = "snapshot",
	.list = &describe_snapshots, .whole = own, .rows = rows,
	.identity = { "snapshotId" }, .label = "tagSet/[key=Name]/value",
	.columns = columns, .sort = "-started,snapshot", .joins = joins, .drills = drills,
	.actions = actions,
	.tags = { "tagSet/item", "key", "value" }, .get = "SnapshotIds[]", .id_prefix = "snap-",
	.arn = "arn:{partition}:ec2:{region}::snapshot/{id}",
	.console = EC2_CONSOLE "SnapshotDetails:snapshotId={id}",
	.refresh = 60
};

/* What others own says whose it is. */
static const struct column foreign_columns[] = {
	{ .name = "age", .title = "Age", .path = "startTime", .format = FORMAT_AGE, .w80 = 5, .w132 = 5 },
	{ .name = "snapshot", .title = "Snapshot", .path = "snapshotId", .w80 = 22, .w132 = 22, .keep = true },
	{ .name = "owner", .title = "Owner", .path = "ownerAlias|ownerId", .w80 = 12, .w132 = 16, .keep = true },
	{ .name = "state", .title = "State", .path = "status", .format = FORMAT_STATE, .derive = derive_snapshot_state,
	  .w80 = 11, .w132 = 11 },
	{ .name = "gib", .title = "GiB", .path = "volumeSize", .format = FORMAT_NUMBER, .w80 = 6, .w132 = 6 },
	{ .name = "encrypted", .title = "Enc", .path = "encrypted", .format = FORMAT_BOOL, .w132 = 3 },
	{ .name = "description", .title = "Description", .path = "description", .w80 = 16, .w132 = 58, .grow = 1 },
	{ .name = "owner_id", .title = "Owner's number", .path = "ownerId" },
	{ .name = "volume", .title = "Volume", .path = "volumeId" },
	{ .name = "started", .title = "Started", .path = "startTime", .format = FORMAT_TIME },
	{ 0 }
};

static const struct argument with_me[] = {
	{ .path = "RestorableByUserIds[]", .value = "self" },
	{ 0 }
};

static const struct argument with_all[] = {
	{ .path = "RestorableByUserIds[]", .value = "all" },
	{ 0 }
};

static const struct drill foreign_drills[] = {
	{ .title = "Document", .enter = true },
	{ .title = "Volumes made of it", .resource = "volumes", .up = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "snapshot-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "snapshotId" } } },
	{ .title = "Images made of it", .resource = "images", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "block-device-mapping.snapshot-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "snapshotId" } } },
	{ 0 }
};

#define FOREIGN \
	.list = &describe_snapshots, .rows = rows, \
	.identity = { "snapshotId" }, .columns = foreign_columns, \
	.sort = "-started,snapshot", .drills = foreign_drills, \
	.get = "SnapshotIds[]", \
	.console = EC2_CONSOLE "SnapshotDetails:snapshotId={id}"

static const struct resource shared = {
	.name = "shared-snapshots", .title = "Snapshots shared with you", .one = "snapshot",
	.whole = with_me, FOREIGN
};

/* Of the whole world: `public-snapshots OwnerIds[0]=…` asks for less. */
static const struct resource everybodys = {
	.name = "public-snapshots", .title = "Public snapshots", .one = "snapshot",
	.whole = with_all, FOREIGN
};

const struct resource *ec2_snapshots(void)
{
	return &snapshots;
}

const struct resource *ec2_shared_snapshots(void)
{
	return &shared;
}

const struct resource *ec2_public_snapshots(void)
{
	return &everybodys;
}
