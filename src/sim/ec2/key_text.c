/* SPDX-License-Identifier: MIT */
#include "sim/ec2/key_text.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <string.h>

#define RSA_BITS 2048
#define RSA_LEAST 1024
#define RSA_MOST 4096

/* "1f:51:ae…" of a digest. */
static bool add_digest(struct str *out, const EVP_MD *md,
	const unsigned char *bytes, size_t len)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned n;

	if (!EVP_Digest(bytes, len, digest, &n, md, NULL))
		return false;
	for (unsigned i = 0; i < n; i++)
		str_addf(out, "%s%02x", i ? ":" : "", digest[i]);
	return true;
}

static bool add_sha256(struct str *out, const unsigned char *bytes,
	size_t len)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned n;

	return EVP_Digest(bytes, len, digest, &n, EVP_sha256(), NULL) &&
		str_add_base64(out, digest, n);
}

static void add_blob(struct str *out, const void *bytes, size_t len)
{
	const char size[4] = {
		(char)(len >> 24), (char)(len >> 16), (char)(len >> 8),
		(char)len
	};

	str_addn(out, size, sizeof(size));
	str_addn(out, bytes, len);
}

/* RSA: SHA-1 of the private key. ED25519: SHA-256 of the public one. */
static bool add_private_print(struct str *out, EVP_PKEY *key, bool rsa)
{
	unsigned char raw[32], *der = NULL;
	size_t size = sizeof(raw);
	struct str blob = STR_INIT;
	PKCS8_PRIV_KEY_INFO *info;
	int len;
	bool ok;

	if (!rsa) {
		ok = EVP_PKEY_get_raw_public_key(key, raw, &size) == 1;
		add_blob(&blob, "ssh-ed25519", strlen("ssh-ed25519"));
		add_blob(&blob, raw, size);
		ok = ok && add_sha256(out, (unsigned char *)blob.p, blob.len);
		str_clear(&blob);
		return ok;
	}
	info = EVP_PKEY2PKCS8(key);
	len = info ? i2d_PKCS8_PRIV_KEY_INFO(info, &der) : -1;
	ok = len > 0 && add_digest(out, EVP_sha1(), der, (size_t)len);
	if (len > 0)
		OPENSSL_clear_free(der, (size_t)len);
	PKCS8_PRIV_KEY_INFO_free(info);
	return ok;
}

bool key_make(const char *type, struct str *pem, struct str *fingerprint)
{
	bool rsa = !strcmp(type, "rsa");
	EVP_PKEY *key = rsa ? EVP_PKEY_Q_keygen(NULL, NULL, "RSA",
		(size_t)RSA_BITS) : EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	BIO *bio = BIO_new(BIO_s_secmem());
	char *text;
	long len = 0;
	bool ok;

	ok = key && bio && (rsa ? PEM_write_bio_PrivateKey_traditional(bio,
		key, NULL, NULL, 0, NULL, NULL) :
		PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL,
			NULL)) == 1;
	if (ok)
		len = BIO_get_mem_data(bio, &text);
	ok = ok && len > 0 && str_addn(pem, text, (size_t)len) &&
		add_private_print(fingerprint, key, rsa);
	BIO_free(bio);
	EVP_PKEY_free(key);
	return ok;
}

/* A part of an SSH blob: its length in four bytes, then the bytes. */
static bool part(const unsigned char **at, const unsigned char *end,
	const unsigned char **bytes, size_t *len)
{
	if (end - *at < 4)
		return false;
	*len = (size_t)(*at)[0] << 24 | (size_t)(*at)[1] << 16 |
		(size_t)(*at)[2] << 8 | (*at)[3];
	*bytes = *at + 4;
	if (*len > (size_t)(end - *bytes))
		return false;
	*at = *bytes + *len;
	return true;
}

static EVP_PKEY *rsa_key(BIGNUM *n, BIGNUM *e)
{
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
	OSSL_PARAM *params = NULL;
	EVP_PKEY *key = NULL;

	if (build && ctx && OSSL_PARAM_BLD_push_BN(build,
			OSSL_PKEY_PARAM_RSA_N, n) &&
		OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, e) &&
		(params = OSSL_PARAM_BLD_to_param(build)) &&
		EVP_PKEY_fromdata_init(ctx) == 1 && EVP_PKEY_fromdata(ctx,
			&key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(build);
	EVP_PKEY_CTX_free(ctx);
	return key;
}

/* MD5 of the public key, as of every imported RSA key. */
static bool read_rsa(const unsigned char *at, const unsigned char *end,
	struct str *fingerprint)
{
	const unsigned char *e, *n;
	size_t e_len, n_len;
	unsigned char *der = NULL;
	EVP_PKEY *key = NULL;
	BIGNUM *bn = NULL, *be = NULL;
	int len = -1;
	bool ok = false;

	if (!part(&at, end, &e, &e_len) || !part(&at, end, &n, &n_len) ||
		at != end || e_len > 8 || n_len > RSA_MOST / 8 + 1)
		return false;
	bn = BN_bin2bn(n, (int)n_len, NULL);
	be = BN_bin2bn(e, (int)e_len, NULL);
	if (bn && be && BN_num_bits(bn) >= RSA_LEAST)
		key = rsa_key(bn, be);
	if (key)
		len = i2d_PUBKEY(key, &der);
	if (len > 0)
		ok = add_digest(fingerprint, EVP_md5(), der, (size_t)len);
	OPENSSL_free(der);
	EVP_PKEY_free(key);
	BN_free(bn);
	BN_free(be);
	return ok;
}

static const char *read_blob(const char *type, const struct str *blob,
	struct str *fingerprint)
{
	const unsigned char *at = (const unsigned char *)blob->p;
	const unsigned char *end = at + blob->len, *name, *key;
	size_t len, key_len;

	if (!part(&at, end, &name, &len) || len != strlen(type) ||
		memcmp(name, type, len) != 0)
		return NULL;
	if (!strcmp(type, "ssh-rsa"))
		return read_rsa(at, end, fingerprint) ? "rsa" : NULL;
	if (!part(&at, end, &key, &key_len) || key_len != 32 || at != end)
		return NULL;
	return add_sha256(fingerprint, (const unsigned char *)blob->p,
		blob->len) ? "ed25519" : NULL;
}

const char *key_read(const char *material, struct str *fingerprint)
{
	static const char *const types[] = { "ssh-rsa", "ssh-ed25519" };
	struct str line = STR_INIT, blob = STR_INIT;
	const char *found = NULL;

	if (!str_add_unbase64(&line, material, strlen(material)))
		return NULL;
	for (size_t i = 0; i < 2 && !found; i++) {
		size_t len = strlen(types[i]);

		if (strncmp(line.p, types[i], len) != 0 || line.p[len] != ' ')
			continue;
		len++;
		str_reset(&blob);
		if (str_add_unbase64(&blob, line.p + len,
			strcspn(line.p + len, " \r\n")))
			found = read_blob(types[i], &blob, fingerprint);
	}
	str_clear(&line);
	str_clear(&blob);
	return found;
}
