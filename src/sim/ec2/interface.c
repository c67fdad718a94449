/* SPDX-License-Identifier: MIT */
/*
 * Network interfaces: the first one of every instance is made when it is
 * asked for; those that requests and gateways have made are stored.
 */
#include "sim/ec2/cidr.h"
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/parts.h"
#include "sim/ec2/use.h"
#include "sim/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t made(const struct world *w)
{
	return instance_slots(w);
}

static void set_id_text(struct thing *t, const char *path,
	const char *prefix, uint64_t id)
{
	char text[32];

	world_id_text(prefix, id, text);
	thing_set(t, path, "%s", text);
}

static void set_address(struct thing *t, const struct world *w,
	unsigned address)
{
	char text[24];

	address_text(address, text);
	thing_set(t, "privateIpAddress", "%s", text);
	thing_set(t, "privateIpAddressesSet/1/privateIpAddress", "%s", text);
	thing_set(t, "privateIpAddressesSet/1/primary", "true");
	thing_set(t, "macAddress", "0a:%02x:%02x:%02x:%02x:%02x",
		(unsigned)(w->key & 255), address >> 24 & 255,
		address >> 16 & 255, address >> 8 & 255, address & 255);
}

static void set_public(struct thing *t, const char *address,
	const struct thing *elastic, const char *owner)
{
	static const char *const bases[] = {
		"association", "privateIpAddressesSet/1/association"
	};

	for (size_t i = 0; i < 2; i++) {
		char path[80];

		snprintf(path, sizeof(path), "%s/publicIp", bases[i]);
		thing_set(t, path, "%s", address);
		snprintf(path, sizeof(path), "%s/ipOwnerId", bases[i]);
		thing_set(t, path, "%s", owner);
		if (!elastic)
			continue;
		snprintf(path, sizeof(path), "%s/allocationId", bases[i]);
		thing_set(t, path, "%s", elastic->id);
		snprintf(path, sizeof(path), "%s/associationId", bases[i]);
		thing_set(t, path, "%s", thing_get(elastic, "associationId",
			THING_EVER - 1));
	}
}

static void set_attachment(struct thing *t, const struct instance *i)
{
	set_id_text(t, "attachment/attachmentId", "eni-attach-",
		world_id(i->world, ID_ATTACHMENT, i->index));
	thing_set(t, "attachment/instanceId", "%s", i->row.id);
	thing_set(t, "attachment/instanceOwnerId", "%s", i->world->account);
	thing_set(t, "attachment/deviceIndex", "0");
	thing_set(t, "attachment/networkCardIndex", "0");
	thing_set(t, "attachment/status", "attached");
	thing_set(t, "attachment/deleteOnTermination", "true");
}

static void instance_groups(struct call *c, struct thing *t,
	const struct instance *i)
{
	for (unsigned n = 0; n < i->traits.group_count; n++) {
		const struct thing *group;
		char path[48], id[32];

		world_id_text("sg-", i->traits.groups[n], id);
		group = things_find(c->world, group_kind(), id, c->now);
		snprintf(path, sizeof(path), "groupSet/%u/groupId", n + 1);
		thing_set(t, path, "%s", id);
		snprintf(path, sizeof(path), "groupSet/%u/groupName", n + 1);
		thing_set(t, path, "%s", group ? thing_get(group,
			"groupName", c->now) : "");
	}
}

static bool make(struct call *c, uint64_t slot, struct thing *t)
{
	const struct thing *elastic;
	struct instance i;
	char text[24];

	if (!instance_fill(c->world, slot, c->now, &i) ||
		instance_is_gone(&i))
		return false;
	thing_set(t, "networkInterfaceId", "%s", t->id);
	set_id_text(t, "subnetId", "subnet-", i.subnet);
	set_id_text(t, "vpcId", "vpc-", i.vpc);
	thing_set(t, "availabilityZone", "%s", i.zone);
	thing_set(t, "description", "Primary network interface");
	thing_set(t, "ownerId", "%s", c->world->account);
	thing_set(t, "requesterManaged", "false");
	thing_set(t, "status", "in-use");
	set_address(t, c->world, i.address);
	thing_set(t, "sourceDestCheck", i.traits.any_address ? "false" :
		"true");
	instance_groups(c, t, &i);
	set_attachment(t, &i);
	thing_set(t, "interfaceType", "interface");
	if (i.public_address) {
		elastic = things_where(c->world, address_kind(),
			"networkInterfaceId", t->id, c->now);
		address_text(i.public_address, text);
		set_public(t, text, elastic, elastic ? c->world->account :
			"amazon");
	}
	return true;
}

/* The first address of the subnet's end that no other has. */
static unsigned free_address(const struct world *w,
	const struct thing *subnet)
{
	struct cidr cidr = { 0, 32 };
	unsigned last;
	char text[24];

	cidr_parse(thing_get(subnet, "cidrBlock", w->born), &cidr);
	last = cidr.address + (cidr.bits ? ~0u >> cidr.bits : ~0u) - 1;
	for (;; last--) {
		address_text(last, text);
		if (!things_where(w, interface_kind(), "privateIpAddress",
			text, THING_EVER - 1))
			return last;
	}
}

static void place(struct thing *t, const struct world *w,
	const struct thing *subnet, unsigned address)
{
	const char *zone = thing_get(subnet, "availabilityZone", w->born);

	thing_set(t, "subnetId", "%s", subnet->id);
	thing_set(t, "vpcId", "%s", thing_get(subnet, "vpcId", w->born));
	thing_set(t, "availabilityZone", "%s", zone);
	set_address(t, w, address);
}

struct thing *interface_add(struct world *w, const struct thing *subnet,
	const char *description, const char *type)
{
	struct thing *t = things_born(w, interface_kind(), w->born);

	thing_set(t, "description", "%s", description);
	thing_set(t, "interfaceType", "%s", type);
	thing_set(t, "requesterManaged", "true");
	thing_set(t, "status", "in-use");
	place(t, w, subnet, free_address(w, subnet));
	thing_set(t, "groupSet", "%s", "");
	thing_set(t, "attachment/status", "attached");
	thing_set(t, "attachment/instanceOwnerId", "amazon-aws");
	return t;
}

/* The groups of SecurityGroupId.N; without, the VPC's default one. */
static bool set_groups(struct call *c, struct thing *t)
{
	const char *vpc = thing_get(t, "vpcId", c->now);
	struct call_pairs ids = { 0 };
	const struct thing *group;
	size_t cursor = 0;
	char path[48];
	bool ok = true;

	call_list(c, "SecurityGroupId", &ids);
	thing_drop(t, "groupSet");
	while (ids.count == 0 && (group = things_next(c->world, group_kind(),
		c->now, &cursor))) {
		if (!thing_is(group, "groupName", "default", c->now) ||
			!thing_is(group, "vpcId", vpc, c->now))
			continue;
		thing_set(t, "groupSet/1/groupId", "%s", group->id);
		thing_set(t, "groupSet/1/groupName", "default");
	}
	for (size_t i = 0; ok && i < ids.count; i++) {
		group = things_find(c->world, group_kind(),
			ids.items[i].value, c->now);
		if (!group || !thing_is(group, "vpcId", vpc, c->now)) {
			ok = call_error(c, 400, "InvalidGroup.NotFound", "The "
				"security group '%s' does not exist in VPC "
				"'%s'", ids.items[i].value, vpc);
			break;
		}
		snprintf(path, sizeof(path), "groupSet/%zu/groupId", i + 1);
		thing_set(t, path, "%s", group->id);
		snprintf(path, sizeof(path), "groupSet/%zu/groupName", i + 1);
		thing_set(t, path, "%s", thing_get(group, "groupName",
			c->now));
	}
	free(ids.items);
	return ok;
}

static bool check_address(struct call *c, const struct thing *subnet,
	unsigned *out)
{
	const char *given = call_param(c, "PrivateIpAddress");
	struct cidr cidr, one = { 0, 32 };

	*out = free_address(c->world, subnet);
	if (!given)
		return true;
	cidr_parse(thing_get(subnet, "cidrBlock", c->now), &cidr);
	if (!address_parse(given, &one.address))
		return call_error(c, 400, "InvalidParameterValue", "Invalid "
			"value '%s' for privateIpAddress", given);
	*out = one.address;
	if (!cidr_within(&one, &cidr) || one.address - cidr.address < 4)
		return call_error(c, 400, "InvalidParameterValue", "Address "
			"does not fall within the subnet's address range");
	return !things_used(c, interface_kind(), "privateIpAddress", given) ||
		call_error(c, 400, "InvalidIPAddress.InUse", "Address %s is "
			"in use.", given);
}

static void create(struct call *c)
{
	struct thing *subnet = things_need(c, subnet_kind(), "SubnetId");
	struct thing *t = subnet ? things_draft(c, interface_kind()) : NULL;
	unsigned address;

	if (!t)
		return;
	if (!check_address(c, subnet, &address)) {
		thing_free(t);
		return;
	}
	place(t, c->world, subnet, address);
	if (!set_groups(c, t)) {
		thing_free(t);
		return;
	}
	thing_set(t, "status", "pending");
	thing_later(t, c->now + 2000, "status", "available");
	if (things_add(c, t))
		things_reply(c, t, "networkInterface");
}

static void delete(struct call *c)
{
	struct thing *t = things_need(c, interface_kind(),
		"NetworkInterfaceId");

	if (!t)
		return;
	if (thing_is(t, "status", "in-use", c->now)) {
		call_error(c, 400, "InvalidParameterValue", "Network "
			"interface '%s' is currently in use.", t->id);
		return;
	}
	if (ec2_dry_run(c))
		return;
	things_remove(t, c->now);
	ec2_reply_true(c);
}

static void attach(struct call *c)
{
	const char *device = ec2_need(c, "DeviceIndex");
	const char *id = device ? ec2_need(c, "InstanceId") : NULL;
	struct thing *t = id ? things_need(c, interface_kind(),
		"NetworkInterfaceId") : NULL;
	struct instance i;
	char part[EC2_ID_MOST];

	if (!t || !ec2_list_find(c, instance_list(), id, &i))
		return;
	if (thing_is(t, "status", "in-use", c->now)) {
		call_error(c, 400, "InvalidParameterValue", "Network "
			"interface '%s' is currently in use.", t->id);
		return;
	}
	if (!thing_is(t, "availabilityZone", i.zone, c->now)) {
		call_error(c, 400, "InvalidParameterCombination", "You may "
			"not attach a network interface to an instance if "
			"they are not in the same availability zone");
		return;
	}
	if (!strcmp(device, "0") || things_where(c->world, interface_kind(),
		"attachment/instanceId", id, c->now)) {
		call_error(c, 400, "InvalidParameterValue", "Instance '%s' "
			"already has an interface attached at device index "
			"'%s'.", id, device);
		return;
	}
	if (ec2_dry_run(c))
		return;
	ec2_part_id(c->world, "eni-attach-", part);
	set_attachment(t, &i);
	thing_set(t, "attachment/attachmentId", "%s", part);
	thing_set(t, "attachment/deviceIndex", "%s", device);
	thing_set(t, "attachment/deleteOnTermination", "false");
	thing_set(t, "status", "in-use");
	call_open(c);
	xml_add(c->out, "<attachmentId>%r</attachmentId>", part);
	call_close(c);
}

static void detach(struct call *c)
{
	const char *id = ec2_need(c, "AttachmentId");
	struct thing *t = id ? things_where(c->world, interface_kind(),
		"attachment/attachmentId", id, c->now) : NULL;

	if (!id)
		return;
	if (!t) {
		if (things_used(c, interface_kind(), "attachment/attachmentId",
			id))
			call_error(c, 400, "OperationNotPermitted", "The "
				"network interface at device index 0 cannot "
				"be detached.");
		else
			call_error(c, 400, "InvalidAttachmentID.NotFound",
				"The interface attachment '%s' does not "
				"exist", id);
		return;
	}
	if (ec2_dry_run(c))
		return;
	thing_drop(t, "attachment");
	thing_set(t, "status", "available");
	ec2_reply_true(c);
}

static void modify(struct call *c)
{
	struct thing *t = things_need(c, interface_kind(),
		"NetworkInterfaceId");
	const char *text = call_param(c, "Description.Value");
	const char *check = call_param(c, "SourceDestCheck.Value");

	if (!t || ec2_dry_run(c))
		return;
	if (call_param(c, "SecurityGroupId.1") && !set_groups(c, t))
		return;
	if (text)
		thing_set(t, "description", "%s", text);
	if (check)
		thing_set(t, "sourceDestCheck", "%s", check);
	ec2_reply_true(c);
}

static const struct thing_member members[] = {
	{ "networkInterfaceId", "network-interface-id", FROM_ID, NULL, NULL },
	{ "subnetId", "subnet-id", FROM_NOTHING, NULL, NULL },
	{ "vpcId", "vpc-id", FROM_NOTHING, NULL, NULL },
	{ "availabilityZone", "availability-zone", FROM_NOTHING, NULL, NULL },
	{ "description", "description", FROM_PARAM, "Description", NULL },
	{ "ownerId", "owner-id", FROM_OWNER, NULL, NULL },
	{ "requesterManaged", "requester-managed", FROM_TEXT, "false", NULL },
	{ "status", "status", FROM_NOTHING, NULL, NULL },
	{ "macAddress", "mac-address", FROM_NOTHING, NULL, NULL },
	{ "privateIpAddress", "private-ip-address addresses.private-ip-address", FROM_NOTHING, NULL, NULL },
	{ "sourceDestCheck", "source-dest-check", FROM_TEXT, "true", NULL },
	{ "groupSet/N/groupId", "group-id", FROM_NOTHING, NULL, NULL },
	{ "groupSet/N/groupName", "group-name", FROM_NOTHING, NULL, NULL },
	{ "attachment/attachmentId", "attachment.attachment-id", FROM_NOTHING, NULL, NULL },
	{ "attachment/instanceId", "attachment.instance-id", FROM_NOTHING, NULL, NULL },
	{ "attachment/status", "attachment.status", FROM_NOTHING, NULL, NULL },
	{ "association/publicIp", "association.public-ip", FROM_NOTHING, NULL, NULL },
	{ "association/allocationId", "association.allocation-id", FROM_NOTHING, NULL, NULL },
	{ "association/associationId", "association.association-id", FROM_NOTHING, NULL, NULL },
	{ "interfaceType", "interface-type", FROM_PARAM, "InterfaceType", "interface" },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "AttachNetworkInterface", .run = attach, .write = true,
	  .parameters = "NetworkInterfaceId InstanceId DeviceIndex" },
	{ .name = "CreateNetworkInterface", .run = create, .write = true,
	  .parameters = EC2_TAGS "SubnetId Description SecurityGroupId.N PrivateIpAddress InterfaceType ClientToken" },
	{ .name = "DeleteNetworkInterface", .run = delete, .write = true, .parameters = "NetworkInterfaceId" },
	{ .name = "DescribeNetworkInterfaces", .run = things_describe,
	  .parameters = EC2_FILTERS EC2_PAGE "NetworkInterfaceId.N" },
	{ .name = "DetachNetworkInterface", .run = detach, .write = true, .parameters = "AttachmentId Force" },
	{ .name = "ModifyNetworkInterfaceAttribute", .run = modify, .write = true,
	  .parameters = "NetworkInterfaceId Description.Value SourceDestCheck.Value SecurityGroupId.N" },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "networkInterfaceSet", .id_param = "NetworkInterfaceId", .id_name = "networkInterface ID",
		.prefix = "eni-", .malformed = "InvalidNetworkInterfaceId.Malformed",
		.not_found = "InvalidNetworkInterfaceID.NotFound", .kind = ID_INTERFACE, .page_most = 1000,
		.stored = true },
	.type = "network-interface", .describe = "DescribeNetworkInterfaces", .members = members,
	.actions = actions, .made = made, .make = make,
};

const struct thing_kind *interface_kind(void)
{
	return &kind;
}
