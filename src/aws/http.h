/* SPDX-License-Identifier: MIT */
/*
 * HTTP over libcurl's multi interface. A loop is one thread that owns the
 * connections (keep-alive, HTTP/2, DNS and TLS session caches shared by all
 * loops); workers start exchanges on it and read the body through a bounded
 * queue, so parsing overlaps the download. A full queue pauses the transfer;
 * nothing ever blocks the loop. Redirects are never followed. TLS is always
 * verified. Knows nothing of AWS.
 */
#ifndef AWS_HTTP_H
#define AWS_HTTP_H

#include "base/error.h"
#include "base/pool.h"

#include <stdbool.h>
#include <stddef.h>

struct http_loop;
struct http_exchange;

void http_global_init(void);      /* once, before threads */
void http_global_clear(void);

struct http_loop *http_loop_new(struct error *err);
void http_loop_free(struct http_loop *loop);

struct http_header {
	const char *name;
	const char *value;
};

struct http_request {
	const char *method;
	const char *url;               /* sent as it is, dots and all */
	const struct http_header *headers;
	size_t header_count;
	const char *body;              /* copied before start returns */
	size_t body_len;
	const char *ca_bundle;         /* NULL: the system's */
	const char *proxy;             /* NULL: by environment; "": none */
	bool ignore_environment;       /* demo: no proxy variables at all */
	bool fresh;                    /* own connection, used once, HTTP/1.1:
					  libcurl cannot send it twice */
	long connect_ms;               /* 0: 10 s */
	long total_ms;                 /* 0: no limit but low speed */
	long low_speed_s;              /* no byte for so long; 0: 30 s */
};

/* On a worker. Always returns an exchange; what fails shows in
 * http_await. */
struct http_exchange *http_start(struct http_loop *loop,
	const struct http_request *request, struct cancel *cancel);

/* Sleeps until status and headers are there. */
bool http_await(struct http_exchange *x, int *status, struct error *err);

/* NULL: no such header. Name's case is ignored. Valid until finish. */
const char *http_get_header(const struct http_exchange *x,
	const char *name);
bool http_next_header(const struct http_exchange *x, size_t *cursor,
	const char **name, const char **value);

/* The next piece of the body: *len 0 at the end. The piece is valid until
 * the next call. A body shorter than announced is ERR_NETWORK. */
bool http_read(struct http_exchange *x, const char **bytes, size_t *len,
	struct error *err);

/* After failure: may a byte of the request have reached the peer? */
bool http_was_sent(const struct http_exchange *x);

/* Ends it, at once if the body is not read to its end, and frees it. */
void http_finish(struct http_exchange *x);

#endif
