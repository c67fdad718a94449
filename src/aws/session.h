/* SPDX-License-Identifier: MIT */
/*
 * A session: one profile's configuration, credentials and endpoint choices.
 * Jobs, caches, limiters and identities key on it. Shared by reference;
 * sessions outlive the jobs that run in them. Calls on workers.
 */
#ifndef AWS_SESSION_H
#define AWS_SESSION_H

#include "aws/request.h"

struct session;

/* Takes the contents of config (which is zeroed). */
struct session *session_new(struct door *door, struct aws_config *config);
struct session *session_ref(struct session *s);
void session_unref(struct session *s);

/* Whether what changes is refused in this session though the door is open:
 * asked before each such call, from any thread. UNSURE: it depends on the
 * account, which is then found out first. */
enum session_lock { SESSION_FREE, SESSION_LOCK_UNSURE, SESSION_LOCKED };
struct session_guard {
	void *data;              /* lives as long as the session */
	enum session_lock (*ask)(void *data, const char *profile,
		const char *account);
};

/* Before the session is shared. */
void session_set_guard(struct session *s, const struct session_guard *guard);

/* By its guard or the door, as far as is known now: a call finds out what is
 * not sure. Any thread. */
bool session_is_read_only(struct session *s);

const char *session_name(const struct session *s);     /* the profile */
const struct aws_config *session_config(const struct session *s);
struct credential_store *session_store(struct session *s);
struct door *session_door(struct session *s);

/* The account number into at least 16 bytes: "" while unknown. Any thread. */
void session_account(struct session *s, char account[16]);

/* From credentials or a row (12 digits); later news are ignored. */
void session_learn_account(struct session *s, const char *account);

/* sts:GetCallerIdentity, once; *arn (may be NULL) is the caller's. */
bool session_identify(struct session *s, const char *region, char **arn,
	struct cancel *cancel, struct error *err);

struct session_call {
	const struct service *service;
	const struct operation *operation;
	const struct argument *arguments;
	size_t argument_count;
	const char *region;        /* NULL: the bucket's or the partition's */
	struct cancel *cancel;
	struct door_sink *sink;
};

/* Credentials, endpoint (a known bucket's region for S3), the door; once
 * again with fresh credentials when AWS says the old ones expired and the
 * source can make new ones and the request may be repeated. */
bool session_run(struct session *s, const struct session_call *call,
	struct reply *reply, struct error *err);

/* What is known of a bucket's region: "" if nothing. Any thread. */
void session_bucket_region(struct session *s, const char *bucket,
	char region[64]);
void session_learn_bucket(struct session *s, const char *bucket,
	const char *region);

#endif
