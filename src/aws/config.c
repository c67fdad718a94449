/* SPDX-License-Identifier: MIT */
/*
 * Command line, then environment, then profile, as in the AWS CLI v2: a
 * variable that is set but empty still counts, and hides the profile's key.
 */
#include "aws/profile.h"

#include "aws/region.h"
#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* The first variable that is set; *name says which. */
static const char *first_set(const struct aws_env *env,
	const char *const names[], const char **name)
{
	const char *value;

	for (; *names; names++) {
		value = aws_env_get(env, *names);
		if (value) {
			*name = *names;
			return value;
		}
	}
	return NULL;
}

/* Variable, else key of the profile; *source says which. */
static const char *setting(const struct aws_config *config,
	const char *variable, const char *key, const char **source)
{
	const char *value = aws_env_get(config->env, variable);

	*source = variable;
	if (value)
		return value;
	*source = profiles_label(config->profiles, config->profile);
	return profiles_get(config->profiles, config->profile, key);
}

static bool is_true(const struct aws_config *config, const char *variable,
	const char *key)
{
	const char *source;
	const char *value = setting(config, variable, key, &source);

	return value && str_ieq(value, "true");
}

static bool resolve_profile(struct aws_config *config, const char *given,
	struct error *err)
{
	static const char *const names[] = {
		"AWS_PROFILE", "AWS_DEFAULT_PROFILE", NULL
	};
	const char *source = "--profile";
	const char *name = given;

	config->profile_explicit = given != NULL;
	if (!name)
		name = first_set(config->env, names, &source);
	config->profile = xstrdup(name ? name : "default");
	if (!name || profiles_has(config->profiles, name))
		return true;
	if (!*name)
		return error_set(err, ERR_USAGE, "%s is set but empty: unset "
			"it or name a profile", source);
	return error_set(err, ERR_USAGE, "profile '%s' (%s) is neither in %s "
		"nor in %s", name, source,
		profiles_config_file(config->profiles),
		profiles_credentials_file(config->profiles));
}

static bool resolve_region(struct aws_config *config, const char *given,
	struct error *err)
{
	static const char *const names[] = {
		"AWS_REGION", "AWS_DEFAULT_REGION", NULL
	};
	const char *source = "--region";
	const char *region = given;

	if (!region)
		region = first_set(config->env, names, &source);
	if (!region) {
		region = profiles_get(config->profiles, config->profile,
			"region");
		source = profiles_label(config->profiles, config->profile);
	}
	if (!region || (!*region && !given))
		return true;
	if (!region_valid(region))
		return error_set(err, ERR_USAGE, "'%s' (%s) is not the name "
			"of a region", region, source);
	config->region = xstrdup(region);
	config->region_source = source;
	return true;
}

static bool resolve_endpoint(struct aws_config *config, const char *given,
	struct error *err)
{
	struct endpoint endpoint;
	const char *services;

	if (given) {
		if (!endpoint_parse(&endpoint, given, err))
			return error_prefix(err, "--endpoint-url");
		config->endpoint_url = xstrdup(given);
	}
	services = profiles_get(config->profiles, config->profile,
		"services");
	if (!services || profiles_has_services(config->profiles, services))
		return true;
	return error_set(err, ERR_USAGE, "profile %s wants [services %s], "
		"which is not in %s", config->profile, services,
		profiles_config_file(config->profiles));
}

static bool resolve_s3(struct aws_config *config, struct error *err)
{
	const char *style = profiles_get_nested(config->profiles,
		config->profile, "s3", "addressing_style");

	if (!style)
		return true;
	config->s3_path_style = strcmp(style, "path") == 0;
	config->s3_virtual_style = strcmp(style, "virtual") == 0;
	return config->s3_path_style || config->s3_virtual_style ||
		strcmp(style, "auto") == 0 ||
		error_set(err, ERR_USAGE, "profile %s: s3 addressing_style "
			"'%s' is none of auto, virtual, path",
			config->profile, style);
}

static bool resolve_attempts(struct aws_config *config, struct error *err)
{
	const char *source;
	const char *value = setting(config, "AWS_MAX_ATTEMPTS",
		"max_attempts", &source);
	long number;

	if (!value)
		return true;
	if (!str_int(value, 1, 1000, &number))
		return error_set(err, ERR_USAGE, "max_attempts '%s' (%s) is "
			"not a number from 1 to 1000", value, source);
	config->max_attempts = (unsigned)number;
	return true;
}

static void resolve_ca_bundle(struct aws_config *config)
{
	const char *source;
	const char *path = setting(config, "AWS_CA_BUNDLE", "ca_bundle",
		&source);

	if (!path)
		path = aws_env_get(config->env, "REQUESTS_CA_BUNDLE");
	if (path && *path)
		config->ca_bundle = aws_env_expand(config->env, path);
}

bool config_resolve(struct aws_config *config, const struct aws_env *env,
	const struct profiles *profiles, const char *profile,
	const char *region, const char *endpoint_url, struct error *err)
{
	*config = (struct aws_config){ .env = env, .profiles = profiles };
	if (!resolve_profile(config, profile, err) ||
			!resolve_region(config, region, err) ||
			!resolve_endpoint(config, endpoint_url, err) ||
			!resolve_s3(config, err) ||
			!resolve_attempts(config, err)) {
		config_clear(config);
		return false;
	}
	resolve_ca_bundle(config);
	config->use_fips = is_true(config, "AWS_USE_FIPS_ENDPOINT",
		"use_fips_endpoint");
	config->use_dualstack = is_true(config, "AWS_USE_DUALSTACK_ENDPOINT",
		"use_dualstack_endpoint");
	return true;
}

void config_clear(struct aws_config *config)
{
	free(config->profile);
	free(config->region);
	free(config->endpoint_url);
	free(config->ca_bundle);
	mem_wipe_free(config->access_key);
	mem_wipe_free(config->secret_key);
	mem_wipe_free(config->session_token);
	*config = (struct aws_config){ 0 };
}

static const char *endpoint_by_environment(const struct aws_config *config,
	const struct service *service, const char **source)
{
	struct str name = STR_INIT;
	const char *url = NULL;

	if (service->env) {
		str_addf(&name, "AWS_ENDPOINT_URL_%s", service->env);
		url = aws_env_get(config->env, name.p);
		str_clear(&name);
		*source = "AWS_ENDPOINT_URL_<SERVICE>";
	}
	if (!url || !*url) {
		url = aws_env_get(config->env, "AWS_ENDPOINT_URL");
		*source = "AWS_ENDPOINT_URL";
	}
	return url && *url ? url : NULL;
}

/* The key of a service is its variable's ending in lower case. */
static const char *endpoint_by_services(const struct aws_config *config,
	const struct service *service)
{
	const char *services = profiles_get(config->profiles,
		config->profile, "services");
	const char *url;
	char *key, *c;

	if (!services || !service->env)
		return NULL;
	key = xstrdup(service->env);
	for (c = key; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	url = profiles_get_service(config->profiles, services, key,
		"endpoint_url");
	free(key);
	return url && *url ? url : NULL;
}

const char *config_endpoint_url(const struct aws_config *config,
	const struct service *service, const char **source)
{
	const char *url;

	*source = "--endpoint-url";
	if (config->endpoint_url)
		return config->endpoint_url;
	if (!config->env || !config->profiles ||
			is_true(config, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
				"ignore_configured_endpoint_urls"))
		return NULL;
	url = endpoint_by_environment(config, service, source);
	if (url)
		return url;
	*source = "the profile's [services] section";
	url = endpoint_by_services(config, service);
	if (url)
		return url;
	*source = "endpoint_url of the profile";
	url = profiles_get(config->profiles, config->profile,
		"endpoint_url");
	return url && *url ? url : NULL;
}
