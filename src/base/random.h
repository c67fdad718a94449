/* SPDX-License-Identifier: MIT */
/*
 * The only source of randomness: seeded from the kernel, or by the given
 * seed in tests and demos so that runs repeat. Any thread. Not for keys.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdint.h>

void random_seed(uint64_t seed);
uint64_t random_u64(void);
double random_unit(void);              /* [0, 1) */
uint64_t random_below(uint64_t bound); /* [0, bound), bound > 0 */
void random_uuid(char out[37]);        /* version 4 */

/* A stream of one's own, for repeatable worlds (splitmix64). */
uint64_t random_next(uint64_t *state);

#endif
