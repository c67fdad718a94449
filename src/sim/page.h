/* SPDX-License-Identifier: MIT */
/*
 * Page tokens: opaque, and good only for the question they were given for:
 * the same operation and parameters, but for the size of the page, in the
 * same account and region.
 */
#ifndef SIM_PAGE_H
#define SIM_PAGE_H

#include "sim/call.h"

/* Appends the token for going on at a place. */
void page_token_add(const struct call *c, struct str *out, uint64_t at);

/* False: not a token of this question; nothing is answered. */
bool page_token_read(const struct call *c, const char *token, uint64_t *at);

#endif
