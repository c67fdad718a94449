/* SPDX-License-Identifier: MIT */
/*
 * A small HTTP server for tests: answers requests in the order they come, by
 * a script, and keeps what it was sent. It never sleeps: held answers wait
 * for peer_release().
 */
#ifndef TESTS_HTTP_PEER_H
#define TESTS_HTTP_PEER_H

#include <stdbool.h>
#include <stddef.h>

struct peer;

struct peer *peer_new(void);
void peer_free(struct peer *p);
unsigned peer_port(const struct peer *p);

enum peer_end {
	PEER_KEEP,        /* keep the connection alive */
	PEER_CLOSE,       /* close it after the answer */
	PEER_RESET        /* break it */
};

/* Appends an answer as raw bytes (copied); "" answers nothing. hold: not
 * before peer_release(). */
void peer_raw(struct peer *p, const char *bytes, size_t len,
	enum peer_end end, bool hold);

void peer_text(struct peer *p, const char *text, enum peer_end end);

/* Status line, headers ("a: b\r\n"… or ""), Content-Length, body. */
void peer_answer(struct peer *p, int status, const char *headers,
	const char *body);
void peer_answer_len(struct peer *p, int status, const char *headers,
	const char *body, size_t len, bool hold);

/* As many times as the next requests: the last answer again. */
void peer_repeat(struct peer *p, size_t times);

/* Lets one held answer go; may be called before it is reached. */
void peer_release(struct peer *p);

/* Blocks until that many requests have been read whole. */
void peer_await(struct peer *p, size_t requests);

/* The log: whole requests, head and body, as they came. */
size_t peer_count(struct peer *p);
const char *peer_request(struct peer *p, size_t i);
unsigned peer_connection(struct peer *p, size_t i);  /* from 0 */

/* A header's value of request i, in a static buffer; NULL: none. */
const char *peer_header(struct peer *p, size_t i, const char *name);
const char *peer_body(struct peer *p, size_t i);

#endif
