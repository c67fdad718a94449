/* SPDX-License-Identifier: MIT */
/* Who am I, and sessions of roles: any role of any account, for an hour. */
#include "sim/call.h"
#include "sim/keyring.h"
#include "sim/server.h"
#include "sim/service.h"
#include "sim/xml.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define DURATION 3600
#define DURATION_LEAST 900
#define DURATION_MOST 43200
#define DURATION_CHAINED 3600

static bool invalid(struct call *c, const char *value, const char *name,
	const char *rule)
{
	return call_error(c, 400, "ValidationError", "1 validation error "
		"detected: Value '%s' at '%s' failed to satisfy constraint: "
		"%s", value, name, rule);
}

static void get_caller_identity(struct call *c)
{
	struct key_row row = { 0 };

	if (!keyring_find(c->sim->keyring, c->access_key, &row))
		keyring_find(c->sim->keyring, SIM_ACCESS_KEY, &row);
	call_open(c);
	xml_add(c->out, "<Arn>%s</Arn><UserId>%s</UserId>"
		"<Account>%s</Account>", row.arn, row.user_id, row.account);
	call_close(c);
}

/* arn:aws:iam::123456789012:role/path/name; *name is what follows role/. */
static bool parse_role(const char *arn, char account[13], const char **name)
{
	static const char head[] = "arn:aws:iam::";
	const char *at = arn + sizeof(head) - 1;

	if (!str_starts(arn, head) || strspn(at, "0123456789") != 12 ||
		!str_starts(at + 12, ":role/"))
		return false;
	memcpy(account, at, 12);
	account[12] = '\0';
	*name = at + 18;
	return **name != '\0';
}

static bool is_session_name(const char *name)
{
	size_t len = strlen(name);

	if (len < 2 || len > 64)
		return false;
	for (; *name; name++)
		if (!isalnum((unsigned char)*name) &&
			!strchr("_+=,.@-", *name))
			return false;
	return true;
}

static bool check_mfa(struct call *c)
{
	const char *serial = call_param(c, "SerialNumber");
	const char *code = call_param(c, "TokenCode");

	if (!serial && !code)
		return true;
	if (!serial || !code)
		return call_error(c, 400, "ValidationError", "Both "
			"SerialNumber and TokenCode are needed");
	if (strlen(code) != 6 || strspn(code, "0123456789") != 6)
		return invalid(c, "(hidden)", "tokenCode", "Member must "
			"satisfy regular expression pattern: [\\d]{6}");
	if (!strcmp(code, "000000"))
		return call_error(c, 403, "AccessDenied", "MultiFactor"
			"Authentication failed with invalid MFA one time pass "
			"code. ");
	return true;
}

static bool read_duration(struct call *c, long *seconds)
{
	const char *given = call_param(c, "DurationSeconds");
	struct key_row row;

	*seconds = DURATION;
	if (!given)
		return true;
	if (!str_int(given, DURATION_LEAST, DURATION_MOST, seconds))
		return invalid(c, given, "durationSeconds", "Member must have "
			"value between 900 and 43200");
	if (*seconds > DURATION_CHAINED &&
		keyring_find(c->sim->keyring, c->access_key, &row) &&
		row.of_role)
		return call_error(c, 400, "ValidationError", "The requested "
			"DurationSeconds exceeds the 1 hour session limit for "
			"roles assumed by role chaining");
	return true;
}

static void write_session(struct call *c, const struct key_row *row)
{
	bool web = call_param(c, "WebIdentityToken") != NULL;

	call_open(c);
	if (web)
		str_add(c->out, "<SubjectFromWebIdentityToken>system:"
			"serviceaccount:default:demo"
			"</SubjectFromWebIdentityToken><Audience>"
			"sts.amazonaws.com</Audience><Provider>arn:aws:iam::"
			"210987654321:oidc-provider/oidc.example</Provider>");
	xml_add(c->out, "<AssumedRoleUser><AssumedRoleId>%s</AssumedRoleId>"
		"<Arn>%s</Arn></AssumedRoleUser><Credentials><AccessKeyId>%s"
		"</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>"
		"<SessionToken>%s</SessionToken><Expiration>%t</Expiration>"
		"</Credentials>", row->user_id, row->arn, row->access,
		row->secret, row->token, row->expires);
	call_close(c);
}

static void assume(struct call *c)
{
	const char *arn = call_param(c, "RoleArn");
	const char *session = call_param(c, "RoleSessionName");
	struct key_row row = { 0 };
	const char *name, *last;
	long seconds;

	if (!arn || !parse_role(arn, row.account, &name)) {
		invalid(c, arn ? arn : "null", "roleArn",
			"Member must be the ARN of a role");
		return;
	}
	if (!session || !is_session_name(session)) {
		invalid(c, session ? session : "null", "roleSessionName",
			"Member must satisfy regular expression pattern: "
			"[\\w+=,.@-]{2,64}");
		return;
	}
	if (!read_duration(c, &seconds))
		return;
	last = strrchr(name, '/');
	snprintf(row.arn, sizeof(row.arn), "arn:aws:sts::%s:assumed-role/%s/%s",
		row.account, last ? last + 1 : name, session);
	snprintf(row.user_id, sizeof(row.user_id), "AROATUCUXIDEMO0000001:%s",
		session);
	row.expires = (c->now / 1000 + seconds) * 1000;
	keyring_add(c->sim->keyring, &row);
	write_session(c, &row);
}

static void assume_role(struct call *c)
{
	if (check_mfa(c))
		assume(c);
}

/* Any token of three parts is believed. */
static void assume_with_token(struct call *c)
{
	const char *token = call_param(c, "WebIdentityToken");
	const char *dot = token ? strchr(token, '.') : NULL;

	if (dot && strchr(dot + 1, '.'))
		assume(c);
	else
		call_error(c, 400, "InvalidIdentityToken", "The web identity "
			"token that was passed could not be validated by "
			"AWS.");
}

static const struct sim_action actions[] = {
	{ .name = "AssumeRole", .run = assume_role },
	{ .name = "AssumeRoleWithWebIdentity", .run = assume_with_token, .open = true },
	{ .name = "GetCallerIdentity", .run = get_caller_identity },
	{ .name = NULL }
};

static const struct sim_service service = {
	.name = "sts", .style = STYLE_QUERY, .version = "2011-06-15",
	.namespace = "https://sts.amazonaws.com/doc/%s/", .actions = actions,
	.find = service_find_query,
};

const struct sim_service *service_sts(void)
{
	return &service;
}
