/* SPDX-License-Identifier: MIT */
/* The server itself: who may ask, connections, the log, latency, ends. */
#include "base/clock.h"
#include "sim/sim.h"
#include "sim_client.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define NOW 1795392840000      /* 2026-11-23T00:14:00Z */
#define IDENTITY "Action=GetCallerIdentity&Version=2011-06-15"
#define REGIONS "Action=DescribeRegions&Version=2016-11-15"

struct fixture {
	struct sim *sim;
	struct sim_client c;
	struct error err;
};

static void begin(struct fixture *f, const struct sim_options *options,
	const char *service)
{
	*f = (struct fixture){ .err = ERROR_INIT };
	f->sim = sim_start(options, &f->err);
	assert_non_null(f->sim);
	sim_client_init(&f->c, f->sim, service);
}

static void end(struct fixture *f)
{
	sim_client_clear(&f->c);
	sim_stop(f->sim);
}

/* The answer to a form has that status and error code (NULL: none). */
static void expect(struct fixture *f, const char *form, unsigned status,
	const char *code)
{
	unsigned got;
	char *body = sim_client_form(&f->c, form, &got);
	char *text = sim_element(body, "Code");

	if (code)
		assert_non_null(text);
	else
		assert_null(text);
	if (code)
		assert_string_equal(text, code);
	assert_int_equal(got, status);
	free(text);
	free(body);
}

static void test_port_in_use(void **state)
{
	struct sim_options options = { 0 };
	struct error err = ERROR_INIT;
	struct fixture f;

	(void)state;
	begin(&f, &options, "sts");
	options.port = sim_port(f.sim);
	assert_true(options.port > 1024);
	assert_null(sim_start(&options, &err));
	assert_int_equal(err.kind, ERR_IO);
	expect(&f, IDENTITY, 200, NULL);
	end(&f);
	sim_stop(NULL);
}

static void test_bad_keys(void **state)
{
	static const struct {
		const char *service, *form, *key, *secret, *region;
		unsigned status;
		const char *code;
	} rows[] = {
		{ "sts", IDENTITY, "AKIANOBODY", SIM_SECRET_KEY, "us-east-1", 403, "InvalidClientTokenId" },
		{ "sts", IDENTITY, SIM_ACCESS_KEY, "wrong", "us-east-1", 403, "SignatureDoesNotMatch" },
		{ "sts", IDENTITY, SIM_ACCESS_KEY, SIM_SECRET_KEY, "mars-1", 403, "SignatureDoesNotMatch" },
		{ "sts", IDENTITY, SIM_ACCESS_KEY, SIM_SECRET_KEY, "af-south-1", 403, "InvalidClientTokenId" },
		{ "ec2", REGIONS, "AKIANOBODY", SIM_SECRET_KEY, "us-east-1", 401, "AuthFailure" },
		{ "ec2", REGIONS, SIM_ACCESS_KEY, "wrong", "us-east-1", 401, "AuthFailure" },
		{ "ec2", REGIONS, SIM_ACCESS_KEY, SIM_SECRET_KEY, "me-south-1", 401, "AuthFailure" },
		{ "ec2", REGIONS, SIM_ACCESS_KEY, SIM_SECRET_KEY, "eu-south-1", 200, NULL },
		{ "sts", "Action=Nope&Version=2011-06-15", SIM_ACCESS_KEY, SIM_SECRET_KEY, "us-east-1", 400,
		  "InvalidAction" },
		{ "sts", "Action=Nope&Version=2011-06-15", SIM_ACCESS_KEY, "wrong", "us-east-1", 403,
		  "SignatureDoesNotMatch" },
		{ "ec2", "Version=2016-11-15", SIM_ACCESS_KEY, SIM_SECRET_KEY, "us-east-1", 400, "MissingAction" },
		{ "ec2", REGIONS "&Colour=red", SIM_ACCESS_KEY, SIM_SECRET_KEY, "us-east-1", 400, "UnknownParameter" },
		{ "iam", "Action=ListUsers&Version=2010-05-08", SIM_ACCESS_KEY, SIM_SECRET_KEY, "us-east-1", 400,
		  "InvalidAction" },
	};
	struct sim_options options = { 0 };
	struct fixture f;

	(void)state;
	begin(&f, &options, "sts");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		f.c.service = rows[i].service;
		f.c.access = rows[i].key;
		f.c.secret = rows[i].secret;
		f.c.region = rows[i].region;
		expect(&f, rows[i].form, rows[i].status, rows[i].code);
	}
	end(&f);
}

static void test_bad_headers(void **state)
{
	static const struct { const char *line; const char *code; } rows[] = {
		{ "", "MissingAuthenticationToken" },
		{ "Authorization: Basic eDp5\r\n", "IncompleteSignature" },
		{ "Authorization: AWS4-HMAC-SHA256\r\n", "IncompleteSignature" },
		{ "Authorization: AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0\r\n",
		  "IncompleteSignature" },
		{ "Authorization: AWS4-HMAC-SHA256 Credential=" SIM_ACCESS_KEY "/20261123/us-east-1/sts/aws4_request,"
		  "SignedHeaders=host\r\n", "IncompleteSignature" },
		{ "Authorization: AWS4-HMAC-SHA256 Credential=" SIM_ACCESS_KEY "/20261123/us-east-1/sts/aws4_request, "
		  "SignedHeaders=host, Signature=00\r\nx-amz-date: yesterday\r\n", "IncompleteSignature" },
	};
	struct sim_options options = { 0 };
	struct fixture f;

	(void)state;
	begin(&f, &options, "sts");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str out = STR_INIT;
		struct sim_answer a;
		char *code;

		str_addf(&out, "GET /?" IDENTITY " HTTP/1.1\r\nHost: x\r\n"
			"%s\r\n", rows[i].line);
		sim_client_raw(&f.c, out.p, out.len);
		sim_client_read(&f.c, false, &a);
		code = sim_element(a.body.p, "Code");
		assert_non_null(code);
		assert_string_equal(code, rows[i].code);
		free(code);
		sim_answer_clear(&a);
		str_clear(&out);
	}
	end(&f);
}

static void test_identity_and_log(void **state)
{
	struct sim_options options = { 0 };
	struct fixture f;
	char *log;

	(void)state;
	begin(&f, &options, "sts");
	assert_int_equal(sim_log_count(f.sim), 0);
	expect(&f, IDENTITY, 200, NULL);
	expect(&f, IDENTITY "&TokenCode=123456&Note=%3Cx%3E", 200, NULL);
	log = sim_log(f.sim);
	assert_int_equal(sim_log_count(f.sim), 2);
	assert_int_equal(sim_count(log, "\"operation\":\"GetCallerIdentity\""),
		2);
	assert_int_equal(sim_count(log, "\"connection\":1,"), 2);
	assert_int_equal(sim_count(log, "\"status\":200,\"code\":\"\""), 2);
	assert_non_null(strstr(log, "\"Note\":\"<x>\""));
	assert_null(strstr(log, "123456"));
	assert_null(strstr(log, SIM_SECRET_KEY));
	free(log);
	end(&f);
}

static void test_session_expires(void **state)
{
	static const char assume[] = "Action=AssumeRole&Version=2011-06-15&"
		"RoleArn=arn:aws:iam::123456789012:role/a&RoleSessionName=me&"
		"DurationSeconds=900";
	struct sim_options options = { 0 };
	struct fixture f;
	char *body, *access, *secret, *token;

	(void)state;
	begin(&f, &options, "sts");
	body = sim_client_form(&f.c, assume, NULL);
	access = sim_element(body, "AccessKeyId");
	secret = sim_element(body, "SecretAccessKey");
	token = sim_element(body, "SessionToken");
	f.c.access = access;
	f.c.secret = secret;
	expect(&f, IDENTITY, 403, "InvalidClientTokenId");
	f.c.token = token;
	expect(&f, IDENTITY, 200, NULL);
	clock_advance(899000);
	expect(&f, IDENTITY, 200, NULL);
	clock_advance(1000);
	expect(&f, IDENTITY, 403, "ExpiredToken");
	f.c.service = "ec2";
	expect(&f, REGIONS, 400, "RequestExpired");
	free(body);
	free(access);
	free(secret);
	free(token);
	end(&f);
}

static void test_skew(void **state)
{
	struct sim_options options = { 0 };
	struct sim_answer a;
	struct fixture f;
	char *date;

	(void)state;
	begin(&f, &options, "ec2");
	assert_true(sim_fault(f.sim, "skew=301*1", &f.err));
	expect(&f, REGIONS, 400, "RequestExpired");
	assert_true(sim_fault(f.sim, "skew=299*1", &f.err));
	expect(&f, REGIONS, 200, NULL);
	f.c.service = "s3";
	assert_true(sim_fault(f.sim, "skew=-901*1", &f.err));
	sim_client_send(&f.c, &(struct sim_send){ .method = "GET",
		.target = "/" });
	sim_client_read(&f.c, false, &a);
	assert_int_equal(a.status, 403);
	assert_non_null(strstr(a.body.p, "<ServerTime>2026-11-2"));
	date = sim_header(&a, "Date");
	assert_non_null(date);
	free(date);
	sim_answer_clear(&a);
	end(&f);
}

/* Nothing comes before its time has come, however often one looks. */
static void test_latency(void **state)
{
	struct sim_options options = { .latency = 500 };
	struct pollfd wait = { .events = POLLIN };
	struct sim_answer a;
	struct fixture f;
	unsigned waited = 0;

	(void)state;
	begin(&f, &options, "sts");
	sim_client_send(&f.c, &(struct sim_send){ .method = "GET",
		.target = "/?" IDENTITY });
	wait.fd = f.c.fd;
	while (poll(&wait, 1, 1) == 0) {
		if (sim_log_count(f.sim) == 0)
			continue;
		clock_advance(100);
		waited += 100;
	}
	assert_true(waited >= 500);
	sim_client_read(&f.c, false, &a);
	assert_int_equal(a.status, 200);
	sim_answer_clear(&a);
	end(&f);
}

static void test_stop_while_waiting(void **state)
{
	struct sim_options options = { 0 };
	struct sim_client other;
	struct fixture f;

	(void)state;
	begin(&f, &options, "sts");
	assert_true(sim_fault(f.sim, "down*1", &f.err));
	assert_true(sim_fault(f.sim, "slow=100000", &f.err));
	sim_client_init(&other, f.sim, "sts");
	sim_client_send(&f.c, &(struct sim_send){ .method = "GET",
		.target = "/?" IDENTITY });
	while (sim_log_count(f.sim) < 1)
		poll(NULL, 0, 1);
	sim_client_send(&other, &(struct sim_send){ .method = "GET",
		.target = "/?" IDENTITY });
	while (sim_log_count(f.sim) < 2)
		poll(NULL, 0, 1);
	end(&f);
	sim_client_clear(&other);
}

static void test_same_world(void **state)
{
	static const char form[] = "Action=DescribeInstances&"
		"Version=2016-11-15";
	struct sim_options options = { .seed = 7 };
	char *bodies[3];
	struct fixture f;

	(void)state;
	for (int i = 0; i < 3; i++) {
		options.seed = i == 2 ? 8 : 7;
		begin(&f, &options, "ec2");
		bodies[i] = sim_client_form(&f.c, form, NULL);
		end(&f);
	}
	assert_string_equal(bodies[0], bodies[1]);
	assert_string_not_equal(bodies[0], bodies[2]);
	for (int i = 0; i < 3; i++)
		free(bodies[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_port_in_use),
		cmocka_unit_test(test_bad_keys),
		cmocka_unit_test(test_bad_headers),
		cmocka_unit_test(test_identity_and_log),
		cmocka_unit_test(test_session_expires),
		cmocka_unit_test(test_skew),
		cmocka_unit_test(test_latency),
		cmocka_unit_test(test_stop_while_waiting),
		cmocka_unit_test(test_same_world),
	};

	clock_set_virtual(NOW);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
