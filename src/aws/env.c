/* SPDX-License-Identifier: MIT */
#include "aws/profile.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/xdg.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>

static const char *process_get(const void *data, const char *name)
{
	(void)data;
	return getenv(name);
}

static const char *empty_get(const void *data, const char *name)
{
	(void)data;
	(void)name;
	return NULL;
}

const struct aws_env *aws_env_process(void)
{
	static const struct aws_env env = { .get = process_get };

	return &env;
}

const struct aws_env *aws_env_empty(void)
{
	static const struct aws_env env = { .get = empty_get };

	return &env;
}

const char *aws_env_get(const struct aws_env *env, const char *name)
{
	return env->get(env->data, name);
}

/* $NAME and ${NAME}; what is not set stays as it is. */
static const char *add_variable(struct str *out, const struct aws_env *env,
	const char *at)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
	bool braces = at[1] == '{';
	const char *start = at + 1 + braces;
	size_t len = braces ? strcspn(start, "}") : strspn(start, letters);
	const char *end = start + len;
	const char *value = NULL;
	char *name;

	if (braces && *end == '}')
		end++;
	else if (braces)
		len = 0;
	name = xstrndup(start, len);
	if (len)
		value = aws_env_get(env, name);
	free(name);
	if (value)
		str_add(out, value);
	else
		str_addn(out, at, (size_t)(end - at));
	return end;
}

/* The directory of "~" or "~user"; NULL: nobody of that name. */
static char *home_of(const struct aws_env *env, const char *user, size_t len)
{
	struct passwd record, *found = NULL;
	const char *home;
	char buffer[4096];
	char *name;

	if (!len) {
		home = aws_env_get(env, "HOME");
		return home && *home ? xstrdup(home) : xdg_home();
	}
	name = xstrndup(user, len);
	if (getpwnam_r(name, &record, buffer, sizeof(buffer), &found) != 0)
		found = NULL;
	free(name);
	return found ? xstrdup(found->pw_dir) : NULL;
}

char *aws_env_expand(const struct aws_env *env, const char *path)
{
	struct str variables = STR_INIT;
	struct str whole = STR_INIT;
	char *home = NULL;
	const char *rest;

	while (*path) {
		if (*path == '$')
			path = add_variable(&variables, env, path);
		else
			str_addc(&variables, *path++);
	}
	rest = variables.p;
	if (*rest == '~') {
		size_t len = strcspn(rest + 1, "/");

		home = home_of(env, rest + 1, len);
		if (home)
			rest += 1 + len;
	}
	if (home)
		str_add(&whole, home);
	str_add(&whole, rest);
	free(home);
	str_clear(&variables);
	return str_take(&whole);
}
