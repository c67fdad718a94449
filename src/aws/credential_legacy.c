/* SPDX-License-Identifier: MIT */
/*
 * Two files of earlier days that the AWS CLI still asks: the one of the old
 * EC2 tools (AWS_CREDENTIAL_FILE) and boto 2's configuration.
 */
#include "aws/credential_source.h"

#include "aws/ini.h"
#include "base/mem.h"
#include "base/xdg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX ((size_t)1 << 20)

struct legacy {
	const char *section;
	const char *id, *secret;      /* keys there, in lower case */
	bool bare;                    /* the file has no sections */
};

static const struct legacy ec2_tools = {
	.section = "keys", .id = "awsaccesskeyid", .secret = "awssecretkey",
	.bare = true
};

static const struct legacy boto = {
	.section = "Credentials", .id = "aws_access_key_id",
	.secret = "aws_secret_access_key"
};

static const char *const boto_files[] = { "/etc/boto.cfg", "~/.boto" };

/* NULL with ERR_NOT_FOUND: no such file. */
static struct ini *read_file(const struct credential_seek *seek,
	const struct legacy *kind, const char *name, struct error *err)
{
	char *path = aws_env_expand(seek->config->env, name);
	struct str whole = STR_INIT;
	struct ini *ini = NULL;
	char *text;
	size_t len;

	if (xdg_read_file(path, FILE_MAX, &text, &len, err)) {
		if (kind->bare)
			str_addf(&whole, "[%s]\n", kind->section);
		str_addn(&whole, text, len);
		ini = ini_parse(whole.p, whole.len, path, err);
		mem_wipe(text, len);
		free(text);
	}
	str_wipe(&whole);
	free(path);
	return ini;
}

static const char *get(const struct ini *ini, const struct legacy *kind,
	const char *key)
{
	const char *value = ini_get(ini, kind->section, key);

	return value && *value ? value : NULL;
}

/* A file that is there but cannot be read counts: fetching says why. */
static bool has_key(const struct credential_seek *seek,
	const struct legacy *kind, const char *name)
{
	struct error err = ERROR_INIT;
	struct ini *ini = read_file(seek, kind, name, &err);
	bool has = ini ? get(ini, kind, kind->id) != NULL :
		err.kind != ERR_NOT_FOUND;

	ini_free(ini);
	return has;
}

static bool fetch(const struct credential_seek *seek,
	const struct legacy *kind, const char *name, struct credentials *out,
	struct error *err)
{
	struct ini *ini = read_file(seek, kind, name, err);
	const char *id, *secret;
	bool ok;

	if (!ini)
		return error_set(err, ERR_CREDENTIALS, "%s", err->text);
	id = get(ini, kind, kind->id);
	secret = get(ini, kind, kind->secret);
	ok = id && secret;
	if (ok) {
		out->access_key = xstrdup(id);
		out->secret_key = xstrdup(secret);
		credential_detail(out, "%s", name);
	} else {
		error_set(err, ERR_CREDENTIALS, "%s has no %s", name,
			id ? kind->secret : kind->id);
	}
	ini_free(ini);
	return ok;
}

bool credential_ec2_configured(const struct credential_seek *seek,
	char *note)
{
	(void)note;
	return credential_env(seek, "AWS_CREDENTIAL_FILE") != NULL;
}

bool credential_ec2_fetch(const struct credential_seek *seek,
	struct credentials *out, struct error *err)
{
	return fetch(seek, &ec2_tools,
		credential_env(seek, "AWS_CREDENTIAL_FILE"), out, err);
}

static const char *find_boto(const struct credential_seek *seek)
{
	const char *given = credential_env(seek, "BOTO_CONFIG");
	size_t i;

	if (given)
		return has_key(seek, &boto, given) ? given : NULL;
	for (i = 0; i < sizeof(boto_files) / sizeof(*boto_files); i++)
		if (has_key(seek, &boto, boto_files[i]))
			return boto_files[i];
	return NULL;
}

bool credential_boto_configured(const struct credential_seek *seek,
	char *note)
{
	(void)note;
	return find_boto(seek) != NULL;
}

bool credential_boto_fetch(const struct credential_seek *seek,
	struct credentials *out, struct error *err)
{
	const char *name = find_boto(seek);

	return name ? fetch(seek, &boto, name, out, err) :
		error_set(err, ERR_CREDENTIALS,
			"boto's configuration has gone away");
}
