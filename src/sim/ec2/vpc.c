/* SPDX-License-Identifier: MIT */
/* VPCs. Every one comes with what AWS makes along with it. */
#include "sim/ec2/cidr.h"
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/parts.h"
#include "sim/ec2/use.h"
#include "sim/xml.h"

#include <stdio.h>
#include <string.h>

#define PENDING_MS 2000

static const char *vpc_name(unsigned vpc, char *text, size_t room)
{
	if (vpc < 3)
		return vpc == 0 ? NULL : vpc == 1 ? "stage" : "prod";
	snprintf(text, room, "prod-%u", vpc - 1);
	return text;
}

static void set_cidr(const struct world *w, struct thing *t,
	const struct cidr *cidr, uint64_t n)
{
	char id[32], text[24];

	cidr_text(cidr, text);
	thing_set(t, "cidrBlock", "%s", text);
	thing_set(t, "cidrBlockAssociationSet/1/cidrBlock", "%s", text);
	world_id_text("vpc-cidr-assoc-", world_id(w, ID_CIDR, n), id);
	thing_set(t, "cidrBlockAssociationSet/1/associationId", "%s", id);
	thing_set(t, "cidrBlockAssociationSet/1/cidrBlockState/state",
		"associated");
}

static void seed(struct world *w)
{
	for (unsigned n = 0; n < vpc_count(w); n++) {
		struct thing *t = things_born(w, vpc_kind(), w->born);
		struct cidr cidr = { vpc_address(n), 16 };
		char name[48], id[32];
		const char *named = vpc_name(n, name, sizeof(name));

		set_cidr(w, t, &cidr, n);
		world_id_text("dopt-", world_id(w, ID_DHCP, 0), id);
		thing_set(t, "dhcpOptionsId", "%s", id);
		thing_set(t, "isDefault", n == 0 ? "true" : "false");
		if (named)
			thing_tag(t, "Name", named);
	}
}

static void create(struct call *c)
{
	const char *given = ec2_need(c, "CidrBlock");
	struct cidr cidr;
	struct thing *t;
	char id[32];

	if (!given)
		return;
	if (!cidr_parse(given, &cidr)) {
		call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
			"parameter cidrBlock is invalid. This is not a valid "
			"CIDR block.", given);
		return;
	}
	if (cidr.bits < 16 || cidr.bits > 28) {
		call_error(c, 400, "InvalidVpc.Range", "The CIDR '%s' is "
			"invalid.", given);
		return;
	}
	t = things_draft(c, vpc_kind());
	if (!t)
		return;
	set_cidr(c->world, t, &cidr, ++c->world->made);
	world_id_text("dopt-", world_id(c->world, ID_DHCP, 0), id);
	thing_set(t, "dhcpOptionsId", "%s", id);
	thing_set(t, "state", "pending");
	thing_later(t, c->now + PENDING_MS, "state", "available");
	if (!things_add(c, t))
		return;
	group_add_default(c, t->id);
	table_add_main(c->world, t);
	acl_add_default(c->world, t->id);
	things_reply(c, t, "vpc");
}

/* What came with the VPC goes with it. */
static bool is_part(const struct thing *t, int64_t now)
{
	return (t->kind == group_kind() &&
		thing_is(t, "groupName", "default", now)) ||
		(t->kind == acl_kind() && thing_is(t, "default", "true",
		now)) || (t->kind == table_kind() && thing_item(t,
		"associationSet/N/main", "true", now));
}

static bool is_in_use(struct call *c, const char *vpc)
{
	const struct thing_kind *k;

	for (size_t n = 0; (k = thing_kind_at(n)); n++) {
		size_t cursor = 0;
		struct thing *t;

		while (k != vpc_kind() && (t = things_next(c->world, k,
			c->now, &cursor)))
			if (thing_is(t, "vpcId", vpc, c->now) &&
				!is_part(t, c->now) &&
				!thing_is(t, "state", "deleted", c->now))
				return true;
	}
	return gateway_is_attached(c->world, vpc, c->now) ||
		things_where(c->world, vgw_kind(), "attachments/N/vpcId", vpc,
		c->now);
}

static void remove_parts(struct call *c, const char *vpc)
{
	const struct thing_kind *k;

	for (size_t n = 0; (k = thing_kind_at(n)); n++) {
		size_t cursor = 0;
		struct thing *t;

		while ((t = things_next(c->world, k, c->now, &cursor))) {
			if (!thing_is(t, "vpcId", vpc, c->now) ||
				!is_part(t, c->now))
				continue;
			if (k == group_kind())
				group_remove(c, t);
			else
				things_remove(t, c->now);
		}
	}
}

static void delete(struct call *c)
{
	struct thing *t = things_need(c, vpc_kind(), "VpcId");

	if (!t)
		return;
	if (is_in_use(c, t->id)) {
		call_error(c, 400, "DependencyViolation", "The vpc '%s' has "
			"dependencies and cannot be deleted.", t->id);
		return;
	}
	if (ec2_dry_run(c))
		return;
	remove_parts(c, t->id);
	things_remove(t, c->now);
	ec2_reply_true(c);
}

/* Of a VPC's DNS; the default one has host names too. */
static const struct { const char *name, *param; } attributes[] = {
	{ "enableDnsSupport", "EnableDnsSupport.Value" },
	{ "enableDnsHostnames", "EnableDnsHostnames.Value" },
};

#define ATTRIBUTES (sizeof(attributes) / sizeof(*attributes))

static void describe_attribute(struct call *c)
{
	const char *name = ec2_need(c, "Attribute");
	struct thing *t = name ? things_need(c, vpc_kind(), "VpcId") : NULL;

	for (size_t i = 0; t && i < ATTRIBUTES; i++) {
		const char *text;

		if (strcmp(attributes[i].name, name) != 0)
			continue;
		text = thing_get(t, call_textf(c, ".%s", name), c->now);
		if (!text)
			text = i == 0 ? "true" : thing_get(t, "isDefault",
				c->now);
		call_open(c);
		xml_add(c->out, "<vpcId>%r</vpcId><%r><value>%r</value></%r>",
			t->id, name, text, name);
		call_close(c);
		return;
	}
	if (t)
		call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
			"parameter attribute is invalid. Unknown attribute.",
			name);
}

/* One at a time, as AWS wants it. */
static void modify_attribute(struct call *c)
{
	struct thing *t = things_need(c, vpc_kind(), "VpcId");
	size_t count = 0, which = 0;

	for (size_t i = 0; t && i < ATTRIBUTES; i++) {
		if (!call_param(c, attributes[i].param))
			continue;
		which = i;
		count++;
	}
	if (t && count != 1) {
		call_error(c, 400, count ? "InvalidParameterCombination" :
			"MissingParameter", "Fields for multiple attribute "
			"types specified, or none");
	} else if (t) {
		thing_set(t, call_textf(c, ".%s", attributes[which].name),
			ec2_is_true(c, attributes[which].param) ? "true" :
			"false");
		ec2_reply_true(c);
	}
}

static const struct thing_member members[] = {
	{ "vpcId", "vpc-id", FROM_ID, NULL, NULL },
	{ "ownerId", "owner-id", FROM_OWNER, NULL, NULL },
	{ "state", "state", FROM_TEXT, "available", NULL },
	{ "cidrBlock", "cidr cidrBlock cidr-block", FROM_NOTHING, NULL, NULL },
	{ "cidrBlockAssociationSet/N/cidrBlock", "cidr-block-association.cidr-block",
	  FROM_NOTHING, NULL, NULL },
	{ "cidrBlockAssociationSet/N/associationId", "cidr-block-association.association-id",
	  FROM_NOTHING, NULL, NULL },
	{ "cidrBlockAssociationSet/N/cidrBlockState/state", "cidr-block-association.state",
	  FROM_NOTHING, NULL, NULL },
	{ "dhcpOptionsId", "dhcp-options-id dhcpOptionsId", FROM_NOTHING, NULL, NULL },
	{ "instanceTenancy", NULL, FROM_PARAM, "InstanceTenancy", "default" },
	{ "isDefault", "is-default isDefault", FROM_TEXT, "false", NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "CreateVpc", .run = create, .write = true,
	  .parameters = EC2_TAGS "CidrBlock InstanceTenancy AmazonProvidedIpv6CidrBlock" },
	{ .name = "DeleteVpc", .run = delete, .write = true, .parameters = "VpcId" },
	{ .name = "DescribeVpcAttribute", .run = describe_attribute, .parameters = "VpcId Attribute" },
	{ .name = "ModifyVpcAttribute", .run = modify_attribute, .write = true,
	  .parameters = "VpcId EnableDnsSupport.Value EnableDnsHostnames.Value" },
	{ .name = "DescribeVpcs", .run = things_describe, .parameters = EC2_FILTERS EC2_PAGE "VpcId.N" },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "vpcSet", .id_param = "VpcId", .id_name = "vpc ID", .prefix = "vpc-",
		.malformed = "InvalidVpcID.Malformed", .not_found = "InvalidVpcID.NotFound",
		.kind = ID_VPC, .page_most = 1000, .stored = true },
	.type = "vpc", .describe = "DescribeVpcs", .members = members,
	.actions = actions, .seed = seed,
	.most = 8, .most_code = "VpcLimitExceeded",
	.most_text = "The maximum number of VPCs has been reached.",
};

const struct thing_kind *vpc_kind(void)
{
	return &kind;
}
