/* SPDX-License-Identifier: MIT */
#include "sim/ec2/storage.h"

#include "sim/ec2/ami.h"
#include "sim/ec2/shot.h"
#include "sim/ec2/things.h"
#include "sim/ec2/volume.h"

#include <string.h>

static const struct sim_action actions[] = {
	{ .name = "AttachVolume", .run = ec2_attach_volume, .write = true,
	  .parameters = "VolumeId InstanceId Device" },
	{ .name = "CopyImage", .run = ec2_copy_image, .write = true,
	  .parameters = "SourceRegion SourceImageId Name Description Encrypted KmsKeyId "
		"ClientToken CopyImageTags" },
	{ .name = "CopySnapshot", .run = ec2_copy_snapshot, .write = true,
	  .parameters = EC2_TAGS "SourceRegion SourceSnapshotId DestinationRegion Description "
		"Encrypted KmsKeyId PresignedUrl" },
	{ .name = "CreateImage", .run = ec2_create_image, .write = true,
	  .parameters = EC2_TAGS "InstanceId Name Description NoReboot" },
	{ .name = "CreateSnapshot", .run = ec2_create_snapshot, .write = true,
	  .parameters = EC2_TAGS "VolumeId Description" },
	{ .name = "CreateVolume", .run = ec2_create_volume, .write = true,
	  .parameters = EC2_TAGS "AvailabilityZone Size SnapshotId VolumeType Iops Throughput "
		"Encrypted KmsKeyId MultiAttachEnabled ClientToken" },
	{ .name = "DeleteSnapshot", .run = ec2_delete_snapshot, .write = true,
	  .parameters = "SnapshotId" },
	{ .name = "DeleteVolume", .run = ec2_delete_volume, .write = true,
	  .parameters = "VolumeId" },
	{ .name = "DeregisterImage", .run = ec2_deregister_image, .write = true,
	  .parameters = "ImageId DeleteAssociatedSnapshots" },
	{ .name = "DescribeImageAttribute", .run = ec2_describe_image_attribute,
	  .parameters = "ImageId Attribute" },
	{ .name = "DescribeSnapshotAttribute", .run = ec2_describe_snapshot_attribute,
	  .parameters = "SnapshotId Attribute" },
	{ .name = "DescribeVolumeAttribute", .run = ec2_describe_volume_attribute,
	  .parameters = "VolumeId Attribute" },
	{ .name = "DescribeVolumesModifications", .run = ec2_describe_volume_changes,
	  .parameters = EC2_FILTERS EC2_PAGE "VolumeId.N" },
	{ .name = "DetachVolume", .run = ec2_detach_volume, .write = true,
	  .parameters = "VolumeId InstanceId Device Force" },
	{ .name = "DisableImageDeprecation", .run = ec2_disable_image_deprecation, .write = true,
	  .parameters = "ImageId" },
	{ .name = "EnableImageDeprecation", .run = ec2_enable_image_deprecation, .write = true,
	  .parameters = "ImageId DeprecateAt" },
	{ .name = "EnableVolumeIO", .run = ec2_enable_volume_io, .write = true,
	  .parameters = "VolumeId" },
	{ .name = "ModifyImageAttribute", .run = ec2_modify_image_attribute, .write = true,
	  .parameters = "ImageId Attribute OperationType UserId.N UserGroup.N Value "
		"Description.Value LaunchPermission.Add.N.UserId "
		"LaunchPermission.Add.N.Group LaunchPermission.Remove.N.UserId "
		"LaunchPermission.Remove.N.Group" },
	{ .name = "ModifySnapshotAttribute", .run = ec2_modify_snapshot_attribute, .write = true,
	  .parameters = "SnapshotId Attribute OperationType UserId.N UserGroup.N "
		"CreateVolumePermission.Add.N.UserId "
		"CreateVolumePermission.Add.N.Group "
		"CreateVolumePermission.Remove.N.UserId "
		"CreateVolumePermission.Remove.N.Group" },
	{ .name = "ModifyVolume", .run = ec2_modify_volume, .write = true,
	  .parameters = "VolumeId Size VolumeType Iops Throughput MultiAttachEnabled" },
	{ .name = "ModifyVolumeAttribute", .run = ec2_modify_volume_attribute, .write = true,
	  .parameters = "VolumeId AutoEnableIO.Value" },
	{ .name = "RegisterImage", .run = ec2_register_image, .write = true,
	  .parameters = "Name Description Architecture VirtualizationType "
		"RootDeviceName EnaSupport SriovNetSupport BootMode ImdsSupport "
		"TpmSupport ImageLocation KernelId RamdiskId "
		"BlockDeviceMapping.N.DeviceName "
		"BlockDeviceMapping.N.Ebs.SnapshotId "
		"BlockDeviceMapping.N.Ebs.VolumeSize "
		"BlockDeviceMapping.N.Ebs.VolumeType "
		"BlockDeviceMapping.N.Ebs.DeleteOnTermination "
		"BlockDeviceMapping.N.Ebs.Iops "
		"BlockDeviceMapping.N.Ebs.Throughput "
		"BlockDeviceMapping.N.Ebs.Encrypted" },
	{ .name = "ResetImageAttribute", .run = ec2_reset_image_attribute, .write = true,
	  .parameters = "ImageId Attribute" },
	{ .name = "ResetSnapshotAttribute", .run = ec2_reset_snapshot_attribute, .write = true,
	  .parameters = "SnapshotId Attribute" },
	{ .name = NULL }
};

const struct sim_action *storage_action(const char *name)
{
	for (const struct sim_action *a = actions; a->name; a++)
		if (!strcmp(a->name, name))
			return a;
	return NULL;
}
