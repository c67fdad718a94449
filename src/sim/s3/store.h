/* SPDX-License-Identifier: MIT */
/*
 * Buckets and objects. Objects stand in a sorted array; the million under
 * many/ are numbered, not stored, and what is changed among them is laid
 * over in the array. Under the world's lock.
 */
#ifndef SIM_S3_STORE_H
#define SIM_S3_STORE_H

#include "base/map.h"
#include "sim/blob.h"
#include "sim/world.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define S3_KEY_MOST 1024
#define S3_NUMBERED_MOST 10000000   /* so that numbers sort as texts */
#define S3_HEADERS_MOST 40

/* A header that comes back on GET: content-type, x-amz-meta-…; heap. */
struct s3_header {
	char *name, *value;
};

struct s3_headers {
	struct s3_header *items;
	size_t count, room;
};

struct s3_object {
	char *key;
	bool removed;            /* lies over a numbered one */
	bool kms;                /* then the ETag is no MD5 */
	uint64_t size, seed;
	struct blob *blob;       /* NULL: text made from seed */
	char etag[64];           /* without quotes */
	int64_t modified;
	const char *class;
	struct s3_headers headers;
	const char *checksum;    /* "crc32"; NULL: none */
	char checksum_value[96];
	bool composite;
};

struct s3_upload;

struct s3_bucket {
	char *name;
	char account[13];
	const struct region_row *region;
	int64_t created;
	uint64_t numbered;       /* keys under many/ */
	bool flat;               /* those have no folders below it */
	struct s3_object **items;
	size_t count, room;
	struct { struct s3_upload **items; size_t count, room; } uploads;
};

struct s3_store {
	struct sim *sim;
	struct s3_bucket **items;    /* by name */
	size_t count, room;
	uint64_t state;              /* for upload ids */
};

struct s3_bucket *s3_bucket_find(const struct s3_store *s, const char *name);
struct s3_bucket *s3_bucket_add(struct s3_store *s, const char *name,
	const char *account, const struct region_row *region, int64_t now);
void s3_bucket_remove(struct s3_store *s, struct s3_bucket *b);

/* The object of that key; false: none. *out is valid until the next change;
 * its key, if numbered, is in the buffer. */
bool s3_object_find(const struct s3_bucket *b, const char *key,
	struct s3_object *out, char numbered[64]);

/* Takes the object (heap, as are its members). */
void s3_object_put(struct s3_bucket *b, struct s3_object *o);
void s3_object_remove(struct s3_bucket *b, const char *key);
void s3_object_free(struct s3_object *o);

void s3_headers_add(struct s3_headers *h, const char *name,
	const char *value);
void s3_headers_clear(struct s3_headers *h);
void s3_headers_copy(struct s3_headers *to, const struct s3_headers *from);

/* Going through the keys of a bucket in byte order. */
struct s3_cursor {
	const struct s3_bucket *bucket;
	size_t stored;
	uint64_t numbered;
	struct s3_object object;     /* of a numbered key */
	char key[64];
};

/* To the first key that is not before `from`. */
void s3_cursor_seek(struct s3_cursor *c, const struct s3_bucket *b,
	const char *from);

/* NULL at the end; valid until the next call. */
const struct s3_object *s3_cursor_next(struct s3_cursor *c);

/* Fills a store with what the company has (seed.c). */
void s3_seed(struct s3_store *s);

#endif
