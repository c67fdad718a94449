/* SPDX-License-Identifier: MIT */
/* Images: yours, those shared with you, and everybody's. */
#include "catalogue/ec2/ec2.h"
#include "catalogue/ec2/tag_actions.h"

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

static const struct row_kind rows[] = {
	{ .path = "imagesSet/item" },
	{ 0 }
};

static const struct action actions[] = {
	EC2_TAG_ACTIONS('t', 'y'),
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
