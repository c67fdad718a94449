/* SPDX-License-Identifier: MIT */
/* Elastic addresses. (EC2 API Reference, AssociateAddress) */
#include "sim/ec2/cidr.h"
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/parts.h"
#include "sim/ec2/use.h"
#include "sim/xml.h"

#include <stdio.h>
#include <string.h>

void address_bind(struct world *w, struct thing *address,
	const char *interface, const char *instance, const char *private_ip)
{
	char id[EC2_ID_MOST];

	ec2_part_id(w, "eipassoc-", id);
	thing_set(address, "associationId", "%s", id);
	thing_set(address, "networkInterfaceId", "%s", interface);
	thing_set(address, "networkInterfaceOwnerId", "%s", w->account);
	thing_set(address, "privateIpAddress", "%s", private_ip);
	if (!instance)
		return;
	thing_set(address, "instanceId", "%s", instance);
	map_set(w->elastic, instance, address);
}

void address_unbind(struct world *w, struct thing *address)
{
	const char *instance = thing_get(address, "instanceId", w->born);

	static const char *const paths[] = {
		"associationId", "networkInterfaceId",
		"networkInterfaceOwnerId", "privateIpAddress", "instanceId"
	};

	if (instance)
		map_remove(w->elastic, instance);
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		thing_drop(address, paths[i]);
}

unsigned address_of_instance(const struct world *w, const char *instance,
	int64_t now)
{
	const struct thing *t = map_count(w->elastic) ?
		map_get(w->elastic, instance) : NULL;
	unsigned address = 0;

	if (t)
		address_parse(thing_get(t, "publicIp", now), &address);
	return address;
}

static void set_public(struct thing *t, const struct world *w,
	unsigned number)
{
	char text[24];

	address_text((52u << 24) + (unsigned)(w->key >> 8 & 0xffff) * 256 +
		number % 256, text);
	thing_set(t, "publicIp", "%s", text);
	thing_set(t, "networkBorderGroup", "%s", w->region->name);
}

/* The bastion has one, two have been forgotten. */
static void seed(struct world *w)
{
	struct instance i;
	char text[24], eni[32];
	struct thing *t;

	for (uint64_t n = 0; n < w->instances; n++) {
		if (!instance_fill(w, n, w->born, &i) || !i.role->name ||
			!str_starts(i.role->name, "bastion") ||
			!i.public_address)
			continue;
		t = things_born(w, address_kind(), w->born);
		address_text(i.public_address, text);
		thing_set(t, "publicIp", "%s", text);
		thing_set(t, "networkBorderGroup", "%s", w->region->name);
		thing_tag(t, "Name", "bastion");
		world_id_text("eni-", i.interface, eni);
		address_text(i.address, text);
		address_bind(w, t, eni, i.row.id, text);
		break;
	}
	for (unsigned n = 0; n < 2; n++) {
		t = things_born(w, address_kind(), w->born);
		set_public(t, w, 10 + n);
		if (n == 0)
			thing_tag(t, "Name", "old-mail");
	}
}

static void allocate(struct call *c)
{
	const char *domain = call_param(c, "Domain");
	struct thing *t;

	if (domain && strcmp(domain, "vpc") != 0) {
		call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
			"parameter domain is invalid.", domain);
		return;
	}
	t = things_draft(c, address_kind());
	if (!t)
		return;
	set_public(t, c->world, 20 + (unsigned)++c->world->made);
	if (!things_add(c, t))
		return;
	call_open(c);
	xml_add(c->out, "<publicIp>%r</publicIp><allocationId>%r"
		"</allocationId><publicIpv4Pool>amazon</publicIpv4Pool>"
		"<networkBorderGroup>%r</networkBorderGroup>"
		"<domain>vpc</domain>", thing_get(t, "publicIp", c->now),
		t->id, c->world->region->name);
	call_close(c);
}

/* By AllocationId, else by PublicIp. NULL: answered. */
static struct thing *find_address(struct call *c)
{
	const char *ip = call_param(c, "PublicIp");
	struct thing *t;

	if (call_param(c, "AllocationId") || !ip)
		return things_need(c, address_kind(), "AllocationId");
	t = things_where(c->world, address_kind(), "publicIp", ip, c->now);
	if (!t)
		call_error(c, 400, "InvalidAddress.NotFound", "Address '%s' "
			"not found.", ip);
	return t;
}

/* The interface that is asked for, of an instance or by its id. */
static bool find_interface(struct call *c, struct thing_row *out)
{
	const char *instance = call_param(c, "InstanceId");
	const char *id = call_param(c, "NetworkInterfaceId");
	struct instance i;
	char eni[32];

	if (!instance && !id)
		return call_error(c, 400, "MissingParameter", "Either "
			"instance ID or network interface id must be "
			"specified");
	if (instance) {
		if (!ec2_list_find(c, instance_list(), instance, &i))
			return false;
		if (instance_is_gone(&i))
			return call_error(c, 400, "IncorrectInstanceState",
				"The instance '%s' is not in a valid state "
				"for this operation.", instance);
		world_id_text("eni-", i.interface, eni);
		id = eni;
	}
	return ec2_list_find(c, &interface_kind()->list, id, out);
}

static bool check_associate(struct call *c, const struct thing *t,
	const struct thing *interface)
{
	const char *again = call_param(c, "AllowReassociation");
	const char *vpc = thing_get(interface, "vpcId", c->now);
	const char *has = thing_get(t, "associationId", c->now);

	if (has && again && !strcmp(again, "false"))
		return call_error(c, 400, "Resource.AlreadyAssociated",
			"resource %s is already associated with associate-id "
			"%s", t->id, has);
	return gateway_is_attached(c->world, vpc, c->now) || call_error(c,
		400, "Gateway.NotAttached", "Network %s is not attached to "
		"any internet gateway", vpc);
}

static void associate(struct call *c)
{
	struct thing *t = find_address(c), *before;
	struct thing_row row;

	if (!t || !find_interface(c, &row) ||
		!check_associate(c, t, row.thing) || ec2_dry_run(c))
		return;
	before = things_where(c->world, address_kind(), "networkInterfaceId",
		row.thing->id, c->now);
	if (before)
		address_unbind(c->world, before);
	address_unbind(c->world, t);
	address_bind(c->world, t, row.thing->id, thing_get(row.thing,
		"attachment/instanceId", c->now), thing_get(row.thing,
		"privateIpAddress", c->now));
	call_open(c);
	xml_add(c->out, "<associationId>%r"
		"</associationId>", thing_get(t, "associationId", c->now));
	call_close(c);
}

static bool is_gateways(struct call *c, const struct thing *t)
{
	return things_where(c->world, nat_kind(),
		"natGatewayAddressSet/N/allocationId", t->id, c->now) != NULL;
}

static void disassociate(struct call *c)
{
	const char *id = call_param(c, "AssociationId");
	struct thing *t = id ? things_where(c->world, address_kind(),
		"associationId", id, c->now) : find_address(c);

	if (!t) {
		if (id)
			call_error(c, 400, "InvalidAssociationID.NotFound",
				"The association ID '%s' does not exist", id);
		return;
	}
	if (is_gateways(c, t)) {
		call_error(c, 400, "OperationNotPermitted", "You are not "
			"allowed to manage 'ela-attach' attachments.");
		return;
	}
	if (ec2_dry_run(c))
		return;
	address_unbind(c->world, t);
	ec2_reply_true(c);
}

static void release(struct call *c)
{
	struct thing *t = find_address(c);

	if (!t)
		return;
	if (thing_get(t, "associationId", c->now)) {
		call_error(c, 400, "InvalidIPAddress.InUse", "Address %s is "
			"in use.", thing_get(t, "publicIp", c->now));
		return;
	}
	if (ec2_dry_run(c))
		return;
	things_remove(t, c->now);
	ec2_reply_true(c);
}

static const struct thing_member members[] = {
	{ "publicIp", "public-ip", FROM_NOTHING, NULL, NULL },
	{ "allocationId", "allocation-id", FROM_ID, NULL, NULL },
	{ "domain", "domain", FROM_TEXT, "vpc", NULL },
	{ "publicIpv4Pool", NULL, FROM_TEXT, "amazon", NULL },
	{ "networkBorderGroup", "network-border-group", FROM_NOTHING, NULL, NULL },
	{ "associationId", "association-id", FROM_NOTHING, NULL, NULL },
	{ "instanceId", "instance-id", FROM_NOTHING, NULL, NULL },
	{ "networkInterfaceId", "network-interface-id", FROM_NOTHING, NULL, NULL },
	{ "networkInterfaceOwnerId", "network-interface-owner-id", FROM_NOTHING, NULL, NULL },
	{ "privateIpAddress", "private-ip-address", FROM_NOTHING, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "AllocateAddress", .run = allocate, .write = true, .parameters = EC2_TAGS "Domain" },
	{ .name = "AssociateAddress", .run = associate, .write = true,
	  .parameters = "AllocationId PublicIp InstanceId NetworkInterfaceId AllowReassociation PrivateIpAddress" },
	{ .name = "DescribeAddresses", .run = things_describe,
	  .parameters = EC2_FILTERS "AllocationId.N PublicIp.N" },
	{ .name = "DisassociateAddress", .run = disassociate, .write = true, .parameters = "AssociationId PublicIp" },
	{ .name = "ReleaseAddress", .run = release, .write = true,
	  .parameters = "AllocationId PublicIp NetworkBorderGroup" },
	{ .name = NULL }
};

static const struct thing_name names[] = {
	{ "PublicIp", "publicIp", "InvalidAddress.NotFound", "The %s '%s' was not found" },
	{ .param = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "addressesSet", .id_param = "AllocationId", .id_name = "allocation ID",
		.prefix = "eipalloc-", .malformed = "InvalidAllocationID.Malformed",
		.not_found = "InvalidAllocationID.NotFound", .stored = true },
	.type = "elastic-ip", .describe = "DescribeAddresses", .members = members,
	.names = names, .actions = actions, .seed = seed,
	.most = 10, .most_code = "AddressLimitExceeded",
	.most_text = "The maximum number of addresses has been reached.",
};

const struct thing_kind *address_kind(void)
{
	return &kind;
}
