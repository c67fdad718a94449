/* SPDX-License-Identifier: MIT */
/*
 * role_arn in a profile: sts:AssumeRole with the credentials of another
 * profile (which may be a role again), or of the machine that this runs on.
 */
#include "aws/credential_source.h"

#include "aws/region.h"
#include "aws/request.h"
#include "aws/sts.h"
#include "base/clock.h"
#include "base/mem.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *value, *source; } machines[] = {
	{ "Environment", "env" },
	{ "Ec2InstanceMetadata", "iam-role" },
	{ "EcsContainer", "container-role" },
};

static const struct credential_paths paths = {
	.access_key = "AssumeRoleResult/Credentials/AccessKeyId",
	.secret_key = "AssumeRoleResult/Credentials/SecretAccessKey",
	.token = "AssumeRoleResult/Credentials/SessionToken",
	.expires = "AssumeRoleResult/Credentials/Expiration",
};

static bool is_role(const struct credential_seek *seek)
{
	return credential_key(seek, "role_arn") &&
		!credential_key(seek, "web_identity_token_file");
}

static bool has_keys(const struct credential_seek *seek)
{
	return credential_key(seek, "aws_access_key_id") ||
		credential_key(seek, "aws_secret_access_key");
}

bool credential_role_configured(const struct credential_seek *seek,
	char *note)
{
	(void)note;
	return is_role(seek);
}

/* A profile may name itself, for the keys that stand beside its role; any
 * other way back to where we were would never end. */
static bool check_loop(const struct credential_seek *source,
	struct error *err)
{
	const struct credential_seek *role = source->parent;
	const struct credential_seek *s;

	for (s = role; s; s = s->parent) {
		if (strcmp(s->profile, source->profile) != 0)
			continue;
		if (s == role && has_keys(source))
			continue;
		return error_set(err, ERR_CREDENTIALS, "profile %s: "
			"source_profile %s goes in a circle", role->profile,
			source->profile);
	}
	return true;
}

static bool fetch_from_profile(const struct credential_seek *seek,
	const char *name, struct credentials *out, struct error *err)
{
	const struct credential_source *from;
	struct credential_seek source = *seek;

	source.profile = name;
	source.no_env = true;
	source.parent = seek;
	if (!profiles_has(seek->config->profiles, name))
		return error_set(err, ERR_CREDENTIALS, "profile %s: its "
			"source_profile %s does not exist", seek->profile,
			name);
	if (!check_loop(&source, err))
		return false;
	if (is_role(&source) && !has_keys(&source))
		return credential_role_fetch(&source, out, err);
	return credential_chain_fetch(&source, out, &from, err);
}

static bool fetch_from_machine(const struct credential_seek *seek,
	const char *name, struct credentials *out, struct error *err)
{
	const struct credential_source *source = NULL;
	char note[CREDENTIAL_NOTE];
	size_t i;

	for (i = 0; i < sizeof(machines) / sizeof(*machines); i++)
		if (strcmp(machines[i].value, name) == 0)
			source = credential_source_find(machines[i].source);
	if (!source)
		return error_set(err, ERR_CREDENTIALS, "profile %s: "
			"credential_source '%s' is none of Environment, "
			"Ec2InstanceMetadata, EcsContainer", seek->profile,
			name);
	if ((strcmp(source->name, "env") != 0 &&
			!source->configured(seek, note)))
		return error_set(err, ERR_CREDENTIALS, "profile %s: there "
			"are no credentials in credential_source %s",
			seek->profile, name);
	return source->fetch(seek, out, err) ||
		error_set(err, err->kind == ERR_NOT_FOUND ? ERR_CREDENTIALS :
			err->kind, "profile %s: credential_source %s: %s",
			seek->profile, name, err->text);
}

static bool fetch_source(const struct credential_seek *seek,
	struct credentials *out, struct error *err)
{
	const char *profile = credential_key(seek, "source_profile");
	const char *machine = credential_key(seek, "credential_source");

	if (profile && machine)
		return error_set(err, ERR_CREDENTIALS, "profile %s has both "
			"source_profile and credential_source",
			seek->profile);
	if (profile)
		return fetch_from_profile(seek, profile, out, err);
	if (machine)
		return fetch_from_machine(seek, machine, out, err);
	return error_set(err, ERR_CREDENTIALS, "profile %s has role_arn, but "
		"neither source_profile nor credential_source",
		seek->profile);
}

/* The n-th part of an ARN, from 0. */
static const char *arn_part(const char *arn, int n, size_t *len)
{
	for (; n && arn; n--) {
		arn = strchr(arn, ':');
		arn = arn ? arn + 1 : NULL;
	}
	*len = arn ? strcspn(arn, ":") : 0;
	return arn;
}

/* Where the profile works, else where the role's partition is at home. */
static const char *sts_region(const struct credential_seek *seek,
	const char *role)
{
	const struct partition *partition;
	const char *name;
	size_t len;

	if (seek->config->region)
		return seek->config->region;
	name = arn_part(role, 1, &len);
	partition = name ? partition_find(name, len) : NULL;
	return partition ? partition->global_region : "us-east-1";
}

struct role_request {
	struct argument arguments[6];
	size_t count;
	char session[48];
	char mfa[16];
};

static void add(struct role_request *r, const char *path, const char *value)
{
	if (value)
		r->arguments[r->count++] = (struct argument){
			.path = path, .value = value
		};
}

static bool add_mfa(const struct credential_seek *seek,
	struct role_request *r, struct error *err)
{
	const char *serial = credential_key(seek, "mfa_serial");

	if (!serial)
		return true;
	if (!seek->mfa || !*seek->mfa) {
		error_set(err, ERR_NEED_INPUT, "profile %s: the MFA code of "
			"%s is needed", seek->profile, serial);
		memcpy(err->code, "MFA", sizeof("MFA"));
		return false;
	}
	snprintf(r->mfa, sizeof(r->mfa), "%s", seek->mfa);
	mem_wipe(seek->mfa, strlen(seek->mfa));
	add(r, "SerialNumber", serial);
	add(r, "TokenCode", r->mfa);
	return true;
}

static bool fill_request(const struct credential_seek *seek,
	struct role_request *r, struct error *err)
{
	const char *session = credential_key(seek, "role_session_name");
	const char *seconds = credential_key(seek, "duration_seconds");
	long number;

	snprintf(r->session, sizeof(r->session), "tucuxi-%lld",
		(long long)(clock_wall() / 1000));
	add(r, "RoleArn", credential_key(seek, "role_arn"));
	add(r, "RoleSessionName", session ? session : r->session);
	add(r, "ExternalId", credential_key(seek, "external_id"));
	if (seconds && str_int(seconds, 0, INT_MAX, &number))
		add(r, "DurationSeconds", seconds);
	return add_mfa(seek, r, err);
}

static bool read_reply(struct credentials *out, const struct reply *reply,
	struct error *err)
{
	const char *account;
	size_t len;
	char *arn;

	if (!reply->doc)
		return error_set(err, ERR_CREDENTIALS, "STS answered nothing");
	if (!credential_read(out, reply->doc, &paths, err))
		return false;
	if (!out->token || !out->expires)
		return error_set(err, ERR_CREDENTIALS,
			"the reply has no session token or no expiry");
	arn = credential_value(reply->doc,
		"AssumeRoleResult/AssumedRoleUser/Arn");
	account = arn ? arn_part(arn, 4, &len) : NULL;
	if (account && len == 12)
		out->account = xstrndup(account, len);
	free(arn);
	return true;
}

static bool call_sts(const struct credential_seek *seek,
	const struct credentials *source, const struct role_request *r,
	struct credentials *out, struct error *err)
{
	struct endpoint endpoint;
	struct reply reply = { 0 };
	struct call call = {
		.service = sts_service(), .operation = sts_assume_role(),
		.arguments = r->arguments, .argument_count = r->count,
		.config = seek->config, .endpoint = &endpoint,
		.credentials = source, .scope = seek->config->profile,
		.cancel = seek->cancel
	};
	bool ok;

	ok = endpoint_resolve(&endpoint, seek->config, call.service,
			sts_region(seek, credential_key(seek, "role_arn")),
			err) &&
		door_call(seek->door, &call, &reply, err) &&
		read_reply(out, &reply, err);
	reply_clear(&reply);
	return ok;
}

bool credential_role_fetch(const struct credential_seek *seek,
	struct credentials *out, struct error *err)
{
	struct credentials source = { 0 };
	struct role_request request = { .count = 0 };
	const char *role = credential_key(seek, "role_arn");
	bool ok = false;

	if (!fetch_source(seek, &source, err))
		goto out;
	if (!fill_request(seek, &request, err))
		goto out;
	ok = call_sts(seek, &source, &request, out, err) ||
		error_prefix(err, "profile %s, role %s", seek->profile, role);
	if (ok)
		credential_detail(out, "%s by %s", role, source.detail);
out:
	mem_wipe(&request, sizeof(request));
	credentials_clear(&source);
	return ok;
}
