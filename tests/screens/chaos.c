/* SPDX-License-Identifier: MIT */
/*
 * chaos SEED: keys, pastes, clicks, sizes and broken sequences at random.
 * TUCUXI_CHAOS says how many events (1500), TUCUXI_CHAOS_SEED another seed;
 * both are printed. What ends the program, leaves the terminal or runs
 * programs is unbound first; at the prompt and in dialogs it is looked at
 * what stands there before Enter, y and a click. Now and then the screen is
 * drawn anew: it must say the same as before.
 */
#include "tests/screens/script.h"

#include "base/map.h"
#include "base/mem.h"
#include "base/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVENTS 1500
#define SYNC_EVERY 20
#define REDRAW_EVERY 100
#define PANES_LEAST 20
#define LOG_MOST 4000

struct chaos {
	struct script *script;
	struct map *panes;           /* crumbs that were seen */
	struct str log;              /* of the last events */
	bool ok;
};

static size_t below(size_t n)
{
	return (size_t)random_below(n);
}

static void note(struct chaos *c, const char *bytes, size_t len)
{
	if (c->log.len > LOG_MOST) {
		str_addc(&c->log, '\0');
		memmove(c->log.p, c->log.p + LOG_MOST / 2,
			c->log.len - LOG_MOST / 2);
		str_truncate(&c->log, c->log.len - LOG_MOST / 2 - 1);
	}
	for (size_t i = 0; i < len; i++)
		if (bytes[i] > ' ' && bytes[i] < 127)
			str_addc(&c->log, bytes[i]);
		else
			str_addf(&c->log, "\\x%02x",
				(unsigned)(unsigned char)bytes[i]);
	str_addc(&c->log, ' ');
}

static void send_bytes(struct chaos *c, const char *bytes, size_t len)
{
	note(c, bytes, len);
	screen_send(&c->script->test, bytes, len);
}

static void send_text(struct chaos *c, const char *text)
{
	send_bytes(c, text, strlen(text));
}

/* Its second line up to the facts and the filter says where it is. */
static void note_pane(struct chaos *c, const char *text)
{
	const char *line = strchr(text, '\n'), *end, *cut;
	size_t len;

	if (!line++ || !*line)
		return;
	end = strchr(line, '\n');
	len = end ? (size_t)(end - line) : strlen(line);
	cut = strstr(line + 1, "   ");
	if (cut && (size_t)(cut - line) < len)
		len = (size_t)(cut - line);
	cut = strstr(line, " \342\200\272 /");
	if (cut && (size_t)(cut - line) < len)
		len = (size_t)(cut - line);
	if (c->script->columns >= 60)
		map_setn(c->panes, line, len, c);
}

/* What stands there when all that was sent has been taken. */
static bool sync_screen(struct chaos *c, struct str *text)
{
	struct screen_test *t = &c->script->test;

	str_reset(text);
	if (!screen_await_idle(t)) {
		c->ok = script_fail(c->script, t->ended ?
			"chaos: the program ended" : "chaos: never idle");
		return false;
	}
	screen_text(t, text);
	note_pane(c, text->p);
	return true;
}

static void advance(struct chaos *c, size_t ms)
{
	char line[48];

	snprintf(line, sizeof(line), "advance %zu", ms);
	note(c, line, strlen(line));
	if (!screen_control(&c->script->test, line))
		c->ok = script_fail(c->script, "chaos: %s: %s", line,
			c->script->test.answer.p);
}

/* Back to where keys are commands. */
static void escape(struct chaos *c, size_t times)
{
	struct str text = STR_INIT;

	for (size_t i = 0; c->ok && i < times; i++) {
		advance(c, 400);         /* a dialog hears now */
		send_text(c, "\033");
		sync_screen(c, &text);
	}
	str_clear(&text);
}

static bool matches(const char *text, const char *regex)
{
	regex_t re;
	bool found;

	if (regcomp(&re, regex, SCREEN_REGEX))
		abort();
	found = !regexec(&re, text, 0, NULL, 0);
	regfree(&re);
	return found;
}

/* Would the next Enter, y or click leave, run a program or say yes? */
static bool is_masked(struct chaos *c)
{
	struct str text = STR_INIT;
	bool masked = !sync_screen(c, &text) || matches(text.p,
		"^ ?:.*(q|quit|exec|suspend|cancel)") ||
		matches(text.p, "Esc no");

	str_clear(&text);
	return masked;
}

static void press(struct chaos *c, const char *bytes, size_t len)
{
	bool yes = len == 1 && strchr("\ry\n", *bytes);

	if (yes && is_masked(c))
		escape(c, 1);
	else
		send_bytes(c, bytes, len);
}

static void plain_key(struct chaos *c)
{
	char key = (char)(' ' + below(95));

	press(c, &key, 1);
}

static void named_key(struct chaos *c)
{
	static const char *const keys[] = { "\033[A", "\033[B", "\033[C",
		"\033[D", "\033[H", "\033[F", "\033[5~", "\033[6~", "\033[3~",
		"\033[2~", "\t", "\033[Z", "\r", "\r", "\177", "\033", "\033",
		"\033OP", "\033OQ", "\033OR", "\033OS", "\033[15~",
		"\033[17~", "\033[18~", "\033[19~", "\033[20~", "\033[21~",
		"\033[I", "\033[O", "\033[1;5A", "\033[1;2C" };
	const char *key = keys[below(sizeof(keys) / sizeof(keys[0]))];

	press(c, key, strlen(key));
}

static void control_key(struct chaos *c)
{
	char key = (char)(1 + below(31));

	press(c, &key, 1);
}

static void mouse_event(struct chaos *c)
{
	static const unsigned buttons[] = { 0, 0, 0, 1, 2, 64, 65, 4, 32 };
	char bytes[48];
	int n;

	if (is_masked(c))
		return;
	n = snprintf(bytes, sizeof(bytes), "\033[<%u;%zu;%zu%c",
		buttons[below(9)], 1 + below(220), 1 + below(70),
		below(3) ? 'M' : 'm');
	send_bytes(c, bytes, (size_t)n);
}

static void paste(struct chaos *c)
{
	static const char *const texts[] = { "dd\nx\ny\n", "q", ":quit\n",
		"i-0123456789abcdef0", "aws ec2 terminate-instances\ny\n",
		"\303\251\344\270\255\360\237\230\200", "\033[A", "",
		"\xff\xfe", "x = 1 | (y", "a\tb\rc" };
	struct str bytes = STR_INIT;

	str_addf(&bytes, "\033[200~%s\033[201~", texts[below(11)]);
	send_bytes(c, bytes.p, bytes.len);
	str_clear(&bytes);
}

static void resize(struct chaos *c)
{
	struct script *s = c->script;
	bool odd = below(4) == 0;
	char line[32];

	s->rows = odd ? 1 + (int)below(9) : 10 + (int)below(50);
	s->columns = odd ? 1 + (int)below(39) : 40 + (int)below(160);
	snprintf(line, sizeof(line), "size=%dx%d", s->columns, s->rows);
	note(c, line, strlen(line));
	screen_resize(&s->test, s->rows, s->columns);
}

static void jump(struct chaos *c)
{
	static const char *const places[] = { "instances", "volumes",
		"snapshots", "images", "ec2-regions", "zones", "buckets",
		"db-instances", "db-clusters", "s3://acme-app-data/", "home",
		"messages", "help", "set", "color", "alias", "profile",
		"regions", "regions all", "regions us-east-1 us-west-2",
		"instances /running", "help global", "read-only", "write",
		"sort name", "columns all", "columns default", "times utc",
		"set theme dark", "set theme mono", "set theme default",
		"set ascii on", "set ascii off", "set keymap vi",
		"set keymap default" };
	struct str line = STR_INIT;

	escape(c, 4);
	str_addf(&line, ":%s\r",
		places[below(sizeof(places) / sizeof(places[0]))]);
	if (c->ok)
		send_text(c, line.p);
	str_clear(&line);
	sync_screen(c, &line);
	str_clear(&line);
}

/* One of the keys that open something, where it is a command. */
static void open_pane(struct chaos *c)
{
	static const char *const keys[] = { "?", "!", "d", "y", "o", "u", "r",
		"p", "\r", "a", "B", "'", "J", "C", "O", "d\ry", "jjd",
		"y/a" };
	struct str text = STR_INIT;

	escape(c, 2);
	if (c->ok && !is_masked(c))
		send_text(c, keys[below(sizeof(keys) / sizeof(keys[0]))]);
	sync_screen(c, &text);
	str_clear(&text);
}

static void garbage(struct chaos *c)
{
	static const char *const pieces[] = { "\033[", "\033O", "\033[1;",
		"\033[<0;3", "\033]11;rgb:", "\033P", "\033[200", "\033\033",
		"\x80\x81", "\xf0\x9f", "\xc3", "\033[99999999~", "\033[?1c" };
	const char *piece = pieces[below(sizeof(pieces) / sizeof(pieces[0]))];

	send_text(c, piece);
	if (below(2))
		advance(c, 100);
}

static void wait_a_while(struct chaos *c)
{
	struct str text = STR_INIT;

	if (sync_screen(c, &text))
		advance(c, below(2) ? below(500) : below(60000));
	str_clear(&text);
}

static const struct {
	unsigned weight;
	void (*run)(struct chaos *c);
} kinds[] = {
	{ 48, plain_key }, { 14, named_key }, { 6, control_key },
	{ 6, mouse_event }, { 3, paste }, { 4, resize }, { 7, jump },
	{ 7, open_pane }, { 2, garbage }, { 3, wait_a_while },
};

static void event(struct chaos *c)
{
	size_t at = below(100);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (at < kinds[i].weight) {
			kinds[i].run(c);
			return;
		}
		at -= kinds[i].weight;
	}
}

static void check_redraw(struct chaos *c)
{
	struct str before = STR_INIT, after = STR_INIT;

	escape(c, 2);
	if (c->ok && sync_screen(c, &before)) {
		send_text(c, "\014");
		if (sync_screen(c, &after) && strcmp(before.p, after.p))
			c->ok = script_fail(c->script, "chaos: drawn anew it "
				"says something else than\n%s", before.p);
	}
	str_clear(&before);
	str_clear(&after);
}

static void mask_keys(struct chaos *c)
{
	static const char *const lines[] = { ":unbind global Q\r",
		":unbind global Ctrl-C\r", ":unbind global Ctrl-Z\r",
		":set mouse on\r" };
	struct str text = STR_INIT;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		send_text(c, lines[i]);
		sync_screen(c, &text);
	}
	str_clear(&text);
}

/* Alive, at 80x24, where keys are commands. */
static void settle(struct chaos *c)
{
	struct script *s = c->script;

	s->rows = 24;
	s->columns = 80;
	screen_resize(&s->test, 24, 80);
	send_text(c, "\033[201~");       /* a paste that never ended */
	escape(c, 6);
}

static size_t wanted(const char *name, size_t otherwise)
{
	const char *text = getenv(name);
	long n;

	return text && str_int(text, 1, 10000000, &n) ? (size_t)n : otherwise;
}

bool script_chaos(struct script *s, const struct words *w)
{
	struct chaos c = { .script = s, .panes = map_new(), .log = STR_INIT,
		.ok = true };
	size_t events = wanted("TUCUXI_CHAOS", EVENTS), i = 0;
	size_t seed = wanted("TUCUXI_CHAOS_SEED",
		(size_t)strtoul(w->items[1], NULL, 10));

	random_seed(seed);
	mask_keys(&c);
	for (; c.ok && i < events; i++) {
		struct str text = STR_INIT;

		event(&c);
		if (c.ok && i % SYNC_EVERY == 0)
			sync_screen(&c, &text);
		if (c.ok && i % REDRAW_EVERY == REDRAW_EVERY - 1)
			check_redraw(&c);
		str_clear(&text);
	}
	if (c.ok)
		settle(&c);
	printf("chaos: seed %zu, %zu of %zu events, %zu panes\n", seed, i,
		events, map_count(c.panes));
	if (!c.ok)
		printf("chaos: what was sent last: %s\n", c.log.p);
	else if (events >= EVENTS && map_count(c.panes) < PANES_LEAST)
		c.ok = script_fail(s, "chaos: too few panes were visited");
	map_free(c.panes, NULL);
	str_clear(&c.log);
	return c.ok;
}
