/* SPDX-License-Identifier: MIT */
/*
 * The pipe holds one byte exactly while the box holds something, so its
 * owner can poll it and never reads it empty by mistake.
 */
#include "base/pool.h"

#include "base/mem.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

struct mailbox {
	pthread_mutex_t lock;
	struct mail *first, **last;
	int pipe[2];
};

struct mailbox *mailbox_new(void)
{
	struct mailbox *box = xcalloc(1, sizeof(*box));

	pthread_mutex_init(&box->lock, NULL);
	box->last = &box->first;
	if (pipe2(box->pipe, O_CLOEXEC | O_NONBLOCK) != 0)
		abort();   /* no descriptors left before anything began */
	return box;
}

void mailbox_free(struct mailbox *box)
{
	if (!box)
		return;
	assert(!box->first);
	close(box->pipe[0]);
	close(box->pipe[1]);
	pthread_mutex_destroy(&box->lock);
	free(box);
}

void mailbox_post(struct mailbox *box, struct mail *item)
{
	item->next = NULL;
	pthread_mutex_lock(&box->lock);
	if (!box->first)
		while (write(box->pipe[1], "", 1) < 0 && errno == EINTR)
			;
	*box->last = item;
	box->last = &item->next;
	pthread_mutex_unlock(&box->lock);
}

struct mail *mailbox_take(struct mailbox *box)
{
	struct mail *item;
	char byte;

	pthread_mutex_lock(&box->lock);
	item = box->first;
	if (item) {
		box->first = item->next;
		item->next = NULL;
		if (!box->first) {
			box->last = &box->first;
			while (read(box->pipe[0], &byte, 1) < 0 &&
			    errno == EINTR)
				;
		}
	}
	pthread_mutex_unlock(&box->lock);
	return item;
}

struct mail *mailbox_wait(struct mailbox *box)
{
	struct mail *item;

	while (!(item = mailbox_take(box))) {
		struct pollfd fd = { box->pipe[0], POLLIN, 0 };

		poll(&fd, 1, -1);
	}
	return item;
}

int mailbox_fd(const struct mailbox *box)
{
	return box->pipe[0];
}
