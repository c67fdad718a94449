/* SPDX-License-Identifier: MIT */
/*
 * An image on EBS out of any running instance, or of any image, which is
 * launched for it: a volume beside the instance, its files copied there by a
 * person, a snapshot, an image with the source's own properties, and an
 * instance of it as the proof.
 */
#include "catalogue/ec2/ec2.h"
#include "catalogue/ec2/work.h"

#include <string.h>

#define TOKEN { .path = "ClientToken", .token = true }
#define DRY_RUN { .path = "DryRun", .type = VALUE_BOOLEAN }

static const struct parameter run_parameters[] = {
	{ .path = "ImageId" },
	{ .path = "InstanceType" },
	{ .path = "KeyName" },
	{ .path = "SubnetId" },
	{ .path = "SecurityGroupIds[]", .wire = "SecurityGroupId.N" },
	{ .path = "MinCount", .type = VALUE_INTEGER },
	{ .path = "MaxCount", .type = VALUE_INTEGER },
	TOKEN, EC2_TAG_SPECIFICATIONS, DRY_RUN,
	{ 0 }
};

static const struct operation run_instances = {
	.name = "RunInstances", .effect = EFFECT_CHANGE, .repeat = REPEAT_TOKEN, .parameters = run_parameters
};

static const struct parameter create_volume_parameters[] = {
	{ .path = "AvailabilityZone" },
	{ .path = "Size", .type = VALUE_INTEGER },
	{ .path = "VolumeType" },
	{ .path = "Encrypted", .type = VALUE_BOOLEAN },
	TOKEN, EC2_TAG_SPECIFICATIONS, DRY_RUN,
	{ 0 }
};

static const struct operation create_volume = {
	.name = "CreateVolume", .effect = EFFECT_CHANGE, .repeat = REPEAT_TOKEN, .parameters = create_volume_parameters
};

static const struct parameter attach_parameters[] = {
	{ .path = "VolumeId" },
	{ .path = "InstanceId" },
	{ .path = "Device" },
	DRY_RUN,
	{ 0 }
};

static const struct operation attach_volume = {
	.name = "AttachVolume", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER, .parameters = attach_parameters
};

static const struct operation detach_volume = {
	.name = "DetachVolume", .effect = EFFECT_DISRUPT, .repeat = REPEAT_NEVER, .parameters = attach_parameters
};

static const struct parameter snapshot_parameters[] = {
	{ .path = "VolumeId" },
	{ .path = "Description" },
	EC2_TAG_SPECIFICATIONS, DRY_RUN,
	{ 0 }
};

static const struct operation create_snapshot = {
	.name = "CreateSnapshot", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER, .parameters = snapshot_parameters
};

#define MAPPING "BlockDeviceMappings[]."
#define MAPPING_WIRE "BlockDeviceMapping.N."

static const struct parameter register_parameters[] = {
	{ .path = "Name" },
	{ .path = "Description" },
	{ .path = "Architecture" },
	{ .path = "RootDeviceName" },
	{ .path = "VirtualizationType" },
	{ .path = "EnaSupport", .type = VALUE_BOOLEAN },
	{ .path = "SriovNetSupport" },
	{ .path = "BootMode" },
	{ .path = "ImdsSupport" },
	{ .path = "TpmSupport" },
	{ .path = "KernelId" },
	{ .path = "RamdiskId" },
	{ .path = MAPPING "DeviceName", .wire = MAPPING_WIRE "DeviceName" },
	{ .path = MAPPING "Ebs.SnapshotId", .wire = MAPPING_WIRE "Ebs.SnapshotId" },
	{ .path = MAPPING "Ebs.VolumeType", .wire = MAPPING_WIRE "Ebs.VolumeType" },
	{ .path = MAPPING "Ebs.DeleteOnTermination", .wire = MAPPING_WIRE "Ebs.DeleteOnTermination",
	  .type = VALUE_BOOLEAN },
	DRY_RUN,
	{ 0 }
};

/* A second one is refused: the name is taken. */
static const struct operation register_image = {
	.name = "RegisterImage", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER, .parameters = register_parameters
};

static const struct parameter volume_parameters[] = {
	{ .path = "VolumeId" },
	DRY_RUN,
	{ 0 }
};

static const struct operation delete_volume = {
	.name = "DeleteVolume", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE, .parameters = volume_parameters
};

static const struct parameter snapshot_id_parameters[] = {
	{ .path = "SnapshotId" },
	DRY_RUN,
	{ 0 }
};

static const struct operation delete_snapshot = {
	.name = "DeleteSnapshot", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = snapshot_id_parameters
};

static const struct parameter image_parameters[] = {
	{ .path = "ImageId" },
	DRY_RUN,
	{ 0 }
};

static const struct operation deregister_image = {
	.name = "DeregisterImage", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE, .parameters = image_parameters
};

static const struct operation *const operations[] = {
	&run_instances, &create_volume, &attach_volume, &detach_volume, &create_snapshot, &register_image,
	&delete_volume, &delete_snapshot, &deregister_image, NULL
};

#define END { NULL, NULL, NULL }
#define LAST { NULL, NULL }

/* The first of /dev/sdf to /dev/sdp that no name in texts ends like: /dev/sdf
 * and xvdf are the same to the guest. */
static void free_device(const char *texts, struct str *out)
{
	for (char c = 'f'; *texts && c <= 'p'; c++) {
		const char *p = texts;
		bool used = false;

		for (; *p && !used; p += strspn(p, " ")) {
			size_t n = strcspn(p, " ");

			while (n && p[n - 1] >= '0' && p[n - 1] <= '9')
				n--;
			used = n && p[n - 1] == c;
			p += strcspn(p, " ");
		}
		if (used)
			continue;
		str_addf(out, "/dev/sd%c", c);
		return;
	}
}

static void imds_of_tokens(const char *tokens, struct str *out)
{
	str_add(out, strstr(tokens, "required") ? "v2.0" : "");
}

static void all(const char *texts, struct str *out)
{
	str_add(out, texts);
}

/* /dev/disk/by-id has them without the hyphen. */
static void plain_id(const char *id, struct str *out)
{
	for (; *id; id++)
		if (*id != '-')
			str_addc(out, *id);
}

static void letter(const char *device, struct str *out)
{
	str_addc(out, device[strlen(device) - 1]);
}

static const struct step_result values[] = {
	{ "size", "10", NULL },
	{ "source", "{instance}", NULL },
	{ "source", "{image}", NULL },
	{ "description", "Copied from {source} by tucuxi", NULL },
	{ "imds", "{tokens}", imds_of_tokens },
	{ "plain", "{volume}", plain_id },
	{ "letter", "{device}", letter },
	END
};

/* -- an instance of the image, where an image is the source -- */

static const struct step_argument launch[] = {
	{ "ImageId", "{image}" }, { "InstanceType", "{type}" }, { "KeyName", "{key}" },
	{ "SubnetId", "{subnet}" }, { "MinCount", "1" }, { "MaxCount", "1" },
	{ "ClientToken", "{work}-launch" }, WORK_TAGS("instance", "launch"), LAST
};

static const struct step_result launched[] = {
	{ "launched", "instancesSet/item/instanceId|" WORK_INSTANCES "/instanceId", NULL },
	{ "instance", "instancesSet/item/instanceId|" WORK_INSTANCES "/instanceId", NULL },
	END
};

static const struct step_argument find_launched[] = { WORK_FILTER("launch"), LAST };

static const struct work_step look_launched = {
	.name = "look", .operation = "DescribeInstances", .arguments = find_launched, .results = launched
};

static const struct step_result instance_state[] = {
	{ "state", WORK_INSTANCES "/instanceState/name", NULL }, END
};

/* -- what the source is -- */

static const struct step_result source[] = {
	WORK_INSTANCE,
	{ "type", WORK_INSTANCES "/instanceType", NULL },
	{ "subnet", WORK_INSTANCES "/subnetId", NULL },
	{ "groups", WORK_INSTANCES "/groupSet/item/groupId", all },
	{ "architecture", WORK_INSTANCES "/architecture", NULL },
	{ "virtualization", WORK_INSTANCES "/virtualizationType", NULL },
	{ "ena", WORK_INSTANCES "/enaSupport", NULL },
	{ "sriov", WORK_INSTANCES "/sriovNetSupport", NULL },
	{ "boot", WORK_INSTANCES "/bootMode", NULL },
	{ "root", WORK_INSTANCES "/rootDeviceName", NULL },
	{ "kernel", WORK_INSTANCES "/kernelId", NULL },
	{ "ramdisk", WORK_INSTANCES "/ramdiskId", NULL },
	{ "tokens", WORK_INSTANCES "/metadataOptions/httpTokens", NULL },
	{ "device", WORK_INSTANCES "/blockDeviceMapping/item/deviceName", free_device },
	{ "device", WORK_INSTANCES "[rootDeviceType=instance-store]/rootDeviceName", free_device },
	{ "windows", WORK_INSTANCES "/platform", NULL },
	END
};

static const struct step_argument source_image[] = { { "ImageIds[0]", "{image}" }, LAST };

/* What only the image says. */
static const struct step_result image_properties[] = {
	{ "imds", "imagesSet/item/imdsSupport", NULL },
	{ "tpm", "imagesSet/item/tpmSupport", NULL },
	{ "boot", "imagesSet/item/bootMode", NULL },
	{ "ena", "imagesSet/item/enaSupport", NULL },
	{ "sriov", "imagesSet/item/sriovNetSupport", NULL },
	END
};

/* -- the volume -- */

static const struct step_argument volume[] = {
	{ "AvailabilityZone", "{zone}" }, { "Size", "{size}" }, { "VolumeType", "gp3" },
	{ "Encrypted", "{encrypted}" }, { "ClientToken", "{work}-volume" },
	WORK_TAGS("volume", "volume"),
	{ "TagSpecifications[0].Tags[1].Key", "Name" }, { "TagSpecifications[0].Tags[1].Value", "{image_name}" }, LAST
};

static const struct step_result new_volume[] = {
	{ "volume", "volumeId|volumeSet/item/volumeId", NULL }, END
};

static const struct step_argument find_volume[] = { WORK_FILTER("volume"), LAST };

static const struct work_step look_volume = {
	.name = "look", .operation = "DescribeVolumes", .arguments = find_volume, .results = new_volume
};

static const struct step_argument the_volume[] = { { "VolumeIds[0]", "{volume}" }, LAST };

static const struct step_result volume_state[] = {
	{ "state", "volumeSet/item/status", NULL }, END
};

static const struct step_argument attach[] = {
	{ "VolumeId", "{volume}" }, { "InstanceId", "{instance}" }, { "Device", "{device}" }, LAST
};

static const struct step_result attached[] = {
	{ "attached", "device|volumeSet/item/attachmentSet/item[instanceId={instance}]/device", NULL }, END
};

static const struct work_step look_attached = {
	.name = "look", .operation = "DescribeVolumes", .arguments = the_volume, .results = attached
};

static const struct step_result attachment_state[] = {
	{ "state", "volumeSet/item/attachmentSet/item/status", NULL }, END
};

static const struct step_argument volume_id[] = { { "VolumeId", "{volume}" }, LAST };

static const struct step_result detached[] = {
	{ "detached", "volumeId|volumeSet/item[status=available]/volumeId", NULL }, END
};

static const struct work_step look_detached = {
	.name = "look", .operation = "DescribeVolumes", .arguments = the_volume, .results = detached
};

/* -- snapshot and image -- */

static const struct step_argument snapshot[] = {
	{ "VolumeId", "{volume}" }, { "Description", "{description}" }, WORK_TAGS("snapshot", "snapshot"),
	{ "TagSpecifications[0].Tags[1].Key", "Name" }, { "TagSpecifications[0].Tags[1].Value", "{image_name}" }, LAST
};

static const struct step_result new_snapshot[] = {
	{ "snapshot", "snapshotId|snapshotSet/item/snapshotId", NULL }, END
};

static const struct step_argument find_snapshot[] = { WORK_FILTER("snapshot"), LAST };

static const struct work_step look_snapshot = {
	.name = "look", .operation = "DescribeSnapshots", .arguments = find_snapshot, .results = new_snapshot
};

static const struct step_argument the_snapshot[] = { { "SnapshotIds[0]", "{snapshot}" }, LAST };

static const struct step_result snapshot_state[] = {
	{ "state", "snapshotSet/item/status", NULL }, END
};

static const struct step_argument image[] = {
	{ "Name", "{image_name}" }, { "Description", "{description}" }, { "Architecture", "{architecture}" },
	{ "RootDeviceName", "{root}" }, { "VirtualizationType", "{virtualization}" }, { "EnaSupport", "{ena}" },
	{ "SriovNetSupport", "{sriov}" }, { "BootMode", "{boot}" }, { "ImdsSupport", "{imds}" },
	{ "TpmSupport", "{tpm}" }, { "KernelId", "{kernel}" }, { "RamdiskId", "{ramdisk}" },
	{ "BlockDeviceMappings[0].DeviceName", "{root}" },
	{ "BlockDeviceMappings[0].Ebs.SnapshotId", "{snapshot}" },
	{ "BlockDeviceMappings[0].Ebs.VolumeType", "gp3" },
	{ "BlockDeviceMappings[0].Ebs.DeleteOnTermination", "true" },
	LAST
};

static const struct step_result new_image[] = {
	{ "made", "imageId|imagesSet/item/imageId", NULL }, END
};

/* The snapshot is of this work alone. */
static const struct step_argument find_image[] = {
	{ "Owners[0]", "self" }, { "Filters[0].Name", "block-device-mapping.snapshot-id" },
	{ "Filters[0].Values[0]", "{snapshot}" }, LAST
};

static const struct work_step look_image = {
	.name = "look", .operation = "DescribeImages", .arguments = find_image, .results = new_image
};

static const struct step_argument the_image[] = { { "ImageIds[0]", "{made}" }, LAST };

static const struct step_result image_state[] = {
	{ "state", "imagesSet/item/imageState", NULL }, END
};

/* -- the proof -- */

static const struct step_argument prove[] = {
	{ "ImageId", "{made}" }, { "InstanceType", "{type}" }, { "KeyName", "{key}" }, { "SubnetId", "{subnet}" },
	{ "SecurityGroupIds[]", "{groups}" }, { "MinCount", "1" }, { "MaxCount", "1" },
	{ "ClientToken", "{work}-proof" }, WORK_TAGS("instance", "proof"),
	{ "TagSpecifications[0].Tags[1].Key", "Name" },
	{ "TagSpecifications[0].Tags[1].Value", "{image_name} (proof)" }, LAST
};

static const struct step_result proved[] = {
	{ "proved", "instancesSet/item/instanceId|" WORK_INSTANCES "/instanceId", NULL }, END
};

static const struct step_argument find_proved[] = { WORK_FILTER("proof"), LAST };

static const struct work_step look_proved = {
	.name = "look", .operation = "DescribeInstances", .arguments = find_proved, .results = proved
};

static const struct step_argument the_proof[] = { { "InstanceIds[0]", "{proved}" }, LAST };

static const struct step_argument the_launched[] = { { "InstanceIds[0]", "{launched}" }, LAST };

/* The new disk gets the old one's partitions, boot code and file system ids,
 * so that fstab and boot loader fit it as they are. */
static const char *const copying =
	"On {instance}, as root (`tucuxi ssh {instance}` logs in; rsync must be there):\n"
	"\n"
	"for new in /dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_{plain} /dev/xvd{letter} /dev/sd{letter}; do\n"
	"    [ -b $new ] && break\n"
	"done\n"
	"new=$(readlink -f $new); root=$(findmnt -no SOURCE /); old=$(lsblk -npo PKNAME $root)\n"
	"fs=$(findmnt -no FSTYPE /); uuid=$(blkid -s UUID -o value $root); label=$(blkid -s LABEL -o value $root)\n"
	"if [ \"$old\" ]; then   # a disk with partitions: the same ones, and what boots it\n"
	"    sfdisk -d $old | sfdisk --force $new; blockdev --rereadpt $new; udevadm settle\n"
	"    dd if=$old of=$new bs=440 count=1 conv=notrunc\n"
	"    for part in $(lsblk -nrpo NAME,TYPE $old | awk '$2 == \"part\" { print $1 }'); do\n"
	"        n=${part#$old}; to=$new${n#p}; [ -b $to ] || to=${new}p${n#p}\n"
	"        if [ $part = $root ]; then target=$to; else dd if=$part of=$to bs=1M; fi\n"
	"    done\n"
	"else target=$new; fi\n"
	"case $fs in\n"
	"xfs) mkfs.xfs -f -m uuid=$uuid ${label:+-L $label} $target; mount -o nouuid $target /mnt ;;\n"
	"*)   mkfs.$fs -F -U $uuid ${label:+-L $label} $target; mount $target /mnt ;;\n"
	"esac\n"
	"sync; rsync -aAXHx --exclude='/mnt/*' --exclude='/tmp/*' / /mnt/\n"
	"cat /mnt/etc/fstab      # no line may name a disk that the new machine will not have\n"
	"rm -f /mnt/etc/ssh/ssh_host_*key* /mnt/root/.bash_history   # what is nobody else's, if it will be shared\n"
	"umount /mnt && sync\n"
	"\n"
	"The partitions keep their size: {size} GiB must be no less than the old disk; growpart and resize2fs\n"
	"(xfs_growfs) make use of the rest. Stop what writes (databases) before rsync, or copy again afterwards.";

static const struct work_step steps[] = {
	{ .name = "launch", .title = "Launch {image} to copy from", .when = "!instance", .operation = "RunInstances",
	  .arguments = launch, .results = launched, .need = "launched", .look = &look_launched, .token = true },
	{ .name = "launched", .title = "Wait until {launched} runs", .kind = STEP_WAIT, .when = "launched",
	  .operation = "DescribeInstances", .arguments = the_launched, .results = instance_state, .until = "running",
	  .bad = "shutting-down terminated stopping stopped" },
	{ .name = "source", .title = "Look at {instance}", .operation = "DescribeInstances",
	  .arguments = work_instance, .results = source, .need = "device", .refuse = "windows",
	  .missing = "{instance} cannot be copied so: it is gone, all its devices are taken, or it is Windows, "
		"whose licence only instances.image keeps" },
	{ .name = "properties", .title = "Look at its image {image}", .operation = "DescribeImages",
	  .arguments = source_image, .results = image_properties,
	  .fine = "InvalidAMIID.NotFound InvalidAMIID.Unavailable" },
	{ .name = "volume", .title = "Make a volume of {size} GiB in {zone}", .operation = "CreateVolume",
	  .arguments = volume, .results = new_volume, .need = "volume", .look = &look_volume, .token = true },
	{ .name = "available", .title = "Wait until {volume} is there", .kind = STEP_WAIT,
	  .operation = "DescribeVolumes", .arguments = the_volume, .results = volume_state, .until = "available in-use",
	  .bad = "error deleting deleted" },
	{ .name = "attach", .title = "Attach {volume} to {instance} as {device}", .operation = "AttachVolume",
	  .arguments = attach, .results = attached, .need = "attached", .look = &look_attached },
	{ .name = "attached", .title = "Wait until it is attached", .kind = STEP_WAIT,
	  .operation = "DescribeVolumes", .arguments = the_volume, .results = attachment_state, .until = "attached" },
	{ .name = "copy", .title = "Copy the files, on {instance}", .kind = STEP_PERSON, .text = copying },
	{ .name = "detach", .title = "Detach {volume}", .operation = "DetachVolume", .arguments = volume_id,
	  .results = detached, .need = "detached", .look = &look_detached, .fine = "IncorrectState",
	  .fine_sets = "detached" },
	{ .name = "detached", .title = "Wait until it is detached", .kind = STEP_WAIT,
	  .operation = "DescribeVolumes", .arguments = the_volume, .results = volume_state, .until = "available" },
	{ .name = "snapshot", .title = "Make a snapshot of {volume}", .operation = "CreateSnapshot",
	  .arguments = snapshot, .results = new_snapshot, .need = "snapshot", .look = &look_snapshot },
	{ .name = "complete", .title = "Wait until {snapshot} is complete", .kind = STEP_WAIT,
	  .operation = "DescribeSnapshots", .arguments = the_snapshot, .results = snapshot_state,
	  .until = "completed", .bad = "error" },
	{ .name = "register", .title = "Register the image {image_name}", .operation = "RegisterImage",
	  .arguments = image, .results = new_image, .need = "made", .look = &look_image },
	{ .name = "registered", .title = "Wait until {made} is available", .kind = STEP_WAIT,
	  .operation = "DescribeImages", .arguments = the_image, .results = image_state, .until = "available",
	  .bad = "failed invalid error deregistered" },
	{ .name = "prove", .title = "Launch {made} as the proof", .when = "proof", .operation = "RunInstances",
	  .arguments = prove, .results = proved, .need = "proved", .look = &look_proved, .token = true },
	{ .name = "proved", .title = "Wait until {proved} runs", .kind = STEP_WAIT, .when = "proved",
	  .operation = "DescribeInstances", .arguments = the_proof, .results = instance_state, .until = "running",
	  .bad = "shutting-down terminated stopping stopped" },
	{ 0 }
};

static const struct step_argument image_id[] = { { "ImageId", "{made}" }, LAST };
static const struct step_argument snapshot_id[] = { { "SnapshotId", "{snapshot}" }, LAST };

static const struct work_step clean[] = {
	{ .name = "end-proof", .title = "Terminate {proved}, the proof", .when = "proved",
	  .operation = "TerminateInstances", .arguments = the_proof },
	{ .name = "take-off", .title = "Detach {volume}", .when = "attached !detached",
	  .operation = "DetachVolume",
	  .arguments = volume_id, .fine = "IncorrectState" },
	{ .name = "is-free", .title = "Wait until {volume} is free", .kind = STEP_WAIT, .when = "volume",
	  .operation = "DescribeVolumes", .arguments = the_volume, .results = volume_state,
	  .until = "available error deleting" },
	{ .name = "delete-volume", .title = "Delete {volume} of {size} GiB", .when = "volume",
	  .operation = "DeleteVolume", .arguments = volume_id },
	{ .name = "end-source", .title = "Terminate {launched}, launched to copy from", .when = "launched",
	  .operation = "TerminateInstances", .arguments = the_launched },
	{ .name = "deregister", .title = "Deregister {made}", .when = "made", .operation = "DeregisterImage",
	  .arguments = image_id, .product = true },
	{ .name = "delete-snapshot", .title = "Delete {snapshot}", .when = "snapshot",
	  .operation = "DeleteSnapshot", .arguments = snapshot_id, .product = true },
	{ 0 }
};

static const struct workflow convert = {
	.name = "convert", .title = "Image {image_name} out of {source}", .service = "ec2", .makes = "made",
	.values = values, .steps = steps, .clean = clean, .operations = operations,
	.after = "`tucuxi do images.share {made}` shares it with accounts or with everyone."
};

const struct workflow *workflow_convert(void)
{
	return &convert;
}
