/* SPDX-License-Identifier: MIT */
/* Snapshots: yours, those shared with you, and everybody's. */
#include "catalogue/ec2/make_volume.h"
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

static const struct parameter copy_parameters[] = {
	EC2_TAG_SPECIFICATIONS,
	{ .path = "SourceRegion" },
	{ .path = "SourceSnapshotId" },
	{ .path = "DestinationRegion", .region = true },
	{ .path = "PresignedUrl", .secret = true, .presigned = "SourceRegion" },
	{ .path = "Description" },
	{ .path = "Encrypted", .type = VALUE_BOOLEAN },
	{ .path = "KmsKeyId" },
	EC2_DRY_RUN,
	{ 0 }
};

/* A second one would be a second copy. */
static const struct operation copy_snapshot = {
	.name = "CopySnapshot",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = copy_parameters
};

static const struct parameter delete_parameters[] = {
	{ .path = "SnapshotId" },
	EC2_DRY_RUN,
	{ 0 }
};

static const struct operation delete_snapshot = {
	.name = "DeleteSnapshot",
	.effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = delete_parameters
};

static const struct parameter share_parameters[] = {
	{ .path = "SnapshotId" },
	{ .path = "Attribute" },
	{ .path = "OperationType" },
	{ .path = "UserIds[]", .wire = "UserId.N" },
	{ .path = "GroupNames[]", .wire = "UserGroup.N" },
	EC2_DRY_RUN,
	{ 0 }
};

static const struct operation modify_permissions = {
	.name = "ModifySnapshotAttribute",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = share_parameters
};

static const struct parameter register_parameters[] = {
	{ .path = "Name" },
	{ .path = "Description" },
	{ .path = "Architecture" },
	{ .path = "VirtualizationType" },
	{ .path = "RootDeviceName" },
	{ .path = "EnaSupport", .type = VALUE_BOOLEAN },
	{ .path = "BootMode" },
	{ .path = "ImdsSupport" },
	{ .path = "BlockDeviceMappings[].DeviceName", .wire = "BlockDeviceMapping.N.DeviceName" },
	{ .path = "BlockDeviceMappings[].Ebs.SnapshotId", .wire = "BlockDeviceMapping.N.Ebs.SnapshotId" },
	{ .path = "BlockDeviceMappings[].Ebs.VolumeType", .wire = "BlockDeviceMapping.N.Ebs.VolumeType" },
	{ .path = "BlockDeviceMappings[].Ebs.VolumeSize", .wire = "BlockDeviceMapping.N.Ebs.VolumeSize",
	  .type = VALUE_INTEGER },
	{ .path = "BlockDeviceMappings[].Ebs.DeleteOnTermination",
	  .wire = "BlockDeviceMapping.N.Ebs.DeleteOnTermination", .type = VALUE_BOOLEAN },
	EC2_DRY_RUN,
	{ 0 }
};

/* A second one would be told that the name is taken. */
static const struct operation register_image = {
	.name = "RegisterImage",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = register_parameters
};

static const struct field_list any_region = { .resource = "ec2-regions" };

static const struct argument copied_tags[] = {
	{ .path = "TagSpecifications[].ResourceType", .value = "snapshot" },
	{ 0 }
};

static const struct action_field copy_fields[] = {
	{ .name = "to", .title = "To the regions", .type = FIELD_LIVE, .live = &any_region, .check = check_region,
	  .many = true, .required = true, .help = "Each gets a copy of its own; the region that it is in may be one." },
	{ .name = "description", .title = "Description", .parameter = "Description", .check = check_description,
	  .path = "description" },
	{ .name = "encrypted", .title = "Encrypt the copy", .type = FIELD_SWITCH, .parameter = "Encrypted",
	  .help = "What is encrypted stays so." },
	{ .name = "key", .title = "KMS key of that region", .parameter = "KmsKeyId", .when = "encrypted=true",
	  .help = "Its id, ARN or alias/NAME. Left out, it is the account's default key for EBS." },
	EC2_TAGS_FIELD(copied_tags),
	{ 0 }
};

static const struct argument add_permission[] = {
	{ .path = "Attribute", .value = "createVolumePermission" },
	{ .path = "OperationType", .value = "add" },
	{ 0 }
};

static const struct argument remove_permission[] = {
	{ .path = "Attribute", .value = "createVolumePermission" },
	{ .path = "OperationType", .value = "remove" },
	{ 0 }
};

static const struct argument with_everyone[] = {
	{ .path = "GroupNames[]", .value = "all" },
	{ 0 }
};

static const struct argument hide_from_all[] = {
	{ .path = "Attribute", .value = "createVolumePermission" },
	{ .path = "OperationType", .value = "remove" },
	{ .path = "GroupNames[]", .value = "all" },
	{ 0 }
};

static const struct action_field share_fields[] = {
	{ .name = "accounts", .title = "With the accounts", .parameter = "UserIds[]", .check = check_account,
	  .required = true, .unless = "everyone=true", .help = "Numbers of 12 digits; hyphens are fine." },
	{ .name = "everyone", .title = "With everyone", .type = FIELD_SWITCH, .value = "false",
	  .with = with_everyone, .raises = EFFECT_DESTROY, .raises_at = "true",
	  .help = "Whoever has an AWS account may make a volume of it and read all of it, and keep that." },
	{ 0 }
};

static const struct field_list permitted = {
	.resource = "snapshot-permissions", .column = "account", .arguments = {
		{ .parameter = "SnapshotId", .path = "snapshotId" } }
};

static const struct action_field unshare_fields[] = {
	{ .name = "accounts", .title = "With the accounts", .type = FIELD_LIVE, .parameter = "UserIds[]",
	  .live = &permitted, .check = check_account, .required = true, .unless = "everyone=true" },
	{ .name = "everyone", .title = "With everyone", .type = FIELD_SWITCH, .value = "false",
	  .with = with_everyone },
	{ 0 }
};

static const struct action_field volume_fields[] = {
	{ .name = "zone", .title = "Availability zone", .type = FIELD_LIVE, .parameter = "AvailabilityZone",
	  .live = &any_zone, .required = true },
	{ .name = "size", .title = "Size", .type = FIELD_NUMBER, .parameter = "Size", .path = "volumeSize", .low = 1,
	  .high = VOLUME_GIB_MOST, .unit = "GiB", .help = "At least that of the snapshot, which it is if left out." },
	{ .name = "type", .title = "Type", .type = FIELD_CHOICE, .parameter = "VolumeType", .choices = VOLUME_TYPES,
	  .value = "gp3" },
	VOLUME_SPEED_FIELDS,
	VOLUME_MORE_FIELDS,
	{ 0 }
};

static const struct action_field register_fields[] = {
	{ .name = "name", .title = "Name of the image", .parameter = "Name", .check = check_image_name,
	  .required = true },
	{ .name = "description", .title = "Description", .parameter = "Description", .check = check_description },
	{ .name = "architecture", .title = "Architecture", .type = FIELD_CHOICE, .parameter = "Architecture",
	  .choices = "x86_64 arm64 i386 x86_64_mac arm64_mac", .value = "x86_64" },
	{ .name = "root", .title = "Root device", .parameter = "RootDeviceName",
	  .also = "BlockDeviceMappings[0].DeviceName", .value = "/dev/xvda", .check = check_device,
	  .help = "/dev/xvda or /dev/sda1, as the system in it expects." },
	{ .name = "ena", .title = "Its system knows the ENA network", .type = FIELD_SWITCH,
	  .parameter = "EnaSupport", .value = "true", .help = "Today's instance types need it." },
	{ .name = "boot", .title = "Boot mode", .type = FIELD_CHOICE, .parameter = "BootMode",
	  .choices = "legacy-bios uefi uefi-preferred" },
	{ .name = "imds", .title = "Metadata with tokens alone", .type = FIELD_CHOICE, .parameter = "ImdsSupport",
	  .choices = "v2.0" },
	{ .name = "type", .title = "Type of the root volume", .type = FIELD_CHOICE,
	  .parameter = "BlockDeviceMappings[0].Ebs.VolumeType", .choices = VOLUME_TYPES, .value = "gp3" },
	{ .name = "size", .title = "Size of the root volume", .type = FIELD_NUMBER,
	  .parameter = "BlockDeviceMappings[0].Ebs.VolumeSize", .low = 1, .high = VOLUME_GIB_MOST, .unit = "GiB" },
	{ 0 }
};

/* AWS's own defaults are those of 2009. */
static const struct argument register_arguments[] = {
	{ .path = "VirtualizationType", .value = "hvm" },
	{ .path = "BlockDeviceMappings[].Ebs.DeleteOnTermination", .value = "true" },
	{ 0 }
};

static const struct action_note share_notes[] = {
	{ .path = "encrypted", .value = "true", .field = "everyone=true",
	  .text = "It is encrypted: AWS refuses to make it public" },
	{ .path = "kmsKeyId", .field = "everyone=false",
	  .text = "It is encrypted: under the account's default key AWS refuses to share it, under another the others "
		"need a grant on {}" },
	{ .path = "status", .value = "!completed", .text = "It is not completed yet: {}" },
	{ .field = "everyone=true",
	  .text = "Everyone can copy it at once; taking it back later does not take the copies back" },
	{ 0 }
};

static const struct action_note unshare_notes[] = {
	{ .text = "Volumes and copies that were made of it stay with those who made them" },
	{ 0 }
};

static const struct action_note copy_notes[] = {
	{ .path = "status", .value = "!completed", .text = "It is not completed yet: AWS refuses to copy it" },
	{ .path = "volumeSize", .text = "Up to {} GiB go over the wire; AWS bills that, and the copy" },
	{ 0 }
};

static const struct action_note delete_notes[] = {
	{ .path = "volumeSize", .text = "What only it holds of {} GiB is lost" },
	{ 0 }
};

#define IMAGES_OF_IT \
	{ .title = "Images made of it; they keep it", .resource = "images", .arguments = { \
		{ .parameter = "Filters[0].Name", .value = "block-device-mapping.snapshot-id" }, \
		{ .parameter = "Filters[0].Values[0]", .path = "snapshotId" } } }

static const struct drill delete_dependents[] = {
	IMAGES_OF_IT,
	{ .title = "Volumes made of it, which stay", .resource = "volumes", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "snapshot-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "snapshotId" } } },
	{ 0 }
};

#define VOLUME_OF_IT \
	{ .name = "volume", .title = "Volume of it", .key = 'v', .kind = EFFECT_CHANGE, .operation = &create_volume, \
	  .target = "SnapshotId", .fields = volume_fields, VOLUME_MADE, \
	  .help = "In its own region; for another one, copy it there first." }

#define COPY_OF_IT \
	{ .name = "copy", .title = "Copy to regions", .key = 'c', .kind = EFFECT_CHANGE, \
	  .operation = &copy_snapshot, .target = "SourceSnapshotId", .fields = copy_fields, .notes = copy_notes, \
	  .to_regions = "to", .from_region = "SourceRegion", .answer = { .made = "snapshotId" }, \
	  .makes = "snapshots", .wait_path = "status", .wait_value = "completed", .wait_bad = "error" }

static const struct action actions[] = {
	VOLUME_OF_IT,
	{ .name = "register", .title = "Register as an image", .key = 'i', .kind = EFFECT_CHANGE, .on = ON_ROW,
	  .operation = &register_image, .arguments = register_arguments,
	  .target = "BlockDeviceMappings[0].Ebs.SnapshotId", .fields = register_fields,
	  .answer = { .made = "imageId" }, .makes = "images", .wait_path = "imageState", .wait_value = "available",
	  .wait_bad = "failed error invalid deregistered",
	  .help = "Of a root disk of Linux: instances of the image start from it." },
	COPY_OF_IT,
	{ .name = "share", .title = "Share", .key = 'h', .kind = EFFECT_CHANGE, .operation = &modify_permissions,
	  .arguments = add_permission, .target = "SnapshotId", .fields = share_fields, .notes = share_notes,
	  .undo = "unshare", .help = "Others may make volumes of it, and copy it, until that is taken back." },
	{ .name = "unshare", .title = "Stop sharing", .key = 'u', .kind = EFFECT_CHANGE,
	  .operation = &modify_permissions, .arguments = remove_permission, .target = "SnapshotId",
	  .fields = unshare_fields, .notes = unshare_notes, .undo = "share" },
	{ .name = "permissions", .title = "Who can use it", .key = 'w', .kind = EFFECT_READ, .on = ON_ROW,
	  .opens = &permitted },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete_snapshot,
	  .target = "SnapshotId", .notes = delete_notes, .dependents = delete_dependents },
	{ 0 }
};

/* Of what others own. */
static const struct action foreign_actions[] = {
	VOLUME_OF_IT,
	COPY_OF_IT,
	{ 0 }
};

static const struct action_note hide_notes[] = {
	{ .text = "Volumes and copies that others have made of it stay with them" },
	{ 0 }
};

/* What everybody may use of the account's own: it should be empty. */
static const struct action exposed_actions[] = {
	{ .name = "hide", .title = "Take it back from everyone", .key = 'h', .kind = EFFECT_CHANGE,
	  .operation = &modify_permissions, .arguments = hide_from_all, .target = "SnapshotId",
	  .notes = hide_notes },
	{ .name = "permissions", .title = "Who can use it", .key = 'w', .kind = EFFECT_READ, .on = ON_ROW,
	  .opens = &permitted },
	{ 0 }
};

static const struct argument exposed_arguments[] = {
	{ .path = "OwnerIds[]", .value = "self" },
	{ .path = "RestorableByUserIds[]", .value = "all" },
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

/* What is yours too, which the screen leaves out. */
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
	.get = "SnapshotIds[]", .actions = foreign_actions, \
	.console = EC2_CONSOLE "SnapshotDetails:snapshotId={id}"

static const struct resource shared = {
	.name = "shared-snapshots", .title = "Snapshots shared with you", .one = "snapshot",
	.whole = with_me, .hidden = hidden_own, FOREIGN
};

/* Of the whole world: `public-snapshots OwnerIds[0]=…` asks for less. */
static const struct resource everybodys = {
	.name = "public-snapshots", .title = "Public snapshots", .one = "snapshot",
	.whole = with_all, FOREIGN
};

static const struct resource exposed = {
	.name = "exposed-snapshots", .title = "Snapshots everyone can use", .one = "snapshot",
	.list = &describe_snapshots, .arguments = exposed_arguments, .rows = rows,
	.identity = { "snapshotId" }, .label = "tagSet/[key=Name]/value",
	.columns = columns, .sort = "-started,snapshot", .joins = joins, .drills = drills,
	.actions = exposed_actions,
	.tags = { "tagSet/item", "key", "value" }, .get = "SnapshotIds[]",
	.console = EC2_CONSOLE "SnapshotDetails:snapshotId={id}"
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

const struct resource *ec2_exposed_snapshots(void)
{
	return &exposed;
}
