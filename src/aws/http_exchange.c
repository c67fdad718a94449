/* SPDX-License-Identifier: MIT */
#include "aws/http_private.h"

#include "base/mem.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* "HTTP/1.1 200 OK": each block of headers begins anew. */
static void begin_head(struct http_exchange *x, const char *line, size_t len)
{
	const char *space = memchr(line, ' ', len);
	int status = 0;

	str_reset(&x->head);
	if (!space)
		return;
	while (++space < line + len && isdigit((unsigned char)*space) &&
			status < 1000)
		status = status * 10 + (*space - '0');
	x->head_status = status;
}

static void add_header(struct http_exchange *x, const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len), *value;

	if (!colon)
		return;
	for (const char *p = line; p < colon; p++)
		str_addc(&x->head, (char)tolower((unsigned char)*p));
	str_addc(&x->head, 0);
	value = colon + 1;
	len -= (size_t)(value - line);
	while (len && (*value == ' ' || *value == '\t')) {
		value++;
		len--;
	}
	while (len && isspace((unsigned char)value[len - 1]))
		len--;
	if (!memchr(value, 0, len))
		str_addn(&x->head, value, len);
	str_addc(&x->head, 0);
}

static void mark_dirty(struct http_exchange *x)
{
	if (x->dirty)
		return;
	x->dirty = true;
	x->next_dirty = x->loop->dirty;
	x->loop->dirty = x;
}

size_t http_on_header(char *line, size_t size, size_t count, void *data)
{
	struct http_exchange *x = data;
	size_t len = size * count;

	if (x->head_done)
		return len;
	if (len >= 5 && memcmp(line, "HTTP/", 5) == 0) {
		begin_head(x, line, len);
	} else if (len == 0 || *line == '\r' || *line == '\n') {
		x->head_done = x->head_status >= 200;
		mark_dirty(x);
	} else {
		add_header(x, line, len);
	}
	return x->head.full ? 0 : len;
}

static void wake_worker(struct http_exchange *x)
{
	if (x->waiting)
		pthread_cond_signal(&x->cond);
}

/* Hands the chunk being filled to the worker. */
static void push_chunk(struct http_exchange *x)
{
	struct chunk *chunk = x->filling;

	if (!chunk)
		return;
	x->filling = NULL;
	chunk->next = NULL;
	if (x->last)
		x->last->next = chunk;
	else
		x->first = chunk;
	x->last = chunk;
	x->queued_bytes += chunk->len;
}

void http_publish(struct http_exchange *x)
{
	pthread_mutex_lock(&x->lock);
	x->ready = x->head_done;
	push_chunk(x);
	wake_worker(x);
	pthread_mutex_unlock(&x->lock);
}

/* An empty chunk to fill; NULL: the queue is full. */
static struct chunk *next_chunk(struct http_exchange *x, bool may_pause)
{
	struct chunk *chunk = NULL;
	bool full;

	pthread_mutex_lock(&x->lock);
	push_chunk(x);
	full = may_pause && x->queued_bytes >= QUEUE_BYTES;
	if (full) {
		x->paused = true;
	} else if (x->spare) {
		chunk = x->spare;
		x->spare = chunk->next;
		chunk->next = NULL;
		chunk->len = 0;
	}
	wake_worker(x);
	pthread_mutex_unlock(&x->lock);
	if (full || chunk)
		return chunk;
	return http_chunk_take(x->loop);
}

size_t http_on_body(char *bytes, size_t size, size_t count, void *data)
{
	struct http_exchange *x = data;
	size_t total = size * count, left = total;

	while (left) {
		size_t room = x->filling ? CHUNK_BYTES - x->filling->len : 0;

		if (!room) {
			x->filling = next_chunk(x, left == total);
			if (!x->filling)
				return CURL_WRITEFUNC_PAUSE;
			room = CHUNK_BYTES;
		}
		if (room > left)
			room = left;
		memcpy(x->filling->bytes + x->filling->len, bytes, room);
		x->filling->len += room;
		bytes += room;
		left -= room;
	}
	mark_dirty(x);
	return total;
}

int http_on_request(void *data, char *remote, char *local, int remote_port,
	int local_port)
{
	struct http_exchange *x = data;

	(void)remote;
	(void)local;
	(void)remote_port;
	(void)local_port;
	atomic_store(&x->sent, true);
	return CURL_PREREQFUNC_OK;
}

static void on_cancel(void *data)
{
	struct http_exchange *x = data;

	pthread_mutex_lock(&x->lock);
	x->cancelled = true;
	pthread_cond_signal(&x->cond);
	pthread_mutex_unlock(&x->lock);
	http_post(x, WANT_ABORT);
}

/* "https://user@host:port/…" is host. */
static char *host_of(const char *url)
{
	const char *host = strstr(url, "://"), *at;
	size_t len;

	host = host ? host + 3 : url;
	len = strcspn(host, "/?#");
	at = memchr(host, '@', len);
	if (at) {
		len -= (size_t)(at + 1 - host);
		host = at + 1;
	}
	return xstrndup(host, len);
}

struct http_exchange *http_start(struct http_loop *loop,
	const struct http_request *request, struct cancel *cancel)
{
	struct http_exchange *x = xcalloc(1, sizeof(*x));

	x->loop = loop;
	x->host = host_of(request->url);
	x->ca_bundle = request->ca_bundle ? xstrdup(request->ca_bundle) :
		NULL;
	str_init(&x->head, 1024 * 1024);
	pthread_mutex_init(&x->lock, NULL);
	pthread_cond_init(&x->cond, NULL);
	atomic_init(&x->sent, false);
	http_easy_open(x, request);
	if (cancel) {
		x->cancel = cancel_ref(cancel);
		cancel_hook(cancel, on_cancel, x);
	}
	http_post(x, WANT_START);
	return x;
}

static bool fail_cancelled(struct error *err)
{
	return error_set(err, ERR_CANCELLED, "cancelled");
}

static void sleep_worker(struct http_exchange *x)
{
	x->waiting = true;
	pthread_cond_wait(&x->cond, &x->lock);
	x->waiting = false;
}

bool http_await(struct http_exchange *x, int *status, struct error *err)
{
	bool ok = false;

	pthread_mutex_lock(&x->lock);
	while (!x->ready && !x->done && !x->cancelled)
		sleep_worker(x);
	if (x->cancelled)
		fail_cancelled(err);
	else if (x->ready)
		ok = true;
	else
		*err = x->error;
	pthread_mutex_unlock(&x->lock);
	if (ok)
		*status = x->head_status;
	return ok;
}

bool http_next_header(const struct http_exchange *x, size_t *cursor,
	const char **name, const char **value)
{
	if (*cursor >= x->head.len)
		return false;
	*name = x->head.p + *cursor;
	*value = *name + strlen(*name) + 1;
	*cursor = (size_t)(*value - x->head.p) + strlen(*value) + 1;
	return true;
}

const char *http_get_header(const struct http_exchange *x, const char *name)
{
	const char *own, *value;
	size_t cursor = 0;

	while (http_next_header(x, &cursor, &own, &value))
		if (strcasecmp(own, name) == 0)
			return value;
	return NULL;
}

static void give_back(struct http_exchange *x)
{
	if (!x->held)
		return;
	x->held->next = x->spare;
	x->spare = x->held;
	x->held = NULL;
}

static struct chunk *pop_chunk(struct http_exchange *x)
{
	struct chunk *chunk = x->first;

	x->first = chunk->next;
	if (!x->first)
		x->last = NULL;
	chunk->next = NULL;
	x->queued_bytes -= chunk->len;
	return chunk;
}

bool http_read(struct http_exchange *x, const char **bytes, size_t *len,
	struct error *err)
{
	bool ok = true, resume = false;

	*bytes = "";
	*len = 0;
	pthread_mutex_lock(&x->lock);
	give_back(x);
	while (!x->first && !x->done && !x->cancelled)
		sleep_worker(x);
	if (x->cancelled) {
		ok = fail_cancelled(err);
	} else if (x->first) {
		x->held = pop_chunk(x);
		*bytes = x->held->bytes;
		*len = x->held->len;
		resume = x->paused && x->queued_bytes <= QUEUE_BYTES / 2;
		if (resume)
			x->paused = false;
	} else if (x->error.kind != ERR_NONE) {
		*err = x->error;
		ok = false;
	}
	pthread_mutex_unlock(&x->lock);
	if (resume)
		http_post(x, WANT_RESUME);
	return ok;
}

bool http_was_sent(const struct http_exchange *x)
{
	return atomic_load(&x->sent);
}

void http_exchange_free(struct http_exchange *x)
{
	if (x->easy)
		curl_easy_cleanup(x->easy);
	curl_slist_free_all(x->headers);
	http_chunk_give(x->loop, x->first);
	http_chunk_give(x->loop, x->spare);
	http_chunk_give(x->loop, x->filling);
	http_chunk_give(x->loop, x->held);
	pthread_cond_destroy(&x->cond);
	pthread_mutex_destroy(&x->lock);
	str_wipe(&x->head);
	free(x->body);
	free(x->host);
	free(x->ca_bundle);
	free(x);
}

void http_finish(struct http_exchange *x)
{
	if (x->cancel) {
		cancel_unhook(x->cancel, on_cancel, x);
		cancel_unref(x->cancel);
	}
	if (http_abandon(x))
		http_exchange_free(x);
}
