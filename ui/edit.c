/* SPDX-License-Identifier: MIT */
#include "ui/edit.h"

#include "base/text.h"
#include "ui/key.h"

#include <string.h>

#define BYTES_MOST ((size_t)64 << 10)

void edit_init(struct edit *e, const char *text)
{
	str_init(&e->text, BYTES_MOST);
	str_init(&e->killed, BYTES_MOST);
	e->cursor = 0;
	edit_set(e, text);
}

void edit_clear(struct edit *e)
{
	str_wipe(&e->text);
	str_wipe(&e->killed);
	e->cursor = 0;
}

void edit_set(struct edit *e, const char *text)
{
	str_reset(&e->text);
	str_add(&e->text, text);
	e->cursor = e->text.len;
}

/* Removes the bytes from `from` to `to`; the cursor ends up there. */
static void cut(struct edit *e, size_t from, size_t to, bool kill)
{
	struct str rest = STR_INIT;

	if (kill && to > from) {
		str_reset(&e->killed);
		str_addn(&e->killed, e->text.p + from, to - from);
	}
	str_addn(&rest, e->text.p + to, e->text.len - to);
	str_truncate(&e->text, from);
	str_addn(&e->text, rest.p, rest.len);
	e->cursor = from;
	str_wipe(&rest);
}

static void put(struct edit *e, const char *text, size_t len)
{
	struct str rest = STR_INIT;

	if (len > BYTES_MOST - e->text.len)
		return;
	str_addn(&rest, e->text.p + e->cursor, e->text.len - e->cursor);
	str_truncate(&e->text, e->cursor);
	str_addn(&e->text, text, len);
	e->cursor = e->text.len;
	str_addn(&e->text, rest.p, rest.len);
	str_wipe(&rest);
}

/* A character with the marks that stand on it. */
static size_t next(const struct edit *e, size_t at)
{
	uint32_t cp;
	size_t n = text_decode(e->text.p + at, e->text.len - at, &cp);

	at += n;
	while ((n = text_decode(e->text.p + at, e->text.len - at, &cp)) &&
	    text_cp_width(cp, 1) == 0)
		at += n;
	return at;
}

static size_t previous(const struct edit *e, size_t at)
{
	size_t before = 0;

	for (size_t i = 0; i < at; i = next(e, i))
		before = i;
	return before;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static size_t word_right(const struct edit *e, size_t at)
{
	while (at < e->text.len && !is_word(e->text.p[at]))
		at++;
	while (at < e->text.len && is_word(e->text.p[at]))
		at++;
	return at;
}

static size_t word_left(const struct edit *e, size_t at)
{
	while (at && !is_word(e->text.p[at - 1]))
		at--;
	while (at && is_word(e->text.p[at - 1]))
		at--;
	return at;
}

/* Ctrl-W: back to a blank, as in the shell. */
static size_t blank_left(const struct edit *e, size_t at)
{
	while (at && e->text.p[at - 1] == ' ')
		at--;
	while (at && e->text.p[at - 1] != ' ')
		at--;
	return at;
}

static size_t start(const struct edit *e, size_t at)
{
	(void)e, (void)at;
	return 0;
}

static size_t end(const struct edit *e, size_t at)
{
	(void)at;
	return e->text.len;
}

/* Each moves, or removes what it would move over. */
static const struct {
	int key;
	size_t (*to)(const struct edit *e, size_t at);
	enum { MOVE, REMOVE, KILL } what;
} keys[] = {
	{ 'a' | KEYCODE_CTRL, start, MOVE },
	{ KEYCODE_HOME, start, MOVE },
	{ 'e' | KEYCODE_CTRL, end, MOVE },
	{ KEYCODE_END, end, MOVE },
	{ 'b' | KEYCODE_CTRL, previous, MOVE },
	{ KEYCODE_LEFT, previous, MOVE },
	{ 'f' | KEYCODE_CTRL, next, MOVE },
	{ KEYCODE_RIGHT, next, MOVE },
	{ 'b' | KEYCODE_ALT, word_left, MOVE },
	{ KEYCODE_LEFT | KEYCODE_CTRL, word_left, MOVE },
	{ 'f' | KEYCODE_ALT, word_right, MOVE },
	{ KEYCODE_RIGHT | KEYCODE_CTRL, word_right, MOVE },
	{ KEYCODE_BACKSPACE, previous, REMOVE },
	{ KEYCODE_DEL, next, REMOVE },
	{ 'd' | KEYCODE_CTRL, next, REMOVE },
	{ 'u' | KEYCODE_CTRL, start, KILL },
	{ 'k' | KEYCODE_CTRL, end, KILL },
	{ 'w' | KEYCODE_CTRL, blank_left, KILL },
	{ 'd' | KEYCODE_ALT, word_right, KILL },
	{ KEYCODE_BACKSPACE | KEYCODE_ALT, word_left, KILL },
};

bool edit_key(struct edit *e, int key, bool *changed)
{
	char utf8[4];

	*changed = false;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		size_t to;

		if (keys[i].key != key)
			continue;
		to = keys[i].to(e, e->cursor);
		if (keys[i].what == MOVE)
			e->cursor = to;
		else if (to != e->cursor) {
			cut(e, to < e->cursor ? to : e->cursor,
				to < e->cursor ? e->cursor : to,
				keys[i].what == KILL);
			*changed = true;
		}
		return true;
	}
	if (key == ('y' | KEYCODE_CTRL))
		put(e, e->killed.p, e->killed.len);
	else if (key >= ' ' && key < KEYCODE_UP && key != KEYCODE_BACKSPACE)
		put(e, utf8, text_encode((uint32_t)key, utf8));
	else
		return false;
	*changed = true;
	return true;
}

void edit_insert(struct edit *e, const char *text, size_t len)
{
	struct str clean = STR_INIT_CAP(BYTES_MOST);

	while (len && (text[len - 1] == '\n' || text[len - 1] == '\r'))
		len--;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '\n' || c == '\t' || c == '\r')
			str_addc(&clean, ' ');
		else if (c >= ' ' && c != 0x7f)
			str_addc(&clean, text[i]);
	}
	put(e, clean.p, clean.len);
	str_wipe(&clean);
}

void edit_replace(struct edit *e, size_t from, const char *text)
{
	cut(e, from, e->cursor, false);
	put(e, text, strlen(text));
}
