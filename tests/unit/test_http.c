/* SPDX-License-Identifier: MIT */
#include "aws/http.h"
#include "base/mem.h"
#include "base/str.h"
#include "tests/unit/http_peer.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct http_loop *loop;
static struct peer *peer;
static char url[256];

static int setup(void **state)
{
	struct error err;

	(void)state;
	loop = http_loop_new(&err);
	peer = peer_new();
	return loop ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	http_loop_free(loop);
	peer_free(peer);
	return 0;
}

static const char *at(const char *path)
{
	snprintf(url, sizeof(url), "http://127.0.0.1:%u%s", peer_port(peer),
		path);
	return url;
}

static struct http_request get(const char *path)
{
	return (struct http_request){ .method = "GET", .url = at(path),
		.ignore_environment = true };
}

/* Reads all; the status, or 0 with the error. */
static int read_all(struct http_exchange *x, struct str *body,
	struct error *err)
{
	const char *bytes;
	size_t len;
	int status = 0;

	if (!http_await(x, &status, err))
		return 0;
	do {
		if (!http_read(x, &bytes, &len, err))
			return 0;
		str_addn(body, bytes, len);
	} while (len);
	return status;
}

static int ask(const struct http_request *r, struct str *body,
	struct error *err)
{
	struct http_exchange *x = http_start(loop, r, NULL);
	int status = read_all(x, body, err);

	http_finish(x);
	return status;
}

static struct error refused(const struct http_request *r, bool *sent)
{
	struct http_exchange *x = http_start(loop, r, NULL);
	struct error err = ERROR_INIT;
	struct str body = STR_INIT;

	assert_int_equal(read_all(x, &body, &err), 0);
	*sent = http_was_sent(x);
	http_finish(x);
	str_clear(&body);
	return err;
}

static void test_nobody_there(void **state)
{
	struct http_request r = get("/");
	struct peer *gone = peer_new();
	struct error err;
	bool sent = true;

	(void)state;
	snprintf(url, sizeof(url), "http://127.0.0.1:%u/", peer_port(gone));
	peer_free(gone);
	err = refused(&r, &sent);
	assert_int_equal(err.kind, ERR_NETWORK);
	assert_non_null(strstr(err.text, "127.0.0.1"));
	assert_false(sent);
}

static void test_bad_urls(void **state)
{
	static const char *const urls[] = { "", "http://", "ftp://x/",
		"file:///etc/passwd", "http://a b/" };
	struct http_request r = get("/");
	bool sent;

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		r.url = urls[i];
		assert_int_equal(refused(&r, &sent).kind, ERR_NETWORK);
		assert_false(sent);
	}
}

static void test_garbage(void **state)
{
	struct http_request r = get("/");
	bool sent;

	(void)state;
	peer_text(peer, "\x16\x03 not http\r\n\r\n", PEER_CLOSE);
	assert_int_equal(refused(&r, &sent).kind, ERR_NETWORK);
	assert_true(sent);
}

static void test_get(void **state)
{
	struct http_request r = get("/a/../b//c%2f?x=1&y");
	struct http_exchange *x;
	struct error err = ERROR_INIT;
	struct str body = STR_INIT;

	(void)state;
	peer_answer(peer, 200, "X-Thing:  One two \r\nx-empty:\r\n", "hello");
	x = http_start(loop, &r, NULL);
	assert_int_equal(read_all(x, &body, &err), 200);
	assert_string_equal(body.p, "hello");
	assert_string_equal(http_get_header(x, "X-thing"), "One two");
	assert_string_equal(http_get_header(x, "x-empty"), "");
	assert_null(http_get_header(x, "x-none"));
	http_finish(x);
	assert_true(str_starts(peer_request(peer, 0),
		"GET /a/../b//c%2f?x=1&y HTTP/1.1\r\n"));
	str_clear(&body);
}

static void test_headers_as_given(void **state)
{
	const struct http_header headers[] = { { "Host", "other:81" },
		{ "content-type", "text/x" }, { "x-empty", "" } };
	struct http_request r = get("/");
	struct error err = ERROR_INIT;
	struct str body = STR_INIT;

	(void)state;
	r.method = "POST";
	r.headers = headers;
	r.header_count = 3;
	r.body = "a\0b";
	r.body_len = 3;
	peer_answer(peer, 204, "", "");
	assert_int_equal(ask(&r, &body, &err), 204);
	assert_string_equal(peer_header(peer, 0, "Host"), "other:81");
	assert_string_equal(peer_header(peer, 0, "Content-Type"), "text/x");
	assert_string_equal(peer_header(peer, 0, "x-empty"), "");
	assert_string_equal(peer_header(peer, 0, "Content-Length"), "3");
	assert_null(peer_header(peer, 0, "Expect"));
	assert_null(peer_header(peer, 0, "User-Agent"));
	assert_memory_equal(peer_body(peer, 0), "a\0b", 3);
}

static void test_methods(void **state)
{
	static const char *const methods[] = { "POST", "PUT", "DELETE",
		"HEAD", "GET" };
	struct http_request r = get("/");
	struct error err = ERROR_INIT;
	struct str body = STR_INIT;

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		char start[16];

		r.method = methods[i];
		peer_text(peer, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n",
			PEER_KEEP);
		assert_int_equal(ask(&r, &body, &err), 404);
		snprintf(start, sizeof(start), "%s / ", methods[i]);
		assert_true(str_starts(peer_request(peer, i), start));
		assert_null(peer_header(peer, i, "Content-Type"));
		if (i < 2)
			assert_string_equal(peer_header(peer, i,
				"Content-Length"), "0");
		else
			assert_null(peer_header(peer, i, "Content-Length"));
	}
	assert_int_equal(peer_connection(peer, 4), 0);
}

static void test_no_redirect(void **state)
{
	struct http_request r = get("/");
	struct error err = ERROR_INIT;
	struct str body = STR_INIT;

	(void)state;
	peer_text(peer, "HTTP/1.1 100 Go on\r\nx: 1\r\n\r\n"
		"HTTP/1.1 307 There\r\nLocation: /x\r\n"
		"Content-Length: 0\r\n\r\n", PEER_KEEP);
	assert_int_equal(ask(&r, &body, &err), 307);
	assert_int_equal(peer_count(peer), 1);
}

static void test_fresh_is_sent_once(void **state)
{
	struct http_request r = get("/");
	struct error err = ERROR_INIT;
	struct str body = STR_INIT;
	bool sent = false;

	(void)state;
	peer_answer(peer, 200, "", "");
	peer_text(peer, "", PEER_CLOSE);
	peer_answer(peer, 200, "", "");
	assert_int_equal(ask(&r, &body, &err), 200);
	r.fresh = true;
	assert_int_equal(refused(&r, &sent).kind, ERR_NETWORK);
	assert_true(sent);
	r.fresh = false;
	assert_int_equal(ask(&r, &body, &err), 200);
	assert_int_equal(peer_count(peer), 3);
	assert_int_equal(peer_connection(peer, 1), 1);
	assert_int_equal(peer_connection(peer, 2), 0);
}

static void test_cut_bodies(void **state)
{
	static const char *const cut[] = {
		"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
		("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
			"4\r\nhalf\r\n"),
		"HTTP/1.1 200 OK\r\nContent-Le" };
	struct http_request r = get("/");

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct error err;
		bool sent;

		peer_text(peer, cut[i], i == 1 ? PEER_RESET : PEER_CLOSE);
		err = refused(&r, &sent);
		assert_int_equal(err.kind, ERR_NETWORK);
		assert_true(sent);
	}
}

/* Many times the queue's size: the transfer has to pause and go on. */
static void test_big_body(void **state)
{
	size_t len = 12 * 1024 * 1024 + 7, got = 0, piece;
	char *bytes = xmalloc(len);
	struct http_request r = get("/");
	struct http_exchange *x;
	struct error err = ERROR_INIT;
	const char *p;
	int status;

	(void)state;
	for (size_t i = 0; i < len; i++)
		bytes[i] = (char)(i * 31 + i / 4093);
	peer_answer_len(peer, 200, "", bytes, len, false);
	x = http_start(loop, &r, NULL);
	assert_true(http_await(x, &status, &err));
	do {
		assert_true(http_read(x, &p, &piece, &err));
		assert_true(got + piece <= len);
		assert_memory_equal(p, bytes + got, piece);
		got += piece;
	} while (piece);
	assert_int_equal(got, len);
	http_finish(x);
	free(bytes);
}

static void test_left_early(void **state)
{
	size_t len = 4 * 1024 * 1024;
	char *bytes = xcalloc(1, len);
	struct http_request r = get("/");
	struct error err = ERROR_INIT;
	struct str body = STR_INIT;
	struct http_exchange *x;
	int status;

	(void)state;
	peer_answer_len(peer, 200, "", bytes, len, false);
	peer_answer_len(peer, 200, "", bytes, len, false);
	peer_answer(peer, 200, "", "next");
	x = http_start(loop, &r, NULL);
	http_finish(x);
	x = http_start(loop, &r, NULL);
	if (http_await(x, &status, &err))
		assert_int_equal(status, 200);
	http_finish(x);
	while (peer_count(peer) < 3 && body.len != 4) {
		str_reset(&body);
		assert_int_equal(ask(&r, &body, &err), 200);
	}
	str_clear(&body);
	free(bytes);
}

/* With a piece in hand and others behind it: each is freed once. */
static void test_left_in_body(void **state)
{
	enum { ROUNDS = 20 };
	size_t len = 4 * 1024 * 1024, piece;
	char *bytes = xcalloc(1, len);
	struct http_request r = get("/");
	struct error err = ERROR_INIT;
	const char *p;
	int status;

	(void)state;
	peer_answer_len(peer, 200, "", bytes, len, false);
	peer_repeat(peer, ROUNDS - 1);
	for (int i = 0; i < ROUNDS; i++) {
		struct http_exchange *x = http_start(loop, &r, NULL);

		assert_true(http_await(x, &status, &err));
		for (int k = 0; k <= i % 7; k++)
			assert_true(http_read(x, &p, &piece, &err) && piece);
		http_finish(x);
	}
	free(bytes);
}

static void *cancel_when_reached(void *data)
{
	peer_await(peer, 1);
	cancel_set(data);
	return NULL;
}

static void test_cancel_while_waiting(void **state)
{
	struct cancel *cancel = cancel_new();
	struct http_request r = get("/");
	struct error err = ERROR_INIT;
	struct http_exchange *x;
	pthread_t thread;
	int status;

	(void)state;
	peer_answer_len(peer, 200, "", "late", 4, true);
	x = http_start(loop, &r, cancel);
	pthread_create(&thread, NULL, cancel_when_reached, cancel);
	assert_false(http_await(x, &status, &err));
	assert_int_equal(err.kind, ERR_CANCELLED);
	assert_true(http_was_sent(x));
	http_finish(x);
	pthread_join(thread, NULL);
	cancel_unref(cancel);
}

static void test_cancelled_before(void **state)
{
	struct cancel *cancel = cancel_new();
	struct http_request r = get("/");
	struct error err = ERROR_INIT;
	struct http_exchange *x;
	int status;

	(void)state;
	cancel_set(cancel);
	x = http_start(loop, &r, cancel);
	assert_false(http_await(x, &status, &err));
	assert_int_equal(err.kind, ERR_CANCELLED);
	assert_false(http_was_sent(x));
	http_finish(x);
	cancel_unref(cancel);
	assert_int_equal(peer_count(peer), 0);
}

static void test_cancel_in_body(void **state)
{
	struct cancel *cancel = cancel_new();
	struct http_request r = get("/");
	struct error err = ERROR_INIT;
	struct http_exchange *x;
	const char *bytes;
	size_t len;
	int status;

	(void)state;
	peer_text(peer, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
		PEER_KEEP);
	x = http_start(loop, &r, cancel);
	assert_true(http_await(x, &status, &err));
	assert_true(http_read(x, &bytes, &len, &err));
	assert_true(len > 0);
	cancel_set(cancel);
	assert_false(http_read(x, &bytes, &len, &err));
	assert_int_equal(err.kind, ERR_CANCELLED);
	http_finish(x);
	cancel_unref(cancel);
}

static void test_total_limit(void **state)
{
	struct http_request r = get("/");
	struct error err;
	bool sent;

	(void)state;
	peer_answer_len(peer, 200, "", "late", 4, true);
	r.total_ms = 30;
	err = refused(&r, &sent);
	assert_int_equal(err.kind, ERR_TIMEOUT);
	assert_true(sent);
}

enum { WORKERS = 8, EACH = 12 };

static void *worker(void *data)
{
	struct cancel *cancel = data;
	struct http_request r = { .method = "GET", .url = url,
		.ignore_environment = true };

	for (int i = 0; i < EACH; i++) {
		struct http_exchange *x = http_start(loop, &r, cancel);
		struct error err = ERROR_INIT;
		struct str body = STR_INIT;

		if (i % 3 != 2 && read_all(x, &body, &err) != 200)
			cancel_set(cancel);
		http_finish(x);
		str_clear(&body);
	}
	return NULL;
}

static void test_many_workers(void **state)
{
	struct cancel *cancel = cancel_new();
	size_t len = 300 * 1024;
	char *bytes = xcalloc(1, len);
	pthread_t threads[WORKERS];

	(void)state;
	peer_answer_len(peer, 200, "", bytes, len, false);
	peer_repeat(peer, 2 * WORKERS * EACH);
	at("/");
	for (int i = 0; i < WORKERS; i++)
		pthread_create(&threads[i], NULL, worker, cancel);
	for (int i = 0; i < WORKERS; i++)
		pthread_join(threads[i], NULL);
	assert_false(cancel_is_set(cancel));
	cancel_unref(cancel);
	free(bytes);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_nobody_there),
		TEST(test_bad_urls),
		TEST(test_garbage),
		TEST(test_get),
		TEST(test_headers_as_given),
		TEST(test_methods),
		TEST(test_no_redirect),
		TEST(test_fresh_is_sent_once),
		TEST(test_cut_bodies),
		TEST(test_big_body),
		TEST(test_left_early),
		TEST(test_left_in_body),
		TEST(test_cancel_while_waiting),
		TEST(test_cancelled_before),
		TEST(test_cancel_in_body),
		TEST(test_total_limit),
		TEST(test_many_workers),
	};
	int failed;

	http_global_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	http_global_clear();
	return failed;
}
