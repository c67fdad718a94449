/* SPDX-License-Identifier: MIT */
/*
 * Keys that stand in a profile: aws_access_key_id and its companions, in the
 * credentials file or, asked later, in the config file.
 */
#include "aws/credential_source.h"

#include "base/mem.h"

typedef const char *getter(const struct profiles *p, const char *profile,
	const char *key);

static char *copy(getter *get, const struct credential_seek *seek,
	const char *key)
{
	const char *value = get(seek->config->profiles, seek->profile, key);

	return value && *value ? xstrdup(value) : NULL;
}

static bool fetch(const struct credential_seek *seek, getter *get,
	const char *file, struct credentials *out, struct error *err)
{
	out->access_key = copy(get, seek, "aws_access_key_id");
	out->secret_key = copy(get, seek, "aws_secret_access_key");
	out->token = copy(get, seek, "aws_security_token");
	if (!out->token)
		out->token = copy(get, seek, "aws_session_token");
	out->account = copy(get, seek, "aws_account_id");
	if (!out->access_key)
		return error_set(err, ERR_CREDENTIALS, "profile %s in %s: "
			"aws_access_key_id is empty", seek->profile, file);
	if (!out->secret_key)
		return error_set(err, ERR_CREDENTIALS, "profile %s in %s has "
			"aws_access_key_id, but no aws_secret_access_key",
			seek->profile, file);
	credential_detail(out, "profile %s in %s", seek->profile, file);
	return true;
}

bool credential_shared_configured(const struct credential_seek *seek,
	char *note)
{
	(void)note;
	return profiles_get_credentials(seek->config->profiles,
		seek->profile, "aws_access_key_id") != NULL;
}

bool credential_shared_fetch(const struct credential_seek *seek,
	struct credentials *out, struct error *err)
{
	return fetch(seek, profiles_get_credentials,
		profiles_credentials_file(seek->config->profiles), out, err);
}

bool credential_config_configured(const struct credential_seek *seek,
	char *note)
{
	(void)note;
	return profiles_get_config(seek->config->profiles, seek->profile,
		"aws_access_key_id") != NULL;
}

bool credential_config_fetch(const struct credential_seek *seek,
	struct credentials *out, struct error *err)
{
	return fetch(seek, profiles_get_config,
		profiles_config_file(seek->config->profiles), out, err);
}
