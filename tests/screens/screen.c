/* SPDX-License-Identifier: MIT */
#include "tests/screens/screen.h"

#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <pty.h>
#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#define GIVE_UP_MS 20000
#define PUMP_MS 5
#define MARK "\033]7777;"

static void take_reply(const char *bytes, size_t len, void *user)
{
	screen_send(user, bytes, len);
}

static int take_property(VTermProp property, VTermValue *value, void *user)
{
	struct screen_test *t = user;

	if (property == VTERM_PROP_ALTSCREEN)
		t->alternate = value->boolean;
	return 1;
}

static int take_bell(void *user)
{
	((struct screen_test *)user)->bell = true;
	return 1;
}

static const VTermScreenCallbacks callbacks = {
	.settermprop = take_property,
	.bell = take_bell,
};

static void make_terminal(struct screen_test *t)
{
	t->vt = vterm_new(t->rows, t->columns);
	vterm_set_utf8(t->vt, 1);
	vterm_output_set_callback(t->vt, take_reply, t);
	t->vts = vterm_obtain_screen(t->vt);
	vterm_screen_set_callbacks(t->vts, &callbacks, t);
	vterm_screen_enable_altscreen(t->vts, 1);
	vterm_screen_reset(t->vts, 1);
}

static void run_child(char *const *argv, char *const *env, int control)
{
	char number[32];

	clearenv();
	for (; env && *env; env++)
		putenv(*env);
	snprintf(number, sizeof(number), "%d", control);
	setenv("TUCUXI_CONTROL", number, 1);
	execv(argv[0], argv);
	fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

bool screen_start(struct screen_test *t, char *const *argv,
	char *const *env, int rows, int columns)
{
	struct winsize size = { .ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)columns };
	int pair[2];

	*t = (struct screen_test){ .rows = rows, .columns = columns,
		.tail = STR_INIT, .answer = STR_INIT };
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
		return false;
	fcntl(pair[0], F_SETFD, FD_CLOEXEC);
	make_terminal(t);
	t->pid = forkpty(&t->tty, NULL, NULL, &size);
	if (t->pid == 0)
		run_child(argv, env, pair[1]);
	close(pair[1]);
	t->control = pair[0];
	return t->pid > 0;
}

void screen_end(struct screen_test *t)
{
	if (!t->ended && t->pid > 0) {
		kill(t->pid, SIGKILL);
		waitpid(t->pid, NULL, 0);
	}
	close(t->tty);
	close(t->control);
	vterm_free(t->vt);
	str_clear(&t->tail);
	str_clear(&t->answer);
}

void screen_send(struct screen_test *t, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(t->tty, bytes, len);

		if (n < 0 && errno != EINTR)
			return;
		if (n > 0) {
			t->written += (size_t)n;
			bytes += n;
			len -= (size_t)n;
		}
	}
}

void screen_resize(struct screen_test *t, int rows, int columns)
{
	struct winsize size = { .ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)columns };

	t->rows = rows;
	t->columns = columns;
	vterm_set_size(t->vt, rows, columns);
	ioctl(t->tty, TIOCSWINSZ, &size);
}

/* Output up to a mark goes to the emulator, the mark itself does not. */
static void take_output(struct screen_test *t)
{
	char mark[48];
	const char *at;
	size_t len, keep;

	snprintf(mark, sizeof(mark), MARK "%u\033\\", t->question);
	len = strlen(mark);
	at = memmem(t->tail.p, t->tail.len, mark, len);
	if (at) {
		size_t before = (size_t)(at - t->tail.p);

		vterm_input_write(t->vt, t->tail.p, before);
		memmove(t->tail.p, at + len, t->tail.len - before - len);
		str_truncate(&t->tail, t->tail.len - before - len);
		t->marked = true;
	}
	/* A mark may be cut by the read: what could be its start waits. */
	for (keep = t->tail.len < len ? t->tail.len : len - 1; keep; keep--)
		if (!memcmp(t->tail.p + t->tail.len - keep, mark, keep))
			break;
	vterm_input_write(t->vt, t->tail.p, t->tail.len - keep);
	memmove(t->tail.p, t->tail.p + t->tail.len - keep, keep);
	str_truncate(&t->tail, keep);
}

/* An `idle` was over with its mark; its line is nobody's answer. */
static void take_answer(struct screen_test *t)
{
	char *end;

	while (t->owed && (end = memchr(t->answer.p, '\n', t->answer.len))) {
		size_t len = (size_t)(end + 1 - t->answer.p);

		memmove(t->answer.p, end + 1, t->answer.len - len);
		str_truncate(&t->answer, t->answer.len - len);
		t->owed--;
	}
	t->answered = str_ends(t->answer.p, "\n");
}

static void take_end(struct screen_test *t)
{
	int status = 0;

	if (t->ended)
		return;
	waitpid(t->pid, &status, 0);
	t->ended = true;
	t->status = WIFEXITED(status) ? WEXITSTATUS(status) :
		128 + WTERMSIG(status);
}

static int64_t real_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* One wait for anything; false when there is nothing to wait for. */
static bool pump(struct screen_test *t, int64_t give_up)
{
	struct pollfd fds[2] = { { .fd = t->tty, .events = POLLIN },
		{ .fd = t->control, .events = POLLIN } };
	char buffer[65536];
	int64_t left = give_up - real_now();
	ssize_t n;

	if (t->ended || left <= 0 || poll(fds, 2, (int)left) <= 0)
		return false;
	if (fds[1].revents & POLLIN) {
		n = read(t->control, buffer, sizeof(buffer));
		if (n > 0)
			str_addn(&t->answer, buffer, (size_t)n);
		take_answer(t);
	}
	if (fds[0].revents) {
		n = read(t->tty, buffer, sizeof(buffer));
		if (n <= 0) {
			take_end(t);
			return true;
		}
		str_addn(&t->tail, buffer, (size_t)n);
		take_output(t);
	} else if (fds[1].revents & (POLLHUP | POLLERR)) {
		close(t->control);
		t->control = open("/dev/null", O_RDWR | O_CLOEXEC);
	}
	return true;
}

bool screen_await_idle(struct screen_test *t)
{
	int64_t give_up = real_now() + GIVE_UP_MS;
	char line[64];

	if (t->answered)         /* somebody has read it */
		str_reset(&t->answer);
	t->answered = false;
	t->question++;
	t->marked = false;
	snprintf(line, sizeof(line), "idle %zu %u\n", t->written,
		t->question);
	if (write(t->control, line, strlen(line)) < 0)
		return false;
	t->owed++;
	while (!t->marked)
		if (!pump(t, give_up))
			return false;
	return true;
}

bool screen_await_exit(struct screen_test *t)
{
	int64_t give_up = real_now() + GIVE_UP_MS;

	while (!t->ended)
		if (!pump(t, give_up))
			return false;
	return true;
}

static bool has_text(const struct screen_test *t, const regex_t *re)
{
	struct str text = STR_INIT;
	bool found;

	screen_text(t, &text);
	found = !regexec(re, text.p, 0, NULL, 0);
	str_clear(&text);
	return found;
}

bool screen_await_text(struct screen_test *t, const char *regex)
{
	int64_t give_up = real_now() + GIVE_UP_MS;
	regex_t re;
	bool found;

	if (regcomp(&re, regex, SCREEN_REGEX))
		return false;
	while (!(found = has_text(t, &re)))
		if (!pump(t, give_up))
			break;
	regfree(&re);
	return found;
}

bool screen_control(struct screen_test *t, const char *line)
{
	int64_t give_up = real_now() + GIVE_UP_MS;
	struct str out = STR_INIT;

	str_addf(&out, "%s\n", line);
	str_reset(&t->answer);
	t->answered = false;
	if (write(t->control, out.p, out.len) < 0)
		give_up = 0;
	str_clear(&out);
	while (!t->answered)
		if (!pump(t, give_up))
			return false;
	return str_starts(t->answer.p, "ok");
}

/* Nobody sleeps while a request is under way: then that is waited for. */
bool screen_await_until(struct screen_test *t, const char *regex)
{
	int64_t give_up = real_now() + GIVE_UP_MS;
	regex_t re;
	bool found;

	if (regcomp(&re, regex, SCREEN_REGEX))
		return false;
	while (!(found = has_text(t, &re)) && !t->ended &&
	    real_now() < give_up) {
		screen_control(t, "step");
		pump(t, real_now() + PUMP_MS);
	}
	regfree(&re);
	return found;
}

void screen_text(const struct screen_test *t, struct str *out)
{
	for (int y = 0; y < t->rows; y++) {
		size_t end = out->len;

		for (int x = 0; x < t->columns; x++) {
			VTermPos at = { .row = y, .col = x };
			VTermScreenCell cell;

			vterm_screen_get_cell(t->vts, at, &cell);
			if (cell.chars[0] == (uint32_t)-1)
				continue;
			for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL &&
			     cell.chars[i]; i++) {
				char utf8[4];

				str_addn(out, utf8,
					text_encode(cell.chars[i], utf8));
			}
			if (!cell.chars[0])
				str_addc(out, ' ');
			else if (cell.chars[0] != ' ')
				end = out->len;
		}
		str_truncate(out, end);
		str_addc(out, '\n');
	}
}

static int remove_one(const char *path, const struct stat *status, int type,
	struct FTW *place)
{
	(void)status, (void)type, (void)place;
	return remove(path);
}

void screen_remove(const char *folder)
{
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

bool screen_write_file(const char *path, const struct str *text)
{
	FILE *f = fopen(path, "w");
	bool ok = f && fwrite(text->p, 1, text->len, f) == text->len;

	return f && fclose(f) == 0 && ok;
}

bool screen_read_file(const char *path, struct str *text)
{
	FILE *f = fopen(path, "r");
	char buffer[4096];
	size_t n;

	while (f && (n = fread(buffer, 1, sizeof(buffer), f)) > 0)
		str_addn(text, buffer, n);
	return f && fclose(f) == 0;
}
