/* SPDX-License-Identifier: MIT */
/*
 * Uploads in parts, while they are not complete. Under the world's lock.
 */
#ifndef SIM_S3_UPLOAD_H
#define SIM_S3_UPLOAD_H

#include "sim/call.h"
#include "sim/s3/store.h"

/* The upload of the call and its place among the bucket's; NULL: answered. */
struct s3_upload *s3_call_upload(struct call *c, struct s3_bucket *b,
	size_t *place);
void s3_upload_remove(struct s3_bucket *b, size_t place);

#endif
