/* SPDX-License-Identifier: MIT */
#include "catalogue/tables.h"

static const struct service service = {
	.name = "ec2", .title = "EC2", .env = "EC2", .prefix = "ec2",
	.version = "2016-11-15", .protocol = PROTOCOL_EC2
};

const struct service *ec2_service(void)
{
	return &service;
}
