/* SPDX-License-Identifier: MIT */
/*
 * The log of requests: one JSON line each, the last 100,000. What looks
 * like a secret is left out. Any thread.
 */
#ifndef SIM_REQUESTS_H
#define SIM_REQUESTS_H

#include "sim/call.h"

struct requests;

struct requests *requests_new(void);
void requests_free(struct requests *r);
void requests_add(struct requests *r, const struct call *c);

#endif
