/* SPDX-License-Identifier: MIT */
/* The way to a host: proxies, and whether it is to be trusted. */
#include "aws/http.h"
#include "base/str.h"
#include "tests/unit/http_peer.h"

#include <microhttpd.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
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

static void test_proxy(void **state)
{
	struct http_request r = get("/");
	struct error err = ERROR_INIT;
	struct str body = STR_INIT;
	char proxy[64];

	(void)state;
	snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%u",
		peer_port(peer));
	for (int i = 0; i < 4; i++)
		peer_answer(peer, 200, "", "");
	r = (struct http_request){ .method = "GET",
		.url = "http://far.test/x", .proxy = proxy };
	assert_int_equal(ask(&r, &body, &err), 200);
	r.proxy = NULL;
	setenv("http_proxy", proxy, 1);
	setenv("no_proxy", "near.test", 1);
	assert_int_equal(ask(&r, &body, &err), 200);
	assert_true(str_starts(peer_request(peer, 0),
		"GET http://far.test/x HTTP/1.1"));
	assert_true(str_starts(peer_request(peer, 1),
		"GET http://far.test/x HTTP/1.1"));
	r.url = at("/direct");
	r.proxy = "";
	assert_int_equal(ask(&r, &body, &err), 200);
	r.proxy = NULL;
	r.ignore_environment = true;
	assert_int_equal(ask(&r, &body, &err), 200);
	assert_true(str_starts(peer_request(peer, 2), "GET /direct "));
	assert_true(str_starts(peer_request(peer, 3), "GET /direct "));
	unsetenv("http_proxy");
	unsetenv("no_proxy");
}

/* A certificate of its own making, and a server that shows it. */
struct tls_peer {
	struct MHD_Daemon *daemon;
	char *key, *certificate;
	char file[64], url[64];
};

static char *pem_text(BIO *bio)
{
	char *bytes;
	long len = BIO_get_mem_data(bio, &bytes);
	char *text = strndup(bytes, (size_t)len);

	BIO_free(bio);
	return text;
}

static void add_name(X509 *x, const char *alternative)
{
	X509V3_CTX context;
	X509_EXTENSION *extension;

	X509V3_set_ctx(&context, x, x, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &context,
		NID_subject_alt_name, alternative);
	assert_non_null(extension);
	X509_add_ext(x, extension, -1);
	X509_EXTENSION_free(extension);
}

static void make_certificate(struct tls_peer *t, const char *alternative,
	long days)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *x = X509_new();
	BIO *bio;

	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
	X509_gmtime_adj(X509_getm_notBefore(x), -40L * 86400);
	X509_gmtime_adj(X509_getm_notAfter(x), days * 86400);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN",
		MBSTRING_ASC, (const unsigned char *)"peer", -1, -1, 0);
	X509_set_issuer_name(x, X509_get_subject_name(x));
	add_name(x, alternative);
	X509_set_pubkey(x, key);
	X509_sign(x, key, EVP_sha256());
	bio = BIO_new(BIO_s_mem());
	PEM_write_bio_X509(bio, x);
	t->certificate = pem_text(bio);
	bio = BIO_new(BIO_s_mem());
	PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL);
	t->key = pem_text(bio);
	X509_free(x);
	EVP_PKEY_free(key);
}

static enum MHD_Result answer(void *data, struct MHD_Connection *c,
	const char *where, const char *method, const char *version,
	const char *upload, size_t *len, void **state)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(4,
		(char *)(size_t)"safe", MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result = MHD_queue_response(c, 200, response);

	(void)data, (void)where, (void)method, (void)version;
	(void)upload, (void)len, (void)state;
	MHD_destroy_response(response);
	return result;
}

static void tls_open(struct tls_peer *t, const char *alternative, long days)
{
	FILE *f;
	int fd;

	make_certificate(t, alternative, days);
	t->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD |
		MHD_USE_TLS, 0, NULL, NULL, answer, NULL,
		MHD_OPTION_HTTPS_MEM_KEY, t->key,
		MHD_OPTION_HTTPS_MEM_CERT, t->certificate, MHD_OPTION_END);
	assert_non_null(t->daemon);
	snprintf(t->url, sizeof(t->url), "https://127.0.0.1:%u/",
		(unsigned)MHD_get_daemon_info(t->daemon,
			MHD_DAEMON_INFO_BIND_PORT)->port);
	snprintf(t->file, sizeof(t->file), "/tmp/test_http_easy.XXXXXX");
	fd = mkstemp(t->file);
	f = fdopen(fd, "w");
	fputs(t->certificate, f);
	fclose(f);
}

static void tls_close(struct tls_peer *t)
{
	MHD_stop_daemon(t->daemon);
	unlink(t->file);
	free(t->key);
	free(t->certificate);
}

static void expect_distrust(const struct tls_peer *t, const char *bundle,
	const char *says)
{
	struct http_request r = { .method = "GET", .url = t->url,
		.ca_bundle = bundle, .ignore_environment = true };
	struct http_exchange *x = http_start(loop, &r, NULL);
	struct error err = ERROR_INIT;
	int status;

	assert_false(http_await(x, &status, &err));
	assert_int_equal(err.kind, ERR_TLS);
	if (!strstr(err.text, says))
		fail_msg("\"%s\" does not say \"%s\"", err.text, says);
	assert_false(http_was_sent(x));
	http_finish(x);
}

static bool can_tls(void)
{
	if (MHD_is_feature_supported(MHD_FEATURE_SSL) == MHD_YES)
		return true;
	print_message("libmicrohttpd has no TLS here\n");
	return false;
}

static void test_trust(void **state)
{
	struct tls_peer t;
	struct http_request r = { .method = "GET", .url = t.url,
		.ca_bundle = t.file, .ignore_environment = true };
	struct error err = ERROR_INIT;
	struct str body = STR_INIT;

	(void)state;
	if (!can_tls())
		skip();
	tls_open(&t, "IP:127.0.0.1", 1);
	expect_distrust(&t, NULL, "self-signed");
	expect_distrust(&t, NULL, "set AWS_CA_BUNDLE");
	expect_distrust(&t, "/nowhere/ca.pem", "/nowhere/ca.pem cannot be");
	assert_int_equal(ask(&r, &body, &err), 200);
	assert_string_equal(body.p, "safe");
	str_clear(&body);
	tls_close(&t);
}

static void test_wrong_host(void **state)
{
	struct tls_peer t;

	(void)state;
	if (!can_tls())
		skip();
	tls_open(&t, "DNS:elsewhere.test", 1);
	expect_distrust(&t, t.file, "another host");
	tls_close(&t);
}

static void test_expired(void **state)
{
	struct tls_peer t;

	(void)state;
	if (!can_tls())
		skip();
	tls_open(&t, "IP:127.0.0.1", -1);
	expect_distrust(&t, t.file, "it has expired");
	tls_close(&t);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_proxy),
		TEST(test_trust),
		TEST(test_wrong_host),
		TEST(test_expired),
	};
	int failed;

	http_global_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	http_global_clear();
	return failed;
}
