/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/ec2.h"

static const struct column columns[] = {
	{ .name = "age", .title = "Age", .path = "startTime", .format = FORMAT_AGE, .w80 = 5, .w132 = 5 },
	{ .name = "snapshot", .title = "Snapshot", .path = "snapshotId", .w80 = 22, .w132 = 22, .keep = true },
	{ .name = "name", .title = "Name", .path = "tagSet/[key=Name]/value", .format = FORMAT_NATURAL, .w132 = 16 },
	{ .name = "state", .title = "State", .path = "status", .format = FORMAT_STATE, .derive = derive_snapshot_state,
	  .w80 = 11, .w132 = 11, .keep = true },
	{ .name = "gib", .title = "GiB", .path = "volumeSize", .format = FORMAT_NUMBER, .w80 = 6, .w132 = 6 },
	{ .name = "encrypted", .title = "Enc", .path = "encrypted", .format = FORMAT_BOOL, .w132 = 3 },
	{ .name = "volume", .title = "Volume", .path = "volumeId", .w132 = 21 },
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

static const struct resource snapshots = {
	.name = "snapshots", .aliases = "snap", .title = "Snapshots", .one = "snapshot",
	.list = &describe_snapshots, .whole = own, .rows = rows,
	.identity = { "snapshotId" }, .label = "tagSet/[key=Name]/value",
	.columns = columns, .sort = "-started,snapshot", .drills = drills,
	.tags = { "tagSet/item", "key", "value" }, .get = "SnapshotIds[]", .id_prefix = "snap-",
	.arn = "arn:{partition}:ec2:{region}::snapshot/{id}",
	.console = EC2_CONSOLE "SnapshotDetails:snapshotId={id}",
	.refresh = 60
};

const struct resource *ec2_snapshots(void)
{
	return &snapshots;
}
