/* SPDX-License-Identifier: MIT */
#include "aws/region.h"

#include "aws_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static const struct service ec2 = {
	.name = "ec2", .env = "EC2", .prefix = "ec2"
};
static const struct service s3 = {
	.name = "s3", .env = "S3", .prefix = "s3", .flags = SERVICE_S3
};
static const struct service iam = {
	.name = "iam", .env = "IAM", .prefix = "iam", .flags = SERVICE_GLOBAL
};
static const struct service ce = {
	.name = "ce", .env = "COST_EXPLORER", .prefix = "ce",
	.flags = SERVICE_GLOBAL
};
static const struct service sdb = { .name = "sdb", .prefix = "sdb" };
static const struct service ecr = {
	.name = "ecr", .prefix = "api.ecr", .signing = "ecr"
};

static void bad_urls_are_refused(void **state)
{
	static const char *const bad[] = {
		"", "localhost:4566", "ftp://x", "https:/x", "https://",
		"http://:80", "http://x:", "http://x:0", "http://x:65536",
		"http://x:8x", "http://x y", "http://user:pw@host",
		"http://user@host/", "http://x/?a=b", "http://x?a", "http://x#f",
		"http://[::1", "http://[x]", "http://[]:80", "http://::1",
		"http://-x", "http://.x", "http://x/a b", "http://x/\"",
		"http://x/\x1b", "http://\xc3\xa9", "xhttp://x",
	};
	struct error err = ERROR_INIT;
	struct endpoint e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		if (endpoint_parse(&e, bad[i], &err))
			fail_msg("%s was taken", bad[i]);
		assert_int_equal(err.kind, ERR_USAGE);
		assert_null(strstr(err.text, "pw"));
	}
}

static void good_urls_are_taken_apart(void **state)
{
	static const struct {
		const char *url, *host, *path;
		unsigned port;
		bool tls;
	} good[] = {
		{ "https://x", "x", "", 0, true },
		{ "HTTP://LocalHost:4566/", "localhost", "", 4566, false },
		{ "http://10.0.0.1:8773/services/Eucalyptus/", "10.0.0.1",
			"/services/Eucalyptus", 8773, false },
		{ "https://[::1]:443/a%20b", "[::1]", "/a%20b", 443, true },
		{ "http://my_host.example.", "my_host.example.", "", 0,
			false },
	};
	struct error err = ERROR_INIT;
	struct endpoint e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(*good); i++) {
		if (!endpoint_parse(&e, good[i].url, &err))
			fail_msg("%s: %s", good[i].url, err.text);
		assert_string_equal(e.host, good[i].host);
		assert_string_equal(e.path, good[i].path);
		assert_int_equal(e.port, good[i].port);
		assert_int_equal(e.tls, good[i].tls);
		assert_true(e.custom);
	}
}

static void names_of_regions(void **state)
{
	static const char *const bad[] = {
		"", "-a", "a-", "a.b", "a b", "a/b", "\xc3\xa9", "a_b",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	size_t i, j, count, commercial = 0;
	const struct region *list = region_list(&count);

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(region_valid(bad[i]));
	assert_null(region_find("mars-north-1"));
	assert_string_equal(region_partition("mars-north-1")->name, "aws");
	assert_string_equal(list[0].name, "us-east-1");
	for (i = 0; i < count; i++) {
		assert_true(region_valid(list[i].name));
		assert_ptr_equal(region_find(list[i].name), &list[i]);
		assert_ptr_equal(region_partition(list[i].name),
			list[i].partition);
		assert_ptr_equal(partition_find(list[i].partition->name,
			strlen(list[i].partition->name)), list[i].partition);
		assert_non_null(region_find(
			list[i].partition->global_region));
		for (j = 0; j < i; j++)
			assert_string_not_equal(list[j].title, list[i].title);
		commercial += strcmp(list[i].partition->name, "aws") == 0;
	}
	assert_int_equal(commercial, 34);
	assert_null(partition_find("aws-mars", 8));
	assert_true(region_find("eu-south-1")->opt_in);
	assert_false(region_find("ca-central-1")->opt_in);
}

static const char *host(struct aws_config *config,
	const struct service *service, const char *region)
{
	static struct endpoint e;
	struct error err = ERROR_INIT;

	if (!endpoint_resolve(&e, config, service, region, &err))
		fail_msg("%s", err.text);
	assert_true(e.tls);
	assert_false(e.custom);
	assert_int_equal(e.port, 0);
	assert_string_equal(e.path, "");
	return e.host;
}

static void hosts_follow_the_pattern(void **state)
{
	static const struct {
		const struct service *service;
		const char *region, *host;
		bool fips, dual;
	} cases[] = {
		{ &ec2, "eu-west-1", "ec2.eu-west-1.amazonaws.com", 0, 0 },
		{ &ec2, "cn-north-1", "ec2.cn-north-1.amazonaws.com.cn", 0, 0 },
		{ &ec2, "new-place-9", "ec2.new-place-9.amazonaws.com", 0, 0 },
		{ &ec2, "eusc-de-east-1", "ec2.eusc-de-east-1.amazonaws.eu", 0,
			0 },
		{ &ec2, "us-east-2", "ec2-fips.us-east-2.amazonaws.com", 1, 0 },
		{ &ec2, "us-east-2", "ec2.us-east-2.api.aws", 0, 1 },
		{ &ec2, "us-east-2", "ec2-fips.us-east-2.api.aws", 1, 1 },
		{ &ec2, "us-gov-west-1", "ec2.us-gov-west-1.amazonaws.com", 1,
			0 },
		{ &s3, "eu-west-1", "s3.eu-west-1.amazonaws.com", 0, 0 },
		{ &s3, "eu-west-1", "s3.dualstack.eu-west-1.amazonaws.com", 0,
			1 },
		{ &s3, "us-west-1", "s3-fips.dualstack.us-west-1.amazonaws.com",
			1, 1 },
		{ &iam, "eu-west-1", "iam.amazonaws.com", 0, 0 },
		{ &iam, "us-gov-east-1", "iam.us-gov.amazonaws.com", 0, 0 },
		{ &iam, "cn-northwest-1", "iam.cn-north-1.amazonaws.com.cn", 0,
			0 },
		{ &iam, "eu-west-1", "iam.global.api.aws", 0, 1 },
		{ &ce, "ap-south-1", "ce.us-east-1.amazonaws.com", 0, 0 },
		{ &ce, "cn-north-1", "ce.cn-northwest-1.amazonaws.com.cn", 0,
			0 },
		{ &sdb, "us-east-1", "sdb.amazonaws.com", 0, 0 },
		{ &sdb, "eu-west-1", "sdb.eu-west-1.amazonaws.com", 0, 0 },
		{ &ecr, "eu-west-1", "api.ecr.eu-west-1.amazonaws.com", 0, 0 },
		{ &ecr, "us-east-1", "ecr-fips.us-east-1.amazonaws.com", 1, 0 },
	};
	struct aws_files f;
	size_t i;

	(void)state;
	aws_files_open(&f, NULL, NULL);
	aws_files_resolve(&f, NULL);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		f.config.use_fips = cases[i].fips;
		f.config.use_dualstack = cases[i].dual;
		assert_string_equal(host(&f.config, cases[i].service,
			cases[i].region), cases[i].host);
	}
	aws_files_close(&f);
}

static void signing_follows_the_endpoint(void **state)
{
	struct error err = ERROR_INIT;
	struct aws_files f;
	struct endpoint e;

	(void)state;
	aws_files_open(&f, "[default]\ns3 =\n"
		"  use_dualstack_endpoint = true\n", NULL);
	aws_files_resolve(&f, NULL);
	assert_false(endpoint_resolve(&e, &f.config, &ec2, "a.b", &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_true(endpoint_resolve(&e, &f.config, &iam, "eu-west-1", &err));
	assert_string_equal(e.signing_region, "us-east-1");
	assert_true(endpoint_resolve(&e, &f.config, &ecr, "eu-west-1", &err));
	assert_string_equal(e.signing_region, "eu-west-1");
	assert_string_equal(e.signing_name, "ecr");
	assert_string_equal(host(&f.config, &s3, "eu-west-1"),
		"s3.dualstack.eu-west-1.amazonaws.com");
	assert_string_equal(host(&f.config, &ec2, "eu-west-1"),
		"ec2.eu-west-1.amazonaws.com");
	aws_files_close(&f);
}

static void a_given_url_wins(void **state)
{
	struct error err = ERROR_INIT;
	struct aws_files f;
	struct endpoint e;

	(void)state;
	aws_files_open(&f, NULL, NULL);
	aws_files_set(&f, "AWS_ENDPOINT_URL_EC2", "http://localhost:1/x/");
	aws_files_set(&f, "AWS_ENDPOINT_URL", "nonsense");
	aws_files_set(&f, "AWS_USE_FIPS_ENDPOINT", "true");
	aws_files_resolve(&f, NULL);
	assert_true(endpoint_resolve(&e, &f.config, &ec2, "eu-west-1", &err));
	assert_true(e.custom);
	assert_false(e.tls);
	assert_string_equal(e.host, "localhost");
	assert_string_equal(e.path, "/x");
	assert_int_equal(e.port, 1);
	assert_string_equal(e.signing_region, "eu-west-1");
	assert_string_equal(e.signing_name, "ec2");
	assert_false(endpoint_resolve(&e, &f.config, &iam, "eu-west-1",
		&err));
	assert_string_equal(err.text, "AWS_ENDPOINT_URL: the endpoint URL "
		"does not start with http:// or https://");
	aws_files_close(&f);
}

static bool in_host(const char *url, const char *bucket, bool path,
	bool virtual)
{
	struct aws_config config = {
		.s3_path_style = path, .s3_virtual_style = virtual
	};
	struct error err = ERROR_INIT;
	struct endpoint e;

	assert_true(endpoint_parse(&e, url ? url :
		"https://s3.eu-west-1.amazonaws.com", &err));
	e.custom = url != NULL;
	return endpoint_bucket_in_host(&e, &config, bucket);
}

static void buckets_in_hosts(void **state)
{
	static const char *const odd[] = {
		"ab", "Upper", "under_score", "-a-", "a..b", "a.-b", ".ab",
		"192.168.0.1", "a/b/c", "",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		assert_false(in_host(NULL, odd[i], false, false));
		assert_false(in_host("http://x", odd[i], false, true));
	}
	assert_true(in_host(NULL, "my-bucket", false, false));
	assert_false(in_host(NULL, "my.bucket", false, false));
	assert_false(in_host(NULL, "my-bucket", true, false));
	assert_false(in_host("http://x", "my-bucket", false, false));
	assert_true(in_host("http://x", "my-bucket", false, true));
	assert_true(in_host("http://x", "my.bucket", false, true));
	assert_false(in_host("https://x", "my.bucket", false, true));
	assert_false(in_host("http://127.0.0.1", "my-bucket", false, true));
	assert_false(in_host("http://[::1]", "my-bucket", false, true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_urls_are_refused),
		cmocka_unit_test(good_urls_are_taken_apart),
		cmocka_unit_test(names_of_regions),
		cmocka_unit_test(hosts_follow_the_pattern),
		cmocka_unit_test(signing_follows_the_endpoint),
		cmocka_unit_test(a_given_url_wins),
		cmocka_unit_test(buckets_in_hosts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
