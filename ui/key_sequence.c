/* SPDX-License-Identifier: MIT */
/* What the parts of escape sequences mean, one by one. */
#include "ui/key_own.h"

#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

int key_with_modifier(int key, int parameter)
{
	int bits = parameter > 1 ? parameter - 1 : 0;

	if (!key || bits > 15)
		return 0;
	if (bits & 1)
		key |= KEYCODE_SHIFT;
	if (bits & (2 | 8))
		key |= KEYCODE_ALT;
	if (bits & 4)
		key |= KEYCODE_CTRL;
	return key_normal(key);
}

/* The number of "CSI n ~", as VT220, xterm, rxvt and the Linux console
 * send it. */
int key_numbered(int n)
{
	static const int keys[] = {
		[1] = KEYCODE_HOME, [2] = KEYCODE_INSERT, [3] = KEYCODE_DEL,
		[4] = KEYCODE_END, [5] = KEYCODE_PGUP, [6] = KEYCODE_PGDN,
		[7] = KEYCODE_HOME, [8] = KEYCODE_END,
		[11] = KEYCODE_F0 + 1, KEYCODE_F0 + 2, KEYCODE_F0 + 3,
		KEYCODE_F0 + 4, KEYCODE_F0 + 5,
		[17] = KEYCODE_F0 + 6, KEYCODE_F0 + 7, KEYCODE_F0 + 8,
		KEYCODE_F0 + 9, KEYCODE_F0 + 10,
		[23] = KEYCODE_F0 + 11, KEYCODE_F0 + 12, KEYCODE_F0 + 13,
		KEYCODE_F0 + 14,
		[28] = KEYCODE_F0 + 15, KEYCODE_F0 + 16,
		[31] = KEYCODE_F0 + 17, KEYCODE_F0 + 18, KEYCODE_F0 + 19,
		KEYCODE_F0 + 20,
	};

	return n > 0 && (size_t)n < COUNT(keys) ? keys[n] : 0;
}

int key_lettered(char final)
{
	static const struct {
		char letter;
		int key;
	} keys[] = {
		{ 'A', KEYCODE_UP }, { 'B', KEYCODE_DOWN },
		{ 'C', KEYCODE_RIGHT }, { 'D', KEYCODE_LEFT },
		{ 'F', KEYCODE_END }, { 'H', KEYCODE_HOME },
		{ 'P', KEYCODE_F0 + 1 }, { 'Q', KEYCODE_F0 + 2 },
		{ 'R', KEYCODE_F0 + 3 }, { 'S', KEYCODE_F0 + 4 },
		{ 'M', KEYCODE_ENTER },
		{ 'a', KEYCODE_UP | KEYCODE_SHIFT },
		{ 'b', KEYCODE_DOWN | KEYCODE_SHIFT },
		{ 'c', KEYCODE_RIGHT | KEYCODE_SHIFT },
		{ 'd', KEYCODE_LEFT | KEYCODE_SHIFT },
		{ 'Z', KEYCODE_TAB | KEYCODE_SHIFT },
	};

	for (size_t i = 0; i < COUNT(keys); i++)
		if (keys[i].letter == final)
			return keys[i].key;
	return 0;
}

/* What "11;rgb:1e1e/1e1e/2e2e" says, n bytes of it; each part may have one
 * to four digits, the first two are what counts. */
bool key_ground(const char *p, size_t n, int *rgb)
{
	static const char start[] = "11;rgb:", digits[] = "0123456789abcdef";
	const char *end = p + n;

	if (n < strlen(start) || memcmp(p, start, strlen(start)))
		return false;
	p += strlen(start);
	*rgb = 0;
	for (int part = 0; part < 3; part++) {
		int value = 0, count = 0;

		for (; p < end && *p != '/'; p++, count++) {
			const char *digit = *p ? strchr(digits, *p | 32) :
				NULL;

			if (!digit || count == 4)
				return false;
			if (count < 2)
				value = value * 16 + (int)(digit - digits);
		}
		if (!count || (p == end) != (part == 2))
			return false;
		*rgb = *rgb << 8 | (count == 1 ? value * 17 : value);
		p++;
	}
	return true;
}
