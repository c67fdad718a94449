/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = TAG_NAME, .format = FORMAT_NATURAL,
	  .w80 = 20, .w132 = 28, .grow = 1, .keep = true },
	{ .name = "gateway", .title = "Gateway", .path = "customerGatewayId", .w80 = 21, .w132 = 21, .keep = true },
	{ .name = "state", .title = "State", .path = "state", .format = FORMAT_STATE, .w80 = 11, .w132 = 11,
	  .keep = true },
	{ .name = "address", .title = "Address", .path = "ipAddress", .format = FORMAT_ADDRESS, .w80 = 15,
	  .w132 = 15 },
	{ .name = "asn", .title = "ASN", .path = "bgpAsn", .w80 = 6, .w132 = 10 },
	{ .name = "device", .title = "Device", .path = "deviceName", .w132 = 20 },
	{ .name = "type", .title = "Type", .path = "type" },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "CustomerGatewayIds[]", .wire = "CustomerGatewayId.N" },
	{ 0 }
};

static const struct operation describe = {
	.name = "DescribeCustomerGateways", .effect = EFFECT_READ, .repeat = REPEAT_SAFE, .parameters = parameters
};

static const struct drill drills[] = {
	{ .title = "VPN connections", .resource = "vpn-connections", .enter = true, .up = true, .arguments = {
		FILTER_IS("customer-gateway-id", "customerGatewayId") } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "customerGatewaySet/item" },
	{ 0 }
};

static const struct parameter create_parameters[] = {
	{ .path = "Type" },
	{ .path = "IpAddress" },
	{ .path = "BgpAsn", .type = VALUE_INTEGER },
	{ .path = "DeviceName" },
	TAG_PARAMETERS,
	DRY_RUN,
	{ 0 }
};

static const struct operation create = {
	.name = "CreateCustomerGateway", .effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = create_parameters
};

static const struct parameter delete_parameters[] = ONE_ID("CustomerGatewayId");

static const struct operation delete = {
	.name = "DeleteCustomerGateway", .effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = delete_parameters
};

static const struct argument tagged[] = TAGGED("customer-gateway");
static const struct argument ipsec[] = { { .path = "Type", .value = "ipsec.1" }, { 0 } };

static const struct action_field create_fields[] = {
	{ .name = "address", .title = "Address of the device", .parameter = "IpAddress", .check = check_address,
	  .required = true },
	{ .name = "asn", .title = "Its BGP ASN", .type = FIELD_NUMBER, .low = 1, .high = 2147483647,
	  .parameter = "BgpAsn", .value = "65000" },
	{ .name = "device", .title = "Name of the device", .parameter = "DeviceName" },
	TAG_FIELD(tagged),
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New customer gateway", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &create, .arguments = ipsec, .fields = create_fields,
	  .answer = { .made = "customerGateway/customerGatewayId" } },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete,
	  .target = "CustomerGatewayId" },
	{ 0 }
};

static const struct resource customer_gateways = {
	.name = "customer-gateways", .aliases = "cgw", .title = "Customer gateways", .one = "customer gateway",
	.list = &describe, .rows = rows, .identity = { "customerGatewayId" }, .label = TAG_NAME,
	.columns = columns, .sort = "name,gateway", .drills = drills, .actions = actions, .tags = TAGS,
	.get = "CustomerGatewayIds[]", .id_prefix = "cgw-", .arn = EC2_ARN("customer-gateway"),
	.console = VPC_CONSOLE "CustomerGatewayDetails:customerGatewayId={id}"
};

const struct resource *ec2_customer_gateways(void)
{
	return &customer_gateways;
}
