/* SPDX-License-Identifier: MIT */
#include "aws/retry.h"

#include "aws/protocol_kind.h"
#include "base/mem.h"
#include "base/random.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

enum {
	QUOTA = 500, COST_THROTTLE = 5, COST_TRANSIENT = 14, REFUND_FIRST = 1,
	CAP_MS = 20000, HINT_MS = 5000
};

enum retry_class retry_classify(const struct error *err)
{
	if (protocol_is_throttle(err->code))
		return RETRY_THROTTLE;
	if (protocol_is_transient(err->code))
		return RETRY_TRANSIENT;
	switch (err->status) {
	case 500:
	case 502:
	case 503:
	case 504:
		return RETRY_TRANSIENT;
	case 0:
		break;
	default:
		return RETRY_NO;
	}
	if (err->kind == ERR_NETWORK || err->kind == ERR_TIMEOUT)
		return RETRY_TRANSIENT;
	return RETRY_NO;
}

struct retry_quota {
	pthread_mutex_t lock;
	int left;
};

struct retry_quota *retry_quota_new(void)
{
	struct retry_quota *q = xcalloc(1, sizeof(*q));

	pthread_mutex_init(&q->lock, NULL);
	q->left = QUOTA;
	return q;
}

void retry_quota_free(struct retry_quota *q)
{
	if (!q)
		return;
	pthread_mutex_destroy(&q->lock);
	free(q);
}

static int cost_of(enum retry_class class)
{
	return class == RETRY_THROTTLE ? COST_THROTTLE : COST_TRANSIENT;
}

bool retry_quota_take(struct retry_quota *q, enum retry_class class)
{
	int cost = cost_of(class);
	bool ok;

	pthread_mutex_lock(&q->lock);
	ok = q->left >= cost;
	if (ok)
		q->left -= cost;
	pthread_mutex_unlock(&q->lock);
	return ok;
}

void retry_quota_give(struct retry_quota *q, enum retry_class last_class)
{
	int back = last_class == RETRY_NO ? REFUND_FIRST :
		cost_of(last_class);

	pthread_mutex_lock(&q->lock);
	q->left += back;
	if (q->left > QUOTA)
		q->left = QUOTA;
	pthread_mutex_unlock(&q->lock);
}

int retry_quota_left(struct retry_quota *q)
{
	int left;

	pthread_mutex_lock(&q->lock);
	left = q->left;
	pthread_mutex_unlock(&q->lock);
	return left;
}

int64_t retry_delay(enum retry_class class, unsigned retry,
	int64_t retry_after)
{
	double base = class == RETRY_THROTTLE ? 1000 : 50;
	double most = base * ldexp(1, retry > 30 ? 30 : (int)retry - 1);
	int64_t delay;

	if (most > CAP_MS)
		most = CAP_MS;
	delay = (int64_t)(random_unit() * most);
	if (retry_after < 0)
		return delay;
	if (retry_after > delay + HINT_MS)
		return delay + HINT_MS;
	return retry_after > delay ? retry_after : delay;
}
