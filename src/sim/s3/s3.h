/* SPDX-License-Identifier: MIT */
/*
 * S3 as the rest of the simulator sees it. Under the world's lock.
 */
#ifndef SIM_S3_S3_H
#define SIM_S3_S3_H

#include <stdbool.h>

struct auth;
struct call;
struct s3_store;
struct sim;

struct s3_store *s3_store_new(struct sim *sim);
void s3_store_free(struct s3_store *s);

/* Before the operation, without the lock: decodes an aws-chunked body and
 * verifies checksums. False: answered. */
bool s3_prepare(struct call *c, const struct auth *auth);

#endif
