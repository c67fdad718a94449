/* SPDX-License-Identifier: MIT */
/* S3's example of a chunked upload, and the same with trailers. */
#include "aws/sigv4_chunk.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define SECRET "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
#define SEED "4f232c4386841ef735655705268965c4" \
	"4a0e4690baa4adea153f7db9fa80a0a9"
#define FIRST "ad80c730a21e5b8d04586a2213dd63b9" \
	"a0e99e0e2307b0ade35a65485a288648"
#define SECOND "0055627c9e194cb4542bae2aa5492e3c" \
	"1575bbb81b612b7d234b86a503ef5497"
#define LAST "b6c6ea8a5354eaf15b3cb7646744f427" \
	"5b71ea724fed81ceb9323e279d449df9"
#define TRAILER "df5735bd9f3295cd9386572292562fef" \
	"c93ba94e80a0a1ddcbd652c4e0a75e6c"

static const struct sigv4_scope scope = { .date = "20130524T000000Z",
	.region = "us-east-1", .service = "s3" };

static void test_seed(void **state)
{
	const struct sigv4_header headers[] = {
		{ "Host", "s3.amazonaws.com" },
		{ "x-amz-date", "20130524T000000Z" },
		{ "x-amz-storage-class", "REDUCED_REDUNDANCY" },
		{ "x-amz-content-sha256", SIGV4_STREAMING },
		{ "Content-Encoding", "aws-chunked" },
		{ "x-amz-decoded-content-length", "66560" },
		{ "Content-Length", "66824" } };
	const struct sigv4_request r = { .method = "PUT",
		.path = "/examplebucket/chunkObject.txt", .headers = headers,
		.header_count = 7, .payload_hash = SIGV4_STREAMING,
		.s3 = true };
	struct str out = STR_INIT;

	(void)state;
	sigv4_authorization(&out, &r, &scope, "AKIAIOSFODNN7EXAMPLE",
		SECRET);
	assert_true(str_ends(out.p, "Signature=" SEED));
	str_clear(&out);
}

static void test_chunks(void **state)
{
	const struct sigv4_header trailers[] = { { "first", "1st" },
		{ "second", "2nd" }, { "third", "3rd" } };
	struct sigv4_chunker c;
	struct str out = STR_INIT;
	char bytes[65536];

	(void)state;
	memset(bytes, 'a', sizeof(bytes));
	sigv4_chunker_init(&c, SECRET, &scope, SEED);
	sigv4_chunk_add(&out, &c, bytes, 65536, false);
	assert_true(str_starts(out.p,
		"10000;chunk-signature=" FIRST "\r\naaa"));
	assert_true(str_ends(out.p, "aaa\r\n"));
	sigv4_chunk_add(&out, &c, bytes, 1024, false);
	assert_non_null(strstr(out.p, "400;chunk-signature=" SECOND "\r\n"));
	sigv4_chunk_add(&out, &c, "", 0, false);
	assert_true(str_ends(out.p, "\r\n0;chunk-signature=" LAST
		"\r\n\r\n"));
	assert_int_equal(out.len, 66824);
	assert_int_equal(out.len, sigv4_chunk_length(66560, 65536));
	str_reset(&out);
	sigv4_chunk_trailer(&out, &c, trailers, 3);
	assert_string_equal(out.p, "first:1st\r\nsecond:2nd\r\nthird:3rd\r\n"
		"x-amz-trailer-signature:" TRAILER "\r\n\r\n");
	sigv4_chunker_clear(&c);
	assert_int_equal(c.last[0], 0);
	str_clear(&out);
}

static void test_lengths(void **state)
{
	(void)state;
	assert_int_equal(sigv4_chunk_length(0, 8192), 1 + 17 + 64 + 4);
	assert_int_equal(sigv4_chunk_length(8192, 8192),
		4 + 17 + 64 + 4 + 8192 + 86);
	assert_int_equal(sigv4_chunk_length(8193, 8192),
		4 + 17 + 64 + 4 + 8192 + 86 + 87);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_seed),
		cmocka_unit_test(test_chunks),
		cmocka_unit_test(test_lengths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
