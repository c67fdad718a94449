/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = TAG_NAME "|description", .format = FORMAT_NATURAL,
	  .w80 = 14, .w132 = 18, .grow = 1, .keep = true },
	{ .name = "interface", .title = "Interface", .path = "networkInterfaceId", .w80 = 21, .w132 = 21,
	  .wmany = 255 },
	{ .name = "state", .title = "State", .path = "status", .format = FORMAT_STATE, .w80 = 11, .w132 = 11,
	  .keep = true },
	{ .name = "attached_to", .title = "Attached to", .path = "attachment/instanceId",
	  .derive = derive_tagged_name, .join = "instance", .w80 = 13, .w132 = 20 },
	{ .name = "private_ip", .title = "Private IP", .path = "privateIpAddress", .format = FORMAT_ADDRESS,
	  .w80 = 15, .w132 = 15 },
	{ .name = "public_ip", .title = "Public IP", .path = "association/publicIp", .format = FORMAT_ADDRESS,
	  .w132 = 15 },
	{ .name = "zone", .title = "Zone", .path = "availabilityZone", .w132 = 15, .wmany = 15, .zone = true },
	{ .name = "type", .title = "Type", .path = "interfaceType" },
	{ .name = "groups", .title = "Groups", .derive = derive_interface_groups },
	{ .name = "subnet", .title = "Subnet", .path = "subnetId" },
	{ .name = "vpc", .title = "VPC", .path = "vpcId" },
	{ .name = "device", .title = "Device", .path = "attachment/deviceIndex", .format = FORMAT_NUMBER },
	{ .name = "delete_on_termination", .title = "DOT", .path = "attachment/deleteOnTermination",
	  .format = FORMAT_BOOL },
	{ .name = "check", .title = "Src/dst check", .path = "sourceDestCheck", .format = FORMAT_BOOL },
	{ .name = "managed", .title = "AWS's", .path = "requesterManaged", .format = FORMAT_BOOL },
	{ .name = "mac", .title = "MAC", .path = "macAddress" },
	{ .name = "description", .title = "Description", .path = "description" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "NetworkInterfaceIds[]", .wire = "NetworkInterfaceId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeNetworkInterfaces", .effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters, .paging = EC2_PAGING
};

static const struct join joins[] = {
	{ .name = "instance", .operation = &describe_instances, .rows = DESCRIBE_INSTANCES_ROWS,
	  .key = "instanceId", .here = "attachment/instanceId", .ids = "InstanceIds[]", .batch = 100,
	  .scope = JOIN_VISIBLE, .refresh = 300 },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Instance", .resource = "instances", .enter = true, .up = true, .arguments = {
		{ .parameter = "InstanceIds[0]", .path = "attachment/instanceId" } } },
	DRILL_BY("Rules of its first group", "security-group-rules", "group-id", "groupSet/item/groupId"),
	DRILL_TO("First group", "security-groups", "GroupIds[0]", "groupSet/item/groupId"),
	DRILL_TO("Subnet", "subnets", "SubnetIds[0]", "subnetId"),
	DRILL_TO("VPC", "vpcs", "VpcIds[0]", "vpcId"),
	USED_BY("Addresses", "addresses", "network-interface-id", "networkInterfaceId"),
	DRILL_BY("Interfaces of the same subnet", "network-interfaces", "subnet-id", "subnetId"),
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "networkInterfaceSet/item" },
	{ 0 }
};

static const struct parameter create_parameters[] = {
	{ .path = "SubnetId" },
	{ .path = "Description" },
	{ .path = "PrivateIpAddress" },
	{ .path = "Groups[]", .wire = "SecurityGroupId.N" },
	CLIENT_TOKEN,
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

static const struct operation create = {
	.name = "CreateNetworkInterface", .effect = EFFECT_CHANGE, .repeat = REPEAT_TOKEN,
	.parameters = create_parameters
};

static const struct parameter attach_parameters[] = {
	{ .path = "NetworkInterfaceId" },
	{ .path = "InstanceId" },
	{ .path = "DeviceIndex", .type = VALUE_INTEGER },
	DRY_RUN,
	{ 0 }
};

/* A second one is refused: it is in use. */
static const struct operation attach = {
	.name = "AttachNetworkInterface", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = attach_parameters
};

static const struct parameter detach_parameters[] = {
	{ .path = "AttachmentId" },
	{ .path = "Force", .type = VALUE_BOOLEAN },
	DRY_RUN,
	{ 0 }
};

static const struct operation detach = {
	.name = "DetachNetworkInterface", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = detach_parameters
};

static const struct parameter groups_parameters[] = {
	{ .path = "NetworkInterfaceId" },
	{ .path = "Groups[]", .wire = "SecurityGroupId.N" },
	DRY_RUN,
	{ 0 }
};

static const struct operation set_groups = {
	.name = "ModifyNetworkInterfaceAttribute", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = groups_parameters
};

static const struct parameter check_parameters[] = {
	{ .path = "NetworkInterfaceId" },
	{ .path = "SourceDestCheck.Value", .type = VALUE_BOOLEAN },
	DRY_RUN,
	{ 0 }
};

static const struct operation set_check = {
	.name = "ModifyNetworkInterfaceAttribute", .effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = check_parameters
};

static const struct parameter delete_parameters[] = ONE_ID("NetworkInterfaceId");

static const struct operation delete = {
	.name = "DeleteNetworkInterface", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = delete_parameters
};

static const struct field_list subnet_list = { .resource = "subnets" };
static const struct field_list group_list = { .resource = "security-groups", .arguments = {
	FILTER_IS("vpc-id", "vpcId") } };
static const struct field_list instance_list = { .resource = "instances", .arguments = {
	FILTER_IS("availability-zone", "availabilityZone") } };
static const struct argument tagged[] = TAGGED("network-interface");

static const struct action_field create_fields[] = {
	{ .name = "subnet", .title = "Subnet", .type = FIELD_LIVE, .live = &subnet_list, .parameter = "SubnetId",
	  .path = "subnetId", .required = true },
	{ .name = "groups", .title = "Groups", .help = "Without: the default group of its VPC.", .type = FIELD_LIVE,
	  .live = &group_list, .parameter = "Groups[]" },
	{ .name = "address", .title = "Private address", .help = "Without: AWS chooses a free one.",
	  .parameter = "PrivateIpAddress", .check = check_address },
	{ .name = "description", .title = "Description", .parameter = "Description" },
	TAG_FIELD(tagged),
	{ 0 }
};

static const struct action_field attach_fields[] = {
	{ .name = "instance", .title = "Instance of its zone", .type = FIELD_LIVE, .live = &instance_list,
	  .parameter = "InstanceId", .required = true },
	{ .name = "device", .title = "Device index", .type = FIELD_NUMBER, .low = 1, .high = 15, .value = "1",
	  .parameter = "DeviceIndex" },
	{ 0 }
};

static const struct action_field detach_fields[] = {
	{ .name = "force", .title = "Without waiting for the instance", .type = FIELD_SWITCH, .parameter = "Force",
	  .value = "false" },
	{ 0 }
};

static const struct action_field groups_fields[] = {
	{ .name = "groups", .title = "Groups, all that it is to have", .type = FIELD_LIVE, .live = &group_list,
	  .parameter = "Groups[]", .required = true },
	{ 0 }
};

static const struct action_field check_fields[] = {
	{ .name = "on", .title = "Drop what is not from it or for it",
	  .help = "Off where it routes for others: NAT, VPN.", .type = FIELD_SWITCH,
	  .parameter = "SourceDestCheck.Value", .path = "sourceDestCheck", .required = true },
	{ 0 }
};

static const struct row_argument attachment[] = {
	{ "AttachmentId", "attachment/attachmentId" },
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New interface", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &create, .fields = create_fields,
	  .answer = { .made = "networkInterface/networkInterfaceId" } },
	{ .name = "attach", .title = "Attach to an instance", .key = 'a', .kind = EFFECT_CHANGE, .on = ON_ROW,
	  .where = "status=available", .operation = &attach, .target = "NetworkInterfaceId",
	  .fields = attach_fields, .wait_path = "status", .wait_value = "in-use", .undo = "detach" },
	{ .name = "detach", .title = "Detach", .key = 'd', .kind = EFFECT_DISRUPT, .where = "status=in-use",
	  .operation = &detach, .row_arguments = attachment, .fields = detach_fields, .wait_path = "status",
	  .wait_value = "available" },
	{ .name = "groups", .title = "Groups", .key = 'g', .kind = EFFECT_DISRUPT, .operation = &set_groups,
	  .target = "NetworkInterfaceId", .fields = groups_fields },
	{ .name = "check", .title = "Source/destination check", .key = 'o', .kind = EFFECT_CHANGE,
	  .operation = &set_check, .target = "NetworkInterfaceId", .fields = check_fields },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .where = "status=available",
	  .operation = &delete, .target = "NetworkInterfaceId" },
	{ 0 }
};

static const struct resource network_interfaces = {
	.name = "network-interfaces", .aliases = "eni", .title = "Network interfaces", .one = "network interface",
	.list = &describe, .rows = rows, .identity = { "networkInterfaceId" }, .label = TAG_NAME,
	.columns = columns, .sort = "name,interface", .joins = joins, .drills = drills, .actions = actions,
	.tags = TAGS, .account_path = "ownerId", .get = "NetworkInterfaceIds[]", .id_prefix = "eni-",
	.arn = EC2_ARN("network-interface"), .console = EC2_CONSOLE "NetworkInterface:networkInterfaceId={id}"
};

const struct resource *ec2_network_interfaces(void)
{
	return &network_interfaces;
}
