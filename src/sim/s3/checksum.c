/* SPDX-License-Identifier: MIT */
#include "sim/s3/checksum.h"

#include "base/str.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

struct sim_checksum {
	const char *name, *element;
	unsigned bits;
	uint64_t polynomial;         /* reflected; 0: a digest of OpenSSL's */
	const EVP_MD *(*digest)(void);
	bool full, composite;
};

static const struct sim_checksum checksums[] = {
	{ "crc32", "ChecksumCRC32", 32, 0xedb88320u, NULL, true, true },
	{ "crc32c", "ChecksumCRC32C", 32, 0x82f63b78u, NULL, true, true },
	{ "crc64nvme", "ChecksumCRC64NVME", 64, 0x9a6c9329ac4bc9b5u, NULL, true, false },
	{ "sha1", "ChecksumSHA1", 160, 0, EVP_sha1, false, true },
	{ "sha256", "ChecksumSHA256", 256, 0, EVP_sha256, false, true },
};

#define COUNT (sizeof(checksums) / sizeof(*checksums))

static uint64_t tables[COUNT][256];

static void make_tables(void)
{
	for (size_t n = 0; n < COUNT; n++) {
		for (uint64_t byte = 0; byte < 256; byte++) {
			uint64_t crc = byte;

			for (int bit = 0; bit < 8; bit++)
				crc = crc >> 1 ^ (crc & 1 ?
					checksums[n].polynomial : 0);
			tables[n][byte] = crc;
		}
	}
}

const struct sim_checksum *sim_checksum_at(size_t index)
{
	return index < COUNT ? &checksums[index] : NULL;
}

const struct sim_checksum *sim_checksum_find(const char *name)
{
	for (size_t i = 0; name && i < COUNT; i++)
		if (!strcasecmp(checksums[i].name, name))
			return &checksums[i];
	return NULL;
}

const char *sim_checksum_name(const struct sim_checksum *c)
{
	return c->name;
}

const char *sim_checksum_element(const struct sim_checksum *c)
{
	return c->element;
}

bool sim_checksum_may_be_full(const struct sim_checksum *c)
{
	return c->full;
}

bool sim_checksum_may_be_composite(const struct sim_checksum *c)
{
	return c->composite;
}

static uint64_t crc(const struct sim_checksum *c, const char *data,
	size_t len)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const uint64_t *table = tables[c - checksums];
	uint64_t ones = UINT64_MAX >> (64 - c->bits);
	uint64_t value = ones;

	pthread_once(&once, make_tables);
	for (size_t i = 0; i < len; i++)
		value = value >> 8 ^
			table[(value ^ (unsigned char)data[i]) & 255];
	return value ^ ones;
}

size_t sim_checksum_bytes(const struct sim_checksum *c, const char *data,
	size_t len, unsigned char out[CHECKSUM_BYTES_MOST])
{
	size_t bytes = c->bits / 8;

	if (c->digest) {
		EVP_Digest(data, len, out, NULL, c->digest(), NULL);
		return bytes;
	}
	uint64_t value = crc(c, data, len);

	for (size_t i = bytes; i-- > 0; value >>= 8)
		out[i] = (unsigned char)value;
	return bytes;
}

void sim_checksum_base64(const struct sim_checksum *c, const char *data,
	size_t len, char out[96])
{
	unsigned char bytes[CHECKSUM_BYTES_MOST];
	struct str text = STR_INIT;

	str_add_base64(&text, bytes, sim_checksum_bytes(c, data, len, bytes));
	snprintf(out, 96, "%s", text.p);
	str_clear(&text);
}

void sim_checksum_md5(const void *data, size_t len, unsigned char out[16])
{
	EVP_Digest(data, len, out, NULL, EVP_md5(), NULL);
}
