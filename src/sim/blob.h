/* SPDX-License-Identifier: MIT */
/*
 * Immutable bytes that replies and the world share: what was uploaded, or
 * text that is made while it is read, so that a 40 GiB backup costs nothing.
 * References are counted; any thread.
 */
#ifndef SIM_BLOB_H
#define SIM_BLOB_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct blob {
	_Atomic size_t refs;
	uint64_t size;
	uint64_t seed;      /* of made text; bytes is then NULL */
	char *bytes;
};

/* Takes the string. */
struct blob *blob_new(struct str *bytes);
struct blob *blob_new_made(uint64_t seed, uint64_t size);
struct blob *blob_ref(struct blob *b);
void blob_unref(struct blob *b);     /* NULL is fine */

/* Bytes from..from+len, which must lie inside. */
void blob_read(const struct blob *b, uint64_t from, char *out, size_t len);

#endif
