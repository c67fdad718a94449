/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

#define OPTION(key) "dhcpConfigurationSet/[key=" key "]/valueSet/item/value"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = TAG_NAME, .format = FORMAT_NATURAL,
	  .w80 = 12, .w132 = 20, .grow = 1, .keep = true },
	{ .name = "options", .title = "DHCP options", .path = "dhcpOptionsId", .w80 = 22, .w132 = 22, .keep = true },
	{ .name = "domain", .title = "Domain", .path = OPTION("domain-name"), .w80 = 20, .w132 = 30 },
	{ .name = "dns", .title = "DNS", .path = OPTION("domain-name-servers"), .w80 = 18, .w132 = 20 },
	{ .name = "ntp", .title = "NTP", .path = OPTION("ntp-servers"), .w132 = 16 },
	{ .name = "netbios", .title = "NetBIOS", .path = OPTION("netbios-name-servers") },
	{ .name = "owner", .title = "Owner", .path = "ownerId" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "DhcpOptionsIds[]", .wire = "DhcpOptionsId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeDhcpOptions", .effect = EFFECT_READ, .repeat = REPEAT_SAFE, .parameters = parameters,
	.paging = EC2_PAGING
};

static const struct drill drills[] = {
	{ .title = "VPCs that use them", .resource = "vpcs", .enter = true, .up = true, .arguments = {
		FILTER_IS("dhcp-options-id", "dhcpOptionsId") } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "dhcpOptionsSet/item" },
	{ 0 }
};

static const struct parameter create_parameters[] = {
	{ .path = "DhcpConfigurations[].Key", .wire = "DhcpConfiguration.N.Key" },
	{ .path = "DhcpConfigurations[].Values[]", .wire = "DhcpConfiguration.N.Value.N" },
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

static const struct operation create = {
	.name = "CreateDhcpOptions", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = create_parameters
};

static const struct parameter delete_parameters[] = ONE_ID("DhcpOptionsId");

static const struct operation delete = {
	.name = "DeleteDhcpOptions", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = delete_parameters
};

static const struct argument tagged[] = TAGGED("dhcp-options");

/* The option's name goes along with its values. */
#define KEY(n, key) { { .path = "DhcpConfigurations[].Key", .value = (key), .index = { (n) } }, { 0 } }

static const struct argument dns_key[] = KEY(0, "domain-name-servers");
static const struct argument domain_key[] = KEY(1, "domain-name");
static const struct argument ntp_key[] = KEY(2, "ntp-servers");

static const struct action_field create_fields[] = {
	{ .name = "dns", .title = "DNS servers", .help = "Up to four addresses, or AmazonProvidedDNS.",
	  .parameter = "DhcpConfigurations[0].Values[]", .with = dns_key, .value = "AmazonProvidedDNS" },
	{ .name = "domain", .title = "Domain", .parameter = "DhcpConfigurations[1].Values[0]", .with = domain_key },
	{ .name = "ntp", .title = "Time servers", .help = "Up to four addresses.",
	  .parameter = "DhcpConfigurations[2].Values[]", .with = ntp_key, .check = check_address },
	TAG_FIELD(tagged),
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New options", .help = "For ever: options cannot be changed, VPCs can.", .key = 'n',
	  .kind = EFFECT_CHANGE, .on = ON_PLACES, .operation = &create, .fields = create_fields,
	  .answer = { .made = "dhcpOptions/dhcpOptionsId" } },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete,
	  .target = "DhcpOptionsId" },
	{ 0 }
};

static const struct resource dhcp_options = {
	.name = "dhcp-options", .aliases = "dopt", .title = "DHCP options", .one = "set of DHCP options",
	.list = &describe, .rows = rows, .identity = { "dhcpOptionsId" }, .label = TAG_NAME,
	.columns = columns, .sort = "name,options", .drills = drills, .actions = actions, .tags = TAGS,
	.account_path = "ownerId", .get = "DhcpOptionsIds[]", .id_prefix = "dopt-", .arn = EC2_ARN("dhcp-options"),
	.console = VPC_CONSOLE "DhcpOptionsSetDetails:DhcpOptionsId={id}"
};

const struct resource *ec2_dhcp_options(void)
{
	return &dhcp_options;
}
