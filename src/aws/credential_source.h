/* SPDX-License-Identifier: MIT */
/*
 * What the files credential_<source>.c are to the chain: each fills rows of
 * the one table in credential_chain.c, in the AWS CLI's order. The first
 * source that is configured is the one that is asked, and what it answers,
 * a failure too, is final. Private to aws/credential*.c.
 */
#ifndef AWS_CREDENTIAL_SOURCE_H
#define AWS_CREDENTIAL_SOURCE_H

#include "aws/credential.h"
#include "aws/http.h"
#include "base/str.h"
#include "doc/doc.h"

#define CREDENTIAL_NOTE 256

/* One look-up. The sources may block, on a worker. */
struct credential_seek {
	const struct aws_config *config;
	struct door *door;
	struct cancel *cancel;
	const char *profile;     /* whose credentials are looked for */
	bool no_env;             /* the environment's keys do not count */
	char *mfa;               /* the code somebody typed, "": none; wiped
				    by the request that it goes with */
	const struct credential_seek *parent;  /* the role this one is for */
};

/* Without asking anybody. note says why, or why not, when there is more to
 * say than "not set". */
typedef bool credential_configured(const struct credential_seek *seek,
	char note[CREDENTIAL_NOTE]);

/* Fills out (zeroed; the caller clears it, on failure too). ERR_NOT_FOUND:
 * after all there is nothing here. */
typedef bool credential_fetch(const struct credential_seek *seek,
	struct credentials *out, struct error *err);

struct credential_source {
	const char *name;
	credential_configured *configured;
	credential_fetch *fetch;
	bool for_profile;        /* also asked for a role's source_profile */
	bool stable;             /* while it cannot be reached, what it gave
				    last is used on, expired or not */
};

const struct credential_source *credential_chain(size_t *count);
const struct credential_source *credential_source_find(const char *name);

/* Asks the chain; *from is the source that was asked, also on failure
 * (NULL: none was configured). */
bool credential_chain_fetch(const struct credential_seek *seek,
	struct credentials *out, const struct credential_source **from,
	struct error *err);

/* For the table. */
credential_configured credential_env_configured, credential_role_configured,
	credential_shared_configured, credential_config_configured,
	credential_ec2_configured, credential_boto_configured,
	credential_container_configured, credential_imds_configured,
	credential_web_configured, credential_sso_configured,
	credential_login_configured, credential_process_configured;
credential_fetch credential_env_fetch, credential_role_fetch,
	credential_shared_fetch, credential_config_fetch,
	credential_ec2_fetch, credential_boto_fetch,
	credential_container_fetch, credential_imds_fetch,
	credential_web_fetch, credential_sso_fetch, credential_login_fetch,
	credential_process_fetch;

/* Helpers. NULL or "" are "not set" for all of them. */
const char *credential_env(const struct credential_seek *seek,
	const char *name);
const char *credential_key(const struct credential_seek *seek,
	const char *key);
const char *credential_setting(const struct credential_seek *seek,
	const char *name, const char *key);
void credential_detail(struct credentials *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Where a reply has the parts; NULL: it does not. */
struct credential_paths {
	const char *access_key, *secret_key, *token, *expires, *account;
};

/* ERR_CREDENTIALS when a part is missing; never quotes the reply. */
bool credential_read(struct credentials *out, const struct doc *d,
	const struct credential_paths *paths, struct error *err);
bool credential_read_json(struct credentials *out, const struct str *body,
	const struct credential_paths *paths, struct error *err);

/* The text there, the caller's to wipe and free; NULL: none. */
char *credential_value(const struct doc *d, const char *path);

/* A request to a metadata service: no proxy, nothing of the environment. */
bool credential_get_plain(const struct credential_seek *seek,
	const char *method, const char *url,
	const struct http_header *header, long timeout_ms, int *status,
	struct str *body, struct error *err);

/* Sleeps; false when cancelled. */
bool credential_sleep(struct cancel *cancel, int64_t ms);

#endif
