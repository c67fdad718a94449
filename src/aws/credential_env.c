/* SPDX-License-Identifier: MIT */
#include "aws/credential_source.h"

#include "base/clock.h"
#include "base/mem.h"

#include <stdio.h>
#include <string.h>

bool credential_env_configured(const struct credential_seek *seek,
	char *note)
{
	if (!credential_env(seek, "AWS_ACCESS_KEY_ID"))
		return false;
	if (seek->no_env)
		snprintf(note, CREDENTIAL_NOTE, "set, but --profile says "
			"whose credentials are wanted");
	return !seek->no_env;
}

static char *copy(const char *value)
{
	return value ? xstrdup(value) : NULL;
}

bool credential_env_fetch(const struct credential_seek *seek,
	struct credentials *out, struct error *err)
{
	const char *token = credential_env(seek, "AWS_SECURITY_TOKEN");
	const char *expires = credential_env(seek,
		"AWS_CREDENTIAL_EXPIRATION");

	if (!token)
		token = credential_env(seek, "AWS_SESSION_TOKEN");
	out->access_key = copy(credential_env(seek, "AWS_ACCESS_KEY_ID"));
	out->secret_key = copy(credential_env(seek,
		"AWS_SECRET_ACCESS_KEY"));
	out->token = copy(token);
	out->account = copy(credential_env(seek, "AWS_ACCOUNT_ID"));
	if (!out->access_key)
		return error_set(err, ERR_CREDENTIALS,
			"AWS_ACCESS_KEY_ID is not set");
	if (!out->secret_key)
		return error_set(err, ERR_CREDENTIALS, "AWS_ACCESS_KEY_ID is "
			"set, but AWS_SECRET_ACCESS_KEY is not");
	if (expires && !clock_parse(expires, strlen(expires), &out->expires))
		return error_set(err, ERR_CREDENTIALS,
			"AWS_CREDENTIAL_EXPIRATION is not a time");
	credential_detail(out, "AWS_ACCESS_KEY_ID");
	return true;
}
