/* SPDX-License-Identifier: MIT */
/*
 * ClientToken: the same request with the same token is done once, and is
 * answered as it was then. (EC2 API Reference, "Ensuring idempotency")
 */
#include "sim/ec2/things.h"

#include "base/mem.h"
#include "sim/ec2/store.h"

#include <stdlib.h>
#include <string.h>

struct answer {
	uint64_t question;
	char request_id[37];
	size_t len;
	char bytes[];
};

/* All that is asked for, in whatever order. */
static uint64_t question(const struct call *c)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < c->params.count; i++) {
		const struct call_pair *p = &c->params.items[i];

		if (str_starts(p->name, "X-Amz-") ||
			!strcmp(p->name, "DryRun"))
			continue;
		sum += (map_hash(p->name, strlen(p->name)) * 31 +
			map_hash(p->value, strlen(p->value))) *
			0x9e3779b97f4a7c15u;
	}
	return sum;
}

static void remember(struct call *c, const char *key)
{
	struct answer *a = xmalloc(sizeof(*a) + c->out->len);

	a->question = question(c);
	memcpy(a->request_id, c->request_id, sizeof(a->request_id));
	a->len = c->out->len;
	memcpy(a->bytes, c->out->p, a->len);
	map_set(things_tokens(c->world), key, a);
}

/* In the words of then, but for the id of the request. */
static void answer_again(struct call *c, const struct answer *a)
{
	char *at;

	str_addn(c->out, a->bytes, a->len);
	at = strstr(c->out->p, a->request_id);
	if (at)
		memcpy(at, c->request_id, strlen(c->request_id));
}

void things_run(struct call *c)
{
	const char *token = call_param(c, "ClientToken");
	const struct answer *a;
	char *key;

	if (!token || !*token) {
		c->action->run(c);
		return;
	}
	if (strlen(token) > 64) {
		call_error(c, 400, "InvalidParameterValue", "The client token "
			"may have 64 characters at most");
		return;
	}
	key = call_textf(c, "%s %s", c->operation, token);
	a = map_get(things_tokens(c->world), key);
	if (!a) {
		c->action->run(c);
		if (!c->code)
			remember(c, key);
	} else if (a->question != question(c)) {
		call_error(c, 400, "IdempotentParameterMismatch", "Arguments "
			"on this idempotent request are inconsistent with "
			"arguments used in previous request(s).");
	} else if (!ec2_dry_run(c)) {
		answer_again(c, a);
	}
}
