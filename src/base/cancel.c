/* SPDX-License-Identifier: MIT */
#include "base/pool.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct hook {
	void (*call)(void *data);
	void *data;
	struct hook *next;
};

struct cancel {
	atomic_int refs;
	atomic_bool is_set;
	pthread_mutex_t lock;        /* all below */
	pthread_cond_t hook_done;
	struct hook *hooks;
	struct hook *running;
	pthread_t runner;            /* if running */
};

struct cancel *cancel_new(void)
{
	struct cancel *c = xcalloc(1, sizeof(*c));

	atomic_init(&c->refs, 1);
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->hook_done, NULL);
	return c;
}

struct cancel *cancel_ref(struct cancel *c)
{
	if (c)
		atomic_fetch_add_explicit(&c->refs, 1, memory_order_relaxed);
	return c;
}

void cancel_unref(struct cancel *c)
{
	if (!c || atomic_fetch_sub(&c->refs, 1) != 1)
		return;
	while (c->hooks) {
		struct hook *hook = c->hooks;

		c->hooks = hook->next;
		free(hook);
	}
	pthread_cond_destroy(&c->hook_done);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

void cancel_set(struct cancel *c)
{
	struct hook *hook;

	/* A hook may drop the reference that keeps c alive. */
	cancel_ref(c);
	pthread_mutex_lock(&c->lock);
	if (!atomic_exchange(&c->is_set, true)) {
		c->runner = pthread_self();
		while ((hook = c->hooks)) {
			c->hooks = hook->next;
			c->running = hook;
			pthread_mutex_unlock(&c->lock);
			hook->call(hook->data);
			pthread_mutex_lock(&c->lock);
			c->running = NULL;
			pthread_cond_broadcast(&c->hook_done);
			free(hook);
		}
	}
	pthread_mutex_unlock(&c->lock);
	cancel_unref(c);
}

bool cancel_is_set(const struct cancel *c)
{
	return c && atomic_load(&c->is_set);
}

void cancel_hook(struct cancel *c, void (*hook)(void *data), void *data)
{
	struct hook *h;

	pthread_mutex_lock(&c->lock);
	if (atomic_load(&c->is_set)) {
		pthread_mutex_unlock(&c->lock);
		hook(data);
		return;
	}
	h = xmalloc(sizeof(*h));
	*h = (struct hook){ hook, data, c->hooks };
	c->hooks = h;
	pthread_mutex_unlock(&c->lock);
}

void cancel_unhook(struct cancel *c, void (*hook)(void *data), void *data)
{
	pthread_mutex_lock(&c->lock);
	for (struct hook **link = &c->hooks; *link; link = &(*link)->next) {
		struct hook *h = *link;

		if (h->call != hook || h->data != data)
			continue;
		*link = h->next;
		free(h);
		pthread_mutex_unlock(&c->lock);
		return;
	}
	/* A hook that unhooks itself must not wait for its own end. */
	while (c->running && c->running->call == hook &&
	    c->running->data == data &&
	    !pthread_equal(c->runner, pthread_self()))
		pthread_cond_wait(&c->hook_done, &c->lock);
	pthread_mutex_unlock(&c->lock);
}
