/* SPDX-License-Identifier: MIT */
#include "sim/ec2/kinds.h"
#include "sim/ec2/use.h"

#include "base/vec.h"

#include <stdio.h>
#include <string.h>

static void put(struct thing *t, unsigned n, unsigned v, const char *key,
	const char *value)
{
	char path[80];

	snprintf(path, sizeof(path), "dhcpConfigurationSet/%u/key", n);
	thing_set(t, path, "%s", key);
	snprintf(path, sizeof(path),
		"dhcpConfigurationSet/%u/valueSet/%u/value", n, v);
	thing_set(t, path, "%s", value);
}

static void seed(struct world *w)
{
	struct thing *t = things_born(w, dhcp_kind(), w->born);
	char domain[64];

	snprintf(domain, sizeof(domain), "%s.compute.internal",
		w->region->name);
	put(t, 1, 1, "domain-name", strcmp(w->region->name, "us-east-1") ?
		domain : "ec2.internal");
	put(t, 2, 1, "domain-name-servers", "AmazonProvidedDNS");
}

static bool is_option(const char *key)
{
	static const char *const keys[] = {
		"domain-name", "domain-name-servers", "ntp-servers",
		"netbios-name-servers", "netbios-node-type",
		"ipv6-address-preferred-lease-time"
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (!strcmp(key, keys[i]))
			return true;
	return false;
}

/* False: answered. */
static bool read_option(struct call *c, struct thing *t, unsigned n,
	const char *key)
{
	struct call_pairs values = { 0 };
	bool ok = true;

	call_list(c, call_textf(c, "DhcpConfiguration.%u.Value", n), &values);
	if (!is_option(key) || values.count == 0 || values.count > 4)
		ok = call_error(c, 400, "InvalidParameterValue", "Value (%s) "
			"for parameter dhcpConfiguration is invalid.", key);
	for (unsigned v = 0; ok && v < values.count; v++)
		put(t, n, v + 1, key, values.items[v].value);
	VEC_FREE(&values);
	return ok;
}

static void create(struct call *c)
{
	struct thing *t = things_draft(c, dhcp_kind());
	const char *key;
	unsigned n = 1;

	if (!t)
		return;
	for (; (key = call_param(c, call_textf(c, "DhcpConfiguration.%u.Key",
		n))); n++)
		if (!read_option(c, t, n, key)) {
			thing_free(t);
			return;
		}
	if (n == 1) {
		call_error(c, 400, "MissingParameter", "The request must "
			"contain the parameter dhcpConfiguration");
		thing_free(t);
	} else if (things_add(c, t)) {
		things_reply(c, t, "dhcpOptions");
	}
}

static void delete(struct call *c)
{
	static const struct thing_use uses[] = {
		{ vpc_kind, "dhcpOptionsId" }, { NULL, NULL }
	};

	ec2_delete(c, dhcp_kind(), "DhcpOptionsId", uses);
}

static void associate(struct call *c)
{
	struct thing *vpc = things_need(c, vpc_kind(), "VpcId");
	const char *id = vpc ? ec2_need(c, "DhcpOptionsId") : NULL;

	if (!id || (strcmp(id, "default") != 0 &&
		!things_need(c, dhcp_kind(), "DhcpOptionsId")) ||
		ec2_dry_run(c))
		return;
	thing_set(vpc, "dhcpOptionsId", "%s", id);
	ec2_reply_true(c);
}

static const struct thing_member members[] = {
	{ "dhcpOptionsId", "dhcp-options-id", FROM_ID, NULL, NULL },
	{ "dhcpConfigurationSet/N/key", "key", FROM_NOTHING, NULL, NULL },
	{ "dhcpConfigurationSet/N/valueSet/N/value", "value", FROM_NOTHING, NULL, NULL },
	{ "ownerId", "owner-id", FROM_OWNER, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "AssociateDhcpOptions", .run = associate, .write = true, .parameters = "DhcpOptionsId VpcId" },
	{ .name = "CreateDhcpOptions", .run = create, .write = true,
	  .parameters = EC2_TAGS "DhcpConfiguration.N.Key DhcpConfiguration.N.Value.N" },
	{ .name = "DeleteDhcpOptions", .run = delete, .write = true, .parameters = "DhcpOptionsId" },
	{ .name = "DescribeDhcpOptions", .run = things_describe,
	  .parameters = EC2_FILTERS EC2_PAGE "DhcpOptionsId.N" },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "dhcpOptionsSet", .id_param = "DhcpOptionsId", .id_name = "dhcpOption ID", .prefix = "dopt-",
		.malformed = "InvalidDhcpOptionsId.Malformed", .not_found = "InvalidDhcpOptionID.NotFound",
		.kind = ID_DHCP, .page_most = 1000, .stored = true },
	.type = "dhcp-options", .describe = "DescribeDhcpOptions", .members = members,
	.actions = actions, .seed = seed,
};

const struct thing_kind *dhcp_kind(void)
{
	return &kind;
}
