/* SPDX-License-Identifier: MIT */
#include "aws/sts.h"

static const struct service service = {
	.name = "sts", .title = "STS", .env = "STS", .prefix = "sts",
	.version = "2011-06-15", .protocol = PROTOCOL_QUERY
};

static const struct parameter no_parameters[] = { { 0 } };

static const struct operation get_caller_identity = {
	.name = "GetCallerIdentity", .effect = EFFECT_READ,
	.repeat = REPEAT_SAFE, .parameters = no_parameters
};

static const struct parameter assume_role_parameters[] = {
	{ .path = "RoleArn" },
	{ .path = "RoleSessionName" },
	{ .path = "ExternalId", .secret = true },
	{ .path = "SerialNumber" },
	{ .path = "TokenCode", .secret = true },
	{ .path = "DurationSeconds", .type = VALUE_INTEGER },
	{ 0 }
};

static const struct operation assume_role = {
	.name = "AssumeRole", .effect = EFFECT_READ,
	.repeat = REPEAT_SAFE, .parameters = assume_role_parameters
};

static const struct parameter web_identity_parameters[] = {
	{ .path = "RoleArn" },
	{ .path = "RoleSessionName" },
	{ .path = "WebIdentityToken", .secret = true },
	{ .path = "DurationSeconds", .type = VALUE_INTEGER },
	{ 0 }
};

static const struct operation assume_role_with_web_identity = {
	.name = "AssumeRoleWithWebIdentity", .effect = EFFECT_READ,
	.repeat = REPEAT_SAFE, .parameters = web_identity_parameters
};

const struct service *sts_service(void)
{
	return &service;
}

const struct operation *sts_get_caller_identity(void)
{
	return &get_caller_identity;
}

const struct operation *sts_assume_role(void)
{
	return &assume_role;
}

const struct operation *sts_assume_role_with_web_identity(void)
{
	return &assume_role_with_web_identity;
}
