/* SPDX-License-Identifier: MIT */
/* S3's documented examples, and the steps on input that is unkind. */
#include "aws/sigv4.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define KEY "AKIAIOSFODNN7EXAMPLE"
#define SECRET "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
#define EMPTY "e3b0c44298fc1c149afbf4c8996fb924" \
	"27ae41e4649b934ca495991b7852b855"
#define HOST { "Host", "examplebucket.s3.amazonaws.com" }
#define DATE { "x-amz-date", "20130524T000000Z" }
#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static const struct sigv4_scope s3_scope = {
	.date = "20130524T000000Z", .region = "us-east-1", .service = "s3"
};

static void expect_signature(const struct sigv4_request *r,
	const char *names, const char *signature)
{
	struct str out = STR_INIT, wanted = STR_INIT;

	sigv4_authorization(&out, r, &s3_scope, KEY, SECRET);
	str_addf(&wanted, "AWS4-HMAC-SHA256 Credential=" KEY
		"/20130524/us-east-1/s3/aws4_request, SignedHeaders=%s, "
		"Signature=%s", names, signature);
	assert_string_equal(out.p, wanted.p);
	str_clear(&out);
	str_clear(&wanted);
}

static void test_s3_get_range(void **state)
{
	const struct sigv4_header headers[] = { HOST,
		{ "Range", "bytes=0-9" }, { "x-amz-content-sha256", EMPTY },
		DATE, { "User-Agent", "not signed" } };
	const struct sigv4_request r = { .method = "GET",
		.path = "/test.txt", .headers = headers,
		.header_count = COUNT(headers), .payload_hash = EMPTY,
		.s3 = true };

	(void)state;
	expect_signature(&r, "host;range;x-amz-content-sha256;x-amz-date",
		"f0e8bdb87c964420e857bd35b5d6ed31"
		"0bd44f0170aba48dd91039c6036bdb41");
}

static void test_s3_put(void **state)
{
	char hash[65];
	const struct sigv4_header headers[] = { HOST,
		{ "Date", "Fri, 24 May 2013 00:00:00 GMT" }, DATE,
		{ "x-amz-storage-class", "REDUCED_REDUNDANCY" },
		{ "x-amz-content-sha256", hash } };
	const struct sigv4_request r = { .method = "PUT",
		.path = "/test%24file.text", .headers = headers,
		.header_count = COUNT(headers), .payload_hash = hash,
		.s3 = true };

	(void)state;
	sigv4_sha256_hex(hash, "Welcome to Amazon S3.", 21);
	expect_signature(&r, "date;host;x-amz-content-sha256;x-amz-date;"
		"x-amz-storage-class", "98ad721746da40c64f1a55b78f14c238"
		"d841ea1380cd77a1b5971af0ece108bd");
}

static void expect_query(const char *query, const char *signature)
{
	const struct sigv4_header headers[] = { HOST,
		{ "x-amz-content-sha256", EMPTY }, DATE };
	const struct sigv4_request r = { .method = "GET", .path = "/",
		.query = query, .headers = headers,
		.header_count = COUNT(headers), .payload_hash = EMPTY,
		.s3 = true };

	expect_signature(&r, "host;x-amz-content-sha256;x-amz-date",
		signature);
}

static void test_s3_query(void **state)
{
	(void)state;
	expect_query("lifecycle", "fea454ca298b7da1c68078a5d1bdbfbb"
		"e0d65c699e0f91ac7a200a0136783543");
	expect_query("max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a8"
		"6f0a534bc59db6670ed5711ef69dc6f7");
	expect_query("prefix=J&max-keys=2", "34b48302e7b5fa45bde8084f4b7868a8"
		"6f0a534bc59db6670ed5711ef69dc6f7");
}

static void test_s3_presigned(void **state)
{
	const struct sigv4_header headers[] = { HOST };
	const struct sigv4_request r = { .method = "GET",
		.path = "/test.txt", .headers = headers,
		.header_count = COUNT(headers),
		.payload_hash = "UNSIGNED-PAYLOAD", .s3 = true };
	struct str query = STR_INIT;

	(void)state;
	sigv4_presign(&query, &r, &s3_scope, KEY, SECRET, NULL, 86400);
	assert_string_equal(query.p, "X-Amz-Algorithm=AWS4-HMAC-SHA256"
		"&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2F"
		"us-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z"
		"&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
		"&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835"
		"f995330da4c265957d157751f604d404");
	str_clear(&query);
}

static void expect_canonical(const char *path, const char *query, bool s3,
	const char *wanted)
{
	const struct sigv4_request r = { .method = "GET", .path = path,
		.query = query, .payload_hash = "H", .s3 = s3 };
	struct str out = STR_INIT, names = STR_INIT;

	sigv4_canonical_request(&out, &r, &names);
	assert_string_equal(out.p, wanted);
	assert_string_equal(names.p, "");
	str_clear(&out);
	str_clear(&names);
}

static void test_paths(void **state)
{
	(void)state;
	expect_canonical(NULL, NULL, false, "GET\n/\n\n\n\nH");
	expect_canonical("", "", true, "GET\n/\n\n\n\nH");
	expect_canonical("/../..//", NULL, false, "GET\n/\n\n\n\nH");
	expect_canonical("/a/./b/../c", NULL, false, "GET\n/a/c\n\n\n\nH");
	expect_canonical("/a/b/..", NULL, false, "GET\n/a/\n\n\n\nH");
	expect_canonical("/a//b/./", NULL, false, "GET\n/a/b/\n\n\n\nH");
	expect_canonical("/2015-03-31/functions/a%3Ab", NULL, false,
		"GET\n/2015-03-31/functions/a%253Ab\n\n\n\nH");
	expect_canonical("/a%20b/c%2Bd//x/../y", NULL, true,
		"GET\n/a%20b/c%2Bd//x/../y\n\n\n\nH");
}

static void test_queries(void **state)
{
	(void)state;
	expect_canonical("/", "&&", false, "GET\n/\n\n\n\nH");
	expect_canonical("/", "b&a=2&a=1&A=x", false,
		"GET\n/\nA=x&a=1&a=2&b=\n\n\nH");
	expect_canonical("/", "a-b=1&a=2&ab=3", false,
		"GET\n/\na=2&a-b=1&ab=3\n\n\nH");
	expect_canonical("/", "p=a/b%2fc=d%zz", false,
		"GET\n/\np=a%2Fb%2Fc%3Dd%25zz\n\n\nH");
}

static void test_header_values(void **state)
{
	const struct sigv4_header headers[] = { { "X-B", "  one \t two  " },
		{ "x-a", "2" }, { "Connection", "close" }, { "X-A", " 1 " },
		{ "x-c", "" }, { "authorization", "no" } };
	const struct sigv4_request r = { .method = "POST", .path = "/",
		.headers = headers, .header_count = COUNT(headers),
		.payload_hash = "H" };
	struct str out = STR_INIT, names = STR_INIT;

	(void)state;
	sigv4_canonical_request(&out, &r, &names);
	assert_string_equal(out.p, "POST\n/\n\nx-a:2,1\nx-b:one two\nx-c:\n"
		"\nx-a;x-b;x-c\nH");
	assert_string_equal(names.p, "x-a;x-b;x-c");
	str_clear(&out);
	str_clear(&names);
}

static void test_unsigned_names(void **state)
{
	(void)state;
	assert_false(sigv4_header_is_signed("Authorization"));
	assert_false(sigv4_header_is_signed("USER-AGENT"));
	assert_false(sigv4_header_is_signed("x-amzn-trace-id"));
	assert_true(sigv4_header_is_signed("Host"));
	assert_true(sigv4_header_is_signed("amz-sdk-request"));
	assert_true(sigv4_header_is_signed(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_s3_get_range),
		cmocka_unit_test(test_s3_put),
		cmocka_unit_test(test_s3_query),
		cmocka_unit_test(test_s3_presigned),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_queries),
		cmocka_unit_test(test_header_values),
		cmocka_unit_test(test_unsigned_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
