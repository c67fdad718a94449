/* SPDX-License-Identifier: MIT */
/*
 * HTTP by libmicrohttpd, a thread for each connection: so a slow or silent
 * reply holds up nobody else, and an idle server does not wake up at all.
 */
#include "sim/server.h"

#include "base/clock.h"
#include "base/mem.h"
#include "sim/call.h"
#include "sim/requests.h"
#include "sim/xml.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define CONNECTIONS_MOST 256
#define CONNECTION_MEMORY ((size_t)128 * 1024)
#define BUFFERS_KEPT 16
#define BUFFER_KEPT_MOST ((size_t)16 << 20)
#define PIECE ((size_t)16 * 1024)

struct wire {
	struct sim *sim;
	struct MHD_Daemon *daemon;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	int stop_fd;             /* readable once stopping */
	uint64_t connections;
	struct str *buffers[BUFFERS_KEPT];
	size_t buffer_count;
};

/* A reply's body while it is sent. */
struct body {
	struct wire *wire;
	struct str *text;
	struct blob *blob;
	uint64_t from, len;
	struct serve_result how;
};

struct str *wire_buffer_take(struct wire *w)
{
	struct str *buffer = NULL;

	pthread_mutex_lock(&w->lock);
	if (w->buffer_count > 0)
		buffer = w->buffers[--w->buffer_count];
	pthread_mutex_unlock(&w->lock);
	if (!buffer) {
		buffer = xmalloc(sizeof(*buffer));
		str_init(buffer, 0);
	}
	return buffer;
}

void wire_buffer_give(struct wire *w, struct str *buffer)
{
	if (!buffer)
		return;
	str_reset(buffer);
	if (buffer->room <= BUFFER_KEPT_MOST) {
		pthread_mutex_lock(&w->lock);
		if (w->buffer_count < BUFFERS_KEPT) {
			w->buffers[w->buffer_count++] = buffer;
			buffer = NULL;
		}
		pthread_mutex_unlock(&w->lock);
	}
	if (buffer) {
		str_clear(buffer);
		free(buffer);
	}
}

bool wire_sleep(struct wire *w, unsigned ms)
{
	int64_t deadline = clock_now() + ms;
	bool going;

	pthread_mutex_lock(&w->lock);
	while (!w->stopping && ms > 0 && clock_now() < deadline)
		clock_wait(&w->wake, &w->lock, deadline);
	going = !w->stopping;
	pthread_mutex_unlock(&w->lock);
	return going;
}

/* Until the client gives up or the simulator ends. */
static void wait_silently(struct wire *w, struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct pollfd fds[] = {
		{ .fd = w->stop_fd, .events = POLLIN },
		{ .fd = info ? info->connect_fd : -1, .events = POLLRDHUP },
	};

	while (poll(fds, 2, -1) < 0)
		;
}

static ssize_t read_body(void *data, uint64_t at, char *out, size_t room)
{
	struct body *b = data;
	uint64_t left = b->len - at;

	if (b->how.cut) {
		if (at >= b->len / 2)
			return MHD_CONTENT_READER_END_WITH_ERROR;
		left = b->len / 2 - at;
	}
	if (b->how.slow && !wire_sleep(b->wire, b->how.slow))
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (b->how.slow && room > PIECE)
		room = PIECE;
	if (room > left)
		room = (size_t)left;
	if (b->blob)
		blob_read(b->blob, b->from + at, out, room);
	else
		memcpy(out, b->text->p + at, room);
	return (ssize_t)room;
}

static void free_body(void *data)
{
	struct body *b = data;

	wire_buffer_give(b->wire, b->text);
	blob_unref(b->blob);
	free(b);
}

static struct MHD_Response *make_response(struct wire *w, struct call *c,
	const struct serve_result *result)
{
	struct body *b = xcalloc(1, sizeof(*b));
	bool made = c->blob && !c->blob->bytes;

	b->wire = w;
	b->text = c->out;
	b->blob = c->blob;
	b->from = c->blob_from;
	b->len = c->blob ? c->blob_len : c->out->len;
	b->how = *result;
	c->out = NULL;
	c->blob = NULL;
	if (made || result->cut || result->slow)
		return MHD_create_response_from_callback(b->len,
			4 * PIECE, read_body, b, free_body);
	return MHD_create_response_from_buffer_with_free_callback_cls(
		(size_t)b->len, b->blob ? b->blob->bytes + b->from :
		b->text->p, free_body, b);
}

static enum MHD_Result send_reply(struct wire *w,
	struct MHD_Connection *connection, struct call *c,
	const struct serve_result *result)
{
	struct MHD_Response *r = make_response(w, c, result);
	enum MHD_Result ok;
	char date[32];

	http_date(date, c->now);
	MHD_add_response_header(r, MHD_HTTP_HEADER_DATE, date);
	for (size_t i = 0; i < c->out_headers.count; i++)
		MHD_add_response_header(r, c->out_headers.items[i].name,
			c->out_headers.items[i].value);
	ok = MHD_queue_response(connection, c->status, r);
	MHD_destroy_response(r);
	return ok;
}

static enum MHD_Result add_header(void *data, enum MHD_ValueKind kind,
	const char *name, const char *value)
{
	(void)kind;
	call_header_add(data, name, value);
	return MHD_YES;
}

static enum MHD_Result answer(struct wire *w,
	struct MHD_Connection *connection, struct call *c)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct serve_result result = { .end = SERVE_REPLY };
	enum MHD_Result ok = MHD_NO;

	c->connection = info ? (uint64_t)(uintptr_t)info->socket_context : 0;
	c->out = wire_buffer_take(w);
	MHD_get_connection_values(connection, MHD_HEADER_KIND, add_header, c);
	serve(c, &result);
	if (result.end == SERVE_SILENT)
		wait_silently(w, connection);
	else if (result.end == SERVE_REPLY)
		ok = send_reply(w, connection, c, &result);
	wire_buffer_give(w, c->out);
	c->out = NULL;
	return ok;
}

/* Called once when the head is there, once for each piece of the body, and
 * once more at the end. */
static enum MHD_Result on_request(void *data,
	struct MHD_Connection *connection, const char *url, const char *method,
	const char *version, const char *upload, size_t *upload_size,
	void **state)
{
	struct call *c = *state;

	(void)url;
	(void)version;
	if (!c)
		return MHD_NO;
	if (!c->method) {
		c->method = call_text(c, method, strlen(method));
		return MHD_YES;
	}
	if (*upload_size > 0) {
		if (!str_addn(&c->body, upload, *upload_size))
			return MHD_NO;
		*upload_size = 0;
		return MHD_YES;
	}
	return answer(data, connection, c);
}

static void *on_uri(void *data, const char *uri,
	struct MHD_Connection *connection)
{
	struct wire *w = data;

	(void)connection;
	return call_new(w->sim, uri);
}

static void on_done(void *data, struct MHD_Connection *connection,
	void **state, enum MHD_RequestTerminationCode how)
{
	(void)data;
	(void)connection;
	(void)how;
	call_free(*state);
	*state = NULL;
}

static void on_connection(void *data, struct MHD_Connection *connection,
	void **context, enum MHD_ConnectionNotificationCode what)
{
	struct wire *w = data;

	(void)connection;
	if (what != MHD_CONNECTION_NOTIFY_STARTED)
		return;
	pthread_mutex_lock(&w->lock);
	*context = (void *)(uintptr_t)++w->connections;
	pthread_mutex_unlock(&w->lock);
}

/* Paths and queries are decoded by call.c, from the raw line. */
static size_t leave(void *data, struct MHD_Connection *connection, char *text)
{
	(void)data;
	(void)connection;
	return strlen(text);
}

struct wire *wire_new(struct sim *sim)
{
	struct wire *w = xcalloc(1, sizeof(*w));

	w->sim = sim;
	pthread_mutex_init(&w->lock, NULL);
	clock_cond_init(&w->wake);
	w->stop_fd = eventfd(0, EFD_CLOEXEC);
	return w;
}

bool wire_listen(struct wire *w, unsigned port, struct error *err)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};

	w->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD |
		MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL | MHD_USE_ITC |
		MHD_USE_SUPPRESS_DATE_NO_CLOCK, (uint16_t)port, NULL, NULL,
		on_request, w,
		MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MOST,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY,
		MHD_OPTION_URI_LOG_CALLBACK, on_uri, w,
		MHD_OPTION_UNESCAPE_CALLBACK, leave, NULL,
		MHD_OPTION_NOTIFY_COMPLETED, on_done, NULL,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, w,
		MHD_OPTION_END);
	return w->daemon || error_set(err, ERR_IO,
		"The simulator cannot listen on 127.0.0.1:%u.", port);
}

void wire_free(struct wire *w)
{
	uint64_t one = 1;

	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_broadcast(&w->wake);
	pthread_mutex_unlock(&w->lock);
	while (write(w->stop_fd, &one, sizeof(one)) < 0)
		;
	if (w->daemon)
		MHD_stop_daemon(w->daemon);
	while (w->buffer_count > 0) {
		struct str *buffer = w->buffers[--w->buffer_count];

		str_clear(buffer);
		free(buffer);
	}
	close(w->stop_fd);
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

unsigned wire_port(const struct wire *w)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(w->daemon,
		MHD_DAEMON_INFO_BIND_PORT);

	return info ? info->port : 0;
}
