/* SPDX-License-Identifier: MIT */
/*
 * What the simulator serves: a row for each service, a row for each of its
 * operations. Tables only; service.c dispatches.
 */
#ifndef SIM_SERVICE_H
#define SIM_SERVICE_H

#include <stdbool.h>
#include <stddef.h>

struct call;

/* The wire form of replies and errors. */
enum sim_style { STYLE_QUERY, STYLE_EC2, STYLE_S3, SIM_STYLES };

/* Rows end with a NULL name. run() holds the world's lock, for writing if
 * the row says so, and leaves an answer in the call. */
struct sim_action {
	const char *name;
	void (*run)(struct call *c);
	bool write;

	/* Blank-separated names that EC2 takes, N for numbers; NULL: other
	 * services pass over what they do not know. */
	const char *parameters;
	bool open;               /* needs no signature */
};

struct sim_service {
	const char *name;         /* in the credential scope */
	enum sim_style style;
	const char *version;
	const char *namespace;    /* %s: the version asked for */
	const struct sim_action *actions;

	/* The operation that is asked for, also set in the call. NULL: there
	 * is none, and the call holds the error. */
	const struct sim_action *(*find)(struct call *c);

	/* Actions of other tables; NULL: none. How an action is run; NULL: by
	 * its run(). */
	const struct sim_action *(*more)(const char *name);
	void (*run)(struct call *c);
};

const struct sim_service *service_ec2(void);
const struct sim_service *service_rds(void);
const struct sim_service *service_sts(void);
const struct sim_service *service_s3(void);

/* By the credential scope, or by a guess if that is NULL. */
void service_find(struct call *c, const char *scope_service);

/* False: there is none, and the call holds the error. */
bool service_find_action(struct call *c);
void service_run(struct call *c);

/* How find() works where Action= names the operation. */
const struct sim_action *service_find_query(struct call *c);

/* Why a request is refused before its operation is looked at. */
enum refusal {
	REFUSE_NO_AUTH,
	REFUSE_MALFORMED,       /* authorisation that cannot be read */
	REFUSE_KEY,             /* unknown access key */
	REFUSE_TOKEN,           /* wrong session token */
	REFUSE_EXPIRED,         /* session over */
	REFUSE_SKEW,            /* clocks too far apart */
	REFUSE_URL_EXPIRED,     /* presigned, too late */
	REFUSE_SIGNATURE,
	REFUSE_SCOPE,           /* no such region or service */
	REFUSE_OPTIN,           /* region not enabled */
	REFUSE_DENIED,
	REFUSE_THROTTLE,
	REFUSE_500,
	REFUSE_503,
	REFUSE_PAGE_TOKEN,
	REFUSALS
};

/* Answers; more is further XML for S3, may be NULL. False. */
bool call_refuse(struct call *c, enum refusal why, const char *more);

#endif
