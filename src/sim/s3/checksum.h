/* SPDX-License-Identifier: MIT */
/*
 * The checksums of S3: base64 of the bytes, CRCs big-endian. (Amazon S3
 * User Guide, "Checking object integrity") Any thread.
 */
#ifndef SIM_S3_CHECKSUM_H
#define SIM_S3_CHECKSUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHECKSUM_BYTES_MOST 32

struct sim_checksum;

/* "crc32" and friends, any case; NULL: unknown. */
const struct sim_checksum *sim_checksum_find(const char *name);
const struct sim_checksum *sim_checksum_at(size_t index);

/* crc32 and ChecksumCRC32. */
const char *sim_checksum_name(const struct sim_checksum *c);
const char *sim_checksum_element(const struct sim_checksum *c);

/* Whether a multipart object may have it over the whole, or over parts. */
bool sim_checksum_may_be_full(const struct sim_checksum *c);
bool sim_checksum_may_be_composite(const struct sim_checksum *c);

/* Returns the number of bytes. */
size_t sim_checksum_bytes(const struct sim_checksum *c, const char *data,
	size_t len, unsigned char out[CHECKSUM_BYTES_MOST]);
void sim_checksum_base64(const struct sim_checksum *c, const char *data,
	size_t len, char out[96]);

void sim_checksum_md5(const void *data, size_t len, unsigned char out[16]);

#endif
