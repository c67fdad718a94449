/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <inttypes.h>
#include <string.h>

#define REPLACEMENT 0xfffd
#define MARKS_MOST 4

#define ONES (~(uint64_t)0 / 255)
#define HIGHS (ONES * 128)

/* The bytes that a terminal takes as they are: 0x20 to 0x7e. Eight at a
 * time while they last. */
static size_t plain_run(const char *s, size_t len)
{
	size_t n = 0;

	for (; len - n >= 8; n += 8) {
		uint64_t word, del;

		memcpy(&word, s + n, sizeof(word));
		del = word ^ ONES * 0x7f;
		if ((word | (word - ONES * 0x20) | (del - ONES)) & HIGHS)
			break;
	}
	while (n < len && s[n] >= 0x20 && (unsigned char)s[n] < 0x7f)
		n++;
	return n;
}

static bool is_unsafe(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x061c ||
		cp == 0x200e || cp == 0x200f || (cp >= 0x2028 && cp <= 0x202e)
		|| (cp >= 0x2066 && cp <= 0x2069) || cp == 0xfeff ||
		cp == REPLACEMENT;
}

void text_sanitise(struct str *out, const char *bytes, size_t len, bool ascii)
{
	const char *sign = ascii ? "?" : "\xef\xbf\xbd";
	int marks = MARKS_MOST;   /* none on what stood there before */
	bool has_base = false;

	while (len) {
		size_t n = plain_run(bytes, len);
		uint32_t cp;

		if (n) {
			str_addn(out, bytes, n);
			has_base = true;
			marks = 0;
			bytes += n;
			len -= n;
			continue;
		}
		n = text_decode(bytes, len, &cp);
		if (cp == '\n' || cp == '\t') {
			str_addc(out, ' ');
			cp = ' ';
		} else if (ascii || is_unsafe(cp)) {
			str_add(out, sign);
			cp = ' ';
		}
		if (cp == ' ' || text_cp_width(cp, 1) > 0) {
			if (cp != ' ')
				str_addn(out, bytes, n);
			has_base = true;
			marks = 0;
		} else if (!has_base) {
			str_add(out, sign);
			has_base = true;
		} else if (marks < MARKS_MOST) {
			str_addn(out, bytes, n);
			marks++;
		}
		bytes += n;
		len -= n;
	}
}

size_t text_decode(const char *s, size_t len, uint32_t *cp)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first;
	uint32_t value;
	size_t n;

	if (!len)
		return 0;
	first = (unsigned char)s[0];
	*cp = first;
	if (first < 0x80)
		return 1;
	n = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
	*cp = REPLACEMENT;
	if (first < 0xc2 || first > 0xf4 || n > len)
		return 1;
	value = first & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if ((c & 0xc0) != 0x80)
			return 1;
		value = value << 6 | (c & 0x3f);
	}
	if (value < least[n] || value > 0x10ffff ||
	    (value >= 0xd800 && value <= 0xdfff))
		return 1;
	*cp = value;
	return n;
}

size_t text_encode(uint32_t cp, char out[4])
{
	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		cp = REPLACEMENT;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

size_t text_width(const char *s, size_t len, int ambiguous)
{
	size_t used;

	text_fit(s, len, SIZE_MAX, ambiguous, &used);
	return used;
}

/* Marks that follow the last character that fits belong to it. */
size_t text_fit(const char *s, size_t len, size_t columns, int ambiguous,
	size_t *used)
{
	size_t done = 0, taken = 0;

	while (done < len) {
		size_t n = plain_run(s + done, len - done);
		size_t width;
		uint32_t cp;

		if (n) {
			if (n > columns - taken)
				n = columns - taken;
			if (!n)
				break;
			done += n;
			taken += n;
			continue;
		}
		n = text_decode(s + done, len - done, &cp);
		width = (size_t)text_cp_width(cp, ambiguous);
		if (width > columns - taken)
			break;
		done += n;
		taken += width;
	}
	if (used)
		*used = taken;
	return done;
}

void text_add_grouped(struct str *out, int64_t number)
{
	char digits[24];
	int len = 0;
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	do {
		digits[len++] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (number < 0)
		str_addc(out, '-');
	while (len--) {
		str_addc(out, digits[len]);
		if (len && len % 3 == 0)
			str_addc(out, ',');
	}
}

/* One decimal, cut off rather than rounded up: never more than there is. */
void text_add_size(struct str *out, uint64_t bytes)
{
	static const char units[] = "KMGTPE";
	int unit = 0, shift;

	while (unit < 6 && bytes >> 10 * unit >= 1024)
		unit++;
	if (!unit) {
		str_addf(out, "%" PRIu64 " B", bytes);
		return;
	}
	shift = 10 * unit;
	if (shift > 40) {   /* or ten times the rest would not fit */
		bytes >>= shift - 40;
		shift = 40;
	}
	str_addf(out, "%" PRIu64 ".%" PRIu64 " %ciB", bytes >> shift,
		(bytes & ((UINT64_C(1) << shift) - 1)) * 10 >> shift,
		units[unit - 1]);
}

void text_add_age(struct str *out, int64_t ms)
{
	int64_t seconds = ms > 0 ? ms / 1000 : 0;

	if (seconds < 60)
		str_addf(out, "%" PRId64 "s", seconds);
	else if (seconds < 3600)
		str_addf(out, "%" PRId64 "m", seconds / 60);
	else if (seconds < 86400)
		str_addf(out, "%" PRId64 "h", seconds / 3600);
	else
		str_addf(out, "%" PRId64 "d", seconds / 86400);
}

void text_add_lower(struct str *out, const char *text)
{
	for (; *text; text++)
		str_addc(out, *text >= 'A' && *text <= 'Z' ?
			(char)(*text + 'a' - 'A') : *text);
}
