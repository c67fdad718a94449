/* SPDX-License-Identifier: MIT */
/*
 * The only source of time. In tests it is virtual: it stands still but for
 * clock_advance(), and every wait below wakes when its moment has come.
 * Any thread, except where said. All times are milliseconds.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CLOCK_NEVER INT64_MAX

int64_t clock_now(void);    /* monotonic */
int64_t clock_wall(void);   /* since 1970, UTC */

/* Before any thread is started. */
void clock_set_virtual(int64_t wall);
bool clock_is_virtual(void);

/* Moves virtual time on and wakes every waiter whose moment has come. */
void clock_advance(int64_t ms);

/* When the first of those who sleep in virtual time is to be woken;
 * CLOCK_NEVER: nobody sleeps but those who are awake already. */
int64_t clock_next(void);

/* A condition that clock_wait can be used with. */
void clock_cond_init(pthread_cond_t *cond);

/*
 * Like pthread_cond_timedwait until clock_now() >= deadline (CLOCK_NEVER: no
 * end). False when the deadline has passed. Spurious wake-ups happen.
 */
bool clock_wait(pthread_cond_t *cond, pthread_mutex_t *mutex,
	int64_t deadline);

/* The timeout for poll() until deadline: -1 never, rounded up. In virtual
 * time it is 0 when due and -1 otherwise; clock_advance then writes a byte
 * to the descriptor given to clock_wake_fd. */
int clock_poll_timeout(int64_t deadline);
void clock_wake_fd(int fd);

/* ISO 8601 (with or without fraction, Z or +hh:mm), RFC 822 dates, epoch
 * seconds (also fractional) to wall milliseconds. */
bool clock_parse(const char *text, size_t len, int64_t *wall);

/* Into at least 32 bytes. */
void clock_format_iso(int64_t wall, char *out);     /* 2026-11-23T00:14:00Z */
void clock_format_basic(int64_t wall, char *out);   /* 20261123T001400Z */
void clock_format_local(int64_t wall, char *out);   /* 2026-11-23 01:14:00 */

#endif
