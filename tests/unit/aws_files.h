/* SPDX-License-Identifier: MIT */
/* A home folder and an environment of a test's own. */
#ifndef TESTS_AWS_FILES_H
#define TESTS_AWS_FILES_H

#include "aws/profile.h"

struct aws_files {
	char home[64];
	struct aws_env env;
	const char *names[24], *values[24];
	size_t count;
	struct profiles *profiles;
	struct aws_config config;
};

/* Text of ~/.aws/config and ~/.aws/credentials; NULL: no such file. */
void aws_files_open(struct aws_files *f, const char *config,
	const char *credentials);
void aws_files_close(struct aws_files *f);

/* Before load and resolve. NULL unsets. The texts are borrowed. */
void aws_files_set(struct aws_files *f, const char *name, const char *value);

/* Fails the test when it does not work. */
void aws_files_load(struct aws_files *f);
void aws_files_resolve(struct aws_files *f, const char *profile);

/* The other way: it must not work; err says why. */
void aws_files_refuse(struct aws_files *f, const char *profile,
	const char *region, const char *url, struct error *err);

#endif
