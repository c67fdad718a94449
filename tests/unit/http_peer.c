/* SPDX-License-Identifier: MIT */
#include "tests/unit/http_peer.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

struct answer {
	char *bytes;
	size_t len;
	enum peer_end end;
	bool hold;
};

struct request {
	char *text;
	unsigned connection;
};

struct connection {
	struct peer *peer;
	int fd;
	unsigned number;
	pthread_t thread;
};

struct peer {
	int fd;
	unsigned port;
	pthread_t thread;
	pthread_mutex_t lock;        /* all below */
	pthread_cond_t changed;
	struct { struct answer *items; size_t count, room; } script;
	struct { struct request *items; size_t count, room; } log;
	struct { struct connection **items; size_t count, room; } all;
	size_t served, released, holds;
	bool stop;
};

static const char *find_end(const struct str *text)
{
	const char *end = strstr(text->p, "\r\n\r\n");

	return end ? end + 4 : NULL;
}

static size_t announced(const char *text)
{
	const char *p = strcasestr(text, "\r\ncontent-length:");

	return p ? strtoul(p + 17, NULL, 10) : 0;
}

/* One whole request; false: the client has gone. */
static bool read_request(int fd, struct str *text)
{
	char chunk[65536];

	for (;;) {
		const char *end = find_end(text);
		ssize_t len;

		if (end && text->len >= (size_t)(end - text->p) +
				announced(text->p))
			return true;
		len = recv(fd, chunk, sizeof(chunk), 0);
		if (len <= 0)
			return false;
		str_addn(text, chunk, (size_t)len);
	}
}

static bool send_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		bytes += sent;
		len -= (size_t)sent;
	}
	return true;
}

/* Logs the request and takes its answer, a copy. */
static struct answer take_answer(struct peer *p, struct connection *c,
	struct str *text)
{
	static const char nothing[] = "HTTP/1.1 599 Script Is Over\r\n"
		"Content-Length: 0\r\n\r\n";
	struct answer a = { .bytes = (char *)(size_t)nothing,
		.len = sizeof(nothing) - 1 };
	struct request *r;
	size_t turn;

	pthread_mutex_lock(&p->lock);
	r = VEC_PUSH(&p->log);
	r->text = str_take(text);
	r->connection = c->number;
	pthread_cond_broadcast(&p->changed);
	if (p->served < p->script.count)
		a = p->script.items[p->served++];
	turn = a.hold ? ++p->holds : 0;
	while (turn > p->released && !p->stop)
		pthread_cond_wait(&p->changed, &p->lock);
	pthread_mutex_unlock(&p->lock);
	return a;
}

static void *serve(void *data)
{
	struct connection *c = data;
	bool on = true;

	while (on) {
		struct str text = STR_INIT;
		struct answer a;

		if (!read_request(c->fd, &text)) {
			str_clear(&text);
			break;
		}
		a = take_answer(c->peer, c, &text);
		on = send_all(c->fd, a.bytes, a.len) && a.end == PEER_KEEP;
		if (a.end == PEER_RESET) {
			struct linger gone = { .l_onoff = 1 };

			setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &gone,
				sizeof(gone));
		}
	}
	shutdown(c->fd, SHUT_RDWR);
	pthread_mutex_lock(&c->peer->lock);
	close(c->fd);
	c->fd = -1;
	pthread_mutex_unlock(&c->peer->lock);
	return NULL;
}

static void *accept_all(void *data)
{
	struct peer *p = data;

	for (;;) {
		int fd = accept(p->fd, NULL, NULL), on = 1;
		struct connection *c;

		if (fd < 0)
			return NULL;
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		c = xcalloc(1, sizeof(*c));
		c->peer = p;
		c->fd = fd;
		pthread_mutex_lock(&p->lock);
		c->number = (unsigned)p->all.count;
		*VEC_PUSH(&p->all) = c;
		pthread_create(&c->thread, NULL, serve, c);
		pthread_mutex_unlock(&p->lock);
	}
}

struct peer *peer_new(void)
{
	struct peer *p = xcalloc(1, sizeof(*p));
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t len = sizeof(address);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	p->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(p->fd, (struct sockaddr *)&address, len) ||
			listen(p->fd, 64) || getsockname(p->fd,
			(struct sockaddr *)&address, &len)) {
		perror("http_peer");
		abort();
	}
	p->port = ntohs(address.sin_port);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->changed, NULL);
	pthread_create(&p->thread, NULL, accept_all, p);
	return p;
}

static void stop_connections(struct peer *p)
{
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_cond_broadcast(&p->changed);
	for (size_t i = 0; i < p->all.count; i++)
		if (p->all.items[i]->fd >= 0)
			shutdown(p->all.items[i]->fd, SHUT_RDWR);
	pthread_mutex_unlock(&p->lock);
	for (size_t i = 0; i < p->all.count; i++) {
		pthread_join(p->all.items[i]->thread, NULL);
		free(p->all.items[i]);
	}
}

void peer_free(struct peer *p)
{
	shutdown(p->fd, SHUT_RDWR);
	pthread_join(p->thread, NULL);
	close(p->fd);
	stop_connections(p);
	for (size_t i = 0; i < p->script.count; i++)
		free(p->script.items[i].bytes);
	for (size_t i = 0; i < p->log.count; i++)
		free(p->log.items[i].text);
	VEC_FREE(&p->script);
	VEC_FREE(&p->log);
	VEC_FREE(&p->all);
	pthread_cond_destroy(&p->changed);
	pthread_mutex_destroy(&p->lock);
	free(p);
}

unsigned peer_port(const struct peer *p)
{
	return p->port;
}

void peer_raw(struct peer *p, const char *bytes, size_t len,
	enum peer_end end, bool hold)
{
	char *copy = xmalloc(len + 1);

	memcpy(copy, bytes, len);
	copy[len] = 0;
	pthread_mutex_lock(&p->lock);
	*VEC_PUSH(&p->script) = (struct answer){ copy, len, end, hold };
	pthread_mutex_unlock(&p->lock);
}

void peer_text(struct peer *p, const char *text, enum peer_end end)
{
	peer_raw(p, text, strlen(text), end, false);
}

void peer_answer_len(struct peer *p, int status, const char *headers,
	const char *body, size_t len, bool hold)
{
	struct str text = STR_INIT;

	str_addf(&text, "HTTP/1.1 %d Told\r\n%sContent-Length: %zu\r\n\r\n",
		status, headers, len);
	str_addn(&text, body, len);
	peer_raw(p, text.p, text.len, PEER_KEEP, hold);
	str_clear(&text);
}

void peer_answer(struct peer *p, int status, const char *headers,
	const char *body)
{
	peer_answer_len(p, status, headers, body, strlen(body), false);
}

void peer_repeat(struct peer *p, size_t times)
{
	struct answer last;

	pthread_mutex_lock(&p->lock);
	last = p->script.items[p->script.count - 1];
	pthread_mutex_unlock(&p->lock);
	while (times--)
		peer_raw(p, last.bytes, last.len, last.end, last.hold);
}

void peer_release(struct peer *p)
{
	pthread_mutex_lock(&p->lock);
	p->released++;
	pthread_cond_broadcast(&p->changed);
	pthread_mutex_unlock(&p->lock);
}

void peer_await(struct peer *p, size_t requests)
{
	pthread_mutex_lock(&p->lock);
	while (p->log.count < requests)
		pthread_cond_wait(&p->changed, &p->lock);
	pthread_mutex_unlock(&p->lock);
}

size_t peer_count(struct peer *p)
{
	size_t count;

	pthread_mutex_lock(&p->lock);
	count = p->log.count;
	pthread_mutex_unlock(&p->lock);
	return count;
}

static struct request request_at(struct peer *p, size_t i)
{
	struct request r = { 0 };

	pthread_mutex_lock(&p->lock);
	if (i < p->log.count)
		r = p->log.items[i];
	pthread_mutex_unlock(&p->lock);
	return r;
}

const char *peer_request(struct peer *p, size_t i)
{
	const char *text = request_at(p, i).text;

	return text ? text : "";
}

unsigned peer_connection(struct peer *p, size_t i)
{
	return request_at(p, i).connection;
}

const char *peer_header(struct peer *p, size_t i, const char *name)
{
	static char value[4096];
	const char *line = strstr(peer_request(p, i), "\r\n");
	size_t len = strlen(name);

	while (line && strncmp(line, "\r\n\r\n", 4) != 0) {
		line += 2;
		if (strncasecmp(line, name, len) == 0 && line[len] == ':') {
			line += len + 1;
			line += strspn(line, " ");
			snprintf(value, sizeof(value), "%.*s",
				(int)strcspn(line, "\r"), line);
			return value;
		}
		line = strstr(line, "\r\n");
	}
	return NULL;
}

const char *peer_body(struct peer *p, size_t i)
{
	const char *end = strstr(peer_request(p, i), "\r\n\r\n");

	return end ? end + 4 : "";
}
