/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = TAG_NAME, .format = FORMAT_NATURAL,
	  .w80 = 14, .w132 = 20, .grow = 1, .keep = true },
	{ .name = "address", .title = "Address", .path = "publicIp", .format = FORMAT_ADDRESS,
	  .w80 = 15, .w132 = 15, .keep = true },
	{ .name = "state", .title = "State", .path = "associationId", .derive = derive_address_state,
	  .format = FORMAT_STATE, .w80 = 8, .w132 = 8, .keep = true },
	{ .name = "used_by", .title = "Used by", .path = "instanceId|networkInterfaceId",
	  .derive = derive_tagged_name, .join = "instance", .w80 = 21, .w132 = 21 },
	{ .name = "private_ip", .title = "Private IP", .path = "privateIpAddress", .format = FORMAT_ADDRESS,
	  .w80 = 13, .w132 = 15 },
	{ .name = "allocation", .title = "Allocation", .path = "allocationId", .w132 = 26 },
	{ .name = "interface", .title = "Interface", .path = "networkInterfaceId" },
	{ .name = "association", .title = "Association", .path = "associationId" },
	{ .name = "pool", .title = "Pool", .path = "publicIpv4Pool" },
	{ .name = "border_group", .title = "Border group", .path = "networkBorderGroup" },
	{ .name = "domain", .title = "Domain", .path = "domain" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "AllocationIds[]", .wire = "AllocationId.N" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeAddresses", .effect = EFFECT_READ, .repeat = REPEAT_SAFE, .parameters = parameters
};

static const struct join joins[] = {
	{ .name = "instance", .operation = &describe_instances, .rows = DESCRIBE_INSTANCES_ROWS,
	  .key = "instanceId", .here = "instanceId", .ids = "InstanceIds[]", .batch = 100, .scope = JOIN_VISIBLE,
	  .refresh = 300 },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Instance", .resource = "instances", .enter = true, .up = true, .arguments = {
		{ .parameter = "InstanceIds[0]", .path = "instanceId" } } },
	{ .title = "Network interface", .resource = "network-interfaces", .up = true, .arguments = {
		{ .parameter = "NetworkInterfaceIds[0]", .path = "networkInterfaceId" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "addressesSet/item" },
	{ 0 }
};

static const struct parameter allocate_parameters[] = {
	{ .path = "Domain" },
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

/* Each is paid for: never sent twice. */
static const struct operation allocate = {
	.name = "AllocateAddress", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = allocate_parameters
};

static const struct parameter associate_parameters[] = {
	{ .path = "AllocationId" },
	{ .path = "InstanceId" },
	{ .path = "NetworkInterfaceId" },
	{ .path = "AllowReassociation", .type = VALUE_BOOLEAN },
	DRY_RUN,
	{ 0 }
};

static const struct operation associate = {
	.name = "AssociateAddress", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = associate_parameters
};

static const struct parameter disassociate_parameters[] = ONE_ID("AssociationId");

static const struct operation disassociate = {
	.name = "DisassociateAddress", .effect = EFFECT_DISRUPT, .repeat = REPEAT_SAFE,
	.parameters = disassociate_parameters
};

static const struct parameter release_parameters[] = ONE_ID("AllocationId");

static const struct operation release = {
	.name = "ReleaseAddress", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE, .parameters = release_parameters
};

static const struct field_list instance_list = { .resource = "instances" };
static const struct field_list interface_list = { .resource = "network-interfaces" };
static const struct argument tagged[] = TAGGED("elastic-ip");
static const struct argument in_vpc[] = { { .path = "Domain", .value = "vpc" }, { 0 } };

static const struct action_field allocate_fields[] = {
	TAG_FIELD(tagged),
	{ 0 }
};

static const struct action_field associate_fields[] = {
	{ .name = "to", .title = "With an", .type = FIELD_CHOICE, .choices = "instance interface",
	  .value = "instance" },
	{ .name = "instance", .title = "Instance", .type = FIELD_LIVE, .live = &instance_list,
	  .parameter = "InstanceId", .when = "to=instance", .required = true },
	{ .name = "interface", .title = "Interface", .type = FIELD_LIVE, .live = &interface_list,
	  .parameter = "NetworkInterfaceId", .when = "to=interface", .required = true },
	{ .name = "move", .title = "Take it from who has it now", .type = FIELD_SWITCH, .value = "false",
	  .parameter = "AllowReassociation" },
	{ 0 }
};

static const struct row_argument association[] = {
	{ "AssociationId", "associationId" },
	{ 0 }
};

static const struct action_note allocate_notes[] = {
	{ .text = "AWS charges for every public IPv4 address by the hour." },
	{ 0 }
};

static const struct action_note release_notes[] = {
	{ .text = "It goes back to AWS: nobody can promise that you get this address again." },
	{ .path = "associationId", .text = "It is in use: AWS refuses until it is disassociated." },
	{ 0 }
};

static const struct action_note associate_notes[] = {
	{ .text = "The address that the instance has now is lost, unless it is an elastic one." },
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "allocate", .title = "New address", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &allocate, .arguments = in_vpc, .fields = allocate_fields, .notes = allocate_notes,
	  .answer = { .made = "allocationId" } },
	{ .name = "associate", .title = "Associate", .key = 'a', .kind = EFFECT_DISRUPT, .on = ON_ROW,
	  .operation = &associate, .target = "AllocationId", .fields = associate_fields, .notes = associate_notes },
	{ .name = "disassociate", .title = "Disassociate", .key = 'd', .kind = EFFECT_DISRUPT,
	  .operation = &disassociate, .row_arguments = association },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "release", .title = "Release", .key = 'x', .kind = EFFECT_DESTROY, .operation = &release,
	  .target = "AllocationId", .notes = release_notes },
	{ 0 }
};

static const struct resource addresses = {
	.name = "addresses", .aliases = "eip", .title = "Elastic addresses", .one = "address",
	.list = &describe, .rows = rows, .identity = { "allocationId|publicIp" }, .label = TAG_NAME,
	.columns = columns, .sort = "name,address", .joins = joins, .drills = drills, .actions = actions, .tags = TAGS,
	.get = "AllocationIds[]", .id_prefix = "eipalloc-", .arn = EC2_ARN("elastic-ip"),
	.console = EC2_CONSOLE "ElasticIpDetails:AllocationId={id}"
};

const struct resource *ec2_addresses(void)
{
	return &addresses;
}
