/* SPDX-License-Identifier: MIT */
/* Images: yours, those shared with you, and everybody's. */
#include "catalogue/ec2/image_create.h"
#include "catalogue/ec2/tag_actions.h"
#include "catalogue/ec2/work_fields.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "name", .format = FORMAT_NATURAL,
	  .w80 = 24, .w132 = 36, .grow = 1, .keep = true },
	{ .name = "image", .title = "Image", .path = "imageId", .w80 = 21, .w132 = 21 },
	{ .name = "state", .title = "State", .path = "imageState", .format = FORMAT_STATE,
	  .w80 = 11, .w132 = 11, .keep = true },
	{ .name = "architecture", .title = "Arch", .path = "architecture", .w80 = 6, .w132 = 6 },
	{ .name = "shared", .title = "Shared", .derive = derive_image_shared,
	  .join = "permissions", .w80 = 6, .w132 = 6 },
	{ .name = "age", .title = "Age", .path = "creationDate", .format = FORMAT_AGE, .w80 = 5, .w132 = 5 },
	{ .name = "root", .title = "Root", .path = "rootDeviceType", .w132 = 5 },
	{ .name = "platform", .title = "Platform", .path = "platformDetails|platform", .w132 = 10 },
	{ .name = "used", .title = "Used", .derive = derive_instance_count, .format = FORMAT_NUMBER,
	  .join = "instances", .w132 = 5 },
	{ .name = "last_run", .title = "Last run", .path = "lastLaunchedTime", .format = FORMAT_AGE, .w132 = 11 },
	{ .name = "deprecates", .title = "Deprecates", .path = "deprecationTime", .format = FORMAT_AGE },
	{ .name = "boot", .title = "Boot", .path = "bootMode" },
	{ .name = "imds", .title = "IMDS", .path = "imdsSupport" },
	{ .name = "owner", .title = "Owner", .path = "imageOwnerAlias|imageOwnerId" },
	{ .name = "snapshot", .title = "Snapshot", .path = "blockDeviceMapping/item/ebs/snapshotId" },
	{ .name = "description", .title = "Description", .path = "description" },
	{ .name = "created", .title = "Created", .path = "creationDate", .format = FORMAT_TIME },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "ImageIds[]", .wire = "ImageId.N" },
	{ .path = "Owners[]", .wire = "Owner.N" },
	{ .path = "ExecutableUsers[]", .wire = "ExecutableBy.N" },
	{ .path = "IncludeDeprecated", .type = VALUE_BOOLEAN },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe_images = {
	.name = "DescribeImages",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters,
	.paging = EC2_PAGING
};

/* Without it AWS lists every public image of the world. */
static const struct argument own[] = {
	{ .path = "Owners[]", .value = "self" },
	{ 0 }
};

static const struct parameter permission_parameters[] = {
	{ .path = "Attribute" },
	{ .path = "ImageId" },
	{ 0 }
};

static const struct operation describe_permissions = {
	.name = "DescribeImageAttribute",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = permission_parameters
};

static const struct argument permissions[] = {
	{ .path = "Attribute", .value = "launchPermission" },
	{ 0 }
};

static const struct argument running_it[] = {
	{ .path = "Filters[].Name", .value = "image-id" },
	EC2_NOT_TERMINATED,
	{ 0 }
};

/* One call an image each: those on the screen, seldom. */
static const struct join joins[] = {
	{ .name = "permissions", .operation = &describe_permissions, .arguments = permissions,
	  .rows = "launchPermission", .here = "imageId", .ids = "ImageId",
	  .scope = JOIN_VISIBLE, .refresh = 3600 },
	{ .name = "instances", .operation = &describe_instances, .arguments = running_it,
	  .rows = "reservationSet", .key = "item/instancesSet/item/imageId", .here = "imageId",
	  .ids = "Filters[].Values[]", .scope = JOIN_VISIBLE, .refresh = 600 },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Instances that run it", .resource = "instances", .enter = true, .up = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "image-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "imageId" } } },
	{ .title = "Its snapshot", .resource = "snapshots", .arguments = {
		{ .parameter = "SnapshotIds[0]", .path = "blockDeviceMapping/item/ebs/snapshotId" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct parameter copy_parameters[] = {
	{ .path = "SourceRegion" },
	{ .path = "SourceImageId" },
	{ .path = "Name" },
	{ .path = "Description" },
	{ .path = "Encrypted", .type = VALUE_BOOLEAN },
	{ .path = "KmsKeyId" },
	{ .path = "CopyImageTags", .type = VALUE_BOOLEAN },
	EC2_CLIENT_TOKEN,
	EC2_DRY_RUN,
	{ 0 }
};

static const struct operation copy_image = {
	.name = "CopyImage",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_TOKEN,
	.parameters = copy_parameters
};

static const struct parameter modify_parameters[] = {
	{ .path = "ImageId" },
	{ .path = "Attribute" },
	{ .path = "OperationType" },
	{ .path = "UserIds[]", .wire = "UserId.N" },
	{ .path = "UserGroups[]", .wire = "UserGroup.N" },
	{ .path = "Description.Value" },
	EC2_DRY_RUN,
	{ 0 }
};

static const struct operation modify_image = {
	.name = "ModifyImageAttribute",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = modify_parameters
};

static const struct parameter deprecate_parameters[] = {
	{ .path = "ImageId" },
	{ .path = "DeprecateAt", .type = VALUE_TIMESTAMP },
	EC2_DRY_RUN,
	{ 0 }
};

static const struct operation enable_deprecation = {
	.name = "EnableImageDeprecation",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = deprecate_parameters
};

static const struct parameter undeprecate_parameters[] = {
	{ .path = "ImageId" },
	EC2_DRY_RUN,
	{ 0 }
};

static const struct operation disable_deprecation = {
	.name = "DisableImageDeprecation",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = undeprecate_parameters
};

static const struct parameter deregister_parameters[] = {
	{ .path = "ImageId" },
	{ .path = "DeleteAssociatedSnapshots", .type = VALUE_BOOLEAN },
	EC2_DRY_RUN,
	{ 0 }
};

static const struct operation deregister_image = {
	.name = "DeregisterImage",
	.effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = deregister_parameters
};

static const struct field_list imaged_instances = {
	.resource = "instances", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "instance-state-name" },
		{ .parameter = "Filters[0].Values[0]", .value = "running" },
		{ .parameter = "Filters[0].Values[1]", .value = "stopped" } }
};

static const struct argument image_tags[] = {
	{ .path = "TagSpecifications[].ResourceType", .value = "image" },
	{ 0 }
};

static const struct action_field create_fields[] = {
	{ .name = "instance", .title = "Of the instance", .type = FIELD_LIVE, .parameter = "InstanceId",
	  .live = &imaged_instances, .required = true },
	IMAGE_FIELDS,
	EC2_TAGS_FIELD(image_tags),
	{ 0 }
};

static const struct field_list any_region = { .resource = "ec2-regions" };

static const struct action_field copy_fields[] = {
	{ .name = "to", .title = "To the regions", .type = FIELD_LIVE, .live = &any_region, .check = check_region,
	  .many = true, .required = true, .help = "Each gets a copy of its own, and of the snapshots." },
	{ .name = "name", .title = "Name of the copy", .parameter = "Name", .path = "name",
	  .check = check_image_name, .required = true },
	{ .name = "description", .title = "Description", .parameter = "Description", .check = check_description,
	  .path = "description" },
	{ .name = "copy_tags", .title = "With its tags", .type = FIELD_SWITCH, .parameter = "CopyImageTags" },
	{ .name = "encrypted", .title = "Encrypt the copy", .type = FIELD_SWITCH, .parameter = "Encrypted" },
	{ .name = "key", .title = "KMS key of that region", .parameter = "KmsKeyId", .when = "encrypted=true" },
	{ 0 }
};

static const struct argument add_permission[] = {
	{ .path = "Attribute", .value = "launchPermission" },
	{ .path = "OperationType", .value = "add" },
	{ 0 }
};

static const struct argument remove_permission[] = {
	{ .path = "Attribute", .value = "launchPermission" },
	{ .path = "OperationType", .value = "remove" },
	{ 0 }
};

static const struct argument with_everyone[] = {
	{ .path = "UserGroups[]", .value = "all" },
	{ 0 }
};

static const struct argument hide_from_all[] = {
	{ .path = "Attribute", .value = "launchPermission" },
	{ .path = "OperationType", .value = "remove" },
	{ .path = "UserGroups[]", .value = "all" },
	{ 0 }
};

static const struct action_field share_fields[] = {
	{ .name = "accounts", .title = "With the accounts", .parameter = "UserIds[]", .check = check_account,
	  .required = true, .unless = "everyone=true", .help = "Numbers of 12 digits; hyphens are fine." },
	{ .name = "everyone", .title = "With everyone", .type = FIELD_SWITCH, .value = "false",
	  .with = with_everyone, .raises = EFFECT_DESTROY, .raises_at = "true",
	  .help = "Whoever has an AWS account may start it and read all that is in it." },
	{ 0 }
};

static const struct field_list permitted = {
	.resource = "image-permissions", .column = "account", .arguments = {
		{ .parameter = "ImageId", .path = "imageId" } }
};

static const struct action_field unshare_fields[] = {
	{ .name = "accounts", .title = "With the accounts", .type = FIELD_LIVE, .parameter = "UserIds[]",
	  .live = &permitted, .check = check_account, .required = true, .unless = "everyone=true" },
	{ .name = "everyone", .title = "With everyone", .type = FIELD_SWITCH, .value = "false",
	  .with = with_everyone },
	{ 0 }
};

static const struct action_field modify_fields[] = {
	{ .name = "description", .title = "Description", .parameter = "Description.Value", .path = "description",
	  .check = check_description, .required = true },
	{ 0 }
};

static const struct action_field deprecate_fields[] = {
	{ .name = "at", .title = "From when on", .parameter = "DeprecateAt", .check = check_time, .required = true,
	  .help = "2026-12-01T18:00:00Z, or \"in 90d\". From then on others do not find it; by its id it starts." },
	{ 0 }
};

static const struct action_field deregister_fields[] = {
	{ .name = "snapshots", .title = "And delete its snapshots", .type = FIELD_SWITCH,
	  .parameter = "DeleteAssociatedSnapshots",
	  .help = "Those that no other image uses. Left out, they stay, and cost." },
	{ 0 }
};

static const struct action_note create_notes[] = {
	{ .field = "no_reboot=false", .text = "The instance is rebooted, so that its file systems are whole" },
	{ .field = "no_reboot=true", .text = "What it has not written to its disks yet is not in the image" },
	{ 0 }
};

static const struct action_note share_notes[] = {
	{ .path = "blockDeviceMapping/item/ebs/encrypted", .value = "true", .field = "everyone=true",
	  .text = "Its disk is encrypted: AWS refuses to make it public" },
	{ .path = "blockDeviceMapping/item/ebs/encrypted", .value = "true", .field = "everyone=false",
	  .text = "Its disk is encrypted: the others need a grant on the key, and a right to its snapshot" },
	{ .field = "everyone=true", .text = "Keys, histories and logs that are left in it become public" },
	{ 0 }
};

static const struct action_note deregister_notes[] = {
	{ .field = "snapshots=true", .text = "Its snapshots go with it: what only they hold is lost" },
	{ .path = "blockDeviceMapping/item/ebs/snapshotId", .field = "snapshots=false",
	  .text = "{} stays, and what other snapshots it has" },
	{ .path = "isPublic", .value = "true", .text = "It is public: others may start from it" },
	{ 0 }
};

static const struct drill deregister_dependents[] = {
	{ .title = "Instances that run it; they go on", .resource = "instances", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "image-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "imageId" } } },
	{ 0 }
};

#define IMAGE_MADE \
	.answer = { .made = "imageId" }, .wait_path = "imageState", .wait_value = "available", \
	.wait_bad = "failed error invalid deregistered"

#define COPY_OF_IT \
	{ .name = "copy", .title = "Copy to regions", .key = 'c', .kind = EFFECT_CHANGE, \
	  .operation = &copy_image, .target = "SourceImageId", .fields = copy_fields, .to_regions = "to", \
	  .from_region = "SourceRegion", IMAGE_MADE }

static const struct action actions[] = {
	{ .name = "create", .title = "New image of an instance", .key = 'i', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &create_image, .fields = create_fields, .notes = create_notes, IMAGE_MADE,
	  .help = "With a snapshot of each of its volumes." },
	{ .name = "modify", .title = "Description", .key = 'm', .kind = EFFECT_CHANGE, .operation = &modify_image,
	  .target = "ImageId", .fields = modify_fields },
	COPY_OF_IT,
	{ .name = "convert", .title = "Copy to an image on EBS, step by step", .key = 'a', .kind = EFFECT_CHANGE,
	  .help = "Launches it, and copies that. It goes on after this program was closed; jobs shows it.",
	  .on = ON_ROW, .where = "imageState=available", .workflow = "convert", .fields = convert_image_fields },
	{ .name = "share", .title = "Share", .key = 'h', .kind = EFFECT_CHANGE, .operation = &modify_image,
	  .arguments = add_permission, .target = "ImageId", .fields = share_fields, .notes = share_notes,
	  .undo = "unshare", .help = "Others may start instances of it until that is taken back." },
	{ .name = "unshare", .title = "Stop sharing", .key = 'u', .kind = EFFECT_CHANGE, .operation = &modify_image,
	  .arguments = remove_permission, .target = "ImageId", .fields = unshare_fields, .undo = "share" },
	{ .name = "permissions", .title = "Who can use it", .key = 'w', .kind = EFFECT_READ, .on = ON_ROW,
	  .opens = &permitted },
	{ .name = "deprecate", .title = "Deprecate", .key = 'e', .kind = EFFECT_CHANGE,
	  .operation = &enable_deprecation, .target = "ImageId", .fields = deprecate_fields, .undo = "undeprecate" },
	{ .name = "undeprecate", .title = "Not deprecated any more", .key = 'r', .kind = EFFECT_CHANGE,
	  .operation = &disable_deprecation, .target = "ImageId" },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "deregister", .title = "Deregister", .key = 'x', .kind = EFFECT_DESTROY,
	  .operation = &deregister_image, .target = "ImageId", .fields = deregister_fields,
	  .notes = deregister_notes, .dependents = deregister_dependents,
	  .help = "No instance starts from it any more; those that run go on." },
	{ 0 }
};

/* Of what others own. */
static const struct action foreign_actions[] = {
	COPY_OF_IT,
	{ 0 }
};

/* What everybody may start of the account's own: it should be empty. */
static const struct action exposed_actions[] = {
	{ .name = "hide", .title = "Take it back from everyone", .key = 'h', .kind = EFFECT_CHANGE,
	  .operation = &modify_image, .arguments = hide_from_all, .target = "ImageId" },
	{ .name = "permissions", .title = "Who can use it", .key = 'w', .kind = EFFECT_READ, .on = ON_ROW,
	  .opens = &permitted },
	{ 0 }
};

static const struct argument exposed_arguments[] = {
	{ .path = "Owners[]", .value = "self" },
	{ .path = "Filters[].Name", .value = "is-public" },
	{ .path = "Filters[].Values[]", .value = "true" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "imagesSet/item" },
	{ 0 }
};

static const struct resource images = {
	.name = "images", .aliases = "ami", .title = "Images", .one = "image",
	.list = &describe_images, .whole = own, .rows = rows,
	.identity = { "imageId" }, .label = "name",
	.columns = columns, .sort = "-created,image", .joins = joins, .drills = drills,
	.actions = actions,
	.tags = { "tagSet/item", "key", "value" }, .get = "ImageIds[]", .id_prefix = "ami-",
	.arn = "arn:{partition}:ec2:{region}::image/{id}",
	.console = EC2_CONSOLE "ImageDetails:imageId={id}"
};

/* What others own says whose it is. */
static const struct column foreign_columns[] = {
	{ .name = "name", .title = "Name", .path = "name", .format = FORMAT_NATURAL,
	  .w80 = 18, .w132 = 48, .grow = 1, .keep = true },
	{ .name = "image", .title = "Image", .path = "imageId", .w80 = 21, .w132 = 21 },
	{ .name = "owner", .title = "Owner", .path = "imageOwnerAlias|imageOwnerId", .w80 = 12, .w132 = 16,
	  .keep = true },
	{ .name = "architecture", .title = "Arch", .path = "architecture", .w80 = 6, .w132 = 6 },
	{ .name = "platform", .title = "Platform", .path = "platformDetails|platform", .w132 = 10 },
	{ .name = "root", .title = "Root", .path = "rootDeviceType", .w132 = 5 },
	{ .name = "age", .title = "Age", .path = "creationDate", .format = FORMAT_AGE, .w80 = 5, .w132 = 5 },
	{ .name = "state", .title = "State", .path = "imageState", .format = FORMAT_STATE,
	  .w80 = 11, .w132 = 11, .keep = true },
	{ .name = "owner_id", .title = "Owner's number", .path = "imageOwnerId" },
	{ .name = "public", .title = "Public", .path = "isPublic", .format = FORMAT_BOOL },
	{ .name = "deprecates", .title = "Deprecates", .path = "deprecationTime", .format = FORMAT_AGE },
	{ .name = "boot", .title = "Boot", .path = "bootMode" },
	{ .name = "imds", .title = "IMDS", .path = "imdsSupport" },
	{ .name = "virtualization", .title = "Virtualization", .path = "virtualizationType" },
	{ .name = "description", .title = "Description", .path = "description" },
	{ .name = "created", .title = "Created", .path = "creationDate", .format = FORMAT_TIME },
	{ 0 }
};

static const struct argument with_me[] = {
	{ .path = "ExecutableUsers[]", .value = "self" },
	{ 0 }
};

static const struct argument with_all[] = {
	{ .path = "ExecutableUsers[]", .value = "all" },
	{ 0 }
};

#define FOREIGN \
	.list = &describe_images, .rows = rows, .identity = { "imageId" }, \
	.label = "name", .columns = foreign_columns, \
	.sort = "-created,image", .drills = drills, .get = "ImageIds[]", \
	.actions = foreign_actions, \
	.console = EC2_CONSOLE "ImageDetails:imageId={id}"

static const struct resource shared = {
	.name = "shared-images", .title = "Images shared with you", .one = "image",
	.whole = with_me, FOREIGN
};

/* Of the whole world: `public-images Owners[0]=amazon` asks for less. */
static const struct resource everybodys = {
	.name = "public-images", .title = "Public images", .one = "image",
	.whole = with_all, FOREIGN
};

static const struct resource exposed = {
	.name = "exposed-images", .title = "Images everyone can start", .one = "image",
	.list = &describe_images, .arguments = exposed_arguments, .rows = rows,
	.identity = { "imageId" }, .label = "name",
	.columns = columns, .sort = "-created,image", .joins = joins, .drills = drills,
	.actions = exposed_actions,
	.tags = { "tagSet/item", "key", "value" }, .get = "ImageIds[]",
	.console = EC2_CONSOLE "ImageDetails:imageId={id}"
};

const struct resource *ec2_images(void)
{
	return &images;
}

const struct resource *ec2_shared_images(void)
{
	return &shared;
}

const struct resource *ec2_public_images(void)
{
	return &everybodys;
}

const struct resource *ec2_exposed_images(void)
{
	return &exposed;
}
