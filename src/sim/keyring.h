/* SPDX-License-Identifier: MIT */
/*
 * The access keys that the simulator knows: the one of sim.h, and those
 * that AssumeRole has made. Any thread.
 */
#ifndef SIM_KEYRING_H
#define SIM_KEYRING_H

#include <stdbool.h>
#include <stdint.h>

struct keyring;

struct key_row {
	char access[24];
	char secret[44];
	char token[360];       /* "": none */
	char account[13];
	char arn[256];
	char user_id[128];
	int64_t expires;       /* wall; INT64_MAX: never */
	bool of_role;
};

struct keyring *keyring_new(uint64_t seed);
void keyring_free(struct keyring *k);

/* A copy; false: not known. */
bool keyring_find(struct keyring *k, const char *access, struct key_row *out);

/* Makes a session of a role; the caller fills in whose it is and until
 * when, the rest is filled in here. */
void keyring_add(struct keyring *k, struct key_row *row);

#endif
