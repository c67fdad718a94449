/* SPDX-License-Identifier: MIT */
#include "aws/credential_source.h"

#include <string.h>

/* The AWS CLI v2's order. */
static const struct credential_source chain[] = {
	{ "env", credential_env_configured, credential_env_fetch, false, false },
	{ "assume-role", credential_role_configured, credential_role_fetch, false, false },
	{ "assume-role-with-web-identity", credential_web_configured, credential_web_fetch, true, false },
	{ "sso", credential_sso_configured, credential_sso_fetch, true, false },
	{ "shared-credentials-file", credential_shared_configured, credential_shared_fetch, true, false },
	{ "login", credential_login_configured, credential_login_fetch, true, false },
	{ "custom-process", credential_process_configured, credential_process_fetch, true, false },
	{ "config-file", credential_config_configured, credential_config_fetch, true, false },
	{ "ec2-credentials-file", credential_ec2_configured, credential_ec2_fetch, false, false },
	{ "boto-config", credential_boto_configured, credential_boto_fetch, false, false },
	{ "container-role", credential_container_configured, credential_container_fetch, false, false },
	{ "iam-role", credential_imds_configured, credential_imds_fetch, false, true },
};

const struct credential_source *credential_chain(size_t *count)
{
	*count = sizeof(chain) / sizeof(*chain);
	return chain;
}

const struct credential_source *credential_source_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(chain) / sizeof(*chain); i++)
		if (strcmp(chain[i].name, name) == 0)
			return &chain[i];
	return NULL;
}

static bool nothing_found(const struct credential_seek *seek,
	const char *metadata, struct error *err)
{
	if (seek->parent)
		return error_set(err, ERR_CREDENTIALS, "profile %s has no "
			"credentials, but %s takes them from it",
			seek->profile, seek->parent->profile);
	return error_set(err, ERR_CREDENTIALS, "no credentials for profile "
		"%s: none in the environment, in %s or %s; %s; "
		"`aws configure` writes some", seek->profile,
		profiles_credentials_file(seek->config->profiles),
		profiles_config_file(seek->config->profiles), metadata);
}

bool credential_chain_fetch(const struct credential_seek *seek,
	struct credentials *out, const struct credential_source **from,
	struct error *err)
{
	char note[CREDENTIAL_NOTE] = "";
	size_t i;

	*from = NULL;
	for (i = 0; i < sizeof(chain) / sizeof(*chain); i++) {
		const struct credential_source *s = &chain[i];

		if ((seek->parent && !s->for_profile) ||
				!s->configured(seek, note))
			continue;
		*from = s;
		if (!s->fetch(seek, out, err))
			return err->kind == ERR_NOT_FOUND ?
				nothing_found(seek, err->text, err) : false;
		memcpy(out->source, s->name, strlen(s->name) + 1);
		return true;
	}
	return nothing_found(seek, "the metadata service is switched off",
		err);
}
