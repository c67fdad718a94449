/* SPDX-License-Identifier: MIT */
#include "aws_files.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *get(const void *data, const char *name)
{
	const struct aws_files *f = data;
	size_t i;

	for (i = f->count; i-- > 0;)
		if (strcmp(f->names[i], name) == 0)
			return f->values[i];
	return NULL;
}

static void path_of(const struct aws_files *f, const char *name,
	char path[128])
{
	snprintf(path, 128, "%s/.aws%s", f->home, name);
}

static void write_file(const struct aws_files *f, const char *name,
	const char *text)
{
	char path[128];
	FILE *file;

	if (!text)
		return;
	path_of(f, name, path);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

void aws_files_open(struct aws_files *f, const char *config,
	const char *credentials)
{
	char path[128];

	*f = (struct aws_files){ .env = { .get = get } };
	f->env.data = f;
	snprintf(f->home, sizeof(f->home), "/tmp/tucuxi-test-XXXXXX");
	assert_non_null(mkdtemp(f->home));
	path_of(f, "", path);
	assert_int_equal(mkdir(path, 0700), 0);
	write_file(f, "/config", config);
	write_file(f, "/credentials", credentials);
	aws_files_set(f, "HOME", f->home);
}

void aws_files_close(struct aws_files *f)
{
	static const char *const names[] = { "/config", "/credentials" };
	char path[128];
	size_t i;

	config_clear(&f->config);
	profiles_free(f->profiles);
	for (i = 0; i < 2; i++) {
		path_of(f, names[i], path);
		unlink(path);
	}
	path_of(f, "", path);
	rmdir(path);
	rmdir(f->home);
}

void aws_files_set(struct aws_files *f, const char *name, const char *value)
{
	assert_true(f->count < sizeof(f->names) / sizeof(*f->names));
	f->names[f->count] = name;
	f->values[f->count++] = value;
}

void aws_files_load(struct aws_files *f)
{
	struct error err = ERROR_INIT;

	profiles_free(f->profiles);
	f->profiles = profiles_load(&f->env, &err);
	if (!f->profiles)
		fail_msg("%s", err.text);
}

void aws_files_resolve(struct aws_files *f, const char *profile)
{
	struct error err = ERROR_INIT;

	if (!f->profiles)
		aws_files_load(f);
	config_clear(&f->config);
	if (!config_resolve(&f->config, &f->env, f->profiles, profile, NULL,
			NULL, &err))
		fail_msg("%s", err.text);
}

void aws_files_refuse(struct aws_files *f, const char *profile,
	const char *region, const char *url, struct error *err)
{
	static const struct aws_config zero;

	if (!f->profiles)
		aws_files_load(f);
	config_clear(&f->config);
	assert_false(config_resolve(&f->config, &f->env, f->profiles, profile,
		region, url, err));
	assert_int_equal(err->kind, ERR_USAGE);
	assert_memory_equal(&f->config, &zero, sizeof(zero));
}
