/* SPDX-License-Identifier: MIT */
/*
 * Credentials: found by the AWS CLI's chain, refreshed before they expire,
 * never shown. Each source is one file, credential_<source>.c, with one row
 * in the chain's table; a source that is configured but broken is an error,
 * not a reason to go on. Everything that holds a secret is wiped.
 */
#ifndef AWS_CREDENTIAL_H
#define AWS_CREDENTIAL_H

#include "aws/profile.h"
#include "base/error.h"
#include "base/pool.h"

#include <stdint.h>

struct door;

/* A frozen set for one request: init by zero, clear wipes. */
struct credentials {
	char *access_key;
	char *secret_key;
	char *token;           /* NULL: none */
	char *account;         /* NULL: not known from the source */
	int64_t expires;       /* wall ms; 0: never */
	char source[64];       /* "env", "assume-role", "iam-role" … */
	char detail[256];      /* for people: file and section, role ARN … */
};

void credentials_clear(struct credentials *c);
void credentials_copy(struct credentials *to, const struct credentials *c);

/* What may be shown of the key's id: its last four, "" if it is short. */
const char *credentials_last4(const struct credentials *c);

/* One a session; single-flight. config and door are borrowed. */
struct credential_store;

struct credential_store *credential_store_new(
	const struct aws_config *config, struct door *door);
void credential_store_free(struct credential_store *store);

/*
 * Valid credentials, fetched or refreshed where needed (advisory 15 min
 * before expiry, mandatory 10). Worker threads; one fetches, the others
 * wait. ERR_CREDENTIALS, ERR_NEED_INPUT, or what a request may answer.
 */
bool credential_get(struct credential_store *store,
	struct credentials *out, struct cancel *cancel, struct error *err);

/*
 * ERR_NEED_INPUT with code "MFA": the sentence names the device. This is
 * where its six digits go; the next get uses them for one request. False:
 * ERR_USAGE.
 */
bool credential_answer(struct credential_store *store, const char *code,
	struct error *err);

/* Forget what is held: the next get fetches again (R in the console, or
 * after AWS answered "expired" to the key it was given). */
void credential_forget(struct credential_store *store,
	const char *access_key);

/* What the chain saw, for `creds`: one line a source, in order. */
struct credential_note {
	const char *source;
	char text[256];        /* "not set", "wins: …", "broken: …" */
	bool winner;
};
size_t credential_explain(struct credential_store *store,
	struct credential_note *notes, size_t room);

#endif
