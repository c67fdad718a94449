/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/reads.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "tagSet/[key=Name]/value", .format = FORMAT_NATURAL,
	  .w80 = 13, .w132 = 18, .wmany = 19, .grow = 1, .keep = true },
	{ .name = "volume", .title = "Volume", .path = "volumeId", .w80 = 21, .w132 = 21, .wmany = 255 },
	{ .name = "state", .title = "State", .path = "status", .format = FORMAT_STATE,
	  .derive = derive_volume_state, .join = "status",
	  .w80 = 11, .w132 = 11, .keep = true },
	{ .name = "gib", .title = "GiB", .path = "size", .format = FORMAT_NUMBER, .w80 = 6, .w132 = 6 },
	{ .name = "type", .title = "Type", .path = "volumeType", .w80 = 4, .w132 = 4 },
	{ .name = "attached_to", .title = "Attached to", .path = "attachmentSet/item/instanceId",
	  .derive = derive_volume_attached, .join = "instance", .w80 = 18, .w132 = 20 },
	{ .name = "device", .title = "Device", .path = "attachmentSet/item/device", .w132 = 9 },
	{ .name = "iops", .title = "IOPS", .path = "iops", .format = FORMAT_NUMBER, .w132 = 6 },
	{ .name = "encrypted", .title = "Enc", .path = "encrypted", .format = FORMAT_BOOL, .w132 = 3 },
	{ .name = "zone", .title = "Zone", .path = "availabilityZone", .w132 = 15, .wmany = 15, .zone = true },
	{ .name = "age", .title = "Age", .path = "createTime", .format = FORMAT_AGE, .w132 = 5 },
	{ .name = "change", .title = "Change", .derive = derive_volume_change, .format = FORMAT_STATE,
	  .join = "change" },
	{ .name = "throughput", .title = "MB/s", .path = "throughput", .format = FORMAT_NUMBER },
	{ .name = "delete_on_termination", .title = "DOT", .path = "attachmentSet/item/deleteOnTermination",
	  .format = FORMAT_BOOL },
	{ .name = "snapshot", .title = "Snapshot", .path = "snapshotId" },
	{ .name = "key", .title = "Key", .path = "kmsKeyId", .derive = derive_arn_name },
	{ .name = "multi_attach", .title = "Multi", .path = "multiAttachEnabled", .format = FORMAT_BOOL },
	{ .name = "created", .title = "Created", .path = "createTime", .format = FORMAT_TIME },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct join joins[] = {
	{ .name = "instance", .operation = &describe_instances, .rows = DESCRIBE_INSTANCES_ROWS,
	  .key = "instanceId", .here = "attachmentSet/item/instanceId", .ids = "InstanceIds[]", .batch = 100,
	  .scope = JOIN_VISIBLE, .refresh = 300 },
	{ .name = "status", .operation = &describe_volume_status, .arguments = with_volume_ids,
	  .rows = "volumeStatusSet/item", .key = "volumeId", .here = "volumeId", .ids = "Filters[].Values[]",
	  .batch = 100, .scope = JOIN_VISIBLE, .refresh = 300 },
	{ .name = "change", .operation = &describe_volume_changes, .arguments = with_volume_ids,
	  .rows = DESCRIBE_CHANGES_ROWS, .key = "volumeId", .here = "volumeId", .ids = "Filters[].Values[]",
	  .batch = 100, .scope = JOIN_VISIBLE, .refresh = 60 },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Instance", .resource = "instances", .enter = true, .up = true, .arguments = {
		{ .parameter = "InstanceIds[0]", .path = "attachmentSet/item/instanceId" } } },
	{ .title = "Snapshots", .resource = "snapshots", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "volume-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "volumeId" } } },
	{ .title = "Its snapshot", .resource = "snapshots", .arguments = {
		{ .parameter = "SnapshotIds[0]", .path = "snapshotId" } } },
	{ .title = "Status", .resource = "volume-status", .arguments = {
		{ .parameter = "VolumeIds[0]", .path = "volumeId" } } },
	{ .title = "Changes of it", .resource = "volume-modifications", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "volume-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "volumeId" } } },
	{ .title = "Volumes of the same snapshot", .resource = "volumes", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "snapshot-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "snapshotId" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "volumeSet/item" },
	{ 0 }
};

static const struct saved_view views[] = {
	{ .name = "unattached", .title = "Attached to nothing, the largest first", .filter = "state=available",
	  .sort = "-gib,name" },
	{ .name = "unencrypted", .title = "Not encrypted", .filter = "encrypted=false", .sort = "name",
	  .columns = "name,volume,state,gib,encrypted,attached_to,zone" },
	{ 0 }
};

static const struct action actions[] = {
	EC2_TAG_ACTIONS('t', 'y'),
	{ 0 }
};

static const struct resource volumes = {
	.name = "volumes", .aliases = "ebs vol", .title = "Volumes", .one = "volume",
	.list = &describe_volumes, .rows = rows,
	.identity = { "volumeId" }, .label = "tagSet/[key=Name]/value",
	.columns = columns, .sort = "name,volume", .joins = joins, .drills = drills,
	.views = views,
	.actions = actions,
	.tags = { "tagSet/item", "key", "value" },
	.get = "VolumeIds[]", .id_prefix = "vol-",
	.arn = "arn:{partition}:ec2:{region}:{account}:volume/{id}",
	.console = EC2_CONSOLE "VolumeDetails:volumeId={id}",
	.refresh = 20, .refresh_many = 60
};

const struct resource *ec2_volumes(void)
{
	return &volumes;
}
