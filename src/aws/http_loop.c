/* SPDX-License-Identifier: MIT */
/*
 * The loop's thread. With nothing in flight it sleeps on its condition, not
 * in libcurl, so that no timer of an idle connection wakes it.
 */
#include "aws/http_private.h"

#include "base/mem.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { POLL_MS = 60000 };

static void wake(struct http_loop *loop, bool idle)
{
	if (idle)
		pthread_cond_signal(&loop->cond);
	else
		curl_multi_wakeup(loop->multi);
}

/* Under the loop's lock. */
static void enqueue(struct http_loop *loop, struct http_exchange *x,
	unsigned want)
{
	x->wants |= want;
	if (x->queued)
		return;
	x->queued = true;
	x->next_queued = NULL;
	*loop->queue_end = x;
	loop->queue_end = &x->next_queued;
}

static void dequeue(struct http_loop *loop, struct http_exchange *x)
{
	struct http_exchange **at = &loop->queue;

	while (*at != x)
		at = &(*at)->next_queued;
	*at = x->next_queued;
	if (!*at)
		loop->queue_end = at;
	x->queued = false;
}

void http_post(struct http_exchange *x, unsigned want)
{
	struct http_loop *loop = x->loop;
	bool idle, removed;

	pthread_mutex_lock(&loop->lock);
	removed = x->removed;
	if (!removed)
		enqueue(loop, x, want);
	idle = loop->idle;
	pthread_mutex_unlock(&loop->lock);
	if (!removed)
		wake(loop, idle);
}

/* An orphan may be gone as soon as the loop's lock is let go. */
bool http_abandon(struct http_exchange *x)
{
	struct http_loop *loop = x->loop;
	bool idle, removed;

	pthread_mutex_lock(&loop->lock);
	removed = x->removed;
	if (removed && x->queued)
		dequeue(loop, x);
	if (!removed) {
		x->orphan = true;
		enqueue(loop, x, WANT_ABORT);
	}
	idle = loop->idle;
	pthread_mutex_unlock(&loop->lock);
	if (!removed) {
		wake(loop, idle);
		return false;
	}
	/* complete() sets `removed` while it holds this. */
	pthread_mutex_lock(&x->lock);
	pthread_mutex_unlock(&x->lock);
	return true;
}

struct chunk *http_chunk_take(struct http_loop *loop)
{
	struct chunk *chunk;

	pthread_mutex_lock(&loop->lock);
	chunk = loop->spare;
	if (chunk) {
		loop->spare = chunk->next;
		loop->spare_count--;
	}
	pthread_mutex_unlock(&loop->lock);
	if (!chunk)
		chunk = xmalloc(sizeof(*chunk));
	chunk->next = NULL;
	chunk->len = 0;
	return chunk;
}

void http_chunk_give(struct http_loop *loop, struct chunk *list)
{
	while (list) {
		struct chunk *next = list->next;

		pthread_mutex_lock(&loop->lock);
		if (loop->spare_count < SPARE_CHUNKS) {
			list->next = loop->spare;
			loop->spare = list;
			loop->spare_count++;
			list = NULL;
		}
		pthread_mutex_unlock(&loop->lock);
		free(list);
		list = next;
	}
}

static void detach(struct http_loop *loop, struct http_exchange *x)
{
	struct http_exchange **at = &loop->dirty;

	if (x->added) {
		curl_multi_remove_handle(loop->multi, x->easy);
		loop->active--;
		x->added = false;
	}
	while (x->dirty && *at != x)
		at = &(*at)->next_dirty;
	if (x->dirty)
		*at = x->next_dirty;
	x->dirty = false;
}

/* After this the worker may free x at any moment. */
static void complete(struct http_loop *loop, struct http_exchange *x,
	CURLcode code)
{
	struct error err = ERROR_INIT;

	http_publish(x);
	if (code != CURLE_OK)
		http_describe(&err, x, code);
	else if (!x->head_done)
		error_set(&err, ERR_NETWORK, "%s: no answer", x->host);
	detach(loop, x);
	pthread_mutex_lock(&x->lock);
	x->error = err;
	x->done = true;
	pthread_mutex_lock(&loop->lock);
	x->removed = true;
	pthread_mutex_unlock(&loop->lock);
	pthread_cond_broadcast(&x->cond);
	pthread_mutex_unlock(&x->lock);
}

static void start(struct http_loop *loop, struct http_exchange *x)
{
	if (!x->easy ||
			curl_multi_add_handle(loop->multi, x->easy) !=
			CURLM_OK) {
		complete(loop, x, CURLE_FAILED_INIT);
		return;
	}
	x->added = true;
	loop->active++;
}

static void serve(struct http_loop *loop, struct http_exchange *x,
	unsigned wants, bool orphan, bool removed)
{
	if (orphan) {
		detach(loop, x);
		http_exchange_free(x);
	} else if (removed) {
		return;
	} else if (wants & WANT_ABORT) {
		complete(loop, x, CURLE_ABORTED_BY_CALLBACK);
	} else if (wants & WANT_START) {
		start(loop, x);
	} else if ((wants & WANT_RESUME) && x->added) {
		curl_easy_pause(x->easy, CURLPAUSE_CONT);
	}
}

/* One at a time: what is out of the queue may be freed by its worker. */
static bool serve_queue(struct http_loop *loop)
{
	for (;;) {
		struct http_exchange *x;
		unsigned wants = 0;
		bool orphan = false, removed = false, stop;

		pthread_mutex_lock(&loop->lock);
		stop = loop->stop;
		x = loop->queue;
		if (x) {
			loop->queue = x->next_queued;
			if (!loop->queue)
				loop->queue_end = &loop->queue;
			x->queued = false;
			wants = x->wants;
			x->wants = 0;
			orphan = x->orphan;
			removed = x->removed;
		}
		pthread_mutex_unlock(&loop->lock);
		if (!x)
			return !stop;
		serve(loop, x, wants, orphan, removed);
	}
}

static void read_messages(struct http_loop *loop)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(loop->multi, &left))) {
		char *private = NULL;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE,
			&private);
		complete(loop, (struct http_exchange *)(void *)private,
			message->data.result);
	}
}

/* Sleeps until a command, a socket or one of libcurl's timers is due. */
static void rest(struct http_loop *loop)
{
	bool idle = loop->active == 0;

	pthread_mutex_lock(&loop->lock);
	loop->idle = idle;
	while (idle && !loop->queue && !loop->stop)
		pthread_cond_wait(&loop->cond, &loop->lock);
	loop->idle = false;
	pthread_mutex_unlock(&loop->lock);
	if (!idle)
		curl_multi_poll(loop->multi, NULL, 0, POLL_MS, NULL);
}

static void *run(void *data)
{
	struct http_loop *loop = data;
	int running;

	while (serve_queue(loop)) {
		struct http_exchange *x;

		if (loop->active) {
			curl_multi_perform(loop->multi, &running);
			while ((x = loop->dirty)) {
				loop->dirty = x->next_dirty;
				x->dirty = false;
				http_publish(x);
			}
			read_messages(loop);
		}
		rest(loop);
	}
	return NULL;
}

/* No signal is this thread's: a broken TLS connection must not end all. */
static int start_thread(struct http_loop *loop)
{
	sigset_t all, old;
	int status;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	status = pthread_create(&loop->thread, NULL, run, loop);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return status;
}

struct http_loop *http_loop_new(struct error *err)
{
	struct http_loop *loop = xcalloc(1, sizeof(*loop));
	int status;

	loop->queue_end = &loop->queue;
	loop->multi = curl_multi_init();
	pthread_mutex_init(&loop->lock, NULL);
	pthread_cond_init(&loop->cond, NULL);
	if (loop->multi) {
		curl_multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS, 64L);
		status = start_thread(loop);
		if (!status)
			return loop;
		error_set(err, ERR_IO, "no thread for the network: %s",
			strerror(status));
		curl_multi_cleanup(loop->multi);
	} else {
		error_set(err, ERR_IO, "libcurl could not be started");
	}
	pthread_cond_destroy(&loop->cond);
	pthread_mutex_destroy(&loop->lock);
	free(loop);
	return NULL;
}

void http_loop_free(struct http_loop *loop)
{
	struct chunk *chunk;

	if (!loop)
		return;
	pthread_mutex_lock(&loop->lock);
	loop->stop = true;
	pthread_mutex_unlock(&loop->lock);
	pthread_cond_signal(&loop->cond);
	curl_multi_wakeup(loop->multi);
	pthread_join(loop->thread, NULL);
	curl_multi_cleanup(loop->multi);
	while ((chunk = loop->spare)) {
		loop->spare = chunk->next;
		free(chunk);
	}
	pthread_cond_destroy(&loop->cond);
	pthread_mutex_destroy(&loop->lock);
	free(loop);
}
