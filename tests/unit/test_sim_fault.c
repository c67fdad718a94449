/* SPDX-License-Identifier: MIT */
/* Faults: how they are written, when they apply, what a client sees. */
#include "base/clock.h"
#include "sim/fault.h"
#include "sim/sim.h"
#include "sim_client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define NOW 1795392840000
#define REGIONS "Action=DescribeRegions&Version=2016-11-15"
#define ONE_TAG "Filter.1.Name=key&Filter.1.Value.1=fault-test"
#define DESCRIBE_TAGS "Action=DescribeTags&Version=2016-11-15&" ONE_TAG

static void test_bad_specs(void **state)
{
	static const char *const bad[] = {
		"", "*", "nonsense", "throttle=5", "slow", "slow=", "slow=x",
		"slow=-5", "skew", "skew=--5", "500@", "500/", "500*", "500*0",
		"500*x", "500*-1", "500@a@b", "retry-after", "500 ", "throttl",
		"slow=99999999999999999999", "clear=1", "=5", "@us-east-1",
		"500+", "500+0", "500+x", "500+1+1",
	};
	struct faults *f = faults_new();

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct error err = ERROR_INIT;

		assert_false(faults_add(f, bad[i], &err));
		assert_int_equal(err.kind, ERR_USAGE);
		assert_string_not_equal(err.text, "");
	}
	faults_free(f);
}

static void add(struct faults *f, const char *spec)
{
	struct error err = ERROR_INIT;

	assert_true(faults_add(f, spec, &err));
}

static bool applies(struct faults *f, enum fault_kind kind,
	const char *region, const char *operation)
{
	struct fault_set set;

	faults_take(f, region, operation, false, &set);
	return set.on[kind];
}

static void test_where(void **state)
{
	struct faults *f = faults_new();
	struct fault_set set;

	(void)state;
	add(f, "slow=40@eu-west-1/ListBuckets*2");
	add(f, "skew=-7");
	assert_false(applies(f, FAULT_SLOW, "us-east-1", "ListBuckets"));
	assert_false(applies(f, FAULT_SLOW, "eu-west-1", "GetObject"));
	faults_take(f, "eu-west-1", "ListBuckets", false, &set);
	assert_true(set.on[FAULT_SLOW] && set.on[FAULT_SKEW]);
	assert_int_equal(set.argument[FAULT_SLOW], 40);
	assert_int_equal(set.argument[FAULT_SKEW], -7);
	assert_true(applies(f, FAULT_SLOW, "eu-west-1", "ListBuckets"));
	assert_false(applies(f, FAULT_SLOW, "eu-west-1", "ListBuckets"));
	add(f, "500*2@us-east-1");
	assert_true(applies(f, FAULT_500, "us-east-1", "x"));
	add(f, "clear");
	assert_false(applies(f, FAULT_500, "us-east-1", "x"));
	assert_false(applies(f, FAULT_SKEW, "us-east-1", "x"));
	faults_free(f);
}

/* Two of a kind count one after the other; a page token is waited for. */
static void test_counts(void **state)
{
	struct faults *f = faults_new();
	struct fault_set set;

	(void)state;
	add(f, "503*1");
	add(f, "503*1");
	add(f, "badtoken*1");
	assert_true(applies(f, FAULT_503, "r", "o"));
	assert_true(applies(f, FAULT_503, "r", "o"));
	assert_false(applies(f, FAULT_503, "r", "o"));
	add(f, "cut/o*1+2");
	assert_false(applies(f, FAULT_CUT, "r", "x"));
	assert_false(applies(f, FAULT_CUT, "r", "o"));
	assert_false(applies(f, FAULT_CUT, "r", "o"));
	assert_true(applies(f, FAULT_CUT, "r", "o"));
	assert_false(applies(f, FAULT_CUT, "r", "o"));
	faults_take(f, "r", "o", true, &set);
	assert_true(set.on[FAULT_BADTOKEN]);
	faults_take(f, "r", "o", true, &set);
	assert_false(set.on[FAULT_BADTOKEN]);
	faults_free(f);
}

static void test_help(void **state)
{
	const char *help = sim_fault_help();

	(void)state;
	assert_non_null(strstr(help, "throttle "));
	assert_non_null(strstr(help, "slow=MS "));
	assert_non_null(strstr(help, "skew=SECONDS "));
	assert_int_equal(sim_count(help, "\n"), FAULT_KINDS);
	assert_ptr_equal(help, sim_fault_help());
}

static struct sim *start(struct sim_client *c, const char *service)
{
	struct sim_options options = { .instances = 40 };
	struct error err = ERROR_INIT;
	struct sim *sim = sim_start(&options, &err);

	assert_non_null(sim);
	sim_client_init(c, sim, service);
	return sim;
}

static void ask(struct sim *sim, struct sim_client *c, const char *fault,
	struct sim_answer *a)
{
	struct error err = ERROR_INIT;

	assert_true(sim_fault(sim, fault, &err));
	sim_client_send(c, &(struct sim_send){ .method = "POST",
		.target = "/", .body = REGIONS, .headers =
		"Content-Type: application/x-www-form-urlencoded\r\n" });
	sim_client_read(c, false, a);
}

static void test_answers(void **state)
{
	static const struct {
		const char *fault, *service;
		unsigned status;
		const char *text;
	} rows[] = {
		{ "throttle*1", "ec2", 503, "<Code>RequestLimitExceeded</Code>" },
		{ "throttle*1", "sts", 400, "<Code>Throttling</Code>" },
		{ "500*1", "ec2", 500, "<Code>InternalError</Code>" },
		{ "503*1", "rds", 503, "<Code>ServiceUnavailable</Code>" },
		{ "expired*1", "ec2", 400, "<Code>RequestExpired</Code>" },
		{ "expired*1", "sts", 403, "<Code>ExpiredToken</Code>" },
		{ "denied*1", "ec2", 403, "<Code>UnauthorizedOperation</Code>" },
		{ "optin*1", "rds", 403, "<Code>InvalidClientTokenId</Code>" },
		{ "html*1", "ec2", 502, "<html>" },
		{ "garbage*1", "ec2", 200, "&nothing;" },
		{ "retry-after=1500*1", "ec2", 503, "RequestLimitExceeded" },
		{ "slow=0*1", "ec2", 200, "<regionName>" },
	};
	struct sim_client c;
	struct sim *sim = start(&c, "ec2");

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sim_answer a;
		char *hint;

		c.service = rows[i].service;
		ask(sim, &c, rows[i].fault, &a);
		assert_int_equal(a.status, rows[i].status);
		assert_non_null(memmem(a.body.p, a.body.len, rows[i].text,
			strlen(rows[i].text)));
		hint = sim_header(&a, "x-amz-retry-after");
		assert_int_equal(hint != NULL,
			str_starts(rows[i].fault, "retry"));
		free(hint);
		sim_answer_clear(&a);
	}
	sim_client_clear(&c);
	sim_stop(sim);
}

static void test_broken(void **state)
{
	struct sim_client c;
	struct sim *sim = start(&c, "ec2");
	struct sim_answer a;

	(void)state;
	ask(sim, &c, "cut*1", &a);
	assert_int_equal(a.status, 200);
	assert_true(a.cut);
	sim_answer_clear(&a);
	ask(sim, &c, "drop*1", &a);
	assert_int_equal(a.status, 0);
	sim_answer_clear(&a);
	sim_client_clear(&c);
	sim_stop(sim);
}

/* Before: nothing is done. After: it is, and only the answer is missing. */
static void test_drop_and_drop_after(void **state)
{
	static const char *const faults[] = { "drop", "drop-after" };
	struct error err = ERROR_INIT;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct sim_client c;
		struct sim *sim = start(&c, "ec2");
		struct str form = STR_INIT;
		char *body = sim_client_form(&c, "Action=DescribeVpcs&"
			"Version=2016-11-15", NULL);
		char *vpc = sim_element(body, "vpcId");
		unsigned status;

		free(body);
		str_addf(&form, "Action=CreateTags&Version=2016-11-15&"
			"ResourceId.1=%s&Tag.1.Key=fault-test&Tag.1.Value=x",
			vpc);
		assert_true(sim_fault(sim, faults[i], &err));
		free(sim_client_form(&c, form.p, &status));
		assert_int_equal(status, 0);
		assert_true(sim_fault(sim, "clear", &err));
		body = sim_client_form(&c, DESCRIBE_TAGS, &status);
		assert_int_equal(status, 200);
		assert_int_equal(sim_count(body, "<item>"), i);
		free(body);
		free(vpc);
		str_clear(&form);
		sim_client_clear(&c);
		sim_stop(sim);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bad_specs),
		cmocka_unit_test(test_where),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_drop_and_drop_after),
	};

	clock_set_virtual(NOW);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
