/* SPDX-License-Identifier: MIT */
#include "ui/key.h"

#include "base/clock.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int setup(void **state)
{
	*state = key_decoder_new(NULL);
	return 0;
}

static int teardown(void **state)
{
	key_decoder_free(*state);
	return 0;
}

/* What comes out at that time: names in {}, pastes in <>. */
static void drain(struct key_decoder *d, int64_t now, struct str *out)
{
	struct key_event e;
	char name[32];

	while (key_next(d, now, &e)) {
		switch (e.kind) {
		case KEY_EVENT_KEY:
			key_to_text(e.key, name);
			str_addf(out, "{%s}", name);
			break;
		case KEY_EVENT_PASTE:
			str_addf(out, "<%.*s>", (int)e.len, e.text);
			break;
		case KEY_EVENT_FOCUS_IN:
			str_add(out, "(in)");
			break;
		case KEY_EVENT_FOCUS_OUT:
			str_add(out, "(out)");
			break;
		case KEY_EVENT_CURSOR:
			str_addf(out, "(at %d)", e.key);
			break;
		case KEY_EVENT_GROUND:
			str_addf(out, "(on %06x)", e.key);
			break;
		case KEY_EVENT_MOUSE:
			str_addf(out, "(%s %d,%d)", e.key == MOUSE_PRESS ?
				"press" : e.key == MOUSE_PRESS_MORE ? "more" :
				e.key == MOUSE_WHEEL_UP ? "up" : "down",
				e.y, e.x);
			break;
		}
	}
}

static void expect_at(struct key_decoder *d, const char *bytes, int64_t fed,
	int64_t now, const char *keys)
{
	struct str out = STR_INIT;

	key_feed(d, bytes, strlen(bytes), fed);
	drain(d, now, &out);
	assert_string_equal(out.p, keys);
	str_clear(&out);
}

static void expect(struct key_decoder *d, const char *bytes,
	const char *keys)
{
	expect_at(d, bytes, 0, 0, keys);
}

static void test_unknown_is_swallowed_whole(void **state)
{
	static const char *const bytes[] = {
		"\033[?1;2c", "\033[>41;354;0c", "\033[<0;10;5M",
		"\033[<0;10;5m", "\033[M !!", "\033[99~", "\033[1;2;3;4;5A",
		"\033[x", "\033Ox", "\033]11;rgb:0000/0000/0000\a",
		"\033]11;rgb:0000/0000/0000\033\\", "\033P1$r0m\033\\",
		"\033[12;40R", "\033[[Z", "\033[99999999999999999999999~",
		"\033[ q", "\033[!p", "\033_x\033\\", "\033[201~",
	};

	for (size_t i = 0; i < sizeof(bytes) / sizeof(bytes[0]); i++) {
		struct str both = STR_INIT;

		expect(*state, bytes[i], "");
		str_addf(&both, "%sj", bytes[i]);
		expect(*state, both.p, "{j}");
		str_clear(&both);
	}
}

/* Only who was asked is heard, and only once. */
static void test_ground(void **state)
{
	static const struct {
		const char *bytes, *keys;
	} answers[] = {
		{ "\033]11;rgb:1e1e/1e1e/2e2e\a", "(on 1e1e2e)" },
		{ "\033]11;rgb:0/8/f\033\\", "(on 0088ff)" },
		{ "\033]11;rgb:00/00/00\033\\", "(on 000000)" },
		{ "\033]11;rgb:fffF/FFf/ff\a", "(on ffffff)" },
		{ "\033]11;rgb:ffff/ffff\a", "" },
		{ "\033]11;rgb:ffff/ffff/\a", "" },
		{ "\033]11;rgb:ffff/ffff/ffff/ffff\a", "" },
		{ "\033]11;rgb:fffff/ffff/ffff\a", "" },
		{ "\033]11;rgb:gg/gg/gg\a", "" },
		{ "\033]11;?\a", "" }, { "\033]10;rgb:0/0/0\a", "" },
		{ "\033P11;rgb:0/0/0\a", "" },
	};
	struct key_decoder *d = *state;

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		struct str out = STR_INIT;

		key_expect_ground(d);
		for (const char *p = answers[i].bytes; *p; p++) {
			key_feed(d, p, 1, 0);
			drain(d, 0, &out);
		}
		assert_string_equal(out.p, answers[i].keys);
		str_clear(&out);
	}
	expect(d, "\033]11;rgb:0/0/0\a", "(on 000000)");
	expect(d, "\033]11;rgb:0/0/0\a", "");
}

static void test_mouse(void **state)
{
	static const struct {
		const char *bytes, *keys;
	} reports[] = {
		{ "\033[<0;1;1M", "(press 0,0)" },
		{ "\033[<0;300;200M", "(press 199,299)" },
		{ "\033[<4;2;1M", "(more 0,1)" },
		{ "\033[<16;2;1M", "(more 0,1)" },
		{ "\033[<64;10;5M", "(up 4,9)" },
		{ "\033[<65;10;5M", "(down 4,9)" },
		{ "\033[<0;1;1m", "" }, { "\033[<32;1;1M", "" },
		{ "\033[<1;1;1M", "" }, { "\033[<2;1;1M", "" },
		{ "\033[<8;1;1M", "" }, { "\033[<66;1;1M", "" },
		{ "\033[<128;1;1M", "" }, { "\033[<0;0;1M", "" },
		{ "\033[<0;1;0M", "" }, { "\033[<0;1M", "" },
		{ "\033[<M", "" }, { "\033[<0;1;1;1M", "" },
		{ "\033[<-1;1;1M", "" }, { "\033[<0;1;x1M", "1M" },
		{ "\033[<99999999999;1;1M", "" }, { "\033[0;1;1M", "" },
	};
	struct key_decoder *d = *state;

	expect(d, "\033[<0;1;1Mj", "{j}");
	key_expect_mouse(d, true);
	for (size_t i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
		struct str out = STR_INIT;

		for (const char *p = reports[i].bytes; *p; p++) {
			key_feed(d, p, 1, 0);
			drain(d, 0, &out);
		}
		if (str_eq(reports[i].keys, "1M"))
			assert_string_equal(out.p, "{1}{M}");
		else
			assert_string_equal(out.p, reports[i].keys);
		str_clear(&out);
		expect(d, "k", "{k}");
	}
	expect(d, "\033[<0;1;1M\033[<0;1;1m\033[<65;3;2Mj",
		"(press 0,0)(down 1,2){j}");
	key_expect_mouse(d, false);
	expect(d, "\033[<0;1;1Mj", "{j}");
}

/* Cut anywhere, a sequence gives its key and nothing else. */
static void test_pieces(void **state)
{
	static const char *const bytes[] = { "\033[A", "\033OA", "\033[15~",
		"\033[1;5C", "\033O5P", "\033[[A", "\303\251", "\033x",
		"\033\033[A", "\033[6^", "\360\237\230\200" };
	static const char *const keys[] = { "{Up}", "{Up}", "{F5}",
		"{Ctrl-Right}", "{Ctrl-F1}", "{F1}", "{\303\251}", "{Alt-X}",
		"{Alt-Up}", "{Ctrl-PgDn}", "{\360\237\230\200}" };
	struct key_decoder *d = *state;
	struct str out = STR_INIT;

	for (size_t i = 0; i < sizeof(bytes) / sizeof(bytes[0]); i++) {
		str_reset(&out);
		for (const char *p = bytes[i]; *p; p++) {
			key_feed(d, p, 1, 0);
			drain(d, 99, &out);
		}
		assert_string_equal(out.p, keys[i]);
	}
	str_clear(&out);
}

static void test_started_never_falls_apart(void **state)
{
	static const char *const bytes[] = { "\033[", "\033O", "\033[1;5",
		"\033[15", "\033O5", "\033[[", "\033[M!", "\033]0;abc",
		"\033Pq" };

	for (size_t i = 0; i < sizeof(bytes) / sizeof(bytes[0]); i++) {
		struct key_decoder *d = *state;

		expect_at(d, bytes[i], 0, 999, "");
		assert_int_equal(key_due(d), 1000);
		expect_at(d, "", 0, 1000, "");
		assert_true(key_due(d) == CLOCK_NEVER);
		expect_at(d, "j", 2000, 2000, "{j}");
	}
}

static void test_lone_esc(void **state)
{
	struct key_decoder *d = *state;

	expect_at(d, "\033", 0, 99, "");
	assert_int_equal(key_due(d), 100);
	expect_at(d, "", 0, 100, "{Esc}");
	assert_true(key_due(d) == CLOCK_NEVER);
	expect_at(d, "\033", 1000, 1000, "");
	key_flush(d);
	expect_at(d, "", 1000, 1000, "{Esc}");
	expect_at(d, "\033\033", 5000, 5100, "{Esc}{Esc}");
	expect_at(d, "\033", 9000, 9000, "");
	expect_at(d, "j", 9200, 9200, "{Alt-J}");
}

/* On a slow line the rest of a sequence comes after its Esc was taken for
 * the key: it must not turn into `[` and `A`. */
static void test_late_tail(void **state)
{
	struct key_decoder *d = *state;

	expect_at(d, "\033", 0, 100, "{Esc}");
	expect_at(d, "[A", 300, 300, "");
	expect_at(d, "OP", 400, 400, "");
	expect_at(d, "j", 450, 450, "{j}");
	expect_at(d, "\033", 1000, 1100, "{Esc}");
	expect_at(d, "[200~rm -rf\033[201~k", 1300, 1300, "<rm -rf>{k}");
	expect_at(d, "\033", 2000, 2100, "{Esc}");
	expect_at(d, "[A", 2700, 2700, "{[}{A}");
}

static void test_invalid_utf8(void **state)
{
	expect(*state, "\377\200\300\257", "{\357\277\275}{\357\277\275}"
		"{\357\277\275}{\357\277\275}");
	expect_at(*state, "\303", 0, 99, "");
	expect_at(*state, "", 0, 100, "{\357\277\275}");
}

static void test_controls(void **state)
{
	expect(*state, "\001\003\032\034\037", "{Ctrl-A}{Ctrl-C}{Ctrl-Z}"
		"{Ctrl-\\}{Ctrl-_}");
	expect(*state, "\t\r\n\b\177 ", "{Tab}{Enter}{Enter}{Backspace}"
		"{Backspace}{Space}");
	key_feed(*state, "", 1, 0);
	expect(*state, "", "{Ctrl-Space}");
	expect(*state, "\033\r\033\177\033?\033\303\251", "{Alt-Enter}"
		"{Alt-Backspace}{Alt-?}{Alt-\303\251}");
}

static void test_xterm_keys(void **state)
{
	expect(*state, "\033[H\033[F\033[1~\033[4~\033[2~\033[3~\033[5~\033[6~",
		"{Home}{End}{Home}{End}{Insert}{Del}{PgUp}{PgDn}");
	expect(*state, "\033OP\033OS\033[15~\033[24~\033[34~",
		"{F1}{F4}{F5}{F12}{F20}");
	expect(*state, "\033[Z\033[1;2A\033[1;3B\033[1;6D\033[3;5~\033[1;2R",
		"{Shift-Tab}{Shift-Up}{Alt-Down}{Ctrl-Shift-Left}{Ctrl-Del}"
		"{Shift-F3}");
	expect(*state, "\033[97;5u\033[27;6;65~\033[97;2u\033[13;2u",
		"{Ctrl-A}{Ctrl-A}{A}{Shift-Enter}");
	expect(*state, "\033[I\033[O", "(in)(out)");
}

static void test_cursor_only_when_asked(void **state)
{
	expect(*state, "\033[1;3R", "{Alt-F3}");
	key_expect_cursor(*state);
	expect(*state, "\033[1;3R\033[1;3R", "(at 3){Alt-F3}");
}

static void test_paste(void **state)
{
	struct key_decoder *d = *state;

	expect(d, "a\033[200~q\033[A\001\n\033[201~b",
		"{a}<q\033[A\001\n>{b}");
	expect(d, "\033[200~one ", "");
	expect(d, "two\033[20", "");
	expect(d, "1~q", "<one two>{q}");
	expect(d, "\033[200~\033[201~", "<>");
	/* its end never comes */
	expect_at(d, "\033[200~lost", 0, 2999, "");
	expect_at(d, "", 0, 3000, "<lost>");
	expect(d, "q", "{q}");
}

/* Whatever was broken off before it, what is pasted is no keys. */
static void test_paste_behind_rubbish(void **state)
{
	static const char *const pieces[] = { "\033", "\033\033", "\033[",
		"\033[[", "\033[M", "\033[M!", "\033[M!!", "\033O", "\033O5",
		"\033[1;", "\033[<0;3", "\033[<", "\033]11;rgb:", "\033P",
		"\033_x", "\033[200", "\033[?1", "\303", "\360\237", "\201" };

	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct str bytes = STR_INIT, keys = STR_INIT;

		str_addf(&bytes, "%s\033[200~q\033[201~", pieces[i]);
		key_feed(*state, bytes.p, bytes.len, 0);
		drain(*state, 0, &keys);
		assert_true(str_ends(keys.p, "<q>"));
		assert_null(strstr(keys.p, "{q}"));
		assert_null(strstr(keys.p, "{0}"));
		str_clear(&bytes);
		str_clear(&keys);
	}
}

static void test_long_paste(void **state)
{
	const size_t len = (size_t)5 << 20;
	char *text = xmalloc(len);
	struct key_event e;

	memset(text, 'x', len);
	key_feed(*state, "\033[200~", 6, 0);
	assert_false(key_next(*state, 0, &e));
	key_feed(*state, text, len, 0);
	assert_false(key_next(*state, 0, &e));
	key_feed(*state, "\033[201~j", 7, 0);
	assert_true(key_next(*state, 0, &e));
	assert_int_equal(e.kind, KEY_EVENT_PASTE);
	assert_int_equal(e.len, (size_t)4 << 20);
	assert_true(key_next(*state, 0, &e));
	assert_int_equal(e.key, 'j');
	free(text);
}

static void test_terminal_description(void **state)
{
	struct key_sequence *sequences = xcalloc(4, sizeof(*sequences));
	struct key_decoder *d;

	(void)state;
	sequences[0] = (struct key_sequence){ xstrdup("\033[A"),
		KEYCODE_DEL };
	sequences[1] = (struct key_sequence){ xstrdup("\033[A7"),
		KEYCODE_HOME };
	sequences[2] = (struct key_sequence){ xstrdup("\002"), KEYCODE_END };
	d = key_decoder_new(sequences);
	expect(d, "\033[A\033[A7\002", "{Del}{Home}{End}");
	expect(d, "\033[B", "{Down}");
	key_decoder_free(d);
}

static void test_names_refused(void **state)
{
	(void)state;
	assert_int_equal(key_parse(""), 0);
	assert_int_equal(key_parse("ab"), 0);
	assert_int_equal(key_parse("Ctrl-"), 0);
	assert_int_equal(key_parse("F0"), 0);
	assert_int_equal(key_parse("F21"), 0);
	assert_int_equal(key_parse("\001"), 0);
	assert_int_equal(key_parse(" "), 0);
	assert_int_equal(key_parse("\377"), 0);
	assert_int_equal(key_parse("Hyper-x"), 0);
}

static void test_names_come_back(void **state)
{
	static const char *const names[] = { "a", "A", "Ctrl-A", "Alt-?", "F5",
		"Shift-Tab", "Space", "Ctrl-Space", "Esc", "PgDn", "-",
		"Ctrl--", "Ctrl-Alt-Del", "\303\251", "Alt-A", "Ctrl-\\" };
	char name[32];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		key_to_text(key_parse(names[i]), name);
		assert_string_equal(name, names[i]);
	}
	assert_int_equal(key_parse("ctrl-a"), key_parse("Ctrl-A"));
	assert_int_equal(key_parse("Shift-a"), 'A');
	assert_int_equal(key_parse("Alt-Ctrl-x"), key_parse("Ctrl-Alt-X"));
	assert_int_equal(key_parse("pageup"), KEYCODE_PGUP);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_unknown_is_swallowed_whole),
		TEST(test_ground), TEST(test_mouse),
		TEST(test_pieces),
		TEST(test_started_never_falls_apart),
		TEST(test_lone_esc),
		TEST(test_late_tail),
		TEST(test_invalid_utf8),
		TEST(test_controls),
		TEST(test_xterm_keys),
		TEST(test_cursor_only_when_asked),
		TEST(test_paste),
		TEST(test_long_paste),
		TEST(test_paste_behind_rubbish),
		TEST(test_terminal_description),
		TEST(test_names_refused),
		TEST(test_names_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
