/* SPDX-License-Identifier: MIT */
/*
 * What AWS encrypts for a key pair: RSA with PKCS#1 v1.5 padding (EC2 API
 * Reference, GetPasswordData). Any thread.
 */
#ifndef AWS_RSA_H
#define AWS_RSA_H

#include "base/error.h"
#include "base/str.h"

#include <stddef.h>

/* key: a private key in PEM, not under a passphrase. Appends to out, which
 * is the caller's to wipe. ERR_USAGE: the key cannot be read; ERR_PARSE: it
 * is not the one. Neither is ever part of err. */
bool rsa_decrypt(const char *key, size_t key_len, const char *bytes,
	size_t len, struct str *out, struct error *err);

#endif
