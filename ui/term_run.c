/* SPDX-License-Identifier: MIT */
/* Another program on our terminal, then ours again. */
#include "ui/term.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#ifdef __GLIBC__
#if __GLIBC_PREREQ(2, 35)
#define SPAWN_IN_FRONT 1
#endif
#endif

/* The terminal is its own before it runs: a Ctrl-C at once is not lost. */
static void in_front(posix_spawn_file_actions_t *actions)
{
#ifdef SPAWN_IN_FRONT
	posix_spawn_file_actions_addtcsetpgrp_np(actions, STDIN_FILENO);
#else
	(void)actions;
#endif
}

/* Nothing of what we block or ignore is handed down, and it is a job of its
 * own: Ctrl-C there is not for us. */
static bool start(char *const *argv, char *const *env, pid_t *pid,
	struct error *err)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	int error;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP |
		POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawn_file_actions_init(&actions);
	in_front(&actions);
	error = posix_spawnp(pid, argv[0], &actions, &attributes, argv, env);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return !error || error_set(err, ERR_IO, "%.100s: %s", argv[0],
		strerror(error));
}

/* One that was stopped goes on: it may have asked for the terminal a moment
 * before it was given, and there is no shell here to fetch it back with. */
static int await(pid_t pid)
{
	int status = 0;

	for (;;) {
		if (waitpid(pid, &status, WUNTRACED) < 0) {
			if (errno != EINTR)
				return 0;
		} else if (WIFSTOPPED(status)) {
			tcsetpgrp(STDIN_FILENO, pid);
			kill(-pid, SIGCONT);
		} else
			return status;
	}
}

static void wait_for_enter(struct screen *s, const char *name, int status)
{
	char c = 0;

	if (WIFSIGNALED(status))
		printf("\n[%s was ended by signal %d; Enter goes on]", name,
			WTERMSIG(status));
	else
		printf("\n[%s ended with %d; Enter goes on]", name,
			WEXITSTATUS(status));
	fflush(stdout);
	while (c != '\n' && c != '\r')
		if (screen_read(s, &c, 1) == 0)
			break;
}

bool screen_run(struct screen *s, char *const *argv, char *const *env,
	bool wait, int *status, struct error *err)
{
	sigset_t output, before;
	pid_t pid;
	bool ok;

	sigemptyset(&output);
	sigaddset(&output, SIGTTOU);     /* while we stand behind */
	pthread_sigmask(SIG_BLOCK, &output, &before);
	screen_leave(s);
	ok = start(argv, env, &pid, err);
	if (ok) {
		tcsetpgrp(STDIN_FILENO, pid);
		*status = await(pid);
	}
	/* Also after one that could not be started: it had stepped forward. */
	tcsetpgrp(STDIN_FILENO, getpgrp());
	if (ok && (wait || *status))
		wait_for_enter(s, argv[0], *status);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	screen_resume(s);
	return ok;
}
