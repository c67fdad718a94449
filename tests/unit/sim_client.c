/* SPDX-License-Identifier: MIT */
#include "sim_client.h"

#include "aws/sigv4.h"
#include "base/clock.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEADERS_MOST 32

void sim_client_init(struct sim_client *c, const struct sim *sim,
	const char *service)
{
	*c = (struct sim_client){
		.port = sim_port(sim), .fd = -1, .access = SIM_ACCESS_KEY,
		.secret = SIM_SECRET_KEY, .region = "us-east-1",
		.service = service,
	};
}

void sim_client_clear(struct sim_client *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
}

static void connect_it(struct sim_client *c)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)c->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};

	if (c->fd >= 0)
		return;
	c->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(c->fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		abort();
}

void sim_client_raw(struct sim_client *c, const char *bytes, size_t len)
{
	connect_it(c);
	while (len > 0) {
		ssize_t n = send(c->fd, bytes, len, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		bytes += n;
		len -= (size_t)n;
	}
}

/* "a: b\r\n"… becomes rows; cuts the text into pieces. */
static size_t split_headers(char *text, struct sigv4_header *out, size_t most)
{
	size_t count = 0;

	while (*text && count < most) {
		char *end = strstr(text, "\r\n"), *colon = strchr(text, ':');

		*end = *colon = '\0';
		out[count].name = text;
		out[count++].value = colon + 1 + strspn(colon + 1, " ");
		text = end + 2;
	}
	return count;
}

/* Puts the Authorization line behind the headers that it signs. */
static void sign(struct sim_client *c, const struct sim_send *s,
	const char *hash, const char *date, struct str *headers)
{
	struct sigv4_scope scope = { date, c->region, c->service };
	struct sigv4_header rows[HEADERS_MOST];
	char *copy = xstrdup(headers->p);
	const char *mark = strchrnul(s->target, '?');
	char *path = xstrndup(s->target, (size_t)(mark - s->target));
	struct sigv4_request r = {
		.method = s->method, .path = path,
		.query = *mark ? mark + 1 : "", .headers = rows,
		.payload_hash = hash, .s3 = !strcmp(c->service, "s3"),
	};

	r.header_count = split_headers(copy, rows, HEADERS_MOST);
	str_add(headers, "Authorization: ");
	sigv4_authorization(headers, &r, &scope, c->access, c->secret);
	str_add(headers, "\r\n");
	free(path);
	free(copy);
}

void sim_client_send(struct sim_client *c, const struct sim_send *s)
{
	struct str headers = STR_INIT, out = STR_INIT;
	const char *body = s->body ? s->body : "";
	size_t len = s->body_len ? s->body_len : strlen(body);
	char hash[65], date[32];

	sigv4_sha256_hex(hash, body, len);
	clock_format_basic(clock_wall(), date);
	str_addf(&headers, "Host: %s\r\nX-Amz-Date: %s\r\n"
		"X-Amz-Content-Sha256: %s\r\n%s",
		s->host ? s->host : "127.0.0.1", date,
		s->hash ? s->hash : hash, s->headers ? s->headers : "");
	if (c->token)
		str_addf(&headers, "X-Amz-Security-Token: %s\r\n", c->token);
	if (!s->no_auth)
		sign(c, s, s->hash ? s->hash : hash, date, &headers);
	str_addf(&out, "%s %s HTTP/1.1\r\n%s", s->method, s->target,
		headers.p);
	if (len > 0 || strcmp(s->method, "GET") != 0)
		str_addf(&out, "Content-Length: %zu\r\n", len);
	str_add(&out, "\r\n");
	str_addn(&out, body, len);
	sim_client_raw(c, out.p, out.len);
	str_clear(&headers);
	str_clear(&out);
}

void sim_answer_clear(struct sim_answer *a)
{
	str_clear(&a->head);
	str_clear(&a->body);
}

char *sim_header(const struct sim_answer *a, const char *name)
{
	struct str wanted = STR_INIT;
	const char *at;
	char *value = NULL;

	str_addf(&wanted, "\r\n%s: ", name);
	at = strcasestr(a->head.p, wanted.p);
	if (at) {
		at += wanted.len;
		value = xstrndup(at, strcspn(at, "\r"));
	}
	str_clear(&wanted);
	return value;
}

static bool more(struct sim_client *c, struct str *out)
{
	char piece[65536];
	ssize_t n = c->fd < 0 ? 0 : recv(c->fd, piece, sizeof(piece), 0);

	if (n <= 0) {
		sim_client_clear(c);
		return false;
	}
	str_addn(out, piece, (size_t)n);
	return true;
}

static size_t promised(const struct sim_answer *a)
{
	char *text = sim_header(a, "Content-Length");
	size_t len = text ? strtoul(text, NULL, 10) : 0;

	free(text);
	return len;
}

void sim_client_read(struct sim_client *c, bool is_head, struct sim_answer *a)
{
	size_t head, len;
	char *end;

	*a = (struct sim_answer){ .head = STR_INIT, .body = STR_INIT };
	while (!(end = strstr(a->head.p, "\r\n\r\n")))
		if (!more(c, &a->head))
			return;
	head = (size_t)(end - a->head.p) + 2;
	str_addn(&a->body, end + 4, a->head.len - head - 2);
	str_truncate(&a->head, head);
	a->status = (unsigned)strtoul(a->head.p + 9, NULL, 10);
	len = is_head || a->status == 304 ? 0 : promised(a);
	while (a->body.len < len && !a->cut)
		a->cut = !more(c, &a->body);
}

static char *run(struct sim_client *c, const struct sim_send *s,
	unsigned *status)
{
	struct sim_answer a;
	char *body;

	sim_client_send(c, s);
	sim_client_read(c, !strcmp(s->method, "HEAD"), &a);
	if (status)
		*status = a.status;
	body = str_take(&a.body);
	sim_answer_clear(&a);
	return body;
}

char *sim_client_form(struct sim_client *c, const char *form,
	unsigned *status)
{
	static const char type[] =
		"Content-Type: application/x-www-form-urlencoded\r\n";
	struct sim_send s = { .method = "POST", .target = "/",
		.headers = type, .body = form };

	return run(c, &s, status);
}

char *sim_client_get(struct sim_client *c, const char *target,
	unsigned *status)
{
	return run(c, &(struct sim_send){ .method = "GET", .target = target },
		status);
}

char *sim_client_put(struct sim_client *c, const char *target,
	const char *body, unsigned *status)
{
	return run(c, &(struct sim_send){ .method = "PUT", .target = target,
		.body = body }, status);
}

char *sim_element(const char *xml, const char *name)
{
	struct str open = STR_INIT;
	const char *at;
	char *text = NULL;

	str_addf(&open, "<%s>", name);
	at = strstr(xml, open.p);
	if (at) {
		at += open.len;
		text = xstrndup(at, strcspn(at, "<"));
	}
	str_clear(&open);
	return text;
}

size_t sim_count(const char *text, const char *needle)
{
	size_t count = 0;

	for (; (text = strstr(text, needle)); text += strlen(needle))
		count++;
	return count;
}
