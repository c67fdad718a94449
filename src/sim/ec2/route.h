/* SPDX-License-Identifier: MIT */
/* Routes, which are items of route tables. */
#ifndef SIM_EC2_ROUTE_H
#define SIM_EC2_ROUTE_H

#include "sim/ec2/things.h"

#define ROUTE_PARAMETERS "RouteTableId DestinationCidrBlock " \
	"DestinationIpv6CidrBlock GatewayId NatGatewayId InstanceId " \
	"NetworkInterfaceId VpcPeeringConnectionId VpcEndpointId"

/* member: of the target, "gatewayId". */
void route_put(struct thing *table, const char *destination,
	const char *member, const char *target, const char *origin);
void route_create(struct call *c);
void route_replace(struct call *c);
void route_delete(struct call *c);

#endif
