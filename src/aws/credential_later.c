/* SPDX-License-Identifier: MIT */
/*
 * Sources of the AWS CLI's chain that this program does not read itself:
 * where a profile wants one, it is never passed over in favour of others,
 * but the line is named that hands its credentials on.
 */
#include "aws/credential_source.h"

#include <stdio.h>
#include <string.h>

static bool has_key(const struct credential_seek *seek, const char *key,
	char *note)
{
	if (!credential_key(seek, key))
		return false;
	snprintf(note, CREDENTIAL_NOTE, "%s in profile %s", key,
		seek->profile);
	return true;
}

/* A profile's name as one word of a shell line. */
static void add_word(struct str *line, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,:/@+-";

	if (*word && strspn(word, plain) == strlen(word)) {
		str_add(line, word);
		return;
	}
	str_addc(line, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			str_add(line, "'\\'");
		str_addc(line, *word);
	}
	str_addc(line, '\'');
}

/* login: the CLI's line for the person first, or NULL. */
static bool cannot(const struct credential_seek *seek, const char *what,
	const char *login, struct error *err)
{
	struct str name = STR_INIT;
	struct str first = STR_INIT;

	add_word(&name, seek->profile);
	if (login)
		str_addf(&first, "`%s --profile %s`, then ", login, name.p);
	error_set(err, ERR_CREDENTIALS, "profile %s uses %s, which tucuxi "
		"does not do yet: run %s`eval \"$(aws configure "
		"export-credentials --profile %s --format env)\"` and start "
		"tucuxi in that shell without --profile", seek->profile,
		what, first.p, name.p);
	str_clear(&name);
	str_clear(&first);
	return false;
}

bool credential_web_configured(const struct credential_seek *seek,
	char *note)
{
	if (!seek->no_env &&
			credential_env(seek, "AWS_WEB_IDENTITY_TOKEN_FILE")) {
		snprintf(note, CREDENTIAL_NOTE,
			"AWS_WEB_IDENTITY_TOKEN_FILE is set");
		return true;
	}
	return has_key(seek, "web_identity_token_file", note);
}

bool credential_web_fetch(const struct credential_seek *seek,
	struct credentials *out, struct error *err)
{
	(void)out;
	return cannot(seek, "a web identity token", NULL, err);
}

bool credential_sso_configured(const struct credential_seek *seek,
	char *note)
{
	return has_key(seek, "sso_role_name", note) ||
		has_key(seek, "sso_account_id", note);
}

bool credential_sso_fetch(const struct credential_seek *seek,
	struct credentials *out, struct error *err)
{
	(void)out;
	return cannot(seek, "IAM Identity Center (SSO)", "aws sso login",
		err);
}

bool credential_login_configured(const struct credential_seek *seek,
	char *note)
{
	return has_key(seek, "login_session", note);
}

bool credential_login_fetch(const struct credential_seek *seek,
	struct credentials *out, struct error *err)
{
	(void)out;
	return cannot(seek, "a console sign-in", "aws login", err);
}

bool credential_process_configured(const struct credential_seek *seek,
	char *note)
{
	return has_key(seek, "credential_process", note);
}

bool credential_process_fetch(const struct credential_seek *seek,
	struct credentials *out, struct error *err)
{
	(void)out;
	return cannot(seek, "credential_process", NULL, err);
}
