/* SPDX-License-Identifier: MIT */
/*
 * Profiles of ~/.aws/config and ~/.aws/credentials, and what a session takes
 * from command line, environment and profile, in the AWS CLI v2's order of
 * precedence. Immutable once loaded: any thread may read.
 */
#ifndef AWS_PROFILE_H
#define AWS_PROFILE_H

#include "aws/service.h"
#include "base/error.h"

#include <stddef.h>

/* Where environment variables come from: the process, nothing (--demo), or a
 * test's table. An empty variable is told as "", an unset one as NULL. */
struct aws_env {
	const char *(*get)(const void *data, const char *name);
	const void *data;
};

const struct aws_env *aws_env_process(void);
const struct aws_env *aws_env_empty(void);
const char *aws_env_get(const struct aws_env *env, const char *name);

/* A path with $NAME, ${NAME} and a leading ~ or ~user filled in. */
char *aws_env_expand(const struct aws_env *env, const char *path);

struct profiles;

/* Missing files are empty ones; a file that cannot be read or parsed is an
 * error that names it, with the line. */
struct profiles *profiles_load(const struct aws_env *env, struct error *err);
struct profiles *profiles_empty(void);
void profiles_free(struct profiles *p);

size_t profiles_count(const struct profiles *p);
const char *profiles_name(const struct profiles *p, size_t i);  /* sorted */
bool profiles_has(const struct profiles *p, const char *profile);

/* Key of a profile, both files merged, credentials file first. */
const char *profiles_get(const struct profiles *p, const char *profile,
	const char *key);
const char *profiles_get_nested(const struct profiles *p,
	const char *profile, const char *block, const char *key);

/* Only the one file (the credential chain tells them apart). */
const char *profiles_get_credentials(const struct profiles *p,
	const char *profile, const char *key);
const char *profiles_get_config(const struct profiles *p,
	const char *profile, const char *key);

/* "profile x" for messages, as long as p lives; "profile" if unknown. */
const char *profiles_label(const struct profiles *p, const char *profile);

/* [services NAME] and [sso-session NAME]. */
bool profiles_has_services(const struct profiles *p, const char *name);
const char *profiles_get_service(const struct profiles *p, const char *name,
	const char *service, const char *key);
const char *profiles_get_sso(const struct profiles *p, const char *name,
	const char *key);

const char *profiles_config_file(const struct profiles *p);
const char *profiles_credentials_file(const struct profiles *p);
size_t profiles_warning_count(const struct profiles *p);
const char *profiles_warning(const struct profiles *p, size_t i);

/* What one session runs with. Strings are its own. */
struct aws_config {
	const struct aws_env *env;          /* borrowed */
	const struct profiles *profiles;    /* borrowed */
	char *profile;             /* "default" when nobody named one */
	bool profile_explicit;     /* --profile: environment's keys skipped */
	char *region;              /* NULL: nobody said; never guessed */
	const char *region_source; /* "--region", "AWS_REGION", "profile x" */
	char *endpoint_url;        /* --endpoint-url; others are looked up
				      per service by config_endpoint_url */
	char *ca_bundle;
	bool use_fips, use_dualstack;
	bool s3_path_style, s3_virtual_style;   /* both false: automatic */
	unsigned max_attempts;     /* 0: the service's default */
	bool static_credentials;   /* demo and tests: fixed key, no chain */
	char *access_key, *secret_key, *session_token;
};

/* profile, region, endpoint_url may be NULL; what config held is not looked
 * at. Fails on a profile that is in neither file though named, on a malformed
 * region or URL, on a setting that no client could take; config is then
 * zero. */
bool config_resolve(struct aws_config *config, const struct aws_env *env,
	const struct profiles *profiles, const char *profile,
	const char *region, const char *endpoint_url, struct error *err);
void config_clear(struct aws_config *config);

/* Flag, AWS_ENDPOINT_URL_<SVC>, AWS_ENDPOINT_URL, services section,
 * endpoint_url of the profile; NULL: none. *source names it. */
const char *config_endpoint_url(const struct aws_config *config,
	const struct service *service, const char **source);

#endif
