/* SPDX-License-Identifier: MIT */
/*
 * The door: every request that leaves the program, signed or not, goes
 * through here. It refuses what read-only mode forbids, tells the journal
 * before and after what is not READ, encodes by protocol, signs, sends,
 * reads, maps AWS's error shapes to struct error, corrects clock skew,
 * follows S3 to a bucket's region once, and decides retries: what may have
 * arrived and may not be repeated is never repeated (ERR_UNKNOWN).
 * Worker threads; the counters and switches from any thread.
 */
#ifndef AWS_REQUEST_H
#define AWS_REQUEST_H

#include "aws/credential.h"
#include "aws/http.h"
#include "aws/region.h"
#include "aws/service.h"
#include "base/error.h"
#include "base/pool.h"
#include "base/str.h"
#include "doc/doc.h"
#include "doc/reader.h"

#include <stdint.h>

struct door;

struct door_options {
	const struct doc_names *names;   /* for reply documents; borrowed */
	struct pool *pool;               /* to give the worker back while it
					    waits; may be NULL */
	bool ignore_environment;         /* demo */
	bool read_only;
};

/* Told of everything that is not READ. intent fails: nothing is sent. */
struct door_journal {
	void *data;
	bool (*intent)(void *data, const char *id, const char *record,
		struct error *err);
	void (*outcome)(void *data, const char *id, const char *record);
};

struct door *door_new(const struct door_options *options,
	struct error *err);
void door_free(struct door *door);     /* all calls have returned */
void door_set_read_only(struct door *door, bool on);
bool door_is_read_only(const struct door *door);
void door_set_journal(struct door *door, const struct door_journal *j);

struct door_meter {
	uint64_t calls, retries, throttles, errors, billed, bytes_in;
	unsigned calls_last_minute, throttles_last_minute;
	/* Calls; but what was throttled, cancelled, refused by a policy or is
	 * not there counts for nothing. */
	unsigned failed_last_minute;
	int64_t skew;              /* added to our clock when signing, ms */
};
void door_read_meter(struct door *door, struct door_meter *meter);

/* Where a body goes that is not to become a document. */
struct door_sink {
	void *data;
	bool (*write)(void *data, const char *bytes, size_t len,
		struct error *err);
};

struct call {
	const struct service *service;
	const struct operation *operation;
	const struct argument *arguments;
	size_t argument_count;
	const struct aws_config *config;     /* CA bundle, S3 style … */
	const struct endpoint *endpoint;
	const struct credentials *credentials;   /* NULL: unsigned */
	const char *locked;        /* read-only by this profile's own lock;
				      NULL: by the door's switch alone */
	const char *scope;         /* limiter's key: session or account */
	unsigned max_attempts;     /* 0: 3 */
	struct cancel *cancel;
	struct door_sink *sink;    /* NULL: reply.doc */
	/* S3 says the bucket lives elsewhere: remember it (may be NULL). */
	void (*moved)(void *data, const char *bucket, const char *region);
	void *moved_data;
};

struct reply {
	int status;
	struct doc *doc;           /* the caller's reference; NULL: no body */
	char request_id[96];
	unsigned attempts;
	int64_t ms;
	size_t bytes;
	char *headers;             /* "name: value\n"…, lower-case names */
};

/* After failure reply holds numbers only, nothing to clear. */
bool door_call(struct door *door, const struct call *call,
	struct reply *reply, struct error *err);
void reply_clear(struct reply *reply);

/* NULL: none. out is the caller's to free. */
char *reply_header(const struct reply *reply, const char *name);

/* Metadata services and other plain HTTP: same door, no signature, no
 * proxy. One attempt; body into out. effect is CREDENTIAL or READ. */
bool door_plain(struct door *door, const struct http_request *request,
	enum effect effect, struct cancel *cancel, int *status,
	struct str *out, struct error *err);

#endif
