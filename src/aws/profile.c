/* SPDX-License-Identifier: MIT */
#include "aws/profile.h"

#include "aws/ini.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/vec.h"
#include "base/xdg.h"

#include <stdlib.h>
#include <string.h>

#define FILE_MAX ((size_t)16 << 20)

/* Where one profile stands: its section in each file, or NULL. */
struct profile {
	const char *name;
	const char *config;
	const char *credentials;
	char *label;             /* "profile x" */
};

struct profiles {
	char *config_file, *credentials_file;
	struct ini *config, *credentials;
	struct map *by_name;     /* struct profile */
	struct map *services;    /* name → section of the config file */
	struct map *sso;
	struct { char **items; size_t count, room; } names;   /* in by_name */
	struct { char **items; size_t count, room; } warnings;
};

/* One word of a section's name by the shell's quoting; false at the end, and
 * *bad when a quote is not closed. */
static bool next_word(const char **at, struct str *word, bool *bad)
{
	const char *p = *at + strspn(*at, " \t");
	char quote = 0;

	str_reset(word);
	*at = p;
	if (!*p)
		return false;
	for (; *p && (quote || !strchr(" \t", *p)); p++) {
		if (quote && *p == quote)
			quote = 0;
		else if (!quote && (*p == '\'' || *p == '"'))
			quote = *p;
		else if (*p == '\\' && quote != '\'' && p[1] && (!quote ||
				p[1] == '"' || p[1] == '\\'))
			str_addc(word, *++p);
		else
			str_addc(word, *p);
	}
	*bad = *bad || quote;
	*at = p;
	return true;
}

/* "profile x" for kind "profile": x, the caller's; else NULL. */
static char *section_subject(const char *section, const char *kind)
{
	struct str word = STR_INIT;
	struct str subject = STR_INIT;
	char *result = NULL;
	bool bad = false;
	size_t words = 0;

	while (next_word(&section, &word, &bad)) {
		if (words == 0 && strcmp(word.p, kind) != 0)
			break;
		if (++words == 2)
			str_add(&subject, word.p);
	}
	if (words == 2 && !bad)
		result = str_take(&subject);
	str_clear(&word);
	str_clear(&subject);
	return result;
}

static void warn(struct profiles *p, const char *text)
{
	struct str clean = STR_INIT;

	text_sanitise(&clean, text, strlen(text), false);
	*VEC_PUSH(&p->warnings) = str_take(&clean);
}

static struct profile *add_profile(struct profiles *p, const char *name)
{
	struct profile *profile = map_get(p->by_name, name);
	struct str label = STR_INIT;

	if (profile)
		return profile;
	profile = xcalloc(1, sizeof(*profile));
	str_addf(&label, "profile %s", name);
	profile->label = str_take(&label);
	profile->name = profile->label + strlen("profile ");
	map_set(p->by_name, name, profile);
	*VEC_PUSH(&p->names) = profile->label + strlen("profile ");
	return profile;
}

/* Of two sections that mean one profile the later one replaces the other,
 * as in the AWS CLI. */
static void add_config_profile(struct profiles *p, const char *name,
	const char *section)
{
	struct profile *profile = add_profile(p, name);
	struct str text = STR_INIT;

	if (profile->config) {
		str_addf(&text, "%s: [%s] and [%s] are one profile, "
			"the later one counts", p->config_file,
			profile->config, section);
		warn(p, text.p);
		str_clear(&text);
	}
	profile->config = section;
}

static void read_config_sections(struct profiles *p)
{
	size_t i;

	for (i = 0; i < ini_section_count(p->config); i++) {
		const char *section = ini_section_name(p->config, i);
		char *name;

		if (strcmp(section, "default") == 0) {
			add_config_profile(p, section, section);
		} else if ((name = section_subject(section, "profile"))) {
			add_config_profile(p, name, section);
			free(name);
		} else if ((name = section_subject(section, "services"))) {
			map_set(p->services, name, (void *)section);
			free(name);
		} else if ((name = section_subject(section,
				"sso-session"))) {
			map_set(p->sso, name, (void *)section);
			free(name);
		}
	}
}

/* Python gives [DEFAULT] to every section; it is no profile there. */
static void read_credentials_sections(struct profiles *p)
{
	size_t i;

	for (i = 0; i < ini_section_count(p->credentials); i++) {
		const char *section = ini_section_name(p->credentials, i);

		if (strcmp(section, "DEFAULT") != 0)
			add_profile(p, section)->credentials = section;
	}
}

static bool read_ini(struct ini **ini, const char *path, struct error *err)
{
	char *text = NULL;
	size_t len = 0;

	if (!*path || !xdg_read_file(path, FILE_MAX, &text, &len, err)) {
		if (*path && err->kind != ERR_NOT_FOUND)
			return false;
		error_reset(err);
		*ini = ini_parse("", 0, path, err);
		return *ini != NULL;
	}
	*ini = ini_parse(text, len, path, err);
	mem_wipe(text, len);
	free(text);
	return *ini != NULL;
}

static char *file_path(const struct aws_env *env, const char *variable,
	const char *usual)
{
	const char *given = aws_env_get(env, variable);

	return aws_env_expand(env, given ? given : usual);
}

static int compare_names(const void *a, const void *b)
{
	const char *x = *(const char *const *)a;
	const char *y = *(const char *const *)b;

	return text_natural_compare(x, strlen(x), y, strlen(y));
}

static void copy_warnings(struct profiles *p, const struct ini *ini)
{
	size_t i;

	for (i = 0; i < ini_warning_count(ini); i++)
		*VEC_PUSH(&p->warnings) = xstrdup(ini_warning(ini, i));
}

static struct profiles *profiles_alloc(void)
{
	struct profiles *p = xcalloc(1, sizeof(*p));

	p->by_name = map_new();
	p->services = map_new();
	p->sso = map_new();
	return p;
}

struct profiles *profiles_empty(void)
{
	struct profiles *p = profiles_alloc();
	struct error err = ERROR_INIT;

	p->config_file = xstrdup("");
	p->credentials_file = xstrdup("");
	p->config = ini_parse("", 0, "", &err);
	p->credentials = ini_parse("", 0, "", &err);
	return p;
}

struct profiles *profiles_load(const struct aws_env *env, struct error *err)
{
	struct profiles *p = profiles_alloc();

	p->config_file = file_path(env, "AWS_CONFIG_FILE", "~/.aws/config");
	p->credentials_file = file_path(env, "AWS_SHARED_CREDENTIALS_FILE",
		"~/.aws/credentials");
	if (!read_ini(&p->config, p->config_file, err) ||
			!read_ini(&p->credentials, p->credentials_file, err)) {
		profiles_free(p);
		return NULL;
	}
	copy_warnings(p, p->config);
	copy_warnings(p, p->credentials);
	read_config_sections(p);
	read_credentials_sections(p);
	if (p->names.count)
		qsort(p->names.items, p->names.count,
			sizeof(*p->names.items), compare_names);
	return p;
}

static void free_profile(void *data)
{
	struct profile *profile = data;

	free(profile->label);
	free(profile);
}

void profiles_free(struct profiles *p)
{
	size_t i;

	if (!p)
		return;
	for (i = 0; i < p->warnings.count; i++)
		free(p->warnings.items[i]);
	VEC_FREE(&p->warnings);
	VEC_FREE(&p->names);
	map_free(p->by_name, free_profile);
	map_free(p->services, NULL);
	map_free(p->sso, NULL);
	ini_free(p->config);
	ini_free(p->credentials);
	free(p->config_file);
	free(p->credentials_file);
	free(p);
}

size_t profiles_count(const struct profiles *p)
{
	return p->names.count;
}

const char *profiles_name(const struct profiles *p, size_t i)
{
	return i < p->names.count ? p->names.items[i] : NULL;
}

bool profiles_has(const struct profiles *p, const char *profile)
{
	return map_has(p->by_name, profile);
}

const char *profiles_label(const struct profiles *p, const char *profile)
{
	const struct profile *found = map_get(p->by_name, profile);

	return found ? found->label : "profile";
}

const char *profiles_get(const struct profiles *p, const char *profile,
	const char *key)
{
	const char *value = profiles_get_credentials(p, profile, key);

	return value ? value : profiles_get_config(p, profile, key);
}

const char *profiles_get_nested(const struct profiles *p,
	const char *profile, const char *block, const char *key)
{
	const struct profile *found = map_get(p->by_name, profile);
	const char *value = NULL;

	if (found && found->credentials)
		value = ini_get_nested(p->credentials, found->credentials,
			block, key);
	if (!value && found && found->config)
		value = ini_get_nested(p->config, found->config, block, key);
	return value;
}

const char *profiles_get_credentials(const struct profiles *p,
	const char *profile, const char *key)
{
	const struct profile *found = map_get(p->by_name, profile);

	return found && found->credentials ?
		ini_get(p->credentials, found->credentials, key) : NULL;
}

const char *profiles_get_config(const struct profiles *p,
	const char *profile, const char *key)
{
	const struct profile *found = map_get(p->by_name, profile);

	return found && found->config ?
		ini_get(p->config, found->config, key) : NULL;
}

bool profiles_has_services(const struct profiles *p, const char *name)
{
	return map_has(p->services, name);
}

const char *profiles_get_service(const struct profiles *p, const char *name,
	const char *service, const char *key)
{
	const char *section = map_get(p->services, name);

	return section ? ini_get_nested(p->config, section, service, key) :
		NULL;
}

const char *profiles_get_sso(const struct profiles *p, const char *name,
	const char *key)
{
	const char *section = map_get(p->sso, name);

	return section ? ini_get(p->config, section, key) : NULL;
}

const char *profiles_config_file(const struct profiles *p)
{
	return p->config_file;
}

const char *profiles_credentials_file(const struct profiles *p)
{
	return p->credentials_file;
}

size_t profiles_warning_count(const struct profiles *p)
{
	return p->warnings.count;
}

const char *profiles_warning(const struct profiles *p, size_t i)
{
	return i < p->warnings.count ? p->warnings.items[i] : NULL;
}
