/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/image_create.h"
#include "catalogue/ec2/instance_launch.h"
#include "catalogue/ec2/instance_more.h"
#include "catalogue/ec2/reads.h"
#include "catalogue/ec2/tag_actions.h"
#include "catalogue/ec2/work_fields.h"

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

#define STATE_ANSWER { .rows = "instancesSet/item", .id = "instanceId", .state = "currentState/name" }
#define STATE "instanceState/name"
#define BAD_STOP "running shutting-down terminated"
#define ALIVE STATE "=pending running stopping stopped"
#define ATTRIBUTE .operation = &modify_attribute, .target = "InstanceId", .where = ALIVE

static const struct action_field image_fields[] = {
	IMAGE_FIELDS,
	{ 0 }
};

/* Stopping takes a machine from those who use it. */
static const struct action actions[] = {
	{ .name = "launch", .title = "Launch like this", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .help = "Launches new instances; what is not said is as with the one it is called on.",
	  .operation = &run_instances, .reads = launch_reads, .fields = launch_fields, .notes = launch_notes,
	  .answer = { .made = "instancesSet/item/instanceId" }, .wait_path = STATE, .wait_value = "running",
	  .wait_bad = "stopped shutting-down terminated" },
	{ .name = "start", .title = "Start", .key = 's', .kind = EFFECT_CHANGE, .operation = &start_instances,
	  .target = "InstanceIds[]", .batch = 100, .where = STATE "=stopped", .answer = STATE_ANSWER,
	  .wait_path = STATE, .wait_value = "running", .wait_bad = "stopped shutting-down terminated",
	  .undo = "stop" },
	{ .name = "stop", .title = "Stop", .key = 'p', .kind = EFFECT_DISRUPT, .operation = &stop_instances,
	  .help = "Shuts it down and keeps its EBS volumes. While it is stopped only they are paid for.",
	  .target = "InstanceIds[]", .batch = 100, .where = STATE "=running stopping", .answer = STATE_ANSWER,
	  .wait_path = STATE, .wait_value = "stopped", .wait_bad = BAD_STOP, .undo = "start",
	  .fields = stop_fields, .notes = stop_notes },
	{ .name = "hibernate", .title = "Hibernate", .key = 'z', .kind = EFFECT_DISRUPT, .operation = &stop_instances,
	  .help = "Stops it and keeps its memory on the root volume, where that was enabled at launch.",
	  .arguments = hibernate_arguments, .target = "InstanceIds[]", .batch = 100, .where = STATE "=running",
	  .answer = STATE_ANSWER, .wait_path = STATE, .wait_value = "stopped", .wait_bad = BAD_STOP,
	  .undo = "start", .notes = hibernate_notes },
	{ .name = "reboot", .title = "Reboot", .key = 'b', .kind = EFFECT_DISRUPT, .operation = &reboot_instances,
	  .help = "Its memory is lost, its addresses and volumes stay.",
	  .target = "InstanceIds[]", .batch = 100, .where = STATE "=running", .wait_path = STATE },
	{ .name = "modify", .title = "Change type", .key = 'm', .kind = EFFECT_CHANGE,
	  .help = "Only while it is stopped.", .operation = &modify_attribute, .target = "InstanceId",
	  .where = STATE "=stopped", .wait_path = STATE, .fields = type_fields },
	{ .name = "user-data", .title = "User data", .key = 'u', .kind = EFFECT_CHANGE, .on = ON_ROW,
	  .help = "Only while it is stopped.", .operation = &modify_attribute, .target = "InstanceId",
	  .where = STATE "=stopped", .reads = data_reads, .fields = data_fields },
	{ .name = "groups", .title = "Security groups", .key = 'g', .kind = EFFECT_CHANGE, ATTRIBUTE,
	  .help = "Of its only network interface; connections that no group lets in any more end.",
	  .fields = groups_fields },
	{ .name = "role", .title = "Role", .key = 'e', .kind = EFFECT_CHANGE, .on = ON_ROW,
	  .help = "Gives it an instance profile, puts another in its place, or takes it away.",
	  .operation = &associate_profile, .turns = role_turns, .reads = role_reads, .target = "InstanceId",
	  .where = ALIVE, .fields = role_fields, .notes = role_notes },
	{ .name = "monitor", .title = "Detailed monitoring", .key = 'w', .kind = EFFECT_CHANGE,
	  .operation = &monitor_instances, .turns = monitor_turns, .target = "InstanceIds[]", .batch = 100,
	  .where = ALIVE, .fields = monitor_fields, .notes = monitor_notes,
	  .answer = { .rows = "instancesSet/item", .id = "instanceId", .state = "monitoring/state" },
	  .wait_path = "monitoring/state" },
	{ .name = "protect", .title = "Protection against termination", .key = 'o', .kind = EFFECT_CHANGE, ATTRIBUTE,
	  .reads = protect_reads, .fields = protect_fields },
	{ .name = "protect-stop", .title = "Protection against stopping", .key = 'k', .kind = EFFECT_CHANGE, ATTRIBUTE,
	  .reads = protect_stop_reads, .fields = protect_stop_fields },
	{ .name = "shutdown", .title = "When it shuts itself down", .key = 'd', .kind = EFFECT_CHANGE, ATTRIBUTE,
	  .reads = shutdown_reads, .fields = shutdown_fields, .notes = shutdown_notes },
	{ .name = "source-check", .title = "Source and destination check", .key = 'r', .kind = EFFECT_CHANGE, ATTRIBUTE,
	  .fields = source_fields, .notes = source_notes },
	{ .name = "attach", .title = "Attach a volume", .key = 'v', .kind = EFFECT_CHANGE, .on = ON_ROW,
	  .operation = &attach_volume, .target = "InstanceId", .where = STATE "=running stopped",
	  .fields = attach_fields },
	{ .name = "keep-volume", .title = "Volume that goes or stays", .key = 'j', .kind = EFFECT_CHANGE, ATTRIBUTE,
	  .help = "Whether a volume is deleted when the instance is terminated.", .fields = volume_fields },
	{ .name = "metadata", .title = "Metadata options", .key = 'h', .kind = EFFECT_CHANGE,
	  .help = "How its programs ask for their credentials (IMDS).", .operation = &modify_metadata,
	  .target = "InstanceId", .where = ALIVE, .fields = metadata_fields, .notes = metadata_notes,
	  .wait_path = "metadataOptions/state", .wait_value = "applied" },
	{ .name = "console", .title = "Console output", .key = 'c', .kind = EFFECT_READ, .on = ON_ROW,
	  .operation = &get_console_output, .target = "InstanceId", .fields = console_fields,
	  .answer = { .text = "output", .decode = decode_base64 } },
	{ .name = "password", .title = "Password of Windows", .key = 'q', .kind = EFFECT_READ_SECRET, .on = ON_ROW,
	  .help = "Decrypts the administrator's first password with the private key of its key pair.",
	  .operation = &get_password_data, .target = "InstanceId", .fields = password_fields,
	  .answer = { .text = "passwordData", .decode = decode_password } },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "image", .title = "Make an image", .key = 'i', .kind = EFFECT_CHANGE, .on = ON_ROW,
	  .help = "With a snapshot of each of its volumes.", .operation = &create_image, .target = "InstanceId",
	  .where = STATE "=running stopped", .fields = image_fields, .answer = { .made = "imageId" },
	  .makes = "images", .wait_path = "imageState", .wait_value = "available",
	  .wait_bad = "failed error invalid deregistered" },
	{ .name = "firewall", .title = "Open the firewall while logged in", .key = 'f', .kind = EFFECT_CHANGE,
	  .help = "Lets one address in, runs ssh, and closes again when that ends, or when this program dies.",
	  .on = ON_ROW, .where = STATE "=running", .workflow = "firewall", .fields = firewall_fields },
	{ .name = "convert", .title = "Copy to an image on EBS, step by step", .key = 'a', .kind = EFFECT_CHANGE,
	  .help = "A volume beside it, lines to paste that copy its files there, a snapshot, an image of that. It goes "
		"on after this program was closed; jobs shows it.",
	  .on = ON_ROW, .where = STATE "=running", .workflow = "convert", .fields = convert_fields },
	{ .name = "terminate", .title = "Terminate", .key = 'x', .kind = EFFECT_DESTROY,
	  .operation = &terminate_instances, .target = "InstanceIds[]", .batch = 100, .answer = STATE_ANSWER,
	  .where = ALIVE, .wait_path = STATE, .wait_value = "terminated", .notes = terminate_notes,
	  .dependents = terminate_dependents },
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
	.views = views, .connect = ec2_connect,
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
