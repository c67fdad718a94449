/* SPDX-License-Identifier: MIT */
#include "ui/control.h"

#include "base/clock.h"
#include "base/mem.h"
#include "ui/app_own.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct control {
	int fd;
	struct str input;
	bool waiting;            /* an `idle` has no answer yet */
	uint64_t bytes;          /* … till so many came from the terminal */
	long mark;               /* put behind the frame; 0: none */
};

struct control *control_open(void)
{
	const char *name = getenv("TUCUXI_CONTROL");
	struct control *c;
	long fd;

	if (!name || !str_int(name, 3, 1 << 20, &fd) ||
	    fcntl((int)fd, F_SETFD, FD_CLOEXEC) < 0)
		return NULL;
	c = xcalloc(1, sizeof(*c));
	c->fd = (int)fd;
	str_init(&c->input, 1 << 16);
	return c;
}

void control_close(struct control *c)
{
	if (!c)
		return;
	if (c->fd >= 0)
		close(c->fd);
	str_clear(&c->input);
	free(c);
}

int control_fd(const struct control *c)
{
	return c ? c->fd : -1;
}

static void answer(const struct control *c, struct str *line)
{
	if (send(c->fd, line->p, line->len, MSG_NOSIGNAL) < 0 &&
	    errno == ENOTSOCK && write(c->fd, line->p, line->len) < 0)
		errno = 0;
	str_clear(line);
}

static void reply(const struct control *c, bool ok, const struct error *err)
{
	struct str line = STR_INIT;

	if (ok)
		str_add(&line, "ok\n");
	else
		str_addf(&line, "error: %s\n", err->text);
	answer(c, &line);
}

static bool advance(const char *ms, struct error *err)
{
	long by;

	if (!clock_is_virtual())
		return error_set(err, ERR_USAGE,
			"time is real: TUCUXI_CLOCK was not set");
	if (!str_int(ms, 0, 1000000000, &by))
		return error_set(err, ERR_USAGE, "advance MS");
	clock_advance(by);
	return true;
}

/* To the moment for which somebody sleeps: a retry, a slow reply. */
static bool step(struct error *err)
{
	int64_t next = clock_is_virtual() ? clock_next() : CLOCK_NEVER;

	if (next == CLOCK_NEVER)
		return error_set(err, ERR_USAGE, "nobody sleeps");
	clock_advance(next - clock_now());
	return true;
}

static bool fault(struct app *app, const char *spec, struct error *err)
{
	const struct app_sim *sim = app->own->sim;

	if (!sim)
		return error_set(err, ERR_USAGE, "there is no simulator");
	return sim->fault(sim->sim, spec, err);
}

/* "ok DescribeRegions …" */
static bool operations(struct app *app, struct error *err)
{
	const struct app_sim *sim = app->own->sim;
	struct str line = STR_INIT;
	char *names;

	if (!sim)
		return error_set(err, ERR_USAGE, "there is no simulator");
	names = sim->operations(sim->sim);
	str_addf(&line, "ok %s\n", names);
	answer(app->own->control, &line);
	free(names);
	return true;
}

/* "BYTES MARK", both may be left out. */
static bool wait_idle(struct control *c, char *argument)
{
	char *mark = strchr(argument, ' ');
	long bytes = 0;

	c->mark = 0;
	if (mark)
		*mark++ = '\0';
	if ((*argument && !str_int(argument, 0, 1L << 40, &bytes)) ||
	    (mark && !str_int(mark, 1, 1L << 30, &c->mark)))
		return false;
	c->waiting = true;
	c->bytes = (uint64_t)bytes;
	return true;
}

static void take_line(struct app *app, char *line)
{
	struct control *c = app->own->control;
	char *argument = strchr(line, ' ');
	struct error err = ERROR_INIT;
	bool ok;

	if (argument)
		*argument++ = '\0';
	else
		argument = line + strlen(line);
	if (str_eq(line, "idle") && wait_idle(c, argument))
		return;
	if (str_eq(line, "operations") && operations(app, &err))
		return;
	if (str_eq(line, "operations"))
		ok = false;
	else if (str_eq(line, "advance"))
		ok = advance(argument, &err);
	else if (str_eq(line, "step"))
		ok = step(&err);
	else if (str_eq(line, "fault"))
		ok = fault(app, argument, &err);
	else
		ok = error_set(&err, ERR_USAGE, "no such line: %.40s", line);
	reply(c, ok, &err);
}

void control_read(struct app *app)
{
	struct control *c = app->own->control;
	char bytes[1024], *end;
	ssize_t n = read(c->fd, bytes, sizeof(bytes));

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) {
		close(c->fd);
		c->fd = -1;
		return;
	}
	str_addn(&c->input, bytes, (size_t)n);
	while ((end = memchr(c->input.p, '\n', c->input.len))) {
		struct str rest = STR_INIT;

		*end = '\0';
		str_add(&rest, end + 1);
		take_line(app, c->input.p);
		str_reset(&c->input);
		str_addn(&c->input, rest.p, rest.len);
		str_clear(&rest);
	}
}

static bool panes_idle(const struct app *app)
{
	for (const struct pane *p = app->top; p; p = p->below)
		if (p->ops->idle && !p->ops->idle(p))
			return false;
	return true;
}

void control_frame(struct app *app)
{
	struct control *c = app->own->control;
	struct error none = ERROR_INIT;

	if (!c || !c->waiting || c->fd < 0 ||
	    app->screen->bytes_read < c->bytes)
		return;
	if (key_due(app->own->keys) != CLOCK_NEVER) {
		key_flush(app->own->keys);
		app_take_keys(app);
		app_draw(app);
	}
	if (!app_is_drawn(app) || app->own->jobs || !app_tasks_idle(app) ||
	    !panes_idle(app) || !fetch_idle(app->fetch))
		return;
	c->waiting = false;
	if (c->mark) {
		char bytes[48];
		int n = snprintf(bytes, sizeof(bytes), "\033]7777;%ld\033\\",
			c->mark);

		screen_write(app->screen, bytes, (size_t)n);
	}
	reply(c, true, &none);
}
