/* SPDX-License-Identifier: MIT */
/*
 * Keys of key pairs as AWS writes and reads them, with the fingerprints that
 * it shows. (EC2 User Guide, "Verify the fingerprint of your key pair")
 */
#ifndef SIM_EC2_KEY_TEXT_H
#define SIM_EC2_KEY_TEXT_H

#include "base/str.h"

/* A new private key as PEM, "rsa" or "ed25519"; both are appended to. */
bool key_make(const char *type, struct str *pem, struct str *fingerprint);

/* The type of a public key that was sent as base64 of its OpenSSH line;
 * NULL: it is none. fingerprint is appended to. */
const char *key_read(const char *material, struct str *fingerprint);

#endif
