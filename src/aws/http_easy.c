/* SPDX-License-Identifier: MIT */
#include "aws/http_private.h"

#include "base/mem.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { CONNECT_MS = 10000, LOW_SPEED_S = 30, SMALL_BODY = 64 * 1024 };

static void add_line(struct http_exchange *x, const char *line)
{
	struct curl_slist *list = curl_slist_append(x->headers, line);

	if (list)
		x->headers = list;
}

/* libcurl's own Expect and Content-Type would not be the signed ones. */
static void set_headers(struct http_exchange *x,
	const struct http_request *request)
{
	struct str line = STR_INIT;
	bool typed = false;

	for (size_t i = 0; i < request->header_count; i++) {
		const struct http_header *h = &request->headers[i];

		str_reset(&line);
		if (*h->value)
			str_addf(&line, "%s: %s", h->name, h->value);
		else
			str_addf(&line, "%s;", h->name);
		add_line(x, line.p);
		typed = typed || strcasecmp(h->name, "content-type") == 0;
	}
	str_wipe(&line);
	add_line(x, "Expect:");
	if (!typed)
		add_line(x, "Content-Type:");
	curl_easy_setopt(x->easy, CURLOPT_HTTPHEADER, x->headers);
}

static void set_method(struct http_exchange *x,
	const struct http_request *request)
{
	const char *method = request->method;
	bool post = strcmp(method, "POST") == 0;

	if (strcmp(method, "HEAD") == 0) {
		curl_easy_setopt(x->easy, CURLOPT_NOBODY, 1L);
		return;
	}
	if (!post && strcmp(method, "PUT") != 0 && !request->body_len) {
		curl_easy_setopt(x->easy, CURLOPT_HTTPGET, 1L);
	} else {
		x->body = xmalloc(request->body_len + 1);
		if (request->body_len)
			memcpy(x->body, request->body, request->body_len);
		x->body[request->body_len] = 0;
		curl_easy_setopt(x->easy, CURLOPT_POST, 1L);
		curl_easy_setopt(x->easy, CURLOPT_POSTFIELDSIZE_LARGE,
			(curl_off_t)request->body_len);
		curl_easy_setopt(x->easy, CURLOPT_POSTFIELDS, x->body);
		if (request->body_len > SMALL_BODY)
			curl_easy_setopt(x->easy,
				CURLOPT_UPLOAD_BUFFERSIZE, 256L * 1024);
	}
	if (!post)
		curl_easy_setopt(x->easy, CURLOPT_CUSTOMREQUEST, method);
}

static void set_trust(struct http_exchange *x)
{
	struct stat st;

	curl_easy_setopt(x->easy, CURLOPT_SSLVERSION,
		(long)CURL_SSLVERSION_TLSv1_2);
	if (!x->ca_bundle)
		return;
	if (stat(x->ca_bundle, &st) == 0 && S_ISDIR(st.st_mode))
		curl_easy_setopt(x->easy, CURLOPT_CAPATH, x->ca_bundle);
	else
		curl_easy_setopt(x->easy, CURLOPT_CAINFO, x->ca_bundle);
}

static void set_route(struct http_exchange *x,
	const struct http_request *request)
{
	const char *proxy = request->ignore_environment ? "" : request->proxy;

	if (proxy) {
		curl_easy_setopt(x->easy, CURLOPT_PROXY, proxy);
		curl_easy_setopt(x->easy, CURLOPT_NOPROXY, *proxy ? "" : "*");
	}
	curl_easy_setopt(x->easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	if (!request->fresh)
		return;
	curl_easy_setopt(x->easy, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(x->easy, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(x->easy, CURLOPT_HTTP_VERSION,
		(long)CURL_HTTP_VERSION_1_1);
}

static void set_limits(struct http_exchange *x,
	const struct http_request *request)
{
	x->connect_ms = request->connect_ms ? request->connect_ms :
		CONNECT_MS;
	x->low_speed_s = request->low_speed_s ? request->low_speed_s :
		LOW_SPEED_S;
	curl_easy_setopt(x->easy, CURLOPT_CONNECTTIMEOUT_MS, x->connect_ms);
	curl_easy_setopt(x->easy, CURLOPT_TIMEOUT_MS, request->total_ms);
	curl_easy_setopt(x->easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(x->easy, CURLOPT_LOW_SPEED_TIME, x->low_speed_s);
}

static void set_callbacks(struct http_exchange *x)
{
	curl_easy_setopt(x->easy, CURLOPT_PRIVATE, x);
	curl_easy_setopt(x->easy, CURLOPT_ERRORBUFFER, x->curl_text);
	curl_easy_setopt(x->easy, CURLOPT_HEADERFUNCTION, http_on_header);
	curl_easy_setopt(x->easy, CURLOPT_HEADERDATA, x);
	curl_easy_setopt(x->easy, CURLOPT_WRITEFUNCTION, http_on_body);
	curl_easy_setopt(x->easy, CURLOPT_WRITEDATA, x);
	curl_easy_setopt(x->easy, CURLOPT_PREREQFUNCTION, http_on_request);
	curl_easy_setopt(x->easy, CURLOPT_PREREQDATA, x);
	curl_easy_setopt(x->easy, CURLOPT_BUFFERSIZE, (long)CHUNK_BYTES);
}

bool http_easy_open(struct http_exchange *x,
	const struct http_request *request)
{
	x->easy = curl_easy_init();
	if (!x->easy)
		return false;
	curl_easy_setopt(x->easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(x->easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(x->easy, CURLOPT_URL, request->url);
	curl_easy_setopt(x->easy, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(x->easy, CURLOPT_FOLLOWLOCATION, 0L);
	if (http_share())
		curl_easy_setopt(x->easy, CURLOPT_SHARE, http_share());
	set_callbacks(x);
	set_method(x, request);
	set_headers(x, request);
	set_trust(x);
	set_route(x, request);
	set_limits(x, request);
	return true;
}
