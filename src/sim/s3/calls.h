/* SPDX-License-Identifier: MIT */
/*
 * What the S3 operations share. All run under the world's lock but for
 * s3_unchunk.
 */
#ifndef SIM_S3_CALLS_H
#define SIM_S3_CALLS_H

#include "doc/doc.h"
#include "sim/call.h"
#include "sim/s3/checksum.h"
#include "sim/s3/store.h"

struct auth;

#define S3_XMLNS " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\""
#define S3_OWNER_ID \
	"75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"
#define S3_PART_LEAST ((uint64_t)5 << 20)
#define S3_PUT_MOST ((uint64_t)5 << 30)

/* Digests of an upload, made before the lock is taken. */
struct s3_body {
	unsigned char md5[16];
	const struct sim_checksum *checksum;
	char value[96];
	bool asked;              /* the client named it */
};

/* The bucket of the call, checked: it exists, is the caller's, is in the
 * region of the signature. NULL: answered. */
struct s3_bucket *s3_call_bucket(struct call *c);
struct s3_bucket *s3_call_bucket_anywhere(struct call *c);

bool s3_error(struct call *c, unsigned status, const char *code,
	const char *element, const char *value, const char *message);
bool s3_no_such_key(struct call *c, const char *key);

/* Decodes an aws-chunked body in place. False: answered. */
bool s3_unchunk(struct call *c, const struct auth *auth);

#define S3_CHUNK_PAYLOAD "AWS4-HMAC-SHA256-PAYLOAD"
#define S3_CHUNK_TRAILER "AWS4-HMAC-SHA256-TRAILER"

/* What a chunk's, or the trailers', signature signs; pure. */
void s3_chunk_string(struct str *out, const struct auth *a,
	const char *algorithm, const char *previous, const char *data,
	size_t len);

/* MD5 and checksum of the body against what the headers say. */
bool s3_digest(struct call *c);

/* ETag, type and checksum headers of an object. */
void s3_reply_object(struct call *c, const struct s3_object *o);
void s3_reply_checksum(struct call *c, const struct s3_object *o);
void s3_hex(const unsigned char *bytes, size_t len, char *out);

/* Headers that are kept with an object; class. False: answered. */
bool s3_read_headers(struct call *c, struct s3_headers *out,
	const char **class);
bool s3_key_ok(struct call *c);

/* If-Match and If-None-Match of a write. False: answered. */
bool s3_write_allowed(struct call *c, const struct s3_bucket *b);

/* The XML body; NULL: answered MalformedXML. */
struct doc *s3_read_xml(struct call *c, const char *root);
const char *s3_child(const struct doc *d, uint32_t node, const char *name);

void s3_list_buckets(struct call *c);
void s3_get_bucket_location(struct call *c);
void s3_head_bucket(struct call *c);
void s3_create_bucket(struct call *c);
void s3_delete_bucket(struct call *c);
void s3_get_versioning(struct call *c);
void s3_get_encryption(struct call *c);
void s3_get_policy_status(struct call *c);
void s3_get_public_access(struct call *c);
void s3_list_v1(struct call *c);
void s3_list_v2(struct call *c);
void s3_get_object(struct call *c);
void s3_get_tagging(struct call *c);
void s3_put_object(struct call *c);
void s3_delete_object(struct call *c);
void s3_delete_objects(struct call *c);
void s3_copy_object(struct call *c);
void s3_create_upload(struct call *c);
void s3_upload_part(struct call *c);
void s3_copy_part(struct call *c);
void s3_list_parts(struct call *c);
void s3_list_uploads(struct call *c);
void s3_complete_upload(struct call *c);
void s3_abort_upload(struct call *c);

/* The source of a copy. False: answered. */
bool s3_copy_source(struct call *c, struct s3_object *out,
	char numbered[64], char key[S3_KEY_MOST + 1], struct s3_bucket **from);
struct blob *s3_object_blob(const struct s3_object *o);

#endif
