/* SPDX-License-Identifier: MIT */
/*
 * A client for tests of the simulator, on a plain socket: it signs, and can
 * send what no library would. One connection, one thread.
 */
#ifndef TESTS_SIM_CLIENT_H
#define TESTS_SIM_CLIENT_H

#include "base/str.h"
#include "sim/sim.h"

#include <stdbool.h>
#include <stddef.h>

struct sim_client {
	unsigned port;
	int fd;                  /* -1: none */
	const char *access, *secret, *token;
	const char *region, *service;
};

/* headers: "a: b\r\n"…; NULL: none. */
struct sim_send {
	const char *method, *target, *host, *headers;
	const char *body;
	size_t body_len;         /* 0: strlen(body) */
	const char *hash;        /* x-amz-content-sha256; NULL: the body's */
	bool no_auth;
};

struct sim_answer {
	unsigned status;         /* 0: the connection closed before any */
	struct str head, body;
	bool cut;                /* the body was shorter than promised */
};

void sim_client_init(struct sim_client *c, const struct sim *sim,
	const char *service);
void sim_client_clear(struct sim_client *c);

/* Sends, without reading. */
void sim_client_send(struct sim_client *c, const struct sim_send *s);
void sim_client_raw(struct sim_client *c, const char *bytes, size_t len);

/* Blocks for the answer; the caller clears it. */
void sim_client_read(struct sim_client *c, bool is_head,
	struct sim_answer *a);
void sim_answer_clear(struct sim_answer *a);

/* POST of a form, the answer's body for the caller to free; *status may be
 * NULL. */
char *sim_client_form(struct sim_client *c, const char *form,
	unsigned *status);

/* The same for S3. */
char *sim_client_get(struct sim_client *c, const char *target,
	unsigned *status);
char *sim_client_put(struct sim_client *c, const char *target,
	const char *body, unsigned *status);

/* The text of the first element of that name; NULL: none. The caller's. */
char *sim_element(const char *xml, const char *name);
size_t sim_count(const char *text, const char *needle);

/* A header's value; NULL: none. The caller's. */
char *sim_header(const struct sim_answer *a, const char *name);

#endif
