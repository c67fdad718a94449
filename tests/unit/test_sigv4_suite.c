/* SPDX-License-Identifier: MIT */
/*
 * AWS's own signing vectors ($TUCUXI_SHARED/sigv4-suite): every folder, by
 * header and by query: canonical request, string to sign, signature.
 */
#include "aws/sigv4.h"
#include "base/str.h"

#include <dirent.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

struct vector {
	char folder[800];
	json_t *context;
	char *request;               /* its text, cut into pieces below */
	struct sigv4_header headers[32];
	size_t count;
	struct sigv4_request r;
	char date[32];
	char hash[65];
	const char *body;
};

static const char *root(void)
{
	const char *shared = getenv("TUCUXI_SHARED");
	static char path[512];

	snprintf(path, sizeof(path), "%s/sigv4-suite",
		shared ? shared : SOURCE_DIR "/../shared");
	return path;
}

static char *read_text(const struct vector *v, const char *name)
{
	char path[1024];
	struct str text = STR_INIT;
	char chunk[4096];
	size_t len;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", v->folder, name);
	f = fopen(path, "rb");
	if (!f)
		fail_msg("%s: cannot be read", path);
	while ((len = fread(chunk, 1, sizeof(chunk), f)) > 0)
		str_addn(&text, chunk, len);
	fclose(f);
	return str_take(&text);
}

static const char *context_text(const struct vector *v, const char *name)
{
	return json_string_value(json_object_get(v->context, name));
}

static const char *credential(const struct vector *v, const char *name)
{
	json_t *all = json_object_get(v->context, "credentials");

	return json_string_value(json_object_get(all, name));
}

/* 2015-08-30T12:36:00Z loses its marks. */
static void compact_date(char *out, const char *iso)
{
	for (; *iso; iso++)
		if (*iso != '-' && *iso != ':')
			*out++ = *iso;
	*out = 0;
}

static void add_header(struct vector *v, const char *name, const char *value)
{
	assert_true(v->count < 32);
	v->headers[v->count].name = name;
	v->headers[v->count++].value = value;
}

static void cut_headers(struct vector *v, char *p)
{
	while (*p && *p != '\n') {
		char *end = strchr(p, '\n'), *colon;

		while (end && (end[1] == ' ' || end[1] == '\t'))
			end = strchr(end + 1, '\n');
		if (end)
			*end = 0;
		colon = strchr(p, ':');
		assert_non_null(colon);
		*colon = 0;
		add_header(v, p, colon + 1);
		p = end ? end + 1 : p + strlen(p);
	}
	v->body = *p ? p + 1 : p;
}

static void cut_request(struct vector *v)
{
	char *line_end = strchr(v->request, '\n');
	char *target = strchr(v->request, ' ') + 1;
	char *version, *query;

	*line_end = 0;
	version = strstr(target, " HTTP/1.1");
	assert_non_null(version);
	*version = 0;
	target[-1] = 0;
	v->r.method = v->request;
	v->r.path = target;
	query = strchr(target, '?');
	if (query)
		*query++ = 0;
	v->r.query = query;
	cut_headers(v, line_end + 1);
}

static void load(struct vector *v, const char *name)
{
	json_error_t error;
	char *text;

	memset(v, 0, sizeof(*v));
	snprintf(v->folder, sizeof(v->folder), "%s/%s", root(), name);
	text = read_text(v, "context.json");
	v->context = json_loads(text, 0, &error);
	free(text);
	assert_non_null(v->context);
	compact_date(v->date, context_text(v, "timestamp"));
	v->request = read_text(v, "request.txt");
	cut_request(v);
	v->r.no_normalise =
		!json_is_true(json_object_get(v->context, "normalize"));
	v->r.headers = v->headers;
}

static void unload(struct vector *v)
{
	json_decref(v->context);
	free(v->request);
}

static void expect(const struct vector *v, const char *file,
	const char *actual)
{
	char *wanted = read_text(v, file);

	if (strcmp(wanted, actual) != 0)
		fail_msg("%s/%s:\n%s\n-- is not --\n%s", v->folder, file,
			actual, wanted);
	free(wanted);
}

static struct sigv4_scope scope_of(const struct vector *v)
{
	return (struct sigv4_scope){ .date = v->date,
		.region = context_text(v, "region"),
		.service = context_text(v, "service") };
}

static bool signs_token(const struct vector *v)
{
	return credential(v, "token") && !json_is_true(
		json_object_get(v->context, "omit_session_token"));
}

static void check_header_form(struct vector *v)
{
	struct sigv4_scope scope = scope_of(v);
	struct str canonical = STR_INIT, names = STR_INIT, text = STR_INIT;
	char hex[65];

	sigv4_sha256_hex(v->hash, v->body, strlen(v->body));
	add_header(v, "X-Amz-Date", v->date);
	if (json_is_true(json_object_get(v->context, "sign_body")))
		add_header(v, "x-amz-content-sha256", v->hash);
	if (signs_token(v))
		add_header(v, "X-Amz-Security-Token", credential(v, "token"));
	v->r.header_count = v->count;
	v->r.payload_hash = v->hash;
	sigv4_canonical_request(&canonical, &v->r, &names);
	expect(v, "header-canonical-request.txt", canonical.p);
	sigv4_string_to_sign(&text, &scope, canonical.p, canonical.len);
	expect(v, "header-string-to-sign.txt", text.p);
	sigv4_signature(hex, credential(v, "secret_access_key"), &scope,
		text.p, text.len);
	expect(v, "header-signature.txt", hex);
	str_clear(&canonical);
	str_clear(&names);
	str_clear(&text);
}

/* The presigned query, signed again from what it says of itself, must give
 * AWS's canonical request; its last parameter must be AWS's signature. */
static void check_query_form(struct vector *v)
{
	struct sigv4_scope scope = scope_of(v);
	struct str query = STR_INIT, canonical = STR_INIT, names = STR_INIT;
	struct str text = STR_INIT;
	const char *body = json_is_true(json_object_get(v->context,
		"sign_body")) ? v->body : "";
	char *cut;

	sigv4_sha256_hex(v->hash, body, strlen(body));
	v->r.header_count = v->count;
	v->r.payload_hash = v->hash;
	sigv4_presign(&query, &v->r, &scope, credential(v, "access_key_id"),
		credential(v, "secret_access_key"),
		signs_token(v) ? credential(v, "token") : NULL,
		(unsigned)json_integer_value(json_object_get(v->context,
			"expiration_in_seconds")));
	cut = strstr(query.p, "&X-Amz-Signature=");
	assert_non_null(cut);
	*cut = 0;
	expect(v, "query-signature.txt", cut + strlen("&X-Amz-Signature="));
	v->r.query = query.p;
	sigv4_canonical_request(&canonical, &v->r, &names);
	expect(v, "query-canonical-request.txt", canonical.p);
	sigv4_string_to_sign(&text, &scope, canonical.p, canonical.len);
	expect(v, "query-string-to-sign.txt", text.p);
	str_clear(&query);
	str_clear(&canonical);
	str_clear(&names);
	str_clear(&text);
}

static int is_folder(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void run_all(void (*check)(struct vector *v))
{
	struct dirent **names = NULL;
	int count = scandir(root(), &names, is_folder, alphasort);

	if (count < 0) {
		print_message("no %s: set TUCUXI_SHARED\n", root());
		skip();
	}
	assert_true(count > 20);
	for (int i = 0; i < count; i++) {
		struct vector v;

		load(&v, names[i]->d_name);
		check(&v);
		unload(&v);
		free(names[i]);
	}
	free(names);
}

static void test_header_form(void **state)
{
	(void)state;
	run_all(check_header_form);
}

static void test_query_form(void **state)
{
	(void)state;
	run_all(check_query_form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_header_form),
		cmocka_unit_test(test_query_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
