/* SPDX-License-Identifier: MIT */
/* Status checks, one row an instance; scheduled events, one row each. */
#include "catalogue/ec2/reads.h"

static const struct column status_columns[] = {
	{ .name = "instance", .title = "Instance", .path = "instanceId", .w80 = 19, .w132 = 19, .grow = 1,
	  .keep = true },
	{ .name = "name", .title = "Name", .path = "tagSet/[key=Name]/value", .join = "instance",
	  .format = FORMAT_NATURAL, .w132 = 24 },
	{ .name = "state", .title = "State", .path = "instanceState/name", .format = FORMAT_STATE,
	  .w80 = 11, .w132 = 11, .keep = true },
	{ .name = "system", .title = "System", .path = "systemStatus/status", .format = FORMAT_STATE,
	  .w80 = 15, .w132 = 15 },
	{ .name = "check", .title = "Instance check", .path = "instanceStatus/status", .format = FORMAT_STATE,
	  .w80 = 14, .w132 = 15 },
	{ .name = "ebs", .title = "EBS", .path = "attachedEbsStatus/status", .format = FORMAT_STATE, .w132 = 15 },
	{ .name = "event", .title = "Event", .path = "eventsSet/item/code", .w80 = 15, .w132 = 20 },
	{ .name = "zone", .title = "Zone", .path = "availabilityZone", .wmany = 15, .zone = true },
	{ .name = "since", .title = "Since", .format = FORMAT_AGE,
	  .path = "systemStatus/details/item/impairedSince|instanceStatus/details/item/impairedSince" },
	{ 0 }
};

/* Also those that do not run: they too have events. */
static const struct argument all[] = {
	{ .path = "IncludeAllInstances", .value = "true" },
	{ 0 }
};

static const struct join status_joins[] = {
	{ .name = "instance", .operation = &describe_instances, .rows = DESCRIBE_INSTANCES_ROWS,
	  .key = "instanceId", .here = "instanceId", .ids = "InstanceIds[]", .batch = 100,
	  .scope = JOIN_VISIBLE, .refresh = 300 },
	{ 0 }
};

static const struct drill status_drills[] = {
	{ .title = "Instance", .resource = "instances", .enter = true, .up = true, .arguments = {
		{ .parameter = "InstanceIds[0]", .path = "instanceId" } } },
	{ .title = "Its events", .resource = "instance-events", .arguments = {
		{ .parameter = "InstanceIds[0]", .path = "instanceId" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind status_rows[] = {
	{ .path = "instanceStatusSet/item" },
	{ 0 }
};

static const struct resource instance_status = {
	.name = "instance-status", .aliases = "checks", .title = "Instance status", .one = "instance's status",
	.list = &describe_instance_status, .arguments = all, .rows = status_rows,
	.identity = { "instanceId" }, .columns = status_columns, .sort = "system,check,instance",
	.joins = status_joins, .drills = status_drills,
	.get = "InstanceIds[]", .console = EC2_CONSOLE "InstanceDetails:instanceId={id}",
	.refresh = 60
};

static const struct column event_columns[] = {
	{ .name = "when", .title = "When", .path = "notBefore", .format = FORMAT_AGE, .w80 = 7, .w132 = 7 },
	{ .name = "event", .title = "Event", .path = "code", .w80 = 20, .w132 = 20, .keep = true },
	{ .name = "name", .title = "Name", .path = "tagSet/[key=Name]/value", .join = "instance",
	  .format = FORMAT_NATURAL, .w80 = 14, .w132 = 24 },
	{ .name = "instance", .title = "Instance", .path = "../../instanceId", .w80 = 19, .w132 = 19, .keep = true },
	{ .name = "description", .title = "Description", .path = "description", .w80 = 14, .w132 = 38, .grow = 1 },
	{ .name = "zone", .title = "Zone", .path = "../../availabilityZone", .w132 = 15, .wmany = 15, .zone = true },
	{ .name = "state", .title = "State", .path = "../../instanceState/name", .format = FORMAT_STATE },
	{ .name = "from", .title = "From", .path = "notBefore", .format = FORMAT_TIME },
	{ .name = "to", .title = "To", .path = "notAfter", .format = FORMAT_TIME },
	{ .name = "deadline", .title = "Deadline", .path = "notBeforeDeadline", .format = FORMAT_TIME },
	{ .name = "id", .title = "Id", .path = "instanceEventId" },
	{ 0 }
};

static const struct join event_joins[] = {
	{ .name = "instance", .operation = &describe_instances, .rows = DESCRIBE_INSTANCES_ROWS,
	  .key = "instanceId", .here = "../../instanceId", .ids = "InstanceIds[]", .batch = 100,
	  .scope = JOIN_VISIBLE, .refresh = 300 },
	{ 0 }
};

static const struct drill event_drills[] = {
	{ .title = "Instance", .resource = "instances", .enter = true, .up = true, .arguments = {
		{ .parameter = "InstanceIds[0]", .path = "../../instanceId" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind event_rows[] = {
	{ .path = "instanceStatusSet/item/eventsSet/item" },
	{ 0 }
};

static const struct resource instance_events = {
	.name = "instance-events", .aliases = "scheduled-events", .title = "Instance events", .one = "scheduled event",
	.list = &describe_instance_status, .arguments = all, .rows = event_rows,
	.identity = { "instanceEventId", "../../instanceId" }, .columns = event_columns, .sort = "from,instance",
	.joins = event_joins, .drills = event_drills,
	.console = EC2_CONSOLE "Events:"
};

const struct resource *ec2_instance_status(void)
{
	return &instance_status;
}

const struct resource *ec2_instance_events(void)
{
	return &instance_events;
}
