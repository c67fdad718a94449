/* SPDX-License-Identifier: MIT */
/* One call on its way through the door. Private to aws/request*.c. */
#ifndef AWS_REQUEST_PRIVATE_H
#define AWS_REQUEST_PRIVATE_H

#include "aws/protocol.h"
#include "aws/request.h"
#include "aws/retry.h"
#include "base/map.h"

#include <pthread.h>
#include <stdatomic.h>

enum { MINUTE_SLOTS = 60, ERROR_BODY_MAX = 64 * 1024 };

struct door {
	struct door_options options;
	struct http_loop *loop;
	struct limiter *limiter;
	atomic_bool read_only;
	_Atomic int64_t skew;
	pthread_mutex_t lock;          /* all below */
	struct map *quotas;            /* by the limiter's key: a region
					  that is down spends its own only */
	struct door_journal journal;
	struct door_meter meter;
	struct door_second {
		int64_t second;
		unsigned calls, throttles, failed;
	} minute[MINUTE_SLOTS];
};

/* What one attempt came to. */
struct outcome {
	bool sent;             /* a byte may have reached AWS */
	int status;            /* 0: no answer */
	bool garbled;          /* it was promised well, and then unreadable */
	bool throttled;
	int64_t retry_after;   /* ms; -1: nothing said */
	bool dated;
	int64_t offset;        /* AWS's clock less ours, if dated */
	struct str body;       /* of an error, as far as it is kept */
};

struct flight {
	struct door *door;
	const struct call *call;
	struct reply *reply;
	struct message message;
	struct endpoint endpoint;
	bool bucket_is_there;  /* the host names the bucket already */
	bool repeatable;
	char id[37];
	struct str key;        /* the limiter's */
	struct retry_quota *quota;
	int64_t started;
	unsigned attempts, most;
	enum retry_class last;
	bool doubtful;         /* an attempt went out without an answer */
	bool delivered;        /* the sink has bytes */
	bool moved, skewed;    /* each is tried once */
	struct outcome out;
};

/* request.c: encodes; clear it also after failure. */
bool flight_init(struct flight *f, struct door *door,
	const struct call *call, struct reply *reply, struct error *err);
void flight_clear(struct flight *f);

/* A request's headers; the values are wiped when cleared. */
struct header_list {
	struct http_header *items;
	size_t count, room;
};

void header_list_add(struct header_list *list, const char *name,
	const char *value);
void header_list_clear(struct header_list *list);

/* request_build.c: URL and headers, signed with the time of now. */
void flight_build(struct flight *f, struct str *url,
	struct header_list *headers);

/* request_send.c: one attempt, from build to the last byte read. */
bool flight_send(struct flight *f, struct error *err);
const char *flight_error_header(const void *exchange, const char *name);

/* request_move.c: the refusal says that the bucket lives elsewhere: the
 * endpoint is then the other one. */
bool flight_moves(struct flight *f, const struct error *err);

/* request_record.c: the journal's lines about this call. */
bool flight_tell_intent(struct flight *f, struct error *err);
void flight_tell_outcome(struct flight *f, bool ok, const struct error *err);

/* request_door.c */
struct retry_quota *door_quota(struct door *door, const char *key);
bool door_sleep(struct door *door, int64_t deadline, struct cancel *cancel);
void door_count(struct door *door, size_t bytes);

enum door_event {
	DOOR_RETRY, DOOR_THROTTLE,
	DOOR_ERROR,            /* an attempt */
	DOOR_FAILED,           /* a call, after all of them */
	DOOR_BILLED
};
void door_note(struct door *door, enum door_event event);

#endif
