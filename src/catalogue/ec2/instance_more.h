/* SPDX-License-Identifier: MIT */
/* Instances: role, monitoring, metadata, console, password. For
 * instances.c. */
#ifndef CATALOGUE_EC2_INSTANCE_MORE_H
#define CATALOGUE_EC2_INSTANCE_MORE_H

#include "catalogue/ec2/instance_settings.h"

/* A second one is refused: there is an association then. */
static const struct parameter associate_parameters[] = {
	{ .path = "InstanceId" }, { .path = "IamInstanceProfile.Name" }, { 0 }
};

static const struct operation associate_profile = {
	.name = "AssociateIamInstanceProfile",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = associate_parameters
};

static const struct parameter replace_parameters[] = {
	{ .path = "AssociationId" }, { .path = "IamInstanceProfile.Name" }, { 0 }
};

static const struct operation replace_profile = {
	.name = "ReplaceIamInstanceProfileAssociation",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = replace_parameters
};

static const struct parameter disassociate_parameters[] = {
	{ .path = "AssociationId" }, { 0 }
};

static const struct operation disassociate_profile = {
	.name = "DisassociateIamInstanceProfile",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = disassociate_parameters
};

static const struct parameter associations_parameters[] = { EC2_FILTERS, { 0 } };

static const struct operation describe_associations = {
	.name = "DescribeIamInstanceProfileAssociations",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = associations_parameters
};

static const struct argument associations_arguments[] = {
	{ .path = "Filters[].Name", .value = "instance-id" },
	{ .path = "Filters[].Name", .value = "state", .index = { 1, 0 } },
	{ .path = "Filters[].Values[]", .value = "associated", .index = { 1, 0 } },
	{ .path = "Filters[].Values[]", .value = "associating", .index = { 1, 1 } },
	{ 0 }
};

static const struct action_read role_reads[] = {
	{ .operation = &describe_associations, .arguments = associations_arguments,
	  .target = "Filters[0].Values[0]" },
	{ 0 }
};

static const struct action_turn role_turns[] = {
	{ .when = "remove=true", .operation = &disassociate_profile },
	{ .when = "association", .operation = &replace_profile },
	{ 0 }
};

static const struct action_field role_fields[] = {
	{ .name = "remove", .title = "None", .type = FIELD_SWITCH, .value = "false", .raises = EFFECT_DISRUPT,
	  .raises_at = "true", .help = "Takes its role away." },
	{ .name = "role", .title = "Role", .parameter = "IamInstanceProfile.Name", .path = "iamInstanceProfile/arn",
	  .check = check_profile, .required = true, .when = "remove=false",
	  .help = "The instance profile, by name or ARN: what its programs may do." },
	{ .name = "association", .title = "Association", .parameter = "AssociationId", .kept = true,
	  .read = "iamInstanceProfileAssociationSet/item/associationId" },
	{ 0 }
};

static const struct action_note role_notes[] = {
	{ .path = "iamInstanceProfile/arn", .text = "Its programs lose what {} lets them do" },
	{ 0 }
};

static const struct operation monitor_instances = {
	.name = "MonitorInstances",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = target_parameters
};

static const struct operation unmonitor_instances = {
	.name = "UnmonitorInstances",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = target_parameters
};

static const struct action_turn monitor_turns[] = {
	{ .when = "on=false", .operation = &unmonitor_instances },
	{ 0 }
};

static const struct action_field monitor_fields[] = {
	{ .name = "on", .title = "Every minute", .type = FIELD_SWITCH, .value = "true",
	  .help = "Metrics every minute instead of every five, which cost nothing." },
	{ 0 }
};

static const struct action_note monitor_notes[] = {
	{ .field = "on=true", .text = MONITORING_PRICE },
	{ 0 }
};

#include "catalogue/ec2/instance_read.h"

#endif
