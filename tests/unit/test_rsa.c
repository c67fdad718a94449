/* SPDX-License-Identifier: MIT */
/* The password of Windows, decrypted; nothing of it in what goes wrong. */
#include "aws/rsa.h"
#include "catalogue/decode.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define SECRET "Tr0ub4dor&3-tucuxi"

static EVP_PKEY *pkey;
static char *key, *other, *locked, *elliptic;
static struct str cipher = STR_INIT;

static char *pem(EVP_PKEY *k, const EVP_CIPHER *by)
{
	unsigned char pass[] = "passphrase";
	BIO *bio = BIO_new(BIO_s_mem());
	char *text, *copy;
	long len;

	assert_true(PEM_write_bio_PrivateKey(bio, k, by, by ? pass : NULL,
		by ? (int)sizeof(pass) - 1 : 0, NULL, NULL));
	len = BIO_get_mem_data(bio, &text);
	copy = strndup(text, (size_t)len);
	BIO_free(bio);
	return copy;
}

static void encrypt(const char *text)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(pkey, NULL);
	unsigned char out[256];
	size_t len = sizeof(out);

	assert_true(EVP_PKEY_encrypt_init(ctx) > 0);
	EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING);
	assert_true(EVP_PKEY_encrypt(ctx, out, &len,
		(const unsigned char *)text, strlen(text)) > 0);
	str_reset(&cipher);
	str_addn(&cipher, (char *)out, len);
	EVP_PKEY_CTX_free(ctx);
}

static int begin(void **state)
{
	EVP_PKEY *second = EVP_RSA_gen(2048), *curve = EVP_EC_gen("P-256");

	(void)state;
	pkey = EVP_RSA_gen(2048);
	key = pem(pkey, NULL);
	other = pem(second, NULL);
	locked = pem(pkey, EVP_aes_128_cbc());
	elliptic = pem(curve, NULL);
	encrypt(SECRET);
	EVP_PKEY_free(second);
	EVP_PKEY_free(curve);
	return 0;
}

static int end(void **state)
{
	(void)state;
	EVP_PKEY_free(pkey);
	free(key);
	free(other);
	free(locked);
	free(elliptic);
	str_clear(&cipher);
	return 0;
}

static void wrong(const char *with, enum error_kind kind, const char *word)
{
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;

	assert_false(rsa_decrypt(with, strlen(with), cipher.p, cipher.len,
		&out, &err));
	assert_int_equal(err.kind, kind);
	assert_non_null(strstr(err.text, word));
	assert_null(strstr(err.text, SECRET));
	assert_int_equal(out.len, 0);
	str_clear(&out);
}

static void test_wrong_keys(void **state)
{
	(void)state;
	wrong("", ERR_USAGE, "PEM");
	wrong("ssh-rsa AAAA", ERR_USAGE, "PEM");
	wrong(locked, ERR_USAGE, "passphrase");
	wrong(elliptic, ERR_USAGE, "RSA");
	wrong(other, ERR_PARSE, "key pair");
}

static void test_wrong_bytes(void **state)
{
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;

	(void)state;
	assert_false(rsa_decrypt(key, strlen(key), "short", 5, &out, &err));
	assert_int_equal(err.kind, ERR_PARSE);
	assert_false(rsa_decrypt(key, strlen(key), "", 0, &out, &err));
	assert_false(decode_password("***", 3, key, &out, &err));
	assert_non_null(strstr(err.text, "base64"));
	assert_false(decode_password("\r\n", 2, key, &out, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_false(decode_password("aGk=", 4, NULL, &out, &err));
	assert_int_equal(out.len, 0);
	str_clear(&out);
}

static void test_password(void **state)
{
	struct str out = STR_INIT, text = STR_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	str_add(&text, "\r\n");
	str_add_base64(&text, (const unsigned char *)cipher.p, cipher.len);
	str_add(&text, "\r\n");
	assert_true(decode_password(text.p, text.len, key, &out, &err));
	assert_string_equal(out.p, SECRET "\n");
	str_clear(&out);
	str_clear(&text);
}

static void test_console(void **state)
{
	struct str out = STR_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	assert_false(decode_base64("?", 1, NULL, &out, &err));
	assert_true(decode_base64("aGkAIHlvdQ==", 12, NULL, &out, &err));
	assert_string_equal(out.p, "hi you");
	str_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong_keys),
		cmocka_unit_test(test_wrong_bytes),
		cmocka_unit_test(test_password),
		cmocka_unit_test(test_console),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
