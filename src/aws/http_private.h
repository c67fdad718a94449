/* SPDX-License-Identifier: MIT */
/*
 * How http*.c share an exchange between its worker and the loop's thread.
 * Lock order: exchange, then loop. Neither is held while libcurl runs or a
 * body is copied.
 */
#ifndef AWS_HTTP_PRIVATE_H
#define AWS_HTTP_PRIVATE_H

#include "aws/http.h"
#include "base/str.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>

enum {
	CHUNK_BYTES = 256 * 1024,
	QUEUE_BYTES = 1024 * 1024,   /* more than this waits: pause */
	SPARE_CHUNKS = 16            /* kept by a loop for its next bodies */
};

struct chunk {
	struct chunk *next;
	size_t len;
	char bytes[CHUNK_BYTES];
};

/* What the loop is asked to do with an exchange. */
enum want { WANT_START = 1, WANT_RESUME = 2, WANT_ABORT = 4 };

struct http_exchange {
	struct http_loop *loop;
	struct cancel *cancel;
	char *host;                  /* for sentences */
	char *ca_bundle;
	long connect_ms, low_speed_s;
	char *body;
	struct curl_slist *headers;
	CURL *easy;
	char curl_text[CURL_ERROR_SIZE];
	atomic_bool sent;

	/* Loop thread only. */
	struct chunk *filling;
	struct str head;             /* "name\0value\0"…; the worker's too,
					once ready */
	int head_status;
	bool head_done;
	bool dirty, added;
	struct http_exchange *next_dirty;

	/* Under loop->lock. */
	unsigned wants;
	bool queued, orphan, removed;
	struct http_exchange *next_queued;

	pthread_mutex_t lock;
	pthread_cond_t cond;
	/* Under lock. */
	bool ready, done, cancelled, paused, waiting;
	struct error error;          /* kind ERR_NONE: it went well */
	struct chunk *first, *last, *spare;
	size_t queued_bytes;

	/* Worker only. */
	struct chunk *held;
};

struct http_loop {
	CURLM *multi;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t cond;
	/* Under lock. */
	struct http_exchange *queue, **queue_end;
	struct chunk *spare;
	size_t spare_count;
	bool idle, stop;
	/* Loop thread only. */
	size_t active;
	struct http_exchange *dirty;
};

/* http.c: DNS and TLS sessions, shared by all loops; NULL before init. */
CURLSH *http_share(void);

/* http_easy.c: the libcurl handle of an exchange. */
bool http_easy_open(struct http_exchange *x,
	const struct http_request *request);

/* http_error.c: what libcurl's result means. */
void http_describe(struct error *err, const struct http_exchange *x,
	CURLcode code);

/* http_loop.c: any thread, without the exchange's lock. */
void http_post(struct http_exchange *x, unsigned want);

/* The worker is through with it. False: the loop will free it. */
bool http_abandon(struct http_exchange *x);
struct chunk *http_chunk_take(struct http_loop *loop);
void http_chunk_give(struct http_loop *loop, struct chunk *list);

/* http_exchange.c: libcurl's callbacks and the loop's side of the queue. */
size_t http_on_header(char *line, size_t size, size_t count, void *data);
size_t http_on_body(char *bytes, size_t size, size_t count, void *data);
int http_on_request(void *data, char *remote, char *local, int remote_port,
	int local_port);
void http_publish(struct http_exchange *x);   /* loop thread */
void http_exchange_free(struct http_exchange *x);

#endif
