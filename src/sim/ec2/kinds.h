/* SPDX-License-Identifier: MIT */
/* The kinds of things, each in the file of its name. */
#ifndef SIM_EC2_KINDS_H
#define SIM_EC2_KINDS_H

struct thing_kind;

const struct thing_kind *acl_kind(void);
const struct thing_kind *address_kind(void);
const struct thing_kind *cgw_kind(void);
const struct thing_kind *dhcp_kind(void);
const struct thing_kind *endpoint_kind(void);
const struct thing_kind *gateway_kind(void);
const struct thing_kind *group_kind(void);
const struct thing_kind *instance_type_kind(void);
const struct thing_kind *interface_kind(void);
const struct thing_kind *key_pair_kind(void);
const struct thing_kind *nat_kind(void);
const struct thing_kind *offering_kind(void);
const struct thing_kind *peering_kind(void);
const struct thing_kind *placement_kind(void);
const struct thing_kind *reserved_kind(void);
const struct thing_kind *rule_kind(void);
const struct thing_kind *spot_price_kind(void);
const struct thing_kind *spot_request_kind(void);
const struct thing_kind *subnet_kind(void);
const struct thing_kind *table_kind(void);
const struct thing_kind *template_kind(void);
const struct thing_kind *version_kind(void);
const struct thing_kind *vgw_kind(void);
const struct thing_kind *vpc_kind(void);
const struct thing_kind *vpn_kind(void);

#endif
