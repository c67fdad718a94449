/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/make_volume.h"
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
	{ .name = "status", .operation = &describe_volume_status,
	  .rows = "volumeStatusSet/item", .key = "volumeId", .here = "volumeId", .ids = "VolumeIds[]",
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

static const struct parameter attach_parameters[] = {
	{ .path = "VolumeId" },
	{ .path = "InstanceId" },
	{ .path = "Device" },
	EC2_DRY_RUN,
	{ 0 }
};

/* A second one would be told that the volume is in use (aws.md 5.2). */
static const struct operation attach_volume = {
	.name = "AttachVolume",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = attach_parameters
};

static const struct parameter detach_parameters[] = {
	{ .path = "VolumeId" },
	{ .path = "InstanceId" },
	{ .path = "Force", .type = VALUE_BOOLEAN },
	EC2_DRY_RUN,
	{ 0 }
};

static const struct operation detach_volume = {
	.name = "DetachVolume",
	.effect = EFFECT_DISRUPT, .repeat = REPEAT_NEVER,
	.parameters = detach_parameters
};

static const struct parameter modify_parameters[] = {
	{ .path = "VolumeId" },
	{ .path = "Size", .type = VALUE_INTEGER },
	{ .path = "VolumeType" },
	{ .path = "Iops", .type = VALUE_INTEGER },
	{ .path = "Throughput", .type = VALUE_INTEGER },
	EC2_DRY_RUN,
	{ 0 }
};

static const struct operation modify_volume = {
	.name = "ModifyVolume",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = modify_parameters
};

static const struct parameter create_snapshot_parameters[] = {
	EC2_TAG_SPECIFICATIONS,
	{ .path = "VolumeId" },
	{ .path = "Description" },
	EC2_DRY_RUN,
	{ 0 }
};

/* A second one would be a second snapshot. */
static const struct operation create_snapshot = {
	.name = "CreateSnapshot",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = create_snapshot_parameters
};

static const struct parameter target_parameters[] = {
	{ .path = "VolumeId" },
	EC2_DRY_RUN,
	{ 0 }
};

static const struct operation enable_io = {
	.name = "EnableVolumeIO",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = target_parameters
};

static const struct operation delete_volume = {
	.name = "DeleteVolume",
	.effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = target_parameters
};

static const struct parameter attribute_parameters[] = {
	{ .path = "VolumeId" },
	{ .path = "AutoEnableIO.Value", .type = VALUE_BOOLEAN },
	EC2_DRY_RUN,
	{ 0 }
};

static const struct operation modify_attribute = {
	.name = "ModifyVolumeAttribute",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = attribute_parameters
};

static const struct field_list own_snapshots = { .resource = "snapshots" };

static const struct action_field create_fields[] = {
	{ .name = "zone", .title = "Availability zone", .type = FIELD_LIVE, .parameter = "AvailabilityZone",
	  .live = &any_zone, .path = "availabilityZone", .required = true,
	  .help = "A volume can be attached to instances of its own zone alone." },
	{ .name = "size", .title = "Size", .type = FIELD_NUMBER, .parameter = "Size", .path = "size", .low = 1,
	  .high = VOLUME_GIB_MOST, .unit = "GiB", .required = true, .unless = "snapshot" },
	{ .name = "snapshot", .title = "From a snapshot", .type = FIELD_LIVE, .parameter = "SnapshotId",
	  .live = &own_snapshots,
	  .help = "Yours, or one that is shared with you, of the same region. Left out, the volume is empty." },
	{ .name = "type", .title = "Type", .type = FIELD_CHOICE, .parameter = "VolumeType", .choices = VOLUME_TYPES,
	  .path = "volumeType", .value = "gp3" },
	VOLUME_SPEED_FIELDS,
	VOLUME_MORE_FIELDS,
	{ 0 }
};

static const struct field_list zone_instances = {
	.resource = "instances", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "availability-zone" },
		{ .parameter = "Filters[0].Values[0]", .path = "availabilityZone" },
		{ .parameter = "Filters[1].Name", .value = "instance-state-name" },
		{ .parameter = "Filters[1].Values[0]", .value = "running" },
		{ .parameter = "Filters[1].Values[1]", .value = "stopped" } }
};

static const struct action_field attach_fields[] = {
	{ .name = "instance", .title = "To the instance", .type = FIELD_LIVE, .parameter = "InstanceId",
	  .live = &zone_instances, .required = true, .help = "Of the volume's own zone; running or stopped." },
	{ .name = "device", .title = "As the device", .parameter = "Device", .check = check_device, .required = true,
	  .suggest = suggest_device, .from = "instance",
	  .help = "/dev/sdf to /dev/sdp are meant for this. The next free one is taken unless another is named; on "
		"Nitro the guest sees an NVMe device, and the volume's id in /dev/disk/by-id." },
	{ 0 }
};

static const struct action_field modify_fields[] = {
	{ .name = "size", .title = "Size", .type = FIELD_NUMBER, .parameter = "Size", .path = "size", .low = 1,
	  .high = VOLUME_GIB_MOST, .unit = "GiB", .help = "It can only grow; the file system is grown in the guest." },
	{ .name = "type", .title = "Type", .type = FIELD_CHOICE, .parameter = "VolumeType", .choices = VOLUME_TYPES,
	  .path = "volumeType" },
	VOLUME_SPEED_FIELDS,
	{ 0 }
};

static const struct argument snapshot_tags[] = {
	{ .path = "TagSpecifications[].ResourceType", .value = "snapshot" },
	{ 0 }
};

static const struct action_field snapshot_fields[] = {
	{ .name = "description", .title = "Description", .parameter = "Description", .check = check_description },
	EC2_TAGS_FIELD(snapshot_tags),
	{ 0 }
};

static const struct action_field auto_io_fields[] = {
	{ .name = "on", .title = "Let it be used whatever may have happened to its data", .type = FIELD_SWITCH,
	  .parameter = "AutoEnableIO.Value", .value = "true" },
	{ 0 }
};

#define ATTACHMENT "attachmentSet/item/status"
#define GUEST_PATH "Unmount it in the guest first: there it is {}, on Nitro " \
	"/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_ and its id " \
	"without the hyphen"

static const struct action_note detach_notes[] = {
	{ .path = "attachmentSet/item/device", .text = GUEST_PATH },
	{ .path = "attachmentSet/item/instanceId", .text = "{} loses it" },
	{ 0 }
};

static const struct action_note force_notes[] = {
	{ .path = "attachmentSet/item/instanceId",
	  .text = "{} is not asked: what it has not written yet is lost, and the file system may be damaged" },
	{ .text = "Only where a plain detach hangs" },
	{ 0 }
};

static const struct action_note modify_notes[] = {
	{ .text = "The next change of it has to wait for 6 hours" },
	{ 0 }
};

static const struct action_note snapshot_notes[] = {
	{ .path = "status", .value = "in-use",
	  .text = "It is in use: what the guest has not written to it yet will not be in the snapshot" },
	{ 0 }
};

static const struct action_note delete_notes[] = {
	{ .path = "size", .text = "{} GiB are lost" },
	{ .path = "snapshotId", .text = "It was made of {}, which stays" },
	{ 0 }
};

static const struct drill delete_dependents[] = {
	{ .title = "Snapshots of it, which stay", .resource = "snapshots", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "volume-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "volumeId" } } },
	{ 0 }
};

static const struct argument force[] = {
	{ .path = "Force", .value = "true" },
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
	{ .name = "create", .title = "New volume", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &create_volume, .fields = create_fields, VOLUME_MADE,
	  .help = "Empty, or filled from a snapshot. It costs by the GiB and month until it is deleted." },
	{ .name = "attach", .title = "Attach to an instance", .key = 'a', .kind = EFFECT_CHANGE, .on = ON_ROW,
	  .where = "status=available", .operation = &attach_volume, .target = "VolumeId", .fields = attach_fields,
	  .wait_path = ATTACHMENT, .wait_value = "attached", .undo = "detach" },
	{ .name = "detach", .title = "Detach", .key = 'd', .kind = EFFECT_DISRUPT, .where = "status=in-use",
	  .operation = &detach_volume, .target = "VolumeId", .notes = detach_notes,
	  .wait_path = "status", .wait_value = "available", .wait_bad = "error deleting deleted" },
	{ .name = "modify", .title = "Size, type, speed", .key = 'm', .kind = EFFECT_CHANGE,
	  .operation = &modify_volume, .target = "VolumeId", .fields = modify_fields, .check = check_volume_change,
	  .notes = modify_notes, .answer = { .rows = "volumeModification", .id = "volumeId",
		.state = "modificationState" },
	  .help = "While it is in use. How far it has come: volume modifications." },
	{ .name = "snapshot", .title = "Snapshot", .key = 'k', .kind = EFFECT_CHANGE, .operation = &create_snapshot,
	  .target = "VolumeId", .fields = snapshot_fields, .notes = snapshot_notes,
	  .answer = { .made = "snapshotId" }, .makes = "snapshots", .wait_path = "status", .wait_value = "completed",
	  .wait_bad = "error" },
	{ .name = "enable-io", .title = "Use it again", .key = 'e', .kind = EFFECT_CHANGE, .operation = &enable_io,
	  .target = "VolumeId", .help = "AWS stops reads and writes where data may have been damaged." },
	{ .name = "auto-io", .title = "Never stop its use", .key = 'o', .kind = EFFECT_CHANGE,
	  .operation = &modify_attribute, .target = "VolumeId", .fields = auto_io_fields },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "force-detach", .title = "Detach by force", .key = 'f', .kind = EFFECT_DESTROY,
	  .where = "status=in-use", .operation = &detach_volume, .arguments = force, .target = "VolumeId",
	  .notes = force_notes, .wait_path = "status", .wait_value = "available",
	  .wait_bad = "error deleting deleted" },
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .where = "status=available",
	  .operation = &delete_volume, .target = "VolumeId", .notes = delete_notes, .dependents = delete_dependents,
	  .wait_path = "status", .wait_gone = true },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "volumeSet/item" },
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
