/* SPDX-License-Identifier: MIT */
#include "ui/term.h"

#include "base/mem.h"
#include "base/vec.h"
#include "ui/clipboard.h"

#include <curses.h>
#include <term.h>
#undef columns
#undef lines

#include <errno.h>
#include <langinfo.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* bracketed paste, focus in and out */
#define MODES_ON "\033[?2004h\033[?1004h"
#define MODES_OFF "\033[?2004l\033[?1004l"
/* presses and the wheel, in SGR form, which knows no widest column */
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"
#define COPY_MOST ((size_t)64 << 10)

struct terminal {
	SCREEN *curses;
	bool measured_wide, mouse;
};

static const int fatal[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
#define FATALS (sizeof(fatal) / sizeof(fatal[0]))

/*
 * What a signal handler or exit() needs to give the terminal back: they are
 * handed no context, so this alone of all state stands at file scope.
 */
static struct {
	volatile sig_atomic_t armed;
	struct termios modes;
	char bytes[256];
	size_t len;
	struct sigaction old[FATALS];
} rescue;

static void write_all(const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(STDOUT_FILENO, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		bytes += n;
		len -= (size_t)n;
	}
}

/* Only what may be called in a signal handler. */
static void rescue_terminal(void)
{
	if (!rescue.armed)
		return;
	rescue.armed = 0;
	write_all(rescue.bytes, rescue.len);
	tcsetattr(STDIN_FILENO, TCSANOW, &rescue.modes);
}

static void on_fatal(int sig)
{
	int error = errno;

	rescue_terminal();
	for (size_t i = 0; i < FATALS; i++)
		if (fatal[i] == sig)
			sigaction(sig, &rescue.old[i], NULL);
	errno = error;
	raise(sig);
}

/* A string of the terminal's description without its padding. */
static void rescue_add(const char *name)
{
	const char *s = tigetstr(name);

	if (!s || s == (char *)-1)
		return;
	for (; *s && rescue.len < sizeof(rescue.bytes); s++) {
		if (s[0] == '$' && s[1] == '<' && strchr(s, '>'))
			s = strchr(s, '>');
		else
			rescue.bytes[rescue.len++] = *s;
	}
}

static void rescue_arm(void)
{
	struct sigaction action = { .sa_handler = on_fatal };
	static const char *const names[] = { "sgr0", "op", "oc", "cnorm",
		"rmcup" };

	memcpy(rescue.bytes, MOUSE_OFF MODES_OFF,
		strlen(MOUSE_OFF MODES_OFF));
	rescue.len = strlen(MOUSE_OFF MODES_OFF);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		rescue_add(names[i]);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < FATALS; i++)
		sigaction(fatal[i], &action, &rescue.old[i]);
	atexit(rescue_terminal);
	rescue.armed = 1;
}

static void modes_on(const struct screen *s)
{
	write_all(MODES_ON, strlen(MODES_ON));
	if (s->terminal->mouse)
		write_all(MOUSE_ON, strlen(MOUSE_ON));
}

static void modes_off(const struct screen *s)
{
	if (s->terminal->mouse)
		write_all(MOUSE_OFF, strlen(MOUSE_OFF));
	write_all(MODES_OFF, strlen(MODES_OFF));
}

static bool check_terminal(struct error *err)
{
	const char *term = getenv("TERM");
	const char *move;
	int found;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return error_set(err, ERR_IO, "standard %s is not a terminal: "
			"in scripts use `tucuxi ls`, see `tucuxi --help`",
			isatty(STDIN_FILENO) ? "output" : "input");
	if (!term || !*term)
		return error_set(err, ERR_IO,
			"TERM is not set: try TERM=xterm-256color");
	if (setupterm(NULL, STDOUT_FILENO, &found) != OK)
		return error_set(err, ERR_IO, "the terminal type %.40s is "
			"unknown here: try TERM=xterm-256color", term);
	move = tigetstr("cup");
	if (!move || move == (char *)-1 || tigetflag("hc") > 0)
		return error_set(err, ERR_IO, "a terminal of type %.40s "
			"cannot move its cursor: try TERM=xterm-256color",
			term);
	del_curterm(cur_term);   /* newterm makes its own */
	return true;
}

static void take_size(struct screen *s)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row &&
	    size.ws_col && (size.ws_row != LINES || size.ws_col != COLS))
		resizeterm(size.ws_row, size.ws_col);
	s->rows = LINES;
	s->columns = COLS;
}

struct screen *screen_open(struct error *err)
{
	struct screen *s;
	SCREEN *curses;

	if (!check_terminal(err))
		return NULL;
	tcgetattr(STDIN_FILENO, &rescue.modes);
	curses = newterm(NULL, stdout, stdin);
	if (!curses) {
		error_set(err, ERR_IO, "the terminal cannot be used: try "
			"TERM=xterm-256color");
		return NULL;
	}
	rescue_arm();
	s = xcalloc(1, sizeof(*s));
	s->terminal = xcalloc(1, sizeof(*s->terminal));
	s->terminal->curses = curses;
	raw();
	noecho();
	nonl();
	leaveok(stdscr, FALSE);
	curs_set(0);
	doupdate();
	take_size(s);
	modes_on(s);
	screen_set_signs(s, false, 0);
	return s;
}

void screen_close(struct screen *s)
{
	if (!s)
		return;
	screen_leave(s);
	tcflush(STDIN_FILENO, TCIFLUSH);
	rescue.armed = 0;
	for (size_t i = 0; i < FATALS; i++)
		sigaction(fatal[i], &rescue.old[i], NULL);
	theme_free(s->theme);
	delscreen(s->terminal->curses);
	free(s->terminal);
	free(s);
}

int screen_fd(const struct screen *s)
{
	(void)s;
	return STDIN_FILENO;
}

long screen_read(struct screen *s, char *bytes, size_t room)
{
	ssize_t n = read(STDIN_FILENO, bytes, room);

	if (n > 0)
		s->bytes_read += (uint64_t)n;
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return -1;
	return n > 0 ? n : 0;
}

struct key_sequence *screen_sequences(const struct screen *s)
{
	static const struct {
		const char *name;
		int key;
	} names[] = {
		{ "kcuu1", KEYCODE_UP }, { "kcud1", KEYCODE_DOWN },
		{ "kcub1", KEYCODE_LEFT }, { "kcuf1", KEYCODE_RIGHT },
		{ "khome", KEYCODE_HOME }, { "kend", KEYCODE_END },
		{ "kpp", KEYCODE_PGUP }, { "knp", KEYCODE_PGDN },
		{ "kich1", KEYCODE_INSERT }, { "kdch1", KEYCODE_DEL },
		{ "kcbt", KEYCODE_TAB | KEYCODE_SHIFT },
		{ "kf1", KEYCODE_F0 + 1 }, { "kf2", KEYCODE_F0 + 2 },
		{ "kf3", KEYCODE_F0 + 3 }, { "kf4", KEYCODE_F0 + 4 },
		{ "kf5", KEYCODE_F0 + 5 }, { "kf6", KEYCODE_F0 + 6 },
		{ "kf7", KEYCODE_F0 + 7 }, { "kf8", KEYCODE_F0 + 8 },
		{ "kf9", KEYCODE_F0 + 9 }, { "kf10", KEYCODE_F0 + 10 },
		{ "kf11", KEYCODE_F0 + 11 }, { "kf12", KEYCODE_F0 + 12 },
	};
	const size_t count = sizeof(names) / sizeof(names[0]);
	struct key_sequence *out = xcalloc(count + 1, sizeof(*out));
	size_t n = 0;

	(void)s;
	for (size_t i = 0; i < count; i++) {
		const char *bytes = tigetstr(names[i].name);

		/* vt100 sends a bare ^H for its left arrow */
		if (!bytes || bytes == (char *)-1 || *bytes != '\033')
			continue;
		out[n++] = (struct key_sequence){ xstrdup(bytes),
			names[i].key };
	}
	return out;
}

bool screen_measure(struct screen *s)
{
	static const char ask[] = "\r\342\227\217\033[6n\r\033[K";

	if (!s->unicode)
		return false;
	write_all(ask, strlen(ask));
	return true;
}

/* OSC 11 is xterm's; simpler terminals would show it as text. */
bool screen_ask_ground(struct screen *s)
{
	static const char ask[] = "\033]11;?\033\\";

	if (theme_depth(s->theme) < 256)
		return false;
	write_all(ask, strlen(ask));
	return true;
}

void screen_set_mouse(struct screen *s, bool on)
{
	if (on == s->terminal->mouse)
		return;
	s->terminal->mouse = on;
	if (on)
		write_all(MOUSE_ON, strlen(MOUSE_ON));
	else
		write_all(MOUSE_OFF, strlen(MOUSE_OFF));
}

void screen_set_signs(struct screen *s, bool ascii, int ambiguous)
{
	s->utf8 = str_eq(nl_langinfo(CODESET), "UTF-8");
	if (ambiguous)
		s->terminal->measured_wide = ambiguous == 2;
	s->ambiguous = s->terminal->measured_wide ? 2 : 1;
	s->unicode = s->utf8 && !ascii && s->ambiguous == 1;
	s->signs = s->unicode ? signs_unicode() : signs_ascii();
}

/* Lines that were to scroll in the old size: the terminal may have been told
 * when it had the new one, and would keep to them. */
static void free_scrolling(struct screen *s)
{
	const char *csr = tigetstr("csr");
	const char *all = csr && csr != (char *)-1 ?
		tparm((char *)csr, 0, s->rows - 1) : NULL;

	if (all && !strstr(all, "$<"))   /* no padding to be made */
		screen_write(s, all, strlen(all));
}

bool screen_resize(struct screen *s)
{
	int rows = s->rows, columns = s->columns;

	/* It may have been another size for a moment, or have had what was
	 * drawn for the old one: nobody knows what stands there now. */
	screen_redraw(s);
	take_size(s);
	free_scrolling(s);
	return rows != s->rows || columns != s->columns;
}

void screen_begin(struct screen *s)
{
	s->cursor = false;
}

void screen_flush(struct screen *s)
{
	if (s->cursor)
		move(s->cursor_y, s->cursor_x);
	else
		move(s->rows - 1, 0);
	curs_set(s->cursor);
	wnoutrefresh(stdscr);
	doupdate();
}

void screen_redraw(struct screen *s)
{
	(void)s;
	clearok(stdscr, TRUE);
}

void screen_resume(struct screen *s)
{
	reset_prog_mode();
	modes_on(s);
	theme_restore(s->theme);
	screen_redraw(s);
	take_size(s);
}

void screen_leave(struct screen *s)
{
	modes_off(s);
	curs_set(1);
	endwin();
}

void screen_suspend(struct screen *s)
{
	struct sigaction standard = { .sa_handler = SIG_DFL };
	sigset_t stop;

	screen_leave(s);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigaction(SIGTSTP, &standard, NULL);
	/* the whole group, as the terminal's own Ctrl-Z does; where nobody
	 * could wake us the kernel ignores it */
	kill(0, SIGTSTP);
	pthread_sigmask(SIG_UNBLOCK, &stop, NULL);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	screen_resume(s);
}

void screen_write(struct screen *s, const char *bytes, size_t len)
{
	(void)s;
	write_all(bytes, len);
}

static bool is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

bool screen_copy(struct screen *s, const char *text)
{
	struct str out = STR_INIT;
	size_t len = strlen(text);

	(void)s;
	if (len > COPY_MOST)
		return false;
	clipboard_sequence(text, len, is_set("TMUX"), is_set("STY"), &out);
	write_all(out.p, out.len);
	str_clear(&out);
	return true;
}

static void signal_set(sigset_t *set)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGINT, SIGWINCH,
		SIGTSTP, SIGCONT };

	sigemptyset(set);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaddset(set, signals[i]);
}

void signals_block(void)
{
	sigset_t set;

	signal_set(&set);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);        /* a file that gets too big */
}

int signals_open(struct error *err)
{
	sigset_t set;
	int fd;

	signal_set(&set);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0)
		error_set(err, ERR_IO, "signalfd: %s", strerror(errno));
	return fd;
}

int signals_read(int fd)
{
	struct signalfd_siginfo info;

	return read(fd, &info, sizeof(info)) == (ssize_t)sizeof(info) ?
		(int)info.ssi_signo : 0;
}
