/* SPDX-License-Identifier: MIT */
/*
 * Faults on order (sim.h says how they are written). Any thread.
 */
#ifndef SIM_FAULT_H
#define SIM_FAULT_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

enum fault_kind {
	FAULT_THROTTLE, FAULT_500, FAULT_503, FAULT_CUT, FAULT_SLOW,
	FAULT_DROP, FAULT_DROP_AFTER, FAULT_GARBAGE, FAULT_HTML,
	FAULT_EXPIRED, FAULT_DENIED, FAULT_SKEW, FAULT_DOWN, FAULT_OPTIN,
	FAULT_BADTOKEN, FAULT_RETRY_AFTER, FAULT_CAPACITY, FAULT_LATE,
	FAULT_RATE, FAULT_CLEAR, FAULT_KINDS
};

/* What is to go wrong with one request. */
struct fault_set {
	bool on[FAULT_KINDS];
	long argument[FAULT_KINDS];
};

struct faults;

struct faults *faults_new(void);
void faults_free(struct faults *f);
bool faults_add(struct faults *f, const char *spec, struct error *err);

/* Uses up one of the count of each fault that applies. has_page: the
 * request carries a page token, else a badtoken waits for one that does. */
void faults_take(struct faults *f, const char *region, const char *operation,
	bool has_page, struct fault_set *out);

#endif
