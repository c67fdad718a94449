/* SPDX-License-Identifier: MIT */
/* S3: chunked bodies, checksums, numbered keys, regions, hosts. */
#include "aws/sigv4.h"
#include "base/clock.h"
#include "sim/auth.h"
#include "sim/s3/calls.h"
#include "sim/sim.h"
#include "sim_client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define NOW 1795392840000
#define DATA "/acme-app-data"

static struct sim *sim;
static struct sim_client c;

static int start(void **state)
{
	struct sim_options options = { .objects = 25000 };
	struct error err = ERROR_INIT;

	(void)state;
	sim = sim_start(&options, &err);
	sim_client_init(&c, sim, "s3");
	return sim ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	sim_client_clear(&c);
	sim_stop(sim);
	return 0;
}

static void send_it(const struct sim_send *s, unsigned status,
	const char *text)
{
	struct sim_answer a;

	sim_client_send(&c, s);
	sim_client_read(&c, !strcmp(s->method, "HEAD"), &a);
	if (a.status != status || (text && !strstr(a.body.p, text)))
		print_message("%s %s: %u %s\n", s->method, s->target,
			a.status, a.body.p);
	assert_int_equal(a.status, status);
	if (text)
		assert_non_null(strstr(a.body.p, text));
	sim_answer_clear(&a);
}

static void test_refusals(void **state)
{
	static const struct {
		const char *method, *target;
		unsigned status;
		const char *text;
	} rows[] = {
		{ "GET", "/nobody-has-this", 404, "<Code>NoSuchBucket</Code>" },
		{ "GET", DATA "/nobody", 404, "<Key>nobody</Key>" },
		{ "HEAD", DATA "/nobody", 404, NULL },
		{ "GET", DATA "?cors", 501, "<Code>NotImplemented</Code>" },
		{ "POST", DATA, 405, "<Code>MethodNotAllowed</Code>" },
		{ "GET", DATA "?list-type=2&max-keys=x", 400, "<Code>InvalidArgument</Code>" },
		{ "GET", DATA "?list-type=2&encoding-type=x", 400, "<Code>InvalidArgument</Code>" },
		{ "GET", DATA "?list-type=2&continuation-token=AAAA", 400, "<Code>InvalidArgument</Code>" },
		{ "PUT", "/Bad_Name", 400, "<Code>InvalidBucketName</Code>" },
		{ "DELETE", DATA, 409, "<Code>BucketNotEmpty</Code>" },
		{ "PUT", DATA "/x?partNumber=1&uploadId=no", 404, "<Code>NoSuchUpload</Code>" },
		{ "PUT", DATA "/x?partNumber=0&uploadId=no", 400, "<Code>InvalidArgument</Code>" },
		{ "GET", "/acme-backups-eu", 301, "<Code>PermanentRedirect</Code>" },
		{ "GET", "/acme-backups-eu?location", 200, ">eu-west-1<" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		send_it(&(struct sim_send){ .method = rows[i].method,
			.target = rows[i].target }, rows[i].status,
			rows[i].text);
	send_it(&(struct sim_send){ .method = "GET", .target = DATA,
		.no_auth = true }, 403, "<Code>AccessDenied</Code>");
	send_it(&(struct sim_send){ .method = "PUT", .target = DATA "/x",
		.body = "abc", .hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41"
		"e4649b934ca495991b7852b855" }, 400,
		"<Code>XAmzContentSHA256Mismatch</Code>");
}

/* The vectors of AWS's own signer, for one upload in two chunks. */
static void test_chunk_vectors(void **state)
{
	static const char *const wanted[] = {
		"ad80c730a21e5b8d04586a2213dd63b9"
		"a0e99e0e2307b0ade35a65485a288648",
		"0055627c9e194cb4542bae2aa5492e3c"
		"1575bbb81b612b7d234b86a503ef5497",
		"b6c6ea8a5354eaf15b3cb7646744f427"
		"5b71ea724fed81ceb9323e279d449df9",
		"df5735bd9f3295cd9386572292562fef"
		"c93ba94e80a0a1ddcbd652c4e0a75e6c",
	};
	static const char trailer[] = "first:1st\nsecond:2nd\nthird:3rd\n";
	struct auth auth = { .date = "20130524T000000Z",
		.scope_date = "20130524", .region = "us-east-1",
		.service = "s3" };
	struct sigv4_scope scope = { auth.date, auth.region, auth.service };
	char previous[65] = "4f232c4386841ef735655705268965c4"
		"4a0e4690baa4adea153f7db9fa80a0a9";
	static const size_t sizes[] = { 65536, 1024, 0 };
	char data[65536];

	(void)state;
	memset(data, 'a', sizeof(data));
	for (size_t i = 0; i < 4; i++) {
		struct str sts = STR_INIT;

		s3_chunk_string(&sts, &auth,
			i < 3 ? S3_CHUNK_PAYLOAD : S3_CHUNK_TRAILER, previous,
			i < 3 ? data : trailer,
			i < 3 ? sizes[i] : strlen(trailer));
		sigv4_signature(previous, "wJalrXUtnFEMI/K7MDENG/bPxRfiCY"
			"EXAMPLEKEY", &scope, sts.p, sts.len);
		assert_string_equal(previous, wanted[i]);
		str_clear(&sts);
	}
}

#define CRC32 "x-amz-checksum-crc32"
#define NINE "9\r\n123456789\r\n"
#define UNSIGNED "STREAMING-UNSIGNED-PAYLOAD-TRAILER"

/* What newer clients send: chunks without signatures, a checksum behind. */
static void test_unsigned_chunks(void **state)
{
	static const struct {
		const char *length, *trailer, *body;
		unsigned status;
		const char *text;
	} rows[] = {
		{ "9", CRC32, "5\r\n12345\r\n4\r\n6789\r\n0\r\n" CRC32 ":y/Q5Jg==\r\n\r\n", 200, NULL },
		{ "9", "x-amz-checksum-crc64nvme", NINE "0\r\nx-amz-checksum-crc64nvme:rosUhgp5mIg=\r\n\r\n",
		  200, NULL },
		{ "9", "x-amz-checksum-crc32c", NINE "0\r\nx-amz-checksum-crc32c: 4waSgw==\r\n\r\n", 200, NULL },
		{ "9", CRC32, NINE "0\r\n" CRC32 ":AAAAAA==\r\n\r\n", 400, "BadDigest" },
		{ "9", CRC32, NINE "0\r\n" CRC32 ":AA==\r\n\r\n", 400, "InvalidRequest" },
		{ "9", CRC32, NINE "0\r\n\r\n", 400, "MalformedTrailerError" },
		{ "8", CRC32, NINE "0\r\n" CRC32 ":y/Q5Jg==\r\n\r\n", 400, "IncompleteBody" },
		{ "9", CRC32, "9\r\n12345", 400, "IncompleteBody" },
		{ "9", CRC32, "9\r\n1234567890\r\n0\r\n\r\n", 400, "IncompleteBody" },
		{ "9", CRC32, "x\r\n", 400, "IncompleteBody" },
		{ "9", CRC32, "ffffffffffffffffff\r\n1", 400, "IncompleteBody" },
		{ "9", CRC32, "no line", 400, "IncompleteBody" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str headers = STR_INIT;

		str_addf(&headers, "x-amz-decoded-content-length: %s\r\n"
			"x-amz-trailer: %s\r\nContent-Encoding: aws-chunked"
			"\r\n", rows[i].length, rows[i].trailer);
		send_it(&(struct sim_send){ .method = "PUT",
			.target = DATA "/chunked", .headers = headers.p,
			.body = rows[i].body, .hash = UNSIGNED },
			rows[i].status, rows[i].text);
		str_clear(&headers);
	}
	send_it(&(struct sim_send){ .method = "GET",
		.target = DATA "/chunked" }, 200, "123456789");
}

/* One chunk that was not signed by the one before is refused. */
static void test_signed_chunks(void **state)
{
	static const char headers[] = "x-amz-decoded-content-length: 3\r\n";
	static const char hash[] = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
	char body[512];

	(void)state;
	snprintf(body, sizeof(body), "3;chunk-signature=%064d\r\nabc\r\n"
		"0;chunk-signature=%064d\r\n\r\n", 0, 0);
	send_it(&(struct sim_send){ .method = "PUT", .target = DATA "/signed",
		.headers = headers, .body = body, .hash = hash }, 403,
		"<Code>SignatureDoesNotMatch</Code>");
	send_it(&(struct sim_send){ .method = "PUT", .target = DATA "/signed",
		.headers = headers, .body = "3\r\nabc\r\n0\r\n\r\n",
		.hash = hash }, 400, "<Code>IncompleteBody</Code>");
	send_it(&(struct sim_send){ .method = "GET",
		.target = DATA "/signed" }, 404, NULL);
}

/* All keys, page by page; returns how many and checks their order. */
static size_t list_all(const char *prefix, unsigned size, size_t *folders)
{
	struct str next = STR_INIT, target = STR_INIT;
	char last[128] = "";
	size_t count = 0;

	*folders = 0;
	do {
		const char *at;
		char *body, *token;
		unsigned status;

		str_reset(&target);
		str_addf(&target, DATA "?list-type=2&prefix=%s&max-keys=%u%s%s",
			prefix, size, next.len ? "&continuation-token=" : "",
			next.p);
		body = sim_client_get(&c, target.p, &status);
		assert_int_equal(status, 200);
		for (at = body; (at = strstr(at, "<Key>")); count++) {
			char *key = sim_element(at, "Key");

			assert_true(strcmp(key, last) > 0);
			snprintf(last, sizeof(last), "%s", key);
			free(key);
			at += 5;
		}
		*folders += sim_count(body, "<CommonPrefixes>");
		token = sim_element(body, "NextContinuationToken");
		str_reset(&next);
		if (token)
			str_add_uri(&next, token, strlen(token), "");
		free(token);
		free(body);
	} while (next.len > 0);
	str_clear(&next);
	str_clear(&target);
	return count;
}

/* Numbered keys are as real as stored ones. */
static void test_numbered_keys(void **state)
{
	static const char one[] = DATA "/many/001/23/object-0000012345.dat";
	size_t folders;

	(void)state;
	assert_int_equal(list_all("many/", 1000, &folders), 25000);
	assert_int_equal(list_all("many/001/", 700, &folders), 10000);
	assert_int_equal(list_all("many/&delimiter=/", 2, &folders), 0);
	assert_int_equal(folders, 3);
	assert_int_equal(list_all("many/002/&delimiter=/", 7, &folders), 0);
	assert_int_equal(folders, 50);
	send_it(&(struct sim_send){ .method = "HEAD", .target = one }, 200,
		NULL);
	free(sim_client_put(&c, one, "mine", NULL));
	send_it(&(struct sim_send){ .method = "GET", .target = one }, 200,
		"mine");
	assert_int_equal(list_all("many/001/23/", 30, &folders), 100);
	send_it(&(struct sim_send){ .method = "DELETE", .target = one }, 204,
		NULL);
	send_it(&(struct sim_send){ .method = "GET", .target = one }, 404,
		NULL);
	assert_int_equal(list_all("many/001/23/", 30, &folders), 99);
	send_it(&(struct sim_send){ .method = "GET", .target =
		DATA "/many/002/50/object-0000025000.dat" }, 404, NULL);
}

/* The same bytes whether asked for at once or in pieces. */
static void test_ranges(void **state)
{
	static const struct { const char *range; unsigned status; } rows[] = {
		{ "bytes=0-0", 206 }, { "bytes=5-", 206 }, { "bytes=-1", 206 },
		{ "bytes=-0", 416 }, { "bytes=999999999-", 416 },
		{ "bytes=7-3", 200 }, { "bytes=a-b", 200 },
		{ "bytes=0-1,3-4", 200 }, { "lines=1-2", 200 },
		{ "bytes=-999999999", 206 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char header[64];

		snprintf(header, sizeof(header), "Range: %s\r\n",
			rows[i].range);
		send_it(&(struct sim_send){ .method = "GET",
			.target = DATA "/README.txt", .headers = header },
			rows[i].status, NULL);
	}
}

/* Bucket in the host: there its region is known, and the signature is
 * for another one. */
static void test_hosts(void **state)
{
	static const char *const hosts[] = {
		"acme-app-data.localhost", "acme-app-data.localhost:80",
		"acme-app-data.127-0-0-1.example",
		"acme-app-data.s3.us-east-1.amazonaws.com",
	};
	static const char *const plain[] = {
		"localhost", "127.0.0.1:99", "[::1]:99", "s3.localhost",
		"s3.us-east-1.localhost",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++)
		send_it(&(struct sim_send){ .method = "HEAD",
			.target = "/README.txt", .host = hosts[i] }, 200,
			NULL);
	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
		send_it(&(struct sim_send){ .method = "HEAD",
			.target = DATA "/README.txt", .host = plain[i] }, 200,
			NULL);
	send_it(&(struct sim_send){ .method = "GET", .target = "/",
		.host = "acme-media-tokyo.localhost" }, 400,
		"<Region>ap-northeast-1</Region>");
}

/* Signed query, raw: good until it ends, and only as it was signed. */
static void test_presigned(void **state)
{
	struct sigv4_header host = { "host", "127.0.0.1" };
	struct sigv4_scope scope = { NULL, "us-east-1", "s3" };
	struct sigv4_request r = {
		.method = "GET", .path = DATA "/a%20b/c%2Bd%20%C3%A9%2520//x",
		.headers = &host, .header_count = 1,
		.payload_hash = "UNSIGNED-PAYLOAD", .s3 = true,
	};
	struct str query = STR_INIT, target = STR_INIT;
	char date[32];

	(void)state;
	clock_format_basic(clock_wall(), date);
	scope.date = date;
	sigv4_presign(&query, &r, &scope, SIM_ACCESS_KEY, SIM_SECRET_KEY,
		NULL, 60);
	str_addf(&target, "%s?%s", r.path, query.p);
	for (int i = 0; i < 2; i++) {
		struct str raw = STR_INIT;
		struct sim_answer a;

		str_addf(&raw, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
			target.p);
		sim_client_raw(&c, raw.p, raw.len);
		sim_client_read(&c, false, &a);
		assert_int_equal(a.status, i == 0 ? 200 : 403);
		sim_answer_clear(&a);
		str_clear(&raw);
		clock_advance(61000);
	}
	str_clear(&query);
	str_clear(&target);
}

static void test_conditions(void **state)
{
	static const char target[] = DATA "/once";

	(void)state;
	send_it(&(struct sim_send){ .method = "PUT", .target = target,
		.headers = "If-None-Match: *\r\n", .body = "1" }, 200, NULL);
	send_it(&(struct sim_send){ .method = "PUT", .target = target,
		.headers = "If-None-Match: *\r\n", .body = "2" }, 412,
		"<Condition>If-None-Match</Condition>");
	send_it(&(struct sim_send){ .method = "PUT", .target = target,
		.headers = "If-Match: \"0\"\r\n", .body = "2" }, 412, NULL);
	send_it(&(struct sim_send){ .method = "GET", .target = target }, 200,
		"1");
	send_it(&(struct sim_send){ .method = "GET", .target = target,
		.headers = "If-None-Match: "
		"\"c4ca4238a0b923820dcc509a6f75849b\"\r\n" }, 304, NULL);
	send_it(&(struct sim_send){ .method = "DELETE", .target = target },
		204, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_chunk_vectors),
		cmocka_unit_test(test_unsigned_chunks),
		cmocka_unit_test(test_signed_chunks),
		cmocka_unit_test(test_numbered_keys),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_presigned),
		cmocka_unit_test(test_conditions),
	};

	clock_set_virtual(NOW);
	return cmocka_run_group_tests(tests, start, stop);
}
