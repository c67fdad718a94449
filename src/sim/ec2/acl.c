/* SPDX-License-Identifier: MIT */
/* Network ACLs with their entries, and which subnets they are for. */
#include "sim/ec2/cidr.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/parts.h"
#include "sim/ec2/use.h"
#include "sim/xml.h"

#include <stdio.h>
#include <string.h>

#define ENTRIES_MOST 40      /* twenty a direction */
#define LAST 32767           /* the number of "deny all" */

static void set(struct thing *t, unsigned n, const char *member,
	const char *text)
{
	char path[80];

	if (!text)
		return;
	snprintf(path, sizeof(path), "entrySet/%u/%s", n, member);
	thing_set(t, path, "%s", text);
}

static const char *get(const struct thing *t, unsigned n, const char *member,
	int64_t now)
{
	char path[80];

	snprintf(path, sizeof(path), "entrySet/%u/%s", n, member);
	return thing_get(t, path, now);
}

static void add_entry(struct thing *t, const char *number, bool egress,
	const char *action)
{
	unsigned n = thing_next_item(t, "entrySet");

	set(t, n, "ruleNumber", number);
	set(t, n, "protocol", "-1");
	set(t, n, "ruleAction", action);
	set(t, n, "egress", egress ? "true" : "false");
	set(t, n, "cidrBlock", "0.0.0.0/0");
}

static void add_last(struct thing *t)
{
	add_entry(t, "32767", true, "deny");
	add_entry(t, "32767", false, "deny");
}

struct thing *acl_add_default(struct world *w, const char *vpc)
{
	struct thing *t = things_born(w, acl_kind(), w->born);

	thing_set(t, "vpcId", "%s", vpc);
	thing_set(t, "default", "true");
	add_entry(t, "100", true, "allow");
	add_entry(t, "100", false, "allow");
	add_last(t);
	return t;
}

static void join(struct world *w, struct thing *t, const char *subnet)
{
	unsigned n = thing_next_item(t, "associationSet");
	char path[80], id[EC2_ID_MOST];

	ec2_part_id(w, "aclassoc-", id);
	snprintf(path, sizeof(path),
		"associationSet/%u/networkAclAssociationId", n);
	thing_set(t, path, "%s", id);
	snprintf(path, sizeof(path), "associationSet/%u/networkAclId", n);
	thing_set(t, path, "%s", t->id);
	snprintf(path, sizeof(path), "associationSet/%u/subnetId", n);
	thing_set(t, path, "%s", subnet);
}

void acl_leave(struct world *w, const char *subnet, int64_t now)
{
	struct thing *t = things_where(w, acl_kind(),
		"associationSet/N/subnetId", subnet, now);
	char path[80];

	if (!t)
		return;
	snprintf(path, sizeof(path), "associationSet/%u", thing_item(t,
		"associationSet/N/subnetId", subnet, now));
	thing_drop(t, path);
}

void acl_join(struct world *w, const struct thing *subnet)
{
	const char *vpc = thing_get(subnet, "vpcId", w->born);
	size_t cursor = 0;
	struct thing *t;

	while ((t = things_next(w, acl_kind(), THING_EVER - 1, &cursor)))
		if (thing_is(t, "vpcId", vpc, w->born) &&
			thing_is(t, "default", "true", w->born)) {
			join(w, t, subnet->id);
			return;
		}
}

static void seed(struct world *w)
{
	const struct thing *vpc, *subnet;
	size_t cursor = 0;

	while ((vpc = things_next(w, vpc_kind(), w->born, &cursor)))
		acl_add_default(w, vpc->id);
	cursor = 0;
	while ((subnet = things_next(w, subnet_kind(), w->born, &cursor)))
		acl_join(w, subnet);
}

static void create(struct call *c)
{
	struct thing *vpc = things_need(c, vpc_kind(), "VpcId");
	struct thing *t = vpc ? things_draft(c, acl_kind()) : NULL;

	if (!t)
		return;
	thing_set(t, "vpcId", "%s", vpc->id);
	add_last(t);
	if (things_add(c, t))
		things_reply(c, t, "networkAcl");
}

static void delete(struct call *c)
{
	struct thing *t = things_need(c, acl_kind(), "NetworkAclId");

	if (!t)
		return;
	if (thing_is(t, "default", "true", c->now))
		call_error(c, 400, "InvalidParameterValue", "cannot delete "
			"default network ACL %s", t->id);
	else if (thing_item(t, "associationSet/N/networkAclId", t->id,
		c->now))
		call_error(c, 400, "DependencyViolation", "The networkAcl "
			"'%s' has dependencies and cannot be deleted.",
			t->id);
	else
		ec2_delete(c, acl_kind(), "NetworkAclId", NULL);
}

/* The item of a number and direction; 0: none. */
static unsigned find_entry(const struct thing *t, const char *number,
	bool egress, int64_t now)
{
	unsigned end = thing_next_item(t, "entrySet");

	for (unsigned n = 1; n < end; n++) {
		const char *has = get(t, n, "ruleNumber", now);

		if (has && !strcmp(has, number) && !strcmp(get(t, n, "egress",
			now), egress ? "true" : "false"))
			return n;
	}
	return 0;
}

static bool check_entry(struct call *c)
{
	static const char *const needed[] = {
		"RuleNumber", "Protocol", "RuleAction", "Egress"
	};
	const char *cidr = call_param(c, "CidrBlock");
	const char *protocol = call_param(c, "Protocol");
	const char *action = call_param(c, "RuleAction");
	struct cidr block;
	long number;

	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (!ec2_need(c, needed[i]))
			return false;
	if (!str_int(call_param(c, "RuleNumber"), 1, LAST - 1, &number))
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter ruleNumber is invalid. Must be "
			"between 1 and 32766.", call_param(c, "RuleNumber"));
	if (strcmp(action, "allow") != 0 && strcmp(action, "deny") != 0)
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter ruleAction is invalid.", action);
	if (strcmp(protocol, "-1") != 0 && !str_int(protocol, 0, 255,
		&number))
		return call_error(c, 400, "InvalidParameterValue", "Invalid "
			"value '%s' for IP protocol. Unknown protocol.",
			protocol);
	if (!cidr && !call_param(c, "Ipv6CidrBlock"))
		return call_error(c, 400, "MissingParameter", "The request "
			"must contain the parameter cidrBlock or "
			"ipv6CidrBlock");
	if (cidr && !cidr_parse(cidr, &block))
		return call_error(c, 400, "InvalidParameterValue", "Invalid "
			"value '%s' for cidrBlock. CIDR block is malformed.",
			cidr);
	if ((!strcmp(protocol, "6") || !strcmp(protocol, "17")) &&
		(!call_param(c, "PortRange.From") ||
		!call_param(c, "PortRange.To")))
		return call_error(c, 400, "MissingParameter", "The request "
			"must contain the parameter portRange");
	return true;
}

static void put_entry(struct call *c, struct thing *t, unsigned n)
{
	set(t, n, "ruleNumber", call_param(c, "RuleNumber"));
	set(t, n, "protocol", call_param(c, "Protocol"));
	set(t, n, "ruleAction", call_param(c, "RuleAction"));
	set(t, n, "egress", ec2_is_true(c, "Egress") ? "true" : "false");
	set(t, n, "cidrBlock", call_param(c, "CidrBlock"));
	set(t, n, "ipv6CidrBlock", call_param(c, "Ipv6CidrBlock"));
	set(t, n, "portRange/from", call_param(c, "PortRange.From"));
	set(t, n, "portRange/to", call_param(c, "PortRange.To"));
	set(t, n, "icmpTypeCode/type", call_param(c, "Icmp.Type"));
	set(t, n, "icmpTypeCode/code", call_param(c, "Icmp.Code"));
	ec2_reply_true(c);
}

static void create_entry(struct call *c)
{
	struct thing *t = things_need(c, acl_kind(), "NetworkAclId");
	const char *number = call_param(c, "RuleNumber");

	if (!t || !check_entry(c))
		return;
	if (find_entry(t, number, ec2_is_true(c, "Egress"), c->now))
		call_error(c, 400, "NetworkAclEntryAlreadyExists", "The "
			"network acl entry identified by %s already exists.",
			number);
	else if (thing_next_item(t, "entrySet") > ENTRIES_MOST + 2)
		call_error(c, 400, "NetworkAclEntryLimitExceeded", "The "
			"maximum number of network ACL entries has been "
			"reached.");
	else if (!ec2_dry_run(c))
		put_entry(c, t, thing_next_item(t, "entrySet"));
}

/* NULL: answered. */
static struct thing *need_entry(struct call *c, unsigned *n)
{
	struct thing *t = things_need(c, acl_kind(), "NetworkAclId");
	const char *number = t ? ec2_need(c, "RuleNumber") : NULL;

	if (!number)
		return NULL;
	*n = find_entry(t, number, ec2_is_true(c, "Egress"), c->now);
	if (*n && strcmp(number, "32767") != 0)
		return t;
	call_error(c, 400, "InvalidNetworkAclEntry.NotFound", "The network "
		"acl entry identified by %s does not exist.", number);
	return NULL;
}

static void drop_entry(struct thing *t, unsigned n)
{
	char path[48];

	snprintf(path, sizeof(path), "entrySet/%u", n);
	thing_drop(t, path);
}

static void replace_entry(struct call *c)
{
	unsigned n = 0;
	struct thing *t = need_entry(c, &n);

	if (!t || !check_entry(c) || ec2_dry_run(c))
		return;
	drop_entry(t, n);
	put_entry(c, t, n);
}

static void delete_entry(struct call *c)
{
	unsigned n = 0;
	struct thing *t = need_entry(c, &n);

	if (!t || ec2_dry_run(c))
		return;
	drop_entry(t, n);
	ec2_reply_true(c);
}

static void replace_association(struct call *c)
{
	const char *id = ec2_need(c, "AssociationId");
	struct thing *to = id ? things_need(c, acl_kind(), "NetworkAclId") :
		NULL;
	struct thing *from = to ? things_where(c->world, acl_kind(),
		"associationSet/N/networkAclAssociationId", id, c->now) : NULL;
	char path[80], *subnet;
	unsigned n;

	if (!to)
		return;
	if (!from) {
		call_error(c, 400, "InvalidAssociationID.NotFound", "The "
			"association ID '%s' does not exist", id);
		return;
	}
	if (ec2_dry_run(c))
		return;
	n = thing_item(from, "associationSet/N/networkAclAssociationId", id,
		c->now);
	snprintf(path, sizeof(path), "associationSet/%u/subnetId", n);
	subnet = call_textf(c, "%s", thing_get(from, path, c->now));
	acl_leave(c->world, subnet, c->now);
	n = thing_next_item(to, "associationSet");
	join(c->world, to, subnet);
	snprintf(path, sizeof(path),
		"associationSet/%u/networkAclAssociationId", n);
	call_open(c);
	xml_add(c->out, "<newAssociationId>%r</newAssociationId>",
		thing_get(to, path, c->now));
	call_close(c);
}

static const struct thing_member members[] = {
	{ "networkAclId", "network-acl-id association.network-acl-id", FROM_ID, NULL, NULL },
	{ "vpcId", "vpc-id", FROM_NOTHING, NULL, NULL },
	{ "default", "default", FROM_TEXT, "false", NULL },
	{ "ownerId", "owner-id", FROM_OWNER, NULL, NULL },
	{ "entrySet/N/cidrBlock", "entry.cidr", FROM_NOTHING, NULL, NULL },
	{ "entrySet/N/egress", "entry.egress", FROM_NOTHING, NULL, NULL },
	{ "entrySet/N/protocol", "entry.protocol", FROM_NOTHING, NULL, NULL },
	{ "entrySet/N/ruleAction", "entry.rule-action", FROM_NOTHING, NULL, NULL },
	{ "entrySet/N/ruleNumber", "entry.rule-number", FROM_NOTHING, NULL, NULL },
	{ "associationSet/N/networkAclAssociationId", "association.association-id", FROM_NOTHING, NULL, NULL },
	{ "associationSet/N/subnetId", "association.subnet-id", FROM_NOTHING, NULL, NULL },
	{ .path = NULL }
};

#define ENTRY "NetworkAclId RuleNumber Protocol RuleAction Egress CidrBlock " \
	"Ipv6CidrBlock PortRange.From PortRange.To Icmp.Type Icmp.Code"

static const struct sim_action actions[] = {
	{ .name = "CreateNetworkAcl", .run = create, .write = true, .parameters = EC2_TAGS "VpcId ClientToken" },
	{ .name = "CreateNetworkAclEntry", .run = create_entry, .write = true, .parameters = ENTRY },
	{ .name = "DeleteNetworkAcl", .run = delete, .write = true, .parameters = "NetworkAclId" },
	{ .name = "DeleteNetworkAclEntry", .run = delete_entry, .write = true,
	  .parameters = "NetworkAclId RuleNumber Egress" },
	{ .name = "DescribeNetworkAcls", .run = things_describe, .parameters = EC2_FILTERS EC2_PAGE "NetworkAclId.N" },
	{ .name = "ReplaceNetworkAclAssociation", .run = replace_association, .write = true,
	  .parameters = "AssociationId NetworkAclId" },
	{ .name = "ReplaceNetworkAclEntry", .run = replace_entry, .write = true, .parameters = ENTRY },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "networkAclSet", .id_param = "NetworkAclId", .id_name = "networkAcl ID", .prefix = "acl-",
		.malformed = "InvalidNetworkAclId.Malformed", .not_found = "InvalidNetworkAclID.NotFound",
		.page_most = 1000, .stored = true },
	.type = "network-acl", .describe = "DescribeNetworkAcls", .members = members,
	.actions = actions, .seed = seed,
	.most = 200, .most_code = "NetworkAclLimitExceeded",
	.most_text = "The maximum number of network ACLs has been reached.",
};

const struct thing_kind *acl_kind(void)
{
	return &kind;
}
