/* SPDX-License-Identifier: MIT */
#include "catalogue/tables.h"

static const struct service service = {
	.name = "s3", .title = "S3", .env = "S3", .prefix = "s3",
	.version = "2006-03-01", .protocol = PROTOCOL_REST_XML,
	.flags = SERVICE_S3, .cli = "s3api"
};

const struct service *s3_service(void)
{
	return &service;
}
