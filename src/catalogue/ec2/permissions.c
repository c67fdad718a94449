/* SPDX-License-Identifier: MIT */
/* Who can use a snapshot or an image: a row an account, one for everyone. */
#include "catalogue/ec2/ec2.h"

static const struct column snapshot_columns[] = {
	{ .name = "account", .title = "Account", .path = "userId", .w80 = 14, .w132 = 14, .keep = true },
	{ .name = "group", .title = "Group", .path = "group", .w80 = 6, .w132 = 6, .keep = true },
	{ 0 }
};

static const struct parameter snapshot_parameters[] = {
	{ .path = "Attribute" },
	{ .path = "SnapshotId" },
	{ 0 }
};

static const struct operation describe_snapshot = {
	.name = "DescribeSnapshotAttribute",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = snapshot_parameters
};

static const struct argument snapshot_arguments[] = {
	{ .path = "Attribute", .value = "createVolumePermission" },
	{ 0 }
};

static const struct row_kind snapshot_rows[] = {
	{ .path = "createVolumePermission/item" },
	{ 0 }
};

static const struct parameter modify_snapshot_parameters[] = {
	{ .path = "SnapshotId" },
	{ .path = "Attribute" },
	{ .path = "OperationType" },
	{ .path = "UserIds[]", .wire = "UserId.N" },
	{ .path = "GroupNames[]", .wire = "UserGroup.N" },
	EC2_DRY_RUN,
	{ 0 }
};

static const struct operation modify_snapshot = {
	.name = "ModifySnapshotAttribute",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = modify_snapshot_parameters
};

static const struct argument remove_from_snapshot[] = {
	{ .path = "Attribute", .value = "createVolumePermission" },
	{ .path = "OperationType", .value = "remove" },
	{ 0 }
};

static const struct row_argument snapshot_row[] = {
	{ .parameter = "UserIds[0]", .path = "userId" },
	{ .parameter = "GroupNames[0]", .path = "group" },
	{ 0 }
};

static const struct action snapshot_actions[] = {
	{ .name = "remove", .title = "Stop sharing with it", .key = 'u', .kind = EFFECT_CHANGE,
	  .operation = &modify_snapshot, .arguments = remove_from_snapshot, .row_arguments = snapshot_row },
	{ 0 }
};

static const struct resource snapshot_permissions = {
	.name = "snapshot-permissions", .title = "Who can use the snapshot", .one = "permission",
	.list = &describe_snapshot, .arguments = snapshot_arguments, .rows = snapshot_rows,
	.identity = { "userId|group" }, .columns = snapshot_columns, .sort = "group,account",
	.actions = snapshot_actions, .scope = { "SnapshotId" }
};

static const struct column image_columns[] = {
	{ .name = "account", .title = "Account", .path = "userId", .w80 = 14, .w132 = 14, .keep = true },
	{ .name = "group", .title = "Group", .path = "group", .w80 = 6, .w132 = 6, .keep = true },
	{ .name = "organization", .title = "Organization", .path = "organizationArn|organizationalUnitArn",
	  .w80 = 40, .w132 = 80, .grow = 1 },
	{ 0 }
};

static const struct parameter image_parameters[] = {
	{ .path = "Attribute" },
	{ .path = "ImageId" },
	{ 0 }
};

static const struct operation describe_image = {
	.name = "DescribeImageAttribute",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = image_parameters
};

static const struct argument image_arguments[] = {
	{ .path = "Attribute", .value = "launchPermission" },
	{ 0 }
};

static const struct row_kind image_rows[] = {
	{ .path = "launchPermission/item" },
	{ 0 }
};

static const struct parameter modify_image_parameters[] = {
	{ .path = "ImageId" },
	{ .path = "Attribute" },
	{ .path = "OperationType" },
	{ .path = "UserIds[]", .wire = "UserId.N" },
	{ .path = "UserGroups[]", .wire = "UserGroup.N" },
	{ .path = "OrganizationArns[]", .wire = "OrganizationArn.N" },
	{ .path = "OrganizationalUnitArns[]", .wire = "OrganizationalUnitArn.N" },
	EC2_DRY_RUN,
	{ 0 }
};

static const struct operation modify_image = {
	.name = "ModifyImageAttribute",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = modify_image_parameters
};

static const struct argument remove_from_image[] = {
	{ .path = "Attribute", .value = "launchPermission" },
	{ .path = "OperationType", .value = "remove" },
	{ 0 }
};

static const struct row_argument image_row[] = {
	{ .parameter = "UserIds[0]", .path = "userId" },
	{ .parameter = "UserGroups[0]", .path = "group" },
	{ .parameter = "OrganizationArns[0]", .path = "organizationArn" },
	{ .parameter = "OrganizationalUnitArns[0]", .path = "organizationalUnitArn" },
	{ 0 }
};

static const struct action image_actions[] = {
	{ .name = "remove", .title = "Stop sharing with it", .key = 'u', .kind = EFFECT_CHANGE,
	  .operation = &modify_image, .arguments = remove_from_image, .row_arguments = image_row },
	{ 0 }
};

static const struct resource image_permissions = {
	.name = "image-permissions", .title = "Who can use the image", .one = "permission",
	.list = &describe_image, .arguments = image_arguments, .rows = image_rows,
	.identity = { "userId|group|organizationArn|organizationalUnitArn" }, .columns = image_columns,
	.sort = "group,account", .actions = image_actions, .scope = { "ImageId" }
};

const struct resource *ec2_snapshot_permissions(void)
{
	return &snapshot_permissions;
}

const struct resource *ec2_image_permissions(void)
{
	return &image_permissions;
}
