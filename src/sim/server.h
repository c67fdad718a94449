/* SPDX-License-Identifier: MIT */
/*
 * The simulator's inside, for its own files. What stands here is set at
 * start and shared by all connections; each part guards itself, but for the
 * worlds and the S3 store, which the one lock guards.
 */
#ifndef SIM_SERVER_H
#define SIM_SERVER_H

#include "sim/sim.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct atlas;
struct call;
struct faults;
struct keyring;
struct requests;
struct s3_store;
struct wire;

struct sim {
	struct sim_options options;
	int64_t born;
	pthread_rwlock_t lock;
	struct atlas *atlas;
	struct keyring *keyring;
	struct faults *faults;
	struct requests *requests;
	struct s3_store *s3;
	struct wire *wire;
	_Atomic uint64_t request_count;
};

/* What is to happen to the connection once a call has been served. */
enum serve_end {
	SERVE_REPLY,
	SERVE_CLOSE,      /* without a word */
	SERVE_SILENT      /* keep it open and never answer */
};

struct serve_result {
	enum serve_end end;
	bool cut;         /* the body ends early */
	unsigned slow;    /* ms before each piece of the body */
};

void server_lock(struct sim *sim, bool write);
void server_unlock(struct sim *sim);

/* Answers a request that has wholly arrived: reads, verifies, runs, logs.
 * Sleeps for the latency asked for. */
void serve(struct call *c, struct serve_result *result);

/* The HTTP side (wire.c). */
struct wire *wire_new(struct sim *sim);
bool wire_listen(struct wire *w, unsigned port, struct error *err);

/* Ends every wait and connection; NULL is fine. */
void wire_free(struct wire *w);
unsigned wire_port(const struct wire *w);

/* Waits, in the clock's time; false: the simulator is being stopped. */
bool wire_sleep(struct wire *w, unsigned ms);

/* Buffers for replies, used again and again. */
struct str *wire_buffer_take(struct wire *w);
void wire_buffer_give(struct wire *w, struct str *buffer);

#endif
