/* SPDX-License-Identifier: MIT */
#include "ui/key.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	int key;
} names[] = {
	{ "Tab", KEYCODE_TAB }, { "Enter", KEYCODE_ENTER },
	{ "Esc", KEYCODE_ESC }, { "Space", KEYCODE_SPACE },
	{ "Backspace", KEYCODE_BACKSPACE }, { "Up", KEYCODE_UP },
	{ "Down", KEYCODE_DOWN }, { "Left", KEYCODE_LEFT },
	{ "Right", KEYCODE_RIGHT }, { "Home", KEYCODE_HOME },
	{ "End", KEYCODE_END }, { "PgUp", KEYCODE_PGUP },
	{ "PgDn", KEYCODE_PGDN }, { "Insert", KEYCODE_INSERT },
	{ "Del", KEYCODE_DEL },
	/* also understood */
	{ "Escape", KEYCODE_ESC }, { "Return", KEYCODE_ENTER },
	{ "PageUp", KEYCODE_PGUP }, { "PageDown", KEYCODE_PGDN },
	{ "Delete", KEYCODE_DEL }, { "Ins", KEYCODE_INSERT },
};

static const struct {
	const char *name;
	int bit;
} modifiers[] = {
	{ "Ctrl-", KEYCODE_CTRL }, { "Alt-", KEYCODE_ALT },
	{ "Shift-", KEYCODE_SHIFT },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define MODIFIERS (KEYCODE_CTRL | KEYCODE_ALT | KEYCODE_SHIFT)

int key_normal(int key)
{
	int base = key & ~MODIFIERS, bits = key & MODIFIERS;

	if (bits & KEYCODE_SHIFT && base > ' ' && base < KEYCODE_BACKSPACE) {
		if (base >= 'a' && base <= 'z')
			base -= 'a' - 'A';
		bits &= ~KEYCODE_SHIFT;
	}
	if (bits & (KEYCODE_CTRL | KEYCODE_ALT) && base >= 'A' && base <= 'Z')
		base += 'a' - 'A';
	return base | bits;
}

void key_to_text(int key, char out[32])
{
	int base = key & ~MODIFIERS;
	struct str s = STR_INIT;
	char utf8[4];

	for (size_t i = 0; i < COUNT(modifiers); i++)
		if (key & modifiers[i].bit)
			str_add(&s, modifiers[i].name);
	for (size_t i = 0; i < COUNT(names); i++) {
		if (names[i].key != base)
			continue;
		str_add(&s, names[i].name);
		base = 0;
		break;
	}
	if (base >= 'a' && base <= 'z' && key & (KEYCODE_CTRL | KEYCODE_ALT))
		str_addc(&s, (char)(base - 'a' + 'A'));
	else if (base > KEYCODE_F0 && base < KEYCODE_LAST)
		str_addf(&s, "F%d", base - KEYCODE_F0);
	else if (base)
		str_addn(&s, utf8, text_encode((uint32_t)base, utf8));
	snprintf(out, 32, "%s", s.p);
	str_clear(&s);
}

static int parse_base(const char *name)
{
	size_t len = strlen(name);
	uint32_t cp;
	long number;

	for (size_t i = 0; i < COUNT(names); i++)
		if (str_ieq(names[i].name, name))
			return names[i].key;
	if ((*name == 'F' || *name == 'f') &&
	    str_int(name + 1, 1, KEYCODE_LAST - KEYCODE_F0 - 1, &number))
		return KEYCODE_F0 + (int)number;
	if (!len || text_decode(name, len, &cp) != len || cp == 0xfffd ||
	    cp <= ' ' || cp == 0x7f)
		return 0;
	return (int)cp;
}

/* Behind the modifier that name begins with; NULL: it does not. */
static const char *skip_modifier(const char *name, const char *modifier)
{
	for (; *modifier; name++, modifier++)
		if ((*name | 32) != (*modifier | 32))
			return NULL;
	return *name ? name : NULL;
}

int key_parse(const char *name)
{
	int bits = 0, base;

	for (size_t i = 0; i < COUNT(modifiers); i++) {
		const char *rest = skip_modifier(name, modifiers[i].name);

		if (!rest)
			continue;
		bits |= modifiers[i].bit;
		name = rest;
		i = SIZE_MAX;    /* in any order: look again */
	}
	base = parse_base(name);
	return base ? key_normal(base | bits) : 0;
}
