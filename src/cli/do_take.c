/* SPDX-License-Identifier: MIT */
/*
 * Waiting for mail with an ear for Ctrl-C: the first one cancels what runs,
 * so that each target still gets its row; the second ends the program.
 */
#include "cli/do.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

static int ears[2] = { -1, -1 };

static void hear(int sig)
{
	ssize_t ignored = write(ears[1], "", 1);

	(void)sig;
	(void)ignored;
}

static void listen_once(void)
{
	struct sigaction action = { .sa_handler = hear,
		.sa_flags = (int)SA_RESETHAND };

	if (ears[0] >= 0 || pipe2(ears, O_CLOEXEC | O_NONBLOCK) < 0)
		return;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static bool was_heard(void)
{
	char byte;

	return ears[0] >= 0 && read(ears[0], &byte, 1) == 1;
}

const struct task_mail *take_mail(struct mailbox *box,
	void (*cancel)(void *task), void *task)
{
	struct pollfd fds[2] = {
		{ .fd = mailbox_fd(box), .events = POLLIN },
		{ .events = POLLIN },
	};
	struct mail *mail;

	listen_once();
	fds[1].fd = ears[0];
	while (!(mail = mailbox_take(box))) {
		poll(fds, 2, -1);
		if (was_heard())
			cancel(task);
	}
	return (const struct task_mail *)mail;
}

const struct task_mail *do_take(struct doing *d, void (*cancel)(void *task),
	void *task)
{
	return take_mail(d->box, cancel, task);
}
