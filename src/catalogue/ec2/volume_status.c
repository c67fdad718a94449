/* SPDX-License-Identifier: MIT */
/* What volumes are going through: their checks, their changes. */
#include "catalogue/ec2/reads.h"

static const struct column status_columns[] = {
	{ .name = "volume", .title = "Volume", .path = "volumeId", .w80 = 21, .w132 = 21, .grow = 1, .keep = true },
	{ .name = "status", .title = "Status", .path = "volumeStatus/status", .format = FORMAT_STATE,
	  .w80 = 19, .w132 = 19, .keep = true },
	{ .name = "io", .title = "I/O", .path = "volumeStatus/details/[name=io-enabled]/status",
	  .format = FORMAT_STATE, .w80 = 8, .w132 = 8 },
	{ .name = "performance", .title = "Performance", .path = "volumeStatus/details/[name=io-performance]/status",
	  .w132 = 14 },
	{ .name = "event", .title = "Event", .path = "eventsSet/item/eventType", .w80 = 27, .w132 = 28 },
	{ .name = "since", .title = "Since", .path = "eventsSet/item/notBefore", .format = FORMAT_AGE, .w132 = 5 },
	{ .name = "action", .title = "Do", .path = "actionsSet/item/code", .w132 = 16 },
	{ .name = "zone", .title = "Zone", .path = "availabilityZone", .w132 = 12, .wmany = 15, .zone = true },
	{ .name = "description", .title = "Description", .path = "eventsSet/item/description" },
	{ 0 }
};

static const struct drill status_drills[] = {
	{ .title = "Volume", .resource = "volumes", .enter = true, .up = true, .arguments = {
		{ .parameter = "VolumeIds[0]", .path = "volumeId" } } },
	{ .title = "Snapshots", .resource = "snapshots", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "volume-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "volumeId" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind status_rows[] = {
	{ .path = "volumeStatusSet/item" },
	{ 0 }
};

static const struct resource volume_status = {
	.name = "volume-status", .aliases = "vs", .title = "Volume status", .one = "volume's status",
	.list = &describe_volume_status, .rows = status_rows,
	.identity = { "volumeId" }, .columns = status_columns, .sort = "status,volume", .drills = status_drills,
	.get = "VolumeIds[]", .console = EC2_CONSOLE "VolumeDetails:volumeId={id}"
};

static const struct column change_columns[] = {
	{ .name = "volume", .title = "Volume", .path = "volumeId", .w80 = 21, .w132 = 21, .grow = 1, .keep = true },
	{ .name = "state", .title = "State", .path = "modificationState", .format = FORMAT_STATE,
	  .w80 = 12, .w132 = 12, .keep = true },
	{ .name = "progress", .title = "%", .path = "progress", .format = FORMAT_NUMBER, .w80 = 3, .w132 = 3 },
	{ .name = "gib_was", .title = "GiB was", .path = "originalSize", .format = FORMAT_NUMBER,
	  .w80 = 7, .w132 = 7 },
	{ .name = "gib", .title = "GiB", .path = "targetSize", .format = FORMAT_NUMBER, .w80 = 6, .w132 = 6 },
	{ .name = "type_was", .title = "Was", .path = "originalVolumeType", .w80 = 4, .w132 = 8 },
	{ .name = "type", .title = "Type", .path = "targetVolumeType", .w80 = 4, .w132 = 8 },
	{ .name = "iops_was", .title = "IOPS was", .path = "originalIops", .format = FORMAT_NUMBER, .w132 = 8 },
	{ .name = "iops", .title = "IOPS", .path = "targetIops", .format = FORMAT_NUMBER, .w80 = 6, .w132 = 6 },
	{ .name = "age", .title = "Age", .path = "startTime", .format = FORMAT_AGE, .w80 = 5, .w132 = 5 },
	{ .name = "message", .title = "Message", .path = "statusMessage", .w132 = 24 },
	{ .name = "throughput_was", .title = "MB/s was", .path = "originalThroughput", .format = FORMAT_NUMBER },
	{ .name = "throughput", .title = "MB/s", .path = "targetThroughput", .format = FORMAT_NUMBER },
	{ .name = "started", .title = "Started", .path = "startTime", .format = FORMAT_TIME },
	{ .name = "ended", .title = "Ended", .path = "endTime", .format = FORMAT_TIME },
	{ 0 }
};

static const struct row_kind change_rows[] = {
	{ .path = DESCRIBE_CHANGES_ROWS },
	{ 0 }
};

static const struct resource volume_modifications = {
	.name = "volume-modifications", .aliases = "vm", .title = "Volume modifications",
	.one = "modification of a volume",
	.list = &describe_volume_changes, .rows = change_rows,
	.identity = { "volumeId", "startTime" }, .columns = change_columns, .sort = "-started,volume",
	.drills = status_drills,
	.get = "VolumeIds[]", .console = EC2_CONSOLE "VolumeDetails:volumeId={id}",
	.refresh = 60
};

const struct resource *ec2_volume_status(void)
{
	return &volume_status;
}

const struct resource *ec2_volume_modifications(void)
{
	return &volume_modifications;
}
