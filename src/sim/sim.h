/* SPDX-License-Identifier: MIT */
/*
 * The simulator: a stateful, deterministic AWS for one process, over real
 * HTTP on loopback. It verifies signatures from the raw request line, takes
 * the region from the credential scope, pages like AWS, moves states with
 * base/clock, refuses what AWS refuses with AWS's error codes, keeps a log
 * of requests, and injects faults. It knows base, doc and aws/sigv4 only;
 * the client must not be able to tell it from AWS.
 */
#ifndef SIM_SIM_H
#define SIM_SIM_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIM_ACCESS_KEY "AKIATUCUXIDEMO000001"
#define SIM_SECRET_KEY "tucuxi/demo+secret/key/of/no/value/0001x"

struct sim_options {
	unsigned port;           /* 0: any free one */
	size_t instances;        /* in us-east-1; 0: 240 */
	size_t objects;          /* keys under s3://<first bucket>/many/ */
	uint64_t seed;           /* 0: 1 */
	unsigned latency;        /* ms before each reply */
	bool no_verify;          /* accept any signature (never for demo) */
};

struct sim;

/* Listens on 127.0.0.1 and returns at once; the world of a region is made
 * at the first request for it. */
struct sim *sim_start(const struct sim_options *options, struct error *err);
void sim_stop(struct sim *sim);
unsigned sim_port(const struct sim *sim);

/*
 * Adds a fault, any thread: KIND[=ARGUMENT][@REGION][/OPERATION][*COUNT]
 * [+SKIP]. REGION and OPERATION left out: all; COUNT left out: until
 * cleared; SKIP requests are let pass first. Kinds:
 * throttle, 500, 503, cut (body ends early), slow=MS, drop (connection
 * closed before any work), drop-after (applied, then closed without reply),
 * garbage, html, expired, denied, skew=SECONDS (the server's clock), down
 * (never answers), optin (region not enabled), badtoken (page token is
 * refused), retry-after=MS (throttle with the header), capacity (no machine
 * left to start on), late=MS (what is launched is not found until then),
 * rate=N (more a second are throttled), clear (removes all).
 */
bool sim_fault(struct sim *sim, const char *spec, struct error *err);

/* The list of fault kinds with a sentence each, for --help. */
const char *sim_fault_help(void);

/* Requests so far: one JSON line each {"at","service","operation","region",
 * "status","code","key","attempt","connection","parameters"}; parameters as
 * received. The caller's to free. */
char *sim_log(struct sim *sim);
size_t sim_log_count(struct sim *sim);

/* The names of the operations that were ever asked for, each once, separated
 * by blanks; "?" is what no service knows. The caller's to free. */
char *sim_operations(struct sim *sim);

#endif
