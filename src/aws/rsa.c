/* SPDX-License-Identifier: MIT */
#include "aws/rsa.h"

#include "base/mem.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <limits.h>
#include <stdlib.h>

/* Nobody is asked: there may be no terminal, or it is in use. */
static int no_passphrase(char *buf, int size, int rwflag, void *data)
{
	(void)buf;
	(void)size;
	(void)rwflag;
	*(bool *)data = true;
	return -1;
}

static EVP_PKEY *read_key(const char *text, size_t len, struct error *err)
{
	BIO *bio = len <= INT_MAX ? BIO_new_mem_buf(text, (int)len) : NULL;
	bool locked = false;
	EVP_PKEY *key = NULL;

	if (bio)
		key = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase,
			&locked);
	BIO_free(bio);
	ERR_clear_error();
	if (key && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA)
		return key;
	if (locked)
		error_set(err, ERR_USAGE, "the key is under a passphrase: "
			"take that off a copy of it first (openssl pkey "
			"-in KEY -out COPY)");
	else if (key)
		error_set(err, ERR_USAGE, "the key is not an RSA key: no "
			"other kind decrypts passwords");
	else
		error_set(err, ERR_USAGE, "that is not a private key in PEM "
			"(-----BEGIN … PRIVATE KEY-----)");
	EVP_PKEY_free(key);
	return NULL;
}

/* OpenSSL may give back random bytes for a wrong key (implicit rejection);
 * what is asked for here is text. */
static bool is_text(const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (bytes[i] < 0x20 || bytes[i] > 0x7e)
			return false;
	return len > 0;
}

bool rsa_decrypt(const char *key, size_t key_len, const char *bytes,
	size_t len, struct str *out, struct error *err)
{
	EVP_PKEY *pkey = read_key(key, key_len, err);
	EVP_PKEY_CTX *ctx = pkey ? EVP_PKEY_CTX_new(pkey, NULL) : NULL;
	size_t room = pkey ? (size_t)EVP_PKEY_get_size(pkey) : 0;
	unsigned char *plain = xcalloc(room + 1, 1);
	size_t size = room;
	bool ok = false;

	if (!pkey)
		goto out;
	ok = ctx && EVP_PKEY_decrypt_init(ctx) > 0 &&
		EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) > 0;
	if (ok)      /* what is older does not know it and needs it not */
		EVP_PKEY_CTX_ctrl_str(ctx, "rsa_pkcs1_implicit_rejection",
			"0");
	ok = ok && EVP_PKEY_decrypt(ctx, plain, &size,
			(const unsigned char *)bytes, len) > 0 &&
		is_text(plain, size) &&
		str_addn(out, (const char *)plain, size);
	if (!ok)
		error_set(err, ERR_PARSE, "the key does not decrypt it: is "
			"it that of the instance's key pair?");
out:
	ERR_clear_error();
	mem_wipe(plain, room);
	free(plain);
	EVP_PKEY_CTX_free(ctx);
	EVP_PKEY_free(pkey);
	return ok;
}
