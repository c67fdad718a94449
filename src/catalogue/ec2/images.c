/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/ec2.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "name", .format = FORMAT_NATURAL,
	  .w80 = 24, .w132 = 36, .grow = 1, .keep = true },
	{ .name = "image", .title = "Image", .path = "imageId", .w80 = 21, .w132 = 21 },
	{ .name = "state", .title = "State", .path = "imageState", .format = FORMAT_STATE,
	  .w80 = 11, .w132 = 11, .keep = true },
	{ .name = "architecture", .title = "Arch", .path = "architecture", .w80 = 6, .w132 = 6 },
	{ .name = "shared", .title = "Shared", .path = "isPublic", .derive = derive_image_shared, .w80 = 6, .w132 = 6 },
	{ .name = "age", .title = "Age", .path = "creationDate", .format = FORMAT_AGE, .w80 = 5, .w132 = 5 },
	{ .name = "root", .title = "Root", .path = "rootDeviceType", .w132 = 5 },
	{ .name = "platform", .title = "Platform", .path = "platformDetails|platform", .w132 = 10 },
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

static const struct resource images = {
	.name = "images", .aliases = "ami", .title = "Images", .one = "image",
	.list = &describe_images, .whole = own, .rows = rows,
	.identity = { "imageId" }, .label = "name",
	.columns = columns, .sort = "-created,image", .drills = drills,
	.tags = { "tagSet/item", "key", "value" }, .get = "ImageIds[]", .id_prefix = "ami-",
	.arn = "arn:{partition}:ec2:{region}::image/{id}",
	.console = EC2_CONSOLE "ImageDetails:imageId={id}"
};

const struct resource *ec2_images(void)
{
	return &images;
}
