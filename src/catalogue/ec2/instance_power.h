/* SPDX-License-Identifier: MIT */
/* Instances: start, stop, hibernate, reboot, terminate. For instances.c. */
#ifndef CATALOGUE_EC2_INSTANCE_POWER_H
#define CATALOGUE_EC2_INSTANCE_POWER_H

#include "catalogue/ec2/ec2.h"

static const struct parameter target_parameters[] = {
	{ .path = "InstanceIds[]", .wire = "InstanceId.N" },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

/* A second start or stop changes nothing (aws.md 5.2). */
static const struct operation start_instances = {
	.name = "StartInstances",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = target_parameters
};

static const struct parameter stop_parameters[] = {
	{ .path = "InstanceIds[]", .wire = "InstanceId.N" },
	{ .path = "Force", .type = VALUE_BOOLEAN },
	{ .path = "Hibernate", .type = VALUE_BOOLEAN },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation stop_instances = {
	.name = "StopInstances",
	.effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = stop_parameters
};

/* A second one would be a second outage. */
static const struct operation reboot_instances = {
	.name = "RebootInstances",
	.effect = EFFECT_DISRUPT, .repeat = REPEAT_NEVER,
	.parameters = target_parameters
};

static const struct operation terminate_instances = {
	.name = "TerminateInstances",
	.effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = target_parameters
};

static const struct action_field stop_fields[] = {
	{ .name = "force", .title = "Force", .type = FIELD_SWITCH, .parameter = "Force",
	  .help = "For one that hangs: what its system has not written yet is lost.",
	  .raises = EFFECT_DISRUPT, .raises_at = "true" },
	{ 0 }
};

static const struct argument hibernate_arguments[] = {
	{ .path = "Hibernate", .value = "true" }, { 0 }
};

#define SCALING_GROUP "tagSet/[key=aws:autoscaling:groupName]/value"

/* An address of amazon's pool is only lent; one of the account's stays. */
#define LENT_ADDRESS "networkInterfaceSet/item/[ipOwnerId=amazon]/publicIp"
#define ADDRESS_OWNER "networkInterfaceSet/item/association/ipOwnerId"

static const struct action_note stop_notes[] = {
	{ .text = "What is on instance store volumes is lost" },
	{ .path = LENT_ADDRESS, .text = "Its public address {} goes: after a start it is another one" },
	{ .path = SCALING_GROUP, .text = "Scaling group {} takes it for ill and puts another in its place" },
	{ .field = "force=true", .text = "What its file systems have not written yet is lost" },
	{ 0 }
};

static const struct action_note hibernate_notes[] = {
	{ .path = "hibernationOptions/configured", .value = "false",
	  .text = "Hibernation was not enabled at launch: AWS will refuse it" },
	{ .path = LENT_ADDRESS, .text = "Its public address {} goes: after a start it is another one" },
	{ .path = SCALING_GROUP, .text = "Scaling group {} takes it for ill and puts another in its place" },
	{ 0 }
};

static const struct action_note terminate_notes[] = {
	{ .path = "blockDeviceMapping/item/[deleteOnTermination=true]/volumeId", .text = "Goes with it: {}" },
	{ .path = "blockDeviceMapping/item/[deleteOnTermination=false]/volumeId",
	  .text = "Stays, and is paid for: {}" },
	{ .text = "What is on instance store volumes is lost" },
	{ .path = ADDRESS_OWNER, .value = "!amazon",
	  .text = "Its Elastic IP address stays allocated, and is paid for: release it" },
	{ .path = SCALING_GROUP, .text = "Scaling group {} starts another in its place" },
	{ .path = "spotInstanceRequestId",
	  .text = "Spot request {} starts another if it is persistent: cancel it first" },
	{ 0 }
};

static const struct drill terminate_dependents[] = {
	{ .title = "Volumes", .resource = "volumes", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "attachment.instance-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "instanceId" } } },
	{ .title = "Elastic addresses", .resource = "addresses", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "instance-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "instanceId" } } },
	{ 0 }
};

#endif
