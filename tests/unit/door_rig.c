/* SPDX-License-Identifier: MIT */
#include "tests/unit/door_rig.h"

#include "aws/sigv4.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/random.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define NOW 1448281200000   /* 2015-11-23T12:20:00Z */
#define SECRET "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

static const struct service ec2_row = { .name = "ec2", .title = "EC2",
	.prefix = "ec2", .version = "2016-11-15", .protocol = PROTOCOL_EC2 };
static const struct operation describe_row = {
	.name = "DescribeThings", .effect = EFFECT_READ,
	.repeat = REPEAT_SAFE
};

const struct operation *rig_describe(void)
{
	return &describe_row;
}

const struct service *rig_ec2(void)
{
	return &ec2_row;
}

int rig_begin(void **state)
{
	(void)state;
	clock_set_virtual(NOW);
	http_global_init();
	reader_global_init();
	return 0;
}

int rig_end(void **state)
{
	(void)state;
	reader_global_clear();
	http_global_clear();
	return 0;
}

bool rig_open(struct rig *rig)
{
	static char access_key[] = "AKIDEXAMPLE", secret[] = SECRET;
	static char profile[] = "default";
	const struct door_options options = { .ignore_environment = true };

	*rig = (struct rig){ .keys = { .access_key = access_key,
		.secret_key = secret } };
	rig->peer = peer_new();
	rig->door = door_new(&options, &rig->err);
	snprintf(rig->url, sizeof(rig->url), "http://127.0.0.1:%u",
		peer_port(rig->peer));
	rig->profiles = profiles_empty();
	rig->config = (struct aws_config){ .env = aws_env_empty(),
		.profiles = rig->profiles, .profile = profile,
		.endpoint_url = rig->url };
	rig->call = (struct call){ .service = &ec2_row,
		.operation = &describe_row,
		.config = &rig->config, .endpoint = &rig->endpoint,
		.credentials = &rig->keys, .scope = "test" };
	random_seed(1);
	return rig->door && endpoint_resolve(&rig->endpoint, &rig->config,
		&ec2_row, "us-east-1", &rig->err);
}

void rig_close(struct rig *rig)
{
	reply_clear(&rig->reply);
	door_free(rig->door);
	peer_free(rig->peer);
	profiles_free(rig->profiles);
}

bool rig_pass_at_once(struct rig *rig)
{
	reply_clear(&rig->reply);
	return door_call(rig->door, &rig->call, &rig->reply, &rig->err);
}

struct passing {
	struct rig *rig;
	bool ok;
	atomic_bool returned;
};

static void *run_call(void *data)
{
	struct passing *p = data;

	p->ok = rig_pass_at_once(p->rig);
	atomic_store(&p->returned, true);
	return NULL;
}

bool rig_pass(struct rig *rig)
{
	struct passing p = { .rig = rig };
	pthread_t thread;

	atomic_init(&p.returned, false);
	pthread_create(&thread, NULL, run_call, &p);
	while (!atomic_load(&p.returned)) {
		clock_advance(10);
		sched_yield();
	}
	pthread_join(thread, NULL);
	return p.ok;
}

void rig_expect_refused(struct rig *rig, enum error_kind kind,
	const char *code)
{
	assert_false(rig_pass(rig));
	assert_string_equal(error_kind_name(rig->err.kind),
		error_kind_name(kind));
	assert_string_equal(rig->err.code, code);
}

void rig_check_signature(struct rig *rig, size_t i, const char *service,
	bool is_s3)
{
	static const char *const known[] = { "amz-sdk-invocation-id",
		"amz-sdk-request", "content-md5", "content-type", "host",
		"x-amz-content-sha256", "x-amz-date",
		"x-amz-security-token" };
	struct sigv4_header headers[8];
	struct sigv4_request r = { .headers = headers, .s3 = is_s3 };
	struct sigv4_scope scope = { .service = service };
	char *text = xstrdup(peer_request(rig->peer, i)), *target, *query;
	char hash[65], region[32] = "", date[32] = "";
	char *authorization = xstrdup(peer_header(rig->peer, i,
		"authorization"));
	char *values[8] = { NULL };
	struct str again = STR_INIT;

	target = strchr(authorization, '/') + 10;
	snprintf(region, sizeof(region), "%.*s", (int)strcspn(target, "/"),
		target);
	snprintf(date, sizeof(date), "%s", peer_header(rig->peer, i,
		"x-amz-date"));
	for (size_t k = 0; k < 8; k++) {
		const char *value = peer_header(rig->peer, i, known[k]);

		if (!value)
			continue;
		values[k] = xstrdup(value);
		headers[r.header_count++] = (struct sigv4_header){ known[k],
			values[k] };
	}
	target = strchr(text, ' ') + 1;
	target[-1] = 0;
	*strchr(target, ' ') = 0;
	query = strchr(target, '?');
	if (query)
		*query++ = 0;
	r.method = text;
	r.path = target;
	r.query = query;
	sigv4_sha256_hex(hash, peer_body(rig->peer, i),
		strlen(peer_body(rig->peer, i)));
	r.payload_hash = hash;
	scope.date = date;
	scope.region = region;
	sigv4_authorization(&again, &r, &scope, "AKIDEXAMPLE", SECRET);
	assert_string_equal(again.p, authorization);
	str_clear(&again);
	for (size_t k = 0; k < 8; k++)
		free(values[k]);
	free(authorization);
	free(text);
}

