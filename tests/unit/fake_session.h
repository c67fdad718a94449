/* SPDX-License-Identifier: MIT */
/*
 * A session that answers from a script. It is a part of the test that
 * includes it and stands in for aws/session.c there.
 */
#ifndef TESTS_FAKE_SESSION_H
#define TESTS_FAKE_SESSION_H

#include "aws/session.h"

#include <stdio.h>
#include <string.h>

/* Pages in turn, and what was asked. */
struct session {
	const char *const *pages;        /* NULL: fails with `error` */
	size_t count, next;
	enum error_kind error;
	const char *code;
	struct cancel *cancel;           /* set while this page is answered */
	size_t cancel_at;
	struct str asked;                /* "Path[i,k]=value"…, line a page */
	struct doc_names *names;
	const char *region;
	char account[16], bucket[128];
};

bool session_is_read_only(struct session *s)
{
	(void)s;
	return false;
}

const char *session_name(const struct session *s)
{
	(void)s;
	return "test";
}

struct session *session_ref(struct session *s)
{
	return s;
}

void session_unref(struct session *s)
{
	(void)s;
}

void session_account(struct session *s, char account[16])
{
	memcpy(account, s->account, 16);
}

void session_learn_account(struct session *s, const char *account)
{
	snprintf(s->account, sizeof(s->account), "%s", account);
}

void session_bucket_region(struct session *s, const char *bucket,
	char region[64])
{
	(void)s;
	(void)bucket;
	region[0] = '\0';
}

void session_learn_bucket(struct session *s, const char *bucket,
	const char *region)
{
	snprintf(s->bucket, sizeof(s->bucket), "%s in %s", bucket, region);
}

const struct aws_config *session_config(const struct session *s)
{
	static const struct aws_config config = { 0 };

	(void)s;
	return &config;
}

void reply_clear(struct reply *reply)
{
	doc_unref(reply->doc);
	*reply = (struct reply){ 0 };
}

bool session_run(struct session *s, const struct session_call *call,
	struct reply *reply, struct error *err)
{
	size_t i = s->next++;

	s->region = call->region;
	str_add(&s->asked, call->operation->name);
	for (size_t k = 0; k < call->argument_count; k++) {
		const struct argument *a = &call->arguments[k];

		if (!operation_parameter(call->operation, a->path))
			return error_set(err, ERR_USAGE, "%s is no parameter",
				a->path);
		str_addf(&s->asked, " %s[%u,%u]=%s", a->path, a->index[0],
			a->index[1], a->value);
	}
	str_addc(&s->asked, '\n');
	if (s->cancel && i == s->cancel_at) {
		cancel_set(s->cancel);
		return error_set(err, ERR_CANCELLED, "cancelled");
	}
	if (i >= s->count || !s->pages[i]) {
		error_set(err, s->error, "no page %zu", i);
		snprintf(err->code, sizeof(err->code), "%s",
			s->code ? s->code : "");
		return false;
	}
	reply->doc = *s->pages[i] ? reader_read(READER_XML, s->names,
		s->pages[i], strlen(s->pages[i]), err) : NULL;
	return reply->doc || !*s->pages[i];
}

#endif
