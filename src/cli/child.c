/* SPDX-License-Identifier: MIT */
#include "cli/child.h"

#include "base/mem.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define OWN (sizeof(((struct environment *)NULL)->own) / sizeof(char *))

static bool is_own(const struct environment *e, const char *pair)
{
	size_t len = strcspn(pair, "=") + 1;

	for (size_t i = 0; i < OWN; i++)
		if (e->own[i] && !strncmp(e->own[i], pair, len))
			return true;
	return false;
}

static char *pair(const char *name, const char *value)
{
	struct str out = STR_INIT;

	str_addf(&out, "%s=%s", name, value);
	return str_take(&out);
}

void environment_make(struct environment *e, const struct runtime *rt,
	const char *region, const char *profile)
{
	*e = (struct environment){ .count = 0 };
	if (*region) {
		e->own[0] = pair("AWS_REGION", region);
		e->own[1] = pair("AWS_DEFAULT_REGION", region);
	}
	if (profiles_has(rt->profiles, profile))
		e->own[2] = pair("AWS_PROFILE", profile);
	for (char **p = environ; *p; p++)
		if (!is_own(e, *p))
			*VEC_PUSH(e) = *p;
	for (size_t i = 0; i < OWN; i++)
		if (e->own[i])
			*VEC_PUSH(e) = e->own[i];
	*VEC_PUSH(e) = NULL;
}

void environment_clear(struct environment *e)
{
	for (size_t i = 0; i < OWN; i++)
		free(e->own[i]);
	VEC_FREE(e);
}

/* Nothing of what we block or ignore is handed down. */
static bool start(const char *file, char *const *argv, char *const *env,
	bool behind, pid_t *pid, struct error *err)
{
	short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	int error;

	if (behind)
		flags |= POSIX_SPAWN_SETSID;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, flags);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawn_file_actions_init(&actions);
	for (int fd = 0; behind && fd <= 2; fd++)
		posix_spawn_file_actions_addopen(&actions, fd, "/dev/null",
			O_RDWR, 0);
	error = posix_spawnp(pid, file, &actions, &attributes, argv, env);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return !error || error_set(err, ERR_IO, "%.100s: %s", argv[0],
		strerror(error));
}

bool child_run(char *const *argv, char *const *env, int *status,
	struct error *err)
{
	const int signals[] = { SIGINT, SIGQUIT };
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before[2];
	pid_t pid;
	bool ok;

	for (size_t i = 0; i < 2; i++)
		sigaction(signals[i], &ignore, &before[i]);
	ok = start(argv[0], argv, env, false, &pid, err);
	while (ok && waitpid(pid, status, 0) < 0 && errno == EINTR)
		continue;
	for (size_t i = 0; i < 2; i++)
		sigaction(signals[i], &before[i], NULL);
	return ok;
}

/* What it is told on its line is no secret: where to look, as whom. */
bool child_guard(const struct runtime *rt, const char *id,
	struct error *err)
{
	const struct options *o = rt->options;
	const struct {
		const char *name, *value;
	} options[] = { { "--profile", o->profile },
		{ "--endpoint-url", o->endpoint_url }, { "--log", o->log } };
	struct { char **items; size_t count, room; } argv = { 0 };
	pid_t pid;
	bool ok;

	*VEC_PUSH(&argv) = xstrdup("tucuxi");
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (!options[i].value)
			continue;
		*VEC_PUSH(&argv) = xstrdup(options[i].name);
		*VEC_PUSH(&argv) = xstrdup(options[i].value);
	}
	*VEC_PUSH(&argv) = xstrdup("guard");
	*VEC_PUSH(&argv) = xstrdup(id);
	*VEC_PUSH(&argv) = NULL;
	ok = start("/proc/self/exe", argv.items, environ, true, &pid, err);
	for (size_t i = 0; i < argv.count; i++)
		free(argv.items[i]);
	VEC_FREE(&argv);
	return ok;
}
