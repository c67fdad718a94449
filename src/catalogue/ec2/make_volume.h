/* SPDX-License-Identifier: MIT */
/* CreateVolume, for the tables that it is done from: volumes, and the
 * snapshots that one is made of. */
#ifndef CATALOGUE_EC2_MAKE_VOLUME_H
#define CATALOGUE_EC2_MAKE_VOLUME_H

#include "catalogue/check.h"
#include "catalogue/ec2/ec2.h"
#include "catalogue/volume.h"

static const struct parameter create_volume_parameters[] = {
	EC2_TAG_SPECIFICATIONS,
	{ .path = "AvailabilityZone" },
	{ .path = "Size", .type = VALUE_INTEGER },
	{ .path = "SnapshotId" },
	{ .path = "VolumeType" },
	{ .path = "Iops", .type = VALUE_INTEGER },
	{ .path = "Throughput", .type = VALUE_INTEGER },
	{ .path = "Encrypted", .type = VALUE_BOOLEAN },
	{ .path = "KmsKeyId" },
	{ .path = "MultiAttachEnabled", .type = VALUE_BOOLEAN },
	EC2_CLIENT_TOKEN,
	EC2_DRY_RUN,
	{ 0 }
};

static const struct operation create_volume = {
	.name = "CreateVolume",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_TOKEN,
	.parameters = create_volume_parameters
};

static const struct field_list any_zone = { .resource = "zones" };

static const struct argument volume_tags[] = {
	{ .path = "TagSpecifications[].ResourceType", .value = "volume" },
	{ 0 }
};

#define VOLUME_SPEED_FIELDS \
	{ .name = "iops", .title = "Operations a second", .type = FIELD_NUMBER, .parameter = "Iops", \
	  .low = 100, .high = VOLUME_IOPS_MOST, \
	  .help = "io1 and io2 need it; gp3 comes with 3000. Left out, it is what the type comes with." }, \
	{ .name = "throughput", .title = "Throughput", .type = FIELD_NUMBER, .parameter = "Throughput", \
	  .low = 125, .high = VOLUME_THROUGHPUT_MOST, .unit = "MiB/s", \
	  .help = "Of gp3 alone, which comes with 125." }

#define VOLUME_MORE_FIELDS \
	{ .name = "encrypted", .title = "Encrypted", .type = FIELD_SWITCH, .parameter = "Encrypted" }, \
	{ .name = "key", .title = "KMS key", .parameter = "KmsKeyId", .when = "encrypted=true", \
	  .help = "Its id, ARN or alias/NAME. Left out, it is the account's default key for EBS." }, \
	{ .name = "multi_attach", .title = "To several instances at once", .type = FIELD_SWITCH, \
	  .parameter = "MultiAttachEnabled", .help = "io1 and io2 alone; the file system must know how." }, \
	EC2_TAGS_FIELD(volume_tags)

#define VOLUME_MADE \
	.answer = { .made = "volumeId" }, .makes = "volumes", \
	.wait_path = "status", .wait_value = "available", \
	.wait_bad = "error deleting deleted", .check = check_volume

#endif
