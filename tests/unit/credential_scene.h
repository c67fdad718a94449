/* SPDX-License-Identifier: MIT */
/* One look-up by the chain, from files and an environment of its own. */
#ifndef TESTS_CREDENTIAL_SCENE_H
#define TESTS_CREDENTIAL_SCENE_H

#include "aws/credential_source.h"

#include "aws_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "fake_door.h"

#define NOW INT64_C(1800000000000)   /* 2027-01-15T08:00:00Z */
#define LATER "2027-01-15T09:00:00Z"

struct scene {
	struct aws_files f;
	struct door door;
	struct credentials got;
	struct error err;
	char mfa[8];
};

static void open_scene(struct scene *s, const char *config,
	const char *credentials)
{
	*s = (struct scene){ .err = ERROR_INIT };
	aws_files_open(&s->f, config, credentials);
	fake_door_init(&s->door, NULL, 0);
}

static void script(struct scene *s, const struct fake_answer *answers,
	size_t count)
{
	fake_door_clear(&s->door);
	fake_door_init(&s->door, answers, count);
}

static void close_scene(struct scene *s)
{
	credentials_clear(&s->got);
	fake_door_clear(&s->door);
	aws_files_close(&s->f);
}

static bool seek(struct scene *s, const char *profile)
{
	const struct credential_source *from;
	struct credential_seek look = {
		.config = &s->f.config, .door = &s->door, .mfa = s->mfa
	};

	aws_files_resolve(&s->f, profile);
	look.profile = s->f.config.profile;
	look.no_env = s->f.config.profile_explicit;
	credentials_clear(&s->got);
	error_reset(&s->err);
	return credential_chain_fetch(&look, &s->got, &from, &s->err);
}

static void found(struct scene *s, const char *profile, const char *source,
	const char *key)
{
	if (!seek(s, profile))
		fail_msg("%s", s->err.text);
	assert_string_equal(s->got.source, source);
	assert_string_equal(s->got.access_key, key);
	assert_non_null(s->got.secret_key);
	assert_true(*s->got.detail);
}

static void refused(struct scene *s, const char *profile, const char *says)
{
	assert_false(seek(s, profile));
	assert_int_equal(s->err.kind, ERR_CREDENTIALS);
	if (!strstr(s->err.text, says))
		fail_msg("'%s' is not in '%s'", says, s->err.text);
}

#endif
