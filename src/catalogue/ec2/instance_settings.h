/* SPDX-License-Identifier: MIT */
/* Instances: what is changed about one. For instances.c. */
#ifndef CATALOGUE_EC2_INSTANCE_SETTINGS_H
#define CATALOGUE_EC2_INSTANCE_SETTINGS_H

#include "catalogue/check.h"
#include "catalogue/decode.h"
#include "catalogue/ec2/instance_launch.h"
#include "catalogue/ec2/instance_power.h"

/* One attribute a call. */
static const struct parameter attribute_parameters[] = {
	{ .path = "InstanceId" },
	{ .path = "InstanceType.Value" },
	{ .path = "UserData.Value", .type = VALUE_BLOB, .secret = true },
	{ .path = "DisableApiTermination.Value", .type = VALUE_BOOLEAN },
	{ .path = "DisableApiStop.Value", .type = VALUE_BOOLEAN },
	{ .path = "SourceDestCheck.Value", .type = VALUE_BOOLEAN },
	{ .path = "InstanceInitiatedShutdownBehavior.Value" },
	{ .path = "Groups[]", .wire = "GroupId.N" },
	{ .path = "BlockDeviceMappings[].DeviceName", .wire = "BlockDeviceMapping.N.DeviceName" },
	{ .path = "BlockDeviceMappings[].Ebs.DeleteOnTermination",
	  .wire = "BlockDeviceMapping.N.Ebs.DeleteOnTermination", .type = VALUE_BOOLEAN },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation modify_attribute = {
	.name = "ModifyInstanceAttribute",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = attribute_parameters
};

static const struct parameter read_parameters[] = {
	{ .path = "InstanceId" }, { .path = "Attribute" }, { 0 }
};

static const struct operation describe_attribute = {
	.name = "DescribeInstanceAttribute",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = read_parameters
};

#define READ_ATTRIBUTE(table, name) \
static const struct argument table##_attribute[] = { { .path = "Attribute", .value = (name) }, { 0 } }; \
static const struct action_read table##_reads[] = { \
	{ .operation = &describe_attribute, .arguments = table##_attribute, .target = "InstanceId" }, { 0 } \
}

READ_ATTRIBUTE(protect, "disableApiTermination");
READ_ATTRIBUTE(protect_stop, "disableApiStop");
READ_ATTRIBUTE(data, "userData");
READ_ATTRIBUTE(shutdown, "instanceInitiatedShutdownBehavior");

static const struct action_field type_fields[] = {
	{ .name = "type", .title = "Type", .type = FIELD_LIVE, .live = &launch_types,
	  .parameter = "InstanceType.Value", .path = "instanceType", .required = true,
	  .help = "Of the same architecture, as in m6i.xlarge." },
	{ 0 }
};

static const struct action_field protect_fields[] = {
	{ .name = "on", .title = "Protected", .type = FIELD_SWITCH, .parameter = "DisableApiTermination.Value",
	  .value = "true", .read = "disableApiTermination/value",
	  .help = "Then nobody terminates it by the API before that is taken off again." },
	{ 0 }
};

static const struct action_field protect_stop_fields[] = {
	{ .name = "on", .title = "Protected", .type = FIELD_SWITCH, .parameter = "DisableApiStop.Value",
	  .value = "true", .read = "disableApiStop/value",
	  .help = "Then nobody stops or terminates it by the API before that is taken off again." },
	{ 0 }
};

static const struct action_field source_fields[] = {
	{ .name = "on", .title = "Check", .type = FIELD_SWITCH, .parameter = "SourceDestCheck.Value",
	  .path = "sourceDestCheck", .required = true, .raises = EFFECT_DISRUPT, .raises_at = "true",
	  .help = "Off where it forwards what is not for itself: NAT, VPN, a router." },
	{ 0 }
};

static const struct action_note source_notes[] = {
	{ .field = "on=true", .text = "What it routes for others does not pass any more" },
	{ 0 }
};

static const struct action_field shutdown_fields[] = {
	{ .name = "does", .title = "It is then", .type = FIELD_CHOICE,
	  .parameter = "InstanceInitiatedShutdownBehavior.Value", .choices = "stop terminate", .required = true,
	  .read = "instanceInitiatedShutdownBehavior/value",
	  .help = "What becomes of it when its own system shuts down: stopped, or terminated." },
	{ 0 }
};

static const struct action_note shutdown_notes[] = {
	{ .field = "does=terminate", .text = "A shutdown from inside destroys it, whatever protection it has" },
	{ 0 }
};

static const struct action_field data_fields[] = {
	{ .name = "data", .title = "User data", .type = FIELD_LINES, .parameter = "UserData.Value",
	  .check = check_user_data, .read = "userData/value", .decode = decode_base64, .required = true,
	  .help = "A script or cloud-init file, 16 KiB at most. Most systems run it at the first boot only." },
	{ 0 }
};

static const struct action_field groups_fields[] = {
	{ .name = "groups", .title = "Security groups", .type = FIELD_LIVE, .live = &vpc_groups,
	  .parameter = "Groups[]", .path = "groupSet/item/groupId",
	  .required = true, .help = "All that it is to have, by id; those that are left out are taken off it." },
	{ 0 }
};

#endif
