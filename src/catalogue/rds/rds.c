/* SPDX-License-Identifier: MIT */
#include "catalogue/tables.h"

static const struct service service = {
	.name = "rds", .title = "RDS", .env = "RDS", .prefix = "rds",
	.version = "2014-10-31", .protocol = PROTOCOL_QUERY
};

const struct service *rds_service(void)
{
	return &service;
}
