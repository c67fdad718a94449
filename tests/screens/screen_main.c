/* SPDX-License-Identifier: MIT */
/*
 * screen_run [--update] [--svg DIR] FILE.keys…
 *
 * Runs scripts of keys against the program ($TUCUXI) and compares screens.
 * A script is lines of the command language:
 *
 *	run ARGUMENT…       start it (default: --demo); once a script
 *	env NAME=VALUE      before run; @/ is the script's folder
 *	size 80x24          before run, or a resize
 *	keys WORD…          <Enter> <Esc> <Up> <C-a> <F5> … or plain text
 *	paste TEXT          as the terminal pastes it
 *	bytes TEXT          raw, with \e \n \x1b
 *	await idle | text REGEX | exit STATUS
 *	await until REGEX   waking who sleeps in virtual time, one by one
 *	advance 30s         the virtual clock
 *	fault SPEC          the demo's simulator
 *	expect REGEX        stands on the screen now
 *	reject REGEX        does not
 *	screen NAME         equals NAME.screen beside the script
 *	widths A B REGEX    stands there in every width from A to B
 *	straight TITLE…     the cells of these columns begin under their titles
 *	colours N|rgb       all are of the first N, or some are exact ones
 *	terminal NAME       before run: an entry of terminals.src as TERM
 *	changes none        nothing that changes AWS was sent to the demo
 *	chaos SEED          whatever, at random: chaos.c
 *	picture NAME        with --svg: DIR/NAME.svg
 *	signal NAME         TSTP CONT HUP TERM WINCH
 *	bell yes|no         it rang since it was asked the last time
 *	alternate yes|no    the terminal's alternate screen
 *
 * Prints one line a script and "N passed, N failed, N skipped" at the end.
 */
#include "base/mem.h"
#include "base/vec.h"
#include "cli/command.h"
#include "tests/screens/script.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool script_fail(struct script *s, const char *format, ...)
{
	struct str text = STR_INIT;
	va_list args;

	printf("%s:%u: ", s->path, s->line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	if (s->started) {
		screen_text(&s->test, &text);
		printf("--- the screen\n%s---\n", text.p);
		str_clear(&text);
	}
	return false;
}

static const struct {
	const char *name, *bytes;
} named_keys[] = {
	{ "Enter", "\r" }, { "Esc", "\033" }, { "Tab", "\t" },
	{ "Space", " " }, { "Backspace", "\177" }, { "Up", "\033[A" },
	{ "Down", "\033[B" }, { "Right", "\033[C" }, { "Left", "\033[D" },
	{ "Home", "\033[H" }, { "End", "\033[F" }, { "PgUp", "\033[5~" },
	{ "PgDn", "\033[6~" }, { "Del", "\033[3~" }, { "F1", "\033OP" },
	{ "F5", "\033[15~" }, { "F8", "\033[19~" }, { "F9", "\033[20~" },
	{ "S-Tab", "\033[Z" }, { "FocusIn", "\033[I" },
	{ "FocusOut", "\033[O" }, { "lt", "<" },
};

static bool add_key(struct script *s, struct str *out, const char *name,
	size_t len)
{
	for (size_t i = 0; i < sizeof(named_keys) / sizeof(*named_keys); i++)
		if (strlen(named_keys[i].name) == len &&
		    !strncmp(named_keys[i].name, name, len))
			return str_add(out, named_keys[i].bytes);
	if (len == 3 && !strncmp(name, "C-", 2))
		return str_addc(out, (char)(name[2] & 0x1f));
	if (len == 3 && !strncmp(name, "A-", 2))
		return str_addc(out, '\033') && str_addc(out, name[2]);
	return script_fail(s, "unknown key <%.*s>", (int)len, name);
}

static bool add_word(struct script *s, struct str *out, const char *word)
{
	for (const char *end; *word; word++) {
		end = *word == '<' ? strchr(word, '>') : NULL;
		if (!end || end == word + 1) {
			str_addc(out, *word);
			continue;
		}
		if (!add_key(s, out, word + 1, (size_t)(end - word - 1)))
			return false;
		word = end;
	}
	return true;
}

/* An Esc is sent alone and settled: what follows must not join it. */
static bool run_keys(struct script *s, const struct words *w)
{
	for (size_t i = 1; i < w->count; i++) {
		struct str bytes = STR_INIT;
		bool ok = add_word(s, &bytes, w->items[i]);

		if (ok)
			screen_send(&s->test, bytes.p, bytes.len);
		if (ok && str_ends(bytes.p, "\033"))
			ok = screen_await_idle(&s->test) &&
				screen_control(&s->test, "advance 200") &&
				screen_await_idle(&s->test);
		str_clear(&bytes);
		if (!ok)
			return script_fail(s, "keys were not taken");
	}
	return true;
}

static bool run_paste(struct script *s, const struct words *w)
{
	struct str bytes = STR_INIT;

	str_addf(&bytes, "\033[200~%s\033[201~", w->items[1]);
	screen_send(&s->test, bytes.p, bytes.len);
	str_clear(&bytes);
	return true;
}

static bool run_bytes(struct script *s, const struct words *w)
{
	struct str bytes = STR_INIT;

	for (const char *p = w->items[1]; *p; p++) {
		char hex[3] = { 0 };

		if (p[0] == '\\' && p[1] == 'e') {
			str_addc(&bytes, '\033');
			p++;
		} else if (p[0] == '\\' && p[1] == 'x' && p[2] && p[3]) {
			memcpy(hex, p + 2, 2);
			str_addc(&bytes, (char)strtol(hex, NULL, 16));
			p += 3;
		} else {
			str_addc(&bytes, *p);
		}
	}
	screen_send(&s->test, bytes.p, bytes.len);
	str_clear(&bytes);
	return true;
}

void script_env(struct script *s, const char *name, const char *value)
{
	struct str pair = STR_INIT;

	str_addf(&pair, "%s=%s", name, value);
	*VEC_PUSH(&s->env) = str_take(&pair);
}

static bool start(struct script *s, const struct words *w)
{
	char **argv = xcalloc(w->count + 3, sizeof(*argv));
	size_t n = 0;

	if (s->started) {
		free(argv);
		return script_fail(s, "run stands once in a script");
	}
	argv[n++] = (char *)s->program;
	for (size_t i = 1; i < w->count; i++)
		argv[n++] = w->items[i];
	if (n == 1)
		argv[n++] = (char *)"--demo";
	*VEC_PUSH(&s->env) = NULL;
	s->started = screen_start(&s->test, argv, s->env.items, s->rows,
		s->columns);
	free(argv);
	return s->started || script_fail(s, "cannot start %s", s->program);
}

static bool run_size(struct script *s, const struct words *w)
{
	const char *x = strchr(w->items[1], 'x');

	s->columns = (int)strtol(w->items[1], NULL, 10);
	s->rows = x ? (int)strtol(x + 1, NULL, 10) : 0;
	if (s->columns < 1 || s->rows < 1)
		return script_fail(s, "size is COLUMNSxROWS");
	if (s->started)
		screen_resize(&s->test, s->rows, s->columns);
	return true;
}

static bool run_await(struct script *s, const struct words *w)
{
	const char *what = w->items[1];
	const char *more = w->count > 2 ? w->items[2] : "";

	if (!strcmp(what, "idle"))
		return screen_await_idle(&s->test) ||
			script_fail(s, "did not become idle");
	if (!strcmp(what, "text") || !strcmp(what, "until"))
		return (*what == 't' ? screen_await_text :
			screen_await_until)(&s->test, more) ||
			script_fail(s, "'%s' did not appear", more);
	if (!strcmp(what, "exit")) {
		if (!screen_await_exit(&s->test))
			return script_fail(s, "did not end");
		return s->test.status == strtol(more, NULL, 10) ||
			script_fail(s, "ended with %d", s->test.status);
	}
	return script_fail(s, "await what?");
}

static bool run_advance(struct script *s, const struct words *w)
{
	char *unit, line[64];
	double n = strtod(w->items[1], &unit);

	n *= *unit == 'm' && unit[1] != 's' ? 60000 :
		*unit == 's' ? 1000 : *unit == 'h' ? 3600000 : 1;
	snprintf(line, sizeof(line), "advance %lld", (long long)n);
	return screen_control(&s->test, line) ||
		script_fail(s, "advance: %s", s->test.answer.p);
}

static bool run_fault(struct script *s, const struct words *w)
{
	struct str line = STR_INIT;
	bool ok;

	str_addf(&line, "fault %s", w->items[1]);
	ok = screen_control(&s->test, line.p);
	str_clear(&line);
	return ok || script_fail(s, "fault: %s", s->test.answer.p);
}

static bool run_match(struct script *s, const struct words *w)
{
	bool want = !strcmp(w->items[0], "expect"), found;
	struct str text = STR_INIT;
	regex_t re;

	if (regcomp(&re, w->items[1], SCREEN_REGEX))
		return script_fail(s, "bad expression '%s'", w->items[1]);
	screen_text(&s->test, &text);
	found = !regexec(&re, text.p, 0, NULL, 0);
	regfree(&re);
	str_clear(&text);
	return found == want || script_fail(s, "'%s' %s the screen",
		w->items[1], want ? "is not on" : "is on");
}

char *script_beside(const struct script *s, const char *name,
	const char *suffix)
{
	struct str path = STR_INIT;
	char *copy = xstrdup(s->path);

	str_addf(&path, "%s/%s%s", dirname(copy), name, suffix);
	free(copy);
	return str_take(&path);
}

static bool run_screen(struct script *s, const struct words *w)
{
	char *path = script_beside(s, w->items[1], ".screen");
	struct str now = STR_INIT, golden = STR_INIT;
	bool ok = true;

	screen_text(&s->test, &now);
	if (s->update)
		ok = screen_write_file(path, &now) ||
			script_fail(s, "cannot write %s", path);
	else if (!screen_read_file(path, &golden))
		ok = script_fail(s, "no %s; --update makes it", path);
	else if (strcmp(now.p, golden.p))
		ok = script_fail(s, "differs from %s:\n%s", path, golden.p);
	free(path);
	str_clear(&now);
	str_clear(&golden);
	return ok;
}

static bool run_picture(struct script *s, const struct words *w)
{
	struct str svg = STR_INIT, path = STR_INIT;
	bool light = w->count > 2 && !strcmp(w->items[2], "light");
	bool ok = true;

	if (s->svg) {
		screen_svg(&s->test, &svg, w->items[1], light);
		str_addf(&path, "%s/%s.svg", s->svg, w->items[1]);
		ok = screen_write_file(path.p, &svg) ||
			script_fail(s, "cannot write %s", path.p);
		str_reset(&svg);
		str_reset(&path);
		screen_text(&s->test, &svg);
		str_addf(&path, "%s/%s.txt", s->svg, w->items[1]);
		ok = ok && (screen_write_file(path.p, &svg) ||
			script_fail(s, "cannot write %s", path.p));
	}
	str_clear(&svg);
	str_clear(&path);
	return ok;
}

static bool run_signal(struct script *s, const struct words *w)
{
	static const struct {
		const char *name;
		int number;
	} signals[] = { { "TSTP", SIGTSTP }, { "CONT", SIGCONT },
		{ "HUP", SIGHUP }, { "TERM", SIGTERM },
		{ "WINCH", SIGWINCH } };

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		if (!strcmp(signals[i].name, w->items[1]))
			return kill(s->test.pid, signals[i].number) == 0;
	return script_fail(s, "unknown signal");
}

static bool run_alternate(struct script *s, const struct words *w)
{
	bool want = !strcmp(w->items[1], "yes");

	return s->test.alternate == want || script_fail(s,
		"the alternate screen is %s", want ? "off" : "on");
}

static bool run_env(struct script *s, const struct words *w)
{
	const char *here = strstr(w->items[1], "=@/");
	struct str pair = STR_INIT;
	char *folder = script_beside(s, "", "");
	char *real = realpath(folder, NULL);

	if (here && real)
		str_addf(&pair, "%.*s=%s/%s", (int)(here - w->items[1]),
			w->items[1], real, here + 3);
	else
		str_add(&pair, w->items[1]);
	*VEC_PUSH(&s->env) = str_take(&pair);
	free(folder);
	free(real);
	return true;
}

static const struct {
	const char *name;
	bool (*run)(struct script *s, const struct words *w);
	size_t arguments;
	bool before;             /* may stand before run */
} commands[] = {
	{ "run", start, 0, true }, { "env", run_env, 1, true },
	{ "size", run_size, 1, true }, { "keys", run_keys, 1, false },
	{ "paste", run_paste, 1, false }, { "bytes", run_bytes, 1, false },
	{ "await", run_await, 1, false },
	{ "advance", run_advance, 1, false },
	{ "fault", run_fault, 1, false }, { "expect", run_match, 1, false },
	{ "reject", run_match, 1, false },
	{ "screen", run_screen, 1, false },
	{ "picture", run_picture, 1, false },
	{ "signal", run_signal, 1, false },
	{ "alternate", run_alternate, 1, false },
	{ "bell", script_bell, 1, false },
	{ "straight", script_straight, 1, false },
	{ "colours", script_colours, 1, false },
	{ "terminal", script_terminal, 1, true },
	{ "widths", script_widths, 3, false },
	{ "changes", script_changes, 1, false },
	{ "chaos", script_chaos, 1, false },
};

static bool run_line(struct script *s, const struct words *w)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		if (strcmp(commands[i].name, w->items[0]))
			continue;
		if (w->count < commands[i].arguments + 1)
			return script_fail(s, "%s needs more", w->items[0]);
		if (!commands[i].before && !s->started &&
		    !start(s, &(struct words){ 0 }))
			return false;
		return commands[i].run(s, w);
	}
	return script_fail(s, "unknown command '%s'", w->items[0]);
}

static bool run_text(struct script *s, char *text)
{
	bool ok = true;

	for (char *line = text, *end; ok && line && *line; line = end) {
		struct words w = { 0 };
		struct error err = ERROR_INIT;
		const char *rest = line;

		end = strchr(line, '\n');
		if (end)
			*end++ = '\0';
		s->line++;
		ok = words_split(&w, &rest, &err) ||
			script_fail(s, "%s", err.text);
		if (ok && w.count)
			ok = run_line(s, &w);
		words_clear(&w);
	}
	return ok;
}

static void default_env(struct script *s)
{
	script_env(s, "TERM", "xterm-256color");
	script_env(s, "LANG", "C.UTF-8");
	script_env(s, "LC_ALL", "C.UTF-8");
	script_env(s, "TZ", "UTC");
	script_env(s, "PATH", "/usr/bin:/bin");
	script_env(s, "HOME", s->home);
	script_env(s, "TUCUXI_CLOCK", "1795392000000");
	script_env(s, "TUCUXI_SEED", "1");
	for (const char *const *p = (const char *const[]){ "ASAN_OPTIONS",
	     "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS", NULL }; *p; p++)
		if (getenv(*p))
			script_env(s, *p, getenv(*p));
}

static bool run_script(struct script *s)
{
	struct str text = STR_INIT;
	bool ok;

	snprintf(s->home, sizeof(s->home), "/tmp/tucuxi-screen-XXXXXX");
	if (!mkdtemp(s->home))
		return script_fail(s, "no temporary folder: %s",
			strerror(errno));
	default_env(s);
	ok = screen_read_file(s->path, &text) ||
		script_fail(s, "cannot be read");
	ok = ok && run_text(s, text.p);
	if (s->started)
		screen_end(&s->test);
	for (size_t i = 0; i < s->env.count; i++)
		free(s->env.items[i]);
	VEC_FREE(&s->env);
	screen_remove(s->home);
	str_clear(&text);
	return ok;
}

int main(int argc, char **argv)
{
	struct script options = { .program = getenv("TUCUXI") };
	unsigned passed = 0, failed = 0;

	signal(SIGPIPE, SIG_IGN);
	setlocale(LC_CTYPE, "C.UTF-8");
	if (!options.program)
		options.program = "./tucuxi";
	for (int i = 1; i < argc; i++) {
		struct script s = options;
		bool ok;

		if (!strcmp(argv[i], "--update")) {
			options.update = true;
			continue;
		}
		if (!strcmp(argv[i], "--svg") && i + 1 < argc) {
			options.svg = argv[++i];
			continue;
		}
		s.path = argv[i];
		s.rows = 24;
		s.columns = 80;
		ok = run_script(&s);
		printf("%s %s\n", ok ? "ok    " : "FAILED", argv[i]);
		*(ok ? &passed : &failed) += 1;
	}
	printf("%u passed, %u failed, 0 skipped\n", passed, failed);
	return failed ? 1 : 0;
}
