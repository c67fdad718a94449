/* SPDX-License-Identifier: MIT */
/*
 * What went wrong: a kind for the program and one sentence for people,
 * written by the one who knows. An error is a plain value: copy it, keep it,
 * hand it to another thread; nothing is to be freed.
 *
 * Convention: bool f(..., struct error *err). True: err is untouched.
 * False: err is set. err may not be NULL.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

enum error_kind {
	ERR_NONE,
	ERR_USAGE,       /* the line itself: option, verb, name, format */
	ERR_IO,          /* a file, a pipe, the terminal */
	ERR_PARSE,       /* a reply or a file is not what it should be */
	ERR_NETWORK,     /* DNS, connect, reset, proxy */
	ERR_TLS,         /* certificate or handshake */
	ERR_TIMEOUT,     /* one of the limits of a request */
	ERR_CREDENTIALS, /* none found, incomplete, source is broken */
	ERR_EXPIRED,     /* the credentials are too old */
	ERR_DENIED,      /* a policy says no: "not for you" */
	ERR_DISABLED,    /* region not opted in, service not there */
	ERR_THROTTLED,   /* still throttled after all retries */
	ERR_NOT_FOUND,   /* AWS does not know the thing */
	ERR_AWS,         /* any other refusal of AWS; code says which */
	ERR_SERVER,      /* 5xx after all retries */
	ERR_READ_ONLY,   /* refused at our own door */
	ERR_NEED_INPUT,  /* a person must answer first (MFA, login) */
	ERR_NEED_CONFIRM,/* `do` without its answer */
	ERR_UNKNOWN,     /* sent, and nobody knows whether it was done */
	ERR_LIMIT,       /* a cap of ours: size, depth, rows */
	ERR_CANCELLED,
	ERR_KINDS
};

struct error {
	enum error_kind kind;
	int status;            /* HTTP status, 0 if none */
	char code[96];         /* AWS's error code, "" if none */
	char request_id[96];
	char text[1024];       /* one sentence, sanitised, no newline */
};

#define ERROR_INIT { .kind = ERR_NONE }

/* Sets kind and sentence, clears the rest. Always returns false. */
bool error_set(struct error *err, enum error_kind kind, const char *format,
	...) __attribute__((format(printf, 3, 4), nonnull(1, 3)));

/* Puts "what: " before the sentence. Always returns false. */
bool error_prefix(struct error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3), nonnull));

void error_reset(struct error *err);

/* The whole line for people: AWS's code where the sentence does not have
 * it, the sentence, and what to do where that is known. */
#define ERROR_LINE 1280
void error_line(const struct error *err, char out[ERROR_LINE]);

/* "denied", "timeout"…: stable words for logs and JSON. */
const char *error_kind_name(enum error_kind kind);

#endif
