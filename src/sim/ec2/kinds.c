/* SPDX-License-Identifier: MIT */
#include "sim/ec2/kinds.h"
#include "sim/ec2/things.h"

/* What others name comes before them: seeds go in this order. */
static const struct thing_kind *(*const kinds[])(void) = {
	vpc_kind, subnet_kind, group_kind,
	dhcp_kind, rule_kind, gateway_kind, acl_kind, table_kind,
	address_kind, interface_kind, nat_kind,
	peering_kind, endpoint_kind, vgw_kind, cgw_kind, vpn_kind,
	offering_kind, reserved_kind, key_pair_kind, placement_kind,
	instance_type_kind, spot_price_kind, spot_request_kind, template_kind,
	version_kind,
};

const struct thing_kind *thing_kind_at(size_t n)
{
	return n < sizeof(kinds) / sizeof(*kinds) ? kinds[n]() : NULL;
}
