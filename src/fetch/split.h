/* SPDX-License-Identifier: MIT */
/*
 * Work of many equal parts on more than one core: the caller, on a worker
 * itself, does them one by one, and workers that happen to be free help. It
 * never waits for a worker to become free.
 */
#ifndef FETCH_SPLIT_H
#define FETCH_SPLIT_H

#include "base/pool.h"

/* task(data, 0) … task(data, count - 1), each once, in any order, at the
 * same time. Returns when all are done. pool may be NULL. */
void split_run(struct pool *pool, size_t count,
	void (*task)(void *data, size_t i), void *data);

#endif
