/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/reads.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "tagSet/[key=Name]/value", .format = FORMAT_NATURAL,
	  .w80 = 14, .w132 = 20, .wmany = 21, .grow = 1, .keep = true },
	{ .name = "instance", .title = "Instance", .path = "instanceId", .w80 = 19, .w132 = 19, .wmany = 255 },
	{ .name = "state", .title = "State", .path = "instanceState/name", .format = FORMAT_STATE,
	  .derive = derive_instance_state, .join = "status", .w80 = 11, .w132 = 11, .keep = true },
	{ .name = "checks", .title = "Checks", .derive = derive_instance_checks, .join = "status", .w132 = 6 },
	{ .name = "type", .title = "Type", .path = "instanceType", .format = FORMAT_NATURAL, .w80 = 12, .w132 = 13 },
	{ .name = "z", .title = "Z", .path = "placement/availabilityZone", .derive = derive_zone_letter,
	  .w80 = 2, .wmany = 255 },
	{ .name = "zone", .title = "Zone", .path = "placement/availabilityZone", .w132 = 15, .wmany = 15,
	  .zone = true },
	{ .name = "private_ip", .title = "Private IP", .path = "privateIpAddress", .format = FORMAT_ADDRESS,
	  .w80 = 15, .w132 = 15 },
	{ .name = "public_ip", .title = "Public IP", .path = "ipAddress", .format = FORMAT_ADDRESS, .w132 = 15 },
	{ .name = "up", .title = "Up", .path = "launchTime", .format = FORMAT_AGE, .derive = derive_instance_up,
	  .w132 = 5 },
	{ .name = "asg", .title = "Scaling group", .path = "tagSet/[key=aws:autoscaling:groupName]/value",
	  .format = FORMAT_NATURAL },
	{ .name = "image", .title = "Image", .path = "imageId" },
	{ .name = "role", .title = "Role", .path = "iamInstanceProfile/arn", .derive = derive_arn_name },
	{ .name = "key", .title = "Key", .path = "keyName" },
	{ .name = "lifecycle", .title = "Lifecycle", .path = "instanceLifecycle" },
	{ .name = "imds", .title = "IMDS", .path = "metadataOptions/httpTokens", .derive = derive_instance_imds },
	{ .name = "vpc", .title = "VPC", .path = "vpcId" },
	{ .name = "subnet", .title = "Subnet", .path = "subnetId" },
	{ .name = "platform", .title = "Platform", .path = "platformDetails|platform" },
	{ .name = "architecture", .title = "Arch", .path = "architecture" },
	{ .name = "groups", .title = "Group", .path = "groupSet/item/groupName", .format = FORMAT_NATURAL },
	{ .name = "placement_group", .title = "Placement", .path = "placement/groupName", .format = FORMAT_NATURAL },
	{ .name = "tenancy", .title = "Tenancy", .path = "placement/tenancy" },
	{ .name = "root", .title = "Root", .path = "rootDeviceType" },
	{ .name = "optimized", .title = "EBS opt.", .path = "ebsOptimized", .format = FORMAT_BOOL },
	{ .name = "private_dns", .title = "Private DNS", .path = "privateDnsName" },
	{ .name = "public_dns", .title = "Public DNS", .path = "dnsName" },
	{ .name = "spot_request", .title = "Spot request", .path = "spotInstanceRequestId" },
	{ .name = "monitoring", .title = "Monitoring", .path = "monitoring/state", .format = FORMAT_STATE },
	{ .name = "launched", .title = "Launched", .path = "launchTime", .format = FORMAT_TIME },
	{ .name = "reason", .title = "Reason", .path = "reason" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

/* By id, 100 a call: one call a screen, whatever the fleet's size. */
static const struct join joins[] = {
	{ .name = "status", .operation = &describe_instance_status, .rows = "instanceStatusSet/item",
	  .key = "instanceId", .here = "instanceId", .ids = "InstanceIds[]", .batch = 100, .scope = JOIN_VISIBLE,
	  .refresh = 60 },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Volumes", .resource = "volumes", .enter = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "attachment.instance-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "instanceId" } } },
	{ .title = "Network interfaces", .resource = "network-interfaces", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "attachment.instance-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "instanceId" } } },
	{ .title = "Addresses", .resource = "addresses", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "instance-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "instanceId" } } },
	{ .title = "First security group", .resource = "security-groups", .arguments = {
		{ .parameter = "GroupIds[0]", .path = "groupSet/item/groupId" } } },
	{ .title = "Rules of its first group", .resource = "security-group-rules", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "group-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "groupSet/item/groupId" } } },
	{ .title = "Subnet", .resource = "subnets", .arguments = {
		{ .parameter = "SubnetIds[0]", .path = "subnetId" } } },
	{ .title = "VPC", .resource = "vpcs", .arguments = {
		{ .parameter = "VpcIds[0]", .path = "vpcId" } } },
	{ .title = "Image", .resource = "images", .arguments = {
		{ .parameter = "ImageIds[0]", .path = "imageId" } } },
	{ .title = "Status and events", .resource = "instance-status", .arguments = {
		{ .parameter = "InstanceIds[0]", .path = "instanceId" } } },
	{ .title = "Instance type", .resource = "instance-types", .arguments = {
		{ .parameter = "InstanceTypes[0]", .path = "instanceType" } } },
	{ .title = "Key pair", .resource = "key-pairs", .arguments = {
		{ .parameter = "KeyNames[0]", .path = "keyName" } } },
	{ .title = "Placement group", .resource = "placement-groups", .arguments = {
		{ .parameter = "GroupNames[0]", .path = "placement/groupName" } } },
	{ .title = "Launch template", .resource = "launch-templates", .arguments = {
		{ .parameter = "LaunchTemplateIds[0]", .path = "tagSet/[key=aws:ec2launchtemplate:id]/value" } } },
	{ .title = "Spot request", .resource = "spot-requests", .arguments = {
		{ .parameter = "SpotInstanceRequestIds[0]", .path = "spotInstanceRequestId" } } },
	{ .title = "Reservations of its type", .resource = "reserved-instances", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "instance-type" },
		{ .parameter = "Filters[0].Values[0]", .path = "instanceType" } } },
	{ .title = "Instances of the same VPC", .resource = "instances", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "vpc-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "vpcId" } } },
	{ .title = "Instances of the same image", .resource = "instances", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "image-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "imageId" } } },
	{ .title = "Instances of the same scaling group", .resource = "instances", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "tag:aws:autoscaling:groupName" },
		{ .parameter = "Filters[0].Values[0]", .path = "tagSet/[key=aws:autoscaling:groupName]/value" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = DESCRIBE_INSTANCES_ROWS },
	{ 0 }
};

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
	{ .name = "force", .title = "Force",
	  .help = "Without waiting for the system to shut down: what is not written yet may be lost",
	  .type = FIELD_SWITCH, .parameter = "Force" },
	{ .name = "hibernate", .title = "Hibernate",
	  .help = "Keeps its memory, where that was enabled at launch", .type = FIELD_SWITCH,
	  .parameter = "Hibernate" },
	{ 0 }
};

#define STATE_ANSWER { .rows = "instancesSet/item", .id = "instanceId", .state = "currentState/name" }
#define STATE "instanceState/name"

/* Stopping takes a machine from those who use it. */
static const struct action actions[] = {
	{ .name = "start", .title = "Start", .key = 's', .kind = EFFECT_CHANGE, .operation = &start_instances,
	  .target = "InstanceIds[]", .batch = 100, .answer = STATE_ANSWER, .wait_path = STATE,
	  .wait_value = "running", .wait_bad = "stopped shutting-down terminated", .undo = "stop" },
	{ .name = "stop", .title = "Stop", .key = 'p', .kind = EFFECT_DISRUPT, .operation = &stop_instances,
	  .target = "InstanceIds[]", .batch = 100, .answer = STATE_ANSWER, .wait_path = STATE,
	  .wait_value = "stopped", .wait_bad = "running shutting-down terminated", .undo = "start",
	  .fields = stop_fields },
	{ .name = "reboot", .title = "Reboot", .key = 'b', .kind = EFFECT_DISRUPT, .operation = &reboot_instances,
	  .target = "InstanceIds[]", .batch = 100, .wait_path = STATE },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "terminate", .title = "Terminate", .key = 'x', .kind = EFFECT_DESTROY,
	  .operation = &terminate_instances, .target = "InstanceIds[]", .batch = 100, .answer = STATE_ANSWER,
	  .wait_path = STATE, .wait_value = "terminated" },
	{ 0 }
};

static const struct saved_view views[] = {
	{ .name = "public", .title = "With a public address", .filter = "public_ip:.",
	  .columns = "name,instance,state,type,public_ip,private_ip,zone,up", .sort = "name" },
	{ .name = "stopped", .title = "Stopped, the longest ago started first", .filter = "state=stopped",
	  .columns = "name,instance,state,type,reason,launched,zone", .sort = "launched" },
	{ .name = "imdsv1", .title = "Whose metadata still answers without a token", .filter = "imds:v1",
	  .columns = "name,instance,state,imds,role,type,zone", .sort = "name" },
	{ 0 }
};

static const struct resource instances = {
	.name = "instances", .aliases = "ec2 i", .title = "Instances", .one = "instance",
	.list = &describe_instances, .rows = rows,
	.identity = { "instanceId" }, .label = "tagSet/[key=Name]/value",
	.columns = columns, .sort = "name,instance", .joins = joins, .drills = drills, .actions = actions,
	.views = views,
	.tags = { "tagSet/item", "key", "value" }, .account_path = "../../ownerId",
	.get = "InstanceIds[]", .id_prefix = "i-",
	.arn = "arn:{partition}:ec2:{region}:{account}:instance/{id}",
	.console = EC2_CONSOLE "InstanceDetails:instanceId={id}",
	.hidden = hidden_instance, .refresh = 20, .refresh_many = 60
};

const struct resource *ec2_instances(void)
{
	return &instances;
}
