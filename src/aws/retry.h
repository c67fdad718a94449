/* SPDX-License-Identifier: MIT */
/*
 * When to try again: AWS's updated `standard` mode (AWS SDKs and Tools
 * Reference Guide, "Retry behavior"; default since 2026-11-10). Pure
 * decisions plus one token quota per client; the sleeping is the caller's.
 */
#ifndef AWS_RETRY_H
#define AWS_RETRY_H

#include "aws/service.h"
#include "base/error.h"

#include <stdint.h>

enum retry_class {
	RETRY_NO,
	RETRY_TRANSIENT,
	RETRY_THROTTLE
};

/* What kind of failure this is, by code first, then by status. */
enum retry_class retry_classify(const struct error *err);

/* 500 tokens; throttling costs 5, other retries 14; a success after a retry
 * gives the last cost back, one at first try gives 1. Any thread. */
struct retry_quota;

struct retry_quota *retry_quota_new(void);
void retry_quota_free(struct retry_quota *q);
bool retry_quota_take(struct retry_quota *q, enum retry_class class);
void retry_quota_give(struct retry_quota *q, enum retry_class last_class);
int retry_quota_left(struct retry_quota *q);

/* Milliseconds before retry number `retry` (1…): full jitter, cap 20 s, and
 * the server's x-amz-retry-after in ms (-1: none), bounded by +5 s. */
int64_t retry_delay(enum retry_class class, unsigned retry,
	int64_t retry_after);

/*
 * The rate limiter, one bucket per (account or session, region, service):
 * open until the first throttle, then it slows down and recovers like the
 * SDKs' adaptive mode. Any thread.
 */
struct limiter;

struct limiter *limiter_new(void);
void limiter_free(struct limiter *l);

/* When the next request may go, clock_now()'s time; it is booked. */
int64_t limiter_book(struct limiter *l, const char *key);
void limiter_report(struct limiter *l, const char *key, bool throttled);

#endif
