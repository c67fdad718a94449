/* SPDX-License-Identifier: MIT */
/*
 * Uploads in parts, while they are not complete. Under the world's lock.
 */
#ifndef SIM_S3_UPLOAD_H
#define SIM_S3_UPLOAD_H

#include "sim/call.h"
#include "sim/s3/store.h"

struct s3_part {
	unsigned number;
	struct blob *blob;
	unsigned char md5[16];
	int64_t modified;
	const char *checksum;
	char checksum_value[96];
};

struct s3_upload {
	char id[80];
	char *key;
	int64_t started;
	const char *class;
	const char *checksum;    /* asked for at the start */
	bool composite;
	struct s3_headers headers;
	struct s3_part *items;   /* by number */
	size_t count, room;
};

void s3_upload_free(struct s3_upload *u);

/* The upload of the call and its place among the bucket's; NULL: answered. */
struct s3_upload *s3_call_upload(struct call *c, struct s3_bucket *b,
	size_t *place);
void s3_upload_remove(struct s3_bucket *b, size_t place);

#endif
