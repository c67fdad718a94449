/* SPDX-License-Identifier: MIT */
/* Internet gateways: one for each VPC that the world can reach. */
#include "sim/ec2/kinds.h"
#include "sim/ec2/parts.h"
#include "sim/ec2/use.h"

#include <string.h>

static void join(struct thing *t, const char *vpc)
{
	thing_set(t, "attachmentSet/1/vpcId", "%s", vpc);
	thing_set(t, "attachmentSet/1/state", "available");
}

static void seed(struct world *w)
{
	const struct thing *vpc;
	size_t cursor = 0;

	while ((vpc = things_next(w, vpc_kind(), w->born, &cursor))) {
		struct thing *t = things_born(w, gateway_kind(), w->born);

		join(t, vpc->id);
		if (vpc->tags.count)
			thing_tag(t, "Name", vpc->tags.items[0].value);
	}
}

bool gateway_is_attached(const struct world *w, const char *vpc, int64_t now)
{
	return things_where(w, gateway_kind(), "attachmentSet/N/vpcId", vpc,
		now) != NULL;
}

static void create(struct call *c)
{
	struct thing *t = things_draft(c, gateway_kind());

	if (t && things_add(c, t))
		things_reply(c, t, "internetGateway");
}

static void attach(struct call *c)
{
	struct thing *t = things_need(c, gateway_kind(), "InternetGatewayId");
	struct thing *vpc = t ? things_need(c, vpc_kind(), "VpcId") : NULL;
	const char *has;

	if (!vpc)
		return;
	has = thing_get(t, "attachmentSet/1/vpcId", c->now);
	if (has) {
		call_error(c, 400, "Resource.AlreadyAssociated", "resource %s "
			"is already attached to network %s", t->id, has);
		return;
	}
	if (gateway_is_attached(c->world, vpc->id, c->now)) {
		call_error(c, 400, "InvalidParameterValue", "Network %s "
			"already has an internet gateway attached", vpc->id);
		return;
	}
	if (ec2_dry_run(c))
		return;
	join(t, vpc->id);
	ec2_reply_true(c);
}

static void detach(struct call *c)
{
	struct thing *t = things_need(c, gateway_kind(), "InternetGatewayId");
	struct thing *vpc = t ? things_need(c, vpc_kind(), "VpcId") : NULL;
	struct thing *address;
	size_t cursor = 0;

	if (!vpc)
		return;
	if (!thing_item(t, "attachmentSet/N/vpcId", vpc->id, c->now)) {
		call_error(c, 400, "Gateway.NotAttached", "resource %s is not "
			"attached to network %s", t->id, vpc->id);
		return;
	}
	while ((address = things_next(c->world, address_kind(), c->now,
		&cursor))) {
		const char *eni = thing_get(address, "networkInterfaceId",
			c->now);
		struct thing_row row;

		if (!eni || !ec2_list_find(c, &interface_kind()->list, eni,
			&row) || !thing_is(row.thing, "vpcId", vpc->id,
			c->now))
			continue;
		call_error(c, 400, "DependencyViolation", "Network %s has "
			"some mapped public address(es). Please unmap those "
			"public address(es) before detaching the gateway.",
			vpc->id);
		return;
	}
	if (ec2_dry_run(c))
		return;
	thing_drop(t, "attachmentSet");
	table_blackhole(c->world, t->id, c->now);
	ec2_reply_true(c);
}

static void delete(struct call *c)
{
	struct thing *t = things_need(c, gateway_kind(), "InternetGatewayId");

	if (!t)
		return;
	if (thing_get(t, "attachmentSet/1/vpcId", c->now)) {
		call_error(c, 400, "DependencyViolation", "The "
			"internetGateway '%s' has dependencies and cannot be "
			"deleted.", t->id);
		return;
	}
	ec2_delete(c, gateway_kind(), "InternetGatewayId", NULL);
}

static const struct thing_member members[] = {
	{ "internetGatewayId", "internet-gateway-id", FROM_ID, NULL, NULL },
	{ "ownerId", "owner-id", FROM_OWNER, NULL, NULL },
	{ "attachmentSet/N/vpcId", "attachment.vpc-id", FROM_NOTHING, NULL, NULL },
	{ "attachmentSet/N/state", "attachment.state", FROM_NOTHING, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "AttachInternetGateway", .run = attach, .write = true, .parameters = "InternetGatewayId VpcId" },
	{ .name = "CreateInternetGateway", .run = create, .write = true, .parameters = EC2_TAGS },
	{ .name = "DeleteInternetGateway", .run = delete, .write = true, .parameters = "InternetGatewayId" },
	{ .name = "DescribeInternetGateways", .run = things_describe,
	  .parameters = EC2_FILTERS EC2_PAGE "InternetGatewayId.N" },
	{ .name = "DetachInternetGateway", .run = detach, .write = true, .parameters = "InternetGatewayId VpcId" },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "internetGatewaySet", .id_param = "InternetGatewayId", .id_name = "internetGateway ID",
		.prefix = "igw-", .malformed = "InvalidInternetGatewayId.Malformed",
		.not_found = "InvalidInternetGatewayID.NotFound", .page_most = 1000, .stored = true },
	.type = "internet-gateway", .describe = "DescribeInternetGateways", .members = members,
	.actions = actions, .seed = seed,
	.most = 8, .most_code = "InternetGatewayLimitExceeded",
	.most_text = "The maximum number of internet gateways has been reached.",
};

const struct thing_kind *gateway_kind(void)
{
	return &kind;
}
