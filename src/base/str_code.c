/* SPDX-License-Identifier: MIT */
/* The encodings of the wire: percent, hexadecimal, base64. */
#include "base/str.h"

#include <stdint.h>
#include <string.h>

static const char base64[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
		c == '~';
}

/* All or nothing: an adder that met the cap leaves what was there. */
static bool settle(struct str *s, size_t before)
{
	if (!s->full)
		return true;
	str_truncate(s, before);
	return false;
}

bool str_add_uri(struct str *s, const char *bytes, size_t len,
	const char *keep)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t before = s->len;
	size_t start = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)bytes[i];
		char code[3] = { '%', digits[c >> 4], digits[c & 15] };

		if (is_unreserved(bytes[i]) ||
		    (c && keep && strchr(keep, bytes[i])))
			continue;
		str_addn(s, bytes + start, i - start);
		str_addn(s, code, 3);
		start = i + 1;
	}
	if (start < len)
		str_addn(s, bytes + start, len - start);
	return settle(s, before);
}

bool str_add_hex(struct str *s, const unsigned char *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	size_t before = s->len;

	for (size_t i = 0; i < len; i++) {
		char code[2] = { digits[bytes[i] >> 4],
			digits[bytes[i] & 15] };

		str_addn(s, code, 2);
	}
	return settle(s, before);
}

bool str_add_base64(struct str *s, const unsigned char *bytes, size_t len)
{
	size_t before = s->len;

	for (size_t i = 0; i < len; i += 3) {
		size_t have = len - i < 3 ? len - i : 3;
		uint32_t bits = (uint32_t)bytes[i] << 16;
		char code[4];

		if (have > 1)
			bits |= (uint32_t)bytes[i + 1] << 8;
		if (have > 2)
			bits |= bytes[i + 2];
		code[0] = base64[bits >> 18];
		code[1] = base64[bits >> 12 & 63];
		code[2] = have > 1 ? base64[bits >> 6 & 63] : '=';
		code[3] = have > 2 ? base64[bits & 63] : '=';
		str_addn(s, code, 4);
	}
	return settle(s, before);
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool str_add_unuri(struct str *s, const char *text, size_t len, bool plus)
{
	size_t before = s->len;

	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (c == '%' && len - i > 2 && hex_value(text[i + 1]) >= 0 &&
		    hex_value(text[i + 2]) >= 0) {
			c = (char)(hex_value(text[i + 1]) << 4 |
				hex_value(text[i + 2]));
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		str_addc(s, c);
	}
	return settle(s, before);
}

static int base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* White space may stand anywhere: AWS breaks long values into lines. */
bool str_add_unbase64(struct str *s, const char *text, size_t len)
{
	size_t before = s->len, digits = 0, padding = 0;
	uint32_t bits = 0;

	for (size_t i = 0; i < len; i++) {
		int value = base64_value(text[i]);

		if (text[i] && strchr(" \t\r\n", text[i]))
			continue;
		if (text[i] == '=' && digits % 4 > 1 &&
		    digits % 4 + padding < 4) {
			padding++;
			continue;
		}
		if (value < 0 || padding)
			goto bad;
		bits = bits << 6 | (uint32_t)value;
		if (++digits % 4 && digits % 4 != 1)
			str_addc(s, (char)(bits >> (6 - digits % 4 * 2 + 2)));
		else if (digits % 4 == 0)
			str_addc(s, (char)bits);
	}
	if ((digits + padding) % 4)
		goto bad;
	return settle(s, before);
bad:
	str_truncate(s, before);
	return false;
}
